"""The field's work, read in columns once for each version of the graph and each level."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tieline.database.graph import Rows
from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside
from tieline.queries.duplicates.effort import Places
from tieline.queries.duplicates.themes import Themes
from tieline.queries.gaps.work import Field, Someone, Work
from tieline.settings import settings

LEVELS = 4  # versions of the graph by levels that are kept
LISTS = {"LEADS": "leads", "PARTNERS_ON": "partners", "FUNDS": "funders"}
SAID = {
    "SERVES": "based", "BASED_IN": "based", "WORKS_ON": "works_on", "OFFERS": "offers",
    "ASKS_FOR": "asks", "WORKS_FOR": "bodies", "LEADS": "bodies", "PART_OF": "bodies",
    "MEMBER_OF": "networks",
}  # fmt: skip

_kept: Kept[Field] = Kept(LEVELS)


async def read(reader: Reader) -> Field:
    """All the work that this viewer may see."""
    version = await reader.version()
    key = await Key.of(reader, "work")

    async def make() -> Field:
        found = await asyncio.gather(
            reader.rows("gaps/projects"),
            reader.rows("gaps/parts"),
            reader.rows("gaps/about"),
            reader.rows("gaps/actors"),
            reader.rows("gaps/belonging"),
            reader.pages("gaps/ground"),
            reader.pages("duplicates/words"),
        )
        return await aside(of_columns, version, *found)

    return await _kept.get(key, make)


def of_columns(
    version: str,
    projects: Rows,
    parts: Rows,
    about: Rows,
    actors: Rows,
    belonging: Rows,
    ground: Mapping[str, Any],
    words: Mapping[str, Any],
) -> Field:
    """The field of what the statements bring; what was in a place is in what it has become."""
    works = {row[0]: Work(*row) for row in _told(projects, *Work.__slots__[:7])}
    people = {row[0]: Someone(*row) for row in _told(actors, "uid", "name", "person")}
    became = _became(ground["became"])
    for here, verb, there, source in _told(parts, "here", "verb", "there", "source"):
        if there in works and here in people:
            getattr(works[there], LISTS[verb]).add(here)
            works[there].sources.add(source)
    for here, verb, there, source in _told(about, "here", "verb", "there", "source"):
        if here in works:
            works[here].sources.add(source)
            said = works[here].places if verb == "SERVES" else works[here].themes
            said.add(became.get(there, there))
        elif here in people:
            _say(people[here], verb, became.get(there, there), source)
    for here, verb, there, source in _told(belonging, "here", "verb", "there", "source"):
        if here in people:
            _say(people[here], verb, there, source)
    today = (words["today"] or settings().today.isoformat())[:10]
    points = {uid: (latitude, longitude) for uid, latitude, longitude in ground["points"]}
    themes = themes_of(words)
    called, places = _called(themes, words), places_of(words)
    field = Field(version, today, works, people, themes, places, points, called)
    themes.count([*field.themes_of.values(), *(x.works_on for x in people.values() if x.works_on)])
    return field


def _told(chunks: Rows, *columns: str) -> Iterator[Sequence[Any]]:
    for chunk in chunks:
        yield from zip(*(chunk[name] for name in columns), strict=True)


def _say(someone: Someone, verb: str, what: str, source: str) -> None:
    getattr(someone, SAID[verb]).setdefault(what, set()).add(source)


def _became(pairs: Sequence[Sequence[str]]) -> dict[str, str]:
    """Of places with one successor the last of the line; one that was parted stays itself."""
    after: dict[str, set[str]] = {}
    for was, is_ in pairs:
        after.setdefault(was, set()).add(is_)
    found = {}
    for was in after:
        now, seen = was, {was}
        while len(after.get(now, ())) == 1 and not after[now] <= seen:
            now = next(iter(after[now]))
            seen.add(now)
        found[was] = now
    return found


def places_of(words: Mapping[str, Any]) -> Places:
    return Places(
        {row[0]: row[1] for row in words["places"]},
        {row[0]: sorted(row[2]) for row in words["places"]},
    )


def themes_of(words: Mapping[str, Any]) -> Themes:
    def pairs(wanted: str) -> list[tuple[str, str]]:
        return sorted((a, b) for a, b, predicate in words["matches"] if predicate == wanted)

    broader = {row[0]: set(row[2]) for row in words["themes"]}
    for narrow, wide in [*pairs("broadMatch"), *((b, a) for a, b in pairs("narrowMatch"))]:
        broader[narrow].add(wide)
    return Themes(
        {row[0]: row[1] for row in words["themes"]},
        {uid: sorted(ups) for uid, ups in broader.items()},
        pairs("exactMatch"),
        pairs("closeMatch"),
    )


def _called(themes: Themes, words: Mapping[str, Any]) -> dict[str, str]:
    """Of themes that are one: the word that most are matched to, then the first by its label."""
    told = Counter(b for _, b, predicate in words["matches"] if predicate == "exactMatch")
    found: dict[str, str] = {}
    for uid in sorted(themes.labels, key=lambda uid: (-told[uid], themes.labels[uid] or "", uid)):
        found.setdefault(themes.of(uid), uid)
    return found
