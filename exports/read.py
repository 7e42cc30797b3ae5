"""A drawing of the field as one viewer may see it, read page by page.

    drawing = await begun(reader, Wish(place="l-...", everything=True))
    async for page in drawing.things(): ...
    async for page in drawing.ties(): ...

Of the whole only the things' uids stay in memory: no tie is told whose end was not. What is read
later than `begun` may be newer than `about.version`.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.exports.drawn import About, Given, Thing, Tie
from tieline.exports.rows import stated, tied
from tieline.exports.wish import Wish, allowed, scope_told
from tieline.queries.answers.coverage import coverage
from tieline.queries.answers.work import step
from tieline.queries.bridges.field import AT_LEAST
from tieline.queries.bridges.part import belonging
from tieline.queries.map.positions import positions
from tieline.queries.resolve.find import find
from tieline.queries.resolve.seen import must_see
from tieline.schema.consent import VIEWERS
from tieline.schema.records import OWN_WORD
from tieline.settings import settings

ACTORS = 1_000  # of one statement
ROWS = 5_000  # ties handed on at once: others are answered in between
THINGS, TIES = "writing actors", "writing ties"
AUDIENCES = {level: name for name, level in VIEWERS.items()}
Positions = Mapping[str, tuple[float, float]]


async def asked(
    reader: Reader, scope: Mapping[str, str | None], placed: bool = False, **more: Any
) -> "Read":
    """A drawing whose place, theme and network are given by name or id, as people say them.
    `placed`: with where everybody stands on the map, which may have to be drawn first.

    Raises:
        NotFound, Ambiguous: nothing, or several, of this name.
        WrongUse: an empty name; and see `begun`.
    """
    allowed(Wish(**more), reader.viewer.level)
    named = {kind: text for kind, text in scope.items() if text is not None}
    if empty := [kind for kind, text in named.items() if not text.strip()]:
        raise WrongUse(f"The {empty[0]} is empty: name one, or leave it out for the whole field.")
    uids = {kind: await find(reader, text, [kind]) for kind, text in named.items()}
    part = uids | ({"label": more["label"]} if more.get("label") else {})
    places = await positions(reader, part) if placed else None
    return await begun(reader, Wish(**{**uids, **more}), places)


async def begun(reader: Reader, wish: Wish, positions: Positions | None = None) -> "Read":
    """
    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: an unknown label; numbers, which the viewer may not see.
    """
    allowed(wish, reader.viewer.level)
    version = await reader.version()
    known = await must_see(reader, *wish.named)
    named = (wish.place, wish.theme, wish.network)
    inside = sorted(await belonging(reader, *named)) if wish.named else None
    slugs = await _speakers(reader, inside, wish.everything)
    about = About(
        sources=await _given(reader, slugs),
        own=sum(slug.startswith(OWN_WORD) for slug in slugs),
        date=settings().today.isoformat(),
        version=version,
        audience=AUDIENCES[reader.viewer.level],
        scope=scope_told(wish, {uid: row["name"] for uid, row in known.items()}),
        numbers=wish.numbers,
        mixed=wish.everything,
    )
    return Read(reader, wish, about, inside, positions or {})


@dataclass
class Read:
    """A drawing in the graph. `inside`: who belongs to it, in order; None: everybody."""

    reader: Reader
    wish: Wish
    about: About
    inside: Sequence[str] | None
    positions: Positions
    told: dict[str, None] = field(default_factory=dict)  # uids, in the order they were told
    actors: int = 0
    tied: int = 0  # ties told so far

    async def things(self) -> AsyncIterator[list[Thing]]:
        async for uids in self._pages():
            yield await self._told(uids)
            step(THINGS, len(self.told), len(self.inside or ()) or 2 * len(self.told))
        self.actors = len(self.told)
        if self.wish.everything:
            for uids in chunks(await self._beside()):
                yield await self._told(uids)

    async def ties(self) -> AsyncIterator[list[Tie]]:
        told, done = list(self.told), 0
        for uids in chunks(told[: self.actors]):
            rows = await self._tied(uids)
            done += len(uids)
            step(TIES, done, len(told))
            for at in range(0, len(rows), ROWS):
                yield rows[at : at + ROWS]
        for uids in chunks(told) if self.wish.everything else ():
            yield await self._stated(uids)

    async def whole(self) -> bool:
        """Whether nothing was committed since it was begun: else some of it may be newer."""
        reader = self.reader
        if reader.bookmarks:
            reader.after(reader.bookmarks)
        return await reader.version() == self.about.version

    async def _pages(self) -> AsyncIterator[Sequence[str]]:
        for uids in chunks(self.inside or ()):
            yield uids
        after: str | None = "" if self.inside is None else None
        while after is not None:
            uids = await self.reader.pages("exports/page", after=after, size=ACTORS)
            after = uids[-1] if len(uids) == ACTORS else None
            yield uids

    async def _told(self, uids: Sequence[str]) -> list[Thing]:
        page = await self.reader.pages("exports/things", uids=list(uids))
        self.told |= dict.fromkeys(row[0] for row in page)
        return [Thing(*row, *self.positions.get(row[0], ())) for row in page]

    async def _beside(self) -> list[str]:
        """Projects, places and themes of the actors, and places and themes of these projects."""
        found: set[str] = set()
        asked = list(self.told)
        while asked:
            projects: set[str] = set()
            for uids in chunks(asked):
                page = await self.reader.pages("exports/beside", uids=uids)
                projects |= {uid for uid, project in page if project and uid not in found}
                found |= {uid for uid, _ in page}
            asked = sorted(projects)
        return sorted(found)

    async def _tied(self, uids: Sequence[str]) -> list[Tie]:
        names = {name: self.reader.viewer.of(name) for name in ("step", "label", "kinds", "seen")}
        label = self.wish.label
        (page,) = await self.reader.rows(
            "exports/ties", uids=list(uids), numbers=self.wish.numbers,
            labels=AT_LEAST[label] if label else None, **names,
        )  # fmt: skip
        columns = ("here", "there", "label", "kinds", "seen", "strength", "unknown")
        rows = zip(*(page[name] for name in columns), strict=True)
        told = self.told
        found = [tied(row, told) for row in rows if row[0] in told and row[1] in told]
        self.tied += len(found)
        return found

    async def _stated(self, uids: Sequence[str]) -> list[Tie]:
        page = await self.reader.pages("exports/stated", uids=list(uids))
        found = list(stated((row for row in page if row[2] in self.told), self.told))
        self.tied += len(found)
        return found


def chunks(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(uids), ACTORS):
        yield uids[at : at + ACTORS]


async def _speakers(
    reader: Reader, inside: Sequence[str] | None, everything: bool
) -> Sequence[str]:
    """Whose data it is, by slug. Of a part: who spoke of the actors, of what is drawn beside them,
    and of the ties of any of them."""
    if inside is None:
        slugs: list[str] = (await coverage(reader))["source_slugs"]
        return slugs
    found: set[str] = set()
    for uids in chunks(inside):
        found |= {*await reader.pages("exports/credits", uids=list(uids), everything=everything)}
    return sorted(found)


async def _given(reader: Reader, slugs: Sequence[str]) -> tuple[Given, ...]:
    partners = [slug for slug in slugs if not slug.startswith(OWN_WORD)]
    page = await reader.pages("exports/licences", slugs=partners)
    return tuple(Given(*row[1:]) for row in page)
