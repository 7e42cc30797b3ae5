"""Who can connect me? The worked example of the design, levels, whole answers in words."""

import json
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.pathways.ask import pathways
from tieline.queries.pathways.target import Target

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
WORKED = """Ana-Ben .9, Ben-Zoe .45, Ana-Cat .8, Cat-Dev .8, Dev-Zoe .8, Ana-Eli .6, Eli-Zoe .7,
Cat-Zoe .35, Ana-Hub .75, Hub-Zoe .65, Hub-Dev .9, Ben-Hub .7, Ana-Zoe .08, Eli-Hub .5"""


@pytest.fixture
def worked(plant: Any) -> Any:
    said = [one.split() for one in WORKED.replace("\n", " ").split(", ")]
    ties = [(pair.split("-")[0], pair.split("-")[1], float(step)) for pair, step in said]
    plant.actors(*sorted({name for a, b, _ in ties for name in (a, b)}))
    plant.ties(ties)
    return plant


def told(answer: dict[str, Any]) -> list[tuple[str, float]]:
    return [
        ("-".join([r["hops"][0]["from_uid"], *(h["to_uid"] for h in r["hops"])]), r["score"])
        for r in answer["routes"]
    ]


@pytest.mark.parametrize("hub", [400, 0])
def test_the_worked_example(
    worked: Any, reader: Readers, run: Run, hub: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tieline.queries.pathways.routes.HUB", hub)
    answer = run(pathways(reader(1), "Ana", Target("Zoe")))
    assert told(answer) == [
        ("Ana-Hub-Zoe", 0.43875),
        ("Ana-Cat-Dev-Zoe", 0.41472),
        ("Ana-Eli-Zoe", 0.378),
    ]
    assert answer["at_least_one"] == pytest.approx(0.79568, abs=5e-6)
    assert [route["least"] for route in answer["routes"]] == [0.65, 0.8, 0.6]


def test_the_four_best_routes(worked: Any, reader: Readers, run: Run) -> None:
    """The second shares Hub with the first, which is why it is not among the three."""
    end: dict[str, Any] = {"targets": ["Zoe"], "told": []}
    how = {"from": "Ana", "without": [], "hops": 4, "k": 4, "step": "step"}
    rows = run(reader(1).rows("pathways/halves", **end, **how))
    assert [("-".join(row["uids"]), row["score"]) for row in rows] == [
        ("Ana-Hub-Zoe", 0.43875),
        ("Ana-Hub-Dev-Zoe", 0.4374),
        ("Ana-Cat-Dev-Zoe", 0.41472),
        ("Ana-Eli-Zoe", 0.378),
    ]


@pytest.mark.parametrize("hub", [400, 0])
def test_hub_asked_twelve_times(
    worked: Any, reader: Readers, run: Run, hub: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ease = 1 / (1 + 12 asks / capacity 4)."""
    monkeypatch.setattr("tieline.queries.pathways.routes.HUB", hub)
    worked.cypher("MATCH (x:Actor {uid: 'Hub'}) SET x.ease = 1 / (1 + 12 / 4.0)")
    answer = run(pathways(reader(1), "Ana", Target("Zoe"), routes=4))
    assert told(answer)[0] == ("Ana-Cat-Dev-Zoe", 0.41472)
    assert ("Ana-Hub-Zoe", 0.1096875) in told(answer)
    worked.cypher("MATCH (x:Actor {uid: 'Hub'}) REMOVE x:Person SET x:Organisation")
    eased = run(pathways(reader(1), "Ana", Target("Zoe")))
    assert told(eased)[0] == ("Ana-Hub-Zoe", 0.43875), "organisations carry no burden"


def test_a_direct_tie_is_a_route_once(worked: Any, reader: Readers, run: Run) -> None:
    answer = run(pathways(reader(1), "Ana", Target("Zoe"), routes=10))
    assert [name for name, _ in told(answer)].count("Ana-Zoe") == 1
    between = [h["to_uid"] for r in answer["routes"] for h in r["hops"][:-1]]
    assert len(between) == len(set(between))


def test_who_takes_no_requests_is_no_go_between(worked: Any, reader: Readers, run: Run) -> None:
    worked.cypher("MATCH (x:Actor {uid: 'Hub'}) SET x.taking_requests = false")
    answer = run(pathways(reader(1), "Ana", Target("Zoe")))
    assert not [name for name, _ in told(answer) if "Hub" in name]
    assert told(run(pathways(reader(1), "Ana", Target("Hub"))))[0] == ("Ana-Hub", 0.75)


def test_each_level_has_its_own_steps(plant: Any, reader: Readers, run: Run) -> None:
    plant.actors("a", "b", "m", "w")
    one = plant.tie(0.9) | {"step_4": 0.2, "step_3": 0.4}
    other = plant.tie(0.5)
    plant.write([("a", "m", one), ("m", "b", one), ("a", "w", other), ("w", "b", other)])
    by_level = {
        level: ["-".join(h["to_uid"] for h in r["hops"]) for r in answer["routes"]]
        for level in (1, 2, 3, 4)
        if (answer := run(pathways(reader(level), "a", Target("b"))))
    }
    assert by_level == {1: ["m-b", "w-b"], 2: ["m-b", "w-b"], 3: ["w-b", "m-b"], 4: ["w-b", "m-b"]}


def test_numbers_are_for_stewards(worked: Any, reader: Readers, run: Run) -> None:
    answer = run(pathways(reader(2), "Ana", Target("Zoe")))
    assert len(answer["routes"]) == 3
    assert answer["at_least_one"] is None
    for route in answer["routes"]:
        assert (route["score"], route["least"], route["label"]) == (None, None, "middling")
        assert {hop["step"] for hop in route["hops"]} == {None}
        assert not any(digit in route["reason"] for digit in "0123456789")


def test_hidden_and_nonexistent_ends_read_the_same(worked: Any, reader: Readers, run: Run) -> None:
    worked.actors("Secret", consent=0)
    worked.ties([("Ana", "Secret", 0.9), ("Secret", "Zoe", 0.9)], at=1)
    said = []
    for uid in ("Secret", "Nobody"):
        for ends in ((uid, "Zoe"), ("Ana", uid)):
            with pytest.raises(NotFound) as error:
                run(pathways(reader(1), ends[0], Target(ends[1])))
            said.append(str(error.value).replace(uid, "X"))
    assert len(set(said)) == 1
    assert "Secret" not in json.dumps(run(pathways(reader(1), "Ana", Target("Zoe"))))


def test_what_lies_below_the_level_moves_nothing(plant: Any, reader: Readers, run: Run) -> None:
    """Worlds that look equal at level 3 and differ in all else: equal answers at level 3."""
    dice = Random(7)
    actors = [f"n{at:02}" for at in range(14)]
    pairs = [(a, b) for a in actors for b in actors if a != b]
    shown = {pair: dice.choice([0.2, 0.5, 0.8]) for pair in dice.sample(pairs, 34)}
    answers, stewards = [], []
    for world in range(4):
        plant.clear()
        plant.actors(*actors, consent=3)
        plant.actors(*(f"hidden{at}" for at in range(world)), consent=world % 3)
        below = Random(world)
        ties = [(*pair, _shown_at_three(step, below)) for pair, step in shown.items()]
        unseen = [pair for pair in pairs if pair not in shown]
        ties += [(*pair, _below_three(below)) for pair in below.sample(unseen, 30)]
        lurking = [f"hidden{at}" for at in range(world)]
        ties += [(a, h, _below_three(below)) for h in lurking for a in actors[:5]]
        ties += [(h, a, _below_three(below)) for h in lurking for a in actors[9:]]
        plant.write(ties)
        asked = [(a, b) for a in actors[:4] for b in actors[7:]]
        answers.append([_answer(run, reader(3), *pair) for pair in asked])
        stewards.append([_answer(run, reader(1), *pair) for pair in asked])
    assert any(answer["routes"] for answer in answers[0])
    assert answers[1:] == answers[:1] * 3
    assert stewards[0] != stewards[1], "the worlds do differ"


def _shown_at_three(step: float, dice: Random) -> dict[str, Any]:
    said = {"step_3": step, "label_3": "thin", "kinds_3": ["role"], "seen_3": "2026-01-01"}
    lower = {f"step{end}": dice.random() for end in ("", "_2")}
    return said | lower | {"audience": 3, "label": "thick", "kinds": ["felt"]}


def _below_three(dice: Random) -> dict[str, Any]:
    return {"audience": 2, "step": dice.random(), "step_2": dice.random(), "label_2": "thick"}


def _answer(run: Run, reader: Reader, start: str, end: str) -> dict[str, Any]:
    answer: dict[str, Any] = run(pathways(reader, start, Target(end)))
    return answer | {"graph_version": None}


FIELD = """
CREATE (f:Field {as_of: '2026-11-21'})
CREATE (hearth:Actor:Organisation {uid: 'hearth', name: 'Warm Hearth', consent: 4})
CREATE (net:Actor:Organisation:Network {uid: 'net', name: 'Barn Network', consent: 4})
CREATE (place:Place {uid: 'cov', name: 'Coventry', audience: 4})
CREATE (area:Place {uid: 'wm', name: 'West Midlands', audience: 4})
CREATE (place)-[:WITHIN {audience: 4}]->(area)
CREATE (lonely:Theme {uid: 'lonely', label: 'loneliness', audience: 4})
CREATE (befriend:Theme {uid: 'befriend', label: 'befriending', audience: 4})
CREATE (alone:Theme {uid: 'alone', label: 'being alone', audience: 4})
CREATE (befriend)-[:BROADER {audience: 4}]->(lonely)
CREATE (alone)-[:MATCHES {audience: 4, predicate: 'exactMatch'}]->(lonely)
WITH hearth, net, place, befriend, alone
MATCH (ana:Actor {uid: 'Ana'}) MATCH (ben:Actor {uid: 'Ben'}) MATCH (cat:Actor {uid: 'Cat'})
MATCH (dev:Actor {uid: 'Dev'}) MATCH (eli:Actor {uid: 'Eli'})
CREATE (ben)-[:WORKS_FOR {audience: 4}]->(hearth)
CREATE (eli)-[:WORKS_FOR {audience: 2}]->(hearth)
CREATE (dev)-[:WORKS_FOR {audience: 4, to: '2020-01-01'}]->(hearth)
CREATE (cat)-[:MEMBER_OF {audience: 4}]->(net)
CREATE (cat)-[:BASED_IN {audience: 4}]->(place)
CREATE (cat)-[:WORKS_ON {audience: 4}]->(befriend)
CREATE (dev)-[:LEADS {audience: 4}]->(j:Project {uid: 'j', title: 'Tea', audience: 4})
CREATE (j)-[:SERVES {audience: 4}]->(place)
CREATE (j)-[:WORKS_ON {audience: 4}]->(alone)
"""


@pytest.fixture
def field(plant: Any) -> Any:
    """Ana, and through Warm Hearth or Cat on to others; Zoe is tied to nobody."""
    plant.actors("Ana", "Ben", "Cat", "Dev", "Eli", "Zoe")
    plant.cypher(FIELD)
    plant.ties([("Ana", "hearth", 0.5), ("hearth", "Cat", 0.6), ("Ana", "Ben", 0.7)])
    plant.ties([("Cat", "Dev", 0.4)])
    return plant


def test_an_organisation_between_says_whom_to_ask(field: Any, reader: Readers, run: Run) -> None:
    answer = run(pathways(reader(4), "Ana", Target("Cat")))
    (route,) = answer["routes"]
    assert [hop["ask"] for hop in route["hops"]] == ["Ben", None], "Dev has left, Eli is unseen"
    assert route["crosses"] == ["net"]
    assert route["reason"] == (
        "Ana is tied to Warm Hearth (middling; met), where Ben can be asked; "
        "Warm Hearth is tied to Cat (middling; met). It enters Barn Network."
    )
    field.cypher(
        """MATCH (o:Actor {uid: 'hearth'}) UNWIND ['Ana', 'Cat'] AS uid MATCH (x:Actor {uid: uid})
        CREATE (x)-[:MEMBER_OF {audience: 4}]->(o)"""
    )
    again = run(pathways(reader(4), "Ana", Target("Cat")))
    assert ", to which both Ana and Cat belong" in again["routes"][0]["reason"]


def test_a_network_is_entered_where_a_step_leaves_those_both_are_in(
    field: Any, reader: Readers, run: Run
) -> None:
    """Ana and Cat share one network, Cat and Dev another; Cat's third has no part in it."""
    field.ties([("Ana", "Cat", 0.9)])
    field.cypher(
        """UNWIND [['n1', 'Ana'], ['n1', 'Cat'], ['n2', 'Cat'], ['n2', 'Dev']] AS row
        MERGE (n:Actor:Organisation:Network {uid: row[0]}) SET n.name = row[0], n.consent = 4
        WITH n, row MATCH (x:Actor {uid: row[1]}) CREATE (x)-[:MEMBER_OF {audience: 4}]->(n)"""
    )
    answer = run(pathways(reader(4), "Ana", Target("Dev"), routes=1))
    assert answer["routes"][0]["crosses"] == ["n2"]


def test_of_many_networks_those_are_told_in_which_the_route_goes_on(
    field: Any, reader: Readers, run: Run
) -> None:
    """Cat is in nine and Dev in five; they share two, Ana is in one of Cat's and one of theirs."""
    field.ties([("Ana", "Cat", 0.9)])
    both, cat = ["m1", "m2"], [f"c{n}" for n in range(7)]
    rows = [[n, "Cat"] for n in both + cat] + [[n, "Dev"] for n in [*both, "d1", "d2", "d3"]]
    field.cypher(
        """UNWIND $rows AS row MERGE (n:Actor:Organisation:Network {uid: row[0]})
        SET n.name = toUpper(row[0]), n.consent = 4
        WITH n, row MATCH (x:Actor {uid: row[1]}) CREATE (x)-[:MEMBER_OF {audience: 4}]->(n)""",
        rows=[*rows, ["c0", "Ana"], ["m1", "Ana"]],
    )

    def told(to: str) -> tuple[list[str], str]:
        (route,) = run(pathways(reader(4), "Ana", Target(to), routes=1))["routes"]
        return route["crosses"], route["reason"].rpartition(". ")[2]

    assert told("Dev") == (["m2"], "It enters M2.")
    field.cypher("MATCH (:Actor {uid: 'Ana'})-[r:MEMBER_OF]->() DELETE r")
    assert told("Dev") == (["m1", "m2"], "It enters M1 and M2.")
    field.cypher("MATCH (:Actor {uid: 'Dev'})-[r:MEMBER_OF]->({uid: 'm1'}) DELETE r")
    field.cypher("MATCH (:Actor {uid: 'Dev'})-[r:MEMBER_OF]->({uid: 'm2'}) DELETE r")
    assert told("Dev") == (["d1", "d2", "d3"], "It enters D1, D2 and others.")
    field.cypher("MATCH (:Actor {uid: 'Dev'})-[r:MEMBER_OF]->() DELETE r")
    crosses, sentence = told("Dev")
    assert len(crosses) == 10 and sentence == "It enters Barn Network, C0 and others."


def test_a_hop_says_what_it_rests_on(field: Any, reader: Readers, run: Run) -> None:
    field.cypher(
        """MATCH (a:Actor {uid: 'Ana'})-[t:TIE]->(b:Actor {uid: 'Ben'})
        SET t.seen = '2026-09-01', t.seen_2 = '2026-09-01'
        CREATE (a)-[:OBSERVED {source: 'shown', audience: 2}]->(b)
        CREATE (b)-[:OBSERVED {source: 'shown', audience: 3}]->(a)
        CREATE (b)-[:OBSERVED {source: 'unshown', audience: 1}]->(a)"""
    )
    hops = {level: _hop(run, reader(level)) for level in (2, 3)}
    assert hops[2]["source_slugs"] == ["shown"] and hops[2]["last_seen"] == "2026-09-01"
    assert hops[3]["source_slugs"] == ["shown"] and hops[3]["last_seen"] is None
    assert hops[2]["kinds"] == ["contact_day"]


def _hop(run: Run, reader: Reader) -> dict[str, Any]:
    hop: dict[str, Any] = run(pathways(reader, "Ana", Target("Ben")))["routes"][0]["hops"][0]
    return hop


def test_any_person_there(field: Any, reader: Readers, run: Run) -> None:
    seen = run(pathways(reader(4), "Cat", Target("hearth", person_in=True)))
    assert seen["searched"] == 1
    assert told(seen)[0][0] == "Cat-hearth-Ana-Ben"
    assert run(pathways(reader(2), "Cat", Target("hearth", person_in=True)))["searched"] == 2
    with pytest.raises(WrongUse, match="Ana is a person"):
        run(pathways(reader(4), "Cat", Target("Ana", person_in=True)))


def test_anyone_on_a_theme_in_a_place(field: Any, reader: Readers, run: Run) -> None:
    """Cat on a narrower theme there, Dev on the same in other words through a project there."""
    answer = run(pathways(reader(4), "Ana", Target(theme="lonely", place="wm")))
    assert answer["searched"] == 2
    assert [name for name, _ in told(answer)] == ["Ana-hearth-Cat"]
    assert run(pathways(reader(4), "Ana", Target(theme="befriend")))["searched"] == 1
    with pytest.raises(NotFound):
        run(pathways(reader(4), "Ana", Target(theme="lonely", place="nowhere")))


def test_no_route_names_the_nearest_missing_link(field: Any, reader: Readers, run: Run) -> None:
    nothing = run(pathways(reader(4), "Ana", Target("Zoe")))
    assert (nothing["routes"], nothing["missing_link"]) == ([], None)
    assert nothing["note"] == (
        "No recorded pathway leads from Ana to Zoe in 4 steps. "
        "Nor do any two near them share a recorded theme or place."
    )
    field.cypher(
        """MATCH (z:Actor {uid: 'Zoe'}) MATCH (p:Place {uid: 'cov'})
        MATCH (h:Actor {uid: 'hearth'}) CREATE (h)-[:SERVES {audience: 3}]->(p)
        CREATE (z)-[:BASED_IN {audience: 4}]->(p)"""
    )
    assert run(pathways(reader(4), "Ana", Target("Zoe")))["missing_link"] is None
    found = run(pathways(reader(3), "Ana", Target("Zoe")))["missing_link"]
    assert (found["left_uid"], found["right_uid"]) == ("hearth", "Zoe")
    assert found["reason"].endswith("both are linked to Coventry.")


@pytest.mark.parametrize(
    ("target", "how", "says"),
    [
        (Target("Ana"), {}, "both ends"),
        (Target("Ben"), {"hops": 5}, "1 to 4 steps"),
        (Target("Ben"), {"hops": 0}, "1 to 4 steps"),
        (Target("Ben"), {"routes": 11}, "1 to 10 routes"),
    ],
)
def test_questions_put_wrongly(
    field: Any, reader: Readers, run: Run, target: Target, how: dict[str, Any], says: str
) -> None:
    with pytest.raises(WrongUse, match=says):
        run(pathways(reader(1), "Ana", target, **how))


def test_a_target_is_one_thing() -> None:
    with pytest.raises(WrongUse):
        Target()
    with pytest.raises(WrongUse):
        Target(actor="a", theme="t")
    with pytest.raises(WrongUse):
        Target(theme="t", person_in=True)
