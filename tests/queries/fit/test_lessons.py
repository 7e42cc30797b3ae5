"""What was learnt, by its words: found by full text, seen by consent, ranked by ourselves."""

from collections.abc import Callable
from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.errors import NotFound, WrongUse
from tieline.queries.lessons.ask import lessons
from tieline.queries.lessons.rank import rank

Run = Callable[..., Any]
# uid, title, lessons, ends, audience, theme, place
TOLD = [
    ("j1", "Tea at Four", "Fund the cook, then the boat.", "2024-01-01", 4, "tea", "Leeds"),
    ("j2", "The Cook's Table", "Bring cups.", "2025-01-01", 4, "soup", "York"),
    ("j3", "Secret Suppers", "The cook knows best.", "2026-01-01", 2, "tea", "Leeds"),
    ("j4", "Warm Halls", "Book late.", "2023-01-01", 4, "meals", "Hove"),
    ("j5", "Said Nothing", None, "2023-01-01", 4, "tea", "Leeds"),
]
PLANTED = """
UNWIND $told AS row
MERGE (t:Theme {uid: row[5]}) ON CREATE SET t.label = row[5], t.audience = 4
MERGE (p:Place {uid: row[6]}) ON CREATE SET p.name = row[6], p.audience = 4
MERGE (s:Source {slug: 'open'}) ON CREATE SET s.audience = 4, s.public = false
MERGE (w:Source {slug: 'wide'}) ON CREATE SET w.audience = 4, w.public = false
CREATE (j:Project {uid: row[0], title: row[1], lessons: row[2], ends: row[3], audience: row[4]})
CREATE (j)-[:WORKS_ON {uid: row[0] + 'w', audience: row[4]}]->(t)
CREATE (j)-[:SERVES {uid: row[0] + 's', audience: row[4]}]->(p)
CREATE (:Record {uid: 'open:' + row[0], handle: 'h' + row[0], source: 'open',
  fields: '{"lessons":"x"}'})-[:DESCRIBES]->(j)
CREATE (:Record {uid: 'wide:' + row[0], handle: 'w' + row[0], source: 'wide', fields: '{}'})
  -[:DESCRIBES]->(j)
"""
TREE = """
MATCH (soup:Theme {uid: 'soup'}), (tea:Theme {uid: 'tea'}), (meals:Theme {uid: 'meals'})
CREATE (soup)-[:BROADER {uid: 'b', audience: 4}]->(meals)
CREATE (tea)-[:MATCHES {uid: 'm', audience: 4, predicate: 'closeMatch'}]->(soup)
WITH 1 AS one MATCH (a:Place {uid: 'Leeds'}), (b:Place {uid: 'York'})
CREATE (n:Place {uid: 'North', name: 'North', audience: 4})
CREATE (a)-[:WITHIN {uid: 'wa', audience: 4}]->(n)<-[:WITHIN {uid: 'wb', audience: 4}]-(b)
"""


@pytest.fixture
def taught(graph: Graph, raw: Callable[..., Any]) -> None:
    raw(PLANTED, told=TOLD)
    raw(TREE)
    raw("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


def found(answer: dict[str, Any]) -> list[str]:
    return [row["project_uid"] for row in answer["rows"]]


def test_words_in_what_was_learnt_come_before_words_in_a_title(
    taught: None, run: Run, reader: Run
) -> None:
    answer = run(lessons(reader(4), "cook"))
    assert found(answer) == ["j1", "j2"]
    assert [row["score"] for row in answer["rows"]] == [1.0, 0.6], "a beginning"
    assert answer["rows"][0]["reason"] == (
        "Tea at Four, in Leeds, on tea, until 2024-01-01. Found by: cook."
    )
    assert answer["rows"][0]["source_slugs"] == ["open"] and answer["note"] is None


def test_who_may_not_see_a_project_learns_nothing_of_it(
    taught: None, run: Run, reader: Run
) -> None:
    assert found(run(lessons(reader(2), "cook"))) == ["j3", "j1", "j2"], "what ended last first"
    assert found(run(lessons(reader(3), "cook knows"))) == ["j1", "j2"]


def test_the_words_of_a_theme_find_what_is_on_it_in_other_words(
    taught: None, run: Run, reader: Run
) -> None:
    answer = run(lessons(reader(4), "soup"))
    assert [(row["project_uid"], row["score"]) for row in answer["rows"]] == [
        ("j2", 0.6),  # on it
        ("j1", 0.6),  # on what is close to it
        ("j4", 0.3),  # on what is wider: half
    ]


def test_a_theme_and_a_place_take_in_what_is_narrower_and_within(
    taught: None, run: Run, reader: Run
) -> None:
    assert found(run(lessons(reader(4)))) == ["j2", "j1", "j4"], "all, what ended last first"
    assert found(run(lessons(reader(4), theme="meals"))) == ["j2", "j1", "j4"]
    assert found(run(lessons(reader(4), theme="tea"))) == ["j2", "j1"]
    assert found(run(lessons(reader(4), place="North"))) == ["j2", "j1"]
    assert found(run(lessons(reader(4), "book", place="Hove"))) == ["j4"]


def test_nothing_found_is_said_to_be_not_recorded(taught: None, run: Run, reader: Run) -> None:
    answer = run(lessons(reader(4), "zeppelin"))
    assert answer["rows"] == [] and "not to say that nothing was learnt" in answer["note"]
    with pytest.raises(NotFound):
        run(lessons(reader(4), theme="no such"))
    with pytest.raises(WrongUse):
        run(lessons(reader(4), "?!"))


@pytest.mark.parametrize(
    ("text", "score", "words"),
    [
        ("cook", 1.0, ("cook",)),
        ("COOK boat", 1.0, ("cook", "boat")),
        ("coo", 0.9, ("coo",)),
        ("cook zeppelin", 0.5, ("cook",)),
        ("four", 0.7, ()),
        ("tea", 0.7, ()),
        ("visiting", 0.6, ()),
    ],
)
def test_the_score_is_of_the_words_alone(text: str, score: float, words: tuple[str, ...]) -> None:
    row = {
        "title": "Tea at Four",
        "lessons": "Fund the cook, then the boat.",
        "themes": [["v", "V"]],
    }
    named = {"v": 1.0} if text == "visiting" else {}
    ranked = rank(text, row, named)
    assert ranked is not None and (ranked.score, ranked.words) == (score, words)
    assert rank("zeppelin", row, {}) is None
