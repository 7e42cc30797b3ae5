"""Requests that somebody made to do harm, over HTTP: refused soon, in few words, logged in fewer.

Documents of many kinds (`tests/graphql/test_hostile.py`), and all else that a request has: bodies,
variables, headers, methods, addresses. The great storm is of 10,000, on a service in a process of
its own, with an honest question beside it; it prints what it measured.
"""

import json
import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
import psutil
import pytest
from tests.graphql.test_hostile import KINDS as DOCUMENTS

from tieline import logs
from tieline.graphql.limits import BODY
from tieline.graphql.operations import saved

Chance = random.Random
LOUDEST, LONGEST = 1_000, 6_000  # bytes of log, and of an answer
SIGNS = "{}()[]\"'\\$@.,;:%0aé\u202e-_"
JSON = {"content-type": "application/json"}


@dataclass
class Sent:
    """A request."""

    content: bytes = b""
    method: str = "POST"
    path: str = "/graphql"
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))


def noise(r: Chance, most: int = 300) -> str:
    return "".join(r.choice(SIGNS) for _ in range(r.randint(0, most)))


def body(**said: Any) -> bytes:
    return json.dumps(said).encode("utf-8", "replace")


def document(r: Chance) -> Sent:
    text = r.choice(DOCUMENTS)(r)
    return Sent(body(query=text, variables={"n": 10**9, "no": [[]]}))


def by_address(r: Chance) -> Sent:
    text = r.choice(DOCUMENTS)(r).encode("utf-8", "replace").decode()
    asked = httpx.QueryParams({"query": text[:4000], "variables": noise(r)})
    return Sent(method="GET", path=f"/graphql?{asked}", headers={"accept": "application/json"})


def batch(r: Chance) -> Sent:
    return Sent(json.dumps([{"query": "{ viewer { level } }"}] * r.randint(1, 500)).encode())


def odd_body(r: Chance) -> Sent:
    deep = r.randint(10, 30_000)
    bodies = [b"", b"{", b"null", b"1e999", b"NaN", b'"{}"', b"\xff\xfe{}", b"[" * deep]
    bodies += [b'{"query":' + b'{"a":' * deep, b'{"query": 1, "query": []}', noise(r).encode()]
    bodies += [body(query=["{ viewer { level } }"]), body(query={}), body(queri="{ viewer }")]
    nest = r.choice([900, 1_000, 1_020, 1_030, 5_000])
    asked = json.dumps(saved()["actor"].text).encode()
    many = b"[" * nest + b"]" * nest
    bodies += [b'{"query": ' + asked + b', "variables": {"id": ' + many + b"}}"] * 4
    return Sent(r.choice(bodies))


def large(r: Chance) -> Sent:
    return Sent(body(query="{ viewer { level } }", x="x" * r.randint(BODY, 3 * BODY)))


def variables(r: Chance) -> Sent:
    deep: Any = "x"
    for _ in range(r.randint(1, 300)):
        deep = [deep] if r.random() < 0.5 else {noise(r, 5): deep}
    plain: list[Any] = [10**400, -1, 1.5, True, None, [], {}, "\x00", "é" * 9]
    value = r.choice([deep, noise(r, 20_000), *plain])
    name = r.choice(sorted(each.name for each in saved().values() if each.reads))
    keys = ("id", "from", "to", "text", "first", "after", "scope", "kind", "actor", "draft", "term")
    return Sent(body(query=saved()[name].text, variables={key: value for key in keys}))


def operation_name(r: Chance) -> Sent:
    name = r.choice([noise(r, 5_000), 1, [], {"A": 1}, "A" * 50_000])
    return Sent(body(query="query A { viewer { level } }", operationName=name))


def persisted(r: Chance) -> Sent:
    said = r.choice([{}, [], noise(r), {"sha256Hash": noise(r)}, {"sha256Hash": ["a"] * 50}])
    return Sent(body(extensions={"persistedQuery": said}, query=None))


def headers(r: Chance) -> Sent:
    """What stands in headers is anyone's text as well."""
    plain = "".join(c for c in noise(r, 2_000) if c.isascii() and c.isprintable())
    scheme = r.choice(["Bearer ", "Basic ", "bearer tieline_", "Bearer a.b.", "Bearer tieline_0_"])
    more = r.choice(
        [
            {"authorization": scheme + plain},
            {"x-tieline-bookmark": plain},
            {"x-request-id": plain},
            {"accept": plain},
            {"content-type": f"application/json; charset={plain}"},
            {"content-type": r.choice(["text/plain", "multipart/form-data; boundary=x", plain])},
            {"traceparent": plain, "origin": plain},
        ]
    )
    more = {name: value.strip() for name, value in more.items()}
    return Sent(body(query="{ viewer { level } }"), headers=JSON | more)


def elsewhere(r: Chance) -> Sent:
    """Other methods, other addresses."""
    words = httpx.QueryParams({r.choice(["scope", "all", "x"]): noise(r)})
    paths = [f"/export/{r.choice(['jgf', 'gexf', 'x'])}?{words}", f"/graphql?{words}", "/../../etc"]
    paths += ["/graphiql/%2e%2e/app.py", "/metrics/x", "/" + "a" * r.randint(1, 3_000)]
    methods = ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "NOTHING"]
    return Sent(method=r.choice(methods), path=r.choice(paths), headers={})


KINDS: list[Callable[[Chance], Sent]] = [
    *[document] * 6, by_address, batch, odd_body, large, variables, variables, operation_name,
    persisted, headers, headers, elsewhere,
]  # fmt: skip


def storm(r: Chance, count: int) -> Iterator[Sent]:
    for n in range(count):
        yield KINDS[n % len(KINDS)](r)


def send(client: httpx.Client, sent: Sent) -> httpx.Response:
    return client.request(
        sent.method, sent.path, content=sent.content or None, headers=sent.headers
    )


def refused(got: httpx.Response) -> bool:
    if got.status_code >= 400:
        return True
    return got.headers.get("content-type", "").startswith("application/") and (
        b'"errors"' in got.content and b'"data"' not in got.content
    )


class Loud(logging.Handler):
    """How many bytes each request had written down."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.Json())
        self.bytes: dict[str, int] = {}

    def emit(self, record: logging.LogRecord) -> None:
        request = logs.REQUEST.get() or ""
        self.bytes[request] = self.bytes.get(request, 0) + len(self.format(record)) + 1


def test_a_breeze(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    """Some hundreds: no error of ours, short answers, short lines; then all is as before."""
    caplog.set_level(logging.INFO, "tieline")
    loud, r, count = Loud(), random.Random(4), 17 * 12
    logging.getLogger().addHandler(loud)
    try:
        many = 0
        for sent in storm(r, count):
            got = send(client, sent)
            assert got.status_code < 500, (sent, got.text)
            assert b"INTERNAL" not in got.content, (sent, got.text)
            assert not refused(got) or len(got.content) < LONGEST, sent
            many += refused(got)
    finally:
        logging.getLogger().removeHandler(loud)
    assert many > count * 0.7 and len(loud.bytes) > count * 0.9
    assert max(loud.bytes.values()) < LOUDEST
    told = client.post("/graphql", json={"query": "{ viewer { level } }"}).json()
    assert told["data"] == {"viewer": {"level": "ANONYMOUS"}}


@dataclass
class Serving:
    process: "subprocess.Popen[bytes]"
    url: str
    log: Path


@pytest.fixture
def serving(field: dict[str, str], tmp_path: Path) -> Iterator[Serving]:
    """`tieline serve` in a process of its own."""
    log = tmp_path / "log"
    tieline = str(Path(sys.executable).parent / "tieline")
    words = [tieline, "serve", "--port", "0", "-v", "--log", "json"]
    with log.open("wb") as file:
        process = subprocess.Popen(words, stderr=file, env=os.environ | {"TIELINE_RATE": "0"})
    try:
        until = time.monotonic() + 120
        while b" at http" not in log.read_bytes():
            assert process.poll() is None and time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        url = log.read_text().split(" at ")[1].split("/graphql")[0]
        while httpx.get(f"{url}/readyz").status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.1)
        yield Serving(process, url, log)
    finally:
        process.terminate()
        process.wait(30)


def honest(client: httpx.Client) -> float:
    """Seconds that an honest question took."""
    began = time.perf_counter()
    got = client.post("/graphql", json={"query": saved()["people"].text})
    assert got.status_code == 200 and "errors" not in got.json()
    return time.perf_counter() - began


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_great_storm(serving: Serving) -> None:
    """10,000 one after the other, and an honest question again and again beside them."""
    process, spent, beside, over = psutil.Process(serving.process.pid), [], [], threading.Event()
    with httpx.Client(base_url=serving.url, timeout=60) as client:
        for sent in storm(random.Random(1), 500):  # what it is like once it has met them all
            send(client, sent)
        idle = [honest(client) for _ in range(300)]

        def ask() -> None:
            with httpx.Client(base_url=serving.url, timeout=60) as other:
                while not over.is_set():
                    beside.append(honest(other))

        before, logged = process.memory_info().rss, serving.log.stat().st_size
        thread = threading.Thread(target=ask)
        thread.start()
        honestly = 0
        for sent in storm(random.Random(2), 10_000):
            began = time.perf_counter()
            got = send(client, sent)
            if refused(got):
                spent.append(time.perf_counter() - began)
            assert got.status_code < 500 and b"INTERNAL" not in got.content, sent
        over.set()
        thread.join()
        honestly = len(beside)
        grown = (process.memory_info().rss - before) / 1e6
        each = (serving.log.stat().st_size - logged) / (10_000 + honestly)
    p99 = quantiles(spent, n=100)[98] * 1e3
    quiet, busy = (quantiles(times, n=20)[18] * 1e3 for times in (idle, beside))
    print(
        f"\n10,000 requests, {len(spent):,} refused: p99 {p99:.1f} ms, worst "
        f"{max(spent) * 1e3:.0f} ms; memory {grown:+.1f} MB; {each:.0f} bytes of log each; an "
        f"honest question p95 {quiet:.1f} ms before, {busy:.1f} ms beside ({honestly:,} of them); "
        f"load {os.getloadavg()[0]:.1f}"
    )
    assert len(spent) > 7_000
    assert p99 < 100 and grown < 50 and each < LOUDEST
    assert busy < 2 * quiet
