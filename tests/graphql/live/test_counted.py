"""What is followed is counted while it is, and how it ended; a hostile message ends its socket."""

from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed


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
    assert figures(service)[name] == before.get(name, 0) + 1


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
