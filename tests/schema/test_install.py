"""The model in a real database: installed once, checked, migrated in order."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tieline.database import install as model
from tieline.database.graph import Graph
from tieline.errors import LoadProblem
from tieline.schema.declared import NODES, Migration, migrations, of_class, statements, wanted
from tieline.schema.relationships import VERBS, properties

Raw = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def mended(graph: Graph, raw: Raw) -> Iterator[Graph]:
    """Whatever a test alters is put back: the model outlives the emptying between tests."""
    yield graph
    raw("MATCH (m:Migration) DELETE m")
    model.install(graph)


def test_installed_again_it_brings_nothing_and_takes_no_time(graph: Graph) -> None:
    model.install(graph)
    took = []
    for _ in range(3):
        began = time.monotonic()
        assert model.install(graph) == []
        took.append(time.monotonic() - began)
    assert min(took) < 0.5
    assert model.check(graph) == []


def test_what_was_dropped_is_named_and_brought_back(mended: Graph, raw: Raw) -> None:
    raw("DROP CONSTRAINT constraint_unique_WORKS_FOR_uid")
    raw("DROP INDEX index_Record_source")
    raw("DROP INDEX names")
    gone = ["index on Record.source", "unique WORKS_FOR.uid", "migration 0001_names"]
    assert model.check(mended) == gone
    assert model.install(mended) == gone
    assert model.check(mended) == []


def test_an_index_of_ours_under_another_name_is_good_enough(mended: Graph, raw: Raw) -> None:
    raw("DROP INDEX index_Record_source")
    raw("CREATE INDEX my_own FOR (n:Record) ON (n.source)")
    assert model.install(mended) == []
    raw("DROP INDEX my_own")


def test_migrations_are_recorded_with_a_checksum(graph: Graph, raw: Raw) -> None:
    made = raw("MATCH (m:Migration) RETURN m.name AS name, m.checksum AS sum ORDER BY name")
    assert [(row["name"], row["sum"]) for row in made] == [
        (m.name, m.checksum) for m in migrations()
    ]


def test_an_edited_past_migration_is_refused_by_name(mended: Graph, raw: Raw) -> None:
    raw("MATCH (m:Migration {name: '0001_names'}) SET m.checksum = 'of another text'")
    with pytest.raises(LoadProblem, match="0001_names has been edited"):
        model.install(mended)


def test_a_migration_of_a_newer_tieline_is_refused(mended: Graph, raw: Raw) -> None:
    raw("CREATE (:Migration {name: '9999_later', checksum: 'x'})")
    with pytest.raises(LoadProblem, match="9999_later"):
        model.check(mended)


def test_the_graph_gets_a_date_once(graph: Graph, raw: Raw, monkeypatch: Any) -> None:
    raw("MATCH (f:Field) DELETE f")
    monkeypatch.setenv("TIELINE_TODAY", "2026-03-01")
    assert model.install(graph) == ["the graph's date"]
    monkeypatch.setenv("TIELINE_TODAY", "2026-04-01")
    assert model.install(graph) == []
    assert raw("MATCH (f:Field) RETURN f.as_of AS day") == [{"day": "2026-03-01"}]


def test_every_uid_is_unique_on_things_and_on_what_is_stated(graph: Graph, raw: Raw) -> None:
    rows = raw("SHOW CONSTRAINTS YIELD labelsOrTypes, properties")
    unique = {(row["labelsOrTypes"][0], row["properties"][0]) for row in rows}
    stated = {(verb.name, "uid") for verb in VERBS.values() if verb.stated}
    things = {(cls.__label__, "uid") for cls in NODES if "uid" in properties(cls)}
    assert len(stated) == 18
    assert unique >= stated | things | {("Record", "handle"), ("Source", "slug")}


def test_names_in_any_of_their_forms_are_found(graph: Graph, raw: Raw) -> None:
    raw(
        "CREATE (:Person {name: 'Ada Weaver'}), (:Theme {hidden_labels: ['weaver craft']}), "
        "(:Project {title: 'Weaver days'}), (:Place {also_known_as: ['Weaver Vale']})"
    )
    found = raw(
        "CALL db.index.fulltext.queryNodes('names', 'weaver') YIELD node "
        "RETURN labels(node)[0] AS label ORDER BY label"
    )
    assert [row["label"] for row in found] == ["Person", "Place", "Project", "Theme"]


def test_places_near_a_point_are_found_through_an_index(graph: Graph, raw: Raw) -> None:
    raw("CREATE (:Place {name: 'here', location: point({latitude: 52.4, longitude: -1.5})})")
    near = raw(
        "MATCH (p:Place) USING POINT INDEX p:Place(location) "
        "WHERE point.distance(p.location, point({latitude: 52.41, longitude: -1.5})) < 2000 "
        "RETURN p.name AS name"
    )
    assert near == [{"name": "here"}]


def test_neomodel_makes_exactly_what_the_classes_name() -> None:
    assert set(statements()) == {each.name for cls in NODES for each in of_class(cls)}
    assert {each.name for each in wanted()} == set(statements()) | {"names", "locations", "lessons"}


def test_a_migration_is_read_statement_by_statement() -> None:
    text = (
        "// why; because\nDROP INDEX old IF EXISTS;\nCREATE POINT INDEX new FOR (n:X) ON (n.y);\n"
    )
    migration = Migration("0009_x", text)
    assert len(migration.statements) == 2
    assert migration.indexes == {"old": False, "new": True}
    assert [m.name[:4] for m in migrations()] == [
        f"{n:04}" for n in range(1, len(migrations()) + 1)
    ]
