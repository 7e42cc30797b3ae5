"""Whoever signs in is answered what their level is answered, to the byte, and nothing more."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import NonNullTypeNode, OperationDefinitionNode, parse

from tieline.graphql.operations import saved
from tieline.graphql.signin.tokens import Tokens
from tieline.schema.consent import VIEWERS

Told = dict[str, Any]
Uids = dict[str, str]
HIDDEN = ("Hana Hidden", "Dev Dogwood", "Stew Spruce", "Cat Cedar", "Evening Soup", "Beech Refuge")


def askable() -> list[str]:
    """The saved questions that need no variable."""
    found = []
    for name, operation in saved().items():
        node = parse(operation.text).definitions[0]
        assert isinstance(node, OperationDefinitionNode)
        needs = [
            each
            for each in node.variable_definitions or ()
            if isinstance(each.type, NonNullTypeNode) and each.default_value is None
        ]
        if not needs and operation.reads:
            found.append(name)
    return found


def put(client: httpx.Client, text: str, token: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return client.post("/graphql", json={"query": text}, headers=headers)


def test_there_are_questions() -> None:
    assert {"people", "organisations", "projects", "bridges", "duplicates"} <= set(askable())


@pytest.mark.parametrize("level", ["anonymous", "member", "weaver", "steward"])
def test_each_level_is_answered_as_that_level(
    field: Uids, client: httpx.Client, ask: Callable[..., Told], level: str, tmp_path: Path
) -> None:
    token = ""
    if level != "anonymous":
        token = Tokens(tmp_path / "tokens.sqlite3").create(level, level, None, "read", 600)[1]
    document = "{ people { totalCount nodes { name consent ties { nodes { label strength } } } } }"
    texts = [document, *(saved()[name].text for name in askable())]
    for text in texts:
        told = put(client, text, token).json()
        expected = ask(text, VIEWERS[level])
        assert told.get("data") == expected["data"], text
        codes = [each["extensions"]["code"] for each in told.get("errors", ())]
        assert codes == [each["extensions"]["code"] for each in expected["errors"]]


def test_by_a_token_that_opens_nothing_nothing_is_told(field: Uids, client: httpx.Client) -> None:
    got = put(client, saved()["people"].text, "tieline_00000000_" + "A" * 43)
    assert got.status_code == 401
    assert not any(name in got.text for name in ("Ana Ash", *HIDDEN))
