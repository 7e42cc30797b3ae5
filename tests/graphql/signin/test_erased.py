"""A person takes away what is known of them, or themselves off the map, by their own token."""

import gc
import secrets
import time
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from tieline.database.graph import Graph
from tieline.graphql import asked_erasure
from tieline.graphql.operations import saved
from tieline.graphql.signin.tokens import Tokens
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.loaders.refresh import refresh
from tieline.queries.answers import shelf
from tieline.schema.records import Record, Row, dump, handle
from tieline.settings import settings

Told = dict[str, Any]
NAMES = {"ann": "Ann Alder", "bob": "Bob Birch", "cat": "Cat Cedar"}


def uid(who: str) -> str:
    return handle("person", f"list:{who}")


class Service:
    """The application, and people who sign in. All invented."""

    def __init__(self, client: httpx.Client, home: Path) -> None:
        self.home, self.tokens, self._client = home, Tokens(home / "tokens.sqlite3"), client

    def ready(self) -> str:
        return self._client.get("/readyz").text

    def token(self, who: str, scope: str = "write") -> str:
        person = uid(who) if who in NAMES else None
        level = "member" if person else who.partition(" ")[0]
        return self.tokens.create(f"{who} {scope}", level, person, scope, 600)[1]

    def asked(self, operation: str, token: str = "", **variables: Any) -> httpx.Response:
        body = {"query": saved()[operation].text, "variables": variables}
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return self._client.post("/graphql", json=body, headers=headers)

    def drawn(self, token: str = "") -> str:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        got = self._client.get("/export/jgf", params={"all": "true"}, headers=headers)
        assert got.status_code == 200
        return got.text

    def done(self, operation: str, token: str = "", **variables: Any) -> Told:
        told = self.asked(operation, token, **variables).json()
        assert "errors" not in told, told["errors"]
        answer: Told = next(iter(told["data"].values()))
        return answer

    def refused(self, operation: str, token: str = "", **variables: Any) -> str:
        return str(
            self.asked(operation, token, **variables).json()["errors"][0]["extensions"]["code"]
        )


@pytest.fixture
def service(graph: Graph, raw: Any, client: httpx.Client, tmp_path: Path) -> Service:
    """Three people whom a partner named."""
    refresh(graph, settings().today)
    raw("CREATE (:Source {slug: 'list', audience: 4, reliability: 0.9, title: 'A list'})")
    rows = []
    for who, name in NAMES.items():
        fields = {"name": name, "consent": 4, "bio": f"{name} knits"}
        ids = (f"local-list-person-{who}",)
        rows.append(Said(Row(Record(f"list:{who}", "person", "list", dump(fields), "", ids))))
    graph.write(lambda steps: apply(steps, "list", rows))
    made, felt = Service(client, tmp_path), {"safe": 5, "seen": 4}
    for one, other in (("ann", "bob"), ("bob", "ann"), ("bob", "cat")):
        token = made.tokens.create(f"{one} {other}", "member", uid(one), "write", 600)[1]
        said = {"to": uid(other), "closeness": 4 if one == "ann" else 2, "felt": felt}
        made.done("describe-tie", token, input=said)
    return made


def test_all_that_is_known_of_them_and_nothing_of_others(service: Service) -> None:
    told = service.done("export-person", service.token("ann", "read"), input={})
    document = orjson.loads(told["document"])
    assert document["person"]["name"] == "Ann Alder" and document["name_seen_from"] == "public"
    assert {row["source"]["title"] for row in document["records"]} >= {"A list", "Own word"}
    assert "Ann Alder knits" in told["document"] and "local-list-person-ann" in told["document"]
    assert {each["kind"] for each in document["answers"]} == {"closeness", "felt"}
    assert all(each["name"] == "Bob Birch" for each in document["answers"])
    heard = document["said_by_others"]
    assert {each["kind"] for each in heard} == {"closeness", "felt"}
    assert all(set(each) == {"kind", "on", "until", "whom", "source"} for each in heard)
    assert all(each["whom"] is None for each in heard), "another's own word"
    assert "Bob Birch knits" not in told["document"]
    assert [each["label"] for each in document["ties"]] and len(document["ties"]) == 1
    assert {each["name"] for each in document["tokens"]} == {"ann bob", "ann read"}


def test_who_may_have_it(service: Service) -> None:
    ann = {"input": {"who": uid("ann")}}
    steward = service.token("steward", "read")
    copy = orjson.loads(service.done("export-person", steward, **ann)["document"])
    assert copy["person"]["name"] == "Ann Alder" and copy["records"] and copy["said_by_others"]
    assert "token of their own" in copy["left_out"] and not {"ties", "answers", "said"} & set(copy)
    assert f"--person {uid('ann')}" in copy["left_out"]
    for who in ("bob", "weaver"):
        assert service.refused("export-person", service.token(who), **ann) == "FORBIDDEN"
    assert service.refused("export-person", "", **ann) == "FORBIDDEN"
    assert service.refused("erase", service.token("cat"), **ann) == "FORBIDDEN"


def test_their_own_copy_is_all_and_a_stewards_is_part_of_it(service: Service, raw: Any) -> None:
    """Whoever counts in the graph finds the same."""
    token, ann = service.token("steward"), {"who": uid("ann")}
    pair = {"left": "list:ann", "right": "list:bob"}
    service.done("judge", token, input={**pair, "verdict": "UNSURE"})
    service.done("unjudge", token, **pair)
    service.done(
        "judge", token, input={"left": "list:ann", "right": "list:cat", "verdict": "UNSURE"}
    )
    asked = {"from": uid("bob"), "of": uid("ann"), "to": uid("cat")}
    service.done("record-ask", token, input=asked)
    steward = service.done("export-person", token, input=ann)
    own = service.done("export-person", service.token("ann", "read"), input={})
    assert "not all" in steward["document"] and steward["sentence"].startswith("What a steward")
    assert own["sentence"].startswith("All that is known") and "left_out" not in own["document"]
    some, all_ = (orjson.loads(each["document"]) for each in (steward, own))
    lists = ("records", "relationships", "said_by_others", "requests", "judgements")
    for part in lists:
        assert all(row in all_[part] for row in some[part]), part
    assert {*some} - {"left_out"} <= {*all_} and {*all_} - {*some} == {"ties", "answers", "said"}
    assert [each["role"] for each in all_["requests"]] == ["go-between"]
    assert sorted(each["taken_back"] for each in all_["judgements"]) == [False, True]
    (there,) = raw(COUNTED, ann=uid("ann"))
    told = {part: len(all_[part]) for part in ("answers", "said", "ties")}
    assert told == {part: there[part] for part in told} and all(told.values())
    assert {row["uid"] for row in all_["records"]} == set(there["records"])


COUNTED = """
MATCH (i:Person {uid: $ann})
RETURN COUNT { (i)-[o:OBSERVED]->() WHERE o.reporter = 'from' } AS answers,
  COUNT { MATCH (r:Record {source: 'own-word:' + $ann}) WHERE r.digest IS NOT NULL } AS said,
  COUNT { (i)-[:TIE]->() } AS ties,
  COLLECT {
    MATCH (i)<-[:DESCRIBES]-(r)
    WHERE NOT r.source STARTS WITH 'own-word:'
      OR r.source IN ['own-word:stewards', 'own-word:' + $ann]
    RETURN r.uid
  } AS records
"""


def test_somebody_goes_for_good(service: Service, graph: Graph, raw: Any) -> None:
    ann, before = service.token("ann"), graph.version()
    service.asked("people", ann)
    told = service.done("erase", ann, input={"dryRun": True})
    assert told["name"] == "Ann Alder" and told["records"] >= 3 and not told["changed"]
    assert service.refused("erase", ann, input={}) == "WRONG_USE"
    assert service.refused("erase", ann, input={"confirm": "Ann"}) == "WRONG_USE"
    reads = service.token("ann", "read")
    assert service.refused("erase", reads, input={"confirm": "Ann Alder"}) == "FORBIDDEN"
    assert graph.version() == before, "nothing was changed"
    assert "list:ann" in repr(gc.get_referents(handle)), "remembered, to be quick"
    gone = service.done("erase", ann, input={"confirm": "Ann Alder"})
    assert "list:ann" not in repr(gc.get_referents(handle))
    assert gone["changed"] and gone["tokens"] == 3 and gone["name"] is None
    assert {name: gone[name] for name in ("records", "rows", "ties")} == {
        name: told[name] for name in ("records", "rows", "ties")
    }
    assert service.asked("people", ann).status_code == 401
    assert [row["name"] for row in service.done("people")["nodes"]] == ["Bob Birch", "Cat Cedar"]
    assert raw("MATCH (:Person)-[t:TIE]->(:Person) RETURN count(t) AS ties") == [{"ties": 2}]
    held = b"".join(each.read_bytes() for each in service.home.rglob("*") if each.is_file())
    for secret in (b"Ann Alder", b"ann bob", uid("ann").encode(), b"list-person-ann"):
        assert secret not in held


def test_what_a_crash_left_of_their_tokens_goes_when_the_service_starts(
    service: Service, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are out of the database, and all after that was cut off."""

    def cut_off(_: object) -> int:
        raise SystemError

    ann, bob = service.token("ann"), service.token("bob")
    with monkeypatch.context() as crash:
        crash.setattr(asked_erasure, "finish", cut_off)
        answer = service.asked("erase", ann, input={"confirm": "Ann Alder"})
        assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
        service.refused("erase", bob, input={"confirm": "Bob"})
    assert "Ann Alder" not in service.asked("people").text
    assert service.asked("people", ann).status_code == 200, "theirs stands"
    assert asked_erasure.settle(graph) == 2 and asked_erasure.settle(graph) == 0
    assert service.asked("people", ann).status_code == 401
    assert service.asked("people", bob).status_code == 200


def test_a_steward_does_it_for_them(service: Service) -> None:
    steward = service.token("steward")
    said = {"who": uid("cat"), "confirm": "Cat Cedar"}
    assert service.done("erase", steward, input=said)["changed"]
    names = [row["name"] for row in service.done("people")["nodes"]]
    assert names == ["Ann Alder", "Bob Birch"]


def test_consent_withdrawn_takes_effect_on_the_next_question(service: Service) -> None:
    ann = service.token("ann")
    assert "Ann Alder" in service.asked("people").text
    for audience, seen in (("HIDDEN", False), ("ANYONE", True), ("WEAVERS", False)):
        service.done("set-consent", ann, input={"audience": audience})
        assert ("Ann Alder" in service.asked("people").text) == seen


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pathways from memory and bridges kept on disk, however few there are."""
    monkeypatch.setenv("TIELINE_SNAPSHOT_TIES", "0")
    monkeypatch.setattr(shelf, "LEAST", 0)


def test_it_takes_effect_on_what_is_kept_in_memory_and_on_disk(
    kept: None, service: Service
) -> None:
    ann, ways = service.token("ann"), {"from": uid("bob"), "to": uid("ann")}

    def told() -> list[bool]:
        answers = [service.asked(name).text for name in ("bridges", "brokers")]
        answers.append(service.asked("pathways", **ways).text)
        answers += [service.drawn(), service.drawn(service.token("member " + secrets.token_hex(4)))]
        return ["Ann Alder" in each for each in answers]

    for _ in range(100):  # the ties are read into memory beside the first questions
        if told()[2] and "from memory" in service.ready():
            break
        time.sleep(0.05)
    else:
        raise AssertionError(service.ready())
    assert list((service.home / "answers").iterdir()) != []
    for audience, seen in (("HIDDEN", False), ("ANYONE", True), ("WEAVERS", False)):
        service.done("set-consent", ann, input={"audience": audience})
        assert told() == [seen] * 5, audience
        assert "from memory" in service.ready()
