"""The schema as others read it: committed, described, and shaped as Relay wants it."""

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    parse,
    validate,
)

from tieline.graphql.cursors import cursor, start
from tieline.graphql.ids import global_id, local
from tieline.graphql.operations import saved
from tieline.graphql.schema import committed, schema, sdl

CORE: Any = schema()._schema
TYPES = {name: kind for name, kind in CORE.type_map.items() if not name.startswith("__")}


def test_the_committed_schema_is_the_schema() -> None:
    """Regenerate: python -m tieline.graphql.sdl > graphql/schema.graphql"""
    assert sdl() == committed()


@pytest.mark.parametrize("name", TYPES)
def test_everything_is_described(name: str) -> None:
    kind = TYPES[name]
    assert kind.description, name
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        for field_name, field in kind.fields.items():
            assert field.description, f"{name}.{field_name}"
            assert field.description.endswith((".", "?")), f"{name}.{field_name}"
            for arg_name, argument in getattr(field, "args", {}).items():
                assert argument.description, f"{name}.{field_name}({arg_name})"
    if isinstance(kind, GraphQLEnumType):
        assert all(value.description for value in kind.values.values())


def test_connections_are_relays() -> None:
    found = [kind for name, kind in TYPES.items() if name.endswith("Connection")]
    assert len(found) >= 10
    for kind in found:
        assert {"edges", "nodes", "pageInfo", "totalCount"} <= set(kind.fields), kind.name
        edge = CORE.get_type(kind.name.replace("Connection", "Edge"))
        assert {"cursor", "node"} <= set(edge.fields), kind.name


def test_every_field_has_a_mark_and_no_code() -> None:
    for kind in TYPES.values():
        if isinstance(kind, GraphQLObjectType):
            for name, field in kind.fields.items():
                assert "mark" in field.extensions, f"{kind.name}.{name}"


@pytest.mark.parametrize("name", saved())
def test_saved_operations(name: str) -> None:
    operation = saved()[name]
    assert operation.text.startswith("# ") and operation.question.endswith("?")
    assert validate(CORE, parse(operation.text)) == []


@pytest.mark.parametrize("kind", ["Person", "Tie", "Source"])
@pytest.mark.parametrize("uid", ["p-0123", "a:b", "é~x"])
def test_global_ids_come_back(kind: str, uid: str) -> None:
    assert local(global_id(kind, uid)) == uid
    assert local(uid) == uid


@pytest.mark.parametrize("pair", [("", ""), ("Ana Ash", "p-1"), ('"', "\\"), ("é" * 50, "x")])
def test_cursors_come_back(pair: tuple[str, str]) -> None:
    assert start(cursor(*pair)) == pair
