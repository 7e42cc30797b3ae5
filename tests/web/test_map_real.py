"""The map of a real network: all-party parliamentary groups and their members, a public register.

Skipped where the partner's files are absent. People are in it by their public roles alone.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser import Visit
from tests.web.conftest import TODAY, put, serving
from tests.web.mapping import made, opened
from tests.web.pixels import drawn

from tieline.database.graph import Graph
from tieline.database.install import install

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
FIND = """query($text: String!) {
  search(text: $text, kinds: [ORGANISATION], first: 1) { nodes { uid name } }
}"""


@pytest.fixture(scope="module")
def url(connection: Graph, shared: Path) -> Iterator[str]:
    made()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_TODAY", TODAY)
        while connection.write(lambda s: s.run("database/empty", batch=20_000))[0]["deleted"]:
            pass
        install(connection)
        tieline = Path(sys.executable).parent / "tieline"
        line: list[str | Path] = [tieline, "load", shared / "partners" / "appg", "--source", "appg"]
        loaded = subprocess.run(line, env=dict(os.environ), capture_output=True, text=True)
        assert loaded.returncode in (0, 3), loaded.stderr
        with serving("anonymous") as served:
            yield served


def test_a_large_map_is_drawn_and_settles(url: str, visit: Visit) -> None:
    asked = put(url, "{ map(limit: 10000) { totalActors totalTies communities { size } } }")["map"]
    assert asked["totalActors"] > 2_000 and asked["totalTies"] > 10_000
    found = opened(visit, url, width=1440, height=900)
    page = found.page
    expect(page.locator(".coverage")).to_contain_text(f"{asked['totalActors']:,} actors")
    expect(page.locator(".coverage")).to_contain_text("All-party parliamentary groups")
    page.wait_for_timeout(2_000)
    assert len(drawn(page, "#0072b2", 40)) > 300, "the largest circle has its colour"
    expect(page.locator(".legend")).to_contain_text("smaller ones, in grey")
    found.clean()


def test_who_can_connect_two_groups(url: str, visit: Visit) -> None:
    one, other = (
        put(url, FIND, text=text)["search"]["nodes"][0] for text in ("Loneliness", "Cycling")
    )
    found = opened(visit, url)
    page = found.page
    found.ask("Who can connect us?")
    found.choose("Who asks", one["name"])
    found.choose("Whom they wish to meet", other["name"])
    found.told()
    routes = page.locator(".routes > .answer")
    assert 1 <= routes.count() <= 3
    expect(routes.first).to_contain_text(re.compile("role|worked|met|says", re.I))
    found.clean()


def test_allies_of_a_group_and_what_holds_it_together(url: str, visit: Visit) -> None:
    group = put(url, FIND, text="Loneliness")["search"]["nodes"][0]
    found = opened(visit, url, f"?ask=allies&from={group['uid']}")
    found.told()
    expect(found.page.locator(".answers .answer").first).to_contain_text("Allies")
    found.ask("What holds this together?")
    found.page.locator(".answers .asking").wait_for(state="detached", timeout=120_000)
    first = found.page.locator(".routes > .answer").first
    expect(first).to_contain_text(re.compile(r"sure in \d+%"))
    first.get_by_role("button").first.click()
    expect(first).to_contain_text("Who would be cut off")
    found.clean()


def test_where_no_project_is_recorded_it_says_so(url: str, visit: Visit) -> None:
    found = opened(visit, url)
    found.ask("Is someone already doing this?")
    found.told()
    expect(found.page.locator(".answers")).to_contain_text("No two projects")
    found.page.get_by_role("textbox", name="What do you plan?").fill("A group on loneliness")
    found.page.locator("form").get_by_role("button").click()
    found.told()
    expect(found.page.locator(".answers .note")).to_be_visible()
    found.clean()
