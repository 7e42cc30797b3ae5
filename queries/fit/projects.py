"""Which projects could be joined or shared, and what did those teach that have ended?"""

from collections.abc import Iterator
from dataclasses import dataclass

from tieline.queries.fit.alike import Alike, alike, at, on
from tieline.queries.fit.lines import Line, Section, line
from tieline.queries.fit.mine import Mine
from tieline.queries.gaps.work import NOW, PAST, Field, Work
from tieline.queries.pathways.tell import listed

ELSEWHERE = 0.1  # of a lesson from no place near: it may hold here too


@dataclass(frozen=True)
class Other:
    """A project that is none of theirs, and how near it is."""

    work: Work
    like: Alike
    weight: float

    @property
    def order(self) -> tuple[float, str]:
        return -round(self.weight, 9), self.work.uid


def others(mine: Mine, when: str, away: float = 0.0) -> Iterator[Other]:
    """Of other teams, on the same themes; `away`: what a place far off counts."""
    field = mine.field
    wanted = field.ones(mine.themes)
    for uid in sorted({uid for one in wanted for uid in field.on_theme.get(one, ())}):
        work = field.works[uid]
        ours = mine.us & (work.team | work.funders) or uid in mine.more
        if ours or field.state[uid] != when:
            continue
        themes, places = field.themes_of[uid], field.places_of[uid]
        like = alike(field, mine.themes, mine.places, themes, places)
        weight = max(like.place, away) * like.theme
        if weight and like.shared:
            yield Other(work, like, weight)


def to_join(mine: Mine, most: int) -> Section:
    found = sorted(others(mine, NOW), key=lambda other: other.order)
    lines = [_join(mine, other) for other in found[:most]]
    note = "No running project of others is recorded on the same themes in the same place."
    return Section("projects", "Projects to join or share", lines, len(found), note)


def _join(mine: Mine, other: Other) -> Line:
    field, work = mine.field, other.work
    until = f" until {work.ends}" if work.ends else ""
    said = f"Runs{until} on {on(field, other.like.shared)}{at(field, other.like.where)}"
    said += f", led by {_led(field, work)}." if work.leads else "."
    return line(said, work.sources, **_about(field, other))


def lessons(mine: Mine, most: int) -> Section:
    """Of projects that ended, the same theme and place first."""
    ended = (other for other in others(mine, PAST, ELSEWHERE) if other.work.lessons)
    found = sorted(ended, key=lambda other: other.order)
    lines = [_lesson(mine, other) for other in found[:most]]
    note = "No project that ended on the same themes has said what it learnt."
    return Section("lessons", "What was learnt before you", lines, len(found), note)


def _lesson(mine: Mine, other: Other) -> Line:
    field, work = mine.field, other.work
    where = listed(sorted(field.place(uid) for uid in field.places_of[work.uid]), 2)
    said = f"{f'In {where}, on' if where else 'On'} {on(field, other.like.shared)}"
    said += f", until {work.ends}." if work.ends else "; it has ended."
    return line(said, work.sources, lesson=work.lessons, **_about(field, other))


def _about(field: Field, other: Other) -> dict[str, str | None]:
    leads = sorted(other.work.leads)
    return {
        "project_uid": other.work.uid,
        "actor_uid": leads[0] if leads else None,
        "place_uid": other.like.where,
        "theme_uid": field.face(other.like.shared[0]),
    }


def _led(field: Field, work: Work) -> str:
    return listed(sorted(field.actors[uid].name for uid in work.leads), 2)
