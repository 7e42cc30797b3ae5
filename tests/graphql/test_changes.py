"""What each saved operation that changes something takes, held to a table: growth fails.

`changes.tsv`: how many statements it reads with for the viewer, and how many it writes with, in one
transaction, on a little world, all invented. A failure writes the table as it is, and says where.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph, Steps
from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.graphql.writing import Writer
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.loaders.refresh import refresh
from tieline.schema.consent import Viewer
from tieline.schema.records import Record, Row, dump, handle
from tieline.settings import settings

Told = dict[str, Any]
Put = Callable[..., Told]
TABLE = Path(__file__).with_name("changes.tsv")
HEAD = "operation\treads\twrites"
THINGS = [
    ("person", "Ann", {"name": "Ann", "consent": 3}),
    ("person", "Bob", {"name": "Bob", "consent": 3}),
    ("organisation", "Guild", {"name": "Guild", "consent": 4}),
    ("organisation", "Gild", {"name": "Gild", "consent": 4}),
    ("theme", "tea", {"label": "tea", "scheme": "one"}),
    ("theme", "chai", {"label": "chai", "scheme": "two"}),
]
pytestmark = pytest.mark.timeout(300)


def uid(name: str) -> str:
    kind = next(kind for kind, other, _ in THINGS if other == name)
    return handle(kind, f"list:{name}")


STEWARD, ANN = Viewer(1), Viewer(3, uid("Ann"))


@pytest.fixture
def world(graph: Graph, raw: Any) -> None:
    refresh(graph, settings().today)
    raw("CREATE (:Source {slug: 'list', title: 'A list', audience: 4, reliability: 1.0})")
    rows = []
    for kind, name, fields in THINGS:
        ids = (f"local-list-{kind}-{name}",)
        rows.append(Said(Row(Record(f"list:{name}", kind, "list", dump(fields), "", ids))))
    rows.sort(key=lambda said: said.row.record.uid)
    graph.write(lambda steps: apply(steps, "list", rows))


@pytest.fixture
def put(
    driver: AsyncDriver, address: Address, run: Callable[..., Any], world: None
) -> Iterator[Put]:
    """put(document, viewer, **variables): its data; an error fails."""
    writer = Writer(address)

    def ask(text: str, viewer: Viewer = STEWARD, **variables: Any) -> Told:
        reader = Reader(driver, address.database, viewer, seconds=60.0)
        result = run(schema().execute(text, variables, Asking(reader, writer=writer)))
        assert not result.errors, [formatted(each) for each in result.errors]
        return dict(result.data or {})

    yield ask
    writer.close()


def changes(put: Put) -> Iterator[tuple[str, Viewer, Told]]:
    """Each operation that changes something, with its variables, in an order that makes sense."""
    ann, bob, guild, tea = uid("Ann"), uid("Bob"), uid("Guild"), uid("tea")
    two = {"left": "list:Guild", "right": "list:Gild"}
    word = {"id": bob, "field": "pronouns", "value": "they"}
    yield "describe-tie", STEWARD, {"input": {"from": ann, "to": bob, "closeness": 4}}
    (answer, *_) = put("{ me { answers { uid } } }", ANN)["me"]["answers"]
    yield "withdraw-observation", ANN, {"uid": answer["uid"]}
    yield "set-consent", STEWARD, {"input": {"who": bob, "audience": "ANYONE"}}
    yield "taking-requests", STEWARD, {"input": {"who": bob, "taking": True, "capacity": 3}}
    yield "add", STEWARD, {"input": {"kind": "PROJECT", "name": "Soup", "lead": [guild]}}
    yield "correct", STEWARD, word
    yield "withdraw-correction", STEWARD, word
    yield "judge", STEWARD, {"input": two | {"verdict": "SAME"}}
    yield "unjudge", STEWARD, two
    yield "record-ask", STEWARD, {"input": {"of": bob, "to": guild, "from": ann}}
    yield "say-theme", STEWARD, {"thing": guild, "theme": tea}
    yield "unsay-theme", STEWARD, {"thing": guild, "theme": tea}
    match = {"theme": tea, "other": uid("chai")}
    yield "map-theme", STEWARD, {"input": match | {"predicate": "EXACT_MATCH"}}
    yield "unmap-theme", STEWARD, match
    yield "export-person", STEWARD, {"input": {"who": ann}}
    yield "erase", STEWARD, {"input": {"who": bob, "confirm": "Bob"}}


def test_statements_of_each_change(
    put: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read: list[str] = []
    wrote: list[str] = []
    ask, run = Reader._ask, Steps.run

    async def noted(self: Reader, name: str, params: Told) -> Any:
        read.append(name)
        return await ask(self, name, params)

    def written(self: Steps, name: str, /, **params: Any) -> Any:
        wrote.append(name)
        return run(self, name, **params)

    monkeypatch.setattr(Reader, "_ask", noted)
    monkeypatch.setattr(Steps, "run", written)
    now = {}
    for name, viewer, variables in changes(put):
        read.clear()
        wrote.clear()
        told = next(iter(put(saved()[name].text, viewer, **variables).values()))
        assert told.get("changed", True), name
        now[name] = (len(read), len(wrote))
    assert now.keys() == {name for name, operation in saved().items() if operation.changes}
    lines = [HEAD, *("\t".join(map(str, (name, *now[name]))) for name in sorted(now))]
    (tmp_path / TABLE.name).write_text("\n".join(lines) + "\n", "utf-8")
    renew = f"If it must be so: cp {tmp_path / TABLE.name} tests/graphql/{TABLE.name}"
    assert lines == TABLE.read_text("utf-8").splitlines(), renew
