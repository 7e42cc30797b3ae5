"""Who stands between others here, and do ties lead to one's own kind or across?

Everybody reads a band (standing.py) and the reason in plain words; the figures behind it are for
stewards. Whoever reads no numbers gets them by name within a band: no league table of people.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.answers.coverage import coverage
from tieline.queries.bridges.mixing import index
from tieline.queries.bridges.part import read
from tieline.queries.bridges.standing import GROUPS, PLACES, Standing, standing
from tieline.queries.bridges.told import doubt, mixed, rests_on, why

Row = dict[str, Any]
SHOWN = 1_000  # brokers told of, unless more are asked for
BUSIEST = 10  # ties through which most routes lead
ORDER = {
    True: "By how much they join, and within that the least constrained first.",
    False: "By how much they join, and within that by name: nobody is ranked.",
}


async def brokers(
    reader: Reader,
    scope: Mapping[str, str] | None = None,
    first: int | slice = SHOWN,
    place_kind: str | None = None,
) -> dict[str, Any]:
    """Everybody in the scope (see Scope of part.py), those who join most first.

    With `place_kind` two have a place in common who are in the same place of that kind.

    Returns `rows` [{uid, label (joins_many, joins_some, within_one, not_tied), ties, reason, and
    for stewards constraint, effective_size (null without ties), betweenness (0 to 1), ei_place,
    ei_theme, ei_sector (-1 all within to 1 all across, null if unknown)}], at most `first`,
    or those of a slice; `total`; `order` in words; `betweenness_error` (0: exact) and `busiest`
    [{from_uid, to_uid, betweenness}] for stewards, else null; `mixing` [{by, index, within,
    across, reason}] of all ties; `coverage` (of answers/coverage.py, and of how
    many what is known); `uncertainty` in a sentence; `graph_version`.

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: an unknown label, day or kind of place.
    """
    part = await read(reader, scope)
    shown = slice(first) if isinstance(first, int) else first
    found, numbers = await standing(reader, part, place_kind), reader.viewer.numbers
    return {
        "rows": [row(found, at, numbers) for at in found.order[shown]],
        "total": len(found.order),
        "order": ORDER[numbers],
        "betweenness_error": found.between.error if found.between else None,
        "busiest": _busiest(found, part.field.ends.tolist()) if numbers else None,
        "mixing": [_mixing(found, each) for each in GROUPS],
        "coverage": _known(found, len(part.field.ends), await coverage(reader, part.inside)),
        "uncertainty": doubt(found, numbers),
        "graph_version": part.version,
    }


def row(found: Standing, at: int, numbers: bool) -> Row:
    """An actor as they are told."""
    tied = at < found.tied
    index_of = {each: found.mixing[each].of(at) if tied else None for each in GROUPS}
    figures: Row = {
        "constraint": found.constraint(at),
        "effective_size": found.effective(at),
        "betweenness": _share(found, at),
        **{f"ei_{each}": index_of[each] for each in GROUPS},
    }
    return {
        "uid": found.uids[at],
        "label": found.band(at),
        "ties": int(found.measures.ties[at]) if tied else 0,
        "reason": why(found, at, figures["betweenness"] if numbers else None),
    } | (figures if numbers else dict.fromkeys(figures))


def _share(found: Standing, at: int) -> float | None:
    if found.between is None or at >= found.tied:
        return None
    return round(float(found.between.actors[at]), PLACES)


def _busiest(found: Standing, ends: list[list[int]]) -> list[Row]:
    """The ties through which most routes lead, equal ones by uid."""
    if found.between is None:
        return []
    shares = np.round(found.between.ties, PLACES)
    first = np.argsort(-shares, kind="stable")[:BUSIEST].tolist()
    return [
        {
            "from_uid": found.uids[ends[at][0]],
            "to_uid": found.uids[ends[at][1]],
            "betweenness": float(shares[at]),
        }
        for at in first
    ]


def _mixing(found: Standing, by: str) -> Row:
    all_ = found.mixing[by]
    within, across = all_.all_within, all_.all_across
    told = {"by": by, "index": index(within, across), "within": within, "across": across}
    return told | {"reason": mixed(by, within, across)}


def _known(found: Standing, ties: int, rests: Row) -> Row:
    """What the answer rests on, and of how many a place, theme or sector is known."""
    there = [found.known[at] for at in found.order]
    told: Row = {f"with_{by}": sum(bool(getattr(each, by)) for each in there) for by in GROUPS}
    told |= {"actors": len(there), "tied": found.tied, "ties": ties}
    return rests | told | {"sentence": f"{rests_on(told)} {rests['sentence']}"}
