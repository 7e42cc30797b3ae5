"""Two efforts for one purpose: what is told, what never is, and what hidden projects may not do."""

from collections.abc import Callable, Coroutine
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.duplicates.ask import duplicates

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]

FIELD = """
CREATE (:Field {as_of: '2026-11-21'})
CREATE (:Source {slug: 'a', title: 'A fund', audience: 4, public: true})
CREATE (:Source {slug: 'b', title: 'B fund', audience: 4, public: true})
CREATE (leeds:Place {uid: 'leeds', name: 'Leeds', audience: 4})
CREATE (food:Theme {uid: 'food', label: 'food', audience: 4})
WITH leeds, food
UNWIND range(1, 6) AS n
CREATE (j:Project {uid: 'j-' + n, title: 'Project ' + n, starts: '2026-01-01', audience: 4,
  ends: '2026-12-31', description: ['Hot lunches in Leeds for lonely neighbours',
  'Neighbours cook hot lunches together', 'A choir of carers in Leeds', 'Repairing bicycles',
  'Bicycles repaired by young people', 'Leeds Leeds Leeds'][n - 1]})
CREATE (:Record {uid: ['a', 'b'][n % 2] + ':' + n, source: ['a', 'b'][n % 2], kind: 'project',
  fields: '{}', digest: 'x'})-[:DESCRIBES]->(j)
CREATE (j)-[:SERVES {audience: 4, source: ['a', 'b'][n % 2]}]->(leeds)
CREATE (j)-[:WORKS_ON {audience: 4, source: 'a'}]->(food)
CREATE (:Actor:Organisation {uid: 'o-' + n, name: 'Team ' + n, consent: 4})
  -[:LEADS {audience: 4, source: 'a'}]->(j)
"""


def effort(run: Run, reader: Reader) -> dict[str, Any]:
    """By pair, in order."""
    answer = run(duplicates(reader, "parallel-effort"))
    return {f"{row['left_uid']} {row['right_uid']}": row for row in answer["rows"]}


def test_what_they_write_ranks_them(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(FIELD)
    rows = effort(run, reader(4))
    first, second = list(rows)[:2]
    assert {first, second} == {"j-1 j-2", "j-4 j-5"}
    texts = {reason["text"]: reason for reason in rows["j-1 j-2"]["reasons"]}
    (words,) = [text for text in texts if text.startswith("Both write of")]
    assert words == "Both write of hot, lunches and neighbours."
    assert 0 < texts[words]["weight"] < 1
    assert texts[words]["source_slugs"] == ["a", "b"]
    assert texts["Both work on food."]["source_slugs"] == ["a"]
    assert texts["Both work in Leeds."]["source_slugs"] == ["a", "b"]
    weights = [row["weight"] for row in rows.values()]
    assert weights == sorted(weights, reverse=True)


def test_the_name_of_a_place_makes_nothing_alike(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(FIELD)
    said = [reason["text"] for reason in effort(run, reader(4))["j-1 j-3"]["reasons"]]
    assert "They describe themselves in different words." in said
    blank = [reason["text"] for reason in effort(run, reader(4))["j-1 j-6"]["reasons"]]
    assert "What Project 6 does is not described: it adds nothing." in blank, "but a place's name"


PAIRS = """
UNWIND range(1, 11) AS n
CREATE (p:Place {uid: 'p-' + n, name: 'Place ' + n, audience: 4})
WITH n, p MATCH (food:Theme {uid: 'food'})
UNWIND ['a', 'b'] AS side
CREATE (j:Project {uid: side + '-' + n, title: 'Project', starts: '2026-01-01', audience: 4})
CREATE (j)-[:SERVES {audience: 4}]->(p) CREATE (j)-[:WORKS_ON {audience: 4}]->(food)
CREATE (:Actor:Organisation {uid: 'o-' + side + '-' + n, name: 'Team ' + side + n, consent: 4})
  -[:LEADS {audience: 4}]->(j)
"""
BOTH = "MATCH (j:Project {uid: 'a-' + $n}) MATCH (k:Project {uid: 'b-' + $n}) "
TEAMS = "MATCH (a:Actor {uid: 'o-a-' + $n}) MATCH (b:Actor {uid: 'o-b-' + $n}) "
PARENT = "CREATE (p:Actor:Organisation {uid: 'parent-' + $n, name: 'Parent', consent: 4}) "
FUNDER = "CREATE (:Actor:Organisation {uid: 'f-' + $n + x, name: x, consent: 4})"
NEVER = {
    "the same lead": TEAMS + BOTH + "MATCH (b)-[r:LEADS]->(k) DELETE r "
    "CREATE (a)-[:LEADS {audience: 4}]->(k)",
    "a lead of one is a partner in the other": TEAMS
    + BOTH
    + "CREATE (a)-[:PARTNERS_ON {audience: 4}]->(k)",
    "phases": BOTH + "CREATE (k)-[:FOLLOWS {audience: 4}]->(j)",
    "phases of phases": BOTH + "CREATE (k)-[:FOLLOWS {audience: 4}]->"
    "(:Project {uid: 'between', audience: 4})-[:FOLLOWS {audience: 4}]->(j)",
    "branches of one parent": TEAMS
    + PARENT
    + "CREATE (a)-[:PART_OF {audience: 4}]->(p) CREATE (b)-[:PART_OF {audience: 4}]->(p)",
    "a branch and its parent": TEAMS + "CREATE (a)-[:PART_OF {audience: 4}]->(b)",
    "one body under two numbers": TEAMS
    + "SET a.name = 'The Warm Hearth Ltd', b.name = 'WARM HEARTH'",
    "somebody leads for the same body": TEAMS + BOTH + "MATCH (b)-[r:LEADS]->(k) DELETE r "
    "CREATE (p:Actor:Person {uid: 'p-' + $n, name: 'Ana', consent: 4}) "
    "CREATE (p)-[:WORKS_FOR {audience: 4}]->(a) CREATE (p)-[:LEADS {audience: 4}]->(k)",
    "one pays for the other": TEAMS + BOTH + "CREATE (a)-[:FUNDS {audience: 4}]->(k)",
    "a joint fund": BOTH + "UNWIND ['x', 'y'] AS x " + FUNDER + "-[:FUNDS {audience: 4}]->(j) "
    "WITH k, x MATCH (f {uid: 'f-' + $n + x}) CREATE (f)-[:FUNDS {audience: 4}]->(k)",
}
ALWAYS = (  # one funder alone is no joint fund
    BOTH + "UNWIND ['x'] AS x " + FUNDER + "-[:FUNDS {audience: 4}]->(j) "
    "WITH k, x MATCH (f {uid: 'f-' + $n + x}) CREATE (f)-[:FUNDS {audience: 4}]->(k)"
)


def test_what_never_is(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher("CREATE (:Theme {uid: 'food', label: 'food', audience: 4})")
    plant.cypher(PAIRS)
    assert effort(run, reader(4)).keys() == {f"a-{n} b-{n}" for n in range(1, 12)}
    for n, text in enumerate([*NEVER.values(), ALWAYS], 1):
        plant.cypher(text, n=str(n))
    left = effort(run, reader(4)).keys()
    names = [why for n, why in enumerate(NEVER, 1) if f"a-{n} b-{n}" in left]
    assert names == []
    assert left == {"a-11 b-11"}


def test_judged_not_parallel_comes_last_and_takes_no_place(
    plant: Any, reader: Readers, run: Run
) -> None:
    plant.cypher(FIELD)
    plant.cypher(
        "CREATE (:Judgement {uid: 'x', left: 'b:1', right: 'a:2', verdict: 'not_parallel', "
        "kind: 'parallel_effort', at: '2026-11-01', why: 'one town, two purposes'})"
    )
    rows = effort(run, reader(4))
    assert list(rows)[-1] == "j-1 j-2" and rows["j-1 j-2"]["status"] == "not_parallel"
    assert {row["status"] for name, row in rows.items() if name != "j-1 j-2"} == {"open"}
    plant.cypher("MATCH (j:Judgement) SET j.evidence = 'of other fields'")
    again = effort(run, reader(4))["j-1 j-2"]
    assert again["status"] == "open", "what it rested on has changed"


HIDDEN = """
MATCH (leeds:Place {uid: 'leeds'}) MATCH (food:Theme {uid: 'food'})
CREATE (secret:Theme {uid: 'secret', label: 'secret', audience: 1})
CREATE (:Place {uid: 'lunch', name: 'Lunches', audience: 1})-[:WITHIN {audience: 1}]->(leeds)
WITH leeds, food, secret
UNWIND range(1, 60) AS n
CREATE (j:Project {uid: 'h-' + n, title: 'Hidden', starts: '2026-01-01', audience: 1,
  description: 'Neighbours cook hot lunches together bicycles'})
CREATE (j)-[:SERVES {audience: 1, source: 'a'}]->(leeds)
CREATE (j)-[:WORKS_ON {audience: 1, source: 'a'}]->(food)
CREATE (:Actor:Organisation {uid: 'h-o-' + n, name: 'Hidden', consent: 1})
  -[:LEADS {audience: 1, source: 'a'}]->(j)
WITH DISTINCT secret
MATCH (k:Project {uid: 'j-1'}) CREATE (k)-[:WORKS_ON {audience: 1, source: 'a'}]->(secret)
WITH DISTINCT k
MATCH (o:Actor {uid: 'o-3'}) CREATE (o)-[:LEADS {audience: 1, source: 'a'}]->(k)
"""


def test_hidden_projects_move_no_figure(plant: Any, reader: Readers, run: Run) -> None:
    """The same words in sixty hidden descriptions would make them common, and phrases of them."""
    plant.cypher(FIELD)
    before = {level: run(duplicates(reader(level), "parallel-effort")) for level in (1, 4)}
    plant.cypher(HIDDEN)
    after = {level: run(duplicates(reader(level), "parallel-effort")) for level in (1, 4)}
    for answer in (before, after):
        for each in answer.values():
            each.pop("graph_version")
    assert after[4] == before[4]
    assert after[1]["rows"] != before[1]["rows"], "a steward sees them"
