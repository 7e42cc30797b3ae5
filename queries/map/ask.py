"""The map: who is there, how they are tied, where they stand on the picture and with whom.

told = await field_map(reader, {"place": uid}, 2_000)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside
from tieline.queries.bridges.field import AT_LEAST
from tieline.queries.bridges.paged import paged
from tieline.queries.bridges.part import belonging
from tieline.queries.bridges.tree import tree
from tieline.queries.map.drawn import ACTORS, LABELS, Drawn, drawn
from tieline.queries.map.named import Known, names
from tieline.queries.map.settling import Picture, picture
from tieline.queries.resolve.seen import must_see

AT_ONCE = 2_500  # actors of one statement
KEPT = 16
SMALL = 3  # a circle of fewer has no name: they are tied to each other, and that is all
UNCERTAIN = (
    "Near means tied, by few ties or many: how far apart two stand measures nothing, and nobody is "
    "more for standing in the middle. A tie that nobody recorded is not drawn."
)
Row = dict[str, Any]
Scope = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """What is drawn of a scope, and who these are."""

    drawn: Drawn
    known: list[Known]
    rests: Row


_kept: Kept[Part] = Kept(KEPT)


async def field_map(reader: Reader, scope: Scope, limit: int) -> Row:
    """{actors, ties, communities, layout, ...} as the map's type tells them.

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: a limit that is none.
    """
    if not 1 <= limit <= ACTORS:
        raise WrongUse(f"A map shows 1 to {ACTORS:,} actors: give such a limit, or leave it out.")
    key, part = await drawn_part(reader, scope, limit)
    found = await picture(reader, key, part.drawn)
    return await aside(_told, part, found, key.version)


async def drawn_part(reader: Reader, scope: Scope, limit: int) -> tuple[Key, Part]:
    """What is drawn of a scope, and what it is kept by."""
    key = await Key.of(reader, "map", limit=limit, **dict(scope))
    return key, await _kept.get(key, lambda: _part(reader, scope, limit))


async def _part(reader: Reader, scope: Scope, limit: int) -> Part:
    named = [scope.get(kind) for kind in ("place", "theme", "network")]
    uids = [uid for uid in named if uid]
    if uids:
        await must_see(reader, *uids)
    inside = sorted(await belonging(reader, *named))
    names = {name: reader.viewer.of(name) for name in ("step", "kinds", "label")}
    labels = AT_LEAST[scope["label"]] if scope.get("label") else None
    pages = paged(reader, "map/ties", "reading the ties", **names, labels=labels)
    found = await aside(drawn, inside, [page async for page in pages], limit)
    known = await _known(reader, found)
    return Part(found, known, await coverage(reader, inside if uids else None))


async def _known(reader: Reader, found: Drawn) -> list[Known]:
    """Who they are. Who has gone since is told by uid alone, and never: the version is another."""
    rows: list[Sequence[Any]] = []
    for at in range(0, len(found.uids), AT_ONCE):
        rows += await reader.pages("map/actors", uids=found.uids[at : at + AT_ONCE])
    wider = await tree(reader)
    titles = dict(await reader.pages("map/places"))
    told = {row[0]: _one(row, wider.wider, titles) for row in rows}
    return [
        told.get(uid) or Known(uid, "", "organisation", None, (), (), (), ()) for uid in found.uids
    ]


def _one(row: Sequence[Any], wider: Mapping[str, frozenset[str]], titles: Scope) -> Known:
    uid, name, kind, sort, places, themes, networks = row
    here = [each[0] for each in places]
    above = {to for each in here for to in wider.get(each, ())}.union(here)
    within = sorted({titles[each] for each in above if each in titles})
    named = tuple(each[1] for each in places)
    return Known(uid, name, kind, sort, named, tuple(themes), tuple(networks), tuple(within))


def _told(part: Part, found: Picture, version: str) -> Row:
    drawn, counts = part.drawn, part.drawn.counts()
    groups = [each for each in found.circles or [] if len(each) >= SMALL]
    mine = np.full(len(drawn.uids), -1, np.int64)
    for number, each in enumerate(groups):
        mine[each] = number
    called = names(groups, part.known, counts.sum(axis=1).tolist()) if groups else []
    return {
        "actors": _actors(part.known, found, mine.tolist(), counts.tolist()),
        "ties": _ties(drawn),
        "communities": [
            {"name": name, "size": len(each)} for name, each in zip(called, groups, strict=True)
        ],
        "layout": {"share": round(found.share, 3), "settled": found.settled, "stage": found.stage},
        "total_actors": drawn.actors,
        "total_ties": drawn.ties,
        "truncated": drawn.left_out != (0, 0),
        "rule": drawn.rule,
        "uncertainty": UNCERTAIN,
        "coverage": part.rests,
        "graph_version": version,
    }


def _actors(
    known: Sequence[Known], found: Picture, mine: Sequence[int], counts: Sequence[Sequence[int]]
) -> list[Row]:
    return [
        {
            "uid": each.uid,
            "name": each.name,
            "kind": each.kind,
            "sort": each.sort,
            "x": x,
            "y": y,
            "community": circle if circle >= 0 else None,
            "places": list(each.places),
            "within": list(each.within),
            "themes": list(each.themes),
            **dict(zip(LABELS, counted, strict=True)),
        }
        for each, (x, y), circle, counted in zip(
            known, found.at.tolist(), mine, counts, strict=True
        )
    ]


def _ties(drawn: Drawn) -> list[Row]:
    labels = [label.upper() for label in LABELS]
    rows = zip(drawn.ends.tolist(), drawn.label.tolist(), strict=True)
    return [{"from": a, "to": b, "label": labels[label]} for (a, b), label in rows]
