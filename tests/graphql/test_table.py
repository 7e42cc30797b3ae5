"""What each saved operation costs, held to a table: growth fails, and so does a table out of date.

`statements.tsv`: how many statements it takes, how many of them are different texts (each is one
plan of the server), and how many database hits they make on the little field, for a steward. The
first two are the same on any data. A failure writes the table as it now is, and says where.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase, Session
from tests.graphql.test_statements import asking, given, hits

from tieline.database.address import Address
from tieline.database.reader import Reader
from tieline.database.statements import given as as_sent
from tieline.database.statements import sent
from tieline.queries.answers.kept import forget_all

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]
Costs = dict[str, tuple[int, ...]]  # of each operation: statements, plans, hits

TABLE = Path(__file__).with_name("statements.tsv")
HEAD = "operation\tstatements\tplans\thits"
ROOM = 1.1  # hits may differ by a tenth: the server chooses between plans as it has counted


def committed() -> Costs:
    lines = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]
    return {name: tuple(map(int, numbers)) for name, *numbers in lines}


def renewed(costs: Mapping[str, tuple[int, ...]], path: Path) -> str:
    """How to make this the table."""
    lines = [HEAD, *("\t".join([name, *map(str, costs[name])]) for name in sorted(costs))]
    place = path / TABLE.name
    place.write_text("\n".join(lines) + "\n", "utf-8")
    return f"If it must be so: cp {place} tests/graphql/{TABLE.name}"


@pytest.fixture
def taken(field: Uids, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Of each saved operation, every statement with its parameters, asked for the first time."""
    found: list[Any] = []
    usual = Reader._ask

    async def noted(self: Reader, name: str, params: Told) -> Any:
        found.append((name, params | {"level": self.viewer.level}))
        return await usual(self, name, params)

    monkeypatch.setattr(Reader, "_ask", noted)
    forget_all()
    variables, taken = given(field), {}
    for name, operation in asking().items():
        found.clear()
        told = ask(operation.text, 1, **variables.get(name, {}))
        assert told["errors"] == [], name
        assert [each for each, _ in found] == told["statements"], name
        taken[name] = list(found)
    return taken


def test_statements_and_plans(taken: dict[str, list[Any]], tmp_path: Path) -> None:
    """Of every saved operation that changes nothing: just as many as the table says."""
    before = committed()
    now = {
        name: (len(done), len({each for each, _ in done}), before.get(name, (0, 0, 0))[2])
        for name, done in taken.items()
    }
    assert now == before, renewed(now, tmp_path)


@pytest.mark.slow
def test_hits(taken: dict[str, list[Any]], address: Address, tmp_path: Path) -> None:
    """What the server says that each statement touched."""
    now: Costs = {}
    auth = (address.user, address.password)
    with GraphDatabase.driver(address.uri, auth=auth, notifications_min_severity="OFF") as driver:
        with driver.session(database=address.database) as session:
            for name, done in taken.items():
                touched = sum(profiled(session, *each) for each in done)
                now[name] = (len(done), len({each for each, _ in done}), touched)
    before = committed()
    grown = {name: c for name, c in now.items() if c[2] > before.get(name, (0, 0, 0))[2] * ROOM}
    assert not grown and now.keys() == before.keys(), f"{grown}. {renewed(now, tmp_path)}"


def profiled(session: Session, name: str, params: Told) -> int:
    profile = session.run("PROFILE " + sent(name), as_sent(name, params)).consume().profile
    assert profile is not None
    return hits(profile)
