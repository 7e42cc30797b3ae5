"""Who already does this? Two projects of different teams that may be allies, with reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.duplicates.blocks import Project, candidates
from tieline.queries.duplicates.effort import Places, Score, overlap
from tieline.queries.duplicates.themes import Themes
from tieline.queries.pathways.routes import Search
from tieline.queries.pathways.tell import listed
from tieline.settings import settings

PAGE = 1_000  # projects read at once
MOST = 100  # pairs told of, the most alike: only for these are pathways between teams searched


@dataclass(frozen=True)
class Field:
    """What projects are compared by."""

    today: date
    places: Places
    themes: Themes

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> "Field":
        today = words["today"]
        return cls(
            date.fromisoformat(today[:10]) if today else settings().today,
            Places(
                {uid: name for uid, name, _ in words["places"]},
                {uid: up for uid, _, up in words["places"]},
            ),
            Themes(
                {uid: label for uid, label, _ in words["themes"]},
                {uid: up for uid, _, up in words["themes"]},
                [(a, b) for a, b, predicate in words["matches"] if predicate == "exactMatch"],
                [(a, b) for a, b, predicate in words["matches"] if predicate == "closeMatch"],
            ),
        )


@dataclass(frozen=True)
class Pair:
    """Two projects, how much they overlap, and where."""

    left: Project
    right: Project
    score: Score
    areas: tuple[str | None, str | None]
    days: tuple[int | None, int | None]

    @property
    def order(self) -> tuple[float, str, str]:
        return -self.score.weight, self.left.uid, self.right.uid


async def parallel(
    reader: Reader, place: str | None, theme: str | None
) -> tuple[list[dict[str, Any]], bool]:
    """(rows of `duplicates`, those worth talking about most first; whether blocks were passed
    over because there are too many). `status` is not set yet."""
    field = Field.of(await reader.pages("duplicates/words"))
    projects = await _projects(reader, place, theme)
    field.themes.count(project.themes for project in projects)
    found, passed_over = candidates(projects, field.themes, field.places)
    pairs = [compared(left, right, field) for left, right in found]
    best = sorted((pair for pair in pairs if pair.score.weight > 0), key=lambda p: p.order)[:MOST]
    linked, names = await _linked(reader, best)
    return [row(pair, field, names, reader.viewer.numbers) for pair in linked], passed_over


async def _projects(reader: Reader, place: str | None, theme: str | None) -> list[Project]:
    found: list[Project] = []
    while True:
        after = found[-1].uid if found else ""
        rows = await reader.rows(
            "duplicates/projects", after=after, limit=PAGE, place=place, theme=theme
        )
        found += map(Project.of, rows)
        if len(rows) < PAGE:
            return found


def compared(left: Project, right: Project, field: Field) -> Pair:
    """What place, time and themes say; texts are not compared yet."""
    place, *areas = field.places.nearest(left.places, right.places)
    time, *days = overlap((left.starts, left.ends), (right.starts, right.ends), field.today)
    theme = field.themes.alike(field.themes.having(left.themes), field.themes.having(right.themes))
    score = Score(place, time, theme)
    return Pair(left, right, score, (areas[0], areas[1]), (days[0], days[1]))


async def _linked(reader: Reader, pairs: list[Pair]) -> tuple[list[Pair], dict[str, str]]:
    """(the pairs in order, now that their teams' links are known; the teams' names)."""
    leads = sorted({uid for p in pairs for uid in p.left.leads | p.right.leads})
    rows = await reader.rows("pathways/ends", uids=leads, me=None) if leads else []
    ends = {row["uid"]: row for row in rows}
    linked = []
    for pair in pairs:
        link = await _link(reader, ends, pair.left.leads, pair.right.leads)
        linked.append(replace(pair, score=replace(pair.score, link=link)))
    # Numbers are for stewards: nobody else may read a pathway's score off the order.
    if reader.viewer.numbers:
        linked.sort(key=lambda pair: pair.order)
    return linked, {uid: row["name"] for uid, row in ends.items()}


async def _link(
    reader: Reader, ends: Mapping[str, Any], left: frozenset[str], right: frozenset[str]
) -> float:
    """The score of the best pathway from any lead of one to any of the other, either way."""
    best = 0.0
    for starts, targets in ((left, right), (right, left)):
        reached = sorted(targets & ends.keys())
        for start in sorted(starts & ends.keys()):
            search = Search(reader, start, reached, 4, 1)
            inward = ends[reached[0]]["inward"] if reached else 0
            for route in await search.run(ends[start]["outward"], inward) if reached else []:
                best = max(best, route.score)
    return best


def row(pair: Pair, field: Field, names: Mapping[str, str], numbers: bool) -> dict[str, Any]:
    shown = pair.score if numbers else replace(pair.score, link=0.0)
    return {
        "left_uid": pair.left.uid,
        "right_uid": pair.right.uid,
        "record_uids": sorted({*pair.left.records, *pair.right.records}),
        "kind": "parallel_effort",
        "weight": shown.weight,
        "reasons": reasons(pair, field, names, numbers),
    }


def reasons(
    pair: Pair, field: Field, names: Mapping[str, str], numbers: bool
) -> list[dict[str, Any]]:
    """Why, in plain words: never 'duplicate'."""
    teams = [
        listed(sorted(names[uid] for uid in project.leads if uid in names))
        for project in (pair.left, pair.right)
    ]
    link = pair.score.link
    said = [
        (f"{teams[0]} and {teams[1]}: you may be allies.", None),
        (_where(pair, field.places), pair.score.place),
        (_when(pair), pair.score.time),
        (_what(pair, field.themes), round(pair.score.theme, 4)),
        ("What they write about themselves has not been compared yet.", None),
        (_how_linked(link, numbers), round(1 - link, 4) if numbers else None),
    ]
    return [{"text": text, "weight": weight} for text, weight in said]


def _where(pair: Pair, places: Places) -> str:
    one, other = pair.areas
    if one is None or other is None:
        blank = [p.title for p in (pair.left, pair.right) if not p.places]
        return f"Where {listed(blank)} works is not recorded: it counts half."
    if one == other:
        return f"Both work in {places.names[one]}."
    inner, outer = (one, other) if other in places.around(one) else (other, one)
    return f"One works in {places.names[inner]}, the other in {places.names[outer]} around it."


def _when(pair: Pair) -> str:
    both, shorter = pair.days
    if both is None or shorter is None:
        blank = [p.title for p in (pair.left, pair.right) if p.starts is None]
        return f"When {listed(blank)} runs is not recorded: it counts half."
    return f"Both run on {both} of the {shorter} days of the shorter."


def _what(pair: Pair, themes: Themes) -> str:
    left, right = pair.left.themes, pair.right.themes
    shared = themes.shared(themes.having(left), themes.having(right))
    return f"Both work on {listed([_in_words(uid, left, right, themes) for uid in shared])}."


def _in_words(uid: str, left: Iterable[str], right: Iterable[str], themes: Themes) -> str:
    """A shared theme in the words of both, if they differ."""
    one, other = themes.called(uid, left), themes.called(uid, right)
    if one and other and not set(one) & set(other):
        return f"{one[0]} (which the other calls {other[0]})"
    return (sorted(set(one) & set(other)) or one or other or [themes.labels[uid]])[0]


def _how_linked(link: float, numbers: bool) -> str:
    if link:
        chance = f" (roughly {link:.0%})" if numbers else ""
        return f"A pathway already leads from one team to the other{chance}."
    return "No recorded pathway leads from one team to the other."
