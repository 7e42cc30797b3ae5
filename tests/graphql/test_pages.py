"""Pages both ways, in every order: they join to the whole, and tell what stands beside them."""

import base64
import threading
from collections.abc import Callable
from random import Random
from typing import Any

import orjson
import pytest

from tieline.graphql.cursors import cursor
from tieline.graphql.orders import LOADS, NAMES, PROJECTS, TIES

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]
ARGS = "first: $first, after: $after, last: $last, before: $before"
HEAD = "query Page($first: Int, $after: String, $last: Int, $before: String"
BODY = """{ nodes { id } edges { cursor }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }"""
TOLD = BODY.replace("id", "id: reason", 1)
SLOW = [pytest.mark.slow]  # each statement is planned anew: a dozen here will do to be quick
OTHERS = [
    *(f"places(orderBy: {order}, {ARGS})" for order in NAMES),
    *(f"projects(orderBy: {order}, {ARGS})" for order in PROJECTS),
    *(f"{name}({ARGS})" for name in ("organisations", "themes")),
]
LISTS = [
    *(f"people(orderBy: {order}, {ARGS})" for order in NAMES),
    *(f"loads(orderBy: {order}, {ARGS})" for order in LOADS),
    *(f"{name}({ARGS})" for name in ("bridges", "brokers", "networks")),
    f'search(text: "acorn ash birch cedar elm", {ARGS})',
    *(pytest.param(text, marks=SLOW) for text in OTHERS),
]
INSIDE = [
    *(("Ana Ash", f"... on Person {{ page: ties(orderBy: {o}, {ARGS}) %s }}") for o in TIES),
    ("Acorn Trust", f"... on Organisation {{ page: members({ARGS}) %s }}"),
    ("Acorn Trust", f"... on Organisation {{ page: projects({ARGS}) %s }}"),
    ("Yorkshire", f"... on Place {{ page: actors({ARGS}) %s }}"),
    ("belonging", f"... on Theme {{ page: actors({ARGS}) %s }}"),
    ("Digging Together", f"... on Project {{ page: partners({ARGS}) %s }}"),
]
MORE = """
UNWIND range(1, 4) AS at
CREATE (:Load {uid: 'load-' + at, started: ['2026-01-02', '2026-01-01', '2026-01-02', ''][at - 1]})
CREATE (:Place {uid: 'l-' + at, name: 'Same', audience: 4})
CREATE (:Organisation:Network:Actor {uid: 'o-' + at, name: 'Same', consent: 4})
CREATE (:Theme {uid: 't-' + at, label: 'T' + (at % 2), audience: 4})
CREATE (:Project {uid: 'j-' + at, title: 'P' + at, audience: 4,
  starts: [date('2025-01-01'), null, date('2024-01-01'), date('2025-01-01')][at - 1],
  ends: [null, date('2027-01-01'), date('2026-01-01'), date('2026-12-31')][at - 1]})
WITH at MATCH (t:Theme {label: 'belonging'}), (l:Place {name: 'Leeds'})
CREATE (p:Person:Actor {uid: 'p-' + at, name: 'Same Name', consent: 4})
CREATE (p)-[:WORKS_ON {uid: 'w-' + at, audience: 4}]->(t)
CREATE (p)-[:BASED_IN {uid: 'b-' + at, audience: 4}]->(l)
WITH p, at MATCH (j:Project {title: 'Digging Together'}), (o:Organisation {name: 'Acorn Trust'})
CREATE (p)-[:PARTNERS_ON {uid: 'q-' + at, audience: 4}]->(j)
CREATE (p)-[:MEMBER_OF {uid: 'm-' + at, audience: 4}]->(o)
"""


def pages_are_so(put: Callable[..., Told], size: int = 2) -> list[str]:
    """Forwards from the beginning, backwards from the end: the same whole, and the facts."""
    whole = [node["id"] for node in put(first=100)["nodes"]]
    assert len(whole) == put(first=1)["totalCount"]
    at, beside = 0, None
    while at < len(whole) or beside is None:
        page, here = put(first=size, after=beside), whole[at : at + size]
        holds(page, here, at > 0, at + size < len(whole))
        at, beside = at + size, page["pageInfo"]["endCursor"]
    at, beside = len(whole), None
    while at > 0:
        begin = max(0, at - size)
        page = put(last=size, before=beside)
        holds(page, whole[begin:at], begin > 0, at < len(whole))
        at, beside = begin, page["pageInfo"]["startCursor"]
    return whole


def holds(page: Told, here: list[str], before: bool, behind: bool) -> None:
    assert [node["id"] for node in page["nodes"]] == here
    told, ends = page["pageInfo"], [edge["cursor"] for edge in page["edges"]]
    assert (told["hasPreviousPage"], told["hasNextPage"]) == (before, behind)
    assert (told["startCursor"], told["endCursor"]) == (ends[0], ends[-1]) if ends else (None, None)


@pytest.fixture
def page(field: Uids, ask: Ask) -> Callable[..., Callable[..., Told]]:
    """page(selection)(first=..., after=...): the answer under `page`, or the error."""

    def of(selection: str, level: int = 1, id: str = "") -> Callable[..., Told]:
        def put(**args: Any) -> Told:
            inside = ", $id: ID!" if id else ""
            given = args | ({"id": id} if id else {})
            told = ask(f"{HEAD}{inside}) {{ {selection} }}", level, **given)
            if told["errors"]:
                return dict(told["errors"][0])
            found = told["data"]
            return dict(found["page"] if "page" in found else found["node"]["page"])

        return put

    return of


@pytest.mark.parametrize("text", LISTS)
def test_pages_join_to_the_whole_both_ways(page: Any, change: Any, text: str) -> None:
    change(MORE)
    body = TOLD if text.startswith(("bridges", "brokers")) else BODY
    assert len(pages_are_so(page(f"page: {text} {body}"))) >= 3


@pytest.mark.parametrize(("name", "text"), INSIDE)
def test_pages_inside_a_thing(field: Uids, page: Any, change: Any, name: str, text: str) -> None:
    change(MORE)
    put = page("node(id: $id) { %s }" % (text % BODY), id=field[name])
    assert len(pages_are_so(put)) >= 1


def test_projects_by_their_days(field: Uids, ask: Ask, change: Any) -> None:
    """The newest first, the next to end first; those of no known day come last."""
    change(MORE)

    def titles(order: str, way: str) -> list[str]:
        text = f'page: projects(filter: {{text: "p", not: {{text: "ing"}}}}, orderBy: {order}'
        found = ask(f"{{ {text}, {way}: 9) {{ nodes {{ title }} }} }}", 1)["data"]["page"]
        return [each["title"] for each in found["nodes"]]

    for way in ("first", "last"):
        assert titles("NEWEST", way) == ["P4", "P1", "P3", "P2"]
        assert titles("ENDING", way) == ["P3", "P4", "P2", "P1"]
        assert titles("NAME_DESC", way) == ["P4", "P3", "P2", "P1"]


def test_what_goes_and_comes_beside_a_cursor(page: Any, change: Any) -> None:
    """hasPreviousPage is asked of the list as it is, not of the cursor."""
    put = page(f"page: people({ARGS}) {BODY}")
    second = put(first=1)["pageInfo"]["endCursor"]
    assert put(first=1, after=second)["pageInfo"]["hasPreviousPage"]
    change("MATCH (n:Person {name: 'Ana Ash'}) DETACH DELETE n")
    assert not put(first=1, after=second)["pageInfo"]["hasPreviousPage"]
    end = put(last=1)["pageInfo"]["startCursor"]
    assert put(last=1, before=end)["pageInfo"]["hasNextPage"]
    change("MATCH (n:Person {name: 'Stew Spruce'}) DETACH DELETE n")
    assert not put(last=1, before=end)["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize("text", [f"page: people({ARGS}) {BODY}", f"page: brokers({ARGS}) {TOLD}"])
def test_one_way_at_a_time(page: Any, text: str) -> None:
    put = page(text)
    told = put(first=1)["pageInfo"]["endCursor"]
    for wrong in ({"first": 1, "last": 1}, {"last": 1, "after": told}, {"before": told}):
        assert put(**wrong)["extensions"]["code"] == "WRONG_USE"
        assert "first" in put(**wrong)["message"] and "last" in put(**wrong)["message"]
    assert put(last=0)["extensions"]["code"] == "PAGE_SIZE"
    assert len(put()["nodes"]) <= 20


def test_a_cursor_is_of_one_list_and_order(page: Any) -> None:
    titles = page(f"page: projects({ARGS}) {BODY}")(first=1)["pageInfo"]["endCursor"]
    for text in ("people", "places", "projects", "loads", "bridges"):
        order = "orderBy: NEWEST, " if text == "projects" else ""
        body = TOLD if text == "bridges" else BODY
        answer = page(f"page: {text}({order}{ARGS}) {body}")(first=1, after=titles)
        assert answer["extensions"]["code"] == "BAD_CURSOR", text
    assert "nodes" in page(f"page: projects(orderBy: NAME_DESC, {ARGS}) {BODY}")(
        last=1, before=titles
    )


@pytest.mark.parametrize("uid", ["", "\x00", "\ue000", "p-1", "\U0010ffff"])
def test_odd_cursors_are_answered(page: Any, uid: str) -> None:
    put = page(f"page: people({ARGS}) {BODY}")
    at = cursor("Cat Cedar", uid, "people")
    after, before = put(first=9, after=at), put(last=9, before=at)
    assert len(after["nodes"]) + len(before["nodes"]) in (5, 6)
    assert after["pageInfo"]["hasPreviousPage"] and before["pageInfo"]["hasNextPage"]


def test_an_order_tells_no_number(field: Uids, ask: Ask, change: Any) -> None:
    """Strengths that swap change nothing for whom they are not: no order, no cursor, no page."""
    every = " ".join(
        f"{order}_{way}: ties(orderBy: {order}, {way}: 2) {BODY}"
        for order in list(TIES)[:6]
        for way in ("first", "last")
    )
    text = f"query($id: ID!) {{ node(id: $id) {{ ... on Actor {{ {every} }} }} }}"

    def told() -> list[bytes]:
        return [
            orjson.dumps(ask(text, level, id=field["Ana Ash"])["data"]) for level in range(1, 5)
        ]

    before = told()
    change("MATCH ()-[t:TIE]->() SET t.strength = 1 - t.strength, t.step = t.strength")
    after = told()
    assert before[0] != after[0], "or this would be no test"
    assert before[1:] == after[1:]
    for level in (2, 3, 4):
        found = ask(text, level, id=field["Ana Ash"])["data"]["node"]
        held = [edge["cursor"] for each in found.values() for edge in each["edges"]]
        keys = [orjson.loads(base64.urlsafe_b64decode(each))[0] for each in held]
        names = ("Ben Birch", "Cat Cedar", "Acorn Trust", "Dev Dogwood")
        assert all(key[2:] in names or key in names or key == "2026-10-01" for key in keys)


STAYED = 40
CHURN = [
    "CREATE (n:Person:Actor {uid: $uid, name: $name, consent: 4}) WITH n "
    "MATCH (a:Person {name: 'Ana Ash'}) CREATE (a)-[:TIE {audience: 4, strength: $at, "
    "label: 'thin', label_4: 'thin', seen_4: '2026-01-01'}]->(n)",
    "MATCH (n:Person) WHERE n.uid STARTS WITH 'p-churn' WITH n ORDER BY n.bio, rand() LIMIT 1 "
    "DETACH DELETE n",
]


@pytest.mark.parametrize(
    "text",
    [
        f"page: people({ARGS}) {BODY}",
        f"node(id: $id) {{ ... on Actor {{ page: ties({ARGS}) {BODY} }} }}",
    ],
)
def test_pages_hold_while_others_come_and_go(
    field: Uids, page: Any, change: Any, text: str
) -> None:
    """Whoever stayed is told once, however many came and went meanwhile, on either side."""
    change(
        "MATCH (a:Person {name: 'Ana Ash'}) UNWIND range(1, $many) AS at "
        "CREATE (n:Person:Actor {uid: 'p-stay-' + at, name: 'M' + (at % 7), consent: 4}) "
        "CREATE (a)-[:TIE {audience: 4, strength: 0.3, label: 'thin', label_4: 'thin'}]->(n)",
        many=STAYED,
    )
    over, done = threading.Event(), 0

    def others() -> None:
        nonlocal done
        dice = Random(8)
        while not over.is_set():
            name = f"{dice.choice('ALMNZ')}{dice.randint(0, 9)}"
            given = {"uid": f"p-churn-{done}", "name": name, "at": dice.random()}
            change(dice.choice([CHURN[0], *CHURN]), **given)
            done += 1

    put = page(text, 4, field["Ana Ash"] if "$id" in text else "")
    stayed = {each["id"] for each in put(first=100)["nodes"]}
    writer = threading.Thread(target=others)
    writer.start()
    ways = [(3, False), (3, True), (7, False), (7, True)]
    try:
        while ways or done < 20:  # or nothing came and went
            assert writer.is_alive()
            found = walked(put, *(ways.pop() if ways else (3, True)))
            assert sorted(each for each in found if each in stayed) == sorted(stayed)
            assert len(set(found)) == len(found)
    finally:
        over.set()
        writer.join()


def walked(put: Callable[..., Told], size: int, back: bool) -> list[str]:
    """All ids, page by page, from either end."""
    found: list[str] = []
    page = put(**{"last" if back else "first": size})
    while True:
        found += [each["id"] for each in page["nodes"]]
        if not page["pageInfo"]["hasPreviousPage" if back else "hasNextPage"]:
            return found
        if back:
            page = put(last=size, before=page["pageInfo"]["startCursor"])
        else:
            page = put(first=size, after=page["pageInfo"]["endCursor"])
