"""A load from file to graph: the tasks of a wish, one by one, and what came of each."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tieline.database.graph import Graph
from tieline.loaders.journal import ALREADY_IN, DRY_RUN, Outcome, load_rows
from tieline.loaders.progress import progress
from tieline.loaders.report import Notes, Refusals
from tieline.loaders.source import NOT_STATED, Source
from tieline.loaders.tasks import Task

log = logging.getLogger("tieline.load")
SHOWN = 3  # of what is told of by id


@dataclass(frozen=True, slots=True)
class Loaded:
    """One task done: the figures, and what was noticed on the way."""

    task: Task
    outcome: Outcome
    notes: Notes

    def as_json(self) -> dict[str, Any]:
        """What `tieline load --json` prints of it."""
        names = ("read", "accepted", "refused", "written", "gone", "entities")
        more = ("relationships", "observations", "ties", "seconds", "graph_version")
        figures = {name: getattr(self.outcome, name) for name in (*names, *more)}
        figures["seconds"] = round(self.outcome.seconds, 3)
        head = {"source": self.task.source.slug, "part": self.task.part}
        return head | {"file": self.task.path.name, "format": self.task.format} | figures


def run(
    graph: Graph,
    task: Task,
    refusals: Refusals,
    *,
    strict: bool = False,
    dry_run: bool = False,
    allow_shrink: bool = False,
) -> Loaded:
    """Load one file or sheet.

    Raises:
        BadInput: the file cannot be read as its mapping says.
        LoadProblem: the graph holds something that this load contradicts, or an older file came.
    """
    notes = Notes(strict=strict)
    if task.source.folder is None:
        notes.say(
            f"warning: nobody has described the source {task.source.slug}: its people will be "
            "seen by weavers, the rest by all, and its word weighs in full. "
            f"Describe it: tieline source init {task.source.slug}"
        )
    name = task.path.name if task.part == "all" else f"{task.path.name} ({task.part})"
    with progress(name) as step:
        outcome = load_rows(
            graph,
            task.source.properties,
            task.part,
            task.path.name,
            task.sha256(),
            task.format,
            f"{task.mapping_digest}{' strict' if strict else ''}",
            refusals.watch(task.rows(notes), notes),
            retrieved=task.source.retrieved,
            progress=lambda rows: step(rows, notes.share()),
            dry_run=dry_run,
            again=lambda: task.rows(Notes(strict=strict)),
            allow_shrink=allow_shrink,
        )
    _log(task, outcome)
    if outcome.state == ALREADY_IN and outcome.refused:
        for _ in refusals.watch(task.rows(notes), notes):  # refused before: they are told again
            pass
    return Loaded(task, outcome, notes)


def _log(task: Task, outcome: Outcome) -> None:
    told = {"source": task.source.slug, "part": task.part, "format": task.format}
    told |= {name: getattr(outcome, name) for name in ("state", "read", "refused", "written")}
    log.info("load ended", extra={"told": told | {"ms": round(outcome.seconds * 1000)}})


def unexpected(graph: Graph, source: Source, done: list[Loaded]) -> Iterator[str]:
    """Kinds of which the source now names fewer or more than its description expects.

    Fewer is only told of once all of its tables were loaded: the others may come later.
    """
    if any(each.outcome.state == DRY_RUN for each in done) or source.lawful_basis == NOT_STATED:
        return
    if not source.expected:
        return
    layout = done[0].task.mapping if done else None
    whole = layout is None or len(done) >= len(layout.tables)
    named = {row["kind"]: row["things"] for row in graph.read("sources/named", slug=source.slug)}
    for kind, (low, high) in source.expected.items():
        count = named.get(kind, 0)
        if count > high or (whole and count < low):
            yield (
                f"warning: {source.slug} names {count:,} of kind {kind}, where {low:,} to {high:,} "
                "are expected. Look at what was refused, or correct its source.toml."
            )


def nameless(graph: Graph, source: Source, done: list[Loaded]) -> Iterator[str]:
    """Ids that a tie or membership speaks of and no row names: hidden until one does."""
    if any(each.outcome.state == DRY_RUN for each in done):
        return
    for row in graph.read("sources/nameless", slug=source.slug, most=SHOWN):
        if row["things"]:
            ids = [each.removeprefix(f"local-{source.slug}-") for each in row["ids"]]
            more = " ..." if row["things"] > len(ids) else ""
            yield (
                f"warning: {row['things']:,} that {source.slug} speaks of are named by no row: "
                f"{', '.join(ids)}{more}. They stay hidden until one names them: correct the id, "
                "or load the file that holds them."
            )
