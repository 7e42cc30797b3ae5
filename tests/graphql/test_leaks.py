"""Two graphs that differ only in what a viewer may not see answer that viewer byte for byte alike.

A small random world is told in five steps: what anyone may see, then what is for members, weavers,
stewards, and nobody. Each step brings people, bodies, works, places, themes, ties, answers and
narrower sources that speak of those already there. After each, every viewer who may see nothing of
it is asked everything again: lists, counts, cursors, ties, explanations, pathways, bridges,
duplicates, search, ids, errors. Only `graphVersion` may differ.

One thing moves a public answer without being public: whether somebody takes requests, and how many
(the model says so). And ids that a narrower source shares among several join them for all.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from random import Random
from statistics import median
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph, Steps
from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.tie import describe
from tieline.loaders.refresh import refresh
from tieline.schema.consent import FIELD, LEVELS, PUBLIC, Viewer
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump, handle, mention
from tieline.settings import settings

Data = dict[str, Any]
STEPS = (4, 3, 2, 1, 0)
KINDS = ("person", "organisation", "project", "place", "theme")
TITLE = {"project": "title", "theme": "label"}
NAMES = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper"]
OBSERVED: list[Data] = [
    {"kind": "closeness", "value": 0.75, "reporter": "from", "on": "2026-03-01"},
    {"kind": "closeness", "value": 0.25, "reporter": "to", "on": "2026-04-01"},
    {"kind": "would_introduce", "value": 1.0, "reporter": "to", "on": "2026-04-01"},
    {"kind": "felt", "value": 0.9, "answered_share": 0.7, "reporter": "from", "on": "2025-04-01"},
    {"kind": "contact_day", "on": "2026-06-01"},
    {"kind": "stated_tie"},
    {"kind": "no_tie", "on": "2026-05-05"},
]
RELATED = [
    ("WORKS_FOR", "person", "organisation"),
    ("MEMBER_OF", "person", "organisation"),
    ("LEADS", "person", "organisation"),
    ("MEMBER_OF", "organisation", "organisation"),
    ("LEADS", "organisation", "project"),
    ("PARTNERS_ON", "person", "project"),
    ("FUNDS", "organisation", "project"),
    ("BASED_IN", "person", "place"),
    ("SERVES", "project", "place"),
    ("WORKS_ON", "person", "theme"),
    ("WORKS_ON", "project", "theme"),
    ("WITHIN", "place", "place"),
    ("BROADER", "theme", "theme"),
    ("MATCHES", "theme", "theme"),
]


@dataclass
class Thing:
    """Somebody or something of the world: `level` is who may see it."""

    kind: str
    n: int
    name: str
    level: int

    @property
    def ids(self) -> tuple[str, ...]:
        return (f"local-x-{self.kind}-{self.n}",)

    def fields(self, more: Data) -> Data:
        said: Data = {TITLE.get(self.kind, "name"): self.name} | more
        return said | ({"scheme": "x"} if self.kind == "theme" else {})


@dataclass
class World:
    """What is told at each step: rows by source."""

    dice: Random
    size: int
    things: list[Thing] = field(default_factory=list)
    rows: dict[int, list[Row]] = field(default_factory=dict)
    said: dict[int, list[tuple[Thing, Thing, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for level in STEPS:
            self.rows[level], self.said[level] = [], []
            before = len(self.things)
            for kind in KINDS:
                for _ in range(self.size if level == PUBLIC else 1 + (kind == "person")):
                    self.thing(kind, level)
            new = self.things[before:]
            for thing in self.dice.sample(self.things[:before], min(4, before)):
                self.speak_of(thing, level)
            for _ in range(self.size * (6 if level == PUBLIC else 3)):
                self.relate(level, new)
                self.observe(level, new)

    def source(self, level: int) -> tuple[str, int]:
        """A wide source that narrows its row, or a narrow one."""
        return ("s4", level) if self.dice.random() < 0.5 else (f"s{level}", level)

    def thing(self, kind: str, level: int) -> None:
        """Named by a narrow source; or an actor in a wide one, who asked for it."""
        name = f"{self.dice.choice(NAMES)} {self.dice.choice(NAMES)}"
        new = Thing(kind, len(self.things), name, level)
        actor = kind in ("person", "organisation")
        slug = self.source(level)[0] if actor else f"s{level}"
        more: Data = {"consent": level} if actor else {}
        if kind == "project":
            more = {"starts": "2026-01-01", "ends": "2026-12-31", "description": name.lower()}
        self.things.append(new)
        record = Record(f"{slug}:{new.n}", kind, slug, dump(new.fields(more)), "", new.ids)
        self.rows[level].append(Row(record))

    def speak_of(self, thing: Thing, level: int) -> None:
        """A narrower source knows other things of one that is there."""
        more: Data = {"bio": f"known at {level}", "url": "http://x.example", "note": "aside"}
        more["description"] = f"known at {level}"
        fields = thing.fields(more) | {TITLE.get(thing.kind, "name"): f"Alias {level}"}
        slug = f"s{level}"
        record = Record(f"{slug}:of {thing.n}", thing.kind, slug, dump(fields), "", thing.ids)
        self.rows[level].append(Row(record))

    def two(self, new: list[Thing], first: str, second: str) -> tuple[Thing, Thing] | None:
        """Of what is there or comes now; now and then both old: a hidden fact of visible things."""
        left = [t for t in self.things if t.kind == first]
        right = [t for t in self.things if t.kind == second]
        if new and self.dice.random() < 0.6:
            right = [t for t in new if t.kind == second] or right
        one, other = self.dice.choice(left), self.dice.choice(right)
        return None if one is other else (one, other)

    def row(self, level: int, verb: str, ends: tuple[Thing, Thing], props: Data) -> None:
        slug, said = self.source(level)
        uid = f"{slug}:{verb} {level} {len(self.rows[level])}"
        row = Row(Record(uid, STATEMENT, slug, "{}"))
        for role, thing in zip(("from", "to"), ends, strict=True):
            row.mentions[role] = mention(slug, thing.kind, {}, thing.ids)
        props = props | ({"audience": said} if said < PUBLIC else {})
        one, other = (row.mentions[role].uid for role in ("from", "to"))
        row.edges.append(Edge(verb, one, other, uid, tuple(props.items())))
        self.rows[level].append(row)

    def relate(self, level: int, new: list[Thing]) -> None:
        verb, first, second = self.dice.choice(RELATED)
        if ends := self.two(new, first, second):
            more = {"predicate": "exactMatch"} if verb == "MATCHES" else {}
            self.row(level, verb, ends, more)

    def observe(self, level: int, new: list[Thing]) -> None:
        kind = self.dice.choice(["person", "person", "organisation"])
        ends = self.two(new, "person", kind)
        known = [o for o in OBSERVED if level >= FIELD or not self.by_the_first(ends, o)]
        if ends and self.dice.random() < 0.2 and len(known) == len(OBSERVED):
            self.said[level].append((*ends, self.dice.choice(["2", "5"])))
        elif ends:
            self.row(level, "OBSERVED", ends, self.dice.choice(known))

    def by_the_first(self, ends: tuple[Thing, Thing] | None, said: Data) -> bool:
        """An answer of the one person who asks as themselves, who may see it then."""
        return bool(ends and self.things[0] in ends and "reporter" in said)

    def row_of(self, thing: Thing) -> Row:
        """The row that named it first."""
        return next(r for s in self.rows.values() for r in s if r.record.ids == thing.ids)

    def uid(self, thing: Thing) -> str:
        return handle(thing.kind, self.row_of(thing).record.uid)


class Told:
    """The world in the graph, step by step, and what each viewer is answered."""

    def __init__(
        self, graph: Graph, ask: Callable[..., bytes], world: World, much: int = 10
    ) -> None:
        self.graph, self.ask, self.world = graph, ask, world
        self.questions = list(questions(world, much))
        self.seconds: dict[tuple[int, int], list[float]] = {}

    def tell(self, level: int) -> None:
        for slug in sorted({row.record.source for row in self.world.rows[level]}):
            rows = [row for row in self.world.rows[level] if row.record.source == slug]
            said = [Said(row) for row in sorted(rows, key=lambda row: row.record.uid)]
            self.graph.write(partial(tell_rows, slug, said))
        for one, other, closeness in self.world.said[level]:
            ends = [self._now(each) for each in (one, other)]
            self.graph.write(partial(says, ends, closeness, min(level, FIELD)))

    def _now(self, thing: Thing) -> str:
        row = self.world.row_of(thing).record.uid
        return str(self.graph.write(lambda s: s.run("load/described_by", uid=row))[0]["uid"])

    def answers(self, viewer: Viewer, step: int) -> list[bytes]:
        found = []
        for text, variables in self.questions:
            began = time.perf_counter()
            found.append(self.ask(text, viewer, variables))
            took = time.perf_counter() - began
            self.seconds.setdefault((viewer.level, step), []).append(took)
        return found

    def compare(self, viewer: Viewer, step: int, then: list[bytes], now: list[bytes]) -> None:
        """Every answer is as it was.

        Raises:
            AssertionError: lists those that are not, and where they begin to differ.
        """
        learnt = []
        for (text, variables), was, is_ in zip(self.questions, then, now, strict=True):
            if was != is_:
                at = next(n for n in range(len(was)) if was[: n + 1] != is_[: n + 1])
                part = slice(max(0, at - 120), at + 60)
                learnt.append((text.split("{")[0].strip(), variables, was[part], is_[part]))
        assert not learnt, f"{viewer} learns of step {step}"


def tell_rows(slug: str, said: list[Said], steps: Steps) -> None:
    apply(steps, slug, said)


def says(ends: list[str], closeness: str, audience: int, steps: Steps) -> bool:
    given = answers(closeness=closeness)
    return describe(steps, ends[0], ends[1], given, settings().today, audience)


LISTS = """
query Lists($after: String) {
  people(first: 3, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { ...A } }
  all: people(first: 50) { nodes { uid name bio pronouns takingRequests consent capacity } }
  organisations(first: 50) { totalCount nodes { ...A url isNetwork members(first: 9) {
    totalCount edges { cursor ways roles node { uid } } } } }
  projects(first: 50) { totalCount nodes { uid title description sources { uid }
    partners(first: 9) { totalCount nodes { uid } } places { uid } themes { uid } } }
  places(first: 50) { totalCount nodes { uid name sources { uid }
    actors(first: 9) { totalCount nodes { uid } } projects(first: 9) { totalCount } } }
  themes(first: 50) { totalCount nodes { uid label note altLabels sources { uid }
    actors(first: 9) { totalCount nodes { uid } } projects(first: 9) { totalCount } } }
  sources { uid title }
  viewer { level numbers }
}
fragment A on Actor {
  id uid name alsoKnownAs sources { uid } places { uid } themes { uid }
  ties(first: 4) { totalCount edges { cursor } pageInfo { endCursor }
    nodes { uid label strength step unknown kinds lastSeen to { uid name } sources { uid } } }
  memberships { ways roles organisation { uid } }
  projects(first: 4) { totalCount edges { cursor parts roles node { uid } } }
}
"""
THING = "query($id: ID!) { node(id: $id) { id __typename ... on Entity { name sources { uid } } } }"
FOUND = "query($t: ID!) { people(filter: {organisation: $t}) { totalCount } }"
ME = """{ me { name ties(first: 50) { totalCount nodes { name label ownAccount kinds lastSeen
  to { uid } } } answers { uid name kind answer on stands } } }"""


def questions(world: World, much: int) -> Iterator[tuple[str, Data]]:
    """Everything there is to ask, of what may be seen and of what may not; of `much` pairs."""
    text = {name: operation.text for name, operation in saved().items()}
    dice = Random(7)
    uids = {thing.n: world.uid(thing) for thing in world.things}
    people = [t for t in world.things if t.kind == "person"]
    yield LISTS, {}
    yield ME, {}
    for thing in dice.sample(world.things, much):
        yield THING, {"id": uids[thing.n]}
    for one, other in [dice.sample(people, 2) for _ in range(much)]:
        yield text["pathways"], {"from": uids[one.n], "to": uids[other.n]}
        yield text["introducers"], {"from": uids[one.n], "to": uids[other.n]}
        way = [uids[each.n] for each in (one, dice.choice(people), other)]
        yield text["introduce"], {"route": way}
        day = dice.choice([None, "2026-03-15"])
        yield text["tie"], {"from": uids[one.n], "to": uids[other.n], "asOf": day}
        yield text["tie"], {"from": one.name, "to": other.name, "asOf": None}
    for thing in dice.sample([t for t in world.things if t.kind == "theme"], 3):
        yield text["pathways-theme"], {"from": uids[people[0].n], "theme": uids[thing.n]}
        yield text["theme"], {"id": uids[thing.n]}
    for thing in dice.sample([t for t in world.things if t.kind == "place"], 3):
        yield text["bridges"], {"first": 50, "scope": {"place": uids[thing.n]}}
        yield text["place"], {"id": uids[thing.n]}
    for thing in dice.sample([t for t in world.things if t.kind == "organisation"], 3):
        yield FOUND, {"t": thing.name}
        given = {"from": uids[people[0].n], "to": uids[thing.n], "personIn": True}
        yield text["pathways"], given
    yield text["bridges"], {"first": 50}
    yield text["duplicates"], {"kind": "SAME_RECORD", "first": 50}
    yield text["duplicates"], {"kind": "PARALLEL_EFFORT", "first": 50}
    for word in [*dice.sample(NAMES, 4), "alias", dice.choice(world.things).name]:
        yield text["search"], {"text": word, "first": 5}


@pytest.fixture
def put(driver: AsyncDriver, address: Address, run: Callable[..., Any]) -> Callable[..., bytes]:
    """The answer to a viewer, errors and all, as bytes; `graphVersion` apart."""

    def ask(text: str, viewer: Viewer, variables: Data) -> bytes:
        reader = Reader(driver, address.database, viewer, seconds=60.0)
        result = run(schema().execute(text, variables, Asking(reader)))
        errors = [formatted(error) for error in result.errors or ()]
        assert all(e["extensions"]["code"] not in ("INTERNAL", "BAD_REQUEST") for e in errors), (
            errors
        )
        return orjson.dumps(versionless({"data": result.data, "errors": errors}))

    return ask


def versionless(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: versionless(v) for k, v in value.items() if k != "graphVersion"}
    return [versionless(each) for each in value] if isinstance(value, list) else value


def begin(graph: Graph, raw: Callable[..., Any]) -> None:
    raw("MATCH (n) WHERE NOT n:Migration AND NOT n:Field DETACH DELETE n")
    refresh(graph, settings().today)
    sources = [{"slug": f"s{n}", "title": f"Source {n}", "audience": n} for n in STEPS]
    raw("UNWIND $s AS s CREATE (n:Source) SET n = s, n.reliability = 0.9", s=sources)


def compared(told: Told, raw: Callable[..., Any], each_step: bool) -> int:
    """Tell the world step by step. The number of pairs of answers found equal."""
    begin(told.graph, raw)
    somebody = next(t for t in told.world.things if t.kind == "person")
    member = Viewer(FIELD, told.world.uid(somebody))
    before: dict[Viewer, list[bytes]] = {}
    pairs = 0
    for step in STEPS:
        told.tell(step)
        for viewer, answered in before.items() if each_step or step == 0 else ():
            now = told.answers(viewer, step)
            told.compare(viewer, step, answered, now)
            pairs += len(now)
        for viewer in (
            [Viewer(step), *([member] if step == FIELD else [])] if step in LEVELS else ()
        ):
            before[viewer] = told.answers(viewer, step)
    return pairs


def test_nobody_learns_of_what_they_may_not_see(
    graph: Graph, raw: Callable[..., Any], put: Callable[..., bytes]
) -> None:
    told = Told(graph, put, World(Random(1), 3), much=5)
    assert compared(told, raw, each_step=False) == 5 * len(told.questions) > 200


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_nobody_learns_in_many_worlds(
    graph: Graph, raw: Callable[..., Any], put: Callable[..., bytes], seed: int
) -> None:
    """Every audience by every viewer; prints how many pairs were compared, and the times."""
    told = Told(graph, put, World(Random(seed), 4 + seed % 4))
    pairs = compared(told, raw, each_step=True)
    assert pairs == 13 * len(told.questions)
    print(f"world {seed}: {pairs} pairs equal; {timing(told)}")


def timing(told: Told) -> str:
    """For each viewer the median answer before anything hidden came, and after all of it."""
    said = []
    for level in LEVELS:
        before, after = (told.seconds[level, step] for step in (level, 0))
        said.append(f"level {level} {median(before) * 1e3:.1f} to {median(after) * 1e3:.1f} ms")
    return ", ".join(said)
