"""Who does this already, before a project is added? Allies, past projects with their lessons, risk.

The draft is compared with every project the viewer may see, as parallel effort is defined
(effort.py): allies by place x time x purpose, what has ended by place x purpose. Its own team's
projects are told apart: those are no risk, but perhaps the same thing, or an earlier phase of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.work import aside
from tieline.queries.duplicates.index import Alike, Index, Side
from tieline.queries.duplicates.link import links
from tieline.queries.duplicates.near import Near, of_team
from tieline.queries.duplicates.parallel import shown
from tieline.queries.duplicates.read import NAMED, read
from tieline.queries.duplicates.same import plain
from tieline.queries.duplicates.told import in_words, left_out, reasons, uncertainty
from tieline.queries.duplicates.written import Array
from tieline.queries.resolve.seen import must_see

WIDER = 4  # times as many are looked at as are told, so that those with lessons come first
HIGH, SOME = 0.5, 0.25
SLACK = 1e-9  # arrays round
Row = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A project that is not on the map yet; themes, places and lead are uids."""

    title: str | None = None
    description: str | None = None
    themes: Sequence[str] = ()
    places: Sequence[str] = ()
    starts: date | None = None
    ends: date | None = None
    lead: str | None = None

    @property
    def text(self) -> str:
        return (self.description or self.title or "").strip()


@dataclass(frozen=True)
class Like:
    """A project that is like the draft."""

    at: int
    alike: Alike
    weight: float


async def similar(reader: Reader, draft: Draft, first: int = 5) -> Row:
    """What is like a draft: `allies`, `past` and `own`, at most `first` each, of {project_uid,
    weight, reason, reasons [{text, weight, source_slugs}], lessons, ended}; `risk` {label ('high',
    'some', 'low', 'none'), reason}; `note`, where nothing is like it or little is recorded;
    `uncertainty`; `coverage`; `graph_version`.

    Raises:
        NotFound: a theme, place or lead that the viewer may not see.
        WrongUse: nothing is said of what it is about or where.
    """
    if not (draft.text or draft.themes or draft.places):
        raise WrongUse("Say something of it: a title, a description, a theme or a place.")
    if draft.starts and draft.ends and draft.ends < draft.starts:
        raise WrongUse("It ends before it starts: exchange the two days.")
    known = await must_see(reader, *draft.themes, *draft.places, *filter(None, [draft.lead]))
    index = await read(reader)
    team = await _team(reader, draft.lead)
    allies, past, own = await aside(compared, index, draft, team, first)
    allies = await _linked(reader, index, draft, allies)
    about = await shown(reader, {index.uids[each.at] for each in (*allies, *past, *own)})
    past = sorted(past, key=lambda each: not _lessons(about, index, each))[:first]
    lead = [[draft.lead, known[draft.lead]["name"], []]] if draft.lead else []
    mine = {"title": draft.title or "yours", "leads": lead, "records": [], "said": []}
    numbers = reader.viewer.numbers
    sides = {
        "allies": [_row(index, draft, mine, about, each, numbers) for each in allies],
        "past": [_row(index, draft, mine, about, each, None) for each in past],
        "own": [_row(index, draft, mine, about, each, None) for each in own],
    }
    rows = {name: [row for row in some if row] for name, some in sides.items()}
    note = " ".join(filter(None, [_empty(rows), left_out(index, similar=True)])) or None
    told = {"coverage": await coverage(reader), "graph_version": await reader.version()}
    told["uncertainty"] = uncertainty(index)
    return rows | {"risk": risk(rows["allies"]), "note": note} | told


async def _team(reader: Reader, lead: str | None) -> set[str]:
    """Who leads it, and the organisations behind them."""
    if lead is None:
        return set()
    _, uids, names = await reader.pages("duplicates/bodies", uids=[lead])
    return {lead, *uids, *(NAMED + plain(name) for name in names)}


def side_of(index: Index, draft: Draft) -> Side:
    row = index.texts.row(draft.text)
    themes, places = frozenset(draft.themes), frozenset(draft.places)
    return Side(draft.starts, draft.ends, places, themes, row)


def compared(
    index: Index, draft: Draft, team: set[str], first: int
) -> tuple[list[Like], list[Like], list[Like]]:
    """(allies, what has ended, the team's own), the likest first."""
    side = side_of(index, draft)
    near = Near.of(index, side)
    today = (draft.starts or index.field.today).toordinal()
    mine = of_team(index, team)
    over = index.dated & (index.ends < today)
    alike = near.place * near.purpose * near.common
    now = np.where(mine | over, 0.0, alike * near.time)
    then = np.where(mine | ~over, 0.0, alike)
    own = np.where(mine, alike, 0.0)
    return (
        _first(index, side, now, first, timeless=False),
        _first(index, side, then, first * WIDER, timeless=True),
        _first(index, side, own, first, timeless=True),
    )


def _first(index: Index, side: Side, weight: Array, many: int, timeless: bool) -> list[Like]:
    """The likest by arrays, compared again as it is defined: of what arrays say it is at most as
    much, so that whatever follows the last is less."""
    order = np.flatnonzero(weight > 0)
    order = order[np.lexsort((order, -weight[order].round(9)))]
    found: list[Like] = []
    for begin in range(0, len(order), many):
        if len(found) >= many and weight[order[begin]] < found[many - 1].weight - SLACK:
            break
        for at in order[begin : begin + many].tolist():
            alike = index.compared(side, index.side(at))
            score = replace(alike.score, time=1.0) if timeless else alike.score
            found.append(Like(at, alike, score.weight))
        found.sort(key=lambda each: (-each.weight, each.at))
    return [each for each in found[:many] if each.weight > 0]


async def _linked(reader: Reader, index: Index, draft: Draft, allies: list[Like]) -> list[Like]:
    """With the pathways between the teams; those who read numbers get the least linked first."""
    if draft.lead is None or not allies:
        return allies
    leads = index.links["LEADS"]
    known = await links(reader, [([draft.lead], leads.of(each.at)) for each in allies], {})
    found = []
    for each, link in zip(allies, known, strict=True):
        score = replace(each.alike.score, link=link)
        found.append(replace(each, alike=replace(each.alike, score=score)))
    if reader.viewer.numbers:
        found.sort(key=lambda each: (-each.alike.score.weight, each.at))
    return found


def _lessons(about: dict[str, Row], index: Index, each: Like) -> str | None:
    found: str | None = about.get(index.uids[each.at], {}).get("lessons")
    return found


def _row(
    index: Index, draft: Draft, mine: Row, about: dict[str, Row], each: Like, numbers: bool | None
) -> Row | None:
    """`numbers` None: of what has ended, or is one's own, time and pathways say nothing."""
    theirs = about.get(index.uids[each.at])
    if theirs is None:
        return None
    sides = side_of(index, draft), index.side(each.at)
    said = reasons(index, each.alike, sides, (mine, theirs), bool(numbers))[1:]
    ends = sides[1].ends
    ended = ends if ends and ends < index.field.today else None
    if numbers is None:
        over = f"It ended on {in_words(ended)}." if ended else "It has no recorded end."
        said = [said[0], said[1] | {"text": over, "weight": None}, *said[2:4]]
    elif draft.lead is None:
        said = said[:-1]  # nobody is known to lead it, so nobody is linked
    return {
        "project_uid": theirs["uid"],
        "weight": each.weight if not numbers else each.alike.score.weight,
        "overlap": each.alike.recorded,
        "reason": " ".join(reason["text"] for reason in said),
        "reasons": said,
        "lessons": theirs["lessons"],
        "ended": ended.isoformat() if ended else None,
    }


def risk(allies: Sequence[Row]) -> Row:
    """How far others do the same already, as far as is recorded; pathways make it no less."""
    most = max((row["overlap"] for row in allies), default=0.0)
    many = sum(row["overlap"] >= SOME for row in allies)
    others = "1 project" if many == 1 else f"{many} projects"
    if most >= HIGH:
        return _risk("high", f"{others} of others overlap with it, one of them by half or more: "
                     "talk to them first.")  # fmt: skip
    if most >= SOME:
        return _risk("some", f"{others} of others overlap with it in part: you may be allies.")
    if most > 0:
        return _risk("low", "Others do something like it, with little overlap.")
    return _risk("none", "Nothing on the map that you may see does the same at the same time.")


def _risk(label: str, reason: str) -> Row:
    return {"label": label, "reason": reason}


def _empty(rows: Row) -> str:
    if any(rows.values()):
        return ""
    return (
        "Nothing that you may see is like it: it may be new here, or nobody has recorded it. Say "
        "more of it (themes, places, a description), or look for a word of it: tieline ask search."
    )
