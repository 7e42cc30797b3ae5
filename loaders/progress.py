"""How a load goes on, on stderr: a bar with rate and time left, or plain lines when piped."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

EVERY = 5.0  # seconds between plain lines

Step = Callable[[int, float], None]  # rows read so far, share of the file read (0 to 1)


class _Rate(ProgressColumn):
    """Rows so far and rows a second."""

    def render(self, task: Task) -> Text:
        rows, rate = task.fields["rows"], task.fields["rows"] / max(task.elapsed or 0, 0.1)
        return Text(f"{rows:,} rows, {rate:,.0f} a second")


@contextmanager
def progress(name: str) -> Iterator[Step]:
    """Tells how the reading of `name` goes on, each time the step is called."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plainly(name, console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(name, total=1.0, rows=0)
        yield lambda rows, share: bar.update(task, completed=min(share, 1.0), rows=rows)


def _plainly(name: str, console: Console) -> Step:
    began = last = time.monotonic()

    def step(rows: int, share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            rate = rows / (now - began)
            console.out(
                f"{name}: {rows:,} rows read, {rate:,.0f} a second, {share:.0%} of the file"
            )

    return step
