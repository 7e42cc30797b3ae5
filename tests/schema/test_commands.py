"""`tieline schema`, `tieline hash` and `tieline explain strength`, as somebody types them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tieline.cli.main import main
from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.queries.hash.hash import graph_hash
from tieline.schema.weights import KINDS

Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(
    address: Address, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Said:
    """Runs a command against the tests' database: (exit status, what it printed)."""
    for name in ("uri", "user", "password", "database"):
        monkeypatch.setenv(f"TIELINE_NEO4J_{name.upper()}", getattr(address, name))

    def run(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        code: Any = ended.value.code
        return int(code or 0), capsys.readouterr().out

    return run


def test_schema_is_installed_and_checked(said: Said, graph: Graph) -> None:
    assert said("schema", "install") == (0, "The model is installed: all is there.\n")
    assert said("schema", "check") == (0, "The model is installed: nothing is missing.\n")
    assert json.loads(said("schema", "install", "--json")[1]) == {"installed": []}


def test_check_says_what_is_missing_and_how_to_mend_it(
    said: Said, graph: Graph, raw: Callable[..., Any]
) -> None:
    raw("MATCH (n:Field) DELETE n")
    status, text = said("schema", "check")
    assert status == 1
    assert text == "  missing: the graph's date\nMend it: tieline schema install\n"
    assert json.loads(said("schema", "check", "--json")[1]) == {"missing": ["the graph's date"]}
    assert said("schema", "install")[1] == "  the graph's date\nInstalled 1.\n"


def test_schema_is_shown(said: Said) -> None:
    assert "### Person" in said("schema", "show")[1]
    assert json.loads(said("schema", "show", "--json")[1])["verbs"]["WORKS_FOR"]["to"] == [
        "organisation"
    ]


def test_the_last_word_of_hash_is_the_hash(said: Said, graph: Graph) -> None:
    status, line = said("hash")
    assert status == 0
    assert line.count("\n") == 1
    assert line.split()[-1] == graph_hash(graph)
    assert json.loads(said("hash", "--json")[1])["hash"] == graph_hash(graph)


def test_strength_is_explained_by_the_table_it_is_computed_from(said: Said) -> None:
    status, text = said("explain", "strength")
    assert status == 0
    told = json.loads(said("explain", "strength", "--json")[1])
    assert {row["kind"]: (row["weight"], row["half_life_days"]) for row in told["kinds"]} == {
        kind.name: (kind.weight, kind.half_life) for kind in KINDS.values()
    }
    for kind in KINDS.values():
        assert any(
            kind.name in line and f"{kind.weight:g}" in line and str(kind.half_life) in line
            for line in text.splitlines()
        )
    for formula in told["formula"]:
        assert formula in text
