"""GraphiQL in a real Chromium: nothing asked of anyone else, nothing complained of."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Response
from tests.browser import Visit
from tests.web.asked import CHANGE, FOLLOWED, HAPPENS, OWN, Given, asked
from tests.web.conftest import put

from tieline.graphql.operations import saved

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def write(page: Page, editor: str, text: str) -> None:
    """Into the editor of the question, or of its variables, in place of what is there."""
    page.locator(f"{editor} .monaco-editor").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def ran(page: Page, name: str) -> Any:
    """What the service answered to the operation of this name, once the page shows an answer."""

    def of(response: Response) -> bool:
        return f'"operationName":"{name}"' in (response.request.post_data or "")

    with page.expect_response(of, timeout=60_000) as found:
        page.locator(".graphiql-execute-button").click()
    told = found.value.json()
    page.locator(".graphiql-response", has_text=re.compile('"(data|errors)"')).wait_for()
    return told


def operation(name: str) -> str:
    """PathwaysTheme, of pathways-theme."""
    return "".join(part.capitalize() for part in name.split("-"))


def test_a_person_says_of_their_ties(person: str, visit: Visit) -> None:
    answered(person, visit, OWN)


def test_every_other_saved_operation_opens_and_is_answered(served: str, visit: Visit) -> None:
    answered(served, visit, asked())


def answered(url: str, visit: Visit, questions: dict[str, Given]) -> None:
    """Each is chosen from the list, given its variables, run."""
    seen = visit(url)
    page = seen.page
    page.locator(".graphiql-query-editor .view-line").first.wait_for()
    for name, given in questions.items():
        page.get_by_role("button", name=saved()[name].question, exact=True).click()
        page.locator(".graphiql-tab-active", has_text=operation(name)).wait_for()
        variables = given(url) if callable(given) else given
        write(page, ".graphiql-editor-tool", json.dumps(variables))
        told = ran(page, operation(name))
        assert "errors" not in told and told["data"], (name, told)
        page.locator(".graphiql-tab-active .graphiql-tab-close").click()
    seen.clean()


@pytest.mark.parametrize("name", FOLLOWED)
def test_what_is_told_while_it_happens_is_followed(served: str, visit: Visit, name: str) -> None:
    """Chosen from the list, and shown as it comes; what has to happen for it happens meanwhile."""
    given, seen = FOLLOWED[name], visit(served)
    page = seen.page
    page.locator(".graphiql-query-editor .view-line").first.wait_for()
    page.get_by_role("button", name=saved()[name].question, exact=True).click()
    page.locator(".graphiql-tab-active", has_text=operation(name)).wait_for()
    variables = given(served) if callable(given) else given
    write(page, ".graphiql-editor-tool", json.dumps(variables))
    with page.expect_websocket() as opened:
        page.locator(".graphiql-execute-button").click()
    assert opened.value.url.startswith("ws://127.0.0.1")
    shown = page.locator(".graphiql-response")
    if name in HAPPENS:
        opened.value.wait_for_event("framesent", lambda frame: '"subscribe"' in str(frame))
        happen(served, page, name)
    said = {"load-progress": "finished", "question-progress": '"done": true', "judged": "TAKEN"}
    shown.filter(has_text=said[name]).wait_for(timeout=120_000)
    seen.clean()


def happen(url: str, page: Page, name: str) -> None:
    """Twice, if it must: what happened before it was followed is not told."""
    for _ in range(20):
        for change in HAPPENS[name]:
            given = CHANGE[change]
            put(url, saved()[change].text, **(given(url) if callable(given) else given))
        page.wait_for_timeout(1500)
        if "TAKEN" in page.locator(".graphiql-response").inner_text():
            return


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_the_screen_in_light_and_in_dark(
    served: str, visit: Visit, width: int, dark: bool
) -> None:
    seen = visit(served, width=width, height=844, dark=dark, touch=width < 400)
    page = seen.page
    page.locator(".graphiql-execute-button").wait_for()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is to be pushed sideways"
    box = page.locator(".graphiql-execute-button").bounding_box()
    assert box and 0 <= box["x"] and box["x"] + box["width"] <= width
    ran(page, "People")
    tall = page.evaluate("document.documentElement.scrollHeight")
    assert tall < 3 * 844, "a long answer scrolls in its own place"
    colour = page.evaluate(
        "getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor"
    )
    light = sum(int(each) for each in colour.strip("rgba()").split(",")[:3]) > 384
    assert light != dark, colour
    seen.clean()
