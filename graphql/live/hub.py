"""What is followed while it happens: looked at once a tick for all who follow it at one level.

    hub = Hub(reader_of, away)
    listener = await hub.listen(watch, level)
    event = await listener.next(seconds)

Loads and judgements come from other processes too, so the graph is what is followed. Once a tick
its version is asked; only when that has changed is each thing that is followed looked at, by one
statement for each level, however many listen: or when time alone changes it, as a load on which
nobody works any more. While nobody listens nothing is asked.
"""

import asyncio
import time
from collections.abc import Callable, Hashable
from contextvars import Context
from typing import Protocol
from weakref import WeakSet

from tieline.database.reader import Reader
from tieline.errors import Away
from tieline.graphql.live.listener import Event, Listener
from tieline.schema.consent import PUBLIC, Viewer

TICK = 0.5  # seconds between two looks, or
SHARE = 4  # so many times what the last one took, if that is more, but at most
MOST = 5.0
AT_ONCE = 4  # things looked at beside each other


class Watch(Protocol):
    """One thing that is followed. `last_only`: each event takes the place of those before it.

    `over`: nothing more will come. `due`: when (time.monotonic) it is looked at again though
    nothing was written. Two of one key are the same.
    """

    last_only: bool
    over: bool
    due: float

    @property
    def key(self) -> Hashable: ...

    async def look(self, reader: Reader) -> list[Event]:
        """What is new since the last look; from the first one, what a listener begins with.

        Raises:
            TielineError: it cannot be followed, or not any longer.
        """
        ...


class Shared:
    """One thing at one level, and who follows it. `begin`: for whoever comes later."""

    def __init__(self, watch: Watch, level: int) -> None:
        self.watch, self.level = watch, level
        self.begin: list[Event] = []
        self.listeners: WeakSet[Listener] = WeakSet()
        self.begun: asyncio.Task[None] | None = None

    async def look(self, reader: Reader) -> None:
        events = await self.watch.look(reader.seen_by(Viewer(self.level)))
        if self.watch.last_only and events:
            self.begin = events[-1:]
        for listener in [*self.listeners]:
            listener.tell(events, self.watch.over)

    def followers(self) -> int:
        return sum(not each.left for each in self.listeners)

    @property
    def past(self) -> bool:
        """Nobody follows it any more: what happened since is not for whoever comes now."""
        return self.begun is not None and self.begun.done() and not self.followers()

    def end(self, error: Exception | None = None) -> None:
        for listener in [*self.listeners]:
            listener.end(error)


class Hub:
    """Of one process. `reader_of`: a new reader; `away`: told that the database does not answer."""

    def __init__(self, reader_of: Callable[[Viewer], Reader], away: Callable[[], object]) -> None:
        self._reader_of, self._away = reader_of, away
        self._shared: dict[tuple[Hashable, int], Shared] = {}
        self._version = ""
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._ticking: asyncio.Task[None] | None = None
        self._closed = False

    async def listen(self, watch: Watch, level: int) -> Listener:
        """Follow it, until the listener leaves or is forgotten.

        Raises:
            TielineError: it cannot be followed; the same for what is hidden and what never was.
        """
        key = (watch.key, level)
        shared = self._shared.get(key)
        if shared is None or shared.past:
            shared = self._shared[key] = Shared(watch, level)
            shared.begun = asyncio.create_task(self._first(key, shared))
            shared.begun.add_done_callback(_heard)  # by those who wait, if any still do
        listener = Listener(watch.last_only, shared.begin, over=self._closed)
        shared.listeners.add(listener)
        assert shared.begun is not None
        try:
            await asyncio.shield(shared.begun)
        except BaseException:
            listener.leave()
            raise
        if self._ticking is None and not self._closed:
            self._ticking = asyncio.create_task(self._tick(), context=Context())  # nobody's own
        return listener

    def reader(self, viewer: Viewer, former: Reader) -> Reader:
        """A new one for an event, which sees at least what the former had to see."""
        made = self._reader_of(viewer)
        if former.bookmarks:
            made.after(former.bookmarks)
        return made

    def followers(self) -> int:
        """How many subscriptions there are."""
        return sum(each.followers() for each in self._shared.values())

    def close(self) -> None:
        """Everyone hears that nothing more will come."""
        self._closed = True
        for shared in self._shared.values():
            shared.end()
        self._shared.clear()

    async def _first(self, key: tuple[Hashable, int], shared: Shared) -> None:
        try:
            await shared.look(self._reader_of(Viewer(shared.level)))
        except BaseException as error:
            if self._shared.get(key) is shared:
                del self._shared[key]
            self._tell_away(error)
            raise
        self._drop_if_over(key, shared)

    async def _tick(self) -> None:
        took = 0.0
        try:
            while True:
                await asyncio.sleep(min(max(TICK, SHARE * took), MOST))
                for key in [key for key, each in self._shared.items() if not each.followers()]:
                    del self._shared[key]
                if not self._shared:
                    return
                began = time.monotonic()
                await self._look()
                took = time.monotonic() - began
        finally:
            self._ticking = None

    async def _look(self) -> None:
        """Everything that is followed, if the graph has changed since."""
        reader = self._reader_of(Viewer(PUBLIC))
        try:
            version = await reader.version()
        except Exception as error:
            for key, shared in [*self._shared.items()]:
                self._fail(key, shared, error)
            return
        moved, now = version != self._version, time.monotonic()
        self._version = version
        every = self._shared.items()
        due = [(key, shared) for key, shared in every if moved or shared.watch.due <= now]
        await asyncio.gather(*(self._one(key, shared, reader) for key, shared in due))

    async def _one(self, key: tuple[Hashable, int], shared: Shared, reader: Reader) -> None:
        if shared.begun is None or not shared.begun.done():
            self._version = ""  # it is looked at just now, perhaps as it was: again at the next
            return
        try:
            async with self._turns:
                await shared.look(reader)
            self._drop_if_over(key, shared)
        except Exception as error:
            self._fail(key, shared, error)

    def _drop_if_over(self, key: tuple[Hashable, int], shared: Shared) -> None:
        if shared.watch.over and self._shared.get(key) is shared:
            del self._shared[key]

    def _fail(self, key: tuple[Hashable, int], shared: Shared, error: Exception) -> None:
        """They hear why, as far as it is for them: see graphql/errors.py."""
        self._tell_away(error)
        shared.end(error)
        if self._shared.get(key) is shared:
            del self._shared[key]

    def _tell_away(self, error: BaseException) -> None:
        if isinstance(error, Away):
            self._away()


def _heard(task: asyncio.Task[None]) -> None:
    if not task.cancelled():
        task.exception()
