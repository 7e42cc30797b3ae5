"""Pages that stay where they are while the field changes."""

from collections.abc import Callable
from typing import Any

import pytest

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]

PEOPLE = """query($first: Int!, $after: String) { answer: people(first: $first, after: $after) {
  nodes { name } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
BRIDGES = """query($first: Int!, $after: String) { answer: bridges(first: $first, after: $after) {
  totalCount nodes { name: reason } edges { cursor } pageInfo { hasNextPage endCursor } } }"""
BROKERS = """query($first: Int!, $after: String) { answer: brokers(first: $first, after: $after) {
  totalCount nodes { name: reason } edges { cursor } pageInfo { hasNextPage endCursor } } }"""
SEARCH = """query($first: Int!, $after: String) {
  answer: search(text: "acorn ash birch cedar elm", first: $first, after: $after) {
  totalCount nodes { name } edges { cursor } pageInfo { hasNextPage endCursor } } }"""


def walked(ask: Ask, text: str, first: int, between: Callable[[], None] | None = None) -> list[str]:
    """All names, page by page."""
    names: list[str] = []
    after = None
    while True:
        answer = ask(text, 1, first=first, after=after)["data"]["answer"]
        assert len(answer["nodes"]) <= first
        names += [node["name"] for node in answer["nodes"]]
        if not answer["pageInfo"]["hasNextPage"]:
            return names
        after = answer["pageInfo"]["endCursor"]
        assert after == answer["edges"][-1]["cursor"]
        if between:
            between()


@pytest.mark.parametrize("text", [PEOPLE, BRIDGES, BROKERS, SEARCH])
@pytest.mark.parametrize("first", [1, 2, 4])
def test_pages_join_to_the_whole(field: Uids, ask: Ask, text: str, first: int) -> None:
    whole = walked(ask, text, 100)
    assert len(whole) >= 5
    assert walked(ask, text, first) == whole


def test_a_page_does_not_slip(field: Uids, ask: Ask, change: Any) -> None:
    """Someone new before the cursor, and someone gone: nobody is told twice or left out."""
    made = iter(range(100))

    def between() -> None:
        change("CREATE (:Person:Actor {uid: $u, name: 'Aaron', consent: 4})", u=f"p-{next(made)}")
        change("MATCH (n:Person {name: 'Ana Ash'}) DETACH DELETE n")

    names = walked(ask, PEOPLE, 1, between)
    assert names == ["Ana Ash", "Ben Birch", "Cat Cedar", "Dev Dogwood", "Eli Elm", "Stew Spruce"]


def test_equal_names_are_parted_by_uid(field: Uids, ask: Ask, change: Any) -> None:
    change(
        "UNWIND range(1, 7) AS at "
        "CREATE (:Person:Actor {uid: 'p-' + at, name: 'Same Name', consent: 4})"
    )
    assert walked(ask, PEOPLE, 3) == walked(ask, PEOPLE, 100)
    assert walked(ask, PEOPLE, 3).count("Same Name") == 7


def test_ties_page_at_every_level(field: Uids, ask: Ask) -> None:
    text = """query($id: ID!, $first: Int!, $after: String) { person(id: $id) {
      ties(first: $first, after: $after) {
        nodes { to { name } } pageInfo { hasNextPage endCursor } } } }"""
    for level in (1, 2, 3, 4):
        names: list[str] = []
        after, more = None, True
        while more:
            told = ask(text, level, id=field["Ana Ash"], first=1, after=after)
            ties = told["data"]["person"]["ties"]
            names += [tie["to"]["name"] for tie in ties["nodes"]]
            after, more = ties["pageInfo"]["endCursor"], ties["pageInfo"]["hasNextPage"]
        whole = ask(text, level, id=field["Ana Ash"], first=100)["data"]["person"]["ties"]["nodes"]
        assert names == [tie["to"]["name"] for tie in whole]


@pytest.mark.parametrize("text", [PEOPLE, BRIDGES, BROKERS, SEARCH])
@pytest.mark.parametrize("after", ["", "x", "WzFd", "WyJ0aGlzIiwgMV0=", "bm90aGluZw=="])
def test_a_cursor_of_no_list_is_refused(field: Uids, ask: Ask, text: str, after: str) -> None:
    told = ask(text, 4, first=1, after=after)
    assert told["errors"][0]["extensions"]["code"] in ("BAD_CURSOR", "WRONG_USE")
    assert "cursor" in told["errors"][0]["message"]


@pytest.mark.parametrize(("level", "first"), [(4, 0), (4, -1), (4, 101), (1, 1001), (3, 1001)])
def test_a_page_has_a_size(field: Uids, ask: Ask, level: int, first: int) -> None:
    told = ask(PEOPLE, level, first=first)
    assert told["errors"][0]["extensions"]["code"] == "PAGE_SIZE"
    most = "100 " if level == 4 else "1000 "
    assert most in told["errors"][0]["message"]
