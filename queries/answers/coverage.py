"""On whose data does an answer rest? An empty answer means "not recorded", never "nothing happens".

    told = await coverage(reader)                 # of all that this viewer may see
    told = await coverage(reader, uids)           # of what is known of these actors or projects
    answer | {"coverage": told}

A source counts if the viewer may know of it and of something that it says; `records` are its rows
about people, organisations, projects, places and themes that the viewer may see: of some, its rows
about these, and whoever tells of their ties alone is named with none. Nothing hidden is counted:
neither rows, nor a source all of whose rows are hidden.
"""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept, Key
from tieline.schema.records import OWN_WORD

Coverage = dict[str, Any]
NAMED = 3  # sources by title in the sentence
KEPT = 32
AT_ONCE = 2_500  # actors of one statement
EMPTY = "not recorded, never that nothing happens"
_kept: Kept[Coverage] = Kept(KEPT)


async def coverage(reader: Reader, uids: Collection[str] | None = None) -> Coverage:
    """`sources` [{slug, title, records, retrieved (ISO day or None)}], those with most rows first;
    `source_slugs` of these; `records` in all; `newest`: the latest day any was fetched, or None;
    `sentence`: the same in one or two plain sentences."""
    of = None if uids is None else sorted(uids)
    which = None if of is None else hashlib.sha256("\n".join(of).encode()).hexdigest()
    key = await Key.of(reader, "coverage", of=which)

    async def make() -> Coverage:
        if of is None:
            return told(await reader.pages("answers/coverage"))
        return told(await _of_some(reader, of), of_some=True)

    return dict(await _kept.get(key, make))


async def _of_some(reader: Reader, uids: Sequence[str]) -> list[Sequence[Any]]:
    """Some at a time: a row is about one thing alone, so no row is counted twice."""
    found: dict[str, Sequence[Any]] = {}
    for at in range(0, len(uids), AT_ONCE):
        page = await reader.pages("answers/coverage_of", uids=uids[at : at + AT_ONCE])
        for slug, title, day, rows in page:
            before = found[slug][3] if slug in found else 0
            found[slug] = (slug, title, day, rows + before)
    return list(found.values())


def told(page: Sequence[Sequence[Any]], of_some: bool = False) -> Coverage:
    """Rows of [slug, title, retrieved, records] as `coverage` gives them."""
    sources = [
        {"slug": slug, "title": title or slug, "records": rows, "retrieved": _day(day)}
        for slug, title, day, rows in sorted(page, key=lambda row: (-row[3], row[0]))
    ]
    return {
        "sources": sources,
        "source_slugs": [each["slug"] for each in sources],
        "records": sum(each["records"] for each in sources),
        "newest": max((each["retrieved"] for each in sources if each["retrieved"]), default=None),
        "sentence": sentence(sources, of_some),
    }


def sentence(sources: Sequence[Coverage], of_some: bool = False) -> str:
    """On whose data it rests, and what an empty answer means."""
    own = [each for each in sources if each["slug"].startswith(OWN_WORD)]
    partners = [each for each in sources if each not in own]
    said = [_named(each, of_some) for each in partners[:NAMED]]
    if len(partners) > NAMED:
        said.append(f"{len(partners) - NAMED:,} more")
    if own:
        said.append(f"what {len(own):,} said here in their own words")
    if not said:
        return f"It rests on nobody's data: whatever is missing is {EMPTY}."
    whom = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"It rests on the data of {whom}. What is missing is {EMPTY}."


def _named(source: Coverage, of_some: bool) -> str:
    number = source["records"]
    rows = "1 row" if number == 1 else f"{number:,} rows"
    if of_some:
        rows = f"{rows} about them" if number else "of their ties alone"
    elif not number:
        rows = "ties alone"
    return f"{source['title']} ({rows}, {_fetched(source['retrieved'])})"


def _fetched(day: str | None) -> str:
    return f"fetched {day}" if day else "undated"


def _day(value: Any) -> str | None:
    return str(value)[:10] if value else None
