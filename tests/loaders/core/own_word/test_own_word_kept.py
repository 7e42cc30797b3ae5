"""What somebody said holds: for every part of them, as they said it last, and taken back whole.

Each on the real server. Everybody here is invented.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.correct import correct
from tieline.loaders.own_word.oneself import set_consent, take_requests
from tieline.loaders.own_word.tie import describe, withdraw
from tieline.loaders.withdraw import withdraw as withdraw_source
from tieline.queries.hash.hash import graph_hash

TODAY = date(2026, 11, 21)
YESTERDAY, BEFORE = TODAY - timedelta(days=1), TODAY - timedelta(days=2)


def of(field: Any, record: str) -> dict[str, Any]:
    """What stands of the thing that a record describes."""
    text = "MATCH (:Record {uid: $r})-[:DESCRIBES]->(n) RETURN properties(n) AS p"
    return dict(field.world.ask(text, r=record)[0]["p"])


def another(field: Any, rows: Any, name: str = "Bobby", source: str = "more") -> str:
    """A second record, of another source and other ids."""
    field.world.source(source)
    known = rows.person(name, f"local-{source}-person-2", consent=4)
    field.world.apply([rows.thing(f"{source}:2", known)])
    return f"{source}:2"


def consents(field: Any, record: str, level: int, day: date = TODAY) -> bool:
    uid = of(field, record)["uid"]
    return bool(field.do(lambda s: set_consent(s, uid, level, day)))


def test_hidden_holds_for_both_when_they_are_told_apart_again(field: Any, rows: Any) -> None:
    other = another(field, rows)
    field.world.judge("list:2", other, "same")
    assert consents(field, other, 0) and not consents(field, "list:2", 0)
    field.world.judge("list:2", other, None)
    assert of(field, "list:2")["uid"] != of(field, other)["uid"]
    assert of(field, "list:2")["consent"] == of(field, other)["consent"] == 0
    assert consents(field, other, 3)  # one half speaks for itself from now on
    assert (of(field, "list:2")["consent"], of(field, other)["consent"]) == (0, 3)


def test_hidden_holds_when_the_source_between_them_goes(field: Any, rows: Any) -> None:
    """Three records, joined by the ids of the third: two are left, apart."""
    other = another(field, rows)
    ids = ("local-list-person-2", "local-more-person-2")
    field.world.source("third")
    field.world.apply([rows.thing("third:2", rows.person("Rob", *ids, consent=4))])
    assert len({of(field, r)["uid"] for r in ("list:2", other, "third:2")}) == 1
    assert consents(field, "list:2", 1)
    withdraw_source(field.world.graph, "third")
    assert of(field, "list:2")["uid"] != of(field, other)["uid"], "own words hold no two together"
    assert of(field, "list:2")["consent"] == of(field, other)["consent"] == 1


def test_whose_ids_are_anothers_too_speaks_for_themselves(field: Any, rows: Any) -> None:
    """Two who share an address and are judged apart: the second's word is not the first's."""
    field.world.source("more")
    same = rows.person("Bea", "local-list-person-2", consent=4)
    field.world.apply([rows.thing("more:2", same)])
    field.world.judge("list:2", "more:2", "different")
    assert consents(field, "more:2", 0)
    assert (of(field, "list:2")["consent"], of(field, "more:2")["consent"]) == (4, 0)
    uid = of(field, "more:2")["uid"]
    assert consents(field, "more:2", 3)
    ann, given = field.uid("Ann"), answers(closeness=5)
    assert field.do(lambda s: describe(s, uid, ann, given, TODAY))
    assert [o["a"] for o in field.observed()] == ["Bea"]


def test_what_was_said_before_they_were_one_is_read_strictly(field: Any, rows: Any) -> None:
    """Of one day, by two speakers: nobody knows who spoke last, so the stricter holds."""
    other = another(field, rows)
    for first, second in ((0, 4), (4, 0)):
        assert consents(field, "list:2", first) and consents(field, other, second)
        field.world.judge("list:2", other, "same")
        assert of(field, other)["consent"] == 0
        field.world.judge("list:2", other, None)


@pytest.mark.parametrize("level", [4, 1])
def test_after_a_merge_what_is_said_later_that_day_holds(field: Any, rows: Any, level: int) -> None:
    other = another(field, rows)
    assert consents(field, "list:2", 3) and consents(field, other, 2)
    assert consents(field, other, 0)
    bobs = {r: of(field, r)["uid"] for r in ("list:2", other)}
    for uid in bobs.values():
        assert field.do(lambda s, uid=uid: take_requests(s, uid, uid == bobs[other], 2, TODAY))
    field.world.judge("list:2", other, "same")
    assert (of(field, other)["consent"], of(field, other)["taking_requests"]) == (0, False)
    assert consents(field, other, level)
    assert of(field, "list:2")["consent"] == level
    uid = of(field, other)["uid"]
    assert field.do(lambda s: take_requests(s, uid, True, 9, TODAY))
    assert (of(field, other)["taking_requests"], of(field, other)["capacity"]) == (True, 9)


def test_a_partner_who_comes_later_does_not_ask_whom_nobody_may_ask(field: Any, rows: Any) -> None:
    bob = field.uid("Bob")
    assert field.do(lambda s: take_requests(s, bob, False, 3, YESTERDAY))
    field.world.source("more", reliability=1.0)
    fields = {"taking_requests": True, "capacity": 50}
    told = rows.thing("more:2", rows.person("Bob", "local-list-person-2", **fields), "2026-11-21")
    field.world.apply([told])
    assert (of(field, "list:2")["taking_requests"], of(field, "list:2")["capacity"]) == (False, 3)


def kinds(field: Any) -> list[tuple[str, float]]:
    return [(o["kind"], o["value"]) for o in field.observed()]


def taken_back(field: Any, kind: str) -> None:
    uid = [o["uid"] for o in field.observed() if o["kind"] == kind][-1]
    field.do(lambda s: withdraw(s, uid, field.uid("Ann")))


def test_no_tie_taken_back_leaves_what_was_before(field: Any) -> None:
    assert field.says("Bob", day=BEFORE, closeness=5, frequency="weekly")
    assert field.says("Bob", day=YESTERDAY, felt={"safe": 5, "seen": 4, "valued": 4})
    before, tie = graph_hash(field.world.graph), field.world.ties()["Ann", "Bob"]
    assert field.says("Bob", no_tie=True)
    assert kinds(field) == [("no_tie", 0.0)]
    taken_back(field, "no_tie")
    assert field.world.ties()["Ann", "Bob"] == tie
    assert graph_hash(field.world.graph) == before


def test_no_tie_was_a_slip_of_the_same_day(field: Any) -> None:
    assert field.says("Bob", day=YESTERDAY, closeness=5, frequency="weekly")
    assert field.says("Bob", no_tie=True)
    assert field.says("Bob", closeness=4)
    assert kinds(field) == [("closeness", 1.0), ("frequency", 0.8), ("closeness", 0.75)]
    taken_back(field, "closeness")  # and so it was no slip
    assert kinds(field) == [("no_tie", 0.0)]
    taken_back(field, "no_tie")
    assert kinds(field) == [("closeness", 1.0), ("frequency", 0.8)]


def test_an_answer_said_again_and_taken_back_leaves_the_first(field: Any) -> None:
    assert field.says("Bob", closeness=2)
    before = graph_hash(field.world.graph)
    assert field.says("Bob", closeness=5)
    assert kinds(field) == [("closeness", 1.0)]
    taken_back(field, "closeness")
    assert kinds(field) == [("closeness", 0.25)]
    assert graph_hash(field.world.graph) == before


def test_who_might_hear_of_it_is_kept_with_what_is_put_out(field: Any) -> None:
    ends = [field.uid(name) for name in ("Ann", "Bob")]
    given = answers(closeness=5)
    assert field.do(lambda s: describe(s, ends[0], ends[1], given, YESTERDAY, 1))
    assert field.says("Bob", no_tie=True)
    taken_back(field, "no_tie")
    assert field.world.ties()["Ann", "Bob"]["audience"] == 1


def test_other_names_add_up(field: Any) -> None:
    ann = field.uid("Ann")
    for name in ("Annie", "Anna"):
        assert field.do(lambda s, n=name: correct(s, ann, ann, "also_known_as", n, TODAY))
        assert not field.do(lambda s, n=name: correct(s, ann, ann, "also_known_as", n, TODAY))
    assert field.props("Ann")["also_known_as"] == ["Anna", "Annie"]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_said_and_all_taken_back_again_is_as_if_nothing_was(
    field: Any, rows: Any, seed: int
) -> None:
    """Answers of three days, at random; then each is taken back, whichever stands: none is left."""
    dice = Random(seed)
    assert field.says("Guild", closeness=3)  # so that they have spoken before
    before = graph_hash(field.world.graph)
    said = 0
    for day in (BEFORE, YESTERDAY, TODAY):
        for _ in range(4):
            given: dict[str, Any] = dice.choice(
                [{"closeness": dice.randint(1, 5)}, {"frequency": "monthly"}, {"no_tie": True}]
            )
            said += field.says("Bob", day=day, **given)
    while of_bob := [o for o in field.observed() if o["b"] == "Bob"]:
        uid = dice.choice(of_bob)["uid"]
        field.do(lambda s, uid=uid: withdraw(s, uid, field.uid("Ann")))
        said -= 1
    assert said == 0 and graph_hash(field.world.graph) == before
