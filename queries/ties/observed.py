"""What statements bring of observations, as the pure functions of strength take it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tieline.schema.records import OWN_WORD
from tieline.schema.strength import Observation
from tieline.schema.ties import observed
from tieline.schema.weights import KINDS

Row = Mapping[str, Any]
SIZE = 5_000  # observations read by one statement


def observations(rows: Sequence[Row]) -> list[Observation]:
    """Rows of `seen`."""
    relied = [1.0 if row["reliability"] is None else row["reliability"] for row in rows]
    return [observed(row, weight) for row, weight in zip(rows, relied, strict=True)]


def day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def theirs_alone(row: Row) -> bool:
    """The answer of one of the two, and not the viewer's own: shown to whoever gave it alone."""
    return not row["mine"] and KINDS[row["kind"]].view and row["reporter"] in ("from", "to")


def who_said(row: Row) -> str | None:
    """The source, but not whose own word it is."""
    return None if row["source"].startswith(OWN_WORD) else str(row["title"] or row["source"])


def portions(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Actors, some at a time, whose observations come to about SIZE; those of none are left out."""
    some: list[str] = []
    held = 0
    for uid, size in sizes.items():
        if not size:
            continue
        some, held = [*some, uid], held + size
        if held >= SIZE:
            yield some
            some, held = [], 0
    if some:
        yield some
