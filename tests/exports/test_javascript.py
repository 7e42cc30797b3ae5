"""graphology and Cytoscape.js read what is written: in Node, from the npm registry."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.exports.hard import BARE, HARD, THINGS, TIES, written
from tests.exports.tools import node, npm, ran

GRAPHOLOGY, CYTOSCAPE = "graphology@0.26.0", "cytoscape@3.33.1"  # MIT both
READ_GRAPHOLOGY = """
const {readFileSync} = require("fs");
const Graph = require("graphology");
const data = JSON.parse(readFileSync(process.argv[2], "utf8"));
const g = Graph.from(data);
const nodes = g.mapNodes((key, a) => [key, a.label, a.x, a.y, a.themes || []]);
const edges = g.mapEdges((key, a, s, t, sa, ta, undirected) => [key, s, t, undirected, a.weight]);
console.log(JSON.stringify({nodes, edges, multi: g.multi, type: g.type, alone: g.degree("o-2"),
  name: g.getAttribute("name"), licence: g.getAttribute("licence")}));
"""
READ_CYTOSCAPE = """
const {readFileSync} = require("fs");
const cytoscape = require("cytoscape");
const data = JSON.parse(readFileSync(process.argv[2], "utf8"));
const cy = cytoscape({headless: true, layout: {name: "preset"}, elements: data.elements});
const nodes = cy.nodes().map(n => [n.id(), n.data("label"), n.position("x"), n.position("y")]);
const edges = cy.edges().map(e => [e.id(), e.source().id(), e.target().id(), e.data("weight")]);
console.log(JSON.stringify({nodes, edges, alone: cy.getElementById("o-2").degree()}));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("npm")
    npm(made, GRAPHOLOGY, CYTOSCAPE)
    return made


def read(folder: Path, script: str, content: bytes) -> Any:
    (folder / "map.json").write_bytes(content)
    (folder / "read.cjs").write_text(script)
    return json.loads(ran([node(folder)[0], "read.cjs", "map.json"], folder))


@pytest.mark.slow
def test_graphology_reads_all_of_it(folder: Path) -> None:
    told = read(folder, READ_GRAPHOLOGY, written("graphology"))
    assert told["nodes"] == [[t.uid, t.name, t.x, t.y, list(t.themes)] for t in THINGS]
    assert told["edges"] == [[t.uid, t.start, t.end, not t.directed, t.weight] for t in TIES]
    assert (told["multi"], told["type"], told["alone"]) == (True, "mixed", 0)
    assert told["licence"] == HARD.about.licence and told["name"] == HARD.about.title


@pytest.mark.slow
def test_graphology_has_a_place_for_who_has_none(folder: Path) -> None:
    told = read(folder, READ_GRAPHOLOGY, written("graphology", BARE))
    assert all(isinstance(at, int | float) for _, _, *place, _ in told["nodes"] for at in place)


@pytest.mark.slow
def test_graphology_refuses_parallel_ties_that_are_not_said_to_be(folder: Path) -> None:
    wrong = written("graphology").replace(b'"multi":true', b'"multi":false')
    with pytest.raises(AssertionError, match="already exist"):
        read(folder, READ_GRAPHOLOGY, wrong)


@pytest.mark.slow
def test_cytoscape_reads_all_of_it(folder: Path) -> None:
    told = read(folder, READ_CYTOSCAPE, written("cytoscape"))
    assert told["nodes"] == [[t.uid, t.name, t.x, t.y] for t in THINGS]
    assert told["edges"] == [[t.uid, t.start, t.end, t.weight] for t in TIES]
    assert told["alone"] == 0


@pytest.mark.slow
def test_cytoscape_loses_a_tie_with_the_id_of_a_node(folder: Path) -> None:
    """The trap is there: what keeps our ids apart is needed."""
    data = json.loads(written("cytoscape"))
    data["elements"]["edges"][0]["data"]["id"] = "p-1"
    told = read(folder, READ_CYTOSCAPE, json.dumps(data).encode())
    assert len(told["edges"]) == len(TIES) - 1
