"""The map in a real Chromium: a weaver's four stories on the example field, and whom it is for.

Asked as anyone may ask. Whatever the browser is answered is read: nobody is in it who may not be.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import GraphDatabase
from playwright.sync_api import expect
from tests.browser import Visit
from tests.web import colours
from tests.web.conftest import put, serving
from tests.web.mapping import Opened, made, opened
from tests.web.pixels import drawn

from tieline.cli.demo import FROM, TO
from tieline.database.address import Address
from tieline.database.graph import Graph

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
HIDDEN = """
MATCH (n) WHERE (n:Actor AND n.consent < 4) OR ((n:Project OR n:Source) AND n.audience < 4)
RETURN coalesce(n.name, n.title) AS name, coalesce(n.uid, n.slug) AS uid
"""
PURPLE = "#6f4ca1"  # of the seventh circle, in light
ROUTES = colours.read("LIGHT")["routes"]


@pytest.fixture(scope="module")
def url(field: Graph) -> Iterator[str]:
    made()
    with serving("anonymous") as served:
        yield served


@pytest.fixture(scope="module")
def hidden(field: Graph, address: Address) -> list[str]:
    """Names and uids of whom and what anyone may not see; names that are open too left out."""
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        rows = driver.execute_query(HIDDEN, database_=address.database).records
        open_ = driver.execute_query(
            "MATCH (n) WHERE coalesce(n.consent, n.audience) = 4 "
            "RETURN collect(coalesce(n.name, n.title)) AS names",
            database_=address.database,
        ).records[0]["names"]
    found = [text for row in rows for text in row.values() if text and text not in set(open_)]
    assert len(found) > 20, "the example has people whom only weavers may see"
    return found


def read(found: Opened, hidden: list[str]) -> None:
    """All that the browser was told is what anyone may be told."""
    assert any('"actors"' in answer for answer in found.answers)
    for answer in found.answers:
        assert [name for name in hidden if name in answer] == []
    found.clean()


def test_find_my_allies(url: str, visit: Visit, hidden: list[str]) -> None:
    found = opened(visit, url)
    page = found.page
    found.ask("Find my allies")
    found.choose("Who are you?", "Foxglove")
    found.told()
    allies = page.locator(".answers .answer", has_text="Allies you may not know")
    expect(allies).to_contain_text("Bluebrick Conversations")
    expect(allies).to_contain_text(re.compile("Both work on .+ in Coventry"))
    allies.get_by_role("button", name="Bluebrick Conversations").click()
    panel = page.get_by_role("complementary", name="About Bluebrick Conversations")
    expect(panel).to_contain_text("Who says so")
    expect(panel).to_contain_text(re.compile(r"licence|CC|OGL|open", re.I))
    panel.locator(".why").first.click()
    expect(panel.locator(".because li").first).to_be_visible()
    assert "actor=o-" in page.url and "ask=allies" in page.url
    read(found, hidden)


def test_who_can_connect_us(url: str, visit: Visit, hidden: list[str]) -> None:
    found = opened(visit, url)
    page = found.page
    found.ask("Who can connect us?")
    found.choose("Who asks", FROM)
    found.choose("Whom they wish to meet", TO)
    found.told()
    routes = page.locator(".routes > .answer")
    assert 1 <= routes.count() <= 3
    between = [
        set(route.locator(".hops .name").all_inner_texts()) - {FROM, TO} for route in routes.all()
    ]
    assert sum(map(len, between)) == len(set().union(*between)), "no go-between twice"
    asked = put(url, PATHWAYS, **{"from": FROM, "to": TO})["pathways"]["routes"]
    assert routes.count() == len(asked)
    page.wait_for_timeout(800)
    counted = [str(at + 1) for at in range(routes.count())]
    numbers = page.locator(".route-numbers span")
    assert numbers.all_inner_texts() == counted, "each has its number on the map"
    assert page.locator(".routes .route-number").all_inner_texts() == counted
    for colour in ROUTES[: routes.count()]:
        assert len(drawn(page, colour, 12)) > 100, "and its colour"
    page.get_by_role("button", name="Route 2").click()
    page.wait_for_timeout(800)
    assert numbers.all_inner_texts() == ["2"]
    one, two, _ = (len(drawn(page, colour, 12)) for colour in ROUTES)
    assert one == 0 and two > 100, "the others are not drawn"
    assert "which=2" in page.url
    page.reload()
    found.told()
    expect(page.get_by_role("button", name="Route 2")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.get_by_role("button", name="Route 2")).to_have_attribute("aria-pressed", "false")
    read(found, hidden)


PATHWAYS = """query($from: ID!, $to: ID!) {
  pathways(from: $from, to: {actor: {id: $to}}) { routes { reason } }
}"""


def test_what_holds_this_place_together(url: str, visit: Visit, hidden: list[str]) -> None:
    found = opened(visit, url)
    page = found.page
    found.ask("What holds this together?")
    found.told()
    first = page.locator(".routes > .answer").first
    expect(first).to_contain_text(re.compile(r"cuts off \d+"))
    expect(first).to_contain_text(re.compile(r"sure in \d+%"))
    first.get_by_role("button").first.click()
    expect(first).to_contain_text("Who would be cut off")
    expect(first).to_contain_text(re.compile("Act on it:|Not now:"))
    count = int(re.findall(r"cuts off (\d+)", first.inner_text())[0])
    assert first.locator(".names .name").count() == count
    page.wait_for_timeout(800)
    assert drawn(page, "#b3261e", 12), "who would be cut off is marked"
    verdicts = page.locator(".routes .tags").all_inner_texts()
    assert any("worth acting on" in each for each in verdicts)
    assert any("no need to act" in each for each in verdicts)
    read(found, hidden)


def test_is_someone_already_doing_this(url: str, visit: Visit, hidden: list[str]) -> None:
    found = opened(visit, url)
    page = found.page
    found.ask("Is someone already doing this?")
    found.told()
    expect(page.locator(".answers")).to_contain_text("two who may be allies")
    expect(page.locator(".answers")).not_to_contain_text(re.compile("duplicate", re.I))
    page.get_by_role("textbox", name="What do you plan?").fill(
        "A weekly tea where people who are lonely find company in Coventry"
    )
    page.locator("form").get_by_role("button").click()
    found.told()
    expect(page.locator(".answers")).to_contain_text("You may be allies")
    page.locator(".answers .answer .name").first.click()
    expect(page.get_by_role("complementary")).to_contain_text("Who says so")
    read(found, hidden)


def test_somebody_is_found_with_the_pointer_and_others_pale(
    url: str, visit: Visit, hidden: list[str]
) -> None:
    found = opened(visit, url, width=1440, height=900)
    page = found.page
    circles = put(url, "{ map { communities { name size } } }")["map"]["communities"]
    assert len(circles) == 7
    page.locator(".legend").get_by_role("button", name=circles[6]["name"]).click()
    page.wait_for_timeout(800)
    dots = drawn(page, PURPLE)
    assert 100 < len(dots) < 4_000
    x, y = max(dots, key=lambda each: each[1])  # not the circle's name, which is over it
    page.mouse.click(x, y - 4)
    panel = page.get_by_role("complementary")
    expect(panel).to_contain_text(circles[6]["name"])
    assert "circle=6" in page.url and "actor=" in page.url
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    read(found, hidden)


def test_by_keys_alone(url: str, visit: Visit, hidden: list[str]) -> None:
    found = opened(visit, url)
    page = found.page
    page.keyboard.press("/")
    page.keyboard.type("candlewick")
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="About Candlewick Commons")
    expect(panel).to_be_visible()
    page.locator(".canvas").focus()
    status = page.locator(".canvas .unseen")
    expect(status).to_contain_text("Candlewick Commons, organisation")
    met = set()
    for key in ("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
        met.add(status.inner_text())
    assert len(met) >= 2, "arrows go along ties"
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)
    page.keyboard.press("4")
    expect(page.locator(".answers .routes")).to_be_visible(timeout=60_000)
    page.keyboard.press("l")
    expect(page.locator(".everybody table")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("along ties")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    read(found, hidden)


def test_the_list_tells_all_that_the_map_shows(url: str, visit: Visit, hidden: list[str]) -> None:
    found = opened(visit, url, "?view=list")
    page = found.page
    asked = put(url, "{ map(limit: 500) { actors { name } coverage { sentence } } }")["map"]
    names = page.locator(".everybody tbody th").all_inner_texts()
    assert sorted(names) == sorted(each["name"] for each in asked["actors"])
    assert names == sorted(names, key=str.casefold), "by name: nobody is ranked"
    expect(page.locator(".coverage")).to_contain_text(asked["coverage"]["sentence"])
    page.locator(".filters summary").click()
    page.get_by_role("combobox", name="Place").select_option("Scotland")
    expect(page.locator(".everybody h2")).not_to_contain_text(str(len(names)))
    assert 0 < page.locator(".everybody tbody tr").count() < len(names)
    page.get_by_role("checkbox", name="people").check()
    assert "kind=person" in page.url and "place=Scotland" in page.url
    read(found, hidden)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_no_serious_fault(url: str, visit: Visit, width: int, dark: bool) -> None:
    how: dict[str, Any] = {"width": width, "height": 900 if width > 400 else 844, "dark": dark}
    found = opened(visit, url, touch=width < 400, **how)
    page = found.page
    assert found.faults() == []
    found.choose("Find somebody", "Candlewick")
    expect(page.get_by_role("complementary")).to_contain_text("Who says so", timeout=60_000)
    assert found.faults() == []
    for path in (
        f"?ask=connect&from={uid(url, FROM)}&to={uid(url, TO)}",
        "?ask=bridges&which=1",
        "?ask=already",
        "?view=list",
    ):
        page.goto(f"{url.removesuffix('graphql')}map{path}")
        page.locator(".coverage").wait_for()
        found.told()
        assert found.faults() == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "nothing is pushed sideways"
    page.keyboard.press("?")
    assert found.faults() == []


def uid(url: str, name: str) -> str:
    told = put(url, "query($t: String!) { search(text: $t, first: 1) { nodes { uid } } }", t=name)
    return str(told["search"]["nodes"][0]["uid"])


def test_who_prefers_dark_or_says_so_has_it(url: str, visit: Visit) -> None:
    found = opened(visit, url, dark=True)
    theme = "document.documentElement.dataset.theme"
    assert found.page.evaluate(theme) == "dark"
    assert len(drawn(found.page, "#14181d")) > 10_000
    found.page.get_by_role("button", name="Dark").click()
    assert found.page.evaluate(theme) == "light"
    found.page.reload()
    found.page.locator(".canvas").wait_for()
    assert found.page.evaluate(theme) == "light", "it is remembered"


def test_when_the_service_is_gone_the_page_says_how_to_mend_it(field: Graph, visit: Visit) -> None:
    made()
    with serving("anonymous") as served:
        found = opened(visit, served)
    found.ask("What holds this together?")
    wrong = found.page.get_by_role("alert")
    expect(wrong).to_contain_text("tieline serve", timeout=30_000)
    expect(wrong.get_by_role("button", name="Try again")).to_be_visible()


def test_an_empty_field_says_what_to_do(field: Graph, visit: Visit) -> None:
    """The last one: it empties the field."""
    made()
    while field.write(lambda s: s.run("database/empty", batch=20_000))[0]["deleted"]:
        pass
    with serving("anonymous") as served:
        seen = visit(f"{served.removesuffix('graphql')}map")
        expect(seen.page.get_by_role("heading")).to_contain_text("Nothing on the map yet")
        expect(seen.page.locator("main")).to_contain_text("tieline load")
