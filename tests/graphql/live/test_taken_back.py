"""What is taken back is told to whoever follows what is said, as far as they may see it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tieline.graphql.live.hub import TICK
from tieline.loaders.judge import forget_retracted

JUDGED = "subscription { judged { change verdict by why at left { name } right { name } } }"
PAIR = """
UNWIND ['one', 'two'] AS each
CREATE (:Source {slug: each, title: each, audience: $audience, public: true, reliability: 1.0})
CREATE (:Record {uid: each + ':a', handle: each, kind: 'organisation', source: each, digest: 'row',
    fields: '{"name": "' + each + '"}'})
  -[:DESCRIBES]->(:Organisation:Actor {uid: 'o-' + each, name: each, consent: $audience})
"""
PUT = '{left: "one:a", right: "two:a", verdict: DIFFERENT, why: "I looked"}'
SAY = f"mutation {{ judge(input: {PUT}) {{ sentence }} }}"
UNSAY = 'mutation { unjudge(left: "one:a", right: "two:a") { sentence } }'


@pytest.fixture
def change(service: Any) -> Callable[[str], None]:
    """By a steward who may write."""
    _, token = service.tokens.create(f"w {time.monotonic_ns()}", "steward", None, "write", 3600)

    def put(text: str) -> None:
        headers = {"authorization": f"Bearer {token}"}
        told = service.http.post("/graphql", json={"query": text}, headers=headers).json()
        assert "errors" not in told, told

    return put


def followed(service: Any, levels: int) -> None:
    until = time.monotonic() + 30
    while len(each := [*service.live.hub._shared.values()]) < levels or not all(
        one.begun and one.begun.done() for one in each
    ):
        assert time.monotonic() < until
        time.sleep(0.02)


def heard(socket: Any) -> dict[str, Any]:
    told: dict[str, Any] = socket.hear()["payload"]["data"]["judged"]
    return told


def test_it_is_told_with_what_it_was_and_stewards_see_who(
    service: Any, steward: str, raw: Any, change: Callable[[str], None]
) -> None:
    raw(PAIR, audience=2)
    with service.socket() as weaver, service.socket() as stewards, service.socket() as anyone:
        for socket, token in ((weaver, service.token("weaver")), (stewards, steward)):
            socket.begin(token).ask(JUDGED)
        anyone.begin().ask(JUDGED)
        followed(service, 3)
        change(SAY)
        assert [heard(each)["change"] for each in (weaver, stewards)] == ["SAID", "SAID"]
        change(UNSAY)
        (theirs, ours) = (heard(each) for each in (weaver, stewards))
        assert {row["change"] for row in (theirs, ours)} == {"TAKEN_BACK"}
        assert {row["verdict"] for row in (theirs, ours)} == {"DIFFERENT"}, "what had been said"
        assert (theirs["by"], theirs["why"]) == (None, None)
        assert ours["by"] and ours["why"] is None and ours["at"] == theirs["at"]
        assert (ours["left"], ours["right"]) == ({"name": "one"}, {"name": "two"})
        change(SAY)  # and said once more
        assert [heard(each)["change"] for each in (weaver, stewards)] == ["SAID", "SAID"]
        with pytest.raises(TimeoutError):
            anyone.hear(2 * TICK)


def test_where_it_is_only_read_nothing_happened_to_it(
    service: Any, steward: str, raw: Any, change: Callable[[str], None]
) -> None:
    raw(PAIR, audience=4)
    change(SAY)
    asked = "{ duplicates(kind: SAME_RECORD) { nodes { judgement { verdict change } } } }"
    headers = {"authorization": f"Bearer {steward}"}
    told = service.http.post("/graphql", json={"query": asked}, headers=headers).json()
    (node,) = told["data"]["duplicates"]["nodes"]
    assert node["judgement"] == {"verdict": "DIFFERENT", "change": None}


def test_a_note_of_it_is_kept_for_a_day(
    service: Any, graph: Any, raw: Any, change: Callable[[str], None]
) -> None:
    raw(PAIR, audience=4)
    change(SAY)
    change(UNSAY)
    assert raw("MATCH (j:Judgement) RETURN j") == []
    graph.write(forget_retracted)
    assert len(raw("MATCH (r:Retraction) RETURN r")) == 1
    late = (datetime.now(UTC) - timedelta(hours=25)).isoformat(timespec="seconds")
    raw("MATCH (r:Retraction) SET r.at = $late", late=late)
    graph.write(forget_retracted)
    assert raw("MATCH (r:Retraction) RETURN r") == []
