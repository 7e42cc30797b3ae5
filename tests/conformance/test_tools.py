"""Each tool, of a Tieline that is served for them all. Skipped where no registry can be reached."""

from collections.abc import Iterator

import pytest
from tests.conformance.fetching import fetched
from tests.conformance.serving import served
from tests.conformance.told import Bench, Service, Tool
from tests.conformance.tools import TOOLS
from web.build import Unbuilt

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    try:
        return fetched(tmp_path_factory.mktemp("conformance"))
    except Unbuilt as error:
        pytest.skip(f"the tools cannot be fetched here: {error}")


@pytest.fixture(scope="module")
def service(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("served") / "home") as service:
        yield service


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_is_content(tool: Tool, service: Service, bench: Bench) -> None:
    outcome = tool.ask(service, bench, bench.out / f"{tool.name}.txt")
    assert outcome.failed == []
    assert outcome.checks > 0
