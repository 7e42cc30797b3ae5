"""The table of themes by places, counted: what there is now, and where more would matter.

A project counts in every place around those where it works, and for every theme that its themes
count for (work.py). How much one would expect in a cell is what there would be were the theme as
common there as in all the field; what is missing of it is the gap, and each ask that nobody near
offers to meet weighs three such.

Groups of people under five are in no count, and in no sum: what is left out is left out before
anything is added up, so no difference of two figures tells of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tieline.queries.answers.work import step
from tieline.queries.gaps.work import NOW, PAST, Field, Someone

FEW = 5  # people: a smaller group is never told of
ASKED = 3.0  # what an ask that nobody meets weighs beside one expected effort that is not there
STEP = 2_000  # projects, between two words of how far it is
MOST = 4_000_000  # cells: of a larger table the places of which most is recorded

Counts = npt.NDArray[np.int64]
Cell = tuple[str, str]  # theme, place


@dataclass(frozen=True)
class Table:
    """A row a theme, a column a place; all are of projects that count there.

    `now`, `past`: there or within. `beside`: that run now and work in all of a place around it.
    `running`: all that run in each place, on whatever is known. `expected`: how many now, were the
    theme as common as in all the field. Where nothing at all is recorded as running now, these
    three are of all that is recorded. `unmet`: asks that nobody near offers to meet,
    made in the cells `unmet_in`.
    """

    field: Field
    inside: frozenset[str] | None
    themes: Sequence[str]
    places: Sequence[str]
    now: Counts
    past: Counts
    beside: Counts
    running: Counts
    expected: npt.NDArray[np.float64]
    unmet: Counts
    unmet_in: frozenset[Cell]

    @cached_property
    def columns(self) -> frozenset[str]:
        return frozenset(self.places)

    @cached_property
    def workers(self) -> dict[str, list[str]]:
        """Of each theme the actors who work on something that counts for it, by uid."""
        found: dict[str, list[str]] = defaultdict(list)
        for uid, someone in sorted(self.field.actors.items()):
            for one in self.field.ones(someone.works_on):
                found[one].append(uid)
        return found

    @cached_property
    def need(self) -> npt.NDArray[np.float64]:
        """What is missing of what one would expect, and the asks that nobody meets."""
        there = self.now if self.field.current else self.now + self.past
        missing = np.maximum(self.expected - there - self.beside, 0.0)
        return np.asarray(np.round(missing + ASKED * self.unmet, 9), np.float64)

    @cached_property
    def order(self) -> Sequence[tuple[int, int]]:
        """Where effort would matter most first; then of which most is recorded; then by uid."""
        flat = np.lexsort((-(self.now + self.past).ravel(), -self.need.ravel()))
        return [divmod(int(at), len(self.places)) for at in flat]


def table(
    field: Field,
    themes: Collection[str] | None = None,
    places: Collection[str] | None = None,
    inside: frozenset[str] | None = None,
) -> Table:
    """The table of these themes and places, else of all that something is recorded of.

    `inside`: only what these actors do, have or ask counts as there; what is common is of all.
    """
    works = sorted(uid for uid, work in field.works.items() if _counts(work.team, inside))
    asks = unmet(field, inside)
    known = rows(field) | {theme for theme, _ in asks}
    wanted = sorted(known if themes is None else known & set(themes))
    there = Recorded.of(field, works, [place for _, place in asks])
    here = sorted(there.places if places is None else there.places & set(places))
    here = _most(here, there, MOST // max(len(wanted), 1))
    now, past = _inside(field, works, wanted, here)
    running = _all_now(field, works, here)
    return Table(
        field,
        inside,
        wanted,
        here,
        now,
        past,
        _beside(field, works, wanted, here),
        running,
        _expected(field, wanted, running),
        _asked(field, asks, wanted, here),
        frozenset(asks),
    )


def _counts(team: Collection[str], inside: frozenset[str] | None) -> bool:
    return inside is None or bool(inside & set(team))


def rows(field: Field) -> set[str]:
    """The themes that some project is on, each by the one uid of its words."""
    return {field.themes.of(t) for themes in field.themes_of.values() for t in themes}


@dataclass(frozen=True)
class Recorded:
    """The places where anything is recorded, with how much."""

    times: dict[str, int]

    @classmethod
    def of(cls, field: Field, works: Iterable[str], asked: Iterable[str]) -> "Recorded":
        times: dict[str, int] = defaultdict(int)
        for uid in works:
            for place in field.places_of[uid]:
                times[place] += 1
        for place in asked:
            times[place] += 1
        return cls(times)

    @property
    def places(self) -> set[str]:
        return set(self.times)


def _most(places: list[str], there: Recorded, most: int) -> list[str]:
    if len(places) <= most:
        return places
    return sorted(sorted(places, key=lambda uid: (-there.times[uid], uid))[:most])


def _inside(
    field: Field, works: Sequence[str], themes: Sequence[str], places: Sequence[str]
) -> tuple[Counts, Counts]:
    """(running now, past) of each theme in each place or within it."""
    found = {NOW: _empty(themes, places), PAST: _empty(themes, places)}
    row, column = _at(themes), _at(places)
    for at, uid in enumerate(works):
        if at % STEP == 0:
            step("counting efforts", at, len(works))
        counted = found.get(field.state[uid])
        if counted is not None:
            ones = [row[t] for t in field.ones(field.themes_of[uid]) if t in row]
            areas = [column[p] for p in field.areas(field.places_of[uid]) if p in column]
            counted[np.ix_(ones, areas)] += 1
    return found[NOW], found[PAST]


def _beside(
    field: Field, works: Iterable[str], themes: Sequence[str], places: Sequence[str]
) -> Counts:
    """Those running now that work in all of a place around this one."""
    every = sorted({place for uid in works for place in field.places_of[uid]})
    row, at = _at(themes), _at(every)
    direct = _empty(themes, every)
    for uid in works:
        if uid in field.live:
            ones = [row[t] for t in field.ones(field.themes_of[uid]) if t in row]
            direct[np.ix_(ones, [at[p] for p in field.places_of[uid]])] += 1
    found = _empty(themes, places)
    for number, place in enumerate(places):
        around = [at[p] for p in field.around(place) if p != place and p in at]
        found[:, number] = direct[:, around].sum(axis=1)
    return found


def _all_now(field: Field, works: Iterable[str], places: Sequence[str]) -> Counts:
    """How many run now in each place or within it, of those that are known to be on something."""
    found, column = np.zeros(len(places), np.int64), _at(places)
    for uid in works:
        if uid in field.live and field.themes_of[uid]:
            for place in field.areas(field.places_of[uid]):
                if place in column:
                    found[column[place]] += 1
    return found


def _expected(field: Field, themes: Sequence[str], there: Counts) -> npt.NDArray[np.float64]:
    """Each theme's share of all that runs now, of those of which both are known, times what does in
    each place."""
    row, share, every = _at(themes), np.zeros(len(themes)), 0
    for uid in sorted(field.live):
        if field.themes_of[uid] and field.places_of[uid]:
            every += 1
            for theme in field.ones(field.themes_of[uid]):
                if theme in row:
                    share[row[theme]] += 1
    return np.asarray(np.outer(share / max(every, 1), there), np.float64)


def unmet(field: Field, inside: frozenset[str] | None = None) -> dict[Cell, int]:
    """(theme, place) -> asks made there that nobody near offers to meet; organisations' each, and
    people's where they are FEW or more.

    Somebody is near who is in the place, in one around it or within it; or nobody recorded where.
    """
    bodies: dict[Cell, int] = defaultdict(int)
    people: dict[Cell, int] = defaultdict(int)
    for uid, someone in sorted(field.actors.items()):
        if inside is None or uid in inside:
            for theme in someone.asks:
                for place in someone.based:
                    counted = people if someone.person else bodies
                    counted[field.themes.of(theme), place] += 1
    for cell, count in people.items():
        if count >= FEW:
            bodies[cell] += count
    offered = _offers(field)
    return {cell: n for cell, n in sorted(bodies.items()) if not _met(field, cell, offered)}


def _offers(field: Field) -> dict[str, list[Someone]]:
    """Of each theme those who offer it, or something that it counts for or that counts for it."""
    found: dict[str, list[Someone]] = defaultdict(list)
    for _, someone in sorted(field.actors.items()):
        for one in {field.themes.of(theme) for theme in someone.offers}:
            found[one].append(someone)
    return found


def _met(field: Field, cell: Cell, offered: dict[str, list[Someone]]) -> bool:
    theme, place = cell
    for one, by in offered.items():
        if alike(field, theme, one) and any(near(field, place, who.based) for who in by):
            return True
    return False


def alike(field: Field, left: str, right: str) -> bool:
    """Whether one of two themes counts for the other."""
    one, other = field.themes.of(left), field.themes.of(right)
    return other in field.counts_for.get(one, ()) or one in field.counts_for.get(other, ())


def near(field: Field, place: str, based: Collection[str]) -> bool:
    return not based or any(
        place in field.around(each) or each in field.around(place) for each in based
    )


def _asked(
    field: Field, asks: dict[Cell, int], themes: Sequence[str], places: Sequence[str]
) -> Counts:
    """Asks count in every place around theirs, and for every theme that theirs counts for."""
    found, row, column = _empty(themes, places), _at(themes), _at(places)
    for (theme, place), count in asks.items():
        ones = [row[t] for t in field.ones([theme]) if t in row]
        areas = [column[p] for p in field.around(place) if p in column]
        found[np.ix_(ones, areas)] += count
    return found


def reached(field: Field, works: Iterable[str]) -> int | None:
    """How many people these reached, of those that reached FEW or more; None: nobody recorded it,
    or they are fewer."""
    return sum(n for n in (field.works[uid].reached for uid in works) if n >= FEW) or None


def _at(names: Sequence[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


def _empty(themes: Sequence[str], places: Sequence[str]) -> Counts:
    return np.zeros((len(themes), len(places)), np.int64)
