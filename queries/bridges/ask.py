"""What holds this field together?

The ties a viewer may see are read in columns (field.py), cut in process (cut.py) and drawn again
and again to tell how sure each cut is (draws.py); only for the cuts that are shown are the names,
organisations, places and themes of the smaller side read, and who could be a second link
(twice.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.bridges import tell
from tieline.queries.bridges.cut import Cut
from tieline.queries.bridges.field import read
from tieline.queries.bridges.sure import Sure, sure
from tieline.queries.bridges.twice import SURE, second_links, weighty

About = dict[str, Any]
SHOWN = 1_000  # cuts told of, unless more are asked for
LOOKED_AT = 200  # of a smaller side's actors, whose places and themes make the reason
SIDE = ("uid", "name", "organisations", "places", "themes")  # as bridges/sides tells of an actor


async def bridges(
    reader: Reader, scope: Mapping[str, str] | None = None, first: int = SHOWN
) -> dict[str, Any]:
    """Cut points and bridges, those that cut off most first, then by uid.

    `scope` holds what Scope of field.py does. Any tie with evidence counts, but one that rests on a
    stated no_tie alone. Returns `rows` [{kind ('TIE' or 'ACTOR'), from_uid, to_uid, actor_uid,
    smaller_side, larger_side (actors), cut_off [uid], confidence (share of draws, 0 to 1), act_on,
    make_it_two [{left_uid, right_uid, shared, reason}], reason}], at most `first`; `total`, how
    many there are; `graph_version`. The smaller side is everything outside the largest part that
    remains.

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: an unknown label.
    """
    part = await read(reader, scope)
    found = await sure(part)
    rows = await _told(reader, found, first)
    return {"rows": rows, "total": len(found.cuts.ranked), "graph_version": part.version}


@dataclass(frozen=True)
class Shown:
    """A cut with those it cuts off, and rows of bridges/sides of the first of these."""

    cut: Cut
    share: float
    cut_off: list[str]
    side: list[About]


async def _told(reader: Reader, found: Sure, first: int) -> list[dict[str, Any]]:
    cuts = found.cuts.ranked[:first]
    sides = [found.cuts.names(cut) for cut in cuts]
    looked_at = {uid for side in sides for uid in side[:LOOKED_AT]}
    looked_at |= {uid for cut in cuts for uid in cut.actors}
    page = await reader.pages("bridges/sides", uids=sorted(looked_at)) if cuts else []
    about: dict[str, About] = {row[0]: dict(zip(SIDE, row, strict=True)) for row in page}
    shown = [
        Shown(cut, share, side, [about[uid] for uid in side[:LOOKED_AT] if uid in about])
        for cut, share, side in zip(cuts, found.shares, sides, strict=False)
        if set(cut.actors) <= about.keys()  # else gone since the ties were read
    ]
    wanted = {
        at: each.cut_off
        for at, each in enumerate(shown)
        if each.share >= SURE and weighty(each.cut, each.side)
    }
    links = await second_links(reader, found, wanted, [each.cut for each in shown])
    return [_row(each, about, found.draws, links.get(at, [])) for at, each in enumerate(shown)]


def _row(
    shown: Shown, about: Mapping[str, About], draws: int, links: Sequence[About]
) -> dict[str, Any]:
    cut, tie = shown.cut, len(shown.cut.actors) == 2
    names = [about[uid]["name"] for uid in cut.actors]
    told = tell.reason(names, shown.side, len(shown.cut_off))
    return {
        "kind": "TIE" if tie else "ACTOR",
        "from_uid": cut.actors[0] if tie else None,
        "to_uid": cut.actors[1] if tie else None,
        "actor_uid": None if tie else cut.actors[0],
        "smaller_side": cut.smaller,
        "larger_side": cut.larger,
        "cut_off": shown.cut_off,
        "confidence": shown.share,
        "act_on": bool(links),
        "make_it_two": [dict(link) | {"reason": tell.second(link)} for link in links],
        "reason": f"{told} {tell.sure(shown.share, draws, tie)}",
    }
