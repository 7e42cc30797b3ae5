"""Nobody learns of what they may not see: not by an answer, a count, an order, an error."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tieline.graphql.operations import saved
from tieline.schema.consent import LEVELS

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]

HIDDEN = "Hana Hidden"
WIDE = """
{
  people(first: 50) { totalCount nodes { ...A } }
  organisations(first: 50) { totalCount nodes { ...A members(first: 50) { totalCount } } }
  projects(first: 50) { totalCount nodes { title partners(first: 9) { totalCount } } }
  places(first: 50) { totalCount nodes { name actors(first: 9) { totalCount nodes { name } } } }
  themes(first: 50) { totalCount nodes { label actors(first: 9) { totalCount nodes { name } } } }
  sources { uid }
}
fragment A on Actor {
  uid name alsoKnownAs
  ties(first: 9) {
    totalCount
    pageInfo { endCursor }
    nodes { uid label strength step unknown kinds lastSeen to { uid name } sources { uid } }
  }
  memberships { ways roles organisation { name } }
  sources { uid }
}
"""


def questions(field: Uids) -> list[tuple[str, Told]]:
    ana, eli, loneliness = (field[name] for name in ("Ana Ash", "Eli Elm", "loneliness"))
    text = {name: operation.text for name, operation in saved().items()}
    return [
        (WIDE, {}),
        (text["pathways"], {"from": ana, "to": eli}),
        (text["pathways"], {"from": eli, "to": field["Acorn Trust"], "personIn": True}),
        (text["pathways-theme"], {"from": eli, "theme": loneliness}),
        (text["introducers"], {"from": ana, "to": eli}),
        (text["introduce"], {"route": [ana, field["Ben Birch"], eli]}),
        (text["bridges"], {"first": 50}),
        (text["brokers"], {"first": 50}),
        (text["duplicates"], {"kind": "SAME_RECORD"}),
        (text["duplicates"], {"kind": "PARALLEL_EFFORT"}),
        (text["search"], {"text": "a"}),
        (text["search"], {"text": "hana hidden acorn"}),
        (text["place"], {"id": field["Yorkshire"]}),
        (text["theme"], {"id": field["belonging"]}),
    ]


def answers(field: Uids, ask: Ask, level: int) -> str:
    told = [ask(text, level, **variables) for text, variables in questions(field)]
    for each in told:
        each.pop("statements")
        for answer in (each["data"] or {}).values():
            if isinstance(answer, dict):
                answer.pop("graphVersion", None)
    return json.dumps(told, indent=1)


@pytest.mark.parametrize("level", LEVELS)
def test_a_hidden_person_moves_nothing(field: Uids, ask: Ask, change: Any, level: int) -> None:
    """With them or without them, every answer is the same to the letter."""
    there = answers(field, ask, level)
    assert HIDDEN not in there and field[HIDDEN] not in there
    assert '"Ana Ash"' in there and '"errors": []' in there
    change("MATCH (n {uid: $uid})<-[:DESCRIBES]-(r) DETACH DELETE n, r", uid=field[HIDDEN])
    assert answers(field, ask, level) == there


@pytest.mark.parametrize(
    "text",
    [
        "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }",
        "query($id: ID!) { person(id: $id) { name } }",
        'query($id: ID!) { pathways(from: $id, to: { actor: { id: "Ana Ash" } }) { note } }',
        'query($id: ID!) { pathways(from: "Ana Ash", to: { actor: { id: $id } }) { note } }',
        "query($id: ID!) { people(filter: { ids: [$id] }) { totalCount nodes { name } } }",
        "query($id: ID!) { people(filter: { organisation: $id }) { totalCount } }",
    ],
)
def test_to_ask_for_the_hidden_is_to_ask_for_nothing(field: Uids, ask: Ask, text: str) -> None:
    """By uid: the same words as for a uid that nothing has."""
    nothing = "p-" + "0" * 24
    hidden, none = ask(text, 1, id=field[HIDDEN]), ask(text, 1, id=nothing)
    assert json.dumps(hidden).replace(field[HIDDEN], nothing) == json.dumps(none)


def test_counts_by_level(field: Uids, ask: Ask) -> None:
    text = "{ people { totalCount } organisations { totalCount } projects { totalCount } }"
    counts = {
        level: [each["totalCount"] for each in ask(text, level)["data"].values()]
        for level in LEVELS
    }
    assert counts == {1: [6, 3, 2], 2: [5, 3, 2], 3: [4, 2, 1], 4: [3, 2, 1]}


def test_a_tie_is_what_may_be_seen_of_it(field: Uids, ask: Ask) -> None:
    text = """query($id: ID!) { person(id: $id) { ties { nodes {
        label strength to { name } sources { uid } } } } }"""
    labels = {}
    for level in LEVELS:
        ties = ask(text, level, id=field["Ana Ash"])["data"]["person"]["ties"]["nodes"]
        labels[level] = {tie["to"]["name"]: tie["label"] for tie in ties}
        assert all((tie["strength"] is not None) == (level == 1) for tie in ties)
        assert all(tie["sources"] == [{"uid": "open-list"}] for tie in ties)
    assert labels[4] == {"Ben Birch": "THIN", "Acorn Trust": "THICK"}
    assert labels[3] == labels[4] | {"Ben Birch": "MIDDLING", "Cat Cedar": "THICK"}
    assert labels[2] == labels[3] | {"Ben Birch": "THICK", "Dev Dogwood": "MIDDLING"}
    assert labels[1] == labels[2] | {"Stew Spruce": "MIDDLING"}


def test_the_order_of_ties_tells_no_number(field: Uids, ask: Ask, change: Any) -> None:
    """To all but stewards ties come by label and name, whatever their strengths."""
    text = "query($id: ID!) { person(id: $id) { ties { edges { cursor node { to { name } } } } } }"
    seen = ask(text, 2, id=field["Ana Ash"])["data"]
    change("MATCH ()-[t:TIE]->() SET t.strength = 1 - t.strength, t.step_2 = 1 - t.step_2")
    assert ask(text, 2, id=field["Ana Ash"])["data"] == seen
    stewards = ask(text, 1, id=field["Ana Ash"])["data"]["person"]["ties"]["edges"]
    assert stewards[0]["node"]["to"]["name"] == "Stew Spruce"


def test_what_stewards_alone_read(field: Uids, ask: Ask, change: Any) -> None:
    change("MATCH (n:Person {name: 'Ana Ash'}) SET n.capacity = 3")
    change("CREATE (:Load {uid: 'l1', source: 'open-list', state: 'finished', read: 5})")
    text = "query($id: ID!) { person(id: $id) { consent capacity } loads { nodes { uid read } } }"
    told = ask(text, 1, id=field["Ana Ash"])
    assert told["data"]["person"] == {"consent": 4, "capacity": 3}
    assert told["data"]["loads"] == {"nodes": [{"uid": "l1", "read": 5}]}
    told = ask(text, 2, id=field["Ana Ash"])
    assert told["data"] == {"person": {"consent": None, "capacity": None}, "loads": None}
    assert told["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert not any(name.startswith("lists/loads") for name in told["statements"])


def test_sources_that_may_be_named(field: Uids, ask: Ask, change: Any) -> None:
    """A source is named where it may be, and where what it says of someone may be seen."""
    text = "query($id: ID!) { node(id: $id) { ... on Entity { sources { uid } } } }"

    def named(level: int, name: str) -> list[str]:
        node = ask(text, level, id=field[name])["data"]["node"]
        return [source["uid"] for source in node["sources"]]

    assert named(4, "Acorn Trust") == ["open-list"]
    assert named(2, "Acorn Trust") == ["open-list", "weavers-notes"]
    change("MATCH (n:Person {name: 'Ana Ash'}) SET n.consent_rest = 2")
    assert named(4, "Ana Ash") == [] and named(2, "Ana Ash") == ["open-list"]
    change("MATCH (s:Source {slug: 'open-list'}) SET s.public = true")
    assert named(4, "Ana Ash") == ["open-list"]


def test_records_of_a_pair(field: Uids, ask: Ask) -> None:
    text = saved()["duplicates"].text
    pair = ask(text, 2, kind="SAME_RECORD")["data"]["duplicates"]["nodes"][0]
    assert pair["left"]["name"] == "Acorn Trust"
    assert [record["uid"] for record in pair["records"]] == [
        "open-list:acorn-trust",
        "weavers-notes:acorn",
    ]
    assert ask(text, 3, kind="SAME_RECORD")["data"]["duplicates"]["totalCount"] == 0


def test_filters(field: Uids, ask: Ask) -> None:
    text = """query($f: PersonFilter) { people(filter: $f) { totalCount nodes { name } } }"""

    def named(level: int, **filter: Any) -> list[str]:
        found = ask(text, level, f=filter)["data"]["people"]
        names = [person["name"] for person in found["nodes"]]
        assert len(names) == found["totalCount"]
        return names

    assert named(4, place="Leeds") == ["Ana Ash"]
    assert named(3, place=field["Yorkshire"]) == ["Ana Ash", "Ben Birch", "Cat Cedar"]
    assert named(1, text="  ASH ") == ["Ana Ash"]
    assert named(1, theme="belonging", place="Leeds") == ["Ana Ash"]
    assert named(4, organisation="Acorn Trust") == ["Ana Ash"]
    assert named(1, ids=[field["Ben Birch"], field[HIDDEN]]) == ["Ben Birch"]
