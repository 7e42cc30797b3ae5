"""Over HTTP: what a person, a steward and a stranger say and are told. Invented.

`tieline serve` itself, as each of them, on the real server; asked by POST, as any program would.
"""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from tieline.database.graph import Graph
from tieline.graphql.operations import saved
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.loaders.refresh import refresh
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump, handle, mention
from tieline.settings import settings

Told = dict[str, Any]
RUN = "from tieline.cli.main import main; main()"
LIST, TODAY = "list", "2026-11-21"
PEOPLE = {"Ann": 3, "Bob": 3, "Cat": 4, "Dan": 0, "Eli": 3, "Fay": 3, "Lone": 3, "Zoe": 3}
# one, other, closeness as both say, since when
TIES = [
    ("Ann", "Bob", 0.75, "2026-09-01"),
    ("Ann", "Cat", 1.0, "2026-10-01"),
    ("Ann", "Dan", 1.0, "2026-10-01"),
    ("Dan", "Zoe", 1.0, "2026-10-01"),
    ("Bob", "Zoe", 0.75, "2025-05-01"),
    ("Cat", "Eli", 1.0, "2026-10-01"),
    ("Eli", "Zoe", 1.0, "2026-10-01"),
    ("Zoe", "Fay", 1.0, "2026-10-01"),
]
# the first and the second of each, what stands between them
FACTS = [
    ("Fay", "WORKS_FOR", "organisation", "Guild"),
    ("Zoe", "WORKS_ON", "theme", "tea"),
    ("Zoe", "BASED_IN", "place", "Leeds"),
    ("Lone", "WORKS_ON", "theme", "tea"),
    ("Lone", "BASED_IN", "place", "Leeds"),
    ("Ann", "WORKS_ON", "theme", "tea"),
]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def uid(name: str) -> str:
    return handle("person", f"{LIST}:{name}")


def ids(kind: str, name: str) -> tuple[str, ...]:
    return (f"local-{LIST}-{kind}-{name}",)


def statement(at: str, verb: str, one: Record, other: Record, **props: Any) -> Row:
    row = Row(Record(f"{LIST}:{at}", STATEMENT, LIST, "{}"), {"from": one, "to": other})
    row.edges = [Edge(verb, one.uid, other.uid, f"{LIST}:{at}", tuple(props.items()))]
    return row


@pytest.fixture
def field(graph: Graph, raw: Any) -> None:
    refresh(graph, settings().today)
    raw("CREATE (:Source {slug: $slug, audience: 4, reliability: 0.9, title: 'A list'})", slug=LIST)
    rows = []
    for name, consent in PEOPLE.items():
        fields = dump({"name": name, "consent": consent})
        rows.append(Row(Record(f"{LIST}:{name}", "person", LIST, fields, "", ids("person", name))))
    who = {name: mention(LIST, "person", {}, ids("person", name)) for name in PEOPLE}
    for at, (one, other, value, on) in enumerate(TIES):
        for reporter in ("from", "to"):
            props = {"kind": "closeness", "value": value, "reporter": reporter, "on": on}
            place = f"tie {at} {reporter}"
            rows.append(statement(place, "OBSERVED", who[one], who[other], **props))
    for at, (one, verb, kind, other) in enumerate(FACTS):
        word = "label" if kind == "theme" else "name"
        there = mention(LIST, kind, {word: other}, ids(kind, other))
        rows.append(statement(f"fact {at}", verb, who[one], there))
    said = [Said(row) for row in sorted(rows, key=lambda row: row.record.uid)]
    graph.write(lambda steps: apply(steps, LIST, said))


@contextmanager
def serving(who: str) -> Iterator[str]:
    line = [sys.executable, "-c", RUN, "serve", "--port", "0", "--as", who]
    more = {"TIELINE_TODAY": TODAY}
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=os.environ | more)
    assert process.stderr
    found = next(m for line in process.stderr if (m := re.search(r"http://\S+", line)))
    threading.Thread(target=process.stderr.read).start()
    try:
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        process.stderr.close()


class Voice:
    """Somebody who asks: put("pathways", to=...) gives the one field's answer, or its error."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, text: str, **variables: Any) -> Told:
        body = {"query": text, "variables": variables}
        told: Told = httpx.post(self.url, json=body, timeout=60).json()
        return told

    def put(self, name: str, **variables: Any) -> Told:
        told = self.ask(saved()[name].text, **variables)
        assert "errors" not in told, told
        return dict(next(iter(told["data"].values())))

    def refused(self, name: str, **variables: Any) -> tuple[str, str]:
        """The code and the sentence."""
        (error,) = self.ask(saved()[name].text, **variables)["errors"]
        return error["extensions"]["code"], error["message"]


@pytest.fixture
def voices(field: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Voice]]:
    """Ann, a steward, anybody."""
    monkeypatch.setenv("TIELINE_TODAY", TODAY)
    with ExitStack() as held:
        said = (f"person:{uid('Ann')}", "steward", "anonymous")
        yield [Voice(held.enter_context(serving(who))) for who in said]


def test_what_a_person_says(voices: list[Voice]) -> None:
    ann, steward, _ = voices
    said: Told = {"to": "Bob", "closeness": 4, "frequency": "MONTHLY", "wouldIntroduce": "YES"}
    assert ann.put("describe-tie", input=said)["changed"]
    assert not ann.put("describe-tie", input=said)["changed"]
    before = ann.put("tie", **{"from": "me", "to": "Bob"})
    ann.put("describe-tie", input={"to": "Bob", "noTie": True})
    gone = next(a["uid"] for a in ann.put("my-ties")["answers"] if a["kind"] == "NO_TIE")
    assert ann.put("withdraw-observation", uid=gone)["changed"]
    assert ann.put("tie", **{"from": "me", "to": "Bob"}) == before
    again = ann.put("withdraw-observation", uid=gone)
    assert not again["changed"] and "already" in again["sentence"]
    assert "Say how" in ann.refused("describe-tie", input={"to": "Bob"})[1]
    hidden, nobody = (
        ann.refused("describe-tie", input={"to": name, "closeness": 3}) for name in ("Dan", "Dag")
    )
    assert hidden[1].replace("Dan", "Dag") == nobody[1]
    new = {"kind": "PROJECT", "name": "Tea at Four", "lead": ["me"], "themes": ["tea"]}
    assert ann.put("add", input=new)["changed"] and not ann.put("add", input=new)["changed"]
    wrong = {"kind": "ORGANISATION", "name": "Aid", "ids": ["GB-CHC-1"]}
    assert "or leave it away" in ann.refused("add", input=wrong)[1]
    fix: Told = {"id": "me", "field": "bio", "value": "Makes tea"}
    for name in ("correct", "withdraw-correction"):
        assert [ann.put(name, **fix)["changed"] for _ in range(2)] == [True, False]
    assert steward.refused("set-consent", input={"audience": "ANYONE"})[0] == "WRONG_USE"
    assert "not a date" in steward.refused("correct", id="Guild", field="founded", value="soon")[1]


def test_who_is_unseen_by_members_finds_their_own_way(voices: list[Voice]) -> None:
    ann, _, anybody = voices
    assert [ann.put("set-consent", input={"audience": "WEAVERS"})["changed"] for _ in "12"] == [
        True,
        False,
    ]
    routes = ann.put("pathways", **{"from": "me", "to": "Zoe"})["routes"]
    assert routes[0]["hops"][0]["from"] is None
    assert routes[0]["reason"].startswith("Ann knows ")
    found = ann.put("introducers", to="Zoe")["introducers"][0]["route"]["hops"]
    drafted = ann.put("introduce", route=["me", *(hop["to"]["uid"] for hop in found)])
    assert drafted["by"] is None and drafted["text"].endswith("Ann")
    assert anybody.refused("tie", **{"from": "Ann", "to": "Cat"})[0] == "NOT_FOUND"


def test_what_a_person_asks(voices: list[Voice]) -> None:
    ann, steward, _ = voices
    ways = {"from": "me", "to": "Zoe"}
    told = ann.put("pathways", **ways)
    assert [[h["to"]["name"] for h in r["hops"]] for r in told["routes"]] == [
        ["Cat", "Eli", "Zoe"],
        ["Bob", "Zoe"],
    ], "and Dan, who would be nearer, is in no answer"
    assert told["atLeastOne"] is None and all(r["score"] is None for r in told["routes"])
    assert steward.put("pathways", **{"from": "Ann", "to": "Zoe"})["atLeastOne"] > 0.4
    then = ann.put("pathways", **ways, asOf="2026-09-15")
    assert [r["hops"][0]["to"]["name"] for r in then["routes"]] == ["Bob"]
    assert "recorded" in ann.put("pathways", **ways, asOf="2020-01-01")["note"]
    assert "not come yet" in ann.refused("pathways", **ways, asOf="2030-01-01")[1]
    assert ann.refused("pathways", **ways, asOf="yesterday")[0] == "BAD_REQUEST"
    lone = ann.put("pathways", **{"from": "me", "to": "Lone"})
    assert lone["missingLink"]["right"]["name"] == "Lone" and "tea" in lone["note"]
    inside = ann.put("pathways", **{"from": "me", "to": "Guild", "personIn": True})
    assert inside["routes"][0]["hops"][-1]["to"]["name"] == "Fay"
    there = ann.put("pathways-theme", **{"from": "me", "theme": "tea", "place": "Leeds"})
    assert there["searched"] == 2 and there["routes"]
    sent = {"of": "Cat", "to": "Zoe"}
    assert [ann.put("record-ask", input=sent)["changed"] for _ in range(2)] == [True, False]
    assert ann.refused("record-ask", input=sent | {"from": "Bob"})[0] == "FORBIDDEN"


def test_what_a_stranger_is_told(voices: list[Voice]) -> None:
    anybody = voices[2]
    for name, said in (
        ("describe-tie", {"input": {"to": "Cat", "closeness": 3}}),
        ("withdraw-observation", {"uid": "x"}),
        ("set-consent", {"input": {"audience": "ANYONE"}}),
        ("taking-requests", {"input": {"taking": True}}),
        ("add", {"input": {"kind": "ORGANISATION", "name": "Aid"}}),
        ("correct", {"id": "Cat", "field": "bio", "value": "x"}),
        ("withdraw-correction", {"id": "Cat", "field": "bio", "value": "x"}),
        ("record-ask", {"input": {"of": "Cat", "to": "Zoe"}}),
    ):
        assert anybody.refused(name, **said)[0] == "FORBIDDEN"
    assert anybody.ask(saved()["my-ties"].text)["data"] == {"me": None}
    ann, nobody = (anybody.refused("pathways", **{"from": n, "to": "Cat"}) for n in ("Ann", "Abe"))
    assert ann[1].replace("Ann", "Abe") == nobody[1]
