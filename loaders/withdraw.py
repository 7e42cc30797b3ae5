"""Taking back all that a source said, as if it had never been loaded."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from tieline.database.graph import Graph, Rows, Steps
from tieline.errors import NotFound
from tieline.loaders.batch import Figures, apply
from tieline.loaders.plan import COMPUTED
from tieline.schema.records import digest

log = logging.getLogger("tieline.withdraw")
SIZE = 1000
DRY_SECONDS = 3600.0
UNTOLD = ("uid", "lock", *COMPUTED)  # of a thing's properties: no source says them

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
    """Batch by batch, each in a transaction.

    The journal's lines go first: a load of a file half taken back must not say that it is in.
    """
    known = _shared(graph.read, slug)
    graph.write(lambda steps: steps.run("load/unload", slug=slug))
    total = Figures()
    while uids := _rows(graph.read, slug):
        total.add(graph.write(partial(_batch, slug, uids)))
        _tell(progress, total)
    graph.write(lambda steps: steps.run("load/forget", slug=slug))
    return _taken(total, known, graph.read)


class _Undone(Exception):
    """Raised so that the transaction is rolled back."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.taken = taken


def _rehearse(graph: Graph, slug: str, progress: Progress | None) -> Taken:
    """The same steps in one transaction, rolled back. The driver may have to repeat it."""

    def work(steps: Steps) -> None:
        known = _shared(steps.run, slug)
        steps.run("load/unload", slug=slug)
        total = Figures()
        while uids := _rows(steps.run, slug):
            total.add(_batch(slug, uids, steps))
            _tell(progress, total)
        steps.run("load/forget", slug=slug)
        raise _Undone(_taken(total, known, steps.run))

    try:
        graph.write(work, DRY_SECONDS)
    except _Undone as undone:
        return undone.taken
    raise AssertionError("a rehearsal ends by being undone")


def _rows(ask: Ask, slug: str) -> list[str]:
    return [row["uid"] for row in ask("load/source_rows", slug=slug, most=SIZE)]


def _batch(slug: str, uids: list[str], steps: Steps) -> Figures:
    steps.run("load/hold", slug=slug)
    return apply(steps, slug, [], uids)


def _tell(progress: Progress | None, total: Figures) -> None:
    if progress:
        progress(total.written)


def _shared(ask: Ask, slug: str) -> dict[str, str]:
    """Others' records of the things that this source speaks of too, each with what these are."""
    return {uid: _likeness(row) for row in ask("load/shared", slug=slug) for uid in row["others"]}


def _likeness(row: Mapping[str, Any]) -> str:
    """Equal where a thing reads the same, whatever its uid."""
    props = {k: str(v) for k, v in row["props"].items() if k not in UNTOLD}
    return digest(props, sorted(row["labels"]))


def _taken(total: Figures, known: Mapping[str, str], ask: Ask) -> Taken:
    taken = Taken(total.written)
    for kind, more in total.created.items():
        (taken.begun if more > 0 else taken.gone)[kind] += abs(more)
    seen: dict[str, tuple[str, bool]] = {}
    left = iter(sorted(known))
    while uids := list(islice(left, SIZE)):
        for row in ask("load/remain", rows=uids):
            differs = _likeness(row) != known[row["uid"]]
            seen[row["node"]] = (row["kind"], differs)
    taken.stay.update(kind for kind, _ in seen.values())
    taken.changed.update(kind for kind, differs in seen.values() if differs)
    taken.relationships, taken.observations = -total.relationships, -total.observations
    taken.ties = -total.ties
    return taken
