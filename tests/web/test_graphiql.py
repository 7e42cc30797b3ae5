"""GraphiQL in a real Chromium: nothing asked of anyone else, nothing complained of."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Response
from tests.browser import Visit
from tests.web.asked import OWN, Given, asked
from tests.web.conftest import put

from tieline.graphql.operations import saved

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
PROGRESS = "subscription Progress($load: ID!) { loadProgress(load: $load) { id state } }"


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


def test_a_load_is_followed(served: str, visit: Visit) -> None:
    load = put(served, "{ loads(first: 1) { nodes { id } } }")["loads"]["nodes"][0]["id"]
    seen = visit(served)
    page = seen.page
    page.locator(".graphiql-tab-add").click()
    write(page, ".graphiql-query-editor", PROGRESS)
    write(page, ".graphiql-editor-tool", json.dumps({"load": load}))
    page.locator(".graphiql-tab-active", has_text="Progress").wait_for()
    page.locator(".graphiql-execute-button").click()
    page.locator(".graphiql-response", has_text="loadProgress").wait_for()
    assert any(url.startswith("ws://127.0.0.1") for url in seen.asked)
    seen.clean()


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
