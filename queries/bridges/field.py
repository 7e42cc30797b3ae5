"""The ties that a viewer may see, in arrays: read once for each version of the graph.

    part = await read(reader, scope)
    part.field.uids, part.field.ends, part.field.likely

Bridges and brokers share what is read: by version, level and label the whole field, by scope a part
of it. Nothing is ever kept across levels.
"""

import asyncio
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.bridges.kept import Kept
from tieline.queries.resolve.seen import must_see

WHOLE, PARTS = 4, 16  # fields and parts of them that are kept: a million ties take some 40 MB
AT_LEAST = {
    "thin": ["thin", "middling", "thick"],
    "middling": ["middling", "thick"],
    "thick": ["thick"],
    "not_yet_known": None,
}
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Tie = tuple[str, str, float]  # two actors, how likely it holds


@dataclass(frozen=True)
class Scope:
    """A part of the field: uids of a place, theme, network; `label`, the least a tie must have.

    An actor belongs to it if all that is given holds of them, a tie if both its ends do.
    """

    place: str | None = None
    theme: str | None = None
    network: str | None = None
    label: str | None = None

    @property
    def named(self) -> list[str]:
        return [uid for uid in (self.place, self.theme, self.network) if uid]


@dataclass(frozen=True)
class Field:
    """Ties between actors 0 ... n - 1, who are `uids` in order.

    `ends`: a row a tie, the lower end first, in order, none twice; `likely`: that each holds.
    In one order: as the database brings them, ties tell of what lies hidden beside them.
    """

    uids: list[str]
    ends: Ints
    likely: Floats


@dataclass(frozen=True)
class Part:
    """The field of a scope. `key`: by which what is worked out of it may be kept.

    `inside`: everybody who belongs to the scope, tied or not; None: it is the whole field.
    """

    key: Hashable
    version: str
    field: Field
    inside: frozenset[str] | None


_whole: Kept[Field] = Kept(WHOLE)
_parts: Kept[Part] = Kept(PARTS)


async def read(reader: Reader, scope: Mapping[str, str] | None = None) -> Part:
    """The part of the field that `scope` (see Scope) names, as this viewer may see it.

    Raises:
        NotFound: a place, theme or network that the viewer may not see.
        WrongUse: an unknown label.
    """
    asked = Scope(**(scope or {}))
    if asked.label is not None and asked.label not in AT_LEAST:
        raise WrongUse(f"There is no label {asked.label!r}: {', '.join(AT_LEAST)}.")
    version, level = await reader.version(), reader.viewer.level
    if asked.named:
        await must_see(reader, *asked.named)
    key = (version, level, asked.label)
    whole = await _whole.get(key, lambda: _read(reader, asked.label))
    if not asked.named:
        return Part((version, level, *astuple(asked)), version, whole, None)

    async def part() -> Part:
        place, theme, network = asked.place, asked.theme, asked.network
        uids = await reader.pages("bridges/scope", place=place, theme=theme, network=network)
        inside = frozenset(uids)
        found = await asyncio.to_thread(within, whole, inside)
        return Part((version, level, *astuple(asked)), version, found, inside)

    return await _parts.get((version, level, *astuple(asked)), part)


async def _read(reader: Reader, label: str | None) -> Field:
    of = reader.viewer.of
    chunks = await reader.rows(
        "bridges/ties",
        **{name: of(name) for name in ("step", "likely", "kinds", "label")},
        labels=AT_LEAST[label] if label else None,
    )
    columns = ([each for c in chunks for each in c[name]] for name in ("here", "there", "likely"))
    return await asyncio.to_thread(of_columns, *columns)


def of_columns(here: Sequence[str], there: Sequence[str], likely: Sequence[float]) -> Field:
    """The field of these ties; of one told twice the least likely counts, one to oneself never."""
    uids = sorted({*here, *there})
    at = {uid: place for place, uid in enumerate(uids)}
    columns = [
        np.fromiter(map(at.__getitem__, side), np.int64, len(side)) for side in (here, there)
    ]
    ends, chances = np.sort(np.stack(columns, axis=1), axis=1), np.asarray(likely, np.float64)
    order = np.lexsort((chances, ends[:, 1], ends[:, 0]))
    ends, chances = ends[order], chances[order]
    wanted = ends[:, 0] != ends[:, 1]
    wanted[1:] &= (ends[1:] != ends[:-1]).any(axis=1)
    return _tight(uids, ends[wanted], chances[wanted])


def of_ties(ties: Iterable[Tie]) -> Field:
    rows = list(ties)
    return of_columns(*([row[at] for row in rows] for at in range(3)))  # type: ignore[arg-type]


def within(field: Field, inside: frozenset[str]) -> Field:
    """The ties both of whose ends are inside."""
    known = np.fromiter((uid in inside for uid in field.uids), bool, len(field.uids))
    wanted = known[field.ends].all(axis=1)
    return _tight(field.uids, field.ends[wanted], field.likely[wanted])


def _tight(uids: Sequence[str], ends: Ints, likely: Floats) -> Field:
    """Those alone who have a tie, numbered anew in the same order."""
    used = np.unique(ends)
    return Field([uids[at] for at in used.tolist()], np.searchsorted(used, ends), likely)
