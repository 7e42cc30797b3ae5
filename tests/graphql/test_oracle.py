"""Compiled completion is graphql-core's to the byte, on random documents and on faulty rows.

Each document is executed twice on the same rows, which the real server gave: by the function
compiled for it, and by graphql-core alone. Then faults are put into the rows (an exception where
an answer was, a null, a value of another type, an unknown word), and it is executed twice again.
"""

import math
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver
from tests.graphql.generated import Document, documents, little
from tests.graphql.replayed import Replayed
from tests.graphql.test_statements import asking, given

from tieline.database.address import Address
from tieline.errors import DatabaseProblem
from tieline.graphql.context import Asking
from tieline.graphql.counted import counted
from tieline.graphql.errors import formatted
from tieline.graphql.executor import Planned
from tieline.graphql.schema import schema
from tieline.graphql.table import Table
from tieline.queries.answers.kept import forget_all
from tieline.schema.consent import Viewer

Told = dict[str, Any]
Uids = dict[str, str]
Check = Callable[[Document, int, int], None]  # document, level, seed of the faults; 0: none
MARK = re.compile(r"error [0-9a-f]{8}")  # of an error of ours, another each time
ODD: list[Any] = [
    DatabaseProblem("The database said no."),
    RuntimeError("something of ours"),
    *(7, 7.5, 2**40, True, math.inf, math.nan, "NO_SUCH", "", [], ["x"], [None], {}, (), {"a": 1}),
    {"__typename": "Nobody", "uid": "n"},
    {"__typename": "Person"},
]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Wherever a fault may be put: (the row or list, where in it). Answers come in any order."""
    if isinstance(value, Table):
        for column in value.columns.values():
            yield from places(column)
    elif isinstance(value, dict | list):
        for at, inner in sorted(value.items()) if isinstance(value, dict) else enumerate(value):
            yield value, at
            yield from places(inner)


def spoil(root: Told, dice: Random) -> None:
    """A fault or two; an answer is as likely to be met as a property."""
    found = list(places(root))
    answers = [each for each in found if str(each[1]).startswith("@")]
    for _ in range(dice.choice((1, 1, 2))):
        row, at = dice.choice(answers if answers and dice.random() < 0.3 else found)
        row[at] = None if dice.random() < 0.3 else dice.choice(ODD)


@pytest.fixture
def check(
    driver: AsyncDriver,
    address: Address,
    run: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Check:
    """Executes a document both ways and compares; each fault's seed on rows of its own."""
    heard: dict[str, Any] = {}
    completes = Planned.compiled

    def spoilt(self: Any, root_type: Any, fields: Any, root: Told) -> Any:
        if heard["seed"]:
            spoil(root, Random(heard["seed"]))
        return completes(self, root_type, fields, root)

    monkeypatch.setattr(Planned, "compiled", spoilt)

    def told(document: Document, level: int, compiled: bool) -> bytes:
        forget_all()  # what is kept between questions must not keep the faults
        reader = Replayed(driver, address.database, Viewer(level), heard["answers"])
        asking = Asking(reader, compiled=compiled)
        result = run(schema().execute(document.text, document.variables, asking))
        errors = [formatted(error) for error in result.errors or ()]
        written = orjson.dumps({"data": result.data, "errors": errors}).decode()
        return MARK.sub("error", written).encode()

    def compare(document: Document, level: int, seed: int) -> None:
        if heard.get("document") is not document:
            heard.update(document=document, answers={})
        heard["seed"] = seed
        assert told(document, level, True) == told(document, level, False), (document, level, seed)

    return compare


def compared(check: Check, field: Uids, seed: int, many: int, faults: int) -> Told:
    """How often what was counted meanwhile."""
    before = counted()
    for at, document in enumerate(documents(little(field.values()), seed, many)):
        for fault in range(faults + 1):
            check(document, 1 + at % 4, fault and seed * 10**6 + at * 100 + fault)
    after = counted()
    return {name: after[name] - before[name] for name in after}


def held(told: Told) -> None:
    """It was compiled, and it fell back: or nothing has been compared."""
    assert told["compiled"] + told["fell_back"] > 0.95 * told["plain"]
    assert told["compiled"] > 0.2 * told["plain"]
    assert told["fell_back"] > 0.2 * told["plain"]


def test_it_is_graphql_cores_to_the_byte(check: Check, field: Uids) -> None:
    held(compared(check, field, seed=1, many=24, faults=5))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(2, 6))
def test_thousands_of_documents(check: Check, field: Uids, seed: int) -> None:
    held(compared(check, field, seed, many=500, faults=4))


def test_every_saved_question_is_compiled(check: Check, field: Uids) -> None:
    """On rows as they are none of them falls back, but loads, which are refused to anyone."""
    variables, before = given(field) | {"duplicates": {"kind": "SAME_RECORD"}}, counted()
    for name, operation in asking().items():
        for level in (1, 4):
            check(Document(operation.text, variables.get(name, {})), level, 0)
    after = counted()
    assert after["compiled"] - before["compiled"] == 2 * len(asking()) - 1
    assert after["fell_back"] - before["fell_back"] == 1
