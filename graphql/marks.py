"""How a field of the schema gets its value: read from its row, fetched by a statement, or asked.

No field has code of its own: a mark says what the planner (`plan.py`) is to do, and permission
is the viewer's level in every statement. The docstring of a fetched field is its description.
"""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import strawberry

from tieline.graphql.context import Asking
from tieline.graphql.orders import Orders

Row = dict[str, Any]
Args = dict[str, Any]
Params = Mapping[str, Any]


def planned() -> NoReturn:
    """The body of a fetched field: what it declares is read by the planner, and it never runs."""
    raise AssertionError("A fetched field has no code: bind the schema (graphql/bind.py).")


@dataclass(frozen=True)
class Leaf:
    """A property of the row.

    `by_level`: a tie's figure, one property for each level. `steward`: null to everyone else.
    """

    column: str
    by_level: bool = False
    steward: bool = False
    read: Callable[[Row], Any] | None = None


def own(row: Row, args: Args) -> Any:
    """A fetched field is keyed by its parent's uid, if nothing else is said."""
    return row["uid"]


async def nothing(asking: Asking, args: Args) -> Params:
    return {}


async def alone(asking: Asking, parents: list[str]) -> Params:
    return {}


@dataclass(frozen=True)
class Fetch:
    """Rows of `queries/lists/<statement>.cypher`, read once for all parents.

    `by` gives a parent's key, or a list of keys; `needs` is the column it reads, if it is not the
    uid. `embedded`: objects that come inside each row,
    with columns of their own. `constants`, `reach(arguments)` and `among(parents)` give the further
    parameters. `orders`: those that `orderBy` names, the usual one first.
    `also`: keys with this sign in them are looked for by that statement. `shared`: it gives each
    row once, with the places in `$parents` of those whose it is. `by_column`: it gives columns,
    and sort keys only where they are `$keyed`.
    """

    statement: str
    by: Callable[[Row, Args], Any] = own
    embedded: tuple[str, ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)
    reach: Callable[[Asking, Args], Awaitable[Params]] = nothing
    steward: bool = False
    needs: str = ""
    among: Callable[[Asking, list[str]], Awaitable[Params]] = alone
    orders: Orders = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    shared: bool = False
    by_column: bool = False


@dataclass(frozen=True)
class Ask:
    """An answer computed by a question's own function: plain rows, kept as they are.

    `stream`: of a subscription's field, whose answers come one after another.
    """

    question: Callable[[Asking, Args], Awaitable[Any]]
    stream: Callable[[Asking, Args], Awaitable[AsyncIterator[Any]]] | None = None


Mark = Leaf | Fetch | Ask


def said(
    description: str,
    column: str | None = None,
    *,
    name: str | None = None,
    by_level: bool = False,
    steward: bool = False,
    read: Callable[[Row], Any] | None = None,
) -> Any:
    """A leaf or an embedded object; its column is the attribute's name if none is given."""
    mark = {"column": column, "by_level": by_level, "steward": steward, "read": read}
    return strawberry.field(name=name, description=description, metadata={"leaf": mark})


def fetched(
    statement: str,
    by: Callable[[Row, Args], Any] = own,
    *,
    name: str | None = None,
    embedded: tuple[str, ...] = (),
    constants: Mapping[str, Any] | None = None,
    reach: Callable[[Asking, Args], Awaitable[Params]] = nothing,
    steward: bool = False,
    needs: str = "",
    among: Callable[[Asking, list[str]], Awaitable[Params]] = alone,
    orders: Orders | None = None,
    also: Mapping[str, str] | None = None,
    shared: bool = False,
    by_column: bool = False,
) -> Callable[[Callable[..., Any]], Any]:
    """A field whose rows a statement gives."""
    more = (reach, steward, needs, among, orders or {}, also or {}, shared, by_column)
    mark = Fetch(statement, by, embedded, constants or {}, *more)
    return _field(mark, name)


def asked(
    question: Callable[[Asking, Args], Awaitable[Any]],
) -> Callable[[Callable[..., Any]], Any]:
    """A field whose answer a question's function gives."""
    return _field(Ask(question), None)


def streamed(
    stream: Callable[[Asking, Args], Awaitable[AsyncIterator[Any]]],
    question: Callable[[Asking, Args], Awaitable[Any]],
) -> Callable[[Callable[..., Any]], Any]:
    """A subscription's field: where its events come from, and what it holds of one."""
    return _field(Ask(question, stream), None)


def _field(mark: Mark, name: str | None) -> Callable[[Callable[..., Any]], Any]:
    def declare(function: Callable[..., Any]) -> Any:
        description = inspect.getdoc(function)
        return strawberry.field(
            function, name=name, description=description, metadata={"mark": mark}
        )

    return declare
