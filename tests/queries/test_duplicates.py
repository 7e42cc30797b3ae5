"""The same thing twice, and two efforts for one purpose."""

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.duplicates.ask import duplicates
from tieline.queries.duplicates.effort import Places, Score, overlap
from tieline.queries.duplicates.same import plain
from tieline.queries.duplicates.themes import Themes
from tieline.queries.duplicates.told import how_linked

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
TODAY = date(2026, 11, 21)


def test_the_worked_figures() -> None:
    assert Score(place=1, time=0.75, theme=0.5, text=0.6).weight == 0.4125
    assert Score(place=1, time=0.75, theme=0.5, text=0.6, link=0.2).weight == 0.33
    assert Score(place=1, time=0.75, theme=0.5).weight == 0.1875, "no text adds nothing"
    assert Score(place=1, time=0.75, theme=None, text=0.6).weight == 0.225
    assert Score(place=1, time=0.5, theme=None).weight == 0.25, "nothing known of purpose: half"


def test_places_by_how_they_lie_in_one_another() -> None:
    within = {"ward": ["town"], "town": ["county"], "county": ["region"], "region": ["land"]}
    places = Places({}, within | {"village": ["county"]})
    near = [
        places.nearest(["ward"], [up])[0] for up in ("ward", "town", "county", "region", "land")
    ]
    assert near == [1, 0.7, 0.4, 0.2, 0.2]
    assert places.nearest(["land"], ["ward"]) == (0.2, "land", "ward")
    assert places.nearest(["town"], ["village"])[0] == 0, "side by side is apart"
    assert places.nearest(["ward", "village"], ["town", "county"])[0] == 0.7
    assert places.nearest([], ["town"]) == (0.5, None, None)


def test_days_of_the_shorter() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    quarter = (date(2026, 10, 1), date(2027, 1, 8))
    assert overlap(year, quarter, TODAY) == (0.92, 92, 100)
    assert overlap((date(2026, 11, 12), None), year, TODAY) == (1, 10, 10)
    assert overlap((date(2020, 1, 1), date(2020, 2, 1)), year, TODAY)[0] == 0
    assert overlap((None, date(2026, 1, 1)), year, TODAY) == (0.5, None, None)
    assert overlap((date(2027, 1, 1), None), year, TODAY)[0] == 0, "not begun: a day at least"


def test_themes_in_whichever_words() -> None:
    labels = {uid: uid for uid in ("lonely", "befriend", "alone", "isolated", "parks", "apart")}
    themes = Themes(
        labels,
        {"befriend": ["lonely"]},
        exact=[("alone", "lonely")],
        close=[("isolated", "lonely"), ("apart", "isolated")],
    )
    themes.count([["lonely"], ["befriend"], ["parks"], ["parks"], ["parks"], ["isolated"]])

    def alike(left: list[str], right: list[str]) -> float:
        return themes.alike(themes.having(left), themes.having(right))

    assert alike(["lonely"], ["alone"]) == 1, "exactMatch is the same"
    assert alike(["lonely"], ["isolated"]) == 1, "closeMatch stands for it"
    assert alike(["lonely"], ["apart"]) == 0, "and is never chained"
    assert alike(["lonely"], ["parks"]) == 0
    # What is broader counts half: .5 x I(lonely) / (I(befriend) + I(lonely)); of 6 projects
    # two have loneliness, one befriending.
    lonely, befriend = 2.0, 2.807354922057604  # log2(1 + 6/2), log2(1 + 6/1)
    assert alike(["befriend"], ["lonely"]) == pytest.approx(0.5 * lonely / (lonely + befriend))
    shared = alike(["lonely", "parks"], ["lonely"])
    rare = alike(["befriend", "parks"], ["befriend"])
    assert 0 < shared < rare < 1, "sharing what is rare says more"
    assert alike([], ["lonely"]) == 0


def test_names_without_their_legal_form() -> None:
    assert plain("The Warm Hearth Ltd.") == plain("WARM HEARTH CIO") == "warm hearth"


SAME = """
CREATE (a:Source {slug: 'a', audience: 2, public: false})
CREATE (b:Source {slug: 'b', audience: 4, public: true})
CREATE (o1:Actor:Organisation {uid: 'o-1', name: 'Warm Hearth Ltd', consent: 4})
CREATE (o2:Actor:Organisation {uid: 'o-2', name: 'Hearth', also_known_as: ['The Warm Hearth'],
  consent: 4})
CREATE (o3:Actor:Organisation {uid: 'o-3', name: 'Kettle', consent: 4})
CREATE (o4:Actor:Organisation {uid: 'o-4', name: 'Kettle North', consent: 4})
CREATE (o5:Actor:Organisation {uid: 'o-5', name: 'Other', consent: 4})
CREATE (chc:Identifier {uid: 'GB-CHC-212481'}) CREATE (coh:Identifier {uid: 'GB-COH-00212481'})
CREATE (edu:Identifier {uid: 'GB-EDU-123456'}) CREATE (n:Identifier {uid: 'name-x-kettle'})
CREATE (c1:Identifier {uid: 'GB-CHC-1000001'}) CREATE (c2:Identifier {uid: 'GB-CHC-1000002'})
CREATE (far:Identifier {uid: 'GB-SC-SC212481'})
CREATE (r1:Record {uid: 'a:1', source: 'a'})-[:DESCRIBES]->(o1)
CREATE (r2:Record {uid: 'b:1', source: 'b'})-[:DESCRIBES]->(o2)
CREATE (r3:Record {uid: 'a:2', source: 'a'})-[:DESCRIBES]->(o3)
CREATE (r4:Record {uid: 'b:2', source: 'b'})-[:DESCRIBES]->(o3)
CREATE (r5:Record {uid: 'b:3', source: 'b'})-[:DESCRIBES]->(o4)
CREATE (r6:Record {uid: 'b:4', source: 'b'})-[:DESCRIBES]->(o5)
CREATE (r1)-[:IDENTIFIED_BY]->(chc) CREATE (r2)-[:IDENTIFIED_BY]->(coh)
CREATE (r3)-[:IDENTIFIED_BY]->(edu) CREATE (r4)-[:IDENTIFIED_BY]->(edu)
CREATE (r5)-[:IDENTIFIED_BY]->(edu) CREATE (r5)-[:IDENTIFIED_BY]->(c1)
CREATE (r4)-[:IDENTIFIED_BY]->(c2) CREATE (r6)-[:IDENTIFIED_BY]->(far)
CREATE (r6)-[:IDENTIFIED_BY]->(n) CREATE (r5)-[:IDENTIFIED_BY]->(n)
"""


def pairs(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(row["left_uid"], row["right_uid"], row["status"]) for row in answer["rows"]]


def test_same_record(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(SAME)
    answer = run(duplicates(reader(1), "same-record"))
    assert pairs(answer) == [
        ("o-1", "o-2", "open"),  # the Scottish charity of the same digits has another name
        ("o-3", "o-4", "open"),
        ("o-3", "o-3", "same"),
    ]
    digits, apart, joined = answer["rows"]
    assert digits["record_uids"] == ["a:1", "b:1"]
    assert [reason["text"] for reason in digits["reasons"]] == [
        "Same digits in two registers: GB-CHC-212481 and GB-COH-00212481.",
        "Both are called Warm Hearth Ltd or Hearth.",
    ]
    assert [reason["text"] for reason in apart["reasons"]] == [
        "Both carry GB-EDU-123456.",
        "Left apart: a thing has one charity number of England and Wales, "
        "and these are GB-CHC-1000002 and GB-CHC-1000001.",
    ]
    assert joined["record_uids"] == ["a:2", "b:2"]
    assert joined["reasons"][0]["text"] == "Joined: a and b both name it by GB-EDU-123456."


def test_records_of_narrower_sources_count_only_for_those_who_may_read_them(
    plant: Any, reader: Readers, run: Run
) -> None:
    plant.cypher(SAME)
    assert pairs(run(duplicates(reader(4), "same_record"))) == [("o-3", "o-4", "open")]
    plant.cypher("MATCH (o:Actor {uid: 'o-3'}) SET o.consent_rest = 1")
    assert pairs(run(duplicates(reader(2), "same_record")))[1:] == [("o-3", "o-4", "open")]


def test_a_verdict_is_shown_and_open_ones_come_first(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(SAME)
    plant.cypher(
        """CREATE (:Judgement {uid: 'x', left: 'a:1', right: 'b:1', kind: 'organisation',
        verdict: 'unsure', at: '2026-01-01'})"""
    )
    assert pairs(run(duplicates(reader(1), "same_record")))[:2] == [
        ("o-3", "o-4", "open"),
        ("o-1", "o-2", "unsure"),
    ]


EFFORT = """
CREATE (:Field {as_of: '2026-11-21'})
CREATE (cov:Place {uid: 'cov', name: 'Coventry', audience: 4})
CREATE (wm:Place {uid: 'wm', name: 'West Midlands', audience: 4})
CREATE (cov)-[:WITHIN {audience: 4}]->(wm)
CREATE (lonely:Theme {uid: 'lonely', label: 'loneliness', audience: 4})
CREATE (alone:Theme {uid: 'alone', label: 'being alone', audience: 4})
CREATE (alone)-[:MATCHES {audience: 4, predicate: 'exactMatch'}]->(lonely)
WITH cov, wm, lonely, alone
UNWIND [['j-1', cov, lonely, 'o-1'], ['j-2', cov, alone, 'o-2'], ['j-3', wm, lonely, 'o-3'],
  ['j-4', null, lonely, 'o-4'], ['j-5', cov, lonely, 'o-1'], ['j-6', cov, lonely, 'o-6'],
  ['j-7', cov, lonely, 'o-7'], ['j-8', cov, lonely, null]] AS row
CREATE (j:Project {uid: row[0], title: 'Project ' + row[0], starts: '2026-01-01',
  ends: '2026-12-31', audience: 4})
WITH row, j, row[1] AS place, row[2] AS theme
CREATE (j)-[:WORKS_ON {audience: 4}]->(theme)
FOREACH (_ IN CASE WHEN place IS NULL THEN [] ELSE [1] END |
  CREATE (j)-[:SERVES {audience: 4}]->(place))
FOREACH (uid IN [x IN [row[3]] WHERE x IS NOT NULL] |
  MERGE (o:Actor:Organisation {uid: uid})
  SET o.name = 'Team ' + right(uid, 1), o.consent = 4
  CREATE (o)-[:LEADS {audience: 4}]->(j))
"""
NEVER = """
MATCH (j1:Project {uid: 'j-1'}) MATCH (j6:Project {uid: 'j-6'})
MATCH (o1:Actor {uid: 'o-1'}) MATCH (o6:Actor {uid: 'o-6'}) MATCH (o7:Actor {uid: 'o-7'})
MATCH (o2:Actor {uid: 'o-2'}) MATCH (j7:Project {uid: 'j-7'})
CREATE (o6)-[:PARTNERS_ON {audience: 4}]->(j1)
CREATE (o2)-[:PARTNERS_ON {audience: 4}]->(j6)
CREATE (j7)-[:FOLLOWS {audience: 4}]->(j6)
CREATE (o7)-[:PART_OF {audience: 4}]->(parent:Actor:Organisation {uid: 'o-9', consent: 4})
CREATE (o1)-[:PART_OF {audience: 4}]->(parent)
"""


def effort(run: Run, reader: Reader, scope: dict[str, str] | None = None) -> dict[str, Any]:
    answer = run(duplicates(reader, "parallel-effort", scope))
    assert not answer["passed_over"]
    return {f"{row['left_uid']} {row['right_uid']}": row for row in answer["rows"]}


def test_parallel_effort_in_plain_words(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(EFFORT)
    rows = effort(run, reader(1))
    assert (rows["j-1 j-2"]["weight"], rows["j-1 j-3"]["weight"]) == (0.5, 0.35)
    assert (rows["j-1 j-4"]["weight"], rows["j-1 j-2"]["status"]) == (0.25, "open")
    assert "j-1 j-5" not in rows, "one team"
    assert not [name for name in rows if "j-8" in name], "nobody knows whose it is"
    said = [reason["text"] for reason in rows["j-1 j-3"]["reasons"]]
    assert said == [
        "Team 1 and Team 3: you may be allies.",
        "One works in Coventry, the other in West Midlands around it.",
        "Both run from 1 January 2026 to 31 December 2026: 365 of the 365 days of the shorter.",
        "Both work on loneliness.",
        "What Project j-1 and Project j-3 do is not described: it adds nothing.",
        "No recorded pathway leads from one team to the other.",
    ]
    assert "Both work on loneliness (which the other calls being alone)." in [
        reason["text"] for reason in rows["j-1 j-2"]["reasons"]
    ]
    assert "Where Project j-4 works is not recorded: it counts half." in [
        reason["text"] for reason in rows["j-1 j-4"]["reasons"]
    ]
    weights = [row["weight"] for row in rows.values()]
    assert weights == sorted(weights, reverse=True)


def test_never_two_teams_of_one_work(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(EFFORT)
    before = effort(run, reader(1))
    plant.cypher(NEVER)
    after = effort(run, reader(1))
    gone = {"j-1 j-6", "j-5 j-6", "j-2 j-6", "j-6 j-7", "j-1 j-7", "j-5 j-7"} - {"j-5 j-6"}
    assert before.keys() - after.keys() == gone
    assert after.keys() < before.keys()


def test_teams_that_are_linked_come_later(plant: Any, reader: Readers, run: Run) -> None:
    """Only stewards' order knows: a pathway's score is a number."""
    plant.cypher(EFFORT)
    plant.write([("o-2", "o-1", plant.tie(0.2))])
    steward, public = (effort(run, reader(level)) for level in (1, 4))
    assert steward["j-1 j-2"]["weight"] == 0.4
    assert public["j-1 j-2"]["weight"] == 0.5
    told = "A pathway already leads from one team to the other"
    assert f"{told} (roughly 20%)." in [r["text"] for r in steward["j-1 j-2"]["reasons"]]
    assert f"{told}." in [r["text"] for r in public["j-1 j-2"]["reasons"]]
    assert [r["weight"] for r in public["j-1 j-2"]["reasons"]][-1] is None
    plant.cypher("MATCH ()-[t:TIE]->() REMOVE t.step_4 SET t.audience = 3")
    again = effort(run, reader(4))["j-1 j-2"]["reasons"]
    assert again[-1]["text"] == "No recorded pathway leads from one team to the other."


def test_a_scope(plant: Any, reader: Readers, run: Run) -> None:
    plant.cypher(EFFORT)
    assert not [n for n in effort(run, reader(4), {"place": "cov"}) if "j-3" in n or "j-4" in n]
    named = effort(run, reader(4), {"place": "wm", "theme": "alone"})
    assert {"j-1 j-2", "j-1 j-3"} <= named.keys(), "whatever the theme is called"
    assert not [name for name in named if "j-4" in name], "nobody knows where that is"
    with pytest.raises(NotFound):
        effort(run, reader(4), {"place": "nowhere"})


def test_questions_put_wrongly(reader: Readers, run: Run) -> None:
    with pytest.raises(WrongUse, match="same-record or parallel-effort"):
        run(duplicates(reader(1), "twins"))
    with pytest.raises(WrongUse, match="network"):
        run(duplicates(reader(1), "same_record", {"network": "x"}))


def test_a_small_chance_is_not_told_as_none() -> None:
    assert how_linked(0.004, True).endswith("other (under 1%).")
    assert how_linked(0.2, True).endswith("other (roughly 20%).")
    assert how_linked(0.004, False).endswith("other.")
