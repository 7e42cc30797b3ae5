"""How far a long question is, on stderr: a bar where a person looks, plain lines where it is piped.

What is answered within QUICK seconds shows nothing. Ctrl-C gives it up at once.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from tieline.queries.answers.work import heard

QUICK = 0.7  # seconds
EVERY = 5.0  # seconds between plain lines


@contextmanager
def telling() -> Iterator[None]:
    """Whatever is worked out in here tells how far it is."""
    shown = _Shown(Console(stderr=True, markup=False, highlight=False))
    try:
        with heard(shown.told):
            yield
    except KeyboardInterrupt:
        shown.close()
        click.echo("Given up. Nothing was changed.", err=True)
        raise
    finally:
        shown.close()


class _Shown:
    """Told from whichever thread works."""

    def __init__(self, console: Console) -> None:
        self._console, self._lock = console, threading.Lock()
        self._began = self._last = time.monotonic()
        self._bar: Progress | None = None
        self._task, self._closed = TaskID(0), False

    def told(self, stage: str, share: float) -> None:
        with self._lock:
            now = time.monotonic()
            if self._closed or now - self._began < QUICK:
                return
            if self._console.is_terminal:
                self._draw(stage, share)
            elif now - self._last >= EVERY:
                self._last = now
                self._console.out(f"{stage}: {share:.0%}")

    def _draw(self, stage: str, share: float) -> None:
        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._bar.start()
            self._task = self._bar.add_task(stage, total=1.0)
        self._bar.update(self._task, description=stage, completed=share)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._bar:
                self._bar.stop()
                self._bar = None
