"""A small invented field, told in columns as the statements bring it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tieline.queries.gaps.read import of_columns
from tieline.queries.gaps.work import Field

Rows = Sequence[Sequence[Any]]
PLACES = {
    "England": None, "North": "England", "South": "England", "Leeds": "North", "York": "North",
    "Hove": "South",
}  # fmt: skip
POINTS = {"Leeds": (53.8, -1.55), "York": (53.96, -1.08), "Hove": (50.83, -0.17)}
THEMES = {"kindness": None, "company": None, "befriending": "company", "visiting": None}
THEMES |= {"tea": None, "cook": None, "soup": None}
MATCHES = [("visiting", "befriending", "exactMatch"), ("soup", "tea", "closeMatch")]
TODAY = "2026-11-21"


def columns(names: str, rows: Rows) -> list[dict[str, list[Any]]]:
    """In two chunks, as the server would."""
    half = len(rows) // 2
    parts = [part for part in (rows[:half], rows[half:]) if part]
    return [
        {name: [row[at] for row in part] for at, name in enumerate(names.split())} for part in parts
    ]


def words() -> dict[str, Any]:
    return {
        "today": TODAY,
        "places": [[name, name, [up] if up else []] for name, up in PLACES.items()],
        "themes": [[name, name, [up] if up else []] for name, up in THEMES.items()],
        "matches": MATCHES,
    }


def field(
    works: Rows,
    parts: Rows = (),
    about: Rows = (),
    actors: Rows = (),
    belonging: Rows = (),
    became: Rows = (),
) -> Field:
    """`works`: uid, title, starts, ends, status, reached, lessons."""
    return of_columns(
        "v",
        columns("uid title starts ends status reached lessons", works),
        columns("here verb there source", parts),
        columns("here verb there source", about),
        columns("uid name person", actors),
        columns("here verb there source", belonging),
        {"points": [[name, *point] for name, point in POINTS.items()], "became": became},
        words(),
    )


@pytest.fixture
def told() -> Callable[..., Field]:
    return field
