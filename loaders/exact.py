"""A statement that loses a row must not do so in silence."""

from collections.abc import Sequence
from typing import Any

from tieline.database.graph import Steps
from tieline.errors import DatabaseProblem


def exactly(steps: Steps, name: str, rows: Sequence[dict[str, Any]]) -> None:
    """Run a statement that makes one thing a row. MATCH and CREATE would drop rows unsaid.

    Raises:
        DatabaseProblem: it made more or fewer; the transaction must not be committed.
    """
    made = sum(row["made"] for row in steps.each(name, rows))
    if made != len(rows):
        raise DatabaseProblem(
            f"queries/{name}.cypher made {made} of {len(rows)}: something it stands on is missing. "
            "Nothing was written; run `tieline schema check` and load again."
        )
