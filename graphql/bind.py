"""After strawberry has built the schema: graphql-core gets plain resolvers over dict rows."""

from collections.abc import Callable
from typing import Any

import strawberry
from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType

from tieline.graphql.marks import Ask, Leaf, Row


def bind(schema: strawberry.Schema) -> None:
    """Resolvers, types by `__typename`, and a mark on every field.

    Raises:
        TypeError: a field with permission classes or extensions: they would not run.
    """
    core = schema._schema
    for type_ in core.type_map.values():
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = typename
        elif isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            type_.is_type_of = None
            for name, field in type_.fields.items():
                bind_field(core, f"{type_.name}.{name}", field)


def typename(row: Row, info: Any, type_: Any) -> str:
    name: str = row["__typename"]
    return name


def bind_field(core: Any, name: str, field: GraphQLField) -> None:
    definition: Any = field.extensions["strawberry-definition"]
    if definition.permission_classes or definition.extensions:
        raise TypeError(f"{name}: who may see a thing is decided in its statement, by $level.")
    mark = definition.metadata.get("mark")
    if mark is None:
        mark = Leaf(**with_column(definition))
        field.resolve = leaf(mark)
    else:
        field.resolve = attached
        if isinstance(mark, Ask) and mark.stream is not None:
            field.subscribe = streaming(mark.stream)
    field.extensions["mark"] = mark


def with_column(definition: Any) -> dict[str, Any]:
    given = dict(definition.metadata.get("leaf", {}))
    given["column"] = given.get("column") or definition.python_name
    return given


def attached(row: Row, info: Any, **_: Any) -> Any:
    return row["@" + info.path.key]


def streaming(stream: Callable[..., Any]) -> Callable[..., Any]:
    return lambda root, info, **args: stream(info.context, args)


def leaf(mark: Leaf) -> Callable[..., Any]:
    if mark.read is not None:
        read = mark.read
        return lambda row, info, **_: read(row)
    column = mark.column
    return lambda row, info, **_: row.get(column)
