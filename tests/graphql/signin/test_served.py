"""The application as it is served, asked what needs no database: who asks, and how often."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.graphql.served import answering

from tieline.database.address import Address
from tieline.errors import WrongUse
from tieline.graphql import limits
from tieline.graphql.app import build
from tieline.graphql.documents import known, sha256
from tieline.graphql.operations import saved
from tieline.graphql.signin.tokens import Tokens
from tieline.schema.consent import Viewer

AWAY = Address("bolt://127.0.0.1:9", "neo4j", "none", "neo4j")  # nobody answers there
ME = "{ viewer { level numbers } }"
PROXIED = {"x-forwarded-for": "192.0.2.7"}  # as a proxy on this machine tells who asks


def served(level: int = 4) -> AbstractContextManager[httpx.Client]:
    return answering(AWAY, level)


@pytest.fixture
def tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tokens:
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    return Tokens(tmp_path / "tokens.sqlite3")


def put(client: httpx.Client, query: str = ME, token: str = "", **more: Any) -> httpx.Response:
    headers = more.pop("headers", {}) | ({"authorization": f"Bearer {token}"} if token else {})
    return client.post("/graphql", json={"query": query} | more, headers=headers)


def code(got: httpx.Response) -> str:
    return str(got.json()["errors"][0]["extensions"]["code"])


def test_a_token_is_answered_at_its_level(tokens: Tokens) -> None:
    with served() as client:
        for level in ("member", "weaver", "steward"):
            text = tokens.create(level, level, None, "read", 60)[1]
            told = {"level": level.upper(), "numbers": level == "steward"}
            assert put(client, token=text).json()["data"]["viewer"] == told
        assert put(client).json()["data"]["viewer"]["level"] == "ANONYMOUS"
        tokens.revoke("steward")
        got = put(client, token=text)
        assert (got.status_code, code(got)) == (401, "UNAUTHENTICATED")
        assert got.headers["www-authenticate"].startswith("Bearer ")
        assert "data" not in got.json() and "revoked" not in got.text


def test_a_token_wins_over_as(tokens: Tokens) -> None:
    text = tokens.create("one", "member", None, "read", 60)[1]
    with served(level=1) as client:
        assert put(client).json()["data"]["viewer"]["level"] == "STEWARD"
        assert put(client, token=text).json()["data"]["viewer"]["level"] == "MEMBER"
        assert put(client, token="tieline_").status_code == 401, "never more than nothing"


def test_one_that_reads_changes_nothing(tokens: Tokens) -> None:
    change = 'mutation { add(input: {kind: ORGANISATION, name: "Guild"}) { changed } }'
    reads = tokens.create("reads", "steward", None, "read", 60)[1]
    writes = tokens.create("writes", "steward", None, "write", 60)[1]
    with served() as client:
        got = put(client, change, reads)
        assert code(got) == "FORBIDDEN" and "only reads" in got.text
        assert code(put(client, change, writes)) == "DATABASE_AWAY"


def test_nobody_asks_too_often(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIELINE_RATE", "40")
    text = tokens.create("one", "member", None, "read", 60)[1]
    with served() as client:
        assert [put(client, token=text).status_code for _ in range(11)] == [200] * 10 + [429]
        got = put(client, token=text)
        assert code(got) == "RATE_LIMITED" and 1 <= int(got.headers["retry-after"]) <= 2
        assert put(client, headers=PROXIED).status_code == 200, "others are not held up"
        wrong = [put(client, token="x", headers=PROXIED).status_code for _ in range(11)]
        assert wrong == [401] * 9 + [429] * 2, "nor may anyone guess on and on"
        assert {put(client).status_code for _ in range(30)} == {200}, "this machine's own"


def test_browsers_are_told_what_they_must_not_do(tokens: Tokens) -> None:
    with served() as client:
        got = put(client)
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["content-security-policy"].startswith("default-src 'none'")
        assert "strict-transport-security" not in got.headers
        assert "access-control-allow-origin" not in got.headers
        page = client.get("/graphql", headers={"accept": "text/html"})
        policy = page.headers["content-security-policy"]
        assert "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy and "script-src 'self' 'unsafe-inline'" not in policy
        secure = put(client, headers={"x-forwarded-proto": "https"})
        assert "max-age" in secure.headers["strict-transport-security"]


ELSEWHERE = {"origin": "https://map.example"}
SSE = {"accept": "text/event-stream"}
PREFLIGHT = ELSEWHERE | {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type",
}


def test_pages_elsewhere_ask_where_they_may(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served() as client:
        assert client.options("/graphql", headers=PREFLIGHT).status_code != 200
    monkeypatch.setenv("TIELINE_CORS", "https://map.example, https://other.example")
    with served() as client:
        got = client.options("/graphql", headers=PREFLIGHT)
        assert got.status_code == 200
        assert got.headers["access-control-allow-origin"] == "https://map.example"
        assert "access-control-allow-credentials" not in got.headers
        assert put(client, headers=ELSEWHERE).headers["access-control-allow-origin"]
        streamed = ELSEWHERE | SSE
        for events in (
            put(client, headers=streamed),  # as graphql-sse asks, after that preflight
            client.get("/graphql", params={"query": ME}, headers=streamed),  # an EventSource
        ):
            assert events.headers["content-type"].startswith("text/event-stream")
            assert events.headers["access-control-allow-origin"] == "https://map.example"
            assert "origin" in events.headers["vary"].lower()
        traced = PREFLIGHT | {"access-control-request-headers": "authorization, traceparent"}
        assert client.options("/graphql", headers=traced).status_code == 200
        other = PREFLIGHT | {"access-control-request-headers": "x-anything"}
        assert client.options("/graphql", headers=other).status_code == 400
        strange = put(client, headers={"origin": "https://evil.example"})
        assert "access-control-allow-origin" not in strange.headers
        strange = put(client, headers={"origin": "https://evil.example", **SSE})
        assert "access-control-allow-origin" not in strange.headers
    with pytest.raises(WrongUse, match="--as"):
        build(AWAY, Viewer(1))


JSON = {"content-type": "application/json"}
ELSE = ELSEWHERE | PROXIED
SIGNED = {"authorization": "Bearer x"}
LONG = b'{"query": "' + b" " * limits.BODY + b'"}'
REFUSED: list[tuple[int, str, str, dict[str, str], bytes]] = [
    (400, "POST", "/graphql", JSON, b"{"),
    (400, "POST", "/graphql", JSON, b'[{"query": "{ viewer { level } }"}]'),
    (400, "POST", "/graphql", {"content-type": "text/plain"}, b"{ viewer { level } }"),
    (400, "POST", "/graphql", JSON | {"accept": "application/graphql-response+json"},
     b'{"query": "{ nobody }"}'),
    (401, "POST", "/graphql", JSON | SIGNED, b"{}"),
    (401, "GET", "/graphql?query={viewer{level}}", SIGNED | SSE, b""),
    (404, "GET", "/nowhere", {}, b""),
    (404, "GET", "/graphiql/nowhere", {}, b""),
    (405, "PUT", "/graphql", JSON, b"{}"),
    (405, "POST", "/healthz", JSON, b"{}"),
    (413, "POST", "/graphql", JSON, LONG),
    (503, "POST", "/graphql", JSON, b'{"query": "{ people { totalCount } }"}'),
    (503, "GET", "/readyz", {}, b""),
    (403, "GET", "/metrics", {}, b""),
    (400, "GET", "/export/kumu?colour=red", {}, b""),
    (401, "GET", "/export/kumu", SIGNED, b""),
    (404, "GET", "/export/gml", {}, b""),
    (405, "POST", "/export/kumu", {}, b""),
    (503, "GET", "/export/kumu", {}, b""),
]  # fmt: skip


def test_a_page_that_may_ask_may_read_why_it_is_refused(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser shows a page nothing of an answer that does not name its origin, not even that it
    shall ask again later. And exports name any."""
    monkeypatch.setenv("TIELINE_CORS", "https://map.example")
    monkeypatch.setenv("TIELINE_RATE", "240")
    with served() as client:

        def asked(method: str, path: str, headers: dict[str, str], content: bytes) -> int:
            got = client.request(method, path, headers=ELSE | headers, content=content)
            own = "*" if path.startswith("/export/") else ELSEWHERE["origin"]
            assert got.headers["access-control-allow-origin"] == own, (path, got.status_code)
            assert "retry-after" in got.headers["access-control-expose-headers"].lower()
            return got.status_code

        for status, method, path, headers, content in REFUSED:
            assert asked(method, path, headers, content) == status, (path, headers)
        question = b'{"query": "{ viewer { level } }"}'

        def too_often(ask: Callable[[], int]) -> bool:
            """Asked when no more may be; time lets one in now and then."""
            for _ in range(20):
                while asked("POST", "/graphql", JSON, question) != 429:
                    pass
                if ask() == 429:
                    return True
            return False

        def strange() -> int:
            headers = PROXIED | JSON | {"origin": "https://evil.example"}
            got = client.post("/graphql", headers=headers, content=question)
            assert "access-control-allow-origin" not in got.headers
            return got.status_code

        assert too_often(lambda: asked("GET", "/export/kumu", {}, b""))
        assert too_often(strange)


def test_known_documents_by_their_digest(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(known().values()) == set(saved())

    def asked(text: str) -> dict[str, Any]:
        return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}}

    me = saved()["me"].text
    with served() as client:
        body = asked(me)
        assert client.post("/graphql", json=body).json()["data"]["viewer"]
        got = client.post("/graphql", json=asked("{ viewer { level } }"))
        assert code(got) == "PERSISTED_QUERY_NOT_FOUND"
        assert got.json()["errors"][0]["message"] == "PersistedQueryNotFound"
        assert put(client, ME, **asked(me)).json()["data"]["viewer"], "a text is what it says"
    monkeypatch.setenv("TIELINE_DOCUMENTS", "saved")
    with served() as client:
        assert put(client, me).json()["data"]["viewer"]
        assert client.post("/graphql", json=asked(me)).json()["data"]["viewer"]
        for other in (ME, me + " ", "{ __schema { types { name } } }", "{"):
            got = put(client, other)
            assert (got.status_code, code(got)) == (400, "DOCUMENT_NOT_SAVED")
        assert client.get("/graphql", params={"query": ME}).status_code == 400


def test_the_schema_may_be_left_untold(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "{ __schema { queryType { name } } }"
    with served() as client:
        assert put(client, told).json()["data"]["__schema"]
    monkeypatch.setenv("TIELINE_INTROSPECTION", "off")
    with served() as client:
        hidden = 'query { ...A } fragment A on Query { __type(name: "Person") { name } }'
        for asked in (told, hidden):
            assert code(put(client, asked)) == "INTROSPECTION_OFF"
        assert put(client, "{ __typename viewer { level } }").json()["data"]["viewer"]


def test_the_log_says_at_which_level_and_never_who(
    tokens: Tokens, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tieline")
    made, text = tokens.create("the laptop of Ana", "member", "p-" + "1" * 24, "read", 60)
    with served() as client:
        put(client, token=text)
        put(client, token=text[:-1] + "x")
    lines = [r.told for r in caplog.records if r.name == "tieline.requests"]  # type: ignore[attr-defined]
    assert [line.get("as") for line in lines] == ["member", None]
    everything = " ".join(str(record.__dict__) for record in caplog.records)
    for secret in (text, text[:-1], made.id, "Ana", "p-" + "1" * 24):
        assert secret not in everything


def test_any_page_reads_an_export_whichever_may_ask(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIELINE_CORS", "https://map.example")
    preflight = {"origin": "https://kumu.example", "access-control-request-method": "GET"}
    preflight |= {"access-control-request-headers": "if-none-match"}
    with served() as client:
        got = client.options("/export/kumu", headers=preflight)
        assert got.status_code == 204 and got.headers["access-control-allow-origin"] == "*"
        read = client.get("/export/kumu", headers={"origin": "https://kumu.example"}).headers
        assert read["access-control-allow-origin"] == "*"
        assert "ETag" in read["access-control-expose-headers"]
        assert client.options("/graphql", headers=preflight).status_code == 400


def test_the_log_has_no_word_of_whoever_asked(
    tokens: Tokens, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIELINE_CORS", "https://map.example")
    caplog.set_level(logging.INFO, "tieline")
    preflight = {"origin": "https://map.example", "access-control-request-method": "GET"}
    with served() as client:
        client.post("/export/Zenobia")
        client.options("/export/Zenobia")
        client.get("/export/Zenobia", headers={"authorization": "Bearer Zenobia"})
        client.options("/map/Zenobia", headers=preflight)
        client.get("/graphiql/Zenobia")
        client.request("ZENOBIA", "/graphql")
        client.get("/export/kumu")
    lines = [r.told for r in caplog.records if r.name == "tieline.requests"]  # type: ignore[attr-defined]
    assert [line["status"] for line in lines[:4]] == [405, 204, 401, 200]
    assert [line["path"] for line in lines[5:]] == ["/graphql", "/export/kumu"]
    assert "zenobia" not in " ".join(str(record.__dict__) for record in caplog.records).casefold()


def test_each_answer_says_what_it_cost(tokens: Tokens) -> None:
    with served() as client:
        got = put(client, "{ viewer { level } limits { cost } }").json()
        assert got["extensions"]["cost"] == 2 and got["data"]["limits"]["cost"] == limits.COST


def test_other_limits_than_usual(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEPTH", "COST"):
        monkeypatch.setattr(limits, name, getattr(limits, name))  # as they are again afterwards
    asked = "{ people { nodes { places { name } } } }"
    with served() as client:
        assert code(put(client, asked)) == "DATABASE_AWAY"
    monkeypatch.setenv("TIELINE_LIMITS", "depth=3 cost=40")
    with served() as client:
        codes = {each["extensions"]["code"] for each in put(client, asked).json()["errors"]}
        assert codes == {"TOO_MUCH_DEPTH", "TOO_MUCH_COST"}
        assert put(client, "{ limits { depth cost } }").json()["data"]["limits"]["depth"] == 3
    for wrong in ("depth", "depth=0", "depth=-1", "depth=1e9", "page_size=9", "width=3"):
        monkeypatch.setenv("TIELINE_LIMITS", wrong)
        with pytest.raises(WrongUse, match="TIELINE_LIMITS"):
            build(AWAY, Viewer(4))
