"""A small world to load into: sources, rows made in a line, and what the graph then says."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.loaders.batch import Figures, apply
from tieline.loaders.change import Said
from tieline.loaders.journal import Outcome, load_rows
from tieline.loaders.judge import judge
from tieline.loaders.refresh import refresh
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump, mention

TODAY = date(2026, 11, 21)
Ask = Callable[..., list[dict[str, Any]]]


class World:
    """The graph, and short ways to say things to it and to look at it."""

    def __init__(self, graph: Graph, ask: Ask) -> None:
        self.graph, self.ask = graph, ask

    def clear(self) -> None:
        """Nothing but the model and the date."""
        self.ask("MATCH (n) WHERE NOT n:Migration AND NOT n:Field DETACH DELETE n")

    def source(self, slug: str, **props: Any) -> None:
        usual = {"slug": slug, "reliability": 1.0, "audience": 4, "public": False}
        self.ask("MERGE (s:Source {slug: $slug}) SET s = $p", slug=slug, p=usual | props)

    def apply(self, rows: Iterable[Row] = (), gone: Iterable[str] = ()) -> Figures:
        """Rows and gone rows (uids) of one source, as one batch."""
        ordered = sorted(rows, key=lambda row: row.record.uid)
        gone = sorted(gone)
        slug = (ordered[0].record.uid if ordered else gone[0]).partition(":")[0]
        said = [Said(row) for row in ordered]
        return self.graph.write(lambda steps: apply(steps, slug, said, gone))

    def load(self, slug: str, rows: Sequence[Row], **options: Any) -> Outcome:
        """As a file is loaded; `name` stands for its contents."""
        name, part = options.pop("name", "file"), options.pop("part", "all")
        source = {"slug": slug, "reliability": 1.0, "audience": 4} | options.pop("source", {})
        pairs = [(n, row) for n, row in enumerate(rows)]
        return load_rows(self.graph, source, part, name, name, "test", "mapping", pairs, **options)

    def judge(self, left: str, right: str, verdict: str | None) -> None:
        self.graph.write(lambda steps: judge(steps, left, right, verdict))

    def partition(self) -> list[list[str]]:
        """Records by the thing they describe."""
        rows = self.ask("MATCH (r:Record)-[:DESCRIBES]->(e) WITH e, collect(r.uid) AS m RETURN m")
        return sorted(sorted(row["m"]) for row in rows)

    def said(self) -> Counter[str]:
        """Every node and relationship but the journal's, as text."""
        nodes = self.ask(
            "MATCH (n) WHERE NOT n:Load|Pulse|Field|Migration|Touched|Ask|Retraction "
            "RETURN labels(n) AS labels, properties(n) AS props"
        )
        ties = self.ask(
            "MATCH (a)-[x]->(b) RETURN type(x) AS type, coalesce(a.uid, a.slug) AS a, "
            "coalesce(b.uid, b.slug) AS b, properties(x) AS props"
        )
        for row in nodes:
            row["labels"].sort()
            row["props"].pop("load", None)
            row["props"].pop("other_loads", None)
            row["props"].pop("evidence", None)  # what the judge had before them then
        return Counter(dump(row) for row in nodes + ties)

    def ties(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every tie by the names of its ends."""
        rows = self.ask(
            "MATCH (a)-[t:TIE]->(b) RETURN a.name AS a, b.name AS b, properties(t) AS props"
        )
        return {(row["a"], row["b"]): row["props"] for row in rows}


@pytest.fixture
def world(graph: Graph, raw: Ask) -> World:
    refresh(graph, TODAY)  # or the answers would change with the years
    return World(graph, raw)


Actor = tuple[str, str, Sequence[str], dict[str, Any]]  # kind, name, identifiers, other fields


def statement(uid: str, *said: tuple[str, Actor, Actor, dict[str, Any]], day: str = "") -> Row:
    """A row that is no thing: (verb, actor, actor, props) each."""
    source = uid.partition(":")[0]
    row = Row(Record(uid, STATEMENT, source, dump({}), day))
    for verb, *actors, props in said:
        ends = [_mention(row, source, actor, day) for actor in actors]
        row.edges.append(Edge(verb, ends[0], ends[1], uid, tuple(props.items())))
    return row


def thing(uid: str, actor: Actor, day: str = "") -> Row:
    """A row that is an actor."""
    kind, name, ids, fields = actor
    source = uid.partition(":")[0]
    return Row(Record(uid, kind, source, dump({"name": name} | fields), day, tuple(sorted(ids))))


def project(uid: str, *said: tuple[str, Actor], day: str = "", **fields: Any) -> Row:
    """A row that is a project, with (verb, actor) each."""
    source = uid.partition(":")[0]
    row = Row(Record(uid, "project", source, dump({"title": uid} | fields), day))
    for verb, actor in said:
        row.edges.append(Edge(verb, _mention(row, source, actor, day), uid, uid))
    return row


def _mention(row: Row, source: str, actor: Actor, day: str) -> str:
    kind, name, ids, fields = actor
    made = mention(source, kind, {"name": name} | fields, ids, day)
    row.mentions.setdefault(f"{kind} {len(row.mentions)}", made)
    return made.uid


def person(name: str, *ids: str, **fields: Any) -> Actor:
    return ("person", name, ids or (f"name-person-x-{name.casefold()}",), fields)


def body(name: str, *ids: str, **fields: Any) -> Actor:
    return ("organisation", name, ids or (f"name-organisation-x-{name.casefold()}",), fields)


class Rows:
    """The makers of rows, for test modules (a conftest is not to be imported)."""

    statement = staticmethod(statement)
    thing = staticmethod(thing)
    project = staticmethod(project)
    person = staticmethod(person)
    body = staticmethod(body)


@pytest.fixture
def rows() -> type[Rows]:
    return Rows
