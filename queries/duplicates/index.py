"""Every project that one viewer may see, in arrays: what parallel effort is looked for in.

    index = await read(reader)        # once for each version of the graph and level
    index.side(7), index.compared(index.side(7), index.side(9))

Arrays find what may be alike; what is told of two is worked out again, by the functions that define
it (effort.py, themes.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from tieline.queries.duplicates.effort import FAR, PLACE, Places, Score, overlap
from tieline.queries.duplicates.texts import Texts
from tieline.queries.duplicates.themes import Themes
from tieline.queries.duplicates.written import Array
from tieline.settings import settings

VERBS = ("LEADS", "PARTNERS_ON", "FUNDS", "SERVES", "WORKS_ON", "FOLLOWS", "BODIES")
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """What projects are compared by."""

    today: date
    places: Places
    themes: Themes
    names: list[str]  # of places, all that they go by

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> "Field":
        today, places = words["today"], words["places"]
        matches = words["matches"]
        return cls(
            date.fromisoformat(today[:10]) if today else settings().today,
            Places(
                {uid: name for uid, name, _ in places}, {uid: sorted(up) for uid, _, up in places}
            ),
            Themes(
                {uid: label for uid, label, _ in words["themes"]},
                {uid: sorted(up) for uid, _, up in words["themes"]},
                sorted((a, b) for a, b, predicate in matches if predicate == "exactMatch"),
                sorted((a, b) for a, b, predicate in matches if predicate == "closeMatch"),
            ),
            sorted({*(name for _, name, _ in places if name), *words["names"]}),
        )


@dataclass(frozen=True)
class Side:
    """One of two that are compared: places and themes by uid; `row`: its words; None: no text."""

    starts: date | None
    ends: date | None
    places: frozenset[str]
    themes: frozenset[str]
    row: Any


@dataclass(frozen=True)
class Alike:
    """How two overlap, the two places it rests on, and days (both, of the shorter)."""

    score: Score
    areas: tuple[str | None, str | None]
    days: tuple[int | None, int | None]

    @property
    def recorded(self) -> float:
        """How much they overlap in what is recorded: what is not is left out, not halved."""
        score = self.score
        known = [part for part in (score.theme, score.text) if part is not None]
        purpose = sum(known) / len(known) if known else score.purpose
        place = 1.0 if score.place and self.areas[0] is None else score.place
        time = 1.0 if self.days[0] is None else score.time
        return round(place * time * purpose, 12)


class Links:
    """What each project is joined to by one verb: `rows`, a row a project, a column each of `uids`
    (if these are not given, of all there is)."""

    def __init__(
        self, number: Mapping[str, int], pairs: Pairs, uids: Sequence[str] | None = None
    ) -> None:
        self.uids = sorted({uid for _, uid in pairs}) if uids is None else list(uids)
        at = self.at = {uid: place for place, uid in enumerate(self.uids)}
        known = {(number[a], at[b]) for a, b in pairs if a in number and b in at}
        cells = np.array(sorted(known), np.int64).reshape(-1, 2)
        ones = np.ones(len(cells))
        shape = (len(number), len(self.uids))
        self.rows = sparse.csr_array((ones, (cells[:, 0], cells[:, 1])), shape=shape)

    def of(self, project: int) -> list[str]:
        here = slice(self.rows.indptr[project], self.rows.indptr[project + 1])
        return [self.uids[at] for at in self.rows.indices[here].tolist()]

    @cached_property
    def count(self) -> Array:
        return np.diff(self.rows.indptr)

    def having(self, uids: Iterable[str]) -> Array:
        """The projects that are joined to any of these."""
        columns = [self.at[uid] for uid in uids if uid in self.at]
        cells = np.flatnonzero(np.isin(self.rows.indices, columns))
        return np.unique(np.searchsorted(self.rows.indptr, cells, "right") - 1)


def spread(rows: Any, values: Sequence[Mapping[int, float]], columns: int) -> Any:
    """Each cell as much as before of all that it stands for; the most, where two stand for one."""
    many = np.array([len(each) for each in values], np.int64)
    column = np.array([at for each in values for at in each], np.int64)
    value = np.array([much for each in values for much in each.values()])
    begin, cells = np.cumsum(many) - many, rows.tocoo()
    project, cell = cells.coords
    times = many[cell]
    row = np.repeat(project, times)
    at = np.arange(len(row)) + np.repeat(begin[cell] - np.cumsum(times) + times, times)
    column, value = column[at], value[at] * np.repeat(cells.data, times)
    order = np.lexsort((-value, column, row))
    row, column, value = row[order], column[order], value[order]
    new = np.append(True, (row[1:] != row[:-1]) | (column[1:] != column[:-1]))[: len(row)]
    shape = (rows.shape[0], columns)
    return sparse.csr_array((value[new], (row[new], column[new])), shape=shape)


@dataclass
class Index:
    """Projects 0 ... n - 1, who are `uids` in order; days are ordinals, of a start unknown 0.

    `served`: places; `around`: what these lie in, with the score of the place (effort.py);
    `having`: how much each word of the themes counts (themes.py); `works`: phases of one work have
    one number.
    """

    field: Field
    uids: list[str]
    dates: list[tuple[date | None, date | None]]
    links: dict[str, Links]
    texts: Texts

    def __post_init__(self) -> None:
        self.number = {uid: at for at, uid in enumerate(self.uids)}
        today = self.field.today
        spans = [(s or date.min, max(e or today, s or date.min)) for s, e in self.dates]
        self.starts = np.array([start.toordinal() for start, _ in spans], np.int64)
        self.ends = np.array([end.toordinal() for _, end in spans], np.int64)
        self.dated = np.array([start is not None for start, _ in self.dates], bool)
        self.written = np.diff(self.texts.rows.indptr) > 0
        self.served = self.links["SERVES"]
        self.works = self._works()
        self._places()
        self._themes()

    def _works(self) -> Array:
        later = self.links["FOLLOWS"].rows
        found: Array = connected_components(later, directed=False)[1]
        return found

    def _places(self) -> None:
        """The places that any project serves, and all these lie in."""
        within = self.field.places
        up = {uid: within.around(uid) for uid in self.served.uids}
        self.places = sorted({place for each in up.values() for place in each})
        at = self.place = {uid: number for number, uid in enumerate(self.places)}
        scores = [
            {at[place]: PLACE.get(level, FAR) for place, level in sorted(up[uid].items())}
            for uid in self.served.uids
        ]
        own = [{at[uid]: 1.0} for uid in self.served.uids]
        self.around = spread(self.served.rows, scores, len(self.places))
        self.own = spread(self.served.rows, own, len(self.places))

    def _themes(self) -> None:
        themes, links = self.field.themes, self.links["WORKS_ON"]
        own = [themes.having([uid]) for uid in links.uids]
        self.words = sorted({word for each in own for word in each})
        self.word = {word: at for at, word in enumerate(self.words)}
        values = [{self.word[w]: much for w, much in sorted(each.items())} for each in own]
        self.having = spread(links.rows, values, len(self.words))
        themes.total = int((links.count > 0).sum())
        many = np.bincount(self.having.indices, minlength=len(self.words)).tolist()
        themes.counted.update(dict(zip(self.words, many, strict=True)))
        self.information = np.array([themes.information(word) for word in self.words])
        self.said = self.having @ self.information  # how much each says in all
        near = [
            {self.word[x]: 1.0 for x in sorted({w, *themes.near.get(w, ())}) if x in self.word}
            for w in self.words
        ]
        self.near = any(len(each) > 1 for each in near)
        wide = spread(self.having, near, len(self.words)) if self.near else self.having
        self.wide = stacked(wide, self.information)

    @cached_property
    def comparable(self) -> Array:
        """Those somebody is known to lead, and of which a theme is known."""
        return (self.links["LEADS"].count > 0) & (self.links["WORKS_ON"].count > 0)

    @cached_property
    def sides(self) -> tuple[Any, Any]:
        """Two rows a project: whose product is more than 0 where two are never parallel effort."""
        leads, partners, funds = (self.links[verb].rows for verb in VERBS[:3])
        bodies = self.links["BODIES"].rows
        one = (leads, bodies, leads, partners, leads, funds)
        other = (leads, bodies, partners, leads, funds, leads)
        return sparse.hstack(one, format="csr"), sparse.hstack(other, format="csr")

    def two_teams(self, left: Array, right: Array) -> Array:
        """Which of these pairs can be parallel effort at all: two teams that share no grant, no
        body, no pot of money that several pay into."""
        one, other = self.sides
        funds = self.links["FUNDS"].rows
        same = (one[left].multiply(other[right]).sum(axis=1) > 0) | (
            funds[left].multiply(funds[right]).sum(axis=1) >= 2
        )
        return np.asarray(~same & (self.works[left] != self.works[right]), bool)

    def side(self, at: int) -> Side:
        row = self.texts.rows[[at]] if self.written[at] else None
        places, themes = self.served.of(at), self.links["WORKS_ON"].of(at)
        return Side(*self.dates[at], frozenset(places), frozenset(themes), row)

    def compared(self, left: Side, right: Side) -> Alike:
        """As it is defined: one pair."""
        field = self.field
        place, *areas = field.places.nearest(left.places, right.places)
        time, *days = overlap((left.starts, left.ends), (right.starts, right.ends), field.today)
        theme = None
        if left.themes and right.themes:
            having = field.themes.having
            theme = field.themes.alike(having(left.themes), having(right.themes))
        text = None
        if left.row is not None and right.row is not None:
            text = self.texts.alike(left.row, right.row)
        score = Score(place, time, theme, text)
        return Alike(score, (areas[0], areas[1]), (days[0], days[1]))


def stacked(having: Any, information: Array) -> Any:
    """Rows whose product is the information two share: of 1 and .5 the lesser is half of what both
    have at all, and half of what both have whole."""
    root = np.sqrt(information / 2)
    half, whole = having.copy(), having.copy()
    half.data = root[half.indices]
    whole.data = np.where(whole.data >= 1, root[whole.indices], 0.0)
    whole.eliminate_zeros()
    return sparse.hstack((half, whole), format="csr")
