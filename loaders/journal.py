"""A load: batches of a file, each in one transaction together with its line in the journal.

    outcome = load_rows(graph, source, part, file_name, sha256, format, mapping_digest, rows)

source      the Source node's properties: slug, title, publisher, licence, lawful_basis, reliability
            (0, 1], audience 0-4, contact, retrieved (ISO date), public (bool); absent ones left out
part        which of the source's tables or files this is ("all" where there is but one)
rows        (position, Row or refusal), in file order; whatever is not a Row counts as refused
size        rows of the file a batch; any size gives the same graph
retrieved   ISO date of this file, kept in the journal
progress    called after each batch with the rows read so far
dry_run     everything is done in one transaction that is rolled back: the figures are true, nothing
            is kept (the whole file is then held in memory)

A Row's record may be a thing (person, organisation, project, place, theme) or a STATEMENT. Both
ends of each of its edges are its own record or one of its mentions, and are things. Of an edge's
props, `audience` is what the row itself says of who may see it (absent: nothing narrower than the
source and the ends). An OBSERVED edge needs `kind` and `value`; `weight` (of its kind), `answered_share`
(1) and `reporter` (the row) have defaults; dates are ISO strings. Evidence of shared work is derived
here from the edges: formats do not write it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tieline.database.graph import Graph
from tieline.schema.records import Row

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
    raise NotImplementedError
