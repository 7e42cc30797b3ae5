"""A load: batches of a file, each in one transaction together with its line in the journal.

    outcome = load_rows(graph, source, part, file_name, sha256, format, mapping_digest, rows)

source      the Source node's properties: slug, title, publisher, licence, lawful_basis, reliability
            (0, 1], audience 0-4, contact, retrieved (ISO date), public (bool); absent ones left out
part        which of the source's tables or files this is ("all" where there is but one)
rows        (position, Row or refusal), in file order; whatever is not a Row counts as refused;
            read one batch ahead, in another thread
again       gives the file's rows and refusals from the beginning: asked for where an earlier file
            of the part stands (replace.py). A list of rows needs none; without it, of rows that
            can be read only once, what is gone from them stays
allow_shrink   even if over a fifth of the part's rows are gone
size        rows of the file a batch (fewer in the first); any size gives the same graph
retrieved   ISO date of this file: an older one than stands for the part is refused
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

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from tieline.database.graph import WRITE_SECONDS, Graph, Steps
from tieline.errors import LoadProblem, TookTooLong, Unknown
from tieline.loaders.batch import Figures, apply
from tieline.loaders.change import Said
from tieline.loaders.job import FINISHED, Job, Moved, advance, begin, describe, finish
from tieline.loaders.pulse import worked_on
from tieline.loaders.replace import Ask, Replaced, replaced
from tieline.schema.records import Row, digest

VERSION = "1"  # of the loader: another one makes the same file a new load
DRY_SECONDS = 3600.0
FIRST = 8  # the first batch is that much smaller: until it is read the server has nothing to do
AWAY = 1000  # gone rows a transaction
RINGS = 100_000  # objects made before Python looks for rings of them
TRIES = 10  # of a commit whose reply is lost
ALREADY_IN, DRY_RUN = "already in", "dry run"


@dataclass(slots=True)
class Outcome:
    """What a load did. `read` = `accepted` + `refused` are the file's own, the same on every run.

    `written`: rows that changed anything now; `gone`: rows of the earlier file of the part that
    this one does not say, taken away now. `entities[kind]`: `created` are things that stand now
    and did not; `matched` are things that others had named before and this source now names too.
    `relationships`, `observations`, `ties` (pairs): how many more there are after than before.
    `note`: a sentence a person should read. `newest`: the newest date that a row gives.
    """

    read: int = 0
    accepted: int = 0
    refused: int = 0
    written: int = 0
    gone: int = 0
    state: str = FINISHED
    entities: dict[str, dict[str, int]] = field(default_factory=dict)
    relationships: int = 0
    observations: int = 0
    ties: int = 0
    seconds: float = 0.0
    graph_version: str = ""
    note: str = ""
    newest: str = ""


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
    again: Callable[[], Iterable[Row | Any]] | None = None,
    allow_shrink: bool = False,
) -> Outcome:
    """Load a file's rows, or go on where a load of it stopped, or say that it is in already.

    Raises:
        LoadProblem: the source is described otherwise than when its standing rows were loaded; the
            file is older than what stands for its part, or lacks over a fifth of that.
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
    outcome = _already_in(graph, uid, source, load, dry_run)
    if outcome is None:
        batches = _ahead(_batches(rows, size))

        def look() -> Job:
            old = _replaced(graph, uid, load, rows, again, allow_shrink)
            return Job(uid, source, load, old, progress)

        with _seldom():
            if dry_run:
                outcome = _in_turn(look, partial(_rehearse, graph, list(batches)))
            else:
                outcome = _in_turn(look, partial(_commit, graph, batches))
    outcome.seconds = time.monotonic() - began
    outcome.graph_version = graph.version()
    return outcome


def _in_turn(look: Callable[[], Job], way: Callable[[Job], Outcome]) -> Outcome:
    """Look what the file takes the place of, and load it, if that is still so when it begins."""
    for left in reversed(range(TRIES)):
        try:
            return way(job := look())
        except Moved:
            if not left:
                raise LoadProblem(
                    f"Other files of {job.slug}, part {job.load['part']}, come in again and again. "
                    "Load this one when they are done; of several tables, give each a --part."
                ) from None
    raise AssertionError("it is tried at least once")


@contextmanager
def _seldom() -> Iterator[None]:
    """Rows make many objects and no rings: looking for rings often is a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(RINGS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _replaced(
    graph: Graph,
    uid: str,
    load: Mapping[str, Any],
    rows: Iterable[Any],
    again: Callable[[], Iterable[Any]] | None,
    allow_shrink: bool,
) -> Replaced | None:
    if again is None and not isinstance(rows, Sequence):
        return None
    whole = again() if again else (row for _, row in rows)
    return replaced(graph.read, uid, load, whole, allow_shrink=allow_shrink)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows `before` to `after` of the file; the cut is by rows read, so refusals never move it."""

    before: int
    after: int
    accepted: int
    rows: list[Said]
    newest: str  # date that a row gives


def _batches(rows: Iterable[tuple[Any, Row | Any]], size: int) -> Iterator[Batch]:
    """Rows sorted by uid; of two with one uid the later stands."""
    left, before = iter(rows), 0
    while chunk := list(islice(left, size if before else size // FIRST or size)):
        good = [row for _, row in chunk if isinstance(row, Row)]
        last = {row.record.uid: row for row in good}
        after = before + len(chunk)
        said = [Said(last[uid]) for uid in sorted(last)]
        for each in said:
            each.signature  # noqa: B018  worked out here, off the path that the server waits on
        newest = max((row.record.date for row in good), default="")
        yield Batch(before, after, len(good), said, newest)
        before = after


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The next batch is read and interpreted while the server works on this one."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while batch := coming.result():
            coming = reader.submit(next, batches, None)
            yield batch


def _already_in(
    graph: Graph, uid: str, source: Mapping[str, Any], load: Mapping[str, Any], dry_run: bool
) -> Outcome | None:
    """What a finished load of this very file counted.

    What the source says of itself may be news all the same, and that it was fetched again is.
    """
    for row in graph.read("load/journal", uid=uid):
        if row["state"] == FINISHED and not row["another"]:
            again = load["retrieved"] and load["retrieved"] > (row["retrieved"] or "")
            if not dry_run and (again or _news(row["source"], source)):
                graph.write(partial(_anew, uid, row["source"], source, load["retrieved"]))
            note = "This file is in already: nothing was written."
            counts = {key: row[key] for key in ("read", "accepted", "refused")}
            return Outcome(**counts, state=ALREADY_IN, note=note)
    return None


def _news(stands: Mapping[str, Any], source: Mapping[str, Any]) -> bool:
    return any(stands.get(key) != value for key, value in source.items())


def _anew(
    uid: str,
    stands: Mapping[str, Any],
    source: Mapping[str, Any],
    retrieved: str | None,
    steps: Steps,
) -> None:
    describe(stands, source, steps)
    steps.run("load/fetched", uid=uid, retrieved=retrieved)


def _commit(graph: Graph, batches: Iterable[Batch], job: Job) -> Outcome:
    """Each batch in its own transaction, together with its line in the journal."""
    surely(graph, partial(begin, job))
    total, outcome = Figures(), Outcome()
    with worked_on(graph, job.uid):
        for batch in batches:
            total.add(surely(graph, partial(_one, job, batch)))
            _count(outcome, batch, job)
        for some in _gone(job, graph.read):
            _add_gone(outcome, total, surely(graph, partial(_away, job, outcome.read, some)))
        figures = {key: getattr(outcome, key) for key in ("read", "accepted", "refused", "newest")}
        surely(graph, partial(finish, job, figures))
    return _told(outcome, total)


def surely(
    graph: Graph, work: Callable[[Steps], Figures], seconds: float = WRITE_SECONDS
) -> Figures:
    """Do work that is harmless to repeat, and repeat it where the reply to its commit was lost, or
    once where its time ran out: the machine may have slept over it.

    What it did is told by the attempt that did it: one that finds all done says nothing.

    Raises:
        Unknown: the connection went each time.
        TookTooLong: its time ran out twice.
    """
    told: list[Figures] = []
    slept = False

    def attempt(steps: Steps) -> None:
        told.append(work(steps))

    for left in reversed(range(TRIES)):
        try:
            graph.write(attempt, seconds)
            break
        except Unknown:
            if not left:
                raise
        except TookTooLong:
            if slept or not left:
                raise
            slept = True
    return next((each for each in reversed(told) if each.written), told[-1])


class _Undone(Exception):
    """Raised so that the transaction is rolled back."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _rehearse(graph: Graph, batches: Sequence[Batch], job: Job) -> Outcome:
    """Everything in one transaction, rolled back at its end. The driver may have to repeat it."""

    def work(steps: Steps) -> None:
        begin(job, steps)
        total, outcome = Figures(), Outcome(state=DRY_RUN)
        for batch in batches:
            total.add(_one(job, batch, steps))
            _count(outcome, batch, job)
        for some in _gone(job, steps.run):
            _add_gone(outcome, total, _away(job, outcome.read, some, steps))
        raise _Undone(_told(outcome, total))

    try:
        graph.write(work, DRY_SECONDS)
    except _Undone as undone:
        return undone.outcome
    raise AssertionError("a rehearsal ends by being undone")


def _one(job: Job, batch: Batch, steps: Steps) -> Figures:
    """One batch, unless it is in already; repeated by the driver on a transient error.

    Loads of one source take turns, batch by batch: two at once could both begin one new thing. A
    batch of another size may be in by half: that half says what it said and is left alone.
    """
    if advance(job, batch.before, batch.after, steps) >= batch.after:
        return Figures()
    return apply(steps, job.slug, batch.rows, load=job.uid, own=job.own)


def _gone(job: Job, ask: Ask) -> Iterator[list[str]]:
    """Rows that the file no longer says, a batch at a time."""
    for page in job.old.gone(ask) if job.old else ():
        for n in range(0, len(page), AWAY):
            yield page[n : n + AWAY]


def _away(job: Job, read: int, uids: Sequence[str], steps: Steps) -> Figures:
    """Take these rows away; those that are gone already, or that another part says, stay so."""
    advance(job, read, read, steps)
    return apply(steps, job.slug, [], uids, own=job.own)


def _add_gone(outcome: Outcome, total: Figures, figures: Figures) -> None:
    outcome.gone += figures.written
    figures.written = 0
    total.add(figures)


def _count(outcome: Outcome, batch: Batch, job: Job) -> None:
    outcome.read = batch.after
    outcome.accepted += batch.accepted
    outcome.refused = outcome.read - outcome.accepted
    outcome.newest = max(outcome.newest, batch.newest)
    if job.progress:
        job.progress(batch.after)


def _told(outcome: Outcome, total: Figures) -> Outcome:
    kinds = sorted(kind for kind in total.created | total.matched)
    outcome.entities = {
        kind: {"created": max(0, total.created[kind]), "matched": total.matched[kind]}
        for kind in kinds
    }
    outcome.written, outcome.ties = total.written, total.ties
    outcome.relationships, outcome.observations = total.relationships, total.observations
    return outcome
