"""What the loaders write is what the classes declare: no label, verb, property or type besides."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from neomodel import ArrayProperty

from tieline.cli.main import main
from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.schema.declared import NODES
from tieline.schema.relationships import CLASSES, VERBS, properties

Raw = Callable[..., list[dict[str, Any]]]
EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "through-thick-and-thin"
FOLDERS = ("lanterns", "words")  # between them they have every kind of thing
TYPES = {
    "StringProperty": ("STRING",),
    "DateProperty": ("STRING",),
    "IntegerProperty": ("INTEGER",),
    "FloatProperty": ("FLOAT", "INTEGER"),
    "BooleanProperty": ("BOOLEAN",),
    "ArrayProperty": ("LIST<STRING NOT NULL>",),
    "Location": ("POINT",),
}


@pytest.fixture
def loaded(graph: Graph, address: Address, monkeypatch: pytest.MonkeyPatch) -> Graph:
    for name in ("uri", "user", "password", "database"):
        monkeypatch.setenv(f"TIELINE_NEO4J_{name.upper()}", getattr(address, name))
    for folder in FOLDERS:
        try:
            main(["load", str(EXAMPLE / folder), "--json"])
        except SystemExit as ended:
            assert ended.code in (0, 3), folder  # 3: some rows refused, as the example means to
    return graph


def test_the_example_field(loaded: Graph, raw: Raw) -> None:
    """One load for both: what things and verbs carry, and what verbs join."""
    _properties(raw)
    _ends(raw)


def _properties(raw: Raw) -> None:
    classes = {cls.__label__: cls for cls in NODES}
    things = raw(
        "MATCH (n) UNWIND keys(n) AS key "
        "RETURN DISTINCT [l IN labels(n) WHERE l <> 'Actor' AND l <> 'Network'] AS labels, "
        "key, valueType(n[key]) AS type"
    )
    assert {row["labels"][0] for row in things} >= {"Person", "Organisation", "Project", "Record"}
    for row in things:
        assert len(row["labels"]) == 1
        _hold(properties(classes[row["labels"][0]]), row)
    between = raw(
        "MATCH ()-[x]->() UNWIND keys(x) AS key "
        "RETURN DISTINCT type(x) AS verb, key, valueType(x[key]) AS type"
    )
    assert {row["verb"] for row in between} >= {"TIE", "OBSERVED", "WORKS_FOR", "BROADER"}
    for row in between:
        _hold(properties(VERBS[row["verb"]].model), row)


def _ends(raw: Raw) -> None:
    rows = raw("MATCH (a)-[x]->(b) RETURN DISTINCT type(x) AS verb, labels(a) AS a, labels(b) AS b")
    assert len(rows) > 12
    for row in rows:
        verb = VERBS[row["verb"]]
        assert any(CLASSES[kind] in row["a"] for kind in verb.starts), row
        assert any(CLASSES[kind] in row["b"] for kind in verb.ends), row


def _hold(declared: dict[str, Any], row: dict[str, Any]) -> None:
    assert row["key"] in declared, row
    if row["type"].startswith("LIST<NOTHING>"):  # an empty list is one of anything
        assert isinstance(declared[row["key"]], ArrayProperty)
        return
    assert row["type"].removesuffix(" NOT NULL") in TYPES[type(declared[row["key"]]).__name__], row
