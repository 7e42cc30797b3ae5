"""A field in arrays: actors by number, ties as pairs of these, how likely each holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tieline.queries.answers.shelf import Arrays, Form, packed, unpacked

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
class Field:
    """Ties between actors 0 ... n - 1, who are `uids` in order.

    `ends`: a row a tie, the lower end first, in order, none twice; `likely`: that each holds.
    In one order: as the database brings them, ties tell of what lies hidden beside them.
    """

    uids: list[str]
    ends: Ints
    likely: Floats


def _packed(field: Field) -> Arrays:
    return {"uids": packed(field.uids), "ends": field.ends, "likely": field.likely}


def _unpacked(arrays: Arrays) -> Field:
    return Field(unpacked(arrays["uids"]), arrays["ends"], arrays["likely"])


FORM = Form(_packed, _unpacked)


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
