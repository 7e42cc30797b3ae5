"""What every thing in the graph shares: an id, a name, and who said so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import strawberry

from tieline.graphql.ids import global_id
from tieline.graphql.marks import Row, fetched, planned, said


def relay(row: Row) -> str:
    return global_id(row["__typename"], row["uid"])


@dataclass(frozen=True)
class OfValue:
    """How a leaf is read that depends on the value of its column alone."""

    column: str
    of: Callable[[Any], Any]

    def __call__(self, row: Row) -> Any:
        return self.of(row.get(self.column))


def day(value: Any) -> date | None:
    """A date however the graph keeps it: as a date, a moment or ISO text."""
    text = str(value or "")[:10]  # a year or a month stands for its first day
    return _dated(text) if text else None


@lru_cache(4_096)
def _dated(text: str) -> date:
    return date.fromisoformat(text + "0001-01-01"[len(text) :])


def dated(description: str, column: str, by_level: bool = False, name: str | None = None) -> Any:
    return said(description, column, read=OfValue(column, day), by_level=by_level, name=name)


def upper(column: str) -> Any:
    """A stored word as the name of an enum value."""

    def read(row: Row) -> str | None:
        value = row.get(column)
        return None if value is None else str(value).upper().replace(" ", "_")

    return read


@strawberry.interface(description="Anything with an id of its own.")
class Node:
    id: strawberry.ID = said("Its global id: node(id:) finds it again.", "uid", read=relay)


@strawberry.type(description="Where facts come from: a partner's data, or a person's own word.")
class Source(Node):
    uid: str = said("Its short name.", "slug")
    title: str | None = said("What it is called.")
    publisher: str | None = said("Who publishes it.")
    licence: str | None = said("What one may do with it.")
    lawful_basis: str | None = said("On what basis people are named in it.")
    reliability: float | None = said("How far it is trusted, above 0 to 1.")
    contact: str | None = said("Whom to ask about it. Stewards see it.", steward=True)
    retrieved: date | None = dated("When it was last fetched.", "retrieved")


@strawberry.type(description="What one row of a source said of something.")
class Record(Node):
    uid: str = said("The source's name and its own id for the row.")
    kind: str = said("What it describes: person, organisation, project, place or theme.")
    on: date | None = dated("The row's own date.", "date", name="date")

    @fetched("sources_by_slug", by=lambda row, args: row["source"], needs="source")
    def source(self) -> Source | None:
        """The source it came from."""
        planned()


@strawberry.interface(description="A person, organisation, project, place or theme.")
class Entity(Node):
    uid: str = said("Its name in the graph: a prefix for its kind and 24 hexadecimal digits.")
    name: str = said("What it is called.")

    @fetched("entity_sources")
    def sources(self) -> list[Source]:
        """Who said so: the sources that speak of it."""
        planned()
