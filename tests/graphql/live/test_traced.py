"""What stays open is traced as every request is: a span for each operation, until it ends."""

from collections.abc import Callable
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from tests.graphql.traced import roots

from tieline.graphql import traces
from tieline.graphql.operations import saved

LOAD = "subscription($load: ID!) { loadProgress(load: $load) { rows state } }"
TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
ALLOWED = {
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "network.protocol.name",
    "graphql.operation.name",
    "tieline.request",
    "tieline.ended",
    "db.system.name",
    "db.query.summary",
}
PEOPLE = saved()["people"].text


def below(spans: InMemorySpanExporter, root: ReadableSpan) -> list[str]:
    assert root.context
    key = root.context.span_id
    every = spans.get_finished_spans()
    return [each.name for each in every if each.parent and each.parent.span_id == key]


def said(root: ReadableSpan) -> dict[str, Any]:
    told = dict(root.attributes or {})
    assert len(str(told.pop("tieline.request"))) >= 8
    return told


def test_an_operation_over_a_websocket(service: Any, graph: Any, spans: Any) -> None:
    with service.socket() as socket:
        socket.begin().ask(PEOPLE, extensions=PARENT)
        socket.rest()
        (root,) = roots(spans, 1)
    assert root.name == "WEBSOCKET graphql" and root.context
    assert f"{root.context.trace_id:032x}" == TRACE
    assert said(root) == {
        "network.protocol.name": "websocket",
        "http.route": "graphql",
        "graphql.operation.name": "people",
        "tieline.ended": "complete",
    }
    inner = below(spans, root)
    assert inner[:2] == ["parse", "validate"] and {"lists/people"} <= {*inner}


def test_what_is_followed_is_one_span_until_it_ends(
    service: Any, steward: str, load: str, spans: Any, advance: Callable[..., None]
) -> None:
    """Two over one WebSocket and one as events: each its own, however many events there are."""
    with service.socket() as socket, service.events(LOAD, steward, variables={"load": load}) as sse:
        next(sse)
        spans.clear()
        socket.begin(steward)
        for id in ("one", "two"):
            socket.ask(LOAD, id=id, variables={"load": load})
            socket.hear()
        advance(125)
        assert {socket.hear()["id"], socket.hear()["id"]} == {"one", "two"} and next(sse)
        assert not [each for each in spans.get_finished_spans() if each.kind is SpanKind.SERVER]
        socket.say(type="complete", id="one")
        (left,) = roots(spans, 1)
        assert said(left)["tieline.ended"] == "given up"
        advance(125, "finished")
        while socket.hear()["type"] == "next":
            pass
        assert [each["event"] for each in sse][-1] == "complete"
        found = roots(spans, 3)
    assert sorted(each.name for each in found) == ["POST graphql", *["WEBSOCKET graphql"] * 2]
    ended = {each.name: said(each) for each in found if each is not left}
    assert ended["WEBSOCKET graphql"]["tieline.ended"] == "complete"
    assert ended["POST graphql"]["http.response.status_code"] == 200
    assert all(each.end_time and each.start_time for each in found)
    looks = [each for each in spans.get_finished_spans() if each.name == "live/load"]
    assert not looks, "what is looked at for all who follow is nobody's own"


def test_they_tell_of_nobody_and_of_what_failed(
    service: Any, graph: Any, spans: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("Zenobia")

    text = "query Zenobia($x: String!) { search(text: $x) { totalCount } }"
    with service.socket() as socket:
        socket.begin().ask(text, variables={"x": "Quince"}, operationName="Zenobia")
        socket.rest()
        socket.ask("{ zenobia", extensions={"traceparent": ["zenobia"]})
        socket.rest()
        monkeypatch.setattr("tieline.database.reader.Reader.rows", broken)
        socket.ask(text, variables={"x": "Quince"})
        socket.rest()
        found = roots(spans, 3)
    assert [said(each)["tieline.ended"] for each in found] == ["complete", "SYNTAX", "INTERNAL"]
    unset, error = StatusCode.UNSET, StatusCode.ERROR
    assert [each.status.status_code for each in found] == [unset, unset, error]
    every = spans.get_finished_spans()
    assert {key for each in every for key in each.attributes or {}} <= ALLOWED
    assert not any(each.events or each.links or each.status.description for each in every)
    text = "".join(each.to_json() for each in every).lower()
    assert "zenobia" not in text and "quince" not in text and "totalc" not in text


def test_nothing_is_spent_where_nobody_traces(service: Any, graph: Any) -> None:
    assert traces._tracer is None
    with service.socket() as socket:
        socket.begin().ask("{ viewer { level } }", extensions=PARENT)
        assert [each["type"] for each in socket.rest()] == ["next", "complete"]
