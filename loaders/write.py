"""The writing half of a batch: things end, records are put, things begin, relationships follow."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tieline.database.graph import Steps
from tieline.loaders.change import Change
from tieline.loaders.compose import Basis
from tieline.loaders.exact import exactly
from tieline.loaders.plan import Plan
from tieline.loaders.standing import Standing
from tieline.schema.consent import PUBLIC
from tieline.schema.records import Record, handle

Rows = list[dict[str, Any]]


class Tally(Protocol):
    ties: int


def end_things(steps: Steps, change: Change, plan: Plan, tally: Tally) -> Rows:
    """Take off what moves or ends, and the records that are gone. The relationships taken off."""
    steps.each("load/unmention", sorted(change.dropped))
    torn = steps.each("load/tear", plan.moved)
    for row in steps.each("load/remove", plan.dead):
        tally.ties -= row["ties"]
    steps.each("load/unlink", plan.moved)
    steps.each("load/erase", sorted(change.erased))
    return torn


def put(steps: Steps, change: Change, plan: Plan, load: str) -> None:
    """Records, and the things that are new with a new record.

    Names are given up before any is given anew: two things may exchange theirs.
    """
    signed = {said.uid: said.signature for said in change.rows}
    stored = {uid: _stored(change.put[uid], signed, load) for uid in sorted(change.put)}
    steps.each("load/unname", plan.renamed)
    exactly(steps, "load/refresh", plan.changed)
    steps.each("load/label", plan.relabelled)
    exactly(steps, "load/put", [stored[uid] for uid in stored if uid in change.stood])
    fresh = stored.keys() - change.stood
    both = [row for row in plan.fresh if row["record"] in fresh]
    known = [row for row in plan.fresh if row["record"] not in fresh]
    exactly(steps, "load/things", [row | {"record": stored[row["record"]]} for row in both])
    fresh -= {row["record"] for row in both}
    exactly(steps, "load/records", [stored[uid] for uid in sorted(fresh)])
    exactly(steps, "load/entities", known)
    exactly(steps, "load/join", plan.joins)


def point(steps: Steps, change: Change, stand: Standing) -> None:
    """The identifiers that records carry, and what rows mention.

    Identifiers that nobody carries go last: swept before, one just needed would be missing.
    """
    records = [change.put[uid] for uid in sorted(change.put)]
    had = {uid: set(record.ids) for uid, record in stand.before.items()}
    gains = [
        {"record": r.uid, "id": i} for r in records for i in r.ids if i not in had.get(r.uid, ())
    ]
    loses = [
        {"record": r.uid, "id": i}
        for r in records
        for i in sorted(had.get(r.uid, set()) - set(r.ids))
    ]
    exactly(steps, "load/identify", gains)
    steps.each("load/unidentify", loses)
    mentions = [
        {"row": said.uid, "role": role, "mention": m.uid}
        for said in change.rows
        for role, m in said.row.mentions.items()
    ]
    exactly(steps, "load/mention", mentions)
    left = {i for uid in change.erased for i in had.get(uid, ())} | {row["id"] for row in loses}
    steps.each("load/sweep", sorted(left))


def _stored(record: Record, signed: Mapping[str, str], load: str) -> dict[str, Any]:
    """A Record's properties; only rows have a digest and a load."""
    props = {
        "uid": record.uid,
        "handle": handle(record.kind, record.uid),
        "kind": record.kind,
        "source": record.source,
        "fields": record.fields,
    }
    if record.date:
        props["date"] = record.date
    if record.uid in signed:
        props |= {"digest": signed[record.uid], "load": load}
    return props | ({"branch": True} if record.branch else {})


def relationships(
    steps: Steps, edges: Sequence[Mapping[str, Any]], sources: Mapping[str, Basis]
) -> None:
    """Put what stands between records between the things they describe, as visible as may be."""
    rows = []
    for edge in edges:
        source = sources[edge["props"]["source"]]
        rows.append(dict(edge) | {"cap": _cap(edge["props"], source), "public": source.public})
    exactly(steps, "load/edges", rows)


def near(plan: Plan, edges: Sequence[Mapping[str, Any]], sources: Mapping[str, Basis]) -> Rows:
    """The same edges with who may see them, of things that this batch holds at both ends."""
    found = []
    for edge in edges:
        props = edge["props"]
        source, least = sources[props["source"]], _cap(props, sources[props["source"]])
        for end in ("from_record", "to_record"):
            thing = plan.props[plan.now[props[end]]]
            level = thing.get("consent")
            if level is not None:
                rest = None if source.public else thing.get("consent_rest")
                least = min(least, level if rest is None else rest)
        found.append({"verb": edge["verb"], "props": props | {"audience": least}})
    return found


def _cap(props: Mapping[str, Any], source: Basis) -> int:
    return min(source.audience, int(props.get("said", PUBLIC)))
