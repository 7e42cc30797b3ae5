"""What holds this field together?

The ties a viewer may see are read in columns and cut in process (cut.py); only for the cuts that
are shown are the names, organisations, places and themes of the smaller side read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.bridges import tell
from tieline.queries.bridges.cut import Cut, Cuts, cuts
from tieline.queries.resolve.seen import must_see

SHOWN = 1_000  # cuts told of, unless more are asked for
LOOKED_AT = 200  # of a smaller side's actors, whose places and themes make the reason
SIDE = ("uid", "name", "organisations", "places", "themes")  # as bridges/sides tells of an actor
AT_LEAST = {
    "thin": ["thin", "middling", "thick"],
    "middling": ["middling", "thick"],
    "thick": ["thick"],
    "not_yet_known": None,
}


@dataclass(frozen=True)
class Scope:
    """A part of the field: uids of a place, theme, network; `label`, the least a tie must have.

    An actor belongs to it if all that is given holds of them, a tie if both its ends do.
    """

    place: str | None = None
    theme: str | None = None
    network: str | None = None
    label: str | None = None


async def bridges(
    reader: Reader, scope: Mapping[str, str] | None = None, first: int = SHOWN
) -> dict[str, Any]:
    """Cut points and bridges, those that cut off most first, then by uid.

    `scope` holds what Scope does. Any tie with evidence counts, but one that rests on a stated
    no_tie alone. Returns `rows` [{kind ('TIE' or 'ACTOR'), from_uid, to_uid, actor_uid,
    smaller_side, larger_side (actors), cut_off [uid], confidence (None: not computed yet),
    act_on (False: it needs confidence), reason}], at most `first`; `total`, how many there are;
    `graph_version`. The smaller side is everything outside the largest part that remains.

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: an unknown label.
    """
    version = await reader.version()
    found = cuts(await _ties(reader, Scope(**(scope or {}))))
    shown = found.ranked[:first]
    rows = await _told(reader, found, shown)
    return {"rows": rows, "total": len(found.ranked), "graph_version": version}


async def _ties(reader: Reader, scope: Scope) -> list[tuple[str, str]]:
    of = reader.viewer.of
    if scope.label is not None and scope.label not in AT_LEAST:
        raise WrongUse(f"There is no label {scope.label!r}: {', '.join(AT_LEAST)}.")
    chunks = await reader.rows(
        "bridges/ties",
        step=of("step"),
        kinds=of("kinds"),
        label=of("label"),
        labels=AT_LEAST[scope.label] if scope.label else None,
    )
    ties = [pair for c in chunks for pair in zip(c["here"], c["there"], strict=True)]
    named = [uid for uid in (scope.place, scope.theme, scope.network) if uid]
    if not named:
        return ties
    await must_see(reader, *named)
    inside = set(
        await reader.pages(
            "bridges/scope", place=scope.place, theme=scope.theme, network=scope.network
        )
    )
    return [(a, b) for a, b in ties if a in inside and b in inside]


async def _told(reader: Reader, found: Cuts, shown: Sequence[Cut]) -> list[dict[str, Any]]:
    sides = [found.names(cut) for cut in shown]
    looked_at = {uid for side in sides for uid in side[:LOOKED_AT]}
    looked_at |= {uid for cut in shown for uid in cut.actors}
    page = await reader.pages("bridges/sides", uids=sorted(looked_at)) if shown else []
    about = {row[0]: dict(zip(SIDE, row, strict=True)) for row in page}
    return [
        _row(cut, side, about)
        for cut, side in zip(shown, sides, strict=True)
        if set(cut.actors) <= about.keys()  # else gone since the ties were read
    ]


def _row(cut: Cut, cut_off: list[str], about: dict[str, dict[str, Any]]) -> dict[str, Any]:
    tie = len(cut.actors) == 2
    names = [about[uid]["name"] for uid in cut.actors]
    side = [about[uid] for uid in cut_off[:LOOKED_AT] if uid in about]
    return {
        "kind": "TIE" if tie else "ACTOR",
        "from_uid": cut.actors[0] if tie else None,
        "to_uid": cut.actors[1] if tie else None,
        "actor_uid": None if tie else cut.actors[0],
        "smaller_side": cut.smaller,
        "larger_side": cut.larger,
        "cut_off": cut_off,
        "confidence": None,
        "act_on": False,
        "reason": tell.reason(names, side, len(cut_off)),
    }
