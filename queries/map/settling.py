"""A picture that is being settled: what there is of it is told at once, and better ones after.

One piece of work a picture, beside whoever asks; it goes on when they have their first answer,
since they will ask again. Kept by the graph's version, the viewer's level and the scope; of a large
field on disk too, as all that is worked out of it: see answers/shelf.py.
"""

import asyncio
from dataclasses import dataclass, field

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.shelf import Arrays, Form, shelved
from tieline.queries.answers.work import aside
from tieline.queries.bridges.field import Floats
from tieline.queries.map.alike import Alike
from tieline.queries.map.circles import circles
from tieline.queries.map.drawn import Drawn
from tieline.queries.map.layout import pictures

PATIENCE = 0.25  # seconds that a question waits for a better picture
SMALL = 1_000  # actors: fewer are waited for, whatever it takes
KEPT, AT_ONCE = 16, 4  # pictures; and such as are being settled
BEGUN, HANGING, MOVING, DONE = (
    "placing everybody",
    "finding who hangs together",
    "drawing who is tied together",
    "settled",
)


@dataclass(eq=False)
class Picture:
    """Positions as they are now, circles once they are known, and how far it all is, 0 to 1."""

    at: Floats
    circles: list[list[int]] | None = None
    share: float = 0.0
    stage: str = BEGUN
    version: str = ""
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)

    @property
    def settled(self) -> bool:
        return self.stage == DONE

    def stop(self) -> None:
        """Whoever asks for it again begins it again."""
        if self in _running:
            _running.remove(self)
        if self.task is not None and not self.task.get_loop().is_closed():
            self.task.cancel()


_running: list[Picture] = []  # the first begun first
_kept: Kept[Picture] = Kept(KEPT)
_alike = Alike()


async def picture(reader: Reader, key: Key, drawn: Drawn) -> Picture:
    """The picture of what is drawn, as far as it is by now."""

    async def make() -> Picture:
        return Picture(np.zeros((len(drawn.uids), 2)), version=key.version)

    found = await _kept.get(key.to("picture"), make)
    if found.settled:
        return found
    task = found.task
    if task is None or task.done() or task.get_loop() is not asyncio.get_running_loop():
        task = _begin(reader, key, drawn, found)
    patience = None if len(drawn.uids) < SMALL else PATIENCE
    await asyncio.wait((task,), timeout=patience)
    while found.stage == BEGUN and not task.done():
        await asyncio.wait((task,), timeout=0.05)
    if task.done() and not task.cancelled():
        task.result()
    return found


def _begin(reader: Reader, key: Key, drawn: Drawn, found: Picture) -> "asyncio.Task[None]":
    """What is of a graph that is no more is given up, and the oldest where there are many."""
    past = [each for each in _running if each.version != key.version]
    for other in [*past, *_running[: max(0, len(_running) - AT_ONCE + 1)]]:
        other.stop()
    _running.append(found)
    found.task = asyncio.create_task(_settle(reader, key, drawn, found))
    return found.task


async def _settle(reader: Reader, key: Key, drawn: Drawn, found: Picture) -> None:
    async def make() -> Picture:
        if alike := _alike.of(drawn):
            found.at, found.circles = alike
        else:
            await aside(_work, drawn, found)
        return found

    try:
        done = await shelved(reader, key.to("picture"), make, FORM)
        found.at, found.circles, found.share, found.stage = done.at, done.circles, 1.0, DONE
        _alike.put(drawn, (done.at, done.circles or []))
    finally:
        if found in _running:
            _running.remove(found)


def _work(drawn: Drawn, found: Picture) -> None:
    """In a thread: each better picture is put where whoever asks reads it."""
    for share, at in pictures(drawn.uids, drawn.ends, drawn.weights):
        found.at = at
        if found.circles is None:
            found.stage = HANGING
            found.circles = circles(len(drawn.uids), drawn.ends, drawn.weights)
        found.share, found.stage = share, MOVING


def _pack(found: Picture) -> Arrays:
    groups = found.circles or []
    sizes = np.array([len(each) for each in groups], np.int64)
    members = np.array([at for each in groups for at in each], np.int64)
    return {"at": found.at, "sizes": sizes, "members": members}


def _unpack(arrays: Arrays) -> Picture:
    members, first = arrays["members"].tolist(), 0
    groups = []
    for size in arrays["sizes"].tolist():
        groups.append(members[first : first + size])
        first += size
    return Picture(np.array(arrays["at"]), groups, 1.0, DONE)


FORM = Form(_pack, _unpack)
