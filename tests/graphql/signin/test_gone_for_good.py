"""Somebody erased from the example field, by their own token: looked for everywhere afterwards.

On a server of its own, as `tieline serve` runs it, with pathways from memory and answers kept on
disk: in every property and index, in the memory and the files of the home, in every export, in the
log; then in what files bring that are loaded anew, and in a backup of before that is restored.
Everybody in the example field is invented.
"""

import gc
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from neo4j import GraphDatabase
from tests.graphql.leaks.test_matrix import unzipped
from tests.graphql.served import answering

from tieline import logs
from tieline.cli.demo import load_field, take_back
from tieline.cli.main import main
from tieline.database import server
from tieline.database.address import Address, find
from tieline.database.graph import Graph
from tieline.database.home import Home
from tieline.database.install import install
from tieline.exports.written import FORMATS
from tieline.graphql import limits
from tieline.graphql.operations import saved
from tieline.graphql.signin.tokens import Tokens
from tieline.loaders.refresh import refresh
from tieline.queries.answers import shelf
from tieline.queries.answers.kept import _all as kept
from tieline.queries.pathways.snapshot.view import View
from tieline.settings import settings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
WHO = "Amara Thistlewood"
Raw = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Address]:
    """A database of its own, since it is backed up and restored; the example field in it."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TIELINE_IDLE_MINUTES", "5")
    monkeypatch.setenv("TIELINE_TODAY", "2026-11-21")
    monkeypatch.setenv("TIELINE_SNAPSHOT_TIES", "0")
    monkeypatch.setattr(shelf, "LEAST", 0)
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    monkeypatch.delenv("TIELINE_NEO4J_URI", raising=False)
    with Graph(find()) as graph:
        install(graph)
        load_field(graph)
        refresh(graph, settings().today)
    yield find()
    server.stop()


@pytest.fixture
def raw(address: Address) -> Iterator[Raw]:
    """Any Cypher, whatever the address is by now."""

    def ask(text: str, **params: Any) -> list[dict[str, Any]]:
        now = find()
        with GraphDatabase.driver(now.uri, auth=(now.user, now.password)) as opened:
            found = opened.execute_query(text, params, database_=now.database).records
            return [record.data() for record in found]

    yield ask


def theirs(raw: Raw) -> list[str]:
    """Every text that is theirs alone: uids, handles, identifiers, and what their records say that
    no other record says."""
    of = "MATCH (:Person {name: $who})<-[:DESCRIBES]-(r:Record) "
    rows = raw(of + "RETURN r.uid AS uid, r.handle AS handle, r.fields AS fields, "
               "[(r)-[:IDENTIFIED_BY]->(i) | i.uid] AS ids", who=WHO)  # fmt: skip
    others = raw("MATCH (r:Record) WHERE NOT r.uid IN $uids RETURN collect(r.fields) AS all",
                 uids=[row["uid"] for row in rows])[0]["all"]  # fmt: skip
    rest = "\n".join(others).lower()
    said = {text for row in rows for text in texts(orjson.loads(row["fields"]))}
    found = {text for text in said if len(text) > 5 and text.lower() not in rest}
    for row in rows:
        found |= {row["uid"], row["handle"], *row["ids"]}
    return sorted(found | {WHO})


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def everything(raw: Raw) -> str:
    found = raw("MATCH (n) RETURN properties(n) AS p")
    found += raw("MATCH ()-[x]->() RETURN properties(x) AS p")
    return "\n".join(str(row["p"]) for row in found)


def indexed(raw: Raw) -> list[str]:
    """What the full-text indexes find by their name."""
    names = raw(
        "SHOW FULLTEXT INDEXES YIELD name, entityType WHERE entityType = 'NODE' RETURN name"
    )
    words = " OR ".join(re.findall(r"\w+", WHO))
    asked = (
        "CALL db.index.fulltext.queryNodes($name, $words) YIELD node RETURN properties(node) AS p"
    )
    assert names
    return [str(p) for each in names for p in raw(asked, name=each["name"], words=words)]


def in_files(home: Path) -> dict[str, bytes]:
    """All files of the home but the database's own, and the secret."""
    return {
        str(path): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and "neo4j/data" not in str(path) and "transaction" not in str(path)
    }


def in_memory() -> str:
    """What is kept of answers and of ties in this process."""
    gc.collect()
    views = [each for each in gc.get_objects() if isinstance(each, View)]
    return "\n".join([*(repr(vars(each)) for each in kept),
                      *(repr(each.actors.uids) for each in views)])  # fmt: skip


def found_in(text: str | bytes, values: list[str]) -> list[str]:
    if isinstance(text, bytes):
        return [each for each in values if each.encode() in text]
    return [each for each in values if each in text]


class Asked:
    """The service, and the tokens by which it is asked."""

    def __init__(self, client: httpx.Client, raw: Raw) -> None:
        self.client, home = client, Home.current()
        (row,) = raw("MATCH (p:Person {name: $who}) RETURN p.uid AS uid", who=WHO)
        self.uid = row["uid"]
        tokens = Tokens(home.tokens)
        self.mine = tokens.create(f"{WHO}'s", "member", self.uid, "write", 6000)[1]
        self.steward = tokens.create("a steward", "steward", None, "write", 6000)[1]

    def put(self, operation: str, token: str, **variables: Any) -> Any:
        body = {"query": saved()[operation].text, "variables": variables}
        headers = {"authorization": f"Bearer {token}"}
        told = self.client.post("/graphql", json=body, headers=headers).json()
        assert "errors" not in told, told
        return told["data"]

    def questions(self) -> str:
        """What keeps things in memory and on disk, and every export, as a steward is answered."""
        told = [
            self.put("people", self.steward, first=500),
            self.put("bridges", self.steward, first=50),
            self.put("brokers", self.steward, first=50),
            *(
                self.put("duplicates", self.steward, kind=kind, first=50)
                for kind in ("SAME_RECORD", "PARALLEL_EFFORT")
            ),
            self.put("gaps", self.steward, first=50),
            self.put("search", self.steward, text=WHO, first=50),
        ]
        return json.dumps(told) + "".join(self.exports())

    def exports(self) -> Iterator[str]:
        for form in FORMATS:
            got = self.client.get(
                f"/export/{form}",
                params={"all": "true"},
                headers={"authorization": f"Bearer {self.steward}"},
            )
            assert got.status_code == 200
            yield unzipped(got.content).decode("utf-8", "replace")


def ties(raw: Raw) -> list[Any]:
    """Of the others: who is tied to whom, and by what kinds of evidence."""
    asked = (
        "MATCH (a:Actor)-[t:TIE]->(b:Actor) WHERE $who <> a.name AND $who <> b.name "
        "RETURN a.name AS a, b.name AS b, t.kinds AS kinds ORDER BY a, b"
    )
    return raw(asked, who=WHO)


def typed(*words: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code in (0, None), words


def test_nothing_is_left_and_nothing_brings_them_back(
    address: Address, raw: Raw, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "tieline")
    friday = tmp_path / "friday.tieline"
    typed("backup", str(friday))
    values, others = theirs(raw), ties(raw)
    print(f"{len(values)} values of {WHO}: {values}")
    with answering(find()) as client:
        asked = Asked(client, raw)
        before = asked.questions()
        asked.put("pathways", asked.mine, **{"from": asked.uid, "to": "Joss Penhallow-Reed"})
        assert found_in(before, values) and found_in(in_memory(), values)
        assert any(found_in(held, values) for held in in_files(Home.current().answers).values())
        gone = asked.put("erase", asked.mine, input={"confirm": WHO})["eraseMe"]
        assert gone["changed"] and gone["tokens"] == 1
        assert found_in(in_memory(), values) == []
        nowhere(raw, values)
        assert found_in(asked.questions(), [each for each in values if each != WHO]) == []
        assert not any(found_in(text, values) for text in asked.exports())
        assert ties(raw) == others
    told = "\n".join(logs.Json().format(record) for record in caplog.records)
    assert found_in(told, values) == []
    with Graph(find()) as graph:
        assert take_back(graph) > 0
        load_field(graph)
    nowhere(raw, values)
    typed("restore", str(friday), "--yes")
    nowhere(raw, values)
    assert ties(raw) == others
    with Graph(find()) as graph:
        take_back(graph)
        load_field(graph)
    nowhere(raw, values)


def nowhere(raw: Raw, values: list[str]) -> None:
    """Not in the graph, its indexes, or the files beside it."""
    assert found_in(everything(raw), values) == []
    assert not any(found_in(text, values) for text in indexed(raw))
    for path, held in in_files(Home.current().root).items():
        assert found_in(held, values) == [], path
