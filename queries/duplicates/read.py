"""Reading every project a viewer may see, in columns: once for each version of the graph and level.

The first question of a version waits for it; what is asked after it is answered from arrays. An
index of one level is never used at another: words and themes are weighed among what it sees.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.work import aside, step
from tieline.queries.duplicates.index import VERBS, Field, Index, Links
from tieline.queries.duplicates.same import plain
from tieline.queries.duplicates.texts import Texts

PAGE, ACTORS = 4_000, 5_000  # projects and actors read at once
LEVELS = 4  # indexes that are kept
NAMED = "named: "  # before a name, which is no uid
Columns = Sequence[Sequence[str]]
Pages = list[Columns]
_kept: Kept[Index] = Kept(LEVELS)


async def read(reader: Reader) -> Index:
    """Of the graph as it is, at this viewer's level."""
    key = await Key.of(reader, "projects")
    return await _kept.get(key, lambda: _read(reader))


async def _read(reader: Reader) -> Index:
    step("reading projects", 0)
    words = await reader.pages("duplicates/words")
    projects: Pages = []
    about: Pages = []
    while not projects or len(projects[-1][0]) == PAGE:
        after = projects[-1][0][-1] if projects else ""
        projects.append(await reader.pages("duplicates/projects", after=after, limit=PAGE))
        if uids := projects[-1][0]:
            ends = {"first": uids[0], "last": uids[-1]}
            about += await asyncio.gather(
                reader.pages("duplicates/about", **ends), reader.pages("duplicates/teams", **ends)
            )
        step("reading projects", len(projects) / (len(projects) + 1))
    leads = sorted(
        {x for page in about for verb, _, x in zip(*page, strict=True) if verb == "LEADS"}
    )
    bodies: Pages = []
    for begin in range(0, len(leads), ACTORS):
        some = leads[begin : begin + ACTORS]
        bodies.append(await reader.pages("duplicates/bodies", uids=some))
    return await aside(built, words, projects, about, bodies)


def built(words: Mapping[str, Any], projects: Pages, about: Pages, bodies: Pages) -> Index:
    """The index of what was read, in one order whatever order it was read in."""
    field = Field.of(words)
    uids, texts, starts, ends = (_whole(projects, column) for column in range(4))
    order = sorted(range(len(uids)), key=uids.__getitem__)
    uids = [uids[at] for at in order]
    dates = [(day(starts[at]), day(ends[at])) for at in order]
    ties = _ties(about)
    ties["BODIES"] = _of_leads(ties["LEADS"], bodies)
    links = linked(uids, ties)
    funders = [tuple(links["FUNDS"].of(at)) for at in range(len(uids))]
    written = Texts.of([texts[at] for at in order], funders, field.names)
    return Index(field, uids, dates, links, written)


def linked(uids: Sequence[str], ties: Mapping[str, list[tuple[str, str]]]) -> dict[str, Links]:
    """What projects are joined to, by verb; actors stand in the same columns for each verb."""
    number = {uid: at for at, uid in enumerate(uids)}
    people = ("LEADS", "PARTNERS_ON", "FUNDS", "BODIES")
    actors = sorted({x for verb in people for _, x in ties.get(verb, ())})
    columns = {"FOLLOWS": uids} | dict.fromkeys(people, actors)
    return {verb: Links(number, ties.get(verb, ()), columns.get(verb)) for verb in VERBS}


def _whole(pages: Iterable[Columns], column: int) -> list[str]:
    return [each for page in pages for each in page[column]]


def _ties(pages: Iterable[Columns]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {verb: [] for verb in VERBS}
    for page in pages:
        for verb, project, other in zip(*page, strict=True):
            found[verb].append((project, other))
    return found


def _of_leads(leads: Iterable[tuple[str, str]], pages: Iterable[Columns]) -> list[tuple[str, str]]:
    """The organisations behind each project: those that its leads are, work for or are part of.

    Each by its uid and by its name: two of one name are most likely one that is here twice, and
    that is another question.
    """
    bodies: dict[str, list[str]] = {}
    for page in pages:
        for actor, body, name in zip(*page, strict=True):
            bodies.setdefault(actor, []).extend([body, NAMED + plain(name)])
    return [(project, body) for project, lead in leads for body in bodies.get(lead, ())]


def day(text: str | None) -> date | None:
    """A day; anything vaguer is not known well enough to count days."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
