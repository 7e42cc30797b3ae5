"""One fixed statement a list, whatever the aliases, fragments and interfaces around it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from neo4j import GraphDatabase

from tieline.database.address import Address
from tieline.database.reader import Reader
from tieline.database.statements import cypher, sent
from tieline.database.statements import given as as_sent
from tieline.graphql.cursors import LAST
from tieline.graphql.operations import Operation, saved
from tieline.graphql.orders import LOADS, NAMES, PROJECTS, TIES, Orders
from tieline.graphql.warm import names, parameters

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]

ROOTS = ("people", "organisations", "networks", "places", "themes")  # that come by name
INSIDE = {
    "Person": ["c: projects"],
    "Organisation": ["c: projects", "members"],
    "Project": ["leads", "partners", "funders"],
    "Place": ["a: actors", "b: projects"],
    "Theme": ["a: actors", "b: projects"],
}
NESTED = """
{ people(first: 50) { nodes { name ties(first: 20) { nodes { to { name themes { label } } } } } } }
"""


def given(field: Uids) -> dict[str, Told]:
    """Variables for the saved operations that need some."""
    return {
        "pathways": {"from": field["Ana Ash"], "to": field["Eli Elm"]},
        "pathways-theme": {"from": field["Eli Elm"], "theme": field["belonging"]},
        "search": {"text": "ash"},
        "similar": {
            "draft": {"title": "Soup", "places": [field["Leeds"]], "themes": [field["loneliness"]]}
        },
        "fit": {"actor": field["Acorn Trust"]},
        "lessons": {"text": "slowly"},
        "translate": {"term": "belonging"},
        "introducers": {"from": field["Ana Ash"], "to": field["Eli Elm"]},
        "introduce": {"route": [field[name] for name in ("Ana Ash", "Ben Birch", "Eli Elm")]},
        "place": {"id": field["Yorkshire"]},
        "theme": {"id": field["belonging"]},
        "actor": {"id": field["Ana Ash"]},
        "tie": {"from": field["Ana Ash"], "to": field["Ben Birch"]},
        "broker": {"actor": field["Ana Ash"]},
        "slipped": {"actor": field["Ana Ash"]},
    }


def asking() -> dict[str, Operation]:
    """The saved operations that have one answer and change nothing."""
    return {name: operation for name, operation in saved().items() if operation.reads}


def test_three_levels_are_three_statements(field: Uids, ask: Ask) -> None:
    told = ask(NESTED, 1)
    assert told["errors"] == []
    assert sorted(told["statements"]) == ["lists/actor_themes", "lists/actor_ties", "lists/people"]
    ana = told["data"]["people"]["nodes"][0]
    names = [tie["to"]["name"] for tie in ana["ties"]["nodes"]]
    assert names == ["Ben Birch", "Cat Cedar", "Acorn Trust", "Dev Dogwood", "Stew Spruce"]


def test_statements_do_not_grow_with_the_field(field: Uids, ask: Ask, change: Any) -> None:
    few = ask(NESTED, 1)["statements"]
    change(
        "MATCH (b:Person {name: 'Ben Birch'}) UNWIND range(1, 40) AS at "
        "CREATE (p:Person:Actor {uid: 'p-more-' + at, name: 'More ' + at, consent: 4}) "
        "CREATE (p)-[t:TIE]->(b) "
        "SET t = {audience: 4, label: 'thin', label_4: 'thin', strength: 0.1}"
    )
    more = ask(NESTED, 1)
    assert sorted(more["statements"]) == sorted(few)
    assert len(more["data"]["people"]["nodes"]) == 46


def test_an_interface_is_one_statement(field: Uids, ask: Ask) -> None:
    """Persons and organisations among the members: their places are read together."""
    told = ask(
        "{ organisations(first: 5) { nodes { members(first: 5) { nodes { places { name } } } } } }",
        1,
    )
    assert sorted(told["statements"]) == [
        "lists/actor_places",
        "lists/organisation_members",
        "lists/organisations",
    ]


def test_a_fragment_used_twice_is_one_statement(field: Uids, ask: Ask) -> None:
    told = ask(
        """query($a: ID!, $b: ID!) { one: node(id: $a) { ...P } two: node(id: $b) { ...P } }
        fragment P on Actor { name places { name } }""",
        4,
        a=field["Ana Ash"],
        b=field["Acorn Trust"],
    )
    assert told["data"]["one"] == {"name": "Ana Ash", "places": [{"name": "Leeds"}]}
    assert told["data"]["two"] == {"name": "Acorn Trust", "places": []}
    assert sorted(told["statements"]) == ["lists/actor_places", "lists/entities", "lists/entities"]


def test_aliases_keep_their_own_answers(field: Uids, ask: Ask) -> None:
    told = ask(
        """query($id: ID!) { node(id: $id) { ... on Actor {
          one: ties(first: 1) { nodes { to { name } } }
          all: ties(first: 9) { totalCount nodes { to { name uid } } }
          label: name name
        } } }""",
        1,
        id=field["Ana Ash"],
    )
    ana = told["data"]["node"]
    assert [tie["to"]["name"] for tie in ana["one"]["nodes"]] == ["Ben Birch"]
    assert len(ana["all"]["nodes"]) == ana["all"]["totalCount"] == 5
    assert ana["label"] == ana["name"] == "Ana Ash"


def test_nodes_and_edges_may_select_differently(field: Uids, ask: Ask) -> None:
    told = ask(
        """query($no: Boolean = false) { people(first: 2) {
          nodes { name bio @include(if: $no) }
          edges { node { uid places { name } } }
        } }""",
        4,
    )
    people = told["data"]["people"]
    assert people["nodes"] == [{"name": "Ana Ash"}, {"name": "Ben Birch"}]
    assert people["edges"][0]["node"] == {"uid": field["Ana Ash"], "places": [{"name": "Leeds"}]}


def test_a_total_alone_runs_the_count_alone(field: Uids, ask: Ask) -> None:
    told = ask("{ people { totalCount __typename } }", 4)
    assert told["statements"] == ["lists/people_count"]
    assert told["data"]["people"] == {"totalCount": 3, "__typename": "PersonConnection"}


def test_kinds_are_held(field: Uids, ask: Ask) -> None:
    """An organisation's uid is no person."""
    told = ask(
        "query($o: ID!, $p: ID!) { person(id: $o) { name } organisation(id: $p) { name } }",
        1,
        o=field["Acorn Trust"],
        p=field["Ana Ash"],
    )
    assert told["data"] == {"person": None, "organisation": None}


def test_ids_of_every_form(field: Uids, ask: Ask, change: Any) -> None:
    """A uid, a global id, and the handle of any record; nodes keep their places."""
    change(
        "MATCH (n:Person {uid: $uid}) CREATE (:Record {uid: 'open-list:other', handle: 'p-other', "
        "kind: 'person', source: 'open-list', fields: '{}'})-[:DESCRIBES]->(n)",
        uid=field["Ana Ash"],
    )
    uid = field["Ana Ash"]
    id = ask("query($id: ID!) { node(id: $id) { id } }", 4, id=uid)["data"]["node"]["id"]
    ids = [uid, "p-nobody", id, "p-other", "open-list"]
    told = ask("query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", 4, ids=ids)
    one = {"id": id, "__typename": "Person"}
    assert told["data"]["nodes"][:4] == [one, None, one, one]
    assert told["data"]["nodes"][4]["__typename"] == "Source"


def test_a_handle_tells_of_no_narrower_source(field: Uids, ask: Ask) -> None:
    """Whoever guesses the ids of the weavers' notes must not learn whom they speak of."""
    text = "query($o: ID!) { node(id: $o) { id } organisation(id: $o) { name } }"
    nothing = {"node": None, "organisation": None}
    assert ask(text, 2, o="o-other")["data"]["organisation"] == {"name": "Acorn Trust"}
    assert ask(text, 3, o="o-other")["data"] == nothing
    assert ask(text, 4, o="o-other")["data"] == nothing


PARAMETER = re.compile(r"\$(\w+)")


@pytest.mark.parametrize("name", names())
def test_a_list_says_what_it_is_given(name: str) -> None:
    text = cypher(name)
    head = [line for line in text.splitlines() if line.startswith("//")]
    body = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    assert head[0].endswith((".", "?"))
    told = {word for line in head[1:] for word in PARAMETER.findall(line.partition(":")[0])}
    assert told == set(PARAMETER.findall(body))


def every_list() -> Iterator[str]:
    """Every list of the schema in every order, from either end, with its total."""
    root: dict[str, Orders] = dict.fromkeys(ROOTS, NAMES) | {"projects": PROJECTS, "loads": LOADS}
    page = "{ totalCount nodes { id } }"
    for way in ("first", "last"):
        for name, orders in root.items():
            yield from (f"{{ {name}(orderBy: {order}, {way}: 1) {page} }}" for order in orders)
        for order in TIES:
            ties = f"ties(orderBy: {order}, {way}: 1) {page}"
            yield f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Actor {{ {ties} }} }} }}"
        found = []
        for kind, lists in INSIDE.items():
            inner = " ".join(f"{name}({way}: 1) {page}" for name in lists)
            found.append(f"... on {kind} {{ {inner} }}")
        yield f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {' '.join(found)} }} }}"


def test_a_list_is_given_what_it_says(
    field: Uids, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planner's parameters are those of the text: none missing, none unused."""
    seen: dict[str, set[str]] = {}
    pages = Reader.pages

    async def noted(self: Reader, name: str, /, **params: Any) -> Any:
        seen[name] = set(params)
        return await pages(self, name, **params)

    monkeypatch.setattr(Reader, "pages", noted)
    for name, operation in asking().items():
        ask(operation.text, 1, **given(field).get(name, {}))
    ask(saved()["duplicates"].text, 1, kind="SAME_RECORD")
    for text in every_list():
        assert ask(text, 1, ids=list(field.values()))["errors"] == [], text
    lists = {name: params for name, params in seen.items() if name.startswith("lists/")}
    assert lists == {name: set(parameters(name)) for name in lists}
    assert set(names()) == set(lists)


ROOT = ("people", "organisations", "projects", "places", "themes")


@pytest.mark.parametrize("name", [*ROOT, *(f"{name}_desc" for name in ROOT), "people_count"])
def test_a_page_reads_no_more_than_itself(field: Uids, address: Address, name: str) -> None:
    """The first page of a root list goes by an index: what it reads does not grow with the field.

    The count beside it reads everyone, and shows that this would be seen.
    """
    more = (
        "UNWIND range(1, 3000) AS at CREATE (:Person:Actor {uid: 'p-' + at, name: 'N' + at, "
        "consent: 4}) CREATE (:Organisation:Actor {uid: 'o-' + at, name: 'N' + at, consent: 4}) "
        "CREATE (:Project {uid: 'j-' + at, title: 'N' + at, audience: 4}) "
        "CREATE (:Place {uid: 'l-' + at, name: 'N' + at, audience: 4}) "
        "CREATE (:Theme {uid: 't-' + at, label: 'N' + at, audience: 4})"
    )
    given = parameters(f"lists/{name}") | {"parents": [""], "level": 4}
    if "limit" in given:
        given |= {"limit": 21, "cols": ["uid", "name"]}
    if name.endswith("_desc"):
        given |= dict(zip("ku", LAST, strict=True))
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        with driver.session(database=address.database) as session, session.begin_transaction() as t:
            t.run(more).consume()
            text, params = sent(f"lists/{name}"), as_sent(f"lists/{name}", given)
            found = t.run("PROFILE " + text, params).consume().profile
            t.rollback()
    assert found is not None
    assert (hits(found) > 3000) == name.endswith("_count")
    assert hits(found) < 400 or name.endswith("_count")


def hits(plan: Told) -> int:
    return int(plan.get("dbHits", 0)) + sum(map(hits, plan.get("children", [])))
