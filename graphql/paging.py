"""Relay connections: a page of things, with a cursor for each and a total."""

import inspect
from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

import strawberry

from tieline.graphql.marks import said

T = TypeVar("T")

Many = Annotated[int, strawberry.argument(description="How many, 1 to 100 (1,000 when signed in).")]
First = Annotated[
    int | None,
    strawberry.argument(
        description="How many from the beginning, 1 to 100 (1,000 when signed in); 20 if neither "
        "first nor last is given."
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(description="With first: go on behind this cursor, from pageInfo or edge."),
]
Last = Annotated[
    int | None,
    strawberry.argument(
        description="How many from the end, 1 to 100 (1,000 when signed in); instead of first."
    ),
]
Before = Annotated[
    str | None,
    strawberry.argument(description="With last: those that stand before this cursor."),
]
PAGE = {"first": First, "after": After, "last": Last, "before": Before}


def paged(function: Callable[..., T]) -> Callable[..., T]:
    """A field that comes by pages: `first`, `after`, `last` and `before` are its last arguments."""
    own = inspect.signature(function)
    ways = [
        inspect.Parameter(
            name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=it
        )
        for name, it in PAGE.items()
    ]
    parameters = [*own.parameters.values(), *ways]
    function.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    function.__annotations__ |= PAGE
    return function


@strawberry.type(description="Where a page begins and ends, and whether there is more.")
class PageInfo:
    has_next_page: bool = said("Whether any stand behind this page: first, after: endCursor.")
    has_previous_page: bool = said("Whether any stand before it: last, before: startCursor.")
    start_cursor: str | None = said("The cursor of the first thing on the page.")
    end_cursor: str | None = said("The cursor of the last thing on the page.")


@strawberry.type(description="One thing on a page, and its cursor.")
class Edge(Generic[T]):
    cursor: str = said("Where this thing stands: give it as after, or as before.")
    node: T = said("The thing itself.")


@strawberry.type(description="A page of things.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = said("The things on this page with their cursors.")
    nodes: list[T] = said("The things on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")
