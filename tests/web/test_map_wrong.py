"""What the map's page says when something is amiss, in a real Chromium: its database is away, its
scripts do not come, WebGL is missing, or it was never built. Each time how to mend it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.browser import Visit
from tests.graphql.served import answering
from tests.web.conftest import serving
from tests.web.line import Line, line
from tests.web.mapping import Opened, made, opened

from tieline.database.graph import Graph
from tieline.graphql import mapped

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def to_it(field: Graph) -> Iterator[Line]:
    with line(field.address.uri) as found:
        yield found


@pytest.fixture(scope="module")
def url(field: Graph, to_it: Line) -> Iterator[str]:
    made()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_NEO4J_URI", to_it.uri)
        with serving("anonymous") as served:
            yield served


def test_its_database_is_away_and_comes_back(url: str, to_it: Line, visit: Visit) -> None:
    found = opened(visit, url)
    to_it.cut()
    found.ask("What holds this together?")
    wrong = found.page.get_by_role("alert")
    expect(wrong).to_contain_text("tieline database start", timeout=60_000)
    assert found.page.locator(".canvas").is_visible(), "the map that was there stays"
    later = Opened(visit(f"{url.removesuffix('graphql')}map", dark=True))
    expect(later.page.get_by_role("heading")).to_contain_text("cannot be read", timeout=60_000)
    expect(later.page.get_by_role("alert")).to_contain_text("tieline database start")
    assert later.faults() == []
    assert later.page.evaluate("document.documentElement.dataset.theme") == "dark"
    to_it.mend()
    again = later.page.get_by_role("button", name="Try again")
    for page in (later.page, found.page):
        while not page.locator(".canvas").is_visible() or page.get_by_role("alert").count():
            if again.count() or page.get_by_role("alert").count():
                page.get_by_role("button", name="Try again").click()
            page.wait_for_timeout(1_000)
    found.told()
    expect(found.page.locator(".routes > .answer").first).to_be_visible(timeout=60_000)


def test_its_program_does_not_come(url: str, visit: Visit) -> None:
    """By no script, since that is what is missing."""
    page = visit("about:blank").page
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{url.removesuffix('graphql')}map")
    said = page.locator(".late")
    expect(said).to_contain_text("Load the page again")
    expect(said).not_to_be_visible()
    expect(said).to_be_visible(timeout=30_000)
    expect(page.get_by_role("link", name="a table")).to_be_visible()


def test_without_scripts_the_same_field_is_offered_otherwise(url: str, visit: Visit) -> None:
    browser = visit("about:blank").page.context.browser
    assert browser
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{url.removesuffix('graphql')}map")
    expect(page.locator(".late")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("link", name="a table")).to_be_visible()


def test_without_webgl_the_list_is_there(url: str, visit: Visit) -> None:
    seen = visit("about:blank")
    seen.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    seen.page.goto(f"{url.removesuffix('graphql')}map")
    expect(seen.page.get_by_role("alert")).to_contain_text("WebGL", timeout=60_000)
    expect(seen.page.locator(".everybody tbody tr").first).to_be_visible()


def test_where_it_was_never_built_it_says_how(
    field: Graph, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapped, "BUNDLE", mapped.ROOM / "nowhere")
    with answering(field.address) as client:
        found = Opened(visit(str(client.base_url.join("/map"))))
        expect(found.page.get_by_role("heading")).to_contain_text("not built")
        expect(found.page.locator("main")).to_contain_text("make web")
        assert found.faults() == []
        found.page.get_by_role("link", name="ask it in GraphQL").click()
        expect(found.page).to_have_url(re.compile("/graphql$"))
