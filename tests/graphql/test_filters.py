"""Which of a list: each filter by itself, what it leaves out; what is hidden filters nothing."""

from collections.abc import Callable
from typing import Any

import pytest

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]

MORE = """
MATCH (a:Organisation {name: 'Acorn Trust'}), (n:Network), (l:Place {name: 'Leeds'})
MATCH (y:Place {name: 'Yorkshire'}), (j:Project {title: 'Digging Together'})
MATCH (e:Project {title: 'Evening Soup'}), (:Person {name: 'Ana Ash'})-[t:TIE]->(:Organisation)
MATCH (o:Theme {label: 'loneliness'})
SET a.kind = 'Charity', l.kind = 'city', y.kind = 'region', a.also_known_as = ['Squirrels'],
  j.ends = date('2026-12-31'), j.status = 'Running', e.ends = date('2025-12-31'),
  o.scheme = 'x', t.seen = '2024-01-01', t.kinds = ['role', 'joint_work']
"""
PEOPLE = ["Ana Ash", "Ben Birch", "Cat Cedar", "Dev Dogwood", "Eli Elm", "Stew Spruce"]
TIED = ["Ben Birch", "Cat Cedar", "Acorn Trust", "Dev Dogwood", "Stew Spruce"]
BODIES = ["Acorn Trust", "Beech Refuge", "Copse Network"]
PROJECTS = ["Digging Together", "Evening Soup"]
ALL = {
    "people": PEOPLE,
    "organisations": BODIES,
    "networks": ["Copse Network"],
    "projects": PROJECTS,
    "places": ["Leeds", "Yorkshire"],
    "themes": ["belonging", "loneliness"],
    "ties": TIED,
}
# list, what is asked for, what is found. A name stands for its uid.
ASKED: list[tuple[str, Told, list[str]]] = [
    ("people", {"text": "CEDAR "}, ["Cat Cedar"]),
    ("people", {"place": "Yorkshire"}, ["Ana Ash", "Ben Birch", "Cat Cedar"]),
    ("people", {"theme": "belonging"}, ["Ana Ash"]),
    ("people", {"organisation": "Acorn Trust"}, ["Ana Ash", "Cat Cedar"]),
    ("people", {"network": "Copse Network"}, ["Ana Ash", "Ben Birch", "Cat Cedar"]),
    ("people", {"ids": ["Ben Birch", "Eli Elm"]}, ["Ben Birch", "Eli Elm"]),
    ("people", {"ids": []}, []),
    ("organisations", {"text": "squirr"}, ["Acorn Trust"]),
    ("organisations", {"network": "Copse Network"}, ["Acorn Trust"]),
    ("organisations", {"kinds": ["CHARITY", "none"]}, ["Acorn Trust"]),
    ("networks", {"text": "copse"}, ["Copse Network"]),
    ("networks", {"text": "acorn"}, []),
    ("projects", {"text": "soup"}, ["Evening Soup"]),
    ("projects", {"place": "Leeds"}, PROJECTS),
    ("projects", {"theme": "loneliness"}, ["Digging Together"]),
    ("projects", {"organisation": "Acorn Trust"}, ["Digging Together"]),
    ("projects", {"network": "Copse Network"}, ["Digging Together"]),
    ("projects", {"status": ["running"]}, ["Digging Together"]),
    ("projects", {"since": "2026-01-01"}, ["Digging Together"]),
    ("places", {"place": "Yorkshire"}, ["Leeds"]),
    ("places", {"kinds": ["region"]}, ["Yorkshire"]),
    ("themes", {"theme": "belonging"}, ["loneliness"]),
    ("themes", {"scheme": "x"}, ["loneliness"]),
    ("themes", {"text": "lonel"}, ["loneliness"]),
    ("ties", {"label": "THICK"}, ["Ben Birch", "Cat Cedar", "Acorn Trust"]),
    ("ties", {"label": "NOT_YET_KNOWN"}, TIED),
    ("ties", {"kinds": ["ROLE", "STATED_TIE"]}, ["Acorn Trust"]),
    ("ties", {"since": "2026-10-01"}, [name for name in TIED if name != "Acorn Trust"]),
]
TYPES = {"people": "Person", "networks": "Network", "ties": "Tie"}


@pytest.fixture
def found(field: Uids, ask: Ask, change: Any) -> Callable[..., list[str]]:
    """found(list, filter): the names, and as many as the total says."""
    change(MORE)

    def put(name: str, filter: Told, level: int = 1) -> list[str]:
        type_ = TYPES.get(name, name.capitalize().removesuffix("s")) + "Filter"
        page = f"page: {name}(filter: $filter, first: 50)"
        text = f"query($filter: {type_}) {{ {page} {{ totalCount nodes {{ name }} }} }}"
        if name == "ties":
            inner = f"{{ ... on Actor {{ {page} {{ totalCount nodes {{ to {{ name }} }} }} }} }}"
            text = f'query($filter: {type_}) {{ node(id: "{field["Ana Ash"]}") {inner} }}'
        told = ask(text, level, filter=named(filter, field))
        assert told["errors"] == []
        answer = (told["data"].get("node") or told["data"])["page"]
        names = [each.get("name") or each["to"]["name"] for each in answer["nodes"]]
        assert len(names) == answer["totalCount"]
        return names

    return put


def named(value: Any, field: Uids) -> Any:
    """Names as uids."""
    if isinstance(value, dict):
        return {key: named(each, field) for key, each in value.items()}
    if isinstance(value, list):
        return [named(each, field) for each in value]
    return field.get(value, value)


@pytest.mark.parametrize(("name", "filter", "names"), ASKED)
def test_a_filter_and_its_not(found: Any, name: str, filter: Told, names: list[str]) -> None:
    """What `not` leaves is all that the same words do not find."""
    assert found(name, filter) == names
    assert found(name, {"not": filter}) == [each for each in ALL[name] if each not in names]


def test_all_that_is_given_holds(found: Any) -> None:
    """And of `not`, none does: not this, nor that."""
    assert found("people", {"place": "Yorkshire", "theme": "belonging"}) == ["Ana Ash"]
    assert found("people", {"place": "Leeds", "not": {"text": "ana"}}) == ["Cat Cedar"]
    less = {"text": "ana", "organisation": "Acorn Trust"}
    assert found("people", {"not": less}) == [PEOPLE[1], *PEOPLE[3:]]
    assert found("organisations", {"networks": False}) == BODIES[:2]
    assert found("ties", {"people": False}) == ["Acorn Trust"]
    assert found("projects", {"running": True}) == ["Digging Together"]


def test_what_is_hidden_filters_nothing(found: Any) -> None:
    """Neither in nor out: by ties, places or networks that this viewer does not see."""
    assert found("people", {"network": "Copse Network"}, 4) == ["Ana Ash"]
    assert found("people", {"not": {"network": "Copse Network"}}, 4) == ["Ben Birch", "Eli Elm"]
    assert found("people", {"not": {"place": "Leeds"}}, 4) == ["Ben Birch", "Eli Elm"]
    assert found("ties", {"label": "MIDDLING"}, 4) == ["Acorn Trust"]
    assert found("ties", {"label": "MIDDLING"}, 3) == ["Acorn Trust", "Cat Cedar", "Ben Birch"]
    assert found("ties", {"not": {"label": "MIDDLING"}}, 4) == ["Ben Birch"]
    assert found("ties", {"kinds": ["ROLE"]}, 4) == []


def test_networks_are_a_pair_of_their_own(field: Uids, ask: Ask) -> None:
    text = """query($n: ID!, $o: ID!) {
      one: network(id: $n) { name isNetwork } two: network(id: $o) { name } }"""
    told = ask(text, 4, n=field["Copse Network"], o=field["Acorn Trust"])["data"]
    assert told == {"one": {"name": "Copse Network", "isNetwork": True}, "two": None}


def test_an_empty_name_is_not_the_whole_field(field: Uids, ask: Ask) -> None:
    for empty in ("", " "):
        told = ask("query($p: ID) { people(filter: {place: $p}) { totalCount } }", 1, p=empty)
        assert [error["extensions"]["code"] for error in told["errors"]] == ["NOT_FOUND"]
