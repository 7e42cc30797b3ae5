"""What a person says through Tieline: kept as said, written once, theirs to take back."""

from datetime import date, timedelta
from typing import Any

import pytest

from tieline.errors import NotFound, WrongUse
from tieline.loaders.own_word.add import New, add
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.correct import correct
from tieline.loaders.own_word.oneself import set_consent, take_requests
from tieline.loaders.own_word.tie import withdraw, withdraw_named
from tieline.loaders.withdraw import withdraw as withdraw_source
from tieline.queries.hash.hash import graph_hash

TODAY = date(2026, 11, 21)
YESTERDAY, BEFORE = TODAY - timedelta(days=1), TODAY - timedelta(days=2)


def test_an_answer_is_an_observation_and_a_tie(field: Any) -> None:
    assert field.says("Bob", closeness=5)
    tie = field.world.ties()["Ann", "Bob"]
    assert round(tie["strength"], 6) == 0.571429 and tie["label_4"] == "middling"
    assert [o["source"] for o in field.observed()] == [f"own-word:{field.uid('Ann')}"]


def test_the_same_day_the_same_answer_changes_nothing(field: Any) -> None:
    given: dict[str, Any] = {"closeness": 4, "frequency": "monthly", "felt": {"safe": 5, "seen": 4}}
    assert field.says("Bob", **given)
    assert field.do(lambda s: set_consent(s, field.uid("Ann"), 3, TODAY))
    assert field.do(lambda s: take_requests(s, field.uid("Ann"), True, 2, TODAY))
    before = field.world.graph.version()
    assert not field.says("Bob", **given)
    assert not field.says("Bob", closeness="4")
    assert not field.do(lambda s: set_consent(s, field.uid("Ann"), 3, TODAY))
    assert not field.do(lambda s: take_requests(s, field.uid("Ann"), True, 2, TODAY))
    assert field.world.graph.version() == before


def test_the_newest_counts_and_what_was_said_is_kept(field: Any) -> None:
    assert field.says("Bob", day=YESTERDAY, closeness=2)
    assert field.says("Bob", closeness=3)
    assert field.says("Bob", closeness=5)
    values = [(o["on"], o["value"]) for o in field.observed()]
    assert values == [("2026-11-20", 0.25), ("2026-11-21", 1.0)]
    tie = field.world.ties()["Ann", "Bob"]
    assert round(tie["strength"], 6) == 0.571429
    kept = field.world.ask(
        "MATCH (r:Record {kind: 'statement'}) RETURN r.fields AS f ORDER BY r.uid"
    )
    assert ["superseded" in row["f"] for row in kept] == [False, True, False]
    assert '"3"' in kept[1]["f"]
    assert field.says("Bob", closeness=3)  # changed back: said anew, not the old row again
    assert [o["value"] for o in field.observed()] == [0.25, 0.5]


def test_no_tie_and_an_answer_put_each_other_out(field: Any) -> None:
    assert field.says("Bob", day=BEFORE, closeness=5)
    assert field.says("Bob", day=YESTERDAY, no_tie=True)
    assert [o["kind"] for o in field.observed()] == ["no_tie"]
    assert field.says("Bob", frequency="weekly")
    assert [o["kind"] for o in field.observed()] == ["frequency"]


def test_both_ends_speak_in_their_own_name(field: Any) -> None:
    assert field.says("Bob", closeness=5) and field.says("Ann", who="Bob", closeness=2)
    tie = field.world.ties()["Ann", "Bob"]
    assert (tie["strength"], tie["step"], tie["heard"]) == (0.5, 0.25, 2)


def test_an_answer_is_taken_back(field: Any) -> None:
    before = graph_hash(field.world.graph)
    assert field.says("Bob", closeness=5) and field.says("Guild", closeness=3)
    uid = next(o["uid"] for o in field.observed() if o["b"] == "Bob")
    said = graph_hash(field.world.graph)
    assert field.do(lambda s: withdraw(s, uid, field.uid("Bob"))) is None
    with pytest.raises(NotFound, match="nothing"):
        field.do(lambda s: withdraw(s, "x", field.uid("Ann")))
    assert graph_hash(field.world.graph) == said
    told = field.do(lambda s: withdraw(s, uid, field.uid("Ann")))
    assert (told["kind"], told["to_name"]) == ("closeness", "Bob")
    assert [o["b"] for o in field.observed()] == ["Guild"]
    for who in (field.uid("Ann"), field.uid("Bob"), None):
        assert field.do(lambda s, who=who: withdraw(s, uid, who)) is None, "it is already"
    withdraw_source(field.world.graph, f"own-word:{field.uid('Ann')}")
    assert graph_hash(field.world.graph) == before


def test_a_partners_word_is_not_theirs_to_take_back(field: Any, rows: Any) -> None:
    said = {"kind": "closeness", "value": 1.0, "reporter": "from", "on": "2026-01-01"}
    ends = rows.person("Ann", "local-list-person-1"), rows.person("Bob", "local-list-person-2")
    field.world.apply([rows.statement("list:9", ("OBSERVED", *ends, said))])
    uid = field.observed()[0]["uid"]
    for who in (None, field.uid("Ann")):
        with pytest.raises(WrongUse, match="partner"):
            field.do(lambda s, who=who: withdraw(s, uid, who))
    assert field.do(lambda s: withdraw(s, uid, field.uid("Bob"))) is None, "whose it is not"


def test_an_answer_is_taken_back_by_what_it_was(field: Any) -> None:
    """Whatever was said of it that day: so to say it twice takes back no more."""
    assert field.says("Bob", day=YESTERDAY, closeness=2, frequency="weekly")
    before = graph_hash(field.world.graph)
    assert field.says("Bob", closeness=5) and field.says("Bob", closeness=3)
    one, two = field.uid("Ann"), field.uid("Bob")

    def back(kind: str, day: date = TODAY, who: str = one) -> bool:
        other = two if who == one else one
        return bool(field.do(lambda s: withdraw_named(s, who, other, kind, day)))

    assert not back("frequency") and not back("closeness", who=two)
    assert back("closeness") and graph_hash(field.world.graph) == before
    assert not back("closeness") and graph_hash(field.world.graph) == before
    assert back("closeness", YESTERDAY)
    assert [o["kind"] for o in field.observed()] == ["frequency"]
    with pytest.raises(WrongUse, match="FREQUENCY"):
        back("role")


def test_whom_they_spoke_of_outlives_the_partner(field: Any, rows: Any) -> None:
    assert field.says("Bob", closeness=5) and field.says("Guild", closeness=3)
    tie = field.world.ties()["Ann", "Bob"]
    withdraw_source(field.world.graph, "list")
    assert field.world.ties()["Ann", "Bob"] == tie
    assert field.props("Guild")["consent"] == 4 and field.props("Bob")["consent"] == 4
    field.world.source("list", reliability=0.9)
    field.world.apply([rows.thing("list:2", rows.person("Robert", "local-list-person-2"))])
    assert ("Ann", "Robert") in field.world.ties()
    assert "also_known_as" not in field.props("Robert")


def test_a_merge_is_taken_back_though_somebody_spoke_of_it(field: Any, rows: Any) -> None:
    """An echo carries the ids of one record: it does not hold two together."""
    field.world.source("more")
    field.world.apply([rows.thing("more:2", rows.person("Bobby", "local-more-person-2"))])
    field.world.judge("list:2", "more:2", "same")
    name = field.props("Bobby")["name"]  # the more reliable source's
    assert field.says(name, closeness=5)
    field.world.judge("list:2", "more:2", None)
    assert field.uid("Bob") != field.uid("Bobby")
    assert [o["b"] for o in field.observed()] == ["Bob"]


def test_to_speak_of_somebody_opens_nothing(field: Any, rows: Any) -> None:
    """Not who may see them, nor what a narrower source says, nor their id."""
    field.world.source("notes", audience=1)
    field.world.apply([rows.thing("notes:1", rows.body("Refuge", "GB-CHC-1000002"))])
    before = field.props("Refuge")
    assert before["consent"] == 1
    assert field.says("Refuge", closeness=5)
    assert field.props("Refuge") == before
    assert field.world.ties()["Ann", "Refuge"]["audience"] == 1
    field.do(lambda s: correct(s, None, field.uid("Refuge"), "url", "refuge.example", TODAY))
    assert field.props("Refuge") == before | {"url": "http://refuge.example"}
    withdraw_source(field.world.graph, "notes")
    assert field.props("Refuge")["consent"] == 1


def test_consent_is_the_persons_own_word(field: Any, rows: Any) -> None:
    ann = field.uid("Ann")
    assert field.says("Bob", closeness=5)
    assert field.world.ties()["Ann", "Bob"]["audience"] == 4
    assert field.do(lambda s: set_consent(s, ann, 2, YESTERDAY))
    assert field.do(lambda s: set_consent(s, ann, 0, TODAY))
    assert field.props("Ann")["consent"] == 0 and field.world.ties() == {}
    assert field.do(lambda s: set_consent(s, ann, 3, TODAY))
    assert field.props("Ann")["consent"] == 3 and field.uid("Ann") == ann
    assert field.world.ties()["Bob", "Ann"]["audience"] == 3
    withdraw_source(field.world.graph, "list")
    assert field.props("Ann")["consent"] == 3


def test_their_own_consent_may_open_more_than_a_partner_did(field: Any, rows: Any) -> None:
    field.world.source("notes", audience=2)
    field.world.apply([rows.thing("notes:1", rows.person("Cat", "local-notes-person-1"))])
    cat = field.uid("Cat")
    assert field.props("Cat")["consent"] == 2
    assert field.do(lambda s: set_consent(s, cat, 4, TODAY))
    assert (field.props("Cat")["consent"], field.props("Cat")["name"]) == (4, "Cat")


def test_taking_requests_and_how_many(field: Any) -> None:
    bob = field.uid("Bob")
    assert field.do(lambda s: take_requests(s, bob, True, 2, YESTERDAY))
    assert field.do(lambda s: take_requests(s, bob, False, None, TODAY))
    props = field.props("Bob")
    assert (props["taking_requests"], props["capacity"]) == (False, 2)
    assert field.do(lambda s: take_requests(s, bob, True, 5, TODAY))
    props = field.props("Bob")
    assert (props["taking_requests"], props["capacity"]) == (True, 5)
    with pytest.raises(WrongUse, match="capacity"):
        field.do(lambda s: take_requests(s, bob, True, 0, TODAY))
    with pytest.raises(WrongUse, match="people"):
        field.do(lambda s: take_requests(s, field.uid("Guild"), True, 1, TODAY))


def test_adding(field: Any) -> None:
    ann, guild = field.uid("Ann"), field.uid("Guild")
    project = New(
        "project", "Tea", {"starts": "2026-01", "description": "tea"}, refers={"lead": [guild]}
    )
    uid, added = field.do(lambda s: add(s, ann, project, TODAY))
    assert added and field.uid("Tea") == uid
    before = field.world.graph.version()
    assert field.do(lambda s: add(s, ann, project, TODAY)) == (uid, False)
    assert field.world.graph.version() == before
    assert field.do(lambda s: add(s, None, New("person", "Dee", basis="she asked"), TODAY))[1]
    assert field.props("Dee")["consent"] == 2
    led = field.world.ask("MATCH (o)-[:LEADS]->(j:Project) RETURN o.name AS o, j.title AS j")
    assert led == [{"o": "Guild", "j": "Tea"}]


def test_offers_asks_and_lessons_are_said_of_what_is_added(field: Any, rows: Any) -> None:
    tea = ("theme", "tea", ["theme-list-tea"], {"label": "tea", "scheme": "list"})
    field.world.apply([rows.thing("list:4", tea)])
    given = {"offers": [field.uid("tea")], "asks": [field.uid("tea")]}
    field.do(lambda s: add(s, None, New("organisation", "Urn", refers=given), TODAY))
    said = field.world.ask(
        "MATCH (:Organisation {name: 'Urn'})-[r]->(t:Theme) RETURN type(r) AS verb, t.label AS t"
    )
    assert sorted((row["verb"], row["t"]) for row in said) == [
        ("ASKS_FOR", "tea"),
        ("OFFERS", "tea"),
    ]
    project = New("project", "Kettles", {"lessons": "Boil less.", "reached": 40})
    uid, _ = field.do(lambda s: add(s, None, project, TODAY))
    assert field.do(lambda s: correct(s, None, uid, "lessons", "Boil more.", TODAY))
    assert (field.props("Kettles")["lessons"], field.props("Kettles")["reached"]) == (
        "Boil more.",
        40,
    )


def test_what_is_added_joins_what_carries_its_number(field: Any) -> None:
    same = New("organisation", "The Guild", {"url": "guild.example"}, ids=["GB-CHC-1000001"])
    uid, _ = field.do(lambda s: add(s, field.uid("Ann"), same, TODAY))
    text = "MATCH (o:Organisation) RETURN o.uid AS uid, o.name AS name, o.url AS u"
    found = field.world.ask(text)
    assert len(found) == 1 and found[0]["uid"] == uid
    assert found[0]["name"] != "The Guild", "what others name is not renamed by adding it"
    assert found[0]["u"] and "guild.example" in found[0]["u"], "what they leave open is filled in"


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (New("person", "Dee"), "basis"),
        (New("place", "Leeds"), "one of"),
        (New("project", "  "), "blank"),
        (New("project", "Tea", {"amount": "lots"}), "not a number"),
        (New("project", "Tea", {"colour": "red"}), "no field"),
        (New("project", "Tea", {"starts": "2026-02-01", "ends": "2026-01-01"}), "before it starts"),
        (New("organisation", "Aid", ids=["GB-CHC-1"]), "charity number"),
        (New("organisation", "Aid", ids=["local-list-person-1"]), "no registered id"),
    ],
)
def test_what_cannot_be_added(field: Any, new: New, why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        field.do(lambda s: add(s, field.uid("Ann"), new, TODAY))


def test_correcting(field: Any) -> None:
    ann, guild = field.uid("Ann"), field.uid("Guild")
    assert field.do(lambda s: correct(s, ann, ann, "bio", "Makes tea", YESTERDAY))
    assert field.do(lambda s: correct(s, ann, ann, "bio", "Makes soup", TODAY))
    assert not field.do(lambda s: correct(s, ann, ann, "bio", "Makes soup", TODAY))
    assert field.props("Ann")["bio"] == "Makes soup"
    assert field.do(lambda s: correct(s, None, guild, "name", "The Guild", TODAY))
    assert field.props("The Guild")["also_known_as"] == ["Guild"]
    with pytest.raises(WrongUse, match="tieline consent"):
        field.do(lambda s: correct(s, None, ann, "consent", "4", TODAY))
    with pytest.raises(WrongUse, match="no field"):
        field.do(lambda s: correct(s, None, ann, "shoe_size", "4", TODAY))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "Say how"),
        ({"closeness": 6}, "no answer"),
        ({"frequency": "now and then"}, "no answer"),
        ({"felt": {"happy": 3}}, "none of the ten"),
        ({"felt": {"safe": 6}}, "1 to 5"),
        ({"closeness": 3, "no_tie": True}, "one of the two"),
    ],
)
def test_what_is_no_answer(given: dict[str, Any], why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        answers(**given)


def test_values_are_those_of_the_table() -> None:
    given = answers(
        closeness="would ring in trouble",
        would_introduce="with care",
        frequency="weekly",
        felt={"safe": 5, "cared_for": 4, "Seen": 4},
    )
    told = {a.kind: (round(a.value, 6), a.share, a.said["answer"]) for a in given}
    assert told["closeness"] == (1.0, 1.0, "5")
    assert told["would_introduce"][0] == 0.5 and told["frequency"][0] == 0.8
    assert told["felt"] == (0.833333, 0.3, {"safe": 5, "cared for": 4, "seen": 4})
