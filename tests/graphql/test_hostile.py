"""Documents that somebody wrote to do harm: each refused soon, in few words, or cheap to answer."""

import gc
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import GraphQLError

from tieline.graphql import limits
from tieline.graphql.errors import formatted
from tieline.graphql.guard import parsed, validated
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema

Chance = random.Random
WAYS = ("ties", "places", "themes", "projects", "nodes", "edges", "node", "to", "from", "sources")


def deep(r: Chance) -> str:
    names = [r.choice(WAYS) for _ in range(r.randint(5, 200))]
    return "{ people { nodes { " + " { ".join(names) + " }" * (len(names) + 2)


def wide(r: Chance) -> str:
    return "{ " + " ".join(f"a{n}: people(first: 1000) {{ totalCount }}" for n in range(200)) + " }"


def pages(r: Chance) -> str:
    size = r.choice([10, 100, 1000, 2**31 - 1, 2**63, 10**300, -5])
    inner = "name"
    for _ in range(r.randint(1, 6)):
        inner = f"ties(first: {size}) {{ nodes {{ to {{ {inner} }} }} }}"
    return f"{{ people(first: {size}) {{ nodes {{ {inner} }} }} }}"


def fragments(r: Chance) -> str:
    """Doubling, in circles, or of nothing."""
    many = r.randint(2, 60)
    to = [(n + 1) % many if r.random() < 0.5 else n + 1 for n in range(many)]
    said = [f"fragment F{n} on Person {{ name ...F{t} ...F{t} }}" for n, t in enumerate(to)]
    return "{ people { nodes { ...F0 } } } " + " ".join(said)


def directives(r: Chance) -> str:
    word = r.choice(["@include(if: true)", "@skip(if: $no)", "@nobody", "@include(if: [[1]])"])
    return "query($no: Boolean!) { viewer { level " + f"{word} " * r.randint(20, 300) + "} }"


def values(r: Chance) -> str:
    """A nest of lists or objects where a word is expected."""
    depth = r.randint(10, 3000)
    opens, closes = r.choice([("[", "]"), ("{a: ", "}")])
    return f"{{ node(id: {opens * depth}1{closes * depth}) {{ id }} }}"


def overlaps(r: Chance) -> str:
    return (
        "{ people { nodes { "
        + "ties { nodes { label to { name } } } " * r.randint(20, 200)
        + "} } }"
    )


def introspection(r: Chance) -> str:
    depth = r.randint(5, 300)
    return (
        "{ __schema { types { fields { type " + "{ ofType " * depth + "{ name }" + "}" * (depth + 3)
    )


def operations(r: Chance) -> str:
    return " ".join(f"query Q{n} {{ viewer {{ level }} }}" for n in range(r.randint(2, 200)))


def broken(r: Chance) -> str:
    """A saved operation with signs taken out, put in, or said a hundred times."""
    text = r.choice(sorted(each.text for each in saved().values()))
    for _ in range(r.randint(1, 8)):
        at = r.randrange(len(text))
        sign = r.choice(['"""', "{", "}", "\x00", "\ud83e", "...", "$", "@", "é", "#", "(", '"'])
        text = text[:at] + sign * r.choice([1, 1, 100]) + text[at + r.randint(0, 9) :]
    return text


def noise(r: Chance) -> str:
    return "".join(r.choice('{}()[]:!$@.,"\\ \nabc019_é\u202e') for _ in range(r.randint(1, 3000)))


KINDS: list[Callable[[Chance], str]] = [
    deep, wide, pages, fragments, directives, values, overlaps, introspection, operations, broken,
    noise,
]  # fmt: skip


def answered(text: str) -> list[Any]:
    """As the guard does it: parsed, measured, and only then validated."""
    core = schema()._schema
    try:
        document = parsed(text)
        refused, _ = limits.check(core, document, {"n": 10**9, "no": []})
        return refused or list(validated(core, document))
    except GraphQLError as error:
        return [error]


def hostile(count: int, seed: int) -> tuple[list[float], int]:
    """Processor seconds that each took, the longest last; how many were refused."""
    r, spent, refused = random.Random(seed), [], 0
    for n in range(count):
        text = KINDS[n % len(KINDS)](r)
        began = time.process_time()
        errors = answered(text)
        spent.append(time.process_time() - began)
        refused += bool(errors)
        told = [formatted(error) for error in errors]
        assert all(each["message"] and each["extensions"]["code"] for each in told)
        assert len(str(told)) < 6000, text[:200]
    return sorted(spent), refused


@pytest.fixture
def settled() -> Iterator[None]:
    """As `tieline serve` begins: what is there is not searched for rubbish again and again."""
    answered("{ viewer { level } }")
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("settled")
def test_a_few_hundred() -> None:
    spent, refused = hostile(330, seed=1)
    assert spent[int(len(spent) * 0.99)] < 0.1
    assert refused > 200


@pytest.mark.slow
@pytest.mark.usefixtures("settled")
def test_ten_thousand() -> None:
    spent, refused = hostile(10_000, seed=2)
    assert spent[9_900] < 0.1 and spent[-1] < 1
    assert refused > 6_000
