"""The field `map`: who is drawn for whom, with what, and that what is hidden moves nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLError, parse, validate

from tieline.graphql import limits
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.queries.answers import shelf
from tieline.queries.answers.kept import forget_all
from tieline.queries.map.layout import SIZE

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]
Change = Callable[..., object]

QUESTIONS = sorted((Path(__file__).parents[2] / "web/map/src/questions").glob("*.graphql"))
SEEN = {
    4: {"Ana Ash", "Ben Birch", "Eli Elm", "Acorn Trust", "Copse Network"},
    3: {"Cat Cedar"},
    2: {"Dev Dogwood", "Beech Refuge"},
    1: {"Stew Spruce"},
}
HIDE = """
MATCH (a:Actor {uid: $uid})
CREATE (r:Record {uid: 'open-list:more', handle: 'p-0000', source: 'open-list', digest: 'row'})
CREATE (r)-[:DESCRIBES]->(b:Person:Actor {uid: 'p-0000', name: 'Ida Invisible', consent: $level})
CREATE (a)-[t:TIE {audience: $level, strength: .9, label: 'thick', kinds: ['closeness']}]->(b)
SET t.step = .9, t.step_2 = CASE WHEN $level >= 2 THEN .9 END, t.label_2 = 'thick',
  t.step_3 = CASE WHEN $level >= 3 THEN .9 END, t.label_3 = 'thick'
CREATE (b)-[u:TIE]->(a) SET u = properties(t)
CREATE (b)-[:MEMBER_OF {uid: 'm-0', audience: $level, source: 'open-list'}]->
  (:Network:Organisation:Actor {uid: 'o-0000', name: 'Unseen Network', consent: $level})
WITH b MATCH (p:Place {name: 'Leeds'})
CREATE (b)-[:BASED_IN {uid: 'b-0', audience: $level, source: 'open-list'}]->(p)
"""


def drawn(ask: Ask, level: int = 4, **variables: Any) -> Told:
    told = ask(saved()["map"].text, level, **variables)
    assert not told["errors"], told["errors"]
    found: Told = told["data"]["map"]
    return found


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_each_viewer_is_drawn_whom_they_may_see_as_they_may_see_them(
    field: Uids, ask: Ask, level: int
) -> None:
    found = drawn(ask, level)
    names = [each["name"] for each in found["actors"]]
    assert set(names) == set().union(*(SEEN[n] for n in range(level, 5)))
    assert [each["uid"] for each in found["actors"]] == sorted(field[name] for name in names)
    labels = {
        frozenset((names[tie["from"]], names[tie["to"]])): tie["label"] for tie in found["ties"]
    }
    thick = {1: "THICK", 2: "THICK", 3: "MIDDLING", 4: "THIN"}[level]
    assert labels[frozenset(("Ana Ash", "Ben Birch"))] == thick
    assert (frozenset(("Ana Ash", "Cat Cedar")) in labels) == (level <= 3)
    assert found["totalActors"] == len(names) and found["totalTies"] == len(labels)
    assert not found["truncated"] and "Everybody" in found["rule"]
    assert found["layout"] == {"settled": True, "share": 1.0, "stage": "settled"}


def test_an_actor_has_a_place_on_the_map_and_on_earth(field: Uids, ask: Ask) -> None:
    found = drawn(ask)
    ana = next(each for each in found["actors"] if each["name"] == "Ana Ash")
    assert ana["places"] == ["Leeds"] and ana["within"] == ["Leeds", "Yorkshire"]
    assert ana["themes"] == ["belonging"] and ana["kind"] == "PERSON"
    assert (ana["thick"], ana["middling"], ana["thin"], ana["notYetKnown"]) == (1, 0, 1, 0)
    copse = next(each for each in found["actors"] if each["name"] == "Copse Network")
    assert copse["kind"] == "NETWORK" and copse["community"] is None
    assert all(max(abs(each["x"]), abs(each["y"])) <= SIZE for each in found["actors"])
    assert len({(each["x"], each["y"]) for each in found["actors"]}) == len(found["actors"])
    node = ask("query($id: ID!) { node(id: $id) { ... on Actor { name } } }", 4, id=ana["id"])
    assert node["data"]["node"]["name"] == "Ana Ash"


@pytest.mark.parametrize("hidden", [0, 1, 2, 3])
def test_what_is_hidden_moves_nobody_and_changes_nothing(
    field: Uids, ask: Ask, change: Change, hidden: int
) -> None:
    levels = range(hidden + 1, 5)
    scopes = [None, {"place": field["Leeds"]}, {"network": field["Copse Network"]}]
    asked = [(level, {"scope": scope} if scope else {}) for level in levels for scope in scopes]
    before = [drawn(ask, level, **scope) for level, scope in asked]
    change(HIDE, uid=field["Ana Ash"], level=hidden)
    for (level, scope), was in zip(asked, before, strict=True):
        now = drawn(ask, level, **scope)
        assert now.pop("graphVersion") != was.pop("graphVersion")
        assert json.dumps(now) == json.dumps(was), (level, scope)
        assert "Ida" not in json.dumps(now)
    if hidden:
        assert "Ida Invisible" in json.dumps(drawn(ask, hidden))


def test_a_circle_is_named_by_what_its_members_share(field: Uids, ask: Ask) -> None:
    assert drawn(ask)["communities"] == [], "two and two: no more than a tie"
    found = drawn(ask, 2)
    (circle,) = found["communities"]
    members = {each["name"] for each in found["actors"] if each["community"] == 0}
    assert {"Ana Ash", "Cat Cedar", "Dev Dogwood"} <= members
    assert (circle["size"], circle["name"]) == (len(members), "Leeds")


def test_a_part_of_the_field_and_of_its_ties(field: Uids, ask: Ask) -> None:
    in_leeds = drawn(ask, 4, scope={"place": "Yorkshire"})
    assert {each["name"] for each in in_leeds["actors"]} == {"Ana Ash", "Ben Birch"}
    thick = drawn(ask, 4, scope={"label": "MIDDLING"})
    assert [tie["label"] for tie in thick["ties"]] == ["THICK"]
    assert len(thick["actors"]) == 5, "who has no such tie is there nevertheless"


def test_few_of_many_are_those_with_most_ties(field: Uids, ask: Ask) -> None:
    found = drawn(ask, 4, limit=2)
    assert {each["name"] for each in found["actors"]} == {"Ana Ash", "Ben Birch"}
    assert found["truncated"] and found["totalActors"] == 5
    assert "3 actors and 2 ties are not drawn" in found["rule"]


@pytest.mark.parametrize("limit", [0, -1, 10_001])
def test_a_limit_that_is_none_is_refused_and_says_which_are(
    field: Uids, ask: Ask, limit: int
) -> None:
    (error,) = ask(saved()["map"].text, 4, limit=limit)["errors"]
    assert error["extensions"]["code"] == "WRONG_USE"
    assert "1 to 10,000" in error["message"]


def test_what_may_not_be_seen_is_no_scope(field: Uids, ask: Ask) -> None:
    hidden = ask(saved()["map"].text, 4, scope={"network": field["Beech Refuge"]})["errors"]
    never = ask(saved()["map"].text, 4, scope={"network": "o-" + "0" * 24})["errors"]
    assert [each["extensions"]["code"] for each in hidden + never] == ["NOT_FOUND"] * 2


def test_an_empty_field_has_an_empty_map(graph: Any, ask: Ask) -> None:
    found = drawn(ask)
    assert found["actors"] == found["ties"] == found["communities"] == []
    assert found["totalActors"] == 0 and found["layout"]["settled"]


def test_a_picture_is_kept_from_others_and_goes_when_the_graph_changes(
    field: Uids, ask: Ask, change: Change, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    monkeypatch.setattr(shelf, "LEAST", 0)
    forget_all()
    first = drawn(ask)
    (kept,) = (tmp_path / "answers").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    forget_all()
    assert drawn(ask) == first, "read again from what is kept"
    change("CREATE (:Person:Actor {uid: 'p-1', name: 'Nia New', consent: 4})")
    drawn(ask)
    assert kept not in (tmp_path / "answers").iterdir()


def test_how_a_picture_lies_does_not_hang_on_what_was_drawn_before(
    field: Uids, ask: Ask, change: Change
) -> None:
    """A service that has run for long, and one that has just begun, draw the same."""
    drawn(ask)
    change(
        "MATCH (a:Actor {uid: $uid}) CREATE (b:Person:Actor {uid: 'p-9', name: 'Nia', consent: 4})"
        "CREATE (a)-[t:TIE {audience: 4, step_4: .5, label_4: 'thin'}]->(b)"
        "CREATE (b)-[u:TIE]->(a) SET u = properties(t)",
        uid=field["Ana Ash"],
    )
    after = drawn(ask)
    forget_all()
    assert drawn(ask) == after


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_what_the_page_asks_is_what_anyone_may_ask(path: Path) -> None:
    document = parse(path.read_text("utf-8"))
    errors: list[GraphQLError] = validate(schema()._schema, document)
    assert errors == []
    refused, _ = limits.check(schema()._schema, document, {"first": 12, "limit": 10_000})
    assert refused == []
    assert path.read_text("utf-8").startswith("# ")


def test_the_page_has_its_questions() -> None:
    assert len(QUESTIONS) == 9
