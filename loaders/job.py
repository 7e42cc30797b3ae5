"""One load's line in the journal: begun, moved on with each batch, finished.

Each of these is part of the transaction whose work it tells of. Loads of one source take turns,
since each holds the Source first; of one part only one file comes in at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import LoadProblem
from tieline.loaders.batch import Figures, basis
from tieline.loaders.pulse import pulse, rest
from tieline.loaders.replace import Replaced, others

FINISHED, RUNNING, WITHDRAWN = "finished", "running", "withdrawn"


@dataclass(frozen=True, slots=True)
class Job:
    """One load: the Load's uid, its Source's and its own properties.

    `old`: what it takes the place of, as it was looked up before; None where nobody looked.
    """

    uid: str
    source: Mapping[str, Any]
    load: Mapping[str, Any]
    old: Replaced | None
    progress: Callable[[int], None] | None

    @property
    def slug(self) -> str:
        return str(self.source["slug"])

    @property
    def own(self) -> Sequence[str]:
        """The loads of the part."""
        return self.old.loads if self.old else [self.uid]


class Moved(Exception):
    """Another file of the part came in since it was looked up what this one takes the place of."""


def begin(job: Job, steps: Steps) -> Figures:
    """The source and the journal's line stand, and no other file of the part is coming in.

    Raises:
        LoadProblem: the source is described otherwise than before, or is being taken back.
        Moved: look up again what the file takes the place of.
    """
    slug, source = job.slug, dict(job.source)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    line = dict(job.load) | {"state": RUNNING, "rows": 0, "started": started}
    stands = steps.run("load/begin", slug=slug, source=source, uid=job.uid, load=line)[0]["source"]
    if stands.get("leaving"):
        raise LoadProblem(
            f"{slug} is being withdrawn, and not all of it is out yet. Finish that first: "
            f"tieline withdraw {slug}. Then load it again."
        )
    if job.old and job.old.others != others(steps.run, job.uid, job.load):
        raise Moved
    describe(stands, source, steps)
    part, retrieved = job.load["part"], job.load["retrieved"]
    steps.run("load/go", uid=job.uid, slug=slug, part=part, retrieved=retrieved)
    pulse(steps, job.uid)
    return Figures()


def describe(stands: Mapping[str, Any], source: Mapping[str, Any], steps: Steps) -> None:
    """What the source says of itself now, where that moves no figure.

    Raises:
        LoadProblem: it would move figures.
    """
    slug = source["slug"]
    if basis(stands) != basis(source):
        raise LoadProblem(
            f"{slug} is described with another reliability, audience or basis than when it was "
            f"loaded before. Describe it as before, or `tieline withdraw {slug}` and load all its "
            "files again."
        )
    if any(stands.get(key) != value for key, value in source.items()):
        steps.run("load/describe", slug=slug, source=dict(source))


def advance(job: Job, before: int, after: int, steps: Steps) -> int:
    """The rows that were in; nobody else of this source moves before the batch ends.

    Raises:
        LoadProblem: the source was withdrawn, or another file takes this one's place.
    """
    key = {"slug": job.slug, "uid": job.uid}
    moved = steps.run("load/advance", before=before, after=after, **key)
    state = moved[0]["state"] if moved else WITHDRAWN
    if state == FINISHED:
        return after  # by another who loads the same file
    if state == WITHDRAWN or moved[0]["stood"] < before:
        raise LoadProblem(f"{job.slug} was withdrawn while it was being loaded. Load it again.")
    if state != RUNNING:
        raise LoadProblem(
            f"Another file of {job.slug}, part {job.load['part']}, is being loaded in this one's "
            "place. If this one is to stand, load it again; of two tables, give each a --part."
        )
    return int(moved[0]["stood"])


def finish(job: Job, figures: Mapping[str, Any], steps: Steps) -> Figures:
    """The whole file is in: it stands for its part."""
    advance(job, figures["read"], figures["read"], steps)
    finished = datetime.now(UTC).isoformat(timespec="seconds")
    told = dict(figures) | {"finished": finished}
    steps.run("load/finish", uid=job.uid, slug=job.slug, part=job.load["part"], figures=told)
    rest(steps, job.uid)
    return Figures()
