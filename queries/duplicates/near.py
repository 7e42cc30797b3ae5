"""How far a draft overlaps with each project there is: one against all, in arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from tieline.queries.duplicates.effort import FAR, PLACE, UNKNOWN
from tieline.queries.duplicates.index import Index, Side, stacked
from tieline.queries.duplicates.written import Array


@dataclass(frozen=True)
class Near:
    """A figure for each project: place, time, purpose, each in [0, 1]; `common`: whether a theme or
    a word is shared."""

    place: Array
    time: Array
    purpose: Array
    common: Array

    @classmethod
    def of(cls, index: Index, side: Side) -> "Near":
        theme, text = themed(index, side), worded(index, side)
        purpose = (np.nan_to_num(theme) + np.nan_to_num(text)) / 2
        common = purpose > 0
        purpose[np.isnan(theme) & np.isnan(text)] = UNKNOWN
        if not side.themes and side.row is None:
            common[:] = True
        return cls(placed(index, side), timed(index, side), purpose, common)


def placed(index: Index, side: Side) -> Array:
    many = len(index.uids)
    if not side.places:
        return np.full(many, UNKNOWN)
    at = index.place
    best = np.zeros(many)
    best[np.diff(index.own.indptr) == 0] = UNKNOWN
    for place in sorted(side.places):
        above = {
            at[uid]: PLACE.get(level, FAR)
            for uid, level in index.field.places.around(place).items()
            if uid in at
        }
        _most(best, index.own, above)
        _most(best, index.around, {at[place]: 1.0} if place in at else {})
    return best


def _most(best: Array, rows: Any, value: dict[int, float]) -> None:
    """Raise each project's figure to the most that any of its places gives."""
    for column, score in value.items():
        cells = np.flatnonzero(rows.indices == column)
        project = np.searchsorted(rows.indptr, cells, "right") - 1
        best[project] = np.maximum(best[project], rows.data[cells] * score)


def timed(index: Index, side: Side) -> Array:
    """Days both run by those of the shorter."""
    if side.starts is None:
        return np.full(len(index.uids), UNKNOWN)
    begin = side.starts.toordinal()
    end = max((side.ends or index.field.today).toordinal(), begin)
    both = np.minimum(index.ends, end) - np.maximum(index.starts, begin) + 1
    shorter = np.minimum(index.ends - index.starts, end - begin) + 1
    return np.where(index.dated, np.maximum(both, 0) / shorter, UNKNOWN)


def themed(index: Index, side: Side) -> Array:
    """How alike the themes are, or more where a closeMatch is in it; nan: not known."""
    if not side.themes:
        return np.full(len(index.uids), np.nan)
    themes = index.field.themes
    having = themes.having(side.themes)
    said = sum(themes.information(word) * much for word, much in having.items())
    wide = dict(having)
    for word, much in having.items():
        for each in themes.near.get(word, ()):
            wide[each] = max(wide.get(each, 0.0), much)
    row = _row(index, wide)
    both = index.wide @ stacked(row, index.information).toarray()[0]
    least = np.minimum(said, index.said) if index.near else said + index.said - both
    alike = np.minimum(both / np.where(least > 0, least, 1.0), 1.0)
    return np.where(index.links["WORKS_ON"].count > 0, alike, np.nan)


def _row(index: Index, having: dict[str, float]) -> Any:
    row = np.zeros((1, len(index.words)))
    for word, much in having.items():
        if word in index.word:
            row[0, index.word[word]] = much
    return sparse.csr_array(row)


def worded(index: Index, side: Side) -> Array:
    """How alike the texts are; nan: one of the two has none."""
    if side.row is None:
        return np.full(len(index.uids), np.nan)
    found = index.texts.rows @ side.row.toarray()[0]
    return np.where(index.written, np.minimum(found, 1.0), np.nan)


def of_team(index: Index, team: Iterable[str]) -> Array:
    """Which projects these lead, take part in or pay for, or whose leads they are behind."""
    inside = np.zeros(len(index.uids), bool)
    for verb in ("LEADS", "PARTNERS_ON", "FUNDS", "BODIES"):
        inside[index.links[verb].having(team)] = True
    return inside
