"""igraph reads the GraphML, as the page says: fetched for the test, and thrown away."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.exports.hard import EMPTY, HARD, THINGS, TIES, UNDIRECTED, Held, written
from tests.exports.tools import fetched, ran

IGRAPH = "igraph==1.0.0"  # GPL-2.0: nothing of ours holds it
READ = """
import json, sys, igraph
sys.path.insert(0, ".")
graph = igraph.Graph.Read_GraphML("map.graphml")
print(json.dumps({
    "directed": graph.is_directed(),
    "graph": {name: graph[name] for name in graph.attributes()},
    "things": [each.attributes() for each in graph.vs],
    "ties": [[sorted(graph.vs[n]["id"] for n in each.tuple), each["weight"]] for each in graph.es],
}))
"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("igraph")
    fetched([sys.executable, "-m", "pip", "install", "-q", "--target", str(target), IGRAPH], target)
    return target


def read(folder: Path, drawing: Held) -> Any:
    (folder / "map.graphml").write_bytes(written("graphml", drawing))
    return json.loads(ran([Path(sys.executable), "-c", READ], folder))


def test_it_reads_everybody_and_their_ties(folder: Path) -> None:
    found = read(folder, UNDIRECTED)
    assert [each["id"] for each in found["things"]] == [each.uid for each in THINGS]
    assert found["things"][0]["label"].startswith("Zoë Ångström-Łoś 日本語 عربى <&>")
    assert found["ties"] == [[sorted((tie.start, tie.end)), tie.weight] for tie in UNDIRECTED.tied]
    assert not found["directed"] and "CC BY 4.0" in found["graph"]["licence"]
    assert read(folder, EMPTY)["things"] == []


def test_it_tells_no_direction_where_some_have_none(folder: Path) -> None:
    found = read(folder, HARD)
    assert len(found["ties"]) == len(TIES) and not found["directed"]
