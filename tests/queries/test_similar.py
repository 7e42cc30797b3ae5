"""Before a project is added: who does it already, who did, and what did they learn?"""

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.duplicates.similar import Draft, similar

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]

FIELD = """
CREATE (:Field {as_of: '2026-11-21'})
CREATE (:Source {slug: 'a', title: 'A fund', audience: 4, public: true})
CREATE (leeds:Place {uid: 'leeds', name: 'Leeds', audience: 4})
CREATE (york:Place {uid: 'york', name: 'Yorkshire', audience: 4})
CREATE (leeds)-[:WITHIN {audience: 4}]->(york)
CREATE (food:Theme {uid: 'food', label: 'food', audience: 4})
CREATE (song:Theme {uid: 'song', label: 'singing', audience: 4})
WITH leeds, york, food, song
UNWIND [
  ['now', 'Hot lunches for lonely neighbours', '2026-01-01', '2027-12-31', food, leeds, 'o-1',
    null],
  ['wide', 'Lunches in church halls', '2026-01-01', null, food, york, 'o-2', null],
  ['gone', 'Lonely neighbours shared lunches', '2020-01-01', '2022-12-31', food, leeds, 'o-3',
    'Ask who cooks before asking who eats.'],
  ['silent', 'Lonely neighbours shared hot lunches', '2020-01-01', '2022-12-31', food, leeds, 'o-4',
    null],
  ['ours', 'Hot lunches for lonely neighbours, first year', '2025-01-01', '2025-12-31', food,
    leeds, 'o-5', 'Start small.'],
  ['else', 'A choir of carers', '2026-01-01', '2026-12-31', song, leeds, 'o-6', null]
] AS row
CREATE (j:Project {uid: 'j-' + row[0], title: 'Project ' + row[0], description: row[1],
  starts: row[2], ends: row[3], lessons: row[7], audience: 4})
WITH j, row, row[4] AS theme, row[5] AS place
CREATE (:Record {uid: 'a:' + row[0], source: 'a', digest: 'x'})-[:DESCRIBES]->(j)
CREATE (j)-[:WORKS_ON {audience: 4, source: 'a'}]->(theme)
CREATE (j)-[:SERVES {audience: 4, source: 'a'}]->(place)
CREATE (o:Actor:Organisation {uid: row[6], name: 'Team ' + row[6], consent: 4})
CREATE (o)-[:LEADS {audience: 4, source: 'a'}]->(j)
"""
DRAFT = Draft(
    "Lunch together",
    "Hot lunches for lonely neighbours",
    ("food",),
    ("leeds",),
    date(2026, 12, 1),
    date(2027, 11, 30),
    "o-5",
)


def uids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["project_uid"] for row in rows]


def test_allies_past_and_own(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(FIELD)
    answer = run(similar(reader(4), DRAFT))
    assert uids(answer["allies"]) == ["j-now"], "the others have ended, or run until today"
    assert answer["allies"][0]["weight"] == 1
    assert answer["risk"]["label"] == "high"
    assert uids(answer["past"])[:2] == ["j-gone", "j-silent"], "those with lessons first"
    assert answer["past"][0]["lessons"] == "Ask who cooks before asking who eats."
    assert answer["past"][0]["ended"] == "2022-12-31"
    assert "It ended on 31 December 2022." in answer["past"][0]["reason"]
    assert uids(answer["own"]) == ["j-ours"]
    assert answer["coverage"]["source_slugs"] == ["a"]
    said = [reason["text"] for reason in answer["allies"][0]["reasons"]]
    assert said == [
        "Both work in Leeds.",
        "Both run from 1 December 2026 to 30 November 2027: 365 of the 365 days of the shorter.",
        "Both work on food.",
        "Both write of hot, lonely, neighbours and lunches.",
        "No recorded pathway leads from one team to the other.",
    ]


def test_teams_that_are_linked_are_no_less_a_risk(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(FIELD)
    plant.write([("o-5", "o-1", plant.tie(0.4))])
    steward, public = (run(similar(reader(level), DRAFT)) for level in (1, 4))
    assert (steward["allies"][0]["weight"], public["allies"][0]["weight"]) == (0.6, 1)
    assert steward["risk"] == public["risk"]
    assert "A pathway already leads" in public["allies"][0]["reason"]


def test_little_is_enough(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(FIELD)
    answer = run(similar(reader(4), Draft("A choir")))
    assert uids(answer["allies"])[0] == "j-else"
    assert (
        "What A choir works on is not recorded: it adds nothing." in answer["allies"][0]["reason"]
    )
    placed = run(similar(reader(4), Draft(places=("leeds",))))
    assert set(uids(placed["allies"])) == {"j-now", "j-wide", "j-else"}
    assert all(row["weight"] <= 0.5 * 0.5 for row in placed["allies"])


def test_nothing_like_it(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(FIELD)
    answer = run(similar(reader(4), Draft("Zeppelins")))
    assert answer["allies"] == answer["past"] == answer["own"] == []
    assert answer["risk"]["label"] == "none"
    assert answer["note"].startswith("Nothing that you may see is like it")


def test_an_empty_map(plant: Any, reader: Readers, run: Run) -> None:
    answer = run(similar(reader(4), Draft("Lunch")))
    assert answer["risk"]["label"] == "none" and "nobody's data" in answer["coverage"]["sentence"]


def test_put_wrongly(plant: Any, reader: Readers, run: Run) -> None:
    with pytest.raises(WrongUse, match="Say something of it"):
        run(similar(reader(4), Draft(starts=date(2026, 1, 1))))
    with pytest.raises(WrongUse, match="ends before it starts"):
        run(similar(reader(4), Draft("x", starts=date(2026, 1, 2), ends=date(2026, 1, 1))))
    with pytest.raises(NotFound):
        run(similar(reader(4), Draft("x", themes=("nowhere",))))
