"""What was worked out of the graph, kept for as long as the graph stays what it is.

A key names the version of the graph, the level of the viewer, the question and its arguments, and
where it matters the person who asks. There is none without a level, so that nothing that was worked
out for one level is ever told at another.

Several who ask the same at once wait for one piece of work; it is given up when the last has gone.
What was begun before everything was forgotten is told to those who wait, and not kept: somebody
who was erased since may be in it.
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

from tieline.database.reader import Reader
from tieline.queries.answers.work import Work, within, working
from tieline.schema.consent import LEVELS

T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """Of which graph, for whom, and what. `Key.of` makes one of a reader."""

    version: str
    level: int
    question: str
    person: str | None = None
    arguments: tuple[tuple[str, Hashable], ...] = ()

    def __post_init__(self) -> None:
        if type(self.level) is not int or self.level not in LEVELS:
            raise TypeError(f"A key has a viewer's level, {LEVELS}: {self.level!r} is none.")
        if not (self.version and self.question):
            raise TypeError("A key has the version of the graph, and a question.")

    @classmethod
    async def of(
        cls, reader: Reader, question: str, personal: bool = False, /, **arguments: Hashable
    ) -> "Key":
        """Of the graph as it is for this reader. `personal`: the answer is the person's own."""
        person = reader.viewer.person if personal else None
        given = tuple(sorted(arguments.items()))
        return cls(await reader.version(), reader.viewer.level, question, person, given)

    def to(self, question: str, **more: Hashable) -> "Key":
        """Of the same graph, viewer and arguments, another question (and further arguments)."""
        given = tuple(sorted({**dict(self.arguments), **more}.items()))
        return Key(self.version, self.level, question, self.person, given)


@dataclass
class _Flight(Generic[T]):
    """What is being worked out, and for how many; how often all had been forgotten before."""

    task: asyncio.Task[T]
    work: Work
    forgot: int
    waiting: int = 0
    loop: Any = field(default_factory=asyncio.get_running_loop)


class Remembers(Protocol):
    """What is worked out of a database, and means nothing of another."""

    def forget(self) -> None: ...


_all: WeakSet[Remembers] = WeakSet()


class Kept(Generic[T]):
    """The `most` last used answers. `forget` may be called from any thread."""

    def __init__(self, most: int) -> None:
        self._most, self._forgot = most, 0
        self._held: OrderedDict[Key, T] = OrderedDict()
        self._flights: dict[Key, _Flight[T]] = {}
        self._lock = threading.Lock()
        forgotten_too(self)

    async def get(self, key: Key, make: Callable[[], Awaitable[T]]) -> T:
        """What is held under this key, or what comes of making it."""
        if not isinstance(key, Key):
            raise TypeError(f"Answers are kept under a Key, which has a level: {key!r} is none.")
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        return await self._made(key, make)

    def forget(self) -> None:
        with self._lock:
            self._held.clear()
            self._forgot += 1

    def _keep(self, key: Key, found: T, forgot: int) -> None:
        """What is of another version of the graph goes: who was hidden since may be in it."""
        with self._lock:
            if forgot != self._forgot:
                return
            for old in [each for each in self._held if each.version != key.version]:
                del self._held[old]
            self._held[key] = found
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    async def _made(self, key: Key, make: Callable[[], Awaitable[T]]) -> T:
        flight, here, loop = self._flights.get(key), working(), asyncio.get_running_loop()
        if not flight or flight.forgot != self._forgot or flight.loop is not loop:
            flight = self._flights[key] = _begun(make, self._forgot)
        flight.waiting += 1
        flight.work.listen(here.tell)
        try:
            found = await asyncio.shield(flight.task)
            self._keep(key, found, flight.forgot)
            return found
        finally:
            flight.waiting -= 1
            flight.work.leave(here.tell)
            if not flight.waiting:
                if self._flights.get(key) is flight:
                    del self._flights[key]
                if not flight.task.done():
                    flight.work.stop()
                    flight.task.cancel()


def _begun(make: Callable[[], Awaitable[T]], forgot: int) -> _Flight[T]:
    work = Work()

    async def fly() -> T:
        with within(work):
            return await make()

    return _Flight(asyncio.create_task(fly()), work, forgot)


def forgotten_too(each: Remembers) -> None:
    """It is forgotten with all else."""
    _all.add(each)


def forget_all() -> None:
    """Nothing is kept any longer: the database is another one now, or somebody was erased."""
    for each in list(_all):
        each.forget()
