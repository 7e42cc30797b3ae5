"""What statements bring of observations, as the pure functions of strength take it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tieline.schema.strength import Observation
from tieline.schema.weights import KINDS

Row = Mapping[str, Any]
OWN_WORD = "own-word:"


def observation(row: Row) -> Observation:
    """One row of `seen`."""
    reliability = row["reliability"]
    return Observation(
        row["uid"],
        row["kind"],
        row["value"],
        row["weight"],
        row["answered_share"],
        1.0 if reliability is None else reliability,
        row["reporter"],
        row["source"],
        row["forward"],
        day(row["on"]),
        day(row["until"]),
        row["audience"],
    )


def observations(rows: Sequence[Row]) -> list[Observation]:
    return [observation(row) for row in rows]


def day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def theirs_alone(row: Row) -> bool:
    """The answer of one of the two, and not the viewer's own: shown to whoever gave it alone."""
    return not row["mine"] and KINDS[row["kind"]].view and row["reporter"] in ("from", "to")


def who_said(row: Row) -> str | None:
    """The source, but not whose own word it is."""
    return None if row["source"].startswith(OWN_WORD) else str(row["title"] or row["source"])
