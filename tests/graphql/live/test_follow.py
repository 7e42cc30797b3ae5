"""What is followed: numbers rise, it ends when it has ended, one look serves all who follow it."""

import asyncio
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.graphql.live.hub import TICK, Hub
from tieline.graphql.live.listener import HELD, Listener, TooSlow
from tieline.graphql.live.watches import JudgedWatch
from tieline.schema.records import handle

LOAD = "subscription($load: ID!) { loadProgress(load: $load) { uid rows state read } }"
JUDGED = "subscription($scope: Scope) { judged(scope: $scope) { verdict why stale left { name } } }"
Advance = Callable[..., None]


def rows(told: Any) -> tuple[int, str]:
    load = told["loadProgress"]
    return load["rows"], load["state"]


def test_a_load_is_followed_to_its_end(
    service: Any, steward: str, load: str, advance: Advance
) -> None:
    with service.socket() as socket, service.events(LOAD, steward, variables={"load": load}) as sse:
        socket.begin(steward).ask(LOAD, variables={"load": load})
        heard, seen = [rows(socket.hear()["payload"]["data"])], [rows(next(sse)["data"]["data"])]
        for many in (125, 1125, 2125):
            advance(many)
            heard.append(rows(socket.hear()["payload"]["data"]))
            seen.append(rows(next(sse)["data"]["data"]))
        advance(2125, "finished")
        last, end = socket.rest()
        heard.append(rows(last["payload"]["data"]))
        seen.append(rows(next(sse)["data"]["data"]))
        assert end == {"id": "1", "type": "complete"}
        assert next(sse) == {"event": "complete", "data": None}
        assert next(sse, None) is None
    running = [(many, "running") for many in (0, 125, 1125, 2125)]
    assert heard == seen == [*running, (2125, "finished")]


def test_a_load_that_has_ended_is_told_once(
    service: Any, steward: str, load: str, advance: Advance
) -> None:
    advance(7, "finished")
    with service.socket() as socket:
        socket.begin(steward).ask(LOAD, variables={"load": load})
        told, end = socket.rest()
        assert rows(told["payload"]["data"]) == (7, "finished") and end["type"] == "complete"


def test_one_statement_a_tick_for_all_who_follow_one_thing(
    service: Any, steward: str, load: str, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []
    usual = Reader._ask

    async def counted(self: Reader, name: str, params: Any) -> Any:
        if name.startswith("live/"):
            asked.append((name, self.viewer.level))
        return await usual(self, name, params)

    monkeypatch.setattr(Reader, "_ask", counted)
    with service.socket() as one, service.socket() as other:
        for socket in (one, other):
            socket.begin(steward)
            for id in range(10):
                socket.ask(LOAD, id=str(id), variables={"load": load})
            for _ in range(10):
                socket.hear()
        assert 1 <= len(asked) <= 2, "all begin with one look, beside one that was due"
        time.sleep(3 * TICK)
        assert set(asked) == {("live/load", 1)} and len(asked) <= 2, "none while nothing changes"
        asked.clear()
        advance(125)
        for socket in (one, other):
            assert {rows(socket.hear()["payload"]["data"]) for _ in range(10)} == {(125, "running")}
        assert asked == [("live/load", 1)]
    time.sleep(3 * TICK)
    assert not service.live.hub._shared, "nobody follows it any more"


def test_what_may_not_be_seen_is_as_what_never_was(service: Any, load: str) -> None:
    answers = []
    for level, uid in (("weaver", load), ("weaver", "load0"), (None, load), ("steward", "load0")):
        token = service.token(level) if level else None
        with (
            service.socket() as socket,
            service.events(LOAD, token, variables={"load": uid}) as sse,
        ):
            socket.begin(token).ask(LOAD, variables={"load": uid})
            answers.append((socket.ws.recv(20), next(sse)))
    assert len({repr(each) for each in answers}) == 1
    assert '"NOT_FOUND"' in answers[0][0]


def test_a_load_that_is_hidden_meanwhile_ends_as_not_found(
    service: Any, steward: str, load: str, raw: Any
) -> None:
    with service.socket() as socket:
        socket.begin(steward).ask(LOAD, variables={"load": load})
        socket.hear()
        raw("MATCH (l:Load {uid: $uid}) DELETE l", uid=load)
        told = socket.hear()
        assert (told["type"], told["payload"][0]["extensions"]["code"]) == ("error", "NOT_FOUND")


def test_only_one_answer_comes_by_a_way_for_one(service: Any, load: str) -> None:
    told = service.http.post("/graphql", json={"query": LOAD, "variables": {"load": load}}).json()
    assert told["errors"][0]["extensions"]["code"] == "WRONG_USE"
    assert "text/event-stream" in told["errors"][0]["message"]


PAIR = """
UNWIND ['one', 'two'] AS each
CREATE (:Source {slug: each, title: each, audience: $audience, public: true, reliability: 1.0})
CREATE (:Record {uid: each + ':a', handle: each, kind: 'organisation', source: each, fields: '{}'})
  -[:DESCRIBES]->(o:Organisation:Actor {uid: 'o-' + each, name: each, consent: $audience})
CREATE (o)-[:BASED_IN {audience: 4}]->(p:Place {uid: 'pl-' + each, name: each, audience: 4})
"""
JUDGE = """
MERGE (j:Judgement {uid: 'one~two'})
SET j += {left: 'one:a', right: 'two:a', kind: 'same_record', verdict: $verdict, by: 'stewards',
  why: 'seen', at: $at}
"""


def begun(service: Any, question: str, many: int) -> None:
    """Wait until so many things are followed: what happened before is not told."""
    until = time.monotonic() + 30
    while True:
        each = [one for (key, _), one in [*service.live.hub._shared.items()] if key[0] == question]
        if len(each) == many and all(one.begun and one.begun.done() for one in each):
            return
        assert time.monotonic() < until
        time.sleep(0.05)


def now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())


def test_judgements_are_told_to_whoever_sees_both(service: Any, steward: str, raw: Any) -> None:
    raw(PAIR, audience=2)
    raw(JUDGE, verdict="unsure", at=now())
    with service.socket() as weaver, service.socket() as stewards, service.socket() as anyone:
        weaver.begin(service.token("weaver")).ask(JUDGED)
        stewards.begin(steward).ask(JUDGED, variables={"scope": {"place": "pl-one"}})
        anyone.begin().ask(JUDGED)
        begun(service, "judged", 3)
        raw(JUDGE, verdict="different", at=now())
        seen = [each.hear()["payload"]["data"]["judged"] for each in (weaver, stewards)]
        assert [(each["verdict"], each["why"]) for each in seen] == [
            ("DIFFERENT", None),
            ("DIFFERENT", "seen"),
        ]
        assert all(each["left"]["name"] == "one" and not each["stale"] for each in seen)
        with pytest.raises(TimeoutError):
            anyone.hear(3 * TICK)
        raw("MATCH (o:Organisation {uid: 'o-one'}) SET o.consent = 1")  # withdrawn: from now on
        raw(JUDGE, verdict="same", at=now())
        assert stewards.hear()["payload"]["data"]["judged"]["verdict"] == "SAME"
        with pytest.raises(TimeoutError):
            weaver.hear(3 * TICK)


def test_whoever_comes_hears_what_happens_from_then_on(
    run: Any, reader: Callable[[int], Reader], raw: Any
) -> None:
    """Not what happened since the last who followed it has gone, though nobody has looked since."""
    raw(PAIR, audience=4)

    async def asked() -> None:
        hub = Hub(lambda viewer: reader(viewer.level), lambda: None)
        watch = partial(JudgedWatch, None, None, None)
        first = await hub.listen(watch(), 1)
        first.leave()
        raw(JUDGE, verdict="different", at=now())
        second = await hub.listen(watch(), 1)
        assert await second.next(3 * TICK) is None
        raw(JUDGE, verdict="same", at=now())
        told = await second.next(20)
        assert told and told["verdict"] == "same"
        hub.close()
        assert hub._ticking
        await asyncio.wait((hub._ticking,))

    run(asked())


def test_who_judged_and_why_is_for_stewards_among_duplicates_too(
    service: Any, steward: str, raw: Any
) -> None:
    raw(PAIR, audience=4)
    raw(JUDGE, verdict="different", at=now())
    text = "{ duplicates(kind: SAME_RECORD) { nodes { judgement { verdict by why } } } }"
    for token, said in ((None, None), (steward, "seen")):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        told = service.http.post("/graphql", json={"query": text}, headers=headers).json()
        (node,) = told["data"]["duplicates"]["nodes"]
        assert node["judgement"]["verdict"] == "DIFFERENT" and node["judgement"]["why"] == said
        assert (node["judgement"]["by"] is None) == (token is None)


def test_a_part_that_may_not_be_seen_is_as_one_that_is_not(service: Any, raw: Any) -> None:
    raw(
        "CREATE (:Place {uid: $u, name: 'Hidden', audience: 0})", u=(hidden := handle("place", "h"))
    )
    answers = []
    for uid in (hidden, handle("place", "i")):
        with service.socket() as socket:
            socket.begin().ask(JUDGED, variables={"scope": {"place": uid}})
            answers.append(socket.ws.recv(20).replace(uid, "?"))
    assert answers[0] == answers[1] and "NOT_FOUND" in answers[0]


def test_whoever_is_slow_holds_little(run: Any) -> None:
    async def slow() -> None:
        last = Listener(True, [{"n": 0}])
        every = Listener(False, [])
        for n in range(10 * HELD):
            last.tell([{"n": n}], False)
            every.tell([{"n": n}], False)
            assert len(last._held) == 1 and len(every._held) <= HELD
        assert await last.next(0) == {"n": 10 * HELD - 1}, "the newest stands for all before it"
        with pytest.raises(TooSlow):
            while True:
                await every.next(0.01)

    run(slow())


def test_whoever_takes_nothing_does_not_grow_the_service(
    service: Any, steward: str, load: str, raw: Any
) -> None:
    """A client that asks and never reads: what waits for it is one event, and others go on."""
    wide = "subscription($load: ID!) { loadProgress(load: $load) { " + " ".join(
        f"a{n}: file" for n in range(15)
    ) + " } }"  # fmt: skip
    raw("MATCH (l:Load {uid: $u}) SET l.file = $big", u=load, big="x" * 100_000)
    stop = threading.Event()

    def write() -> None:
        for n in range(20):
            if not stop.wait(0.1):
                raw("MATCH (l:Load {uid: $u}) SET l.rows = $n", u=load, n=n)

    with service.socket(max_queue=1) as deaf, service.socket(max_size=None) as other:
        deaf.begin(steward).ask(wide, variables={"load": load})
        other.begin(steward).ask(LOAD, variables={"load": load})
        writing = threading.Thread(target=write)
        writing.start()
        try:
            while rows(other.hear()["payload"]["data"])[0] < 19:
                shared = service.live.hub._shared[("load", load), 1]
                assert all(len(each._held) <= 1 for each in [*shared.listeners])
        finally:
            stop.set()
            writing.join()


def test_whoever_left_is_not_followed_for(service: Any, steward: str, load: str) -> None:
    """However they left: at once, not when memory is tidied."""
    hub = service.live.hub
    until = time.monotonic() + 20
    with service.socket() as socket:
        with service.events(LOAD, steward, variables={"load": load}) as events:
            next(events)
            socket.begin(steward).ask(LOAD, variables={"load": load})
            socket.hear()
            assert hub.followers() == 2
        while hub.followers() == 2:
            assert time.monotonic() < until
            time.sleep(0.02)
        socket.say(type="complete", id="1")
        while hub.followers():
            assert time.monotonic() < until
            time.sleep(0.02)


def test_a_line_that_is_quiet_is_kept_open(service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = service.live.view._get_stream_transport("sse")
    monkeypatch.setattr(transport, "heartbeat_interval", 0.1)
    asked = {"query": JUDGED}
    headers = {"accept": "text/event-stream"}
    with service.http.stream("POST", "/graphql", json=asked, headers=headers) as response:
        lines = response.iter_lines()
        assert [next(lines) for _ in range(4)] == [": ping", "", ": ping", ""]
