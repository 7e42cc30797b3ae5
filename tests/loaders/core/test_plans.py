"""Statements that are planned once (`replan=skip`) are planned well on an empty graph too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j

from tieline.database.address import Address
from tieline.database.driver import options
from tieline.database.graph import Graph
from tieline.database.statements import cypher

FOLDER = Path(__file__).parent.parent.parent.parent / "queries" / "load"
ONCE = sorted(path.stem for path in FOLDER.glob("*.cypher") if "replan=skip" in path.read_text())
SMALL = {"sources": {"f:Field", "s:Source"}}  # labels of which there are few
GIVEN = dict.fromkeys(
    ("rows", "uids", "ids", "uid", "slug", "losing", "dropped", "sources", "before", "after")
)


def steps(plan: Any) -> Iterator[tuple[str, str]]:
    yield plan["operatorType"].partition("@")[0], plan["args"].get("Details", "")
    for child in plan.get("children", []):
        yield from steps(child)


def test_on_an_empty_graph_nothing_is_scanned(graph: Graph, address: Address) -> None:
    assert len(ONCE) > 30
    scanned = {}
    with neo4j.GraphDatabase.driver(address.uri, **options(address)) as driver:
        for name in ONCE:
            text = "EXPLAIN " + cypher(f"load/{name}")
            plan = driver.execute_query(text, GIVEN, database_=address.database).summary.plan
            scans = {told for kind, told in steps(plan) if "Scan" in kind}
            scanned[name] = scans - SMALL.get(name, set())
    assert not any(scanned.values()), scanned
