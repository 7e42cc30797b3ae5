"""The map of a field of which nothing is public: whoever has a token can still come in."""

import re

import pytest
from neo4j import GraphDatabase
from playwright.sync_api import expect
from tests.browser import Visit
from tests.web.conftest import serving
from tests.web.mapping import made

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.graphql.signin.tokens import Tokens
from tieline.settings import settings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_members_sign_in_where_nothing_is_public(
    field: Graph, address: Address, visit: Visit
) -> None:
    made()
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        closed = "MATCH (n:Actor) WHERE n.consent = 4 SET n.consent = 3"
        driver.execute_query(closed, database_=address.database)
    tokens = Tokens(settings().home / "tokens.sqlite3")
    token = tokens.create("a member", "member", None, "read", 3600)[1]
    with serving("anonymous") as served:
        page = visit(f"{served.removesuffix('graphql')}map").page
        expect(page.get_by_role("heading")).to_contain_text("Nothing on the map yet")
        page.get_by_label(re.compile("A token of yours")).fill("tieline_none")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("opens nothing here")
        page.get_by_label(re.compile("A token of yours")).fill(token)
        page.get_by_role("button", name="Sign in").click()
        page.locator(".canvas, .everybody").first.wait_for(timeout=60_000)
        expect(page.locator(".coverage")).to_contain_text("actors")
