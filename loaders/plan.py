"""Clusters set against the things there are: which goes on as which, what moves, begins and ends.

Which node carries an entity is no state: the busiest goes on and the smaller side moves. A uid is a
property, so a hub that gets a lower record is renamed and nothing else is touched.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tieline.loaders.compose import NETWORK, Basis, Thing, compose
from tieline.loaders.resolve import components
from tieline.loaders.standing import Standing
from tieline.loaders.unseen import unseen
from tieline.schema.records import LABELS, Record

Rows = list[dict[str, Any]]
COMPUTED = ("ease", "embedding", "position", "dense", "index")  # not said by records: they stay


@dataclass
class Plan:
    """What to do to the things that the standing records describe. Lists are statements' rows."""

    dead: list[str] = field(default_factory=list)  # a record of each thing that ends
    moved: list[str] = field(default_factory=list)  # records that leave the thing they describe
    fresh: Rows = field(default_factory=list)
    joins: Rows = field(default_factory=list)
    changed: Rows = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    relabelled: Rows = field(default_factory=list)
    opened: dict[str, str] = field(default_factory=dict)  # consent is another: old uid -> new uid
    bodies: set[str] = field(default_factory=set)  # organisations' records whose members to recount
    people: set[str] = field(default_factory=set)  # people's records whose bodies to recount
    created: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    now: dict[str, str] = field(default_factory=dict)  # record -> uid of what it will describe
    props: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # of each thing, by its uid
    begun: set[str] = field(default_factory=set)  # uids of things that are new
    names: dict[str, str] = field(default_factory=dict)  # old uid of a thing that goes on -> new
    ended: set[str] = field(default_factory=set)  # old uids of things that do not

    def name(self, old: str) -> str | None:
        """What the thing of this old uid is called now; None when it is no more."""
        return None if old in self.ended else self.names.get(old, old)


def draw(
    after: Mapping[str, Record], stand: Standing, sources: Mapping[str, Basis], source: str
) -> Plan:
    """The plan that brings the standing things to what the records `after` say.

    `source` is whose batch this is: for telling what it matched.
    """
    things = {uid: record for uid, record in after.items() if record.kind in LABELS}
    barred = unseen(things, stand.judgements, sources)
    clusters = components(things, stand.judgements, barred)
    chosen = assign(clusters, stand, things)
    plan = Plan()
    for members, old in zip(clusters, chosen, strict=True):
        thing = compose([things[uid] for uid in members], sources)
        plan.now |= dict.fromkeys(members, thing.uid)
        plan.props[thing.uid] = thing.props
        _settle(plan, stand, things, members, old, thing)
        _count(plan, stand, things, members, source)
    _end(plan, stand, after, things)
    return plan


def assign(
    clusters: Sequence[Sequence[str]], stand: Standing, things: Mapping[str, Record]
) -> list[str | None]:
    """For each cluster the old uid of the thing that goes on as it: the busiest choose first."""
    shares: dict[str, Counter[int]] = {}
    for n, members in enumerate(clusters):
        for uid in members:
            if uid in stand.node and stand.before[uid].kind == things[uid].kind:
                shares.setdefault(stand.node[uid], Counter())[n] += 1
    chosen: list[str | None] = [None] * len(clusters)
    for old in sorted(shares, key=lambda each: (-stand.degree[each], each)):
        free = [n for n in shares[old] if chosen[n] is None]
        if free:
            chosen[max(free, key=lambda n: (shares[old][n], -n))] = old
    return chosen


def _settle(
    plan: Plan,
    stand: Standing,
    things: Mapping[str, Record],
    members: Sequence[str],
    old: str | None,
    thing: Thing,
) -> None:
    """One cluster: it goes on as an old thing, or begins."""
    moved = [uid for uid in members if uid in stand.node and stand.node[uid] != old]
    plan.moved += moved
    if old is None:
        here = {members[0]}
        plan.begun.add(thing.uid)
        plan.fresh.append(
            {"record": members[0], "labels": list(thing.labels), "props": thing.props}
        )
    else:
        here = {uid for uid in members if stand.node.get(uid) == old}
        plan.names[old] = thing.uid
        _rewrite(plan, stand, old, min(here), thing)
    anchor = min(here)
    plan.joins += [{"record": uid, "anchor": anchor} for uid in members if uid not in here]
    _recount(plan, stand, things, members, old, moved)


def _rewrite(plan: Plan, stand: Standing, old: str, record: str, thing: Thing) -> None:
    """What reads differently of a thing that goes on."""
    was = stand.props[old]
    props = thing.props | {name: was[name] for name in COMPUTED if name in was}
    if was != props:
        plan.changed.append({"record": record, "props": props})
        if old != thing.uid:
            plan.renamed.append(record)
        if _levels(was) != _levels(props):
            plan.opened[old] = thing.uid
            (plan.people if thing.labels[0] == "Person" else plan.bodies).add(record)
    if (NETWORK in thing.labels) != (NETWORK in stand.labels[old]):
        network = [NETWORK]
        gains, loses = (network, []) if NETWORK in thing.labels else ([], network)
        plan.relabelled.append({"record": record, "gains": gains, "loses": loses})


def _levels(props: Mapping[str, Any]) -> tuple[Any, Any]:
    return props.get("consent"), props.get("consent_rest")


def _recount(
    plan: Plan,
    stand: Standing,
    things: Mapping[str, Record],
    members: Sequence[str],
    old: str | None,
    moved: Sequence[str],
) -> None:
    """Whose shared memberships may come out otherwise: who moves, and bodies known otherwise."""
    kind = things[members[0]].kind
    if kind == "person":
        plan.people.update(moved)
    elif kind == "organisation":
        plan.bodies.update(moved)
        if old and (moved or _keys_differ(stand, things, members, old)):
            plan.bodies.update((members[0], *stand.of[old]))


def _keys_differ(
    stand: Standing, things: Mapping[str, Record], members: Sequence[str], old: str
) -> bool:
    """Evidence from a body is kept under its lowest record of each source (evidence.py)."""
    was = _lowest(stand.before[uid] for uid in stand.of[old])
    now = _lowest(things[uid] for uid in members)
    return any(now.get(source) != uid for source, uid in was.items())


def _lowest(records: Iterable[Record]) -> dict[str, str]:
    least: dict[str, str] = {}
    for record in records:
        least[record.source] = min(record.uid, least.get(record.source, record.uid))
    return least


def _count(
    plan: Plan,
    stand: Standing,
    things: Mapping[str, Record],
    members: Sequence[str],
    source: str,
) -> None:
    """Matched: others named it, and now this source does."""
    known = [uid for uid in members if uid in stand.before]
    comes = any(uid not in stand.before and things[uid].source == source for uid in members)
    if comes and known and all(stand.before[uid].source != source for uid in known):
        plan.matched[things[members[0]].kind] += 1


def _end(
    plan: Plan, stand: Standing, after: Mapping[str, Record], things: Mapping[str, Record]
) -> None:
    """Things that no cluster goes on as; records that stay but describe nothing any more."""
    plan.ended = stand.of.keys() - plan.names.keys()
    plan.dead = sorted(min(stand.of[old]) for old in plan.ended)
    plan.moved += [uid for uid in stand.node if uid in after and uid not in things]
    plan.created.update(things[row["record"]].kind for row in plan.fresh)
    plan.created.subtract(stand.before[uid].kind for uid in plan.dead)
