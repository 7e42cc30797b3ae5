"""The part of the field that is asked about, as a viewer may see it: read once for each version.

    part = await read(reader, scope)
    part.field.uids, part.field.ends, part.field.likely

Bridges and brokers share what is read: by version, level and label the whole field, kept in memory
and, of a large one, on disk; by scope a part of it. Nothing is ever kept across levels.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.shelf import shelved
from tieline.queries.answers.work import aside, step
from tieline.queries.bridges.field import AT_LEAST, FORM, Field, of_columns, within
from tieline.queries.bridges.paged import paged
from tieline.queries.bridges.then import field_then
from tieline.queries.resolve.seen import must_see
from tieline.queries.themes import reach
from tieline.settings import settings

WHOLE, PARTS = 4, 16  # fields and parts of them that are kept: a million ties take some 40 MB
READING = "reading the ties"


@dataclass(frozen=True)
class Scope:
    """A part of the field: uids of a place, theme, network; `label`, the least a tie must have;
    `on`, an ISO day: the ties as they were by what had been recorded then.

    An actor belongs to it if all that is given holds of them, a tie if both its ends do.
    """

    place: str | None = None
    theme: str | None = None
    network: str | None = None
    label: str | None = None
    on: str | None = None

    @property
    def named(self) -> list[str]:
        return [uid for uid in (self.place, self.theme, self.network) if uid]

    @property
    def day(self) -> date | None:
        """Raises:
        WrongUse: no day, or one that has not come yet.
        """
        try:
            day = date.fromisoformat(self.on) if self.on else None
        except ValueError:
            raise WrongUse(f"{self.on!r} is no day: write one such as 2026-01-31.") from None
        if day and day > settings().today:
            raise WrongUse(f"{day} has not come yet: ask of a day gone by.")
        return day


@dataclass(frozen=True)
class Part:
    """The field of a scope. `key`: by which what is worked out of it may be kept.

    `inside`: everybody who belongs to the scope, tied or not; None: it is the whole field.
    """

    key: Key
    field: Field
    inside: frozenset[str] | None

    @property
    def version(self) -> str:
        return self.key.version


_whole: Kept[Field] = Kept(WHOLE)
_parts: Kept[Part] = Kept(PARTS)


async def read(reader: Reader, scope: Mapping[str, str] | None = None) -> Part:
    """The part of the field that `scope` (see Scope) names, as this viewer may see it.

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: an unknown label; no day, one to come, or one too much had been observed by.
    """
    asked = Scope(**(scope or {}))
    if asked.label is not None and asked.label not in AT_LEAST:
        raise WrongUse(f"There is no label {asked.label!r}: {', '.join(AT_LEAST)}.")
    day = asked.day
    key = await Key.of(reader, "field", **asdict(asked))
    if asked.named:
        await must_see(reader, *asked.named)
    if not asked.named and not day:
        return Part(key, await _field(reader, key, asked.label), None)

    async def part() -> Part:
        names = (asked.place, asked.theme, asked.network)
        inside = await belonging(reader, *names) if asked.named else None
        if day:
            uids = inside if inside is not None else await belonging(reader)
            return Part(key, await field_then(reader, uids, day, asked.label), inside)
        whole = await _field(reader, key, asked.label)
        return Part(key, await aside(within, whole, inside or frozenset()), inside)

    return await _parts.get(key, part)


async def _field(reader: Reader, key: Key, label: str | None) -> Field:
    whole = Key(key.version, key.level, "ties", arguments=(("label", label),))
    return await _whole.get(
        whole, lambda: shelved(reader, whole, lambda: _read(reader, label), FORM)
    )


async def belonging(
    reader: Reader,
    place: str | None = None,
    theme: str | None = None,
    network: str | None = None,
) -> frozenset[str]:
    """Actors, by uid, who belong to all that is named; where nothing is, everybody."""
    themes = await reach.within(reader, theme)
    uids = await reader.pages("bridges/scope", place=place, themes=themes, network=network)
    return frozenset(uids)


async def _read(reader: Reader, label: str | None) -> Field:
    names = {name: reader.viewer.of(name) for name in ("step", "likely", "kinds", "label")}
    labels = AT_LEAST[label] if label else None
    pages = paged(reader, "bridges/ties", READING, **names, labels=labels)
    return await aside(_field_of, [page async for page in pages])


def _field_of(pages: list[Mapping[str, Any]]) -> Field:
    step(READING, 0.9)
    here, there, likely = (
        [each for page in pages for each in page[name]] for name in ("here", "there", "likely")
    )
    return of_columns(here, there, likely)
