"""What has changed since a day: against the graph that had only the evidence up to then."""

from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.loaders.refresh import refresh
from tieline.queries.bridges import then
from tieline.queries.bridges.ask import actors_of, bridges
from tieline.schema.weights import KINDS

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
Cuts = dict[tuple[str, ...], int]
TODAY, DAY = date(2026, 11, 21), date(2024, 6, 1)
WHO = [f"p-{at:02}" for at in range(28)]
ASKED: list[tuple[int, dict[str, str]]] = [
    (1, {}),
    (2, {}),
    (4, {}),
    (1, {"place": "town"}),
    (1, {"label": "middling"}),
    (4, {"label": "not_yet_known"}),
]


def evidence(dice: Random, consent: dict[str, int]) -> list[dict[str, Any]]:
    """Of few pairs, so that much holds by one tie: eight years, some not dated, some narrow."""
    found = []
    for at in range(38):
        a, b = dice.sample(WHO, 2)
        for more in range(dice.randint(1, 3)):
            kind = dice.choice([k for k in KINDS if k != "felt"])
            on = TODAY - timedelta(days=dice.randint(0, 3000))
            props: dict[str, Any] = {
                "uid": f"x-{at}-{more}",
                "kind": kind,
                "value": dice.choice([0.5, 1.0]) if KINDS[kind].view else 1.0,
                "answered_share": 1.0,
                "reporter": dice.choice(["from", "to"]) if KINDS[kind].view else "r",
                "on": None if dice.random() < 0.1 else on.isoformat(),
                "source": "one",
                "audience": min(dice.choice([1, 2, 4, 4, 4]), consent[a], consent[b]),
                "record": f"r-{at}",
            }
            found.append({"a": a, "b": b, "props": props})
    return found


@pytest.fixture
def field(plant: Any, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TIELINE_TODAY", TODAY.isoformat())
    dice = Random(5)
    consent = {uid: dice.choice([2, 4, 4, 4]) for uid in WHO}
    plant.clear()
    for uid in WHO:
        plant.actors(uid, consent=consent[uid])
    plant.cypher(
        """CREATE (:Field {uid: 'field', as_of: $today})
        CREATE (:Source {slug: 'one', title: 'One', audience: 4, reliability: 1.0})
        CREATE (p:Place {uid: 'town', name: 'Town', audience: 4})
        WITH p MATCH (x:Actor) WHERE x.uid < 'p-20' CREATE (x)-[:BASED_IN {audience: 4}]->(p)""",
        today=TODAY.isoformat(),
    )
    plant.observed(evidence(dice, consent))
    refresh(graph, TODAY)
    return plant


def cut_off(run: Run, reader: Reader, scope: dict[str, str]) -> Cuts:
    return {actors_of(row): row["smaller_side"] for row in run(bridges(reader, scope))["rows"]}


def test_since_a_day(field: Any, graph: Graph, run: Run, reader: Readers) -> None:
    told = [run(bridges(reader(level), scope, day=DAY)) for level, scope in ASKED]
    then_ = [cut_off(run, reader(level), scope | {"on": DAY.isoformat()}) for level, scope in ASKED]
    now = [cut_off(run, reader(level), scope) for level, scope in ASKED]
    field.cypher("MATCH ()-[o:OBSERVED]->() WHERE o.on > $day DELETE o", day=DAY.isoformat())
    field.cypher("MATCH ()-[t:TIE]->() DELETE t")
    refresh(graph, DAY)
    was = [cut_off(run, reader(level), scope) for level, scope in ASKED]
    assert then_ == was and was != now, "asked on that day it is what it was"
    changes = set()
    for answer, today, before_ in zip(told, now, was, strict=True):
        assert {actors_of(row): row["smaller_side"] for row in answer["rows"]} == today
        for row in answer["rows"]:
            before, size = before_.get(actors_of(row), 0), row["smaller_side"]
            word = "more" if before < size else "fewer" if before > size else "same"
            assert row["cut_off_then"] == before
            assert row["change"] == (word if before else "new")
            changes.add(row["change"])
        gone = {tuple(each["uids"]): each["cut_off_then"] for each in answer["gone"]}
        assert gone == {actors: n for actors, n in before_.items() if actors not in today}
        assert answer["since"] == "2024-06-01"
    assert {"new", "more"} <= changes and any(answer["gone"] for answer in told)
    assert was[0] != was[2], "levels do differ"


def test_nothing_has_changed_since_today(field: Any, run: Run, reader: Readers) -> None:
    for level, scope in ASKED:
        answer = run(bridges(reader(level), scope, day=TODAY))
        assert {row["change"] for row in answer["rows"]} <= {"same"} and answer["gone"] == []
        assert all(row["reason"].endswith("it cut off as many.") for row in answer["rows"])
    assert "since" not in run(bridges(reader(1)))


def test_before_anything_all_is_new(field: Any, run: Run, reader: Readers) -> None:
    field.cypher("MATCH ()-[o:OBSERVED]->() WHERE o.on IS NULL DELETE o")
    answer = run(bridges(reader(1), day=date(2001, 1, 1)))
    assert {row["change"] for row in answer["rows"]} == {"new"} and answer["gone"] == []
    assert answer["rows"][0]["reason"].endswith("New since 2001-01-01.")


def test_a_day_to_come_and_too_much_to_read(
    field: Any, run: Run, reader: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WrongUse, match="has not come yet"):
        run(bridges(reader(1), day=TODAY + timedelta(days=1)))
    monkeypatch.setattr(then, "MOST", 3)
    with pytest.raises(WrongUse, match="ask for a place"):
        run(bridges(reader(1), day=DAY - timedelta(days=1)))
