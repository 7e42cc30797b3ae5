"""Completion by whole columns: what most lists of plain properties need, and nothing else.

A column is taken if every value in it is plainly as it goes out, which one look at the set of their
classes tells. Wherever one is not, the list is completed row by row (compiled.py).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLFloat,
    GraphQLInt,
    is_leaf_type,
    is_non_null_type,
)
from neo4j.time import Date

from tieline.graphql.base import OfValue, relay
from tieline.graphql.ids import global_id
from tieline.graphql.marks import Leaf
from tieline.graphql.table import Table

Take = Callable[[Table], list[Any]]
NONE = type(None)
AS_THEY_ARE: dict[str, type] = {"String": str, "ID": str, "Boolean": bool, "Int": int}


class Unusual(Exception):
    """It is completed row by row."""


def taking(field: Any, leaf: Callable[[Any], Callable[[Any], Any]]) -> Take | None:
    """How a field's column is taken, as it goes out; None: it is none that can be.

    `leaf`: a leaf type's own way for one value.
    """
    mark, nullable = field.extensions.get("mark"), not is_non_null_type(field.type)
    type_ = field.type if nullable else field.type.of_type
    if not isinstance(mark, Leaf) or not is_leaf_type(type_):
        return None
    if mark.read is relay:
        return ids
    if isinstance(mark.read, OfValue) and type_.name == "Date":
        return days(mark.column, mark.read.of, leaf(type_), nullable)
    if mark.read is not None:
        return None
    if type_ is GraphQLFloat:
        return plain(mark.column, float, nullable, finite)
    if type_.name not in AS_THEY_ARE:
        return None
    bound = within if type_ is GraphQLInt else None
    return plain(mark.column, AS_THEY_ARE[type_.name], nullable, bound)


def plain(
    column: str, kind: type, nullable: bool, bound: Callable[[list[Any]], bool] | None
) -> Take:
    """Values that go out as they are."""
    classes = {kind, NONE} if nullable else {kind}

    def take(table: Table) -> list[Any]:
        found = table.columns[column]
        if not classes.issuperset(map(type, found)) or (bound and not bound(found)):
            raise Unusual
        return found

    return take


def finite(found: list[Any]) -> bool:
    """Neither inf nor nan is among them: a sum shows it, or is itself too large, to be on the safe
    side."""
    total = sum(filter(None, found))
    return bool(total - total == 0)


def within(found: list[Any]) -> bool:
    """All are what GraphQL calls an Int."""
    some = [each for each in found if each is not None]
    return not some or (min(some) >= GRAPHQL_MIN_INT and max(some) <= GRAPHQL_MAX_INT)


def days(
    column: str, of: Callable[[Any], Any], coerce: Callable[[Any], Any], nullable: bool
) -> Take:
    """Days as text. There are few, and each comes often."""
    classes = {str, Date, NONE}
    text = texts(of, coerce)

    def take(table: Table) -> list[Any]:
        found = table.columns[column]
        if not classes.issuperset(map(type, found)):
            raise Unusual
        made = list(map(text, found))
        if not nullable and None in made:
            raise Unusual
        return made

    return take


@lru_cache(16)
def texts(of: Callable[[Any], Any], coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What days become, remembered for all documents."""

    @lru_cache(4_096)
    def text(value: Any) -> Any:
        day = of(value)
        return None if day is None else coerce(day)

    return text


def ids(table: Table) -> list[str]:
    """Global ids of what is in it."""
    found = table.columns["uid"]
    if not {str}.issuperset(map(type, found)):
        raise Unusual
    return [global_id(table.typename, uid) for uid in found]
