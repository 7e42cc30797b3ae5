"""Whom to ask first, and what to write to them: plain words, nobody's ties but the asked one's."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.pathways.ask import introducers, pathways
from tieline.queries.pathways.introduce import draft
from tieline.queries.pathways.target import Target
from tieline.schema.consent import Viewer

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]


@pytest.fixture
def field(plant: Any) -> Any:
    """Ana knows Ben, Cat and Hub; all three lead to Zoe, Hub by way of Dev alone."""
    plant.actors("Ana", "Ben", "Cat", "Dev", "Zoe")
    plant.actors("Hub", kind="Organisation")
    plant.ties([("Ana", "Ben", 0.9), ("Ben", "Zoe", 0.5), ("Ana", "Cat", 0.6), ("Cat", "Zoe", 0.6)])
    plant.ties([("Ana", "Hub", 0.8), ("Hub", "Dev", 0.8), ("Dev", "Zoe", 0.9)])
    plant.cypher(
        """MATCH (a:Actor {uid: 'Ana'}) MATCH (z:Actor {uid: 'Zoe'}) MATCH (d:Actor {uid: 'Dev'})
        CREATE (t:Theme {uid: 't', label: 'belonging', audience: 4})
        CREATE (a)-[:WORKS_ON {audience: 4}]->(t), (z)-[:WORKS_ON {audience: 2}]->(t)"""
    )
    return plant


def first(answer: dict[str, Any]) -> list[str]:
    return [each["actor_uid"] for each in answer["introducers"]]


def test_whom_to_ask_first(field: Any, reader: Readers, run: Run) -> None:
    """Hub .8 x .9 x .8 x .9 x .9 = .46656, Ben .9 x .9 x .5 = .405, Cat .6 x .9 x .6 = .324."""
    answer = run(introducers(reader(1), "Ana", Target("Zoe")))
    assert first(answer) == ["Hub", "Ben", "Cat"]
    scores = [each["route"]["score"] for each in answer["introducers"]]
    assert scores == pytest.approx([0.46656, 0.405, 0.324])
    assert not answer["knows"] and answer["note"] is None
    told = run(introducers(reader(4), "Ana", Target("Zoe"), 1))
    assert first(told) == ["Hub"]
    assert told["introducers"][0]["route"]["score"] is None, "numbers are for stewards"
    assert told["introducers"][0]["route"]["reason"].startswith("Ana is tied to Hub (middling")
    field.cypher("MATCH (x:Actor {uid: 'Dev'}) SET x.taking_requests = false")
    assert first(run(introducers(reader(1), "Ana", Target("Zoe")))) == ["Ben", "Cat"]


def test_nobody_to_ask(field: Any, reader: Readers, run: Run) -> None:
    field.actors("Yan")
    answer = run(introducers(reader(1), "Ana", Target("Yan")))
    assert (first(answer), answer["knows"]) == ([], False)
    assert answer["note"] == "Of those Ana is tied to, nobody leads to Yan in 4 steps."
    field.ties([("Ana", "Yan", 0.5)])
    answer = run(introducers(reader(1), "Ana", Target("Yan")))
    assert answer["note"] == "Ana is tied to Yan already, and nobody else leads there."
    with pytest.raises(WrongUse, match="1 to 20"):
        run(introducers(reader(1), "Ana", Target("Yan"), 21))


def test_a_draft_in_plain_sentences(field: Any, reader: Readers, run: Run) -> None:
    told = run(draft(reader(2), ["Ana", "Ben", "Zoe"]))
    assert (told["by_uid"], told["of_uid"], told["to_uid"]) == ("Ana", "Ben", "Zoe")
    assert told["sentences"] == [
        "Dear Ben,",
        "I would like to meet Zoe. Both of us have to do with belonging.",
        "As far as I can tell you know them: would you introduce us?",
        "If this is not the moment, or not yours to do, that is quite all right.",
        "With thanks,",
        "Ana",
    ]
    assert told["text"] == "\n".join(told["sentences"])
    assert "belonging" not in run(draft(reader(3), ["Ana", "Ben", "Zoe"]))["text"]


def test_a_draft_to_an_organisation_names_whom_to_write_to(
    field: Any, reader: Readers, run: Run
) -> None:
    way = ["Ana", "Hub", "Dev", "Zoe"]
    told = run(draft(reader(2), way))
    assert told["sentences"][0] == "Dear Hub," and told["whom_uid"] is None
    assert "Hub is in touch with Dev, who may know a way on" in told["text"]
    field.actors("Eve")
    field.cypher(
        """MATCH (e:Actor {uid: 'Eve'}) MATCH (h:Actor {uid: 'Hub'})
        CREATE (e)-[:LEADS {audience: 3}]->(h)"""
    )
    assert run(draft(reader(2), way))["sentences"][0] == "Dear Eve,"
    assert run(draft(reader(4), way))["whom_uid"] is None, "not seen at that level"


def test_a_draft_says_that_both_belong_where_anyone_may_know_it(
    field: Any, reader: Readers, run: Run
) -> None:
    way = ["Ana", "Hub", "Dev", "Zoe"]
    field.cypher(
        """MATCH (h:Actor {uid: 'Hub'}) UNWIND [['Ana', 4], ['Dev', 3]] AS row
        MATCH (x:Actor {uid: row[0]}) CREATE (x)-[:MEMBER_OF {audience: row[1]}]->(h)"""
    )
    assert "Hub is in touch with Dev" in run(draft(reader(4), way))["text"]
    assert run(draft(reader(3), way))["sentences"][2] == (
        "As far as I can tell Dev and I both belong to Hub, and Dev may know a way on: "
        "would you ask Dev whether they would pass this along?"
    )
    assert (
        "we both belong to Hub: would you introduce us?"
        in (run(draft(reader(3), ["Ana", "Hub", "Dev"]))["text"])
    )


def test_drafts_that_nothing_bears(field: Any, reader: Readers, run: Run) -> None:
    field.actors("Secret", consent=0)
    said = []
    for uid in ("Secret", "Nobody"):
        with pytest.raises(NotFound) as error:
            run(draft(reader(1), ["Ana", uid, "Zoe"]))
        said.append(str(error.value).replace(uid, "X"))
    assert len(set(said)) == 1
    for way in (["Ana", "Zoe"], ["Ana", "Ben", "Ana"], ["Ana", "Ben", "Cat", "Dev", "Zoe", "Hub"]):
        with pytest.raises(WrongUse, match="3 to 5 different"):
            run(draft(reader(1), way))
    with pytest.raises(WrongUse, match="No recorded tie"):
        run(draft(reader(1), ["Ana", "Dev", "Zoe"]))
    field.cypher("MATCH (x:Actor {uid: 'Ben'}) SET x.taking_requests = false")
    with pytest.raises(WrongUse, match="Ben takes no requests"):
        run(draft(reader(1), ["Ana", "Ben", "Zoe"]))


OWN = """
CREATE (:Field {as_of: '2026-11-21'})
CREATE (:Source {slug: 'own-word:h-ana', title: 'Own word', audience: 4, reliability: 1.0})
WITH 1 AS one
MATCH (ana:Actor {uid: 'Ana'}) MATCH (yan:Actor {uid: 'Yan'})
CREATE (:Record {uid: 'own-word:h-ana:1', handle: 'h-ana', fields: '{}'})-[:DESCRIBES]->(ana)
CREATE (ana)-[:OBSERVED {uid: 'o1', kind: 'closeness', value: 1.0, answered_share: 1.0,
  reporter: 'from', on: '2026-11-21', source: 'own-word:h-ana', record: 'own-word:h-ana:1',
  from_record: 'own-word:h-ana:1', to_record: 'x', audience: 2}]->(yan)
"""


def test_my_own_ties_are_mine_whoever_else_may_see_them(
    field: Any, reader: Readers, run: Run, driver: AsyncDriver, address: Address
) -> None:
    """Ana's tie to Yan is for weavers' eyes, and so is Ana: to herself both are there."""
    field.actors("Yan", consent=3)
    field.ties([("Yan", "Zoe", 0.9)], at=3)
    field.cypher(OWN)
    field.cypher("MATCH (a:Actor {uid: 'Ana'}) SET a.consent = 2")

    def ana() -> Reader:
        return Reader(driver, address.database, Viewer(3, "h-ana"), seconds=60)

    answer = run(pathways(ana(), "Ana", Target("Zoe")))
    assert [[h["to_uid"] for h in r["hops"]] for r in answer["routes"]] == [["Yan", "Zoe"]]
    first_hop = answer["routes"][0]["hops"][0]
    assert (first_hop["label"], first_hop["kinds"]) == ("middling", ["closeness"])
    assert first_hop["step"] is None and first_hop["last_seen"] == "2026-11-21"
    assert first(run(introducers(ana(), "Ana", Target("Zoe")))) == ["Yan"]
    assert "Dear Yan," in run(draft(ana(), ["Ana", "Yan", "Zoe"]))["text"]
    for other in (reader(3), Reader(driver, address.database, Viewer(3, "h-zoe"), seconds=60)):
        with pytest.raises(NotFound):
            run(pathways(other, "Ana", Target("Zoe")))
    others = run(pathways(ana(), "Zoe", Target("Yan")))
    assert [r["hops"][0]["to_uid"] for r in others["routes"]] == ["Yan"]
