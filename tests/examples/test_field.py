"""What the example field holds, and what everyone may and nobody can see of it."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver, GraphDatabase

from tieline.cli.demo import FIELD, FROM, TO, load_field
from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.errors import NotFound, TielineError
from tieline.graphql.context import Asking
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.loaders import load
from tieline.loaders.report import Refusals
from tieline.loaders.tasks import Wish, tasks
from tieline.loaders.withdraw import withdraw
from tieline.schema.consent import VIEWERS, Viewer
from tieline.schema.records import handle

HIDDEN = "L09"  # of the source `lanterns`: consent "No one"
NAMES = ("perdita", "perdie", "nightingale-voss", "voss")
HIDDEN_UID = handle("person", f"lanterns:people:{HIDDEN}")

# The variables of each saved operation: a typical actor, place and theme of the field.
ASKED: dict[str, dict[str, Any]] = {
    "pathways": {"from": FROM, "to": TO, "routes": 10},
    "pathways-theme": {"from": FROM, "theme": "kindness", "place": "Scotland"},
    "bridges": {"first": 100},
    "brokers": {"first": 100},
    "duplicates": {"kind": "PARALLEL_EFFORT", "first": 100},
    "search": {"text": "a", "first": 100},
    "me": {},
    "people": {"first": 100},
    "organisations": {"first": 100},
    "projects": {"first": 100},
    "sources": {},
    "loads": {},
    "review": {"first": 100},
    "map": {"limit": 10_000},
    "networks": {"first": 100},
    "my-ties": {},
    "tie": {"from": FROM, "to": "Ravi Copperwick"},
    "introducers": {"from": FROM, "to": TO},
    "fit": {"actor": "Ninepin House", "first": 20},
    "gaps": {"first": 100},
    "lessons": {"first": 100},
    "introduce": {"route": [FROM, "Ravi Copperwick", TO]},
    "broker": {"actor": FROM},
    "similar": {"draft": {"title": "Company at tea", "themes": ["kindness"]}},
    "translate": {"term": "good company"},
    "untranslated": {"first": 100},
    "theme-suggestions": {"least": 0.0, "first": 100},
}


class Field:
    """The loaded field, and short ways to ask about it."""

    def __init__(self, graph: Graph, driver: AsyncDriver, run: Callable[..., Any]) -> None:
        self.graph, self.driver, self.run = graph, driver, run

    def cypher(self, text: str, **params: Any) -> list[dict[str, Any]]:
        a: Address = self.graph.address
        with GraphDatabase.driver(a.uri, auth=(a.user, a.password)) as driver:
            found = driver.execute_query(text, params, database_=a.database)
        return [record.data() for record in found.records]

    def ask(self, operation: str, level: int = 1, **variables: Any) -> Any:
        """The data of a saved operation; its error is raised."""
        given = ASKED.get(operation, {}) | variables
        reader = Reader(self.driver, self.graph.address.database, Viewer(level))
        asked = schema().execute(saved()[operation].text, given, Asking(reader))
        result = self.run(asked)
        for error in result.errors or ():
            raise error.original_error or error
        return result.data

    def id(self, name: str) -> str:
        """The global id of whatever a search for its name finds first."""
        found = self.ask("search", text=name)["search"]["edges"]
        return str(found[0]["node"]["id"])


@pytest.fixture(scope="module")
def world(field: Graph, driver: AsyncDriver, run: Callable[..., Any]) -> Field:
    return Field(field, driver, run)


def test_it_is_as_large_as_it_says(world: Field) -> None:
    counts = {
        row["label"]: row["count"]
        for row in world.cypher(
            "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count"
        )
    }
    assert (counts["Person"], counts["Organisation"]) == (44, 46)
    assert (counts["Project"], counts["Place"], counts["Theme"]) == (30, 28, 32)
    assert counts["Network"] == 2
    assert counts["Source"] == 7


def test_anyone_sees_ten_actors_and_fifteen_ties_between_invented_ones(world: Field) -> None:
    actors = world.cypher("MATCH (a:Actor) WHERE a.consent = 4 RETURN count(a) AS n")[0]["n"]
    invented = world.cypher(
        "MATCH (a:Actor)-[t:TIE]->(b:Actor) WHERE t.audience = 4 AND a.uid < b.uid "
        "AND NOT EXISTS { (a)<-[:DESCRIBES]-(r:Record) WHERE r.source STARTS WITH 'real-' } "
        "RETURN count(t) AS n"
    )[0]["n"]
    assert actors >= 10
    assert invented >= 15


def test_what_is_real_is_tied_to_nothing_invented(world: Field) -> None:
    assert not world.cypher(
        "MATCH (a:Actor)<-[:DESCRIBES]-(r:Record) WHERE r.source STARTS WITH 'real-' "
        "MATCH (a)-[x]-(b:Actor|Project|Theme|Place)<-[:DESCRIBES]-(q:Record) "
        "WHERE NOT q.source STARTS WITH 'real-' RETURN a.name, type(x), b.name"
    )


def test_every_label_is_there(world: Field) -> None:
    said = world.cypher("MATCH ()-[t:TIE]->() RETURN collect(DISTINCT t.label) AS labels")
    assert set(said[0]["labels"]) == {"thick", "middling", "thin", "not_yet_known"}


def test_three_ways_lead_from_one_weaver_to_another(world: Field) -> None:
    routes = world.ask("pathways", routes=3)["pathways"]["routes"]
    between = [{hop["to"]["name"] for hop in route["hops"][:-1]} for route in routes]
    assert len(between) == 3
    assert not between[0] & between[1] and not between[1] & between[2]


def test_the_planted_bridges_are_found(world: Field) -> None:
    rows = world.ask("bridges")["bridges"]["nodes"]
    ties = {
        frozenset((row["tie"]["from"]["name"], row["tie"]["to"]["name"])): row["smallerSide"]
        for row in rows
        if row["tie"]
    }
    assert ties[frozenset(("Morven Glassfield", "Winnie Oakapple"))] == 16
    assert ties[frozenset(("Delyth Harbourwren", "Ravi Copperwick"))] == 12
    assert ties[frozenset(("Kirsty Hallowmere", "Fintan Ollerby"))] == 5
    assert ties[frozenset(("Hazel Kittiwake", "Joss Penhallow-Reed"))] == 3


def test_the_planted_same_records_are_found(world: Field) -> None:
    rows = world.ask("duplicates", kind="SAME_RECORD")["duplicates"]["nodes"]
    unsure = [row for row in rows if row["status"] == "OPEN"]
    assert [row["left"]["name"] for row in unsure] == ["Lagan Lanternboats"]
    assert {row["left"]["name"] for row in rows if row["status"] == "SAME"} == {
        "Candlewick Commons",
        "Foxglove Lane Neighbours",
        "Kettle and Kerb",
        "Loom and Ladle",
        "Ninepin House",
        "Wharfeside Doorstep",
    }


def test_the_planted_parallel_efforts_are_found_and_nothing_else(world: Field) -> None:
    rows = world.ask("duplicates")["duplicates"]["nodes"]
    assert {frozenset((row["left"]["name"], row["right"]["name"])) for row in rows} == {
        frozenset(("Tea at Three", "Company at Four")),
        frozenset(("Wharfe Doorsteps", "A Chair Outside")),
        frozenset(("Kindness on the Landing", "Stairhead Mornings")),
    }


def everything(world: Field, level: int) -> dict[str, Any]:
    """Every saved operation's answer at a level; a refusal by its words."""
    answers: dict[str, Any] = {}
    for name in (name for name, operation in saved().items() if operation.reads):
        for number, variables in enumerate(varied(world, name)):
            try:
                answers[f"{name} {number}"] = world.ask(name, level, **variables)
            except TielineError as error:
                answers[f"{name} {number}"] = str(error)
    return answers


def varied(world: Field, name: str) -> list[dict[str, Any]]:
    """A few sets of variables: where the hidden person would have been most in the way."""
    if name == "pathways":
        near = (TO, "Edmund Fenwhistle", "Candlewick Commons")
        return [{"to": to} for to in near] + [{"from": "Edmund Fenwhistle", "to": FROM}]
    if name == "duplicates":
        return [{}, {"kind": "SAME_RECORD"}]
    if name == "search":
        return [{"text": text} for text in ("a", *NAMES, "listener", "Coventry")]
    if name in ASKED:
        return [{}]
    if name == "slipped":
        return [{"actor": world.id(FROM)}, {"actor": world.id(TO)}]
    things = {
        "actor": ("Candlewick Commons", FROM, TO, "Lanterns Midland Circle"),
        "place": ("Coventry", "Norwich"),
        "theme": ("relational practice", "Relationships first"),
    }
    return [{"id": world.id(each)} for each in things[name]]


@pytest.mark.parametrize("level", sorted(VIEWERS.values()))
def test_nobody_sees_the_hidden_person(world: Field, level: int) -> None:
    for name, said in everything(world, level).items():
        if name.startswith("search"):
            said = {"edges": said["search"]["edges"]}
        text = orjson.dumps(said).decode().casefold()
        assert not [word for word in (*NAMES, HIDDEN_UID) if word in text], name
    for word in (*NAMES, HIDDEN_UID):
        with pytest.raises(NotFound):
            world.ask("pathways", level, **{"from": FROM, "to": word})


def test_every_answer_is_as_if_the_hidden_person_were_not_there(
    world: Field, tmp_path: Path
) -> None:
    before = {level: everything(world, level) for level in VIEWERS.values()}
    without(world.graph, tmp_path)
    assert not world.cypher("MATCH (p:Person {consent: 0}) RETURN p")
    for level, said in before.items():
        now = everything(world, level)
        for name in said:
            if not name.startswith("loads"):  # how many rows a file has is the stewards' to know
                assert still(now[name]) == still(said[name]), (level, name)


def still(value: Any) -> Any:
    """Without the version of the graph, which a load moves."""
    if isinstance(value, dict):
        return {k: still(v) for k, v in value.items() if k not in ("graphVersion", "cursor")}
    return [still(each) for each in value] if isinstance(value, list) else value


def without(graph: Graph, folder: Path) -> None:
    """Load the form's answers again, from a file that never named the hidden person."""
    copy = folder / "lanterns"
    shutil.copytree(FIELD / "lanterns", copy)
    for path in copy.glob("*.csv"):
        rows = list(csv.reader(path.read_text("utf-8").splitlines()))
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(row for row in rows if HIDDEN not in row)
    withdraw(graph, "lanterns")
    with Refusals() as refusals:
        for task in tasks(Wish(copy)):
            load.run(graph, task, refusals)
    assert refusals.count == 0


def test_a_second_load_writes_nothing(field: Graph) -> None:
    load_field(field)
    again = load_field(field)
    assert sum(each["written"] for each in again) == 0
    assert sum(each["refused"] for each in again) == 0
