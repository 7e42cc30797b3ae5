"""Taking back all that a source said, as if it had never been loaded."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tieline.database.graph import Graph, Rows, Steps
from tieline.errors import NotFound
from tieline.loaders.batch import Figures, apply
from tieline.loaders.journal import surely
from tieline.loaders.others import Others

log = logging.getLogger("tieline.withdraw")
SIZE = 1000
DRY_SECONDS = 3600.0

Ask = Callable[..., Rows]
Progress = Callable[[int], None]


@dataclass
class Taken:
    """What was taken back, or would be.

    `gone`: things by kind that stand no more; `begun`: those that a join by this source had held
    together, one more for each parting. `stay`: things that others speak of too, and `changed`
    those of them that read otherwise now. `relationships`, `observations`, `ties` (pairs): how many
    fewer there are.
    """

    rows: int = 0
    gone: Counter[str] = field(default_factory=Counter)
    begun: Counter[str] = field(default_factory=Counter)
    stay: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    relationships: int = 0
    observations: int = 0
    ties: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """What `tieline withdraw --json` prints of it."""
        counts = {"gone": self.gone, "begun": self.begun, "stay": self.stay}
        counts["changed"] = self.changed
        kinds = sorted({kind for each in counts.values() for kind in each})
        entities = {k: {name: each[k] for name, each in counts.items()} for k in kinds}
        figures = {name: getattr(self, name) for name in ("relationships", "observations", "ties")}
        return {"entities": entities, **figures, "seconds": round(self.seconds, 3)}


def withdraw(
    graph: Graph, slug: str, progress: Progress | None = None, dry_run: bool = False
) -> Taken:
    """Take it back; stopped and run again, it goes on, and tells of the rest.

    `progress` is called after each batch with the rows taken back so far. `dry_run`: all is done in
    one transaction that is rolled back, so the figures are those that the real one will have.

    Raises:
        NotFound: there is no such source.
    """
    began = time.monotonic()
    if not graph.read("load/source", slug=slug):
        raise NotFound(f"No source is called {slug}. `tieline loads` lists those there are.")
    taken = _rehearse(graph, slug, progress) if dry_run else _commit(graph, slug, progress)
    taken.seconds = time.monotonic() - began
    told = {"source": slug.partition(":")[0], "rows": taken.rows, "ms": round(taken.seconds * 1000)}
    log.info("rehearsed" if dry_run else "withdrawn", extra={"told": told})
    return taken


def _commit(graph: Graph, slug: str, progress: Progress | None) -> Taken:
    """Batch by batch, each in a transaction; from the first on nothing of it can be loaded."""
    with Others() as others:
        others.note(graph.stream("load/shared", slug=slug))
        surely(graph, partial(_leave, slug))
        total = Figures()
        for uids in _rows(graph.read, slug):
            total.add(surely(graph, partial(_batch, slug, uids)))
            _tell(progress, total)
        surely(graph, partial(_forget, slug))
        return _taken(total, others, graph.read)


class _Undone(Exception):
    """Raised so that the transaction is rolled back."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.taken = taken


def _rehearse(graph: Graph, slug: str, progress: Progress | None) -> Taken:
    """The same steps in one transaction, rolled back. The driver may have to repeat it."""

    def work(steps: Steps) -> None:
        with Others() as others:
            others.note(steps.stream("load/shared", slug=slug))
            total = _leave(slug, steps)
            for uids in _rows(steps.run, slug):
                total.add(_batch(slug, uids, steps))
                _tell(progress, total)
            _forget(slug, steps)
            raise _Undone(_taken(total, others, steps.run))

    try:
        graph.write(work, DRY_SECONDS)
    except _Undone as undone:
        return undone.taken
    raise AssertionError("a rehearsal ends by being undone")


def _leave(slug: str, steps: Steps) -> Figures:
    steps.run("load/leave", slug=slug)
    return Figures()


def _rows(ask: Ask, slug: str) -> Iterator[list[str]]:
    after, end = f"{slug}:", f"{slug};"  # the sign after the colon
    while uids := [
        row["uid"] for row in ask("load/source_rows", slug=slug, after=after, end=end, most=SIZE)
    ]:
        yield uids
        after = uids[-1]


def _batch(slug: str, uids: list[str], steps: Steps) -> Figures:
    steps.run("load/hold", slugs=[slug])
    return apply(steps, slug, [], uids)


def _forget(slug: str, steps: Steps) -> Figures:
    steps.run("load/forget", slug=slug)
    return Figures()


def _tell(progress: Progress | None, total: Figures) -> None:
    if progress:
        progress(total.written)


def _taken(total: Figures, others: Others, ask: Ask) -> Taken:
    taken = Taken(total.written)
    for kind, more in total.created.items():
        (taken.begun if more > 0 else taken.gone)[kind] += abs(more)
    for kind, differs in others.now(ask):
        taken.stay[kind] += 1
        taken.changed[kind] += differs
    taken.relationships, taken.observations = -total.relationships, -total.observations
    taken.ties = -total.ties
    return taken
