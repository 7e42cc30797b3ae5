"""How far a piece of work is, and whether anybody still waits for it.

    with heard(lambda stage, share: ...):    # whoever shows it: a bar on the terminal
        ...
    found = await aside(function, rows)      # in a thread: others are answered meanwhile
    step("drawing the field", done, of)      # inside: told, and Stopped is raised if nobody waits

When whoever waits is gone (a cancelled task: a client that hung up, Ctrl-C) the thread ends at its
next step. Threads take turns, TURNS at a time, and none keeps the process from ending.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Told = Callable[[str, float], None]  # a stage in plain words, share done (0 to 1)
TURNS = 2  # pieces of work at once
ASK = 0.1  # seconds between looks whether it is still wanted, while waiting for a turn


class Stopped(Exception):
    """Nobody waits for this work any longer. Raised by `step`; let it pass."""


class Work:
    """One piece of work, told to all who wait for it. Safe from any thread."""

    def __init__(self) -> None:
        self.stage, self.share = "", 0.0
        self._told: list[Told] = []
        self._stopped = threading.Event()

    def at(self, stage: str, share: float) -> None:
        """Where it stands.

        Raises:
            Stopped: nobody waits any longer.
        """
        self.check()
        self.tell(stage, share)

    def tell(self, stage: str, share: float) -> None:
        """The same, of work inside this one, which is given up by itself."""
        self.stage, self.share = stage, min(1.0, max(0.0, share))
        for told in tuple(self._told):
            told(self.stage, self.share)

    def check(self) -> None:
        if self._stopped.is_set():
            raise Stopped

    def stop(self) -> None:
        self._stopped.set()

    def listen(self, told: Told) -> None:
        self._told.append(told)
        if self.stage:
            told(self.stage, self.share)

    def leave(self, told: Told) -> None:
        self._told.remove(told)


_now: ContextVar[Work | None] = ContextVar("work", default=None)
_turns = threading.BoundedSemaphore(TURNS)


def working() -> Work:
    """The work at hand; where there is none, one that nobody listens to."""
    return _now.get() or Work()


def step(stage: str, done: float, of: float = 1.0) -> None:
    """Tell where the work at hand stands.

    Raises:
        Stopped: nobody waits for it any longer.
    """
    if work := _now.get():
        work.at(stage, done / of if of else 1.0)


@contextmanager
def within(work: Work) -> Iterator[Work]:
    """What is done in here is this work."""
    token = _now.set(work)
    try:
        yield work
    finally:
        _now.reset(token)


@contextmanager
def heard(told: Told) -> Iterator[Work]:
    """`told` hears of whatever is worked out in here, perhaps from another thread."""
    work = Work()
    work.listen(told)
    with within(work):
        yield work


async def aside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function returns, worked out in a thread of its own."""
    loop, work = asyncio.get_running_loop(), Work()
    if outer := _now.get():
        work.listen(outer.tell)
    done: asyncio.Future[T] = loop.create_future()
    context = copy_context()
    context.run(_now.set, work)

    def finish(error: BaseException | None, value: T | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(value)  # type: ignore[arg-type]

    def run() -> None:
        error, value = None, None
        try:
            with _turn(work):
                value = context.run(function, *args, **kwargs)
        except BaseException as found:
            error = found
        with suppress(RuntimeError):  # the loop is closed: nobody is left to hear
            loop.call_soon_threadsafe(finish, error, value)

    threading.Thread(target=run, daemon=True, name="tieline work").start()
    try:
        return await done
    except asyncio.CancelledError:
        work.stop()
        raise


@contextmanager
def _turn(work: Work) -> Iterator[None]:
    while not _turns.acquire(timeout=ASK):
        work.check()
    try:
        work.check()
        yield
    finally:
        _turns.release()
