"""Candidates kept in the graph: pairs that may be one thing, each with what speaks for it.

`(:Candidate {uid, kind, level, left, right, bits, reasons, weights, evidence})`, between two
records, one of each thing, as whoever is of that level sees them: what somebody may not see neither
speaks for a pair of theirs nor moves what the others weigh. They join nothing, are no part of the
graph's hash, and are found anew at any time. Things that have not changed are not compared again;
only what is other is written.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from tieline.database.graph import Graph, Steps
from tieline.loaders.candidates.gather import KINDS, Kind, Row, gather
from tieline.loaders.candidates.run import compare, connect, found, given
from tieline.loaders.candidates.settle import Settled
from tieline.loaders.candidates.tell import told
from tieline.schema.records import digest

LIKELY = -3.0  # bits from which a pair is a candidate: about one in nine
EACH = 20  # candidates of one thing at most, the likeliest
SIZE = 2_000
YEAR = 366  # days
VERSION = "5"  # another one compares again what has not changed
Step = Callable[[str], None]
Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Of one kind: things compared, pairs weighed, candidates now; whether anything was done."""

    kind: str
    things: int
    pairs: int
    candidates: int
    gone: int
    compared: bool

    def as_json(self) -> dict[str, Any]:
        names = ("kind", "things", "pairs", "candidates", "gone", "compared")
        return {name: getattr(self, name) for name in names}


def suggest(
    graph: Graph, kinds: Sequence[str] = (), whole: bool = False, step: Step = lambda _: None
) -> list[Suggested]:
    """Bring the candidates up to date. `whole`: compare even where nothing has changed."""
    return [_one(graph, KINDS[name], whole, step) for name in kinds or KINDS]


def _one(graph: Graph, kind: Kind, whole: bool, step: Step) -> Suggested:
    """At each level by itself, of what may be seen there: no answer rests on more than that."""
    known: dict[str, tuple[Rows, int]] = {}
    at = [_at(graph, kind, level, whole, known, step) for level in kind.levels]
    pairs, gone = sum(each.pairs for each in at), sum(each.gone for each in at)
    compared = any(each.compared for each in at)
    return Suggested(kind.name, at[0].things, pairs, at[0].candidates, gone, compared)


def _at(
    graph: Graph,
    kind: Kind,
    level: int,
    whole: bool,
    known: dict[str, tuple[Rows, int]],
    step: Step,
) -> Suggested:
    """`known`: what came of comparing the same things at another level, by their state."""
    step(f"reading every {kind.name} that level {level} sees")
    rows = gather(graph, kind, level)
    state = digest(VERSION, sorted(digest(*(row[n] for n in _names(kind))) for row in rows))
    was = graph.read("load/compared", uid=f"compared {kind.name} {level}")
    if was and was[0]["evidence"] == state and not whole:
        return Suggested(kind.name, len(rows), 0, was[0]["found"], 0, False)
    again = state in known
    if not again:
        known[state] = _candidates(kind, rows, step) if len(rows) > 1 else ([], 0)
    made, pairs = known[state]
    step(f"writing {len(made):,} candidates")
    gone = _write(graph, kind, level, made, state)
    return Suggested(kind.name, len(rows), 0 if again else pairs, len(made), gone, True)


def _names(kind: Kind) -> list[str]:
    return ["id", "source", "others", "branch", "apart", *(name for name, _, _ in kind.columns)]


def _candidates(kind: Kind, rows: Rows, step: Step) -> tuple[Rows, int]:
    con = connect()
    try:
        names = [name for name, _, _ in kind.columns]
        given(con, rows, [*names, "others"])
        across = len({row["source"] for row in rows}) > 1
        compared = compare(con, "given", kind.natures, across, step)
        settled = found(compared)
        by_id = {row["id"]: row for row in rows}
        ordered = [by_id[id] for id in compared.ids]
        return told(compared, ordered, settled, _few(kind, settled, ordered)), compared.many
    finally:
        con.close()


def _few(kind: Kind, settled: Settled, rows: Rows) -> list[int]:
    """Which of the pairs: no branch with its whole, no phases; of each thing the likeliest."""
    kept: list[int] = []
    often: Counter[int] = Counter()
    pairs = settled.pairs
    likely = np.flatnonzero(settled.bits >= LIKELY)
    order = np.lexsort((pairs.right[likely], pairs.left[likely], -settled.bits[likely]))
    for at in likely[order].tolist():
        ends = int(pairs.left[at]), int(pairs.right[at])
        left, right = (rows[end] for end in ends)
        parted = right["uid"] in left["apart"] or left["branch"] != right["branch"]
        parted |= _years(left, right)
        if kind.across:
            parted |= not set(left["source"].split()).isdisjoint(right["source"].split())
        if not parted and max(often[end] for end in ends) < EACH:
            kept.append(at)
            often.update(ends)
    return kept


def _years(left: Row, right: Row) -> bool:
    """Of two projects: what starts more than a year apart is two, as one grant after another."""
    starts = [row.get("starts") for row in (left, right)]
    if not all(starts):
        return False
    one, other = (date.fromisoformat(start[:10]) for start in starts if start)
    return abs((one - other).days) > YEAR


def _write(graph: Graph, kind: Kind, level: int, made: Rows, state: str) -> int:
    """Only what is new or other; the comparison itself last, so a broken one is done again."""
    whose = {"kind": kind.name, "level": level}
    made = [c | whose | {"uid": f"{c['uid']} {level}"} for c in made]
    stands = {r["uid"]: r["evidence"] for r in graph.read("load/suggested", **whose)}
    fresh = [c for c in made if stands.get(c["uid"]) != c["evidence"]]
    for start in range(0, len(fresh), SIZE):
        part = fresh[start : start + SIZE]
        graph.write(lambda steps, part=part: steps.run("load/suggest", rows=part))  # type: ignore[misc]
    uid = f"compared {kind.name} {level}"
    line = whose | {
        "uid": uid,
        "evidence": state,
        "found": len(made),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }

    def end(steps: Steps) -> int:
        uids = [uid, *(c["uid"] for c in made)]
        gone = steps.run("load/unsuggest", uids=uids, **whose)[0]["gone"]
        steps.run("load/suggest", rows=[line])
        return int(gone)

    return graph.write(end)
