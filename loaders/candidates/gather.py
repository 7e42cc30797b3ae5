"""The graph's things as tables to compare: of each kind the columns that say who it is.

At each level only the things that may be seen there, and of them what whoever may see them may see:
what the comparison says tells nobody anything new. Whom consent hides from stewards too is not
compared at all, and people are compared for stewards alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tieline.database.graph import Graph
from tieline.loaders.candidates.columns import Column
from tieline.loaders.resolve import known
from tieline.queries.duplicates.same import REGISTERS
from tieline.schema.consent import LEVELS, STEWARD
from tieline.schema.identifiers import scheme

PAGE = 5_000
SEPARATOR = "|"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`columns`: (name as people read it, nature, how a row gives it).

    `across`: only of two sources. A funder's two grants of two ids are two, however alike.
    """

    name: str
    statement: str
    columns: tuple[tuple[str, str, Callable[[Row], str | None]], ...]
    across: bool = False
    levels: tuple[int, ...] = LEVELS

    @property
    def natures(self) -> list[Column]:
        return [Column(name, nature, 0, 0) for name, nature, _ in self.columns]


def _of(name: str) -> Callable[[Row], str | None]:
    return lambda row: row[name]


def _all(name: str) -> Callable[[Row], str | None]:
    return lambda row: SEPARATOR.join(row[name]) or None


def numbers(row: Row) -> str | None:
    """Its numbers in the registers, by their rank."""
    held = sorted((known(id).rank, id) for id in row["ids"] if scheme(id) in REGISTERS)
    return SEPARATOR.join(id for _, id in held) or None


ORGANISATION = Kind(
    "organisation",
    "candidates/organisations",
    (
        ("name", "named", _of("name")),
        ("web address", "web", _of("web")),
        ("place", "place", _all("places")),
        ("registered number", "register", numbers),
    ),
)
PERSON = Kind(
    "person",
    "candidates/people",
    (
        ("name", "named", _of("name")),
        ("place", "place", _all("places")),
        ("organisation", "lead", _all("bodies")),
    ),
    levels=(STEWARD,),
)
PROJECT = Kind(
    "project",
    "candidates/projects",
    (
        ("title", "text", _of("name")),
        ("description", "prose", _of("description")),
        ("lead", "lead", _all("leads")),
        ("place", "place", _all("places")),
        ("start", "date", _of("starts")),
        ("funder", "funder", _all("funders")),
        ("amount", "figure", _of("amount")),
    ),
    across=True,
)
KINDS = {kind.name: kind for kind in (ORGANISATION, PERSON, PROJECT)}


def gather(graph: Graph, kind: Kind, level: int = STEWARD) -> list[Row]:
    """Every thing of a kind that a level sees: its row with `id`, `source` and the columns."""
    found: list[Row] = []
    while True:
        after = found[-1]["uid"] if found else ""
        page = graph.read(kind.statement, after=after, limit=PAGE, level=level)
        found += [_told(kind, row) for row in page if row["records"]]
        if len(page) < PAGE:
            return found


def _told(kind: Kind, row: Row) -> Row:
    said = {name: give(row) for name, _, give in kind.columns}
    others = SEPARATOR.join(row.get("others") or []) or None
    return row | said | {"id": row["uid"], "source": whose(row["records"]), "others": others}


def whose(records: Iterable[str]) -> str:
    """The source whose records describe a thing, or the sources."""
    return " ".join(sorted({uid.split(":")[0] for uid in records}))
