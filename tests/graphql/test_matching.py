"""Two vocabularies' themes, invented, matched by a steward: followed, said anew, taken back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph
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
WORDS = {"loneliness": "field words", "being alone": "town words", "tea": "town words"}
MATCHES = """query($id: ID!) { theme(id: $id) { matches {
  predicate confidence by justification comment theme { label } source { title } } } }"""


def theme(label: str) -> Row:
    fields = dump({"label": label, "scheme": WORDS[label]})
    return Row(Record(f"list:{label}", "theme", "list", fields, "", (f"local-list-{label[:3]}",)))


def uid(label: str) -> str:
    return handle("theme", f"list:{label}")


@pytest.fixture
def put(
    graph: Graph, raw: Any, driver: AsyncDriver, address: Address, run: Callable[..., Any]
) -> Iterator[Put]:
    """put(document, level, **variables), on a graph of three themes."""
    refresh(graph, settings().today)
    raw("CREATE (:Source {slug: 'list', title: 'A list', audience: 4, reliability: 1.0})")
    rows = sorted((Said(theme(label)) for label in WORDS), key=lambda said: said.row.record.uid)
    graph.write(lambda steps: apply(steps, "list", rows))
    writer = Writer(address)

    def ask(text: str, level: int = 1, **variables: Any) -> Told:
        reader = Reader(driver, address.database, Viewer(level), seconds=60.0)
        result = run(schema().execute(text, variables, Asking(reader, writer=writer)))
        return {"data": result.data, "errors": [formatted(each) for each in result.errors or ()]}

    yield ask
    writer.close()


def test_a_mapping_is_said_followed_and_taken_back(put: Put) -> None:
    said: Told = {"theme": uid("loneliness"), "other": "being alone"}
    said |= {"predicate": "CLOSE_MATCH", "confidence": 0.8, "comment": "Asked both libraries."}
    told = put(saved()["map-theme"].text, input=said)["data"]["mapTheme"]
    assert told["changed"] and told["uid"] == uid("loneliness") and told["bookmark"]
    (found,) = put(MATCHES, 4, id=uid("being alone"))["data"]["theme"]["matches"]
    assert found["theme"] == {"label": "loneliness"} and found["predicate"] == "closeMatch"
    assert (found["confidence"], found["comment"]) == (0.8, "Asked both libraries.")
    assert (found["by"], found["justification"]) == ("stewards", "semapv:ManualMappingCuration")
    words = put(saved()["translate"].text, 4, term="loneliness")["data"]["translate"]["matches"]
    assert {"CLOSE", "SAME"} == {word["way"] for word in words}
    again = put(saved()["map-theme"].text, input=said)["data"]["mapTheme"]
    assert not again["changed"]
    put(saved()["map-theme"].text, input=said | {"predicate": "EXACT_MATCH"})
    (found,) = put(MATCHES, 4, id=uid("loneliness"))["data"]["theme"]["matches"]
    assert found["predicate"] == "exactMatch"
    back = {"theme": uid("loneliness"), "other": uid("being alone")}
    for changed in (True, False):
        told = put(saved()["unmap-theme"].text, **back)["data"]["unmapTheme"]
        assert told["changed"] is changed
        assert put(MATCHES, 4, id=uid("loneliness"))["data"]["theme"]["matches"] == []


@pytest.mark.parametrize(
    ("level", "input", "code"),
    [
        (2, {"other": "tea"}, "FORBIDDEN"),
        (4, {"other": "no such word"}, "FORBIDDEN"),
        (1, {"other": "no such word"}, "NOT_FOUND"),
        (1, {"other": "loneliness"}, "WRONG_USE"),
        (1, {"other": "tea", "confidence": 1.5}, "WRONG_USE"),
    ],
)
def test_what_is_refused(put: Put, level: int, input: Told, code: str) -> None:
    said = {"theme": "loneliness", "predicate": "EXACT_MATCH"} | input
    told = put(saved()["map-theme"].text, level, input=said)
    assert told["errors"][0]["extensions"]["code"] == code
    assert put(MATCHES, 4, id=uid("loneliness"))["data"]["theme"]["matches"] == []


def test_nothing_said_is_not_taken_back(put: Put) -> None:
    told = put(saved()["unmap-theme"].text, theme=uid("tea"), other=uid("loneliness"))
    assert told["errors"][0]["extensions"]["code"] == "NOT_FOUND"
