"""Why does somebody stand where they stand? Whom they join, circle by circle.

Of those that somebody is tied to, a circle is whoever is still tied together without them. Who
stands in one circle alone joins nobody; of two circles that nobody else joins, they are the bridge.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.work import aside
from tieline.queries.bridges import tell
from tieline.queries.bridges.blocks import blocks
from tieline.queries.bridges.brokers import row
from tieline.queries.bridges.field import Field
from tieline.queries.bridges.part import read
from tieline.queries.bridges.standing import standing
from tieline.queries.bridges.told import doubt
from tieline.queries.pathways.tell import listed
from tieline.queries.resolve.seen import must_see, unknown

Row = dict[str, Any]
NAMED = 5  # names of a circle
LOOKED_AT = 200  # of a circle's actors, whose places and themes say what it is
SIDE = ("uid", "name", "organisations", "places", "themes")  # as bridges/sides tells of an actor


async def broker(reader: Reader, uid: str, scope: Mapping[str, str] | None = None) -> Row:
    """How an actor stands in the scope: as `brokers` tells of them, and `circles` [{uids, names,
    organisations, places, themes, reason}], the largest first; `sentence`, `coverage`,
    `uncertainty`, `graph_version`.

    Raises:
        NotFound: an actor, place, theme or network that the viewer may not see, or who does not
            belong to the scope.
        WrongUse: an unknown label or day.
    """
    await must_see(reader, uid)
    part = await read(reader, scope)
    found = await standing(reader, part)
    if uid not in found.uids:
        raise unknown(uid)
    at = found.uids.index(uid)
    beside = await aside(circles, part.field, at) if at < found.tied else []
    around = [[found.uids[each] for each in circle] for circle in beside]
    told = await _told(reader, around)
    return row(found, at, reader.viewer.numbers) | {
        "name": found.known[at].name,
        "circles": told,
        "sentence": _sentence(found.known[at].name, told),
        "coverage": await coverage(reader, [uid, *(each for one in around for each in one)]),
        "uncertainty": doubt(found, reader.viewer.numbers),
        "graph_version": part.version,
    }


def circles(field: Field, actor: int) -> list[list[int]]:
    """Those tied to an actor, parted as they are tied to each other; the largest first, equal ones
    by who comes first in them."""
    ends = field.ends
    mine = ends[(ends == actor).any(axis=1)]
    beside = np.sort(mine[mine != actor])
    near = np.zeros(len(field.uids), dtype=bool)
    near[beside] = True
    among = np.searchsorted(beside, ends[near[ends].all(axis=1)])
    part = blocks(len(beside), among).part
    found: dict[int, list[int]] = {}
    for each, number in zip(beside.tolist(), part.tolist(), strict=True):
        found.setdefault(number, []).append(each)
    return sorted(found.values(), key=lambda circle: (-len(circle), circle[0]))


async def _told(reader: Reader, around: Sequence[Sequence[str]]) -> list[Row]:
    wanted = sorted({uid for circle in around for uid in circle[:LOOKED_AT]})
    page = await reader.pages("bridges/sides", uids=wanted) if wanted else []
    about = {each[0]: dict(zip(SIDE, each, strict=True)) for each in page}
    return [
        _circle(circle, [about[uid] for uid in circle[:LOOKED_AT] if uid in about])
        for circle in around
    ]


def _circle(uids: Sequence[str], rows: Sequence[Row]) -> Row:
    names = sorted(each["name"] for each in rows)
    kinds = {kind: tell.most(rows, kind) for kind in SIDE[2:]}
    return {"uids": list(uids), "names": names, **kinds, "reason": _reason(names, uids, kinds)}


def _reason(names: Sequence[str], uids: Sequence[str], kinds: Mapping[str, Sequence[str]]) -> str:
    """Who they are, and what they have to do with."""
    who = listed(names, NAMED)
    if len(uids) > max(NAMED, len(names)):
        who = f"{', '.join(names[:NAMED])} and {len(uids) - NAMED:,} more"
    said = [f"{who}."]
    for kind, found in kinds.items():
        others = [name for name in found if name not in names]
        if others:
            said.append(f"{kind.capitalize()}: {listed(others, NAMED)}.")
    return " ".join(said)


def _sentence(name: str, told: Sequence[Row]) -> str:
    if not told:
        return f"{name} has no recorded tie here, so joins nobody that we know of."
    if len(told) == 1:
        return f"All that {name} is tied to hang together without them: one circle."
    return f"{name} joins {len(told):,} circles that are not tied to each other but through others."
