"""The page and the lists of versions say what the tools are, and the probes can find something."""

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import strawberry
import uvicorn
from strawberry.asgi import GraphQL
from tests.conformance import cop
from tests.conformance.page import PAGE, TABLE
from tests.conformance.told import HERE, versions
from tests.conformance.tools import TOOLS

from tieline.graphql.serving import bound

LOCKS = [HERE, *sorted(each.parent for each in (HERE.parent.parent / "web").glob("*/package.json"))]


def rows() -> list[list[str]]:
    found = TABLE.search(PAGE.read_text("utf-8"))
    assert found
    lines = [line for line in found[0].splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_has_each_tool_at_its_version() -> None:
    expected = [
        (f"{tool.registry} `{tool.package}`" if tool.registry else tool.package, tool.version)
        for tool in TOOLS
    ]
    assert [(row[0], row[1]) for row in rows()] == expected
    assert [row[2] for row in rows()] == [tool.bar for tool in TOOLS]


def test_the_page_tells_of_checks_and_of_none_that_failed() -> None:
    for row in rows():
        assert int(row[3].replace(",", "")) > 0, row
        assert row[4] == "0", row


def test_each_tool_of_a_registry_is_pinned() -> None:
    assert [tool.name for tool in TOOLS if tool.registry and not tool.version] == []
    for registry in ("npm", "PyPI"):
        assert all(re.fullmatch(r"[\d.]+", each) for each in versions(registry).values())


@pytest.mark.parametrize("folder", LOCKS, ids=lambda path: path.name)
def test_what_npm_fetches_is_known_by_its_hash_and_by_no_address(folder: Path) -> None:
    """As `omit-lockfile-registry-resolved` writes it: npm asks whichever registry it is set to."""
    text = (folder / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    packages.pop("")
    assert packages and not re.search(r'"resolved"|registry\.|\.tgz', text)
    assert [name for name, each in packages.items() if "integrity" not in each] == []
    wanted = json.loads((folder / "package.json").read_text("utf-8"))
    pinned = wanted["dependencies"] | wanted.get("devDependencies", {})
    held = {name: packages[f"node_modules/{name}"]["version"] for name in pinned}
    assert held == pinned


@strawberry.type
class Query:
    level: str = "any"


@pytest.fixture
def careless() -> Iterator[httpx.Client]:
    """A service without our limits."""
    taken = bound("127.0.0.1", 0)
    app = GraphQL[object, object](strawberry.Schema(Query))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{taken.getsockname()[1]}") as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def test_probes_find_what_they_look_for(careless: httpx.Client) -> None:
    found = {title for title, probe in cop.PROBES.items() if probe(careless)}
    assert found >= {*cop.DELIBERATE, "Alias Overloading", "Directive Overloading"}
    assert found >= {"Field Duplication", "Field Suggestions"}
    assert not found & {"Trace Mode", "Unhandled Errors Detection", "Array-based Query Batching"}
