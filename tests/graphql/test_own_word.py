"""Saying something over GraphQL: who may, what comes of it, and whose it stays. All invented."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.graphql.who import viewer_of
from tieline.graphql.writing import Writer, bookmarks_of
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.loaders.refresh import refresh
from tieline.schema.consent import Viewer
from tieline.schema.records import STATEMENT, Edge, Record, Row, digest, dump, handle, mention
from tieline.settings import settings

Told = dict[str, Any]
LIST = "list"
PEOPLE = {"Ann": 3, "Bob": 3, "Cat": 2, "Dan": 0}
STEWARD, MEMBER, ANYONE = Viewer(1), Viewer(3), Viewer(4)


def uid(name: str) -> str:
    return handle("person", f"{LIST}:{name}")


class Field:
    """Four people of different consent, and a way to put a saved operation as somebody."""

    def __init__(self, graph: Graph, ask: Callable[..., Told]) -> None:
        self.graph, self.ask = graph, ask

    def put(self, name: str, viewer: Viewer, /, **variables: Any) -> Told:
        return self.ask(saved()[name].text, viewer, variables)

    def done(self, name: str, viewer: Viewer, /, **variables: Any) -> Told:
        told = self.put(name, viewer, **variables)
        assert told["errors"] == []
        answer: Told = next(iter(told["data"].values()))
        return answer

    def refused(self, name: str, viewer: Viewer, /, **variables: Any) -> Told:
        """The error's code and sentence; nothing is written."""
        before = self.graph.version()
        told = self.put(name, viewer, **variables)
        assert list(told["data"].values()) == [None] and self.graph.version() == before
        error: Told = told["errors"][0]
        return {"code": error["extensions"]["code"], "message": error["message"]}

    def says(self, viewer: Viewer, to: str, **said: Any) -> Told:
        return self.done("describe-tie", viewer, input={"to": to} | said)


@pytest.fixture
def ask(
    driver: AsyncDriver, address: Address, run: Callable[..., Any]
) -> Iterator[Callable[..., Told]]:
    writer = Writer(address)

    def put(text: str, viewer: Viewer, variables: Told) -> Told:
        reader = Reader(driver, address.database, viewer, seconds=60.0)
        result = run(schema().execute(text, variables, Asking(reader, writer=writer)))
        errors = [formatted(error) for error in result.errors or ()]
        return {"data": result.data, "errors": errors}

    yield put
    writer.close()


@pytest.fixture
def field(graph: Graph, raw: Any, ask: Callable[..., Told]) -> Field:
    refresh(graph, settings().today)
    raw("CREATE (:Source {slug: $slug, audience: 4, reliability: 0.9, title: 'A list'})", slug=LIST)
    rows = []
    for name, consent in PEOPLE.items():
        fields, ids = {"name": name, "consent": consent}, (f"local-{LIST}-person-{name}",)
        rows.append(Row(Record(f"{LIST}:{name}", "person", LIST, dump(fields), "", ids)))
    note = Row(Record(f"{LIST}:tie", STATEMENT, LIST, "{}"))
    ends = [mention(LIST, "person", {}, [f"local-{LIST}-person-{n}"]) for n in ("Ann", "Bob")]
    note.mentions = dict(zip(("from", "to"), ends, strict=True))
    props = {"kind": "closeness", "value": 0.25, "reporter": "to", "on": "2026-01-01"}
    note.edges = [Edge("OBSERVED", ends[0].uid, ends[1].uid, f"{LIST}:tie", tuple(props.items()))]
    said = [Said(row) for row in sorted([*rows, note], key=lambda row: row.record.uid)]
    graph.write(lambda steps: apply(steps, LIST, said))
    return Field(graph, ask)


ANN = Viewer(3, uid("Ann"))
BOB = Viewer(3, uid("Bob"))


def test_a_tie_is_described_and_explained_to_each(field: Field) -> None:
    told = field.says(ANN, "Bob", closeness=5, felt={"safe": 5, "caredFor": 5, "seen": 4})
    assert told["changed"] and told["tie"]["ownAccount"] > 0.69
    assert bookmarks_of(told["bookmark"]) is not None
    again = field.says(ANN, "Bob", closeness=5)
    assert not again["changed"] and "already" in again["sentence"]

    def explained(viewer: Viewer) -> Told:
        return field.done("tie", viewer, **{"from": uid("Ann"), "to": uid("Bob")})

    steward, ann, bob, member = (explained(v) for v in (STEWARD, ANN, BOB, MEMBER))
    assert steward["strength"] and ann["strength"] is None and member["unknown"] is None
    assert steward["ownAccount"] is None and member["ownAccount"] is None
    assert ann["ownAccount"] != bob["ownAccount"]
    assert steward["label"] == ann["label"] == member["label"]
    assert [e["mine"] for e in steward["evidence"]] == [False, False]
    for other in (steward, member):
        assert all(e["support"] is None and e["on"] is None for e in other["evidence"])
        assert all("theirs alone" in e["sentence"] for e in other["evidence"])
    assert [e["kind"] for e in bob["evidence"] if e["mine"]] == ["CLOSENESS"]
    assert "(2)" in next(e["sentence"] for e in bob["evidence"] if e["mine"])
    assert {e["kind"] for e in ann["evidence"] if e["mine"]} == {"CLOSENESS", "FELT"}
    assert "safe 5" in str(ann) and "safe 5" not in str([steward, bob, member])


def test_as_of_an_earlier_day_nothing_later_is_known(field: Field) -> None:
    field.says(ANN, "Bob", closeness=5)
    ends = {"from": uid("Ann"), "to": uid("Bob")}
    told = field.done("tie", STEWARD, **ends, asOf="2026-06-01")
    assert (told["asOf"], told["lastSeen"]) == ("2026-06-01", "2026-01-01")
    assert len(told["evidence"]) == 1 and told["strength"] < 0.2
    told = field.done("tie", STEWARD, **ends, asOf="2025-01-01")
    assert told["evidence"] == [] and told["strength"] is None
    told = field.put("tie", STEWARD, **ends, asOf="2099-01-01")
    assert told["errors"][0]["extensions"]["code"] == "WRONG_USE"


def test_what_is_explained_is_what_is_kept(field: Field, raw: Any) -> None:
    field.says(ANN, "Bob", closeness=5, frequency="WEEKLY")
    kept = raw("MATCH (:Person {name: 'Ann'})-[t:TIE]->() RETURN properties(t) AS t")[0]["t"]
    told = field.done("tie", STEWARD, **{"from": uid("Ann"), "to": uid("Bob")})
    for name in ("strength", "against", "unknown", "step"):
        assert told[name] == kept[name]
    assert told["label"].lower() == kept["label"]


def test_who_may_speak(field: Field) -> None:
    said: Told = {"to": "Bob", "closeness": 3}
    assert field.refused("describe-tie", ANYONE, input=said)["code"] == "FORBIDDEN"
    assert "--as person:ID" in field.refused("describe-tie", MEMBER, input=said)["message"]
    assert field.refused("describe-tie", STEWARD, input=said)["code"] == "WRONG_USE"
    mine = {"from": "Bob", "to": "Ann", "closeness": 3}
    assert field.refused("describe-tie", ANN, input=mine)["code"] == "FORBIDDEN"
    felt = {"from": "Ann", "to": "Bob", "felt": {"safe": 3}}
    assert "person alone" in field.refused("describe-tie", STEWARD, input=felt)["message"]
    assert field.says(STEWARD, "Bob", closeness=4, **{"from": "Ann"})["changed"]
    hidden = field.refused("describe-tie", ANN, input={"to": uid("Dan"), "closeness": 3})
    nobody = field.refused("describe-tie", ANN, input={"to": uid("Zoe"), "closeness": 3})
    assert hidden["message"].replace(uid("Dan"), "") == nobody["message"].replace(uid("Zoe"), "")
    for name in ("set-consent", "taking-requests"):
        given: Told = {"who": "Bob"}
        given |= {"audience": "ANYONE"} if name == "set-consent" else {"taking": False}
        assert field.refused(name, ANN, input=given)["code"] == "FORBIDDEN"
        assert field.refused(name, ANYONE, input=given)["code"] == "FORBIDDEN"
    wrong = {"id": "Bob", "field": "bio", "value": "x"}
    for name in ("correct", "withdraw-correction"):
        assert field.refused(name, ANN, **wrong)["code"] == "FORBIDDEN"
        assert field.refused(name, ANYONE, **wrong)["code"] == "FORBIDDEN"
    new = {"kind": "ORGANISATION", "name": "Guild"}
    assert field.refused("add", ANYONE, input=new)["code"] == "FORBIDDEN"


def test_own_ties_and_answers_are_ones_own(field: Field, address: Address) -> None:
    """Cat is for weavers: Ann cannot find her, but what Ann said of her stays Ann's to see."""
    field.says(STEWARD, "Cat", closeness=4, **{"from": "Ann"})
    me = field.done("my-ties", ANN)
    assert [(t["name"], t["label"]) for t in me["ties"]["nodes"]] == [
        ("Cat", "MIDDLING"),
        ("Bob", "NOT_YET_KNOWN"),
    ]
    assert [(a["name"], a["answer"]) for a in me["answers"]] == [("Cat", "4")]
    tie = field.done("tie", ANN, **{"from": "me", "to": "cat"})
    assert tie["to"] is None and tie["ownAccount"] > 0.4 and tie["evidence"][0]["mine"]
    assert field.put("tie", BOB, **{"from": uid("Ann"), "to": uid("Cat")})["data"] is None
    assert field.done("my-ties", BOB)["answers"][0]["uid"] != me["answers"][0]["uid"]
    assert field.put("my-ties", STEWARD)["data"] == {"me": None}
    gone = {"uid": me["answers"][0]["uid"]}
    others = field.done("withdraw-observation", BOB, **gone)
    nobodys = field.done("withdraw-observation", BOB, uid="0" * 24)
    assert others == nobodys and not others["changed"], "whether there is one is not told"
    assert field.done("my-ties", ANN)["answers"] == me["answers"]
    assert "closeness" in field.done("withdraw-observation", ANN, **gone)["sentence"]
    again = field.done("withdraw-observation", ANN, **gone)
    assert not again["changed"] and again["sentence"] == others["sentence"]
    assert field.refused("withdraw-observation", ANN, uid="x")["code"] == "NOT_FOUND"
    assert [t["name"] for t in field.done("my-ties", ANN)["ties"]["nodes"]] == ["Bob"]
    assert viewer_of(address, f"person:{uid('Dan')}") == Viewer(3, uid("Dan"))
    assert viewer_of(address, "weaver") == Viewer(2)


def test_an_answer_is_taken_back_by_what_it_was(field: Field) -> None:
    """By who may and has no uid of it: stewards, to whom nobody's answers are shown."""
    field.says(STEWARD, "Bob", closeness=4, frequency="WEEKLY", **{"from": "Ann"})
    (day,) = {each["on"] for each in field.done("my-ties", ANN)["answers"]}
    name = {"to": "Bob", "kind": "CLOSENESS", "on": day}
    tie = field.done("tie", STEWARD, **{"from": uid("Ann"), "to": uid("Bob")})
    assert {each["uid"] for each in tie["evidence"]} == {None}

    def back(viewer: Viewer, **more: Any) -> Told:
        return field.done("withdraw-observation", viewer, answer=name | more)

    never = back(ANN, on="2020-01-01")
    assert not never["changed"] and "or never said" in never["sentence"]
    for said in ({"to": uid("Ann")}, {"to": uid("Dan")}, {"to": uid("Zoe")}):
        told = back(BOB, **said)
        assert (told["changed"], told["sentence"]) == (False, never["sentence"]), "nor is it told"
    for viewer, said in ((BOB, {"from": "Ann"}), (MEMBER, {}), (ANYONE, {})):
        refused = field.refused("withdraw-observation", viewer, answer=name | said)
        assert refused["code"] == "FORBIDDEN"
    assert field.refused("withdraw-observation", STEWARD, answer=name)["code"] == "WRONG_USE"
    both = {"uid": "0" * 24, "answer": name}
    for wrong in (both, {}, {"answer": name | {"kind": "ROLE"}}):
        assert field.refused("withdraw-observation", ANN, **wrong)["code"] == "WRONG_USE"
    assert len(field.done("my-ties", ANN)["answers"]) == 2
    assert back(STEWARD, **{"from": "Ann"})["sentence"] == f"Taken back: closeness of {day}."
    assert not back(STEWARD, **{"from": "Ann"})["changed"] and not back(ANN)["changed"]
    assert back(ANN, kind="FREQUENCY")["changed"]
    assert field.done("my-ties", ANN)["answers"] == []


def test_consent_requests_adding_correcting(field: Field) -> None:
    assert "anyone" in field.done("set-consent", ANN, input={"audience": "ANYONE"})["sentence"]
    text = "query($id: ID!) { person(id: $id) { name takingRequests bio consent capacity } }"
    assert field.ask(text, ANYONE, {"id": uid("Ann")})["data"]["person"]["name"] == "Ann"
    field.done("taking-requests", ANN, input={"taking": True, "capacity": 2})
    field.done("correct", ANN, id="me", field="bio", value="Makes tea")
    told = field.ask(text, STEWARD, {"id": uid("Ann")})["data"]["person"]
    wanted = {"takingRequests": True, "bio": "Makes tea", "consent": 4, "capacity": 2}
    assert told == {"name": "Ann"} | wanted
    back = {"id": "me", "field": "bio", "value": "Makes tea"}
    assert field.done("withdraw-correction", ANN, **back)["changed"]
    assert field.ask(text, STEWARD, {"id": uid("Ann")})["data"]["person"]["bio"] is None
    again = field.done("withdraw-correction", ANN, **back)
    assert not again["changed"] and "taken back already" in again["sentence"]
    new = {"kind": "PROJECT", "name": "Tea", "lead": ["Ann"], "starts": "2026-01"}
    added = field.done("add", ANN, input=new)
    assert added["thing"]["name"] == "Tea" and added["changed"]
    assert not field.done("add", ANN, input=new)["changed"]
    field.done("correct", STEWARD, id=added["uid"], field="title", value="Tea at Four")
    sources = "{ sources { uid } projects { nodes { title sources { uid } } } }"
    assert field.ask(sources, ANN, {})["data"] == {
        "sources": [{"uid": LIST}],  # whose words others are is not told
        "projects": {"nodes": [{"title": "Tea at Four", "sources": []}]},
    }


def test_what_is_changed_together_is_changed_in_order(field: Field) -> None:
    text = """mutation { one: setConsent(input: {audience: WEAVERS}) { changed }
      two: setConsent(input: {audience: NONSENSE_NO}) { changed } }"""
    assert field.ask(text, ANN, {})["errors"]
    text = """mutation { one: setConsent(input: {audience: WEAVERS}) { changed }
      bad: withdrawObservation(uid: "x") { changed }
      two: setConsent(input: {audience: WEAVERS}) { changed }
      three: setConsent(input: {audience: MEMBERS}) { changed } }"""
    told = field.ask(text, ANN, {})
    assert told["data"] == {
        "one": {"changed": True},
        "bad": None,
        "two": {"changed": False},
        "three": {"changed": True},
    }
    assert [error["path"] for error in told["errors"]] == [["bad"]]


NUMBER = "GB-CHC-1000002"
GARDEN = {"kind": "ORGANISATION", "name": "Quiet Garden", "ids": [NUMBER]}
ALL = "{ organisations(first: 9) { totalCount nodes { uid name alsoKnownAs sources { uid } } } }"
REFUGE = "local-refuge-organisation-1"


def refuge(field: Field, raw: Any, consent: int) -> None:
    """One whose number stewards alone know; `consent`: who may see it."""
    for slug, audience in (("refuge", 4), ("numbers", 1)):
        source = {"slug": slug, "audience": audience, "reliability": 0.9, "title": slug}
        raw("CREATE (s:Source) SET s = $s", s=source)
        ids = (REFUGE,) if slug == "refuge" else (NUMBER, REFUGE)
        fields = {"name": "The Refuge", "consent": consent}
        row = Row(Record(f"{slug}:1", "organisation", slug, dump(fields), "", ids))
        field.graph.write(lambda s, slug=slug, row=row: apply(s, slug, [Said(row)]))  # type: ignore[misc]


@pytest.mark.parametrize("consent", [None, 1, 4])
def test_adding_a_number_tells_nobody_that_it_is_known(
    field: Field, raw: Any, consent: int | None
) -> None:
    """Whether stewards know it, or know it of what all may see, or nobody does: no difference."""
    if consent:
        refuge(field, raw, consent)
    before = field.ask(ALL, ANN, {})["data"]["organisations"]
    added = field.done("add", ANN, input=GARDEN)
    after = field.ask(ALL, ANN, {})["data"]["organisations"]
    mine = f"own-word:{uid('Ann')}:added/organisation/{digest('quiet garden', [NUMBER])}"
    own = {"uid": handle("organisation", mine), "name": "Quiet Garden"}
    assert added["uid"] == own["uid"] and added["thing"]["name"] == own["name"]
    assert after["totalCount"] == before["totalCount"] + 1
    assert [n for n in after["nodes"] if n not in before["nodes"]] == [
        own | {"alsoKnownAs": None, "sources": []}
    ]


def test_who_sees_both_may_join_them(field: Field, raw: Any) -> None:
    refuge(field, raw, 1)
    added = field.done("add", ANN, input=GARDEN)
    text = "{ duplicates(kind: SAME_RECORD) { nodes { status left { uid } right { uid } } } }"
    (pair,) = field.ask(text, STEWARD, {})["data"]["duplicates"]["nodes"]
    assert pair["status"] == "OPEN"
    left, right = (pair[side]["uid"] for side in ("left", "right"))
    assert added["uid"] in (left, right)
    judged = field.done("judge", STEWARD, input={"left": left, "right": right, "verdict": "SAME"})
    assert judged["joined"]
    assert field.ask(ALL, STEWARD, {})["data"]["organisations"]["totalCount"] == 1
    assert field.ask(ALL, ANN, {})["data"]["organisations"]["totalCount"] == 0
    again = field.done("add", Viewer(3, uid("Bob")), input=GARDEN)
    assert again["uid"] != added["uid"], "nor does another's addition join what they may not see"


def test_two_who_add_one_number_add_one_thing(field: Field) -> None:
    first = field.done("add", ANN, input=GARDEN)
    assert field.done("add", Viewer(3, uid("Bob")), input=GARDEN)["thing"]["name"]
    assert field.ask(ALL, ANN, {})["data"]["organisations"]["totalCount"] == 1
    assert first["changed"]
