"""Logs: quiet until asked, plain or JSON, and nothing in them of what was asked or sent."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tieline import logs
from tieline.database.address import Address
from tieline.database.graph import Graph

Typed = Callable[..., tuple[int, str, str]]
Start = Callable[..., "subprocess.Popen[str]"]


def lines(err: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in err.splitlines() if line.startswith("{")]


def test_quiet_unless_asked(graph: Graph, typed: Typed) -> None:
    assert typed("hash")[2] == "" == typed("loads", "--json")[2]


def test_once_tells_what_is_done_twice_every_statement(graph: Graph, typed: Typed) -> None:
    _, out, err = typed("hash", "-v", "--log", "json", "--json")
    assert [line["message"] for line in lines(err)] == ["connected", "command ended"]
    assert lines(err)[-1]["status"] == 0 and json.loads(out)["hash"]
    told = lines(typed("hash", "-vv", "--log", "json")[2])
    assert {"hash/nodes", "database/ping"} <= {line.get("statement") for line in told}


def test_before_and_behind_a_command_add_up(graph: Graph, typed: Typed) -> None:
    err = typed("-v", "--log", "json", "hash", "-v")[2]
    assert "debug" in {line["level"] for line in lines(err)}
    assert typed("-vv", "--log", "json", "explain", "strength", "--log", "plain")[2].count("{") == 0


@pytest.mark.parametrize(("more", "level"), [({}, None), ({"TIELINE_VERBOSE": "1"}, "info")])
def test_settings_say_it_too(whole: Typed, more: dict[str, str], level: str | None) -> None:
    err = whole("explain", "strength", TIELINE_LOG="json", **more)[2]
    assert [line["level"] for line in lines(err)] == ([level] if level else [])


@pytest.mark.parametrize("name", ["TIELINE_LOG", "TIELINE_VERBOSE"])
def test_a_setting_that_cannot_be_read_is_a_sentence(whole: Typed, name: str) -> None:
    status, _, err = whole("explain", "strength", **{name: "loud"})
    assert status == 2 and name in err and len(err.splitlines()) == 1


def test_neither_names_nor_secrets(
    graph: Graph, typed: Typed, address: Address, tmp_path: Path, raw: Any
) -> None:
    """At the loudest: a load and questions about who was loaded."""
    (tmp_path / "m.toml").write_text('[[table]]\nkind = "person"\n[table.columns]\nname = "Name"\n')
    (tmp_path / "p.csv").write_text("Name\nZenobia Quince\n")
    given = ("--source", "us", "--mapping", str(tmp_path / "m.toml"))
    loud = ("-vv", "--log", "json")
    text = typed("load", str(tmp_path / "p.csv"), *given, *loud)[2]
    text += typed("show", "Zenobia Quince", *loud)[2]
    text += typed("ask", "search", "zenobia", *loud)[2]
    told = lines(text)
    assert len(told) > 20 and {"neo4j.pool", "tieline.database"} <= {t["logger"] for t in told}
    logged = "".join(map(json.dumps, told)).casefold()
    assert "zenobia" not in logged and "quince" not in logged
    assert address.password not in logged


def test_of_an_error_the_type_and_the_places() -> None:
    try:
        raise ValueError("Zenobia Quince")
    except ValueError:
        record = logging.getLogger("tieline").makeRecord(
            "tieline", logging.ERROR, "", 0, "it broke", (), sys.exc_info()
        )
    for shape in (logs.Json(), logs.Plain()):
        text = shape.format(record)
        assert "ValueError" in text and "test_logs.py" in text and "Zenobia" not in text
    assert json.loads(logs.Json().format(record))["error"] == "builtins.ValueError"


def test_a_line_stays_a_line() -> None:
    record = logging.getLogger("tieline").makeRecord(
        "tieline", logging.INFO, "", 0, "one\ntwo\x1b[31m", (), None
    )
    text = logs.Plain().format(record)
    assert "\n" not in text and "\x1b" not in text


def test_each_request_is_a_line(graph: Graph, begun: Start) -> None:
    """A server in a process of its own: its lines, and uvicorn's, are JSON."""
    running = begun("serve", "--port", "0", "-v", "--log", "json")
    assert running.stderr is not None
    heard = []
    for line in running.stderr:
        heard.append(line)
        if line.startswith("Answering"):
            break
    url = heard[-1].split(" at ")[1].split("/graphql")[0]
    asked = {"query": "query Zenobia($x: String!) { search(text: $x) { totalCount } }"}
    asked |= {"variables": {"x": "Zenobia Quince"}}  # type: ignore[dict-item]
    given = "deadbeef-0000-4000-8000-000000000001"
    with httpx.Client(base_url=url, timeout=60) as client:
        first = client.post("/graphql", json=asked, headers={"x-request-id": given})
        second = client.post("/graphql?who=zenobia", json={"query": "{ search"})
        third = client.get("/people/zenobia", headers={"x-request-id": "zenobia"})
        client.get("/healthz")
    running.send_signal(2)
    _, rest = running.communicate(timeout=60)
    assert running.returncode == 0
    told = [each for each in lines("".join(heard) + rest) if each["logger"] == "tieline.requests"]
    assert [(t["method"], t["path"], t["status"], t.get("operation")) for t in told] == [
        ("POST", "/graphql", first.status_code, "other"),
        ("POST", "/graphql", second.status_code, "other"),
        ("GET", "(none of ours)", 404, None),
    ]
    ids = [each["request"] for each in told]
    assert ids == [answer.headers["x-request-id"] for answer in (first, second, third)]
    assert ids[0] == given and ids[2] != "zenobia" and len(set(ids)) == 3
    assert told[0]["ms"] > 0 and all(each["ms"] >= 0 for each in told)
    assert "zenobia" not in ("".join(heard) + rest).casefold()
    loggers = {each["logger"] for each in lines("".join(heard) + rest)}
    assert "uvicorn.error" in loggers
