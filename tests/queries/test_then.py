"""Pathways as of an earlier day: what the graph would say that had only the evidence up to then."""

from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.loaders.refresh import refresh
from tieline.queries.pathways import then
from tieline.queries.pathways.ask import pathways
from tieline.queries.pathways.target import Target
from tieline.schema.consent import Viewer
from tieline.schema.weights import KINDS

Run = Callable[[Coroutine[Any, Any, Any]], Any]
TODAY = date(2026, 11, 21)
DAYS = [date(2021, 2, 1), date(2023, 3, 15), date(2025, 1, 31)]
WHO = [f"p-{at:02}" for at in range(26)]
BODIES = [f"o-{at}" for at in range(4)]
LEVELS = [(1, None), (2, None), (4, None), (3, "h-p-00")]


def evidence(dice: Random, consent: dict[str, int]) -> list[dict[str, Any]]:
    """Answers, meetings, roles and works of eight years; some not dated, some narrowly told."""
    found = []
    for at in range(170):
        a, b = dice.sample(WHO + BODIES, 2)
        for more in range(dice.randint(1, 4)):
            kind = dice.choice([k for k in KINDS if k not in ("felt",)])
            on = TODAY - timedelta(days=dice.randint(0, 3000))
            own = dice.random() < 0.4
            ends = {"from": a, "to": b}
            by = dice.choice(["from", "to"]) if own else f"r-{dice.randint(0, 2)}"
            props: dict[str, Any] = {
                "uid": f"x-{at}-{more}",
                "kind": kind,
                "value": dice.choice([0.0, 0.5, 1.0]) if KINDS[kind].view else 1.0,
                "answered_share": 1.0,
                "reporter": by,
                "on": None if dice.random() < 0.05 else on.isoformat(),
                "until": (on + timedelta(days=400)).isoformat() if kind == "joint_work" else None,
                "source": dice.choice(["one", "other"]),
                "audience": min(dice.choice([1, 2, 3, 4, 4]), consent[a], consent[b]),
                "record": f"r-{ends.get(by, 'x')}",
            }
            found.append({"a": a, "b": b, "props": props})
    return found


@pytest.fixture
def field(plant: Any, graph: Graph) -> Any:
    dice = Random(21)
    consent = {uid: dice.choice([2, 4, 4, 4]) for uid in WHO} | dict.fromkeys(BODIES, 4)
    consent[WHO[0]] = 3
    plant.clear()
    for uid in WHO:
        plant.actors(uid, consent=consent[uid], taking_requests=dice.random() > 0.1)
    plant.actors(*BODIES, kind="Organisation")
    plant.cypher(
        """CREATE (:Field {uid: 'field', as_of: $today})
        CREATE (:Source {slug: 'one', title: 'One', audience: 4, reliability: 1.0})
        CREATE (:Source {slug: 'other', title: 'Other', audience: 4, reliability: .7})
        WITH 1 AS one MATCH (x:Person)
        CREATE (r:Record {uid: 'r:' + x.uid, handle: 'h-' + x.uid, fields: '{}'})
        CREATE (r)-[:DESCRIBES]->(x)""",
        today=TODAY.isoformat(),
    )
    plant.observed(evidence(dice, consent))
    for at in range(40):
        plant.cypher(
            "CREATE (:Ask {uid: $uid, of: 'h-' + $of, by: $by, to: 'x', on: $on})",
            uid=f"k-{at}",
            of=dice.choice(WHO),
            by=dice.choice(WHO),
            on=(dice.choice([*DAYS, TODAY]) - timedelta(days=dice.randint(-20, 95))).isoformat(),
        )
    refresh(graph, TODAY)
    return plant


def questions() -> list[tuple[str, str, int]]:
    dice = Random(4)
    asked = [("p-00", to, 4) for to in WHO[1:6]]
    return asked + [(*dice.sample(WHO + BODIES, 2), dice.choice([2, 3, 4])) for _ in range(9)]  # type: ignore[misc]


def asked(run: Run, make: Callable[[], Reader], day: date | None) -> list[Any]:
    """The answers, or what was said where there is none; without what is of today alone."""
    found: list[Any] = []
    for start, to, hops in questions():
        try:
            answer = run(pathways(make(), start, Target(to), hops, 3, None, day))
        except Exception as error:
            found.append(repr(error))
            continue
        found.append({name: answer[name] for name in ("routes", "at_least_one", "searched")})
    return found


@pytest.mark.parametrize(
    "day", [DAYS[2], *(pytest.param(day, marks=pytest.mark.slow) for day in DAYS[:2])], ids=str
)
def test_as_of_a_day_is_the_graph_of_what_was_known_by_then(
    field: Any, graph: Graph, run: Run, driver: AsyncDriver, address: Address, day: date
) -> None:
    def of(level: int, person: str | None) -> Callable[[], Reader]:
        return lambda: Reader(driver, address.database, Viewer(level, person), seconds=60)

    now = [asked(run, of(*viewer), None) for viewer in LEVELS]
    told = [asked(run, of(*viewer), day) for viewer in LEVELS]
    field.cypher("MATCH ()-[o:OBSERVED]->() WHERE o.on > $day DELETE o", day=day.isoformat())
    field.cypher("MATCH (k:Ask) WHERE k.on > $day DELETE k", day=day.isoformat())
    field.cypher("MATCH ()-[t:TIE]->() DELETE t")
    refresh(graph, day)
    wanted = [asked(run, of(*viewer), None) for viewer in LEVELS]
    for mine, want in zip(told, wanted, strict=True):
        for question, one, other in zip(questions(), mine, want, strict=True):
            assert one == other, question
    assert told != now, "the days do differ"
    reached = sum(bool(answer["routes"]) for some in told for answer in some if "routes" in answer)
    assert reached > 10


def test_a_day_to_come_and_too_much_to_read(
    field: Any,
    run: Run,
    reader: Callable[[int], Reader],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TIELINE_TODAY", TODAY.isoformat())
    with pytest.raises(WrongUse, match="has not come yet"):
        run(pathways(reader(1), "p-01", Target("p-02"), as_of=TODAY + timedelta(days=1)))
    monkeypatch.setattr(then, "MOST", 3)
    with pytest.raises(WrongUse, match="ask for fewer hops"):
        run(pathways(reader(1), "p-01", Target("p-02"), as_of=DAYS[1]))


def test_nothing_was_known_that_early(field: Any, run: Run, reader: Any) -> None:
    field.cypher("MATCH ()-[o:OBSERVED]->() WHERE o.on IS NULL DELETE o")
    answer = run(pathways(reader(1), "p-01", Target("p-02"), as_of=date(2001, 1, 1)))
    assert (answer["routes"], answer["missing_link"]) == ([], None)
    assert answer["note"] == (
        "Of what was recorded by 2001-01-01 no pathway leads from p-01 to p-02 in 4 steps."
    )
    assert answer["as_of"] == "2001-01-01"
