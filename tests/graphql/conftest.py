"""A small field with something to see, and something hidden, at every level."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from neo4j import AsyncDriver, GraphDatabase
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.graphql import traces
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.schema import schema
from tieline.schema.consent import Viewer
from tieline.schema.records import LABELS, handle

Change = Callable[..., object]
Uids = dict[str, str]
Told = dict[str, Any]

HIDDEN = "Hana Hidden"
SOURCES = [
    {
        "slug": "open-list",
        "title": "An open list",
        "audience": 4,
        "public": False,
        "reliability": 1.0,
    },
    {
        "slug": "weavers-notes",
        "title": "Weavers' notes",
        "audience": 2,
        "public": False,
        "reliability": 1.0,
    },
]
# name, kind, consent or audience, source
THINGS = [
    ("Ana Ash", "person", 4, "open-list"),
    ("Ben Birch", "person", 4, "open-list"),
    ("Cat Cedar", "person", 3, "open-list"),
    ("Dev Dogwood", "person", 2, "weavers-notes"),
    ("Eli Elm", "person", 4, "open-list"),
    (HIDDEN, "person", 0, "open-list"),
    ("Stew Spruce", "person", 1, "weavers-notes"),
    ("Acorn Trust", "organisation", 4, "open-list"),
    ("Beech Refuge", "organisation", 2, "weavers-notes"),
    ("Copse Network", "organisation", 4, "open-list"),
    ("Digging Together", "project", 4, "open-list"),
    ("Evening Soup", "project", 2, "weavers-notes"),
    ("Leeds", "place", 4, "open-list"),
    ("Yorkshire", "place", 4, "open-list"),
    ("belonging", "theme", 4, "open-list"),
    ("loneliness", "theme", 4, "open-list"),
]
# from, verb, to, audience, properties
RELATIONSHIPS: list[tuple[str, str, str, int, dict[str, Any]]] = [
    ("Ana Ash", "WORKS_FOR", "Acorn Trust", 4, {"role": "chair"}),
    ("Ana Ash", "LEADS", "Acorn Trust", 4, {"role": "founder"}),
    ("Cat Cedar", "WORKS_FOR", "Acorn Trust", 3, {"role": "cook"}),
    (HIDDEN, "WORKS_FOR", "Acorn Trust", 0, {"role": "spy"}),
    ("Acorn Trust", "MEMBER_OF", "Copse Network", 4, {}),
    ("Ben Birch", "MEMBER_OF", "Copse Network", 2, {}),
    ("Acorn Trust", "LEADS", "Digging Together", 4, {}),
    (HIDDEN, "PARTNERS_ON", "Digging Together", 0, {}),
    ("Ben Birch", "PARTNERS_ON", "Digging Together", 4, {"role": "gardener"}),
    ("Dev Dogwood", "LEADS", "Evening Soup", 2, {}),
    ("Ana Ash", "BASED_IN", "Leeds", 4, {}),
    ("Cat Cedar", "BASED_IN", "Leeds", 3, {}),
    (HIDDEN, "BASED_IN", "Leeds", 0, {}),
    ("Ben Birch", "BASED_IN", "Yorkshire", 4, {}),
    ("Leeds", "WITHIN", "Yorkshire", 4, {}),
    ("Digging Together", "SERVES", "Leeds", 4, {}),
    ("Evening Soup", "SERVES", "Leeds", 2, {}),
    ("Ana Ash", "WORKS_ON", "belonging", 4, {}),
    (HIDDEN, "WORKS_ON", "loneliness", 0, {}),
    ("Digging Together", "WORKS_ON", "loneliness", 4, {}),
    ("loneliness", "BROADER", "belonging", 4, {}),
    ("loneliness", "MATCHES", "belonging", 4, {"predicate": "closeMatch", "confidence": 0.5}),
]
# one end, other end, strength at 1, label at each level 1 to 4 (None: nothing visible there)
TIES: list[tuple[str, str, float, tuple[str | None, str | None, str | None, str | None]]] = [
    ("Ana Ash", "Ben Birch", 0.8, ("thick", "thick", "middling", "thin")),
    ("Ana Ash", "Cat Cedar", 0.6, ("thick", "thick", "thick", None)),
    ("Ana Ash", "Dev Dogwood", 0.5, ("middling", "middling", None, None)),
    ("Ana Ash", HIDDEN, 0.9, (None, None, None, None)),
    ("Ana Ash", "Stew Spruce", 0.4, ("middling", None, None, None)),
    ("Ben Birch", "Eli Elm", 0.3, ("thin", "thin", "thin", "thin")),
    ("Ana Ash", "Acorn Trust", 0.55, ("thick", "thick", "thick", "thick")),
]
NAMES = {"project": "title", "theme": "label"}


@pytest.fixture
def change(address: Address) -> Iterator[Change]:
    """Any Cypher on the field as it stands: change("MATCH (n) DETACH DELETE n")."""
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as opened:
        yield lambda text, **params: opened.execute_query(text, params, database_=address.database)


@pytest.fixture
def field(request: pytest.FixtureRequest, connection: Graph, change: Change) -> Uids:
    """The field above in the graph: uids by name. Kept for the next test if nothing wrote."""
    if FILLED.get("version") != connection.version():
        request.getfixturevalue("graph")  # emptied, with the model installed
        FILLED["uids"] = fill(change)
        FILLED["version"] = connection.version()
    return dict(FILLED["uids"])


FILLED: dict[str, Any] = {}


def fill(change: Change) -> Uids:
    change("UNWIND $rows AS row CREATE (s:Source) SET s = row", rows=SOURCES)
    things = [thing(*each) for each in THINGS]
    change(
        "UNWIND $rows AS row CREATE (r:Record {uid: row.record, handle: row.props.uid, "
        "kind: row.kind, source: row.source, fields: '{}', digest: 'row'}) "
        "CREATE (r)-[:DESCRIBES]->(n:$(row.labels)) "
        "SET n = row.props",
        rows=things,
    )
    uids: Uids = {name: row["props"]["uid"] for (name, *_), row in zip(THINGS, things, strict=True)}
    change("MATCH (n:Organisation {name: 'Copse Network'}) SET n:Network")
    change(TWICE, uid=uids["Acorn Trust"])
    change(
        "UNWIND $rows AS row MATCH (a {uid: row.a}), (b {uid: row.b}) "
        "CREATE (a)-[r:$(row.verb)]->(b) SET r = row.props",
        rows=[related(uids, at, *each) for at, each in enumerate(RELATIONSHIPS)],
    )
    change(
        "UNWIND $rows AS row MATCH (a:Actor {uid: row.a}), (b:Actor {uid: row.b}) "
        "CREATE (a)-[t:TIE]->(b) SET t = row.tie CREATE (b)-[u:TIE]->(a) SET u = row.tie "
        "CREATE (a)-[o:OBSERVED]->(b) SET o = row.evidence",
        rows=[tied(uids, at, *each) for at, each in enumerate(TIES)],
    )
    return uids


TWICE = """
// Two sources name this organisation, by one number.
CREATE (i:Identifier {uid: 'GB-CHC-1090095'})
WITH i MATCH (n {uid: $uid})<-[:DESCRIBES]-(first:Record)
CREATE (first)-[:IDENTIFIED_BY]->(i)<-[:IDENTIFIED_BY]-(other:Record {
  handle: 'o-other', uid: 'weavers-notes:acorn', kind: 'organisation', source: 'weavers-notes',
  fields: '{"name":"Acorn"}'
})
CREATE (other)-[:DESCRIBES]->(n)
"""


def thing(name: str, kind: str, level: int, source: str) -> Told:
    record = f"{source}:{name.lower().replace(' ', '-')}"
    props: Told = {"uid": handle(kind, record), NAMES.get(kind, "name"): name}
    if kind in ("person", "organisation"):
        props |= {"consent": level, "taking_requests": True}
    else:
        props |= {"audience": level}
    row = {"record": record, "kind": kind, "source": source}
    return row | {"labels": LABELS[kind], "props": props}


def related(uids: Uids, at: int, a: str, verb: str, b: str, audience: int, more: Told) -> Told:
    props = more | {"uid": f"r{at}", "audience": audience, "source": "open-list"}
    return {"a": uids[a], "b": uids[b], "verb": verb, "props": props}


def tied(
    uids: Uids, at: int, a: str, b: str, strength: float, labels: tuple[str | None, ...]
) -> Told:
    seen = [level for level, label in enumerate(labels, 1) if label]
    tie: Told = {"audience": max(seen, default=0), "strength": strength, "step": strength}
    tie |= {"unknown": 0.2, "kinds": ["closeness"], "seen": "2026-10-01"}
    tie["label"] = labels[0] or "thick"
    for level in (2, 3, 4):
        if labels[level - 1]:
            tie |= {f"step_{level}": strength, f"label_{level}": labels[level - 1]}
            tie |= {f"kinds_{level}": ["closeness"], f"seen_{level}": "2026-10-01"}
    evidence: Told = {"uid": f"e{at}", "kind": "closeness", "value": 0.9, "source": "open-list"}
    evidence |= {"audience": tie["audience"], "weight": 4.0, "answered_share": 1.0}
    evidence |= {"reporter": "from", "on": "2026-10-01"}
    return {"a": uids[a], "b": uids[b], "tie": tie, "evidence": evidence}


Ask = Callable[..., Told]


@pytest.fixture
def ask(driver: AsyncDriver, address: Address, run: Callable[..., Any]) -> Ask:
    """Put a document in process: ask(text, level=4, **variables) gives data, errors, statements."""

    def put(text: str, level: int = 4, /, **variables: Any) -> Told:
        reader = Reader(driver, address.database, Viewer(level), seconds=60.0)
        result = run(schema().execute(text, variables, Asking(reader)))
        errors = [formatted(error) for error in result.errors or ()]
        return {"data": result.data, "errors": errors, "statements": reader.statements}

    return put


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """What is traced from now on."""
    kept = InMemorySpanExporter()
    end = traces.trace_to(SimpleSpanProcessor(kept))
    yield kept
    end()
