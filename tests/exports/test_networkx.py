"""networkx reads what is written, by its own readers, and finds the same graph."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
from tests.exports.hard import HARD, THINGS, TIES, UNDIRECTED, Held, written

Read = Callable[[str, Held], Any]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def ask(name: str, drawing: Held) -> Any:
        content = written(name, drawing)
        path = tmp_path / "map"
        path.write_bytes(content)
        if name == "gexf":
            return networkx.read_gexf(path, version="1.3")
        if name == "graphml":
            return networkx.read_graphml(path)
        if name == "cytoscape":
            return networkx.cytoscape_graph(json.loads(content))
        return networkx.node_link_graph(json.loads(content), name="key", edges="edges")

    return ask


def pairs(graph: Any) -> Counter[tuple[str, ...]]:
    return Counter(tuple(sorted(each[:2])) for each in graph.edges)


def held(drawing: Held) -> Counter[tuple[str, ...]]:
    return Counter(tuple(sorted((tie.start, tie.end))) for tie in drawing.tied)


@pytest.mark.parametrize("name", ["gexf", "graphml", "cytoscape", "graphology"])
def test_it_reads_actors_and_their_ties(name: str, read: Read) -> None:
    graph = read(name, UNDIRECTED)
    assert set(graph) == {each.uid for each in THINGS} and not graph.is_directed()
    assert pairs(graph) == held(UNDIRECTED)
    assert graph.degree("o-2") == 0


@pytest.mark.parametrize("name", ["gexf", "graphml", "cytoscape"])
def test_it_reads_names_lists_and_weights(name: str, read: Read) -> None:
    graph = read(name, UNDIRECTED)
    odd, org = graph.nodes["p-1"], graph.nodes["o-1"]
    assert odd["label"].startswith("Zoë Ångström-Łoś 日本語 عربى <&>") and odd["kind"] == "person"
    places = {"gexf": '["Leeds","York"]', "graphml": "Leeds|York"}
    assert org["places"] == places.get(name, ["Leeds", "York"])
    weights = {frozenset(ends): weight for *ends, weight in graph.edges(data="weight")}
    assert weights == {frozenset((t.start, t.end)): t.weight for t in UNDIRECTED.tied}
    assert "sort" not in odd


@pytest.mark.parametrize("name", ["cytoscape", "graphology"])
def test_it_reads_parallel_and_directed_ties_beside_the_others(name: str, read: Read) -> None:
    graph = read(name, HARD)
    assert graph.is_multigraph() and pairs(graph) == held(HARD)
    told = [data for *_, data in graph.edges(data=True)]
    directed = [each.get("directed", not each.get("undirected")) for each in told]
    assert sum(directed) == sum(tie.directed for tie in TIES)


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_it_refuses_both_directions_in_one_file_as_the_page_says(name: str, read: Read) -> None:
    with pytest.raises(networkx.NetworkXError, match=r"irected.* in undirected"):
        read(name, HARD)


def test_gexf_has_places_and_colours_for_it(read: Read) -> None:
    look = read("gexf", UNDIRECTED).nodes["p-1"]["viz"]
    assert look["position"] == {"x": 1.5, "y": -2.25, "z": 0.0}
    assert (look["color"]["r"], look["color"]["g"], look["color"]["b"]) == (0, 114, 178)
