"""Who already does this? Projects of different teams that may be allies, with reasons.

All that a viewer may see is read into arrays (read.py), the pairs that overlap most are found there
(best.py), and of these alone the teams' pathways, titles and sources are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside
from tieline.queries.duplicates.best import Pair, best
from tieline.queries.duplicates.blocks import Allowed
from tieline.queries.duplicates.index import Index
from tieline.queries.duplicates.link import linked
from tieline.queries.duplicates.read import read
from tieline.queries.duplicates.told import left_out, passed, reasons, uncertainty
from tieline.queries.duplicates.written import Array
from tieline.queries.themes.reach import within

MOST = 100  # pairs told of
LOOKED = 300  # pairs whose teams' pathways are looked for, for those who read numbers
KEPT = 16
Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """The pairs that overlap most, and what was compared."""

    pairs: list[Pair]
    allowed: Allowed
    rows: int


_kept: Kept[Found] = Kept(KEPT)


async def parallel(
    reader: Reader, place: str | None, theme: str | None, barred: Iterable[tuple[str, str]] = ()
) -> Row:
    """The pairs most worth a conversation, in order: `rows` of `duplicates` without a `status`.

    `barred`: uids of two that were judged not to be parallel; they are told last, whatever they
    weigh. `passed_over`: whether there were too many pairs to compare all; `note`: what was not
    compared, in words; `uncertainty`: what weights rest on that is not recorded.
    """
    index, numbers = await read(reader), reader.viewer.numbers
    key = await Key.of(reader, "parallel effort", place=place, theme=theme)
    never = {pair for pair in (_numbered(index, *two) for two in barred) if pair}

    async def make() -> Found:
        themes = await within(reader, theme)
        some = await aside(scoped, index, place, themes)
        most = LOOKED if numbers else MOST
        return Found(*await aside(best, index, some, most, never), len(some))

    found = await _kept.get(key, make)
    pairs = await linked(reader, index, found.pairs, MOST)
    pairs += [_alike(index, *pair) for pair in sorted(never)] if not (place or theme) else []
    return {
        "rows": await rows(reader, index, pairs),
        "passed_over": bool(found.allowed.cut),
        "uncertainty": uncertainty(index),
        "note": " ".join(filter(None, [passed(index, found.allowed), left_out(index)])) or None,
    }


def _numbered(index: Index, one: str, other: str) -> tuple[int, int] | None:
    """Two by their numbers, the lower first; None if one is not there."""
    if one not in index.number or other not in index.number or one == other:
        return None
    left, right = sorted((index.number[one], index.number[other]))
    return left, right


def _alike(index: Index, left: int, right: int) -> Pair:
    return Pair(left, right, index.compared(index.side(left), index.side(right)))


def scoped(index: Index, place: str | None, themes: Iterable[str] | None) -> Array:
    """The projects of a scope: which serve the place or one within it, and work on one of the
    themes."""
    inside = np.ones(len(index.uids), bool)
    if place:
        inside[:] = False
        if place in index.place:
            there = index.around[:, [index.place[place]]].tocoo()
            inside[there.coords[0]] = True
    if themes is not None:
        wanted = set(themes)
        about = np.zeros(len(index.uids), bool)
        about[index.links["WORKS_ON"].having(wanted)] = True
        inside &= about
    return np.flatnonzero(inside)


async def rows(reader: Reader, index: Index, pairs: Sequence[Pair]) -> list[Row]:
    """What is told of each pair; of one whose projects have gone since, nothing."""
    about = await shown(
        reader, {index.uids[at] for pair in pairs for at in (pair.left, pair.right)}
    )
    numbers = reader.viewer.numbers
    told = []
    for pair in pairs:
        left, right = index.uids[pair.left], index.uids[pair.right]
        if left in about and right in about:
            told.append(_row(index, pair, about[left], about[right], numbers))
    return told


async def shown(reader: Reader, uids: Iterable[str]) -> dict[str, Row]:
    """What is told of projects, by uid."""
    wanted = sorted(uids)
    found = await reader.rows("duplicates/shown", uids=wanted) if wanted else []
    return {row["uid"]: row for row in found}


def _row(index: Index, pair: Pair, left: Row, right: Row, numbers: bool) -> Row:
    score = pair.alike.score if numbers else pair.alike.score.unlinked
    sides = index.side(pair.left), index.side(pair.right)
    return {
        "left_uid": left["uid"],
        "right_uid": right["uid"],
        "record_uids": sorted({each[0] for row in (left, right) for each in row["records"]}),
        "kind": "parallel_effort",
        "weight": score.weight,
        "reasons": reasons(index, pair.alike, sides, (left, right), numbers),
    }
