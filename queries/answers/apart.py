"""Work in processes of its own: what holds the interpreter for long would keep all others waiting.

    found = await aside(apart, compare, blocks, "comparing projects")     # in their order

Each process is given one item after the other. Nobody waits any longer, or Ctrl-C: the processes
are ended, in whatever they are, within WAIT seconds.
"""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from typing import TypeVar

from tieline.queries.answers.work import step

S = TypeVar("S")
T = TypeVar("T")
WAIT = 0.2  # seconds between looks whether it is still wanted


def apart(
    function: Callable[[S], T], items: Sequence[S], stage: str, processes: int | None = None
) -> list[T]:
    """What a function at the top of a module returns of each item.

    Raises:
        Stopped: nobody waits any longer.
    """
    found: list[T] = []
    if not items:
        return found
    context = multiprocessing.get_context("spawn")  # a fork of many threads may hang
    many = min(len(items), processes or os.cpu_count() or 1)
    with context.Pool(many, initializer=_alone) as pool:  # ended with the block, however it ends
        coming = pool.imap(function, items)
        while len(found) < len(items):
            step(stage, len(found), len(items))
            try:
                found.append(coming.next(timeout=WAIT))
            except multiprocessing.TimeoutError:
                continue
    return found


def _alone() -> None:
    """Ctrl-C is for the one who began this."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
