"""A load: batches of a file, each in one transaction together with its line in the journal.

    outcome = load_rows(graph, source, part, file_name, sha256, format, mapping_digest, rows)

source      the Source node's properties: slug, title, publisher, licence, lawful_basis, reliability
            (0, 1], audience 0-4, contact, retrieved (ISO date), public (bool); absent ones left out
part        which of the source's tables or files this is ("all" where there is but one)
rows        (position, Row or refusal), in file order; whatever is not a Row counts as refused;
            read one batch ahead, in another thread
size        rows of the file a batch; any size gives the same graph
retrieved   ISO date of this file, kept in the journal
progress    called after each batch with the rows read so far
dry_run     everything is done in one transaction that is rolled back: the figures are true, nothing
            is kept (the whole file is then held in memory)

A Row's record may be a thing (person, organisation, project, place, theme) or a STATEMENT. Both
ends of each of its edges are its own record or one of its mentions, and are things. Of an edge's
props, `audience` is what the row itself says of who may see it (absent: nothing narrower than the
source and the ends). An OBSERVED edge needs `kind`; `value` (1), `weight` (of its kind),
`answered_share` (1) and `reporter` (the row) have defaults; dates are ISO strings. Evidence of
shared work is derived here from the edges: formats do not write it.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any

from tieline.database.graph import Graph, Steps
from tieline.errors import LoadProblem
from tieline.loaders.batch import Figures, apply, basis
from tieline.loaders.change import Said
from tieline.schema.records import Row, digest

VERSION = "1"  # of the loader: another one makes the same file a new load
DRY_SECONDS = 3600.0
FINISHED, ALREADY_IN, DRY_RUN = "finished", "already in", "dry run"


@dataclass(slots=True)
class Outcome:
    """What a load did. `read` = `accepted` + `refused` are the file's own, the same on every run.

    `written`: rows that changed anything now. `entities[kind]`: `created` are things that stand now
    and did not; `matched` are things that others had named before and this source now names too.
    `relationships`, `observations`, `ties` (pairs): how many more there are after than before.
    `note`: a sentence a person should read, or "".
    """

    read: int = 0
    accepted: int = 0
    refused: int = 0
    written: int = 0
    state: str = FINISHED
    entities: dict[str, dict[str, int]] = field(default_factory=dict)
    relationships: int = 0
    observations: int = 0
    ties: int = 0
    seconds: float = 0.0
    graph_version: str = ""
    note: str = ""


def load_rows(
    graph: Graph,
    source: Mapping[str, Any],
    part: str,
    file_name: str,
    sha256: str,
    format: str,
    mapping_digest: str,
    rows: Iterable[tuple[Any, Row | Any]],
    *,
    size: int = 1000,
    retrieved: str | None = None,
    progress: Callable[[int], None] | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Load a file's rows, or go on where a load of it stopped, or say that it is in already.

    Raises:
        LoadProblem: the source is described otherwise than when its standing rows were loaded.
    """
    began = time.monotonic()
    uid = digest(source["slug"], part, sha256, mapping_digest, VERSION)
    load = {
        "source": source["slug"],
        "part": part,
        "file": file_name,
        "sha256": sha256,
        "format": format,
        "retrieved": retrieved,
    }
    outcome = _already_in(graph, uid)
    if outcome is None:
        way = _rehearse if dry_run else _commit
        outcome = way(graph, uid, source, load, _ahead(_batches(rows, size)), progress)
    outcome.seconds = time.monotonic() - began
    outcome.graph_version = graph.version()
    return outcome


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows `before` to `after` of the file; the cut is by rows read, so refusals never move it."""

    before: int
    after: int
    accepted: int
    rows: list[Said]


def _batches(rows: Iterable[tuple[Any, Row | Any]], size: int) -> Iterator[Batch]:
    """Rows sorted by uid; of two with one uid the later stands."""
    left, before = iter(rows), 0
    while chunk := list(islice(left, size)):
        good = [row for _, row in chunk if isinstance(row, Row)]
        last = {row.record.uid: row for row in good}
        after = before + len(chunk)
        said = [Said(last[uid]) for uid in sorted(last)]
        for each in said:
            each.signature  # noqa: B018  worked out here, off the path that the server waits on
        yield Batch(before, after, len(good), said)
        before = after


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The next batch is read and interpreted while the server works on this one."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while batch := coming.result():
            coming = reader.submit(next, batches, None)
            yield batch


def _already_in(graph: Graph, uid: str) -> Outcome | None:
    """What a finished load of this very file counted."""
    for row in graph.read("load/journal", uid=uid):
        if row["state"] == FINISHED:
            note = "This file is in already: nothing was written."
            counts = {key: row[key] for key in ("read", "accepted", "refused")}
            return Outcome(**counts, state=ALREADY_IN, note=note)
    return None


def _commit(
    graph: Graph,
    uid: str,
    source: Mapping[str, Any],
    load: Mapping[str, Any],
    batches: Iterable[Batch],
    progress: Callable[[int], None] | None,
) -> Outcome:
    """Each batch in its own transaction, together with its line in the journal."""
    note = graph.write(lambda steps: _begin(steps, uid, source, load))
    total, outcome = Figures(), Outcome(note=note)
    for batch in batches:
        total.add(graph.write(partial(_one, uid, source["slug"], batch)))
        _count(outcome, batch, progress)
    graph.write(lambda steps: _finish(steps, uid, outcome))
    return _told(outcome, total)


class _Undone(Exception):
    """Raised so that the transaction is rolled back."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _rehearse(
    graph: Graph,
    uid: str,
    source: Mapping[str, Any],
    load: Mapping[str, Any],
    batches: Iterable[Batch],
    progress: Callable[[int], None] | None,
) -> Outcome:
    """Everything in one transaction, rolled back at its end. The driver may have to repeat it."""
    held = list(batches)

    def work(steps: Steps) -> None:
        total = Figures()
        outcome = Outcome(state=DRY_RUN, note=_begin(steps, uid, source, load))
        for batch in held:
            total.add(_one(uid, source["slug"], batch, steps))
            _count(outcome, batch, progress)
        raise _Undone(_told(outcome, total))

    try:
        graph.write(work, DRY_SECONDS)
    except _Undone as undone:
        return undone.outcome
    raise AssertionError("a rehearsal ends by being undone")


def _begin(steps: Steps, uid: str, source: Mapping[str, Any], load: Mapping[str, Any]) -> str:
    """The source and the journal's line stand. A sentence about an earlier file, or ""."""
    slug = source["slug"]
    started = datetime.now(UTC).isoformat(timespec="seconds")
    line = dict(load) | {"state": "running", "rows": 0, "started": started}
    stands = steps.run("load/begin", slug=slug, source=dict(source), uid=uid, load=line)[0]
    if basis(stands["source"]) != basis(source):
        raise LoadProblem(
            f"{slug} is described with another reliability, audience or basis than when it was "
            f"loaded before. Describe it as before, or `tieline withdraw {slug}` and load all its "
            "files again."
        )
    if any(stands["source"].get(key) != value for key, value in source.items()):
        steps.run("load/describe", slug=slug, source=dict(source))
    earlier = steps.run("load/earlier", slug=slug, part=load["part"], uid=uid)
    return _EARLIER.format(part=load["part"], file=earlier[0]["file"]) if earlier else ""


_EARLIER = (
    "Part {part} was loaded before from {file}: rows of the same id are updated, "
    "rows that are only in the earlier file stay."
)


def _one(uid: str, slug: str, batch: Batch, steps: Steps) -> Figures:
    """One batch, unless it is in already; repeated by the driver on a transient error.

    Loads of one source take turns, batch by batch: two at once could both begin one new thing. A
    batch of another size may be in by half: that half says what it said and is left alone.
    """
    steps.run("load/hold", slug=slug)
    moved = steps.run("load/advance", uid=uid, before=batch.before, after=batch.after)
    if not moved or moved[0]["stood"] < batch.before:
        raise LoadProblem(f"{slug} was withdrawn while it was being loaded. Load it again.")
    if moved[0]["stood"] >= batch.after:
        return Figures()
    return apply(steps, slug, batch.rows, load=uid)


def _finish(steps: Steps, uid: str, outcome: Outcome) -> None:
    figures = {key: getattr(outcome, key) for key in ("read", "accepted", "refused")}
    figures["finished"] = datetime.now(UTC).isoformat(timespec="seconds")
    steps.run("load/finish", uid=uid, figures=figures)


def _count(outcome: Outcome, batch: Batch, progress: Callable[[int], None] | None) -> None:
    outcome.read = batch.after
    outcome.accepted += batch.accepted
    outcome.refused = outcome.read - outcome.accepted
    if progress:
        progress(batch.after)


def _told(outcome: Outcome, total: Figures) -> Outcome:
    kinds = sorted(kind for kind in total.created | total.matched)
    outcome.entities = {
        kind: {"created": max(0, total.created[kind]), "matched": total.matched[kind]}
        for kind in kinds
    }
    outcome.written, outcome.ties = total.written, total.ties
    outcome.relationships, outcome.observations = total.relationships, total.observations
    return outcome
