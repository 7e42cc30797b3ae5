"""A picture that is being settled: what there is of it is told at once, and better ones after.

One piece of work a picture, beside whoever asks; it goes on when they have their first answer,
since they will ask again. Kept by the graph's version, the viewer's level and the scope; of a large field
on disk too, as all that is worked out of it: see answers/shelf.py.
"""

import asyncio
from dataclasses import dataclass, field

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept, Key
from tieline.queries.answers.shelf import Arrays, Form, shelved
from tieline.queries.answers.work import aside
from tieline.queries.bridges.field import Floats
from tieline.queries.map.circles import circles
from tieline.queries.map.drawn import Drawn
from tieline.queries.map.layout import pictures

PATIENCE = 0.6  # seconds that a first question waits for a better picture
KEPT = 16
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
        _running.discard(self)
        if self.task is not None and not self.task.get_loop().is_closed():
            self.task.cancel()


_running: set[Picture] = set()
_kept: Kept[Picture] = Kept(KEPT)


async def picture(reader: Reader, key: Key, drawn: Drawn) -> Picture:
    """The picture of what is drawn, as far as it is by now."""

    async def make() -> Picture:
        for other in [each for each in _running if each.version != key.version]:
            other.stop()  # of a graph that is no more
        found = Picture(np.zeros((len(drawn.uids), 2)), version=key.version)
        _running.add(found)
        found.task = asyncio.create_task(_settle(reader, key, drawn, found))
        return found

    found = await _kept.get(key.to("picture"), make)
    if found.task is not None and not found.settled:
        if found.task.get_loop() is not asyncio.get_running_loop():
            found.task = asyncio.create_task(_settle(reader, key, drawn, found))
        await asyncio.wait((found.task,), timeout=PATIENCE)
        while not found.settled and found.stage == BEGUN and not found.task.done():
            await asyncio.wait((found.task,), timeout=0.05)
        if found.task.done() and not found.settled:
            _kept.forget()
            found.task.result()
    return found


async def _settle(reader: Reader, key: Key, drawn: Drawn, found: Picture) -> None:
    async def make() -> Picture:
        await aside(_work, drawn, found)
        return found

    done = await shelved(reader, key.to("picture"), make, FORM)
    found.at, found.circles, found.share, found.stage = done.at, done.circles, 1.0, DONE
    _running.discard(found)


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
