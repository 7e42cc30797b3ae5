"""Cypher, Lucene, JSON and worse in every place of the schema that takes a text: a text it stays.

The places are found in the schema: each argument and each field of an input that takes a string or
an id, in a document of its own (`leaks/every.py`). Questions are asked, and changes are made in a
transaction that is looked into and taken back: the graph is what it was, to the hash.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver
from tests.graphql.generated import little
from tests.graphql.leaks.every import Every
from tests.graphql.leaks.test_matrix import Rehearsing

from tieline.database.address import Address
from tieline.database.graph import Graph, Steps
from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.schema import schema
from tieline.queries.hash.hash import graph_hash
from tieline.schema.consent import PUBLIC, STEWARD, Viewer

Uids = dict[str, str]
PLACE = "__here__"
DONE = "CREATE (:Pwned {by: 'x'})"
PAYLOADS = [
    f"x' {DONE} //",
    f'x" {DONE} //',
    f"x`) {DONE} //",
    f"x}}) {DONE} WITH 1 AS a MATCH (n {{x: '",
    f"') RETURN 1 AS a UNION MATCH (n) DETACH DELETE n {DONE} //",
    f"x\\u0027 {DONE} //",
    f"x\\' {DONE} /*",
    f"*/ {DONE} /*",
    f"\n{DONE}\n",
    f"$level {DONE}",
    f"' OR 1=1 {DONE} WITH n SET n.name = 'Pwned' //",
    f"x', level: 0}}) {DONE} //",
    "x' CALL db.createLabel('Pwned') //",
    "x' CALL dbms.security.createUser('a', 'b', false) //",
    "x' LOAD CSV FROM 'file:///etc/passwd' AS line CREATE (:Pwned {line: line}) //",
    "x' CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS //",
    '*:* OR name:/.*/ AND NOT ("a"~9 ^9 [* TO *] {a TO z}',
    '") OR (uid:*',
    'AND OR NOT && || + - ! ( ) { } [ ] ^ " ~ * ? : \\ /',
    "(((((((((((((((((((((((((((((((",
    "a~ b~ c~ d~ e~ f~ g~ h~ i~ j~ " * 20,
    "*a* *b* *c* ?d? " * 20,
    "/(a+)+$/ (a|a)*b",
    "\x00\x01\x02\u2028\u202e\ufeff",
    "é" * 3_000,
    "{{7*7}} ${7*7} #{7*7} %s %n %x {0} <script>alert(1)</script>",
    "../../../../etc/passwd\x00.json",
    '{"$ne": null}',
    "cGVyc29uOnAtMQ==",
    "-1",
    "NaN",
    "p-" + "0" * 24,
    "",
    " ",
]
ENDS = ["", "'", '"', "`", "\\", "}", ")", ";", "//", "/*", "\n", "\x00", "%27", "\\u0027"]


def payload(r: random.Random) -> str:
    """One of the known ones, with signs in and about it; or two in one."""
    text = r.choice(PAYLOADS)
    if r.random() < 0.5:
        text = r.choice(ENDS) * r.randint(1, 3) + text
    if r.random() < 0.5:
        at = r.randrange(len(text) + 1)
        text = text[:at] + r.choice(ENDS) + text[at:]
    return text + r.choice(PAYLOADS) if r.random() < 0.2 else text


def places(uids: Uids) -> list[str]:
    """Documents, each with a place in it; what else they need is there."""
    core = schema()._schema
    known = {name: list(some) for name, some in little(uids.values()).items()}
    for some in known.values():
        if some and isinstance(some[0], str):
            some[1:] = [PLACE]
    known |= {"String": [PLACE], "Date": ["2026-02-01"], "first": [3], "last": [3]}
    found = []
    for root, word in ((core.query_type, ""), (core.mutation_type, "mutation ")):
        assert root
        made = [f"{word}{each.text}" for each in Every(core, known, root).documents()]
        found += [text for text in dict.fromkeys(made) if PLACE in text]
    return found


class Looked(Rehearsing):
    """Looks, before a change is taken back, whether more was done than that."""

    pwned = 0

    def write(self, work: Callable[[Steps], Any]) -> tuple[Any, Any]:
        def looked(steps: Steps) -> Any:
            done = work(steps)
            found = steps._transaction.run("MATCH (n:Pwned) RETURN count(n) AS n").single()
            self.pwned += found["n"] if found else 1
            return done

        return super().write(looked)


@pytest.fixture
def put(
    driver: AsyncDriver, address: Address, run: Callable[..., Any], field: Uids
) -> Iterator[Callable[..., int]]:
    """put(seed, count): ask so many; the number of those that were answered without an error."""
    writer = Looked(address)

    def storm(seed: int, count: int) -> int:
        r, asked, well = random.Random(seed), places(field), 0
        assert len(asked) > 300
        r.shuffle(asked)
        for n in range(count):
            text = asked[n % len(asked)].replace(f'"{PLACE}"', orjson.dumps(payload(r)).decode())
            viewer = r.choice([Viewer(STEWARD), Viewer(PUBLIC), Viewer(3, field["Ana Ash"])])
            reader = Reader(driver, address.database, viewer, seconds=60.0)
            result = run(schema().execute(text, {}, Asking(reader, writer=writer)))
            told = [formatted(error) for error in result.errors or ()]
            codes = {each["extensions"]["code"] for each in told}
            assert not codes & {"INTERNAL", "SYNTAX"}, (told, text)
            assert len(orjson.dumps(told)) < 40_000, text
            well += not told
        assert writer.pwned == 0
        return well

    yield storm
    writer.close()


def test_some_payloads(put: Callable[..., int], connection: Graph) -> None:
    before = graph_hash(connection)
    assert put(1, 150) > 20
    assert graph_hash(connection) == before


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_five_thousand_payloads(
    put: Callable[..., int], connection: Graph, change: Callable[..., Any]
) -> None:
    before = graph_hash(connection)
    well = put(2, 5_000)
    assert graph_hash(connection) == before
    labels = change("CALL db.labels() YIELD label RETURN collect(label) AS all").records[0]["all"]
    assert "Pwned" not in labels
    print(f"5,000 payloads in {len(PAYLOADS)} kinds: {well:,} answered, the graph unchanged")
