"""docs/lists.md: its examples run, and its tables leave nothing out."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType

from tieline.graphql.schema import schema

PAGE = (Path(__file__).parents[2] / "docs" / "lists.md").read_text("utf-8")
EXAMPLES = re.findall(r"```graphql\n(.*?)```(?:\s*```json\n(.*?)```)?", PAGE, re.DOTALL)
CORE: Any = schema()._schema


@pytest.mark.parametrize(("text", "variables"), EXAMPLES)
def test_an_example_runs(
    field: dict[str, str], ask: Callable[..., Any], text: str, variables: str
) -> None:
    told = ask(text, 4, **json.loads(variables or "{}"))
    assert told["errors"] == []
    assert all(answer["nodes"] for answer in told["data"].values())


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 3 and "last: $last" in EXAMPLES[0][0]


def test_every_filter_and_order_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE))
    for name, kind in CORE.type_map.items():
        if name.endswith("Filter") and isinstance(kind, GraphQLInputObjectType):
            assert set(kind.fields) <= told, name
        if name.endswith("Order") and isinstance(kind, GraphQLEnumType):
            assert set(kind.values) <= told, name
