"""Reading what one level may see into arrays, a page of actors and their ties at a time."""

import asyncio
from typing import Any

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.pathways.snapshot.rows import Array, Rows
from tieline.queries.pathways.snapshot.view import Actors, View

PAGE = 2_000  # actors; the server holds the ties of so many at once


async def read(reader: Reader) -> View:
    """Everything. What is written meanwhile may be half in it: the log says what to read again."""
    pages = [page async for page in _pages(reader)]
    who = [each for page in pages for each in page]
    actors = Actors(
        [uid for uid, _, _ in who],
        {uid: at for at, (uid, _, _) in enumerate(who)},
        np.array([ease for _, ease, _ in who], np.float64),
        np.array([closed for _, _, closed in who], bool),
    )
    step, columns = reader.viewer.of("step"), [_empty()]
    for page in filter(None, pages):
        rows = await reader.rows("pathways/columns", first=page[0][0], last=page[-1][0], step=step)
        columns.append(_numbered(rows[0], actors.number))
    here, there, steps = (np.concatenate(some) for some in zip(*columns, strict=True))
    return await asyncio.to_thread(viewed, actors, here, there, steps)


async def _pages(reader: Reader) -> Any:
    last: str | None = ""
    while last is not None:
        row = (await reader.rows("pathways/page", after=last, size=PAGE))[0]
        last = row["last"]
        yield row["who"]


def _empty() -> tuple[Array, Array, Array]:
    return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)


def _numbered(row: dict[str, Any], number: dict[str, int]) -> tuple[Array, Array, Array]:
    """Whoever came after the actors were read is in the log."""
    here, there = (
        np.array([number.get(uid, -1) for uid in row[end]], np.int32) for end in ("here", "there")
    )
    ok = (here >= 0) & (there >= 0)
    return here[ok], there[ok], np.array(row["step"], np.float64)[ok]


def viewed(actors: Actors, here: Array, there: Array, step: Array) -> View:
    """A tie of an actor with itself is no step: it would have them twice on a route."""
    ok = (step > 0) & (here != there)
    here, there, step = here[ok], there[ok], step[ok]
    count = len(actors.uids)
    return View(actors, Rows.of(here, there, step, count), Rows.of(there, here, step, count))


def patched(
    view: View, touched: set[tuple[str, str]], whole: set[str], now: dict[str, Any]
) -> View:
    """The view with these pairs, and all ties of these actors, as they are `now`.

    What was touched and is not there now is gone; nobody's number is ever used again.
    """
    actors = _known(view.actors, whole, now)
    stand = {(a, b): step for a, b, step in now["ties"]}
    pairs = {pair: 0.0 for pair in touched | _ties_of(view, whole)} | stand
    known = [(p, s) for p, s in pairs.items() if p[0] in actors.number and p[1] in actors.number]
    here, there = (
        np.array([actors.number[pair[end]] for pair, _ in known], np.int32) for end in (0, 1)
    )
    step = np.array([step for _, step in known], np.float64)
    apart = here != there
    here, there, step = here[apart], there[apart], step[apart]
    count = len(actors.uids)
    outward = view.outward.with_steps(here, there, step, count)
    return View(actors, outward, view.inward.with_steps(there, here, step, count))


def _known(old: Actors, whole: set[str], now: dict[str, Any]) -> Actors:
    """Actors as they are now; new ones come last."""
    ends = {end for a, b, _ in now["ties"] for end in (a, b)}
    told = {uid: (ease, closed) for uid, ease, closed in now["who"]}
    fresh = sorted((ends | told.keys()) - old.number.keys())
    uids, number = old.uids, old.number
    if fresh:
        uids = old.uids + fresh
        number = old.number | {uid: len(old.uids) + at for at, uid in enumerate(fresh)}
    ease = np.append(old.ease, np.ones(len(fresh)))
    closed = np.append(old.closed, np.ones(len(fresh), bool))
    for uid in (whole | told.keys()) & number.keys():
        ease[number[uid]], closed[number[uid]] = told.get(uid, (1.0, True))
    return Actors(uids, number, ease, closed)


def _ties_of(view: View, whole: set[str]) -> set[tuple[str, str]]:
    """Every tie that the view has of these actors."""
    found, uids = set(), view.actors.uids
    for uid in whole & view.actors.number.keys():
        at = view.actors.number[uid]
        found |= {(uid, uids[other]) for other in view.outward.of_one(at)[0].tolist()}
        found |= {(uids[other], uid) for other in view.inward.of_one(at)[0].tolist()}
    return found
