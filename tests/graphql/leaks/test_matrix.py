"""Every field by every role at every consent level: what a viewer may not see moves no byte.

The documents are made from the schema (`every.py`): each field, each argument with each of its
values, of things of every level; mutations too, each of them rehearsed and taken back. A world is
told in five steps (`conftest.py`), from what anyone may see to what nobody may. Whoever may see
nothing of a step is asked everything before it and after it: the answers are the same, to the byte,
but for the graph's version; and nothing that came with the step is in any of them.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import httpx
import orjson
import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType
from neo4j import AsyncDriver, Bookmarks
from tests.graphql.generated import little
from tests.graphql.leaks.every import Every
from tests.graphql.leaks.test_leaks import Told, begin
from tests.graphql.served import answering

from tieline.database.address import Address
from tieline.database.graph import Graph, Steps
from tieline.database.reader import Reader
from tieline.exports.written import FORMATS
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.schema import schema
from tieline.graphql.signin.tokens import Tokens
from tieline.graphql.writing import Writer
from tieline.queries.hash.hash import graph_hash
from tieline.schema.consent import FIELD, LEVELS, VIEWERS, Viewer

Data = dict[str, Any]
Ask = Callable[[str, Viewer, Data], bytes]
STEPS = (4, 3, 2, 1, 0)
MOVES = ("graphVersion", "graph_version", "bookmark")  # with any change at all
SOME = 30  # documents of the quick test
ROLES = {level: name for name, level in VIEWERS.items()}


class Undone(Exception):
    """Raised so that the transaction is rolled back."""


class Rehearsing(Writer):
    """Does each change in a real transaction, and takes it back."""

    def write(self, work: Callable[[Steps], Any]) -> tuple[Any, Bookmarks]:
        done: list[Any] = []

        def rehearsed(steps: Steps) -> None:
            done.append(work(steps))
            raise Undone

        try:
            super().write(rehearsed)
        except Undone:
            pass
        return done[-1], Bookmarks.from_raw_values([])


@pytest.fixture
def put(driver: AsyncDriver, address: Address, run: Callable[..., Any]) -> Iterator[Ask]:
    """The answer to a viewer, errors and all, as bytes; what moves with any change apart."""
    writer = Rehearsing(address)

    def ask(text: str, viewer: Viewer, variables: Data) -> bytes:
        reader = Reader(driver, address.database, viewer, seconds=60.0)
        result = run(schema().execute(text, variables, Asking(reader, writer=writer)))
        errors = [formatted(error) for error in result.errors or ()]
        assert all(each["extensions"]["code"] != "INTERNAL" for each in errors), (errors, text)
        return orjson.dumps(still({"data": result.data, "errors": errors}))

    yield ask
    writer.close()


def still(value: Any) -> Any:
    if isinstance(value, dict):
        if isinstance(value.get("document"), str):  # a person's export
            value = value | {"document": orjson.loads(value["document"])}
        return {k: still(v) for k, v in value.items() if k not in MOVES}
    return [still(each) for each in value] if isinstance(value, list) else value


def values(world: Any) -> dict[str, list[Any]]:
    """What is named in the questions: of each kind something that anyone sees, and nobody, and
    somebody between; by uid, by name, and by words that only the hidden have."""
    some: list[Any] = []
    for kind in ("person", "organisation", "project", "place", "theme"):
        of = [thing for thing in world.things if thing.kind == kind]
        some += [next(t for t in of if t.level == level) for level in (4, 0, 2)]
    names = [next(t for t in some if t.level == level).name for level in (4, 0)]
    words = [*names, "Alias 0", "known", "slowly"]
    return dict(
        little(
            [world.uid(thing) for thing in some],
            text=words,
            term=words,
            name=names,
            String=words,
            ids=[f"local-x-person-{t.n}" for t in some if t.kind == "person"],
            first=[1, 50],
            last=[1, 50],
        )
    )


def questions(world: Any, dice: Random | None = None) -> list[tuple[str, Data]]:
    """All documents; with dice some of them."""
    core, known = schema()._schema, values(world)
    assert core.query_type and core.mutation_type
    asked = [each.text for each in Every(core, known, core.query_type).documents()]
    changes = Every(core, known, core.mutation_type).documents()
    asked += [f"mutation {each.text}" for each in changes]
    asked = list(dict.fromkeys(asked))
    if dice:
        asked = dice.sample(asked, SOME)
    return [(text, {}) for text in asked]


class All(Told):
    """But what is a person's own: all that is known of them, whoever may see it besides, and how
    much of that goes when they do, which a steward who does it for them is told too."""

    def answers(self, viewer: Viewer) -> list[bytes]:
        given = zip(self.questions, super().answers(viewer), strict=True)
        return [b"" if own(text, viewer, answer) else answer for (text, _), answer in given]


def own(text: str, viewer: Viewer, answer: bytes) -> bool:
    exported = "exportMe" in text and viewer.person is not None
    erased = "eraseMe" in text and (viewer.person is not None or viewer.numbers)
    return (exported or erased) and b'"errors":[]' in answer


def secrets(world: Any, step: int) -> set[bytes]:
    """What came with a step and stands nowhere else: uids, records, words of its own."""
    found = {f"{word} {step}" for word in ("Alias", "known at", "Learnt at", "Corrected", "Added")}
    found |= {world.uid(thing) for thing in world.things if thing.level == step}
    found |= {row.record.uid for row in world.rows[step] if row.record.source == f"s{step}"}
    others = {thing.name for thing in world.things if thing.level > step}
    found |= {thing.name for thing in world.things if thing.level == step} - others
    return {text.encode() for text in found}


def clean(told: Told, step: int, answers: list[bytes]) -> int:
    """Nothing of the step is in these answers, unless the question said it itself."""
    looked = 0
    for secret in secrets(told.world, step):
        for (text, _), answer in zip(told.questions, answers, strict=True):
            if secret not in text.encode():
                looked += 1
                assert secret not in answer, (secret, text, answer[:2000])
    return looked


def through(told: Told, raw: Callable[..., Any], each_step: bool) -> tuple[int, int]:
    """Tell the world step by step: how many pairs of answers were equal; how often looked."""
    begin(told.graph, raw)
    somebody = next(t for t in told.world.things if t.kind == "person")
    before: dict[Viewer, list[bytes]] = {}
    pairs = looked = 0
    for step in STEPS:
        told.tell(step)
        for viewer, answered in before.items() if each_step or step == 0 else ():
            now = told.answers(viewer)
            told.compare(viewer, step, answered, now)
            looked += clean(told, step, now)
            pairs += len(now)
        if step in LEVELS:
            viewers = [Viewer(step)]
            viewers += [Viewer(FIELD, told.world.uid(somebody))] if step == FIELD else []
            hashed = graph_hash(told.graph)
            before |= {viewer: told.answers(viewer) for viewer in viewers}
            assert graph_hash(told.graph) == hashed, "what is rehearsed is taken back"
    return pairs, looked


def test_all_that_can_be_asked_is_asked(told_world: Callable[..., Any]) -> None:
    core = schema()._schema
    known = values(told_world(1, 3)[0])
    reached: set[str] = set()
    for root in (core.query_type, core.mutation_type):
        assert root
        made = Every(core, known, root)
        asked = frozenset().union(*(each.asks for each in made.documents()))
        assert made.all() == asked
        reached |= set(made.ways)
    kinds = GraphQLObjectType | GraphQLInterfaceType
    there = {n for n, t in core.type_map.items() if isinstance(t, kinds) and n[:2] != "__"}
    # An interface of what changes answer with is asked for by the answers; what is followed has
    # tests of its own (live/), and how far a long question is tells of nobody.
    assert there - reached <= {"Subscription", "QuestionProgress", "Said"}


def test_some_of_the_matrix(
    graph: Graph, raw: Callable[..., Any], put: Ask, told_world: Callable[..., Any]
) -> None:
    world, _ = told_world(31, 3, much=3)
    told = All(graph, put, world, questions(world, Random(1)))
    pairs, looked = through(told, raw, each_step=False)
    assert pairs == 5 * SOME and looked > pairs


PARTS = 4


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_whole_matrix(
    graph: Graph, raw: Callable[..., Any], put: Ask, told_world: Callable[..., Any], part: int
) -> None:
    """In parts, each in a world of its own."""
    world, _ = told_world(32 + part, 4, much=3)
    told = All(graph, put, world, questions(world)[part::PARTS])
    pairs, looked = through(told, raw, each_step=True)
    assert pairs == 13 * len(told.questions)
    print(f"part {part}: {len(told.questions)} documents, {pairs} pairs equal, {looked} looked at")


@pytest.mark.slow
def test_every_export_over_http(
    graph: Graph,
    raw: Callable[..., Any],
    address: Address,
    told_world: Callable[..., Any],
    put: Ask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each format for each who may sign in, whole and of the actors alone, headers with it."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    world, _ = told_world(34, 4, much=3)
    told = Told(graph, put, world, [])
    begin(graph, raw)
    before: dict[tuple[int, str | None], dict[str, bytes]] = {}
    pairs = 0
    with answering(address) as client:
        for step in STEPS:
            told.tell(step)
            for who, answered in before.items():
                now = exported(client, tmp_path, *who)
                assert [each for each in now if now[each] != answered[each]] == [], (who, step)
                for secret in secrets(world, step):
                    assert not any(secret in each for each in now.values()), (who, secret)
                pairs += len(now)
            if step in LEVELS:
                before[step, None] = exported(client, tmp_path, step, None)
            if step == FIELD:
                person = world.uid(next(t for t in world.things if t.kind == "person"))
                before[step, person] = exported(client, tmp_path, step, person)
    assert pairs == 13 * 2 * len(FORMATS)


def exported(client: httpx.Client, home: Path, level: int, person: str | None) -> dict[str, bytes]:
    """The bytes of each export, unzipped, without the version of the graph."""
    headers = {}
    if level in VIEWERS.values() and level != VIEWERS["anonymous"]:
        tokens, name = Tokens(home / "tokens.sqlite3"), f"{level} {person}"
        for each in tokens.all():
            if each.name == name and each.revoked is None:
                tokens.revoke(each.id)
        text = tokens.create(name, ROLES[level], person, "read", 600)[1]
        headers = {"authorization": f"Bearer {text}"}
    found = {}
    version = client.post("/graphql", json={"query": VERSION}).json()
    moves = version["data"]["bridges"]["graphVersion"].encode()
    for form in FORMATS:
        for all_ in ("false", "true"):
            got = client.get(f"/export/{form}", params={"all": all_}, headers=headers)
            assert got.status_code == 200 and moves, got.text
            kept = {
                n: v for n, v in got.headers.items() if n not in ("etag", "date", "x-request-id")
            }
            body = unzipped(got.content).replace(moves, b"")
            found[f"{form} {all_}"] = orjson.dumps(kept) + body
    return found


OWN = ("etag", "date", "x-request-id")  # of each answer its own
VERSION = "{ bridges(first: 1) { graphVersion } }"


def unzipped(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as opened:
        return b"".join(name.encode() + opened.read(name) for name in opened.namelist())
