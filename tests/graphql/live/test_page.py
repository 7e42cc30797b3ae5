"""docs/live.md: its examples are valid, its figures are the code's."""

import re
import shlex
from dataclasses import asdict
from pathlib import Path

import orjson
import pytest
from graphql import parse, validate

from tieline.graphql.live.hub import TICK
from tieline.graphql.live.listener import HELD
from tieline.graphql.live.open import Allowed
from tieline.graphql.schema import schema

PAGE = (Path(__file__).parents[3] / "docs" / "live.md").read_text("utf-8")
ASKED = re.findall(r"^    (subscription \{.*\})$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("text", ASKED)
def test_an_example_is_valid(text: str) -> None:
    assert not validate(schema()._schema, parse(text))


def test_every_subscription_has_an_example_and_a_line() -> None:
    root = schema()._schema.subscription_type
    assert root is not None and len(ASKED) == len(root.fields)
    for name in root.fields:
        assert f"| `{name}` |" in PAGE and any(f"{{ {name}" in text for text in ASKED)


def test_the_command_asks_what_is_valid() -> None:
    (command,) = re.findall(r"^    curl .*?'$", PAGE, re.MULTILINE | re.DOTALL)
    words = shlex.split(command)
    assert "accept: text/event-stream" in words
    asked = orjson.loads(words[words.index("-d") + 1])
    assert not validate(schema()._schema, parse(asked["query"]))


def test_the_limits_are_the_codes() -> None:
    found = re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE, re.MULTILINE)
    assert {name: int(number) for name, number in found} == asdict(Allowed())
    assert HELD == 100 and "a\nhundred events wait" in PAGE and TICK == 0.5
