"""Candidates kept in the graph: pairs that may be one thing, each with what speaks for it.

`(:Candidate {uid, kind, left, right, bits, reasons, weights, evidence})`, between two records, one
of each thing. They join nothing, are no part of the graph's hash, and are found anew at any time.
Things that have not changed are not compared again; only what is other is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tieline.database.graph import Graph, Steps
from tieline.loaders.candidates.compare import Compared as Comparison
from tieline.loaders.candidates.gather import KINDS, Kind, Row, gather
from tieline.loaders.candidates.run import Compared, compare, connect, found, given
from tieline.schema.records import digest

LIKELY = -3.0  # bits from which a pair is a candidate: about one in nine
EACH = 20  # candidates of one thing at most, the likeliest
SIZE = 2_000
VERSION = "2"  # another one compares again what has not changed
Step = Callable[[str], None]
Rows = list[dict[str, Any]]


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
    step(f"reading every {kind.name}")
    rows = gather(graph, kind)
    state = digest(VERSION, sorted(digest(*(row[n] for n in _names(kind))) for row in rows))
    was = graph.read("load/compared", uid=f"compared {kind.name}")
    if was and was[0]["evidence"] == state and not whole:
        return Suggested(kind.name, len(rows), 0, was[0]["found"], 0, False)
    made, pairs = _candidates(kind, rows, step) if len(rows) > 1 else ([], 0)
    step(f"writing {len(made):,} candidates")
    gone = _write(graph, kind, made, state)
    return Suggested(kind.name, len(rows), pairs, len(made), gone, True)


def _names(kind: Kind) -> list[str]:
    return ["id", "source", "others", "branch", "apart", *(name for name, _, _ in kind.columns)]


def _candidates(kind: Kind, rows: list[Row], step: Step) -> tuple[Rows, int]:
    con = connect()
    try:
        names = [name for name, _, _ in kind.columns]
        given(con, rows, [*names, "others"])
        across = len({row["source"] for row in rows}) > 1
        compared = compare(con, "given", kind.natures, across, step)
        source = {row["id"]: row["source"] for row in rows}
        settled = found(compared, source)
        likely = {pair: bits for pair, bits in settled.bits.items() if bits >= LIKELY}
        by_id = {row["id"]: row for row in rows}
        return _told(compared, by_id, _few(kind, likely, by_id)), compared.pairs
    finally:
        con.close()


def _few(
    kind: Kind, likely: dict[tuple[str, str], float], rows: dict[str, Row]
) -> dict[tuple[str, str], float]:
    """Not a branch with its whole, nor phases; and of each thing the likeliest only."""
    kept: dict[tuple[str, str], float] = {}
    often: dict[str, int] = {}
    for pair in sorted(likely, key=lambda each: (-likely[each], each)):
        left, right = (rows[uid] for uid in pair)
        parted = right["uid"] in left["apart"] or left["branch"] != right["branch"]
        if kind.across:
            parted |= not set(left["source"].split()).isdisjoint(right["source"].split())
        if not parted and max(often.get(uid, 0) for uid in pair) < EACH:
            kept[pair] = likely[pair]
            for uid in pair:
                often[uid] = often.get(uid, 0) + 1
    return kept


def _told(compared: Compared, rows: dict[str, Row], pairs: dict[tuple[str, str], float]) -> Rows:
    """The candidates with their reasons, the weightiest first."""
    comparisons = compared.model.compared
    levels = ", ".join(f"g{n}, r{n}" for n in range(len(comparisons)))
    told = compared.con.execute(
        f"SELECT least(l, r), greatest(l, r), weight, {levels} FROM scored WHERE weight > -2"
    )
    made = []
    while part := told.fetchmany(10_000):
        for left, right, weight, *held in part:
            if (left, right) in pairs:
                one, other = rows[left], rows[right]
                reasons = _reasons(comparisons, compared.model.bits, held, one, other)
                before = pairs[left, right] - weight
                reasons.append((before, f"Before anything is known of two: {before:+.1f}."))
                made.append(_candidate(one, other, pairs[left, right], reasons))
    return made


def _candidate(
    one: Row, other: Row, bits: float, reasons: list[tuple[float, str]]
) -> dict[str, Any]:
    left, right = sorted((one["records"][0], other["records"][0]))
    said = {
        "left": left,
        "right": right,
        "bits": round(bits, 2),
        "reasons": [text for _, text in reasons],
        "weights": [round(weight, 2) for weight, _ in reasons],
    }
    return said | {"uid": f"candidate {digest(left, right)}", "evidence": digest(said)}


def _reasons(
    comparisons: Sequence[Comparison],
    bits: dict[str, list[float]],
    held: Sequence[Any],
    one: Row,
    other: Row,
) -> list[tuple[float, str]]:
    """A sentence a comparison, with both values and the bits it brings; what is missing adds 0."""
    told = []
    for n, each in enumerate(comparisons):
        level, rarity = held[2 * n], held[2 * n + 1]
        if level is None:
            continue
        weight = bits[each.key][level] + rarity
        words = each.levels[level].words
        values = [_shown(row[each.name]) for row in (one, other)]
        both = values[0] if values[0] == values[1] else " / ".join(values)
        rare = _rare(rarity)
        told.append((weight, f"{words[0].upper()}{words[1:]}{rare}: {both} ({weight:+.1f})."))
    return sorted(told, key=lambda each: -abs(each[0]))


def _rare(bits: float) -> str:
    if abs(bits) < 1:
        return ""
    return ", a rare one" if bits > 0 else ", a common one"


def _shown(value: str | None) -> str:
    text = (value or "").replace("|", ", ")
    return text if len(text) <= 80 else text[:79] + "…"


def _write(graph: Graph, kind: Kind, made: Rows, state: str) -> int:
    """Only what is new or other; the comparison itself last, so a broken one is done again."""
    stands = {r["uid"]: r["evidence"] for r in graph.read("load/suggested", kind=kind.name)}
    fresh = [c | {"kind": kind.name} for c in made if stands.get(c["uid"]) != c["evidence"]]
    for start in range(0, len(fresh), SIZE):
        part = fresh[start : start + SIZE]
        graph.write(lambda steps, part=part: steps.run("load/suggest", rows=part))  # type: ignore[misc]
    uid = f"compared {kind.name}"
    line = {
        "uid": uid,
        "kind": kind.name,
        "evidence": state,
        "found": len(made),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }

    def end(steps: Steps) -> int:
        uids = [uid, *(c["uid"] for c in made)]
        gone = steps.run("load/unsuggest", kind=kind.name, uids=uids)[0]["gone"]
        steps.run("load/suggest", rows=[line])
        return int(gone)

    return graph.write(end)
