"""Where two may be doing one thing: running projects of yours beside those of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tieline.queries.duplicates.effort import Score, overlap
from tieline.queries.fit.alike import Alike, alike, at, on
from tieline.queries.fit.lines import Line, Section, line
from tieline.queries.fit.mine import Mine
from tieline.queries.gaps.work import NOW, Field, Work
from tieline.queries.pathways.tell import listed

LEAST = 0.1  # of place x time x theme: less is not worth a line


@dataclass(frozen=True)
class Pair:
    """One of theirs and one of another's."""

    ours: Work
    other: Work
    like: Alike
    weight: float

    @property
    def order(self) -> tuple[float, str, str]:
        return -self.weight, self.ours.uid, self.other.uid


def parallel(mine: Mine, most: int) -> Section:
    found = sorted(_pairs(mine), key=lambda pair: pair.order)
    lines = [_line(mine, pair) for pair in found[:most]]
    note = "No running project of others is recorded on the same themes, there and at that time."
    if not mine.running:
        note = (
            f"No running project of {mine.who.name} is recorded, so none can be set beside others."
        )
    return Section("parallel", "Where you may be doing one thing", lines, len(found), note)


def _pairs(mine: Mine) -> Iterator[Pair]:
    field = mine.field
    day = date.fromisoformat(field.today)
    running = [w for _, w in sorted(field.works.items()) if w.when(field.today) == NOW and w.leads]
    for ours in (field.works[uid] for uid in mine.running):
        themes, places = field.themes_of[ours.uid], field.places_of[ours.uid]
        wanted = field.ones(themes)
        for other in running:
            if mine.us & other.team or not wanted & field.ones(field.themes_of[other.uid]):
                continue
            like = alike(
                field, themes, places, field.themes_of[other.uid], field.places_of[other.uid]
            )
            time, _, _ = overlap(_span(ours), _span(other), day)
            weight = Score(like.place, time, like.theme).weight
            if weight >= LEAST and like.shared:
                yield Pair(ours, other, like, weight)


def _span(work: Work) -> tuple[date | None, date | None]:
    return _day(work.starts), _day(work.ends)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _line(mine: Mine, pair: Pair) -> Line:
    field, like = mine.field, pair.like
    said = f"{pair.ours.title} and {pair.other.title} both work on {on(field, like.shared)}"
    said += f"{at(field, like.where)}: you and {_led(field, pair.other)} may be allies."
    return line(
        said,
        pair.ours.sources | pair.other.sources,
        project_uid=pair.other.uid,
        yours_uid=pair.ours.uid,
        actor_uid=min(pair.other.leads),
        place_uid=like.where,
        theme_uid=like.shared[0],
    )


def _led(field: Field, work: Work) -> str:
    return listed(sorted(field.actors[uid].name for uid in work.leads), 2)
