"""What holds this field together?

The ties a viewer may see are read in columns (field.py), cut in process (cut.py) and drawn again
and again to tell how sure each cut is (draws.py); only for the cuts that are shown are the names,
organisations, places and themes of the smaller side read, and who could be a second link
(twice.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.work import step
from tieline.queries.bridges import tell
from tieline.queries.bridges.cut import Cut
from tieline.queries.bridges.part import read
from tieline.queries.bridges.since import Since, since, told, told_gone
from tieline.queries.bridges.standing import everybody
from tieline.queries.bridges.sure import Sure, sure
from tieline.queries.bridges.twice import SURE, second_links, weighty

About = dict[str, Any]
SHOWN = 1_000  # cuts told of, unless more are asked for
LOOKED_AT = 200  # of a smaller side's actors, whose places and themes make the reason
GONE = 100  # of those that are no cuts any more
SIDE = ("uid", "name", "organisations", "places", "themes")  # as bridges/sides tells of an actor


async def bridges(
    reader: Reader,
    scope: Mapping[str, str] | None = None,
    first: int | slice = SHOWN,
    day: date | None = None,
) -> dict[str, Any]:
    """Cut points and bridges, those that cut off most first, then by uid.

    `scope` holds what Scope of part.py does. Any tie with evidence counts, but one that rests on a
    stated no_tie alone. Returns `rows` [{kind ('TIE' or 'ACTOR'), from_uid, to_uid, actor_uid,
    smaller_side, larger_side (actors), cut_off [uid], organisations, places, themes (names, on the
    smaller side, what most share first), confidence (share of draws, 0 to 1), act_on, verdict
    (why, or why not), make_it_two [{left_uid, right_uid, shared, reason}], reason}], at most
    `first`, or those of a slice; `total`, how many there are; `graph_version`. The smaller side is
    everything outside the largest part that remains. With `day` each row says what has changed
    since then: `change` ('new', 'more', 'fewer', 'same') and `cut_off_then` (how many); and
    there are `since` and `gone` [{kind, from_uid, to_uid, actor_uid, uids, cut_off_then, reason}],
    of those that are none now, at most GONE.
    `draws`, `uncertainty` (in a sentence), `coverage` (answers/coverage.py).

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: an unknown label; a day to come, or one too much had been observed by.
    """
    part = await read(reader, scope)
    then = await since(reader, part, day, (scope or {}).get("label")) if day else None
    found = await sure(reader, part)
    rows = await _told(reader, found, first)
    answer = {
        "rows": rows,
        "total": len(found.cuts),
        "draws": found.draws,
        "uncertainty": tell.uncertainty(found.draws),
        "coverage": await coverage(reader, part.inside),
        "graph_version": part.version,
    }
    if then is None:
        return answer
    people = await everybody(reader)
    names = {uid: someone.name for uid, someone in people.items()}
    lost = [each for each in then.gone(found.cuts) if names.keys() >= set(each[0])]
    gone = [_gone(*each, names, then.day) for each in lost[:GONE]]
    rows = [row | _changed(row, then) for row in rows]
    return answer | {"rows": rows, "since": then.day.isoformat(), "gone": gone}


def _changed(row: Mapping[str, Any], then: Since) -> dict[str, Any]:
    """What has changed of a cut of today, and its reason with that."""
    now = row["smaller_side"]
    change, was = then.change(actors_of(row), now)
    said = told(change, was, now, then.day)
    return {"change": change, "cut_off_then": was, "reason": f"{row['reason']} {said}"}


def _gone(actors: tuple[str, ...], was: int, names: Mapping[str, str], day: date) -> dict[str, Any]:
    reason = told_gone([names[uid] for uid in actors], was, day)
    return _ends(actors) | {"uids": list(actors), "cut_off_then": was, "reason": reason}


def _ends(actors: tuple[str, ...]) -> dict[str, Any]:
    """A cut by its actors: the two ends of a tie, or one."""
    tie = len(actors) == 2
    return {
        "kind": "TIE" if tie else "ACTOR",
        "from_uid": actors[0] if tie else None,
        "to_uid": actors[1] if tie else None,
        "actor_uid": None if tie else actors[0],
    }


def actors_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("actor_uid", "from_uid", "to_uid") if row[name])


@dataclass(frozen=True)
class Shown:
    """A cut with those it cuts off, and rows of bridges/sides of the first of these."""

    cut: Cut
    share: float
    cut_off: list[str]
    side: list[About]


async def _told(reader: Reader, found: Sure, first: int | slice) -> list[dict[str, Any]]:
    which = slice(first) if isinstance(first, int) else first
    cuts, shares = found.cuts.first(which), found.shares[which].tolist()
    sides = [found.cuts.names(cut) for cut in cuts]
    looked_at = {uid for side in sides for uid in side[:LOOKED_AT]}
    looked_at |= {uid for cut in cuts for uid in cut.actors}
    step("reading who would be cut off", 0.0)
    page = await reader.pages("bridges/sides", uids=sorted(looked_at)) if cuts else []
    about: dict[str, About] = {row[0]: dict(zip(SIDE, row, strict=True)) for row in page}
    shown = [
        Shown(cut, share, side, [about[uid] for uid in side[:LOOKED_AT] if uid in about])
        for cut, share, side in zip(cuts, shares, sides, strict=True)
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
    return _ends(cut.actors) | {
        "smaller_side": cut.smaller,
        "larger_side": cut.larger,
        "cut_off": shown.cut_off,
        **{kind: tell.most(shown.side, kind) for kind in SIDE[2:]},
        "confidence": shown.share,
        "act_on": bool(links),
        "verdict": tell.verdict(weighty(cut, shown.side), shown.share, SURE, len(links)),
        "make_it_two": [dict(link) | {"reason": tell.second(link)} for link in links],
        "reason": f"{told} {tell.sure(shown.share, draws, tie)}",
    }
