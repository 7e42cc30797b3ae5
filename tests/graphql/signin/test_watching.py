"""Figures, traces and logs: what they tell is so, and it is about nobody."""

import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openly
from prometheus_client.parser import text_string_to_metric_families as plainly
from tests.graphql.traced import roots

from tieline import logs
from tieline.graphql import traces
from tieline.graphql.logged import LEVELS
from tieline.graphql.operations import saved
from tieline.graphql.signin.tokens import Tokens

Uids = dict[str, str]
ELSEWHERE = {"x-forwarded-for": "203.0.113.5"}
TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "tracestate": "who=zenobia"}
ALLOWED = {
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "graphql.operation.name",
    "tieline.request",
    "db.system.name",
    "db.query.summary",
}


def token(home: Path, level: str, person: str | None = None) -> dict[str, str]:
    made = Tokens(home / "tokens.sqlite3").create(f"{level} x", level, person, "write", 600)[1]
    return {"authorization": f"Bearer {made}"}


def figures(client: httpx.Client) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels, which come by their names."""
    got = client.get("/metrics", headers={"accept": "application/openmetrics-text; version=1.0.0"})
    assert got.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    assert got.text.endswith("# EOF\n")
    families: list[Any] = list(openly(got.text))  # type: ignore[no-untyped-call]
    found = [sample for family in families for sample in family.samples]
    return {(each.name, *each.labels.values()): each.value for each in found}


def private(client: httpx.Client, uids: Uids, home: Path) -> list[str]:
    """Ask of somebody in every way there is; what must not be told of it."""
    signed = token(home, "member", uids["Ana Ash"])
    texts = ["query Zenobia($x: String!) { search(text: $x) { totalCount } }", "{ quinquireme"]
    for text in texts:
        body = {"query": text, "variables": {"x": "Quince"}, "operationName": "Zenobia"}
        client.post("/graphql?who=quince", json=body, headers=PARENT | signed)
    body = {"query": saved()["actor"].text, "variables": {"id": uids["Ana Ash"]}}
    assert "Ana Ash" in client.post("/graphql", json=body, headers=signed).text
    named = {"input": {"to": "Ben Birch", "closeness": 9}}
    client.post("/graphql", json={"query": saved()["describe-tie"].text, "variables": named},
                headers=signed)  # fmt: skip
    client.get("/export/graphml", params={"scope": "place:Quinquireme"})
    client.get("/people/zenobia", headers={"x-request-id": "zenobia", **PARENT})
    client.post("/graphql", json={"query": "{ zenobia }"}, headers={"authorization": "Bearer zen"})
    secret = signed["authorization"].removeprefix("Bearer ")
    return ["zenobia", "quin", "ana ash", "ben birch", uids["Ana Ash"], secret.lower(), "totalc",
            secret.split("_", 2)[2].lower(), secret.split("_")[1]]  # fmt: skip


def test_figures(field: Uids, client: httpx.Client, tmp_path: Path) -> None:
    before = figures(client)
    client.post("/graphql", json={"query": saved()["people"].text})
    client.get("/export/graphml")
    secrets = private(client, field, tmp_path)
    after = figures(client)

    def more(*name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert more("tieline_requests_total", "people", "graphql", "200") == 1
    assert more("tieline_requests_total", "actor", "graphql", "200") == 1
    assert more("tieline_requests_total", "other", "graphql", "401") == 1
    assert more("tieline_requests_total", "graphml", "export", "200") == 1
    assert more("tieline_requests_total", "other", "other", "404") == 1
    assert more("tieline_request_seconds_count", "graphql") == 6
    assert more("tieline_errors_total", "SYNTAX") == 1 == more("tieline_errors_total", "WRONG_USE")
    assert more("tieline_statement_seconds_count", "lists/people") == 1
    ways = ("compiled", "fell_back", "plain")
    assert sum(more("tieline_completions_total", way) for way in ways) >= 3
    assert after["tieline_subscriptions_open",] == 0 == after["tieline_connections_open",]
    assert after["tieline_database_up",] == 1 and after["process_resident_memory_bytes",] > 1e7
    text = client.get("/metrics").text
    assert {each.name for each in plainly(text)} >= {"tieline_requests", "tieline_database_up"}
    assert [each for each in secrets if each in text.lower()] == []


def test_who_may_read_them(
    field: Uids, client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def status(level: str | None = None) -> int:
        signed = token(tmp_path, level) if level else {}
        return client.get("/metrics", headers=ELSEWHERE | signed).status_code

    assert client.get("/metrics").status_code == 200
    assert [status(), status("weaver"), status("steward")] == [403, 403, 200]
    wrong = ELSEWHERE | {"authorization": "Bearer nothing"}
    assert client.get("/metrics", headers=wrong).status_code == 401


def test_how_many_ties_there_are_is_told_to_those_who_see_them(
    field: Uids, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where anyone may read the figures: not those of the hidden, nor that they have changed."""
    monkeypatch.setenv("TIELINE_METRICS", "anyone")
    monkeypatch.setenv("TIELINE_SNAPSHOT_TIES", "0")
    client: httpx.Client = request.getfixturevalue("client")
    signed = {level: token(tmp_path, level) for level in ("member", "steward")}
    body = {
        "query": saved()["pathways"].text,
        "variables": {"from": field["Ana Ash"], "to": field["Ben Birch"]},
    }
    for headers in ({}, *signed.values()):
        assert "errors" not in client.post("/graphql", json=body, headers=headers).json()

    def levels(**headers: str) -> set[str]:
        text = client.get("/metrics", headers=headers).text
        return {level for level in LEVELS.values() if f'level="{level}"' in text}

    assert levels() == {"anonymous", "member", "steward"}, "from this machine"
    assert levels(**ELSEWHERE | signed["steward"]) == {"anonymous", "member", "steward"}
    assert levels(**ELSEWHERE) == levels(**ELSEWHERE | signed["member"]) == {"anonymous"}
    wrong = {"authorization": "Bearer nothing"}
    assert client.get("/metrics", headers=ELSEWHERE | wrong).status_code == 401


def test_nobody_may_where_it_is_said_so(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIELINE_METRICS", "nobody")
    client: httpx.Client = request.getfixturevalue("client")
    assert client.get("/metrics").status_code == 404


def test_that_the_database_is_away_is_told_soon(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And to anyone, where it is said so."""
    monkeypatch.setenv("TIELINE_METRICS", "anyone")
    away: httpx.Client = request.getfixturevalue("away")
    got = away.get("/metrics", headers=ELSEWHERE)
    assert got.status_code == 200 and got.elapsed.total_seconds() < 5
    assert "tieline_database_up 0.0" in got.text


def test_traces(
    field: Uids, client: httpx.Client, spans: InMemorySpanExporter, tmp_path: Path
) -> None:
    spans.clear()
    got = client.post("/graphql", json={"query": saved()["people"].text}, headers=PARENT)
    (root,) = roots(spans, 1)
    told = spans.get_finished_spans()
    assert root.name == "POST graphql" and root.parent and root.context
    assert f"{root.context.trace_id:032x}" == TRACE and not root.context.trace_state
    assert dict(root.attributes or {}) == {
        "http.request.method": "POST",
        "http.route": "graphql",
        "http.response.status_code": 200,
        "graphql.operation.name": "people",
        "tieline.request": got.headers["x-request-id"],
    }
    inner = [each for each in told if each.parent and each.parent.span_id == root.context.span_id]
    assert [each.name for each in inner][:2] == ["parse", "validate"]
    assert {"lists/people", "lists/people_count"} <= {each.name for each in inner}
    for each in inner:
        assert each.start_time and each.end_time and root.start_time and root.end_time
        assert root.start_time <= each.start_time + 10**6 <= each.end_time + 10**6
        assert each.end_time <= root.end_time
    spans.clear()
    secrets = private(client, field, tmp_path)
    roots(spans, 7)
    found = spans.get_finished_spans()
    assert {each.name for each in found} >= {"POST graphql", "GET other", "GET export"}
    assert {key for each in found for key in each.attributes or {}} <= ALLOWED
    assert not any(each.events or each.links or each.status.description for each in found)
    text = "".join(each.to_json() for each in found).lower()
    assert [each for each in secrets if each in text] == []


def test_nothing_is_traced_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in traces.ASKED:
        monkeypatch.delenv(name, raising=False)
    assert not traces.wanted()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    assert traces.wanted()
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    assert not traces.wanted()


def test_they_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """To a collector, which is a server here: by OTLP, the last of them at the end."""
    heard: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        end = traces.begin()
        with traces.spanned("parse"):
            pass
        end()
        server.shutdown()
        thread.join()
    (sent,) = ExportTraceServiceRequest.FromString(heard[0]).resource_spans
    assert [each.name for each in sent.scope_spans[0].spans] == ["parse"]
    named = {each.key: each.value.string_value for each in sent.resource.attributes}
    assert named["service.name"] == "tieline"


class Heard(logging.Handler):
    """Lines as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.Json())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def test_one_line_a_request_and_nobody_in_any(
    field: Uids, client: httpx.Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """At the loudest, the database's driver and uvicorn with it."""
    for name in logs.OURS:
        caplog.set_level(logging.DEBUG, name)
    logging.getLogger(logs.WIRE).setLevel(logging.WARNING)
    heard = Heard()
    logging.getLogger().addHandler(heard)
    try:
        secrets = private(client, field, tmp_path)
        until = time.monotonic() + 20  # a line is written once its answer has been sent
        while sum('"tieline.requests"' in line for line in heard.lines) < 7:
            assert time.monotonic() < until, heard.lines
            time.sleep(0.02)
    finally:
        logging.getLogger().removeHandler(heard)
    told = [json.loads(line) for line in heard.lines]
    ours = [line for line in told if line["logger"] == "tieline.requests"]
    assert len(ours) == len({line["request"] for line in ours}) == 7
    assert {"statement", "answered"} <= {line["message"] for line in told}
    assert all({"method", "path", "status", "ms", "request"} <= line.keys() for line in ours)
    assert [each for each in secrets if each in "\n".join(heard.lines).lower()] == []
