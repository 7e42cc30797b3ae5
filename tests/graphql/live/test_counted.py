"""What is followed is counted while it is, and how it ended; a hostile message ends its socket."""

import time
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tieline.graphql.operations import saved
from tieline.graphql.rate import Rate


def figures(service: Any) -> dict[str, float]:
    lines = httpx.get(f"{service.url}/metrics", timeout=60).text.splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)
            if not name.startswith("#")}  # fmt: skip


def test_what_is_open_is_counted(service: Any, steward: str) -> None:
    before = figures(service)
    with service.socket() as socket:
        socket.begin(steward)
        socket.ask("query Zenobia { viewer { level } }")
        assert [each["type"] for each in socket.rest()] == ["next", "complete"]
        assert figures(service)["tieline_connections_open"] == 1
    name = 'tieline_requests_total{operation="other",route="websocket",status="complete"}'
    took = 'tieline_request_seconds_count{route="websocket"}'
    for each in (name, took):
        assert figures(service)[each] == before.get(each, 0) + 1


def test_what_is_followed_is_counted_by_both_ways(
    service: Any, steward: str, load: str, advance: Any
) -> None:
    """While it is, and by the saved operation that it was; of events the status is HTTP's."""
    before, text = figures(service), saved()["load-progress"].text
    with service.socket() as ws, service.events(text, steward, variables={"load": load}) as sse:
        ws.begin(steward).ask(text, variables={"load": load})
        assert ws.hear()["type"] == "next" and next(sse)
        now = figures(service)
        assert now["tieline_connections_open"] == 2 == now["tieline_subscriptions_open"]
        advance(9, "finished")
        ws.rest()
        assert [each["event"] for each in sse][-1] == "complete"
    ended = {"websocket": "complete", "events": "200"}
    names = [f'tieline_requests_total{{operation="load-progress",route="{route}",status="{how}"}}'
             for route, how in ended.items()]  # fmt: skip
    until = time.monotonic() + 20
    while [figures(service).get(name, 0) - before.get(name, 0) for name in names] != [1, 1]:
        assert time.monotonic() < until
        time.sleep(0.05)
    now = figures(service)
    assert now["tieline_connections_open"] == 0 == now["tieline_subscriptions_open"]


def test_what_failed_is_counted_by_its_code_by_both_ways(service: Any, graph: Any) -> None:
    name, before = 'tieline_errors_total{code="NOT_FOUND"}', figures(service)
    text = 'subscription { loadProgress(load: "load0") { state } }'
    with service.events(text) as events:
        assert "errors" in next(events)["data"]
    with service.socket() as ws:
        ws.begin().ask(text)
        assert ws.hear()["type"] == "error"
    assert figures(service)[name] == before.get(name, 0) + 2


def test_asking_too_often_is_refused_as_events_too(service: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(service.live.view, "rate", Rate(12))  # three at once
    headers = {"accept": "text/event-stream", "authorization": f"Bearer {service.token('member')}"}
    got = [service.http.post("/graphql", json={"query": "{ viewer { level } }"}, headers=headers)
           for _ in range(4)]  # fmt: skip
    assert [each.status_code for each in got] == [200, 200, 200, 429]
    assert int(got[3].headers["retry-after"]) >= 1 and "RATE_LIMITED" in got[3].text


@pytest.mark.parametrize("sign", ["[", '{"a":'])
def test_a_nest_without_end_is_no_message(service: Any, steward: str, sign: str) -> None:
    with service.socket() as socket:
        socket.begin(steward)
        socket.ws.send(sign * 20_000)
        with pytest.raises(ConnectionClosed):
            socket.hear()
    assert httpx.get(f"{service.url}/healthz", timeout=60).status_code == 200


def test_what_came_one_by_one_is_counted_apart(service: Any) -> None:
    """However long it was followed, it makes nothing else look slow."""
    name = 'tieline_request_seconds_count{route="events"}'
    before = figures(service)
    with service.events("{ viewer { level } }") as events:
        assert [each["event"] for each in events] == ["next", "complete"]
    after = figures(service)
    assert after[name] == before.get(name, 0) + 1
    same = 'tieline_request_seconds_count{route="graphql"}'
    assert after.get(same) == before.get(same)
