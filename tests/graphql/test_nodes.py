"""Whatever has an id is found again by it, whatever it is."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLObjectType

from tieline.graphql.schema import schema

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]
SEEN = """{ people(first: 1) { nodes { id sources { id } ties(first: 1) { nodes { id } } } }
  organisations(first: 1) { nodes { id } } projects(first: 1) { nodes { id } }
  places(first: 1) { nodes { id } } themes(first: 1) { nodes { id } } }"""
AGAIN = """query($ids: [ID!]!) { nodes(ids: $ids) { id __typename
  ... on Tie { from { name } to { name } sources { title } label }
  ... on Record { kind source { title } } } }"""


def ids(value: Any) -> list[str]:
    """Every id in an answer, in order."""
    if isinstance(value, list):
        return [found for each in value for found in ids(each)]
    if isinstance(value, dict):
        return [
            v if k == "id" else found
            for k, v in value.items()
            for found in ([v] if k == "id" else ids(v))
        ]
    return []


def test_every_kind_of_thing_with_an_id_is_found_by_it(field: Uids, ask: Ask) -> None:
    wanted = ids(ask(SEEN, 1)["data"])
    record = ask(
        "{ duplicates(kind: SAME_RECORD) { nodes { records { id } } } "
        'node(id: "open-list:ana-ash") { id } }',
        1,
    )["data"]["node"]["id"]
    found = ask(AGAIN, 1, ids=[*wanted, record])["data"]["nodes"]
    assert [each["id"] for each in found] == [*wanted, record]
    core = schema()._schema
    kinds = {
        name
        for name, each in core.type_map.items()
        if isinstance(each, GraphQLObjectType) and "Node" in {one.name for one in each.interfaces}
    }
    assert {each["__typename"] for each in found} == kinds


def test_a_tie_by_its_id(field: Uids, ask: Ask) -> None:
    tie = f"{field['Ana Ash']}~{field['Ben Birch']}"
    hidden = f"{field['Ana Ash']}~{field['Cat Cedar']}"
    found = ask(AGAIN, 4, ids=[hidden, tie, "no~body", "no:row"])["data"]["nodes"]
    assert [each and each["__typename"] for each in found] == [None, "Tie", None, None]
    assert found[1]["from"] == {"name": "Ana Ash"} and found[1]["to"] == {"name": "Ben Birch"}
    assert found[1]["sources"] == [{"title": "An open list"}]
    assert ask(AGAIN, 3, ids=[hidden])["data"]["nodes"][0]["label"] == "THICK"


def test_an_explained_tie_says_who_said_so(field: Uids, ask: Ask) -> None:
    text = "query($a: ID!, $b: ID!) { tie(from: $a, to: $b) { label sources { title licence } } }"
    for level, other in ((4, "Ben Birch"), (3, "Cat Cedar")):
        tie = ask(text, level, a=field["Ana Ash"], b=field[other])["data"]["tie"]
        assert tie["sources"] == [{"title": "An open list", "licence": None}]
