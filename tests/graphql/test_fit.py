"""fit, gaps and lessons over GraphQL: every part told, page by page, at each level its own."""

from collections.abc import Callable
from typing import Any

import pytest

from tieline.graphql.operations import saved

Told = dict[str, Any]
Ask = Callable[..., Told]
Uids = dict[str, str]
PARTS = ["ALLIES", "SUPPORT", "PROJECTS", "PARALLEL", "LESSONS", "GAPS"]
PAGE = """query($after: String) { gaps(first: 1, after: $after) { totalCount
  pageInfo { hasNextPage endCursor } nodes { theme { name } place { name } now reason } } }"""


def put(ask: Ask, name: str, level: int, **given: Any) -> Told:
    told = ask(saved()[name].text, level, **given)
    assert told["errors"] == []
    data: Told = told["data"][name]
    return data


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_each_part_has_lines_or_says_what_is_not_recorded(
    field: Uids, ask: Ask, level: int
) -> None:
    answer = put(ask, "fit", level, actor="Acorn Trust")
    assert [part["part"] for part in answer["sections"]] == PARTS
    assert all(bool(part["lines"]) != bool(part["note"]) for part in answer["sections"])
    assert all(line["reason"] for part in answer["sections"] for line in part["lines"])
    assert "not recorded" in answer["coverage"]["sentence"] and answer["graphVersion"]
    assert answer["actor"] == {
        "__typename": "Organisation", "uid": field["Acorn Trust"], "name": "Acorn Trust",
    }  # fmt: skip


def test_what_is_for_weavers_is_in_no_fit_of_a_members(field: Uids, ask: Ask) -> None:
    told = {level: put(ask, "fit", level, actor="Acorn Trust", first=20) for level in (2, 3)}
    assert "Evening Soup" not in str(told[3]) and "Dogwood" not in str(told[3])


def test_somebody_must_be_named(field: Uids, ask: Ask) -> None:
    told = ask(saved()["fit"].text, 4)
    assert told["errors"][0]["extensions"]["code"] == "WRONG_USE"
    assert told["errors"][0]["message"].startswith("Say whose fit")
    told = ask(saved()["fit"].text, 3, actor="Dev Dogwood")
    assert told["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_gaps_come_page_by_page(field: Uids, ask: Ask, change: Any) -> None:
    whole = put(ask, "gaps", 4, first=50)
    seen, after = [], None
    while True:
        page = ask(PAGE, 4, after=after)["data"]["gaps"]
        seen += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert len(seen) == page["totalCount"] == whole["totalCount"] > 0
    assert [n["reason"] for n in seen] == [n["reason"] for n in whole["nodes"]]
    assert put(ask, "gaps", 2)["totalCount"] >= whole["totalCount"]


def test_a_lesson_is_found_and_says_who_says_so(field: Uids, ask: Ask, change: Any) -> None:
    change("MATCH (j:Project {title: 'Digging Together'}) SET j.lessons = 'Soup before spades.'")
    change(
        "MATCH (:Project {title: 'Digging Together'})<-[:DESCRIBES]-(r:Record) "
        'SET r.fields = \'{"lessons":"Soup before spades."}\''
    )
    change("CALL db.awaitIndexes(60)")
    answer = put(ask, "lessons", 4, text="spades")
    assert [row["text"] for row in answer["nodes"]] == ["Soup before spades."]
    assert [source["uid"] for source in answer["nodes"][0]["sources"]] == ["open-list"]
    assert answer["nodes"][0]["reason"].startswith("Digging Together, in Leeds, on loneliness")
    nothing = put(ask, "lessons", 4, text="zeppelin")
    assert nothing["nodes"] == [] and "not to say" in nothing["note"]


MORE = """
MATCH (l:Place {name: 'Leeds'}), (t:Theme {label: 'loneliness'}), (o:Organisation {name: $lead})
UNWIND range($from, $to) AS n
CREATE (o)-[:LEADS {uid: 'ml' + n, audience: 4, source: 'open-list'}]->(j:Project {uid: 'j-m' + n,
  title: 'More ' + n, audience: 4, starts: '2026-01-01', ends: '2099-01-01', lessons: 'Slowly.'})
CREATE (j)-[:SERVES {uid: 'ms' + n, audience: 4, source: 'open-list'}]->(l)
CREATE (j)-[:WORKS_ON {uid: 'mw' + n, audience: 4, source: 'open-list'}]->(t)
"""


@pytest.mark.parametrize("name", ["fit", "gaps", "lessons"])
def test_statements_do_not_grow_with_the_field(
    field: Uids, ask: Ask, change: Any, name: str
) -> None:
    given = {"fit": {"actor": field["Acorn Trust"]}, "gaps": {}, "lessons": {"text": "slowly"}}
    counted = []
    for first, last in ((1, 3), (4, 40)):
        change(MORE, **{"from": first, "to": last, "lead": "Copse Network"})
        change("CALL db.awaitIndexes(60)")
        told = ask(saved()[name].text, 4, **given[name])
        assert told["errors"] == [] and ("More 1" in str(told["data"]) or name == "gaps")
        counted.append(sorted(told["statements"]))
    assert counted[0] == counted[1]
