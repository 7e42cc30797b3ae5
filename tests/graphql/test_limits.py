"""A hostile document is refused at once, in a sentence with a code, and before it is validated."""

import gc
import time
from collections.abc import Callable
from typing import Any

import pytest
from graphql import parse

from tieline.graphql import limits
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema

Told = dict[str, Any]
Ask = Callable[..., Told]


def nested(deep: int, inner: str = "name") -> str:
    return (
        "{ people { nodes { " + "ties { nodes { to { " * deep + inner + " } } }" * deep + " } } }"
    )


def quiet() -> float:
    """Now, in processor seconds, when what other tests left has been cleared away."""
    gc.collect()
    return time.process_time()


DOUBLING = "".join(f"fragment F{n} on Person {{ ...F{n + 1} ...F{n + 1} }} " for n in range(60))
HOSTILE = {
    "TOO_MUCH_DEPTH": nested(3),
    "TOO_MUCH_ALIASES": "{" + " ".join(f"a{n}: __typename" for n in range(16)) + "}",
    "TOO_MUCH_ROOT_FIELDS": "{" + " ".join(["__typename"] * 11) + "}",
    "TOO_MUCH_DIRECTIVES": "{ __typename " + "@include(if: true) " * 51 + "}",
    "TOO_MUCH_COST": "{ people(first: 100) { nodes { ties(first: 100) { nodes { to { "
    "themes { label } } } } } } }",
    "TOO_LONG": "{" + " __typename" * 2000 + "}",
    "SYNTAX": "{" * 400,
    "BAD_REQUEST": "{ nobody { knows } }",
}


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_documents(ask: Ask, code: str) -> None:
    ask("{ __typename }", 4)
    began = quiet()
    told = ask(HOSTILE[code], 4)
    assert time.process_time() - began < 0.1
    assert told["errors"][0]["extensions"]["code"] == code
    assert told["data"] is None and told["statements"] == []
    assert len(str(told["errors"])) < 3000


def test_fragments_that_double_are_counted_once(ask: Ask) -> None:
    """Sixty fragments each spreading the next twice stand for 10^18 fields."""
    last = "fragment F60 on Person { a: name }"
    text = "{ people { nodes { ...F0 } } } " + DOUBLING + last
    began = quiet()
    told = ask(text, 4)
    assert time.process_time() - began < 0.1
    assert told["errors"][0]["extensions"]["code"] == "TOO_MUCH_ALIASES"
    assert "far too many" in told["errors"][0]["message"]


def test_fragments_in_a_circle_are_refused(ask: Ask) -> None:
    told = ask(
        "{ people { nodes { ...A } } } fragment A on Person { ...B } fragment B on Person { ...A }"
    )
    assert "BAD_REQUEST" in {error["extensions"]["code"] for error in told["errors"]}


def test_overlapping_selections_are_refused_quickly(ask: Ask) -> None:
    """Validation compares them all with all: 6.7 s for 300 if nothing stops them before."""
    text = "{ people { nodes { " + "ties { nodes { label } } " * 90 + "} } }"
    began = quiet()
    told = ask(text, 4)
    assert time.process_time() - began < 0.5
    assert told["errors"] == [] or told["errors"][0]["extensions"]["code"].startswith("TOO_")


def cost(text: str, **variables: Any) -> int:
    core = schema()._schema
    return limits.check(core, parse(text), variables)[1]


def test_cost_is_the_product_of_pages() -> None:
    assert cost("{ viewer { level } }") == 1
    assert cost("{ people(first: 7) { totalCount } }") == 7
    assert cost("{ people(first: 7) { nodes { name } } }") == 14
    assert cost("{ people { nodes { name } } }") == 40
    assert cost("{ people(first: 5) { nodes { ties(first: 3) { totalCount } } } }") == 5 * (
        1 + 1 + 3
    )
    assert cost("query($n: Int!) { people(first: $n) { totalCount } }", n=9) == 9
    assert cost("query($n: Int = 4) { people(first: $n) { totalCount } }") == 4
    assert cost("query($n: Int = 4) { people(last: $n) { totalCount } }", n=None) == 20
    assert cost("query($n: Int = 900) { people(last: $n) { totalCount } }") == 900
    assert cost("{ people(first: 3, last: 800) { totalCount } }") == 800
    assert cost("query($n: Int) { people(last: $n) { totalCount } }", n=900.0) == 900
    assert cost("{ sources { title } }") == limits.LIST


def test_a_list_of_names_costs_what_it_names() -> None:
    tied = "id ... on Person { ties(first: 100) { totalCount } }"
    assert cost(f'{{ nodes(ids: ["a", "b"]) {{ {tied} }} }}') == 2 * 101
    assert cost(f"query($i: [ID!]!) {{ nodes(ids: $i) {{ {tied} }} }}", i=["a"] * 900) == 90_900


def test_introspection_is_free_of_depth_and_cost(ask: Ask) -> None:
    deep = "{ __schema { types { fields { type " + "{ ofType " * 6 + "{ name }" + " }" * 10
    told = ask(deep, 4)
    assert told["errors"] == []
    assert cost(deep) == 0


def test_every_saved_operation_is_within_the_limits() -> None:
    core = schema()._schema
    for name, operation in saved().items():
        errors, found = limits.check(core, parse(operation.text), operation.defaults)
        assert errors == [], name
        assert found <= limits.COST / 2


def test_limits_tell_themselves(ask: Ask) -> None:
    told = ask("{ limits { body tokens depth aliases pageSize cost seconds } viewer { level } }", 3)
    assert told["data"]["limits"]["pageSize"] == 1000
    assert told["data"]["limits"]["depth"] == limits.DEPTH
    assert told["data"]["viewer"] == {"level": "MEMBER"}
