"""Our own page, for where GraphiQL is not built; and that a page which does wrong is noticed."""

import json
from collections.abc import Iterator

import pytest
from tests.browser import Visit
from tests.graphql.served import answering

from tieline.database.graph import Graph
from tieline.graphql import app

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def plain(field: Graph, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """As it is served where there is no bundle."""
    monkeypatch.setattr(app, "BUNDLE", app.PAGE.parent / "nowhere")
    with answering(field.address) as client:
        yield str(client.base_url.join("/graphql"))


@pytest.mark.parametrize("width", [1280, 390])
def test_a_question_is_chosen_and_answered(plain: str, visit: Visit, width: int) -> None:
    seen = visit(plain, width=width, height=844, touch=width < 400)
    page = seen.page
    page.get_by_text("You are asking as: anonymous.").wait_for()
    assert "make web" in page.locator("footer").inner_text()
    page.get_by_role("button", name="Where do I find this person", exact=False).click()
    assert json.loads(page.locator("#variables").input_value()) == {"text": ""}
    page.locator("#variables").fill('{"text": "house"}')
    page.locator("#run").click()
    page.locator("#answer", has_text="totalCount").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    seen.clean()


def test_what_a_page_asks_of_others_is_seen_and_forbidden(plain: str, visit: Visit) -> None:
    """By its policy, and by us; from a worker too."""
    seen = visit(plain)
    seen.page.get_by_text("You are asking as: anonymous.").wait_for()
    seen.clean()
    seen.page.evaluate("fetch('http://elsewhere.example/').catch(() => 0)")
    seen.page.wait_for_timeout(200)
    assert any("Content Security Policy" in each for each in seen.complaints)
    with pytest.raises(AssertionError):
        seen.clean()


def test_without_a_policy_it_would_be_seen(visit: Visit, plain: str) -> None:
    seen = visit(plain.replace("/graphql", "/healthz"))
    worker = "new Worker(URL.createObjectURL(new Blob([`fetch('http://elsewhere.example/')`])))"
    seen.page.goto("about:blank")
    seen.page.evaluate(f"() => {{ {worker} }}")
    seen.page.wait_for_timeout(500)
    assert "http://elsewhere.example/" in seen.outside()
