"""A world told in five steps, from what anyone may see to what nobody may, and all to be asked.

The steps bring people, bodies, works, places, themes, ties, answers, judgements, own words, asks
and narrower sources that speak of those already there. Everybody is invented.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from tieline.graphql.operations import saved
from tieline.schema.consent import FIELD, PUBLIC
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump, handle, mention

Data = dict[str, Any]
STEPS, DAY = (4, 3, 2, 1, 0), "2026-02-01"
NUMBER = "GB-CHC-1000003"  # of what somebody adds, known to weavers, stewards and nobody besides
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
SAID: list[Data] = [
    {"closeness": "2"},
    {"closeness": "5", "frequency": "weekly"},
    {"would_introduce": "no"},
    {"felt": {"safe": 5, "seen": 4, "valued": 2}},
    {"no_tie": True},
]
Done = tuple[Any, ...]
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
    ("WORKS_ON", "organisation", "theme"),
    ("BASED_IN", "organisation", "place"),
    ("OFFERS", "person", "theme"),
    ("OFFERS", "organisation", "theme"),
    ("ASKS_FOR", "person", "theme"),
    ("ASKS_FOR", "organisation", "theme"),
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
        return said | ({"scheme": "x", "rule": self.name[:4]} if self.kind == "theme" else {})


@dataclass
class World:
    """What is told at each step: rows by source."""

    dice: Random
    size: int
    more: int = 1  # how many times as much is told of what nobody may see
    things: list[Thing] = field(default_factory=list)
    rows: dict[int, list[Row]] = field(default_factory=dict)
    said: dict[int, list[tuple[Thing, Thing, Data]]] = field(default_factory=dict)
    done: dict[int, list[Done]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for level in STEPS:
            self.rows[level], self.said[level], self.done[level] = [], [], []
            before, times = len(self.things), 1 if level else self.more
            for kind in KINDS:
                few = times * (1 + (kind == "person"))
                for _ in range(self.size if level == PUBLIC else few):
                    self.thing(kind, level)
            new = self.things[before:]
            self.numbered(level)
            for thing in self.dice.sample(self.things[:before], min(4, before)):
                self.speak_of(thing, level)
            for _ in range(self.size * (6 if level == PUBLIC else 3 * times)):
                self.relate(level, new)
                self.observe(level, new)
            self.judged(level, new)
            self.spoken(level, [t for t in new if t.kind == "person"], new)

    def judged(self, level: int, new: list[Thing]) -> None:
        """What stewards said of two records, one of them from a source of this level, and why.

        Not that two are apart which share an id, nor that what is seen and what is not are one: a
        judgement counts for everybody.
        """
        new = [t for t in new if t is not self.things[0]]  # who asks as themselves is one alone
        for verdict in ("different", "unsure", "same", "parallel", "not_parallel"):
            kind = "project" if "parallel" in verdict else self.dice.choice(KINDS[:3])
            left = [self.row_of(t).record for t in new if t.kind == kind]
            if verdict != "same":
                left += [r.record for r in self.rows[level] if r.record.kind == kind]
            some = new if verdict == "same" else self.things
            right = [self.row_of(t).record for t in some if t.kind == kind]
            pairs = [(a.uid, b.uid) for a in left for b in right if a.ids != b.ids]
            if pairs:
                self.done[level].append(("judge", *self.dice.choice(pairs), verdict))

    def spoken(self, level: int, people: list[Thing], new: list[Thing]) -> None:
        """Own words of those who come now: consent, requests, a correction, a thing, an ask."""
        one, other = people[0], people[-1]
        self.done[level] += [
            ("consent", one, level),
            ("requests", one, self.dice.randint(1, 9)),
            ("correct", self.dice.choice(new), f"Corrected {level}"),
            ("add", one, f"Added {level}", level, [NUMBER] if level == PUBLIC else []),
            ("ask_of", other, one, self.dice.choice(self.things)),
        ]

    def numbered(self, level: int) -> None:
        """Who is below members knows what carries the number that somebody added."""
        if level < FIELD:
            fields, slug = dump({"name": f"Numbered {level}"}), f"s{level}"
            record = Record(f"{slug}:numbered", "organisation", slug, fields, "", (NUMBER,))
            self.rows[level].append(Row(record))

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
            more = {"starts": "2025-01-01", "ends": self.dice.choice(["2025-12-31", "2026-12-31"])}
            more |= {"description": name.lower(), "lessons": f"{name} met more slowly."}
            more["reached"] = self.dice.choice([2, 5, 40])
        self.things.append(new)
        record = Record(f"{slug}:{new.n}", kind, slug, dump(new.fields(more)), "", new.ids)
        self.rows[level].append(Row(record))

    def speak_of(self, thing: Thing, level: int) -> None:
        """A narrower source knows other things of one that is there."""
        more: Data = {"bio": f"known at {level}", "url": "http://x.example", "note": "aside"}
        more |= {"description": f"known at {level}", "lessons": f"Learnt at {level}: met late."}
        more["reached"] = 100 + level
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
            way = ("exact", "close", "broad")[len(self.rows[level]) % 3] + "Match"
            more = {"predicate": way} if verb == "MATCHES" else {}
            self.row(level, verb, ends, more)

    def observe(self, level: int, new: list[Thing]) -> None:
        kind = self.dice.choice(["person", "person", "organisation"])
        ends = self.two(new, "person", kind)
        known = [o for o in OBSERVED if level >= FIELD or not self.by_the_first(ends, o)]
        before = [self.merged(*said[:2]) for each in self.said.values() for said in each]
        # Who answers again for fewer takes back what more could see; so does one they are one with.
        again = ends is not None and self.merged(*ends) in before
        if ends and self.dice.random() < 0.2 and len(known) == len(OBSERVED) and not again:
            self.said[level].append((*ends, self.dice.choice(SAID)))
        elif ends:
            self.row(level, "OBSERVED", ends, self.dice.choice(known))

    def merged(self, *things: Thing) -> list[str]:
        """The first record of each, or of the one that it was judged to be one with."""
        uids = [self.row_of(thing).record.uid for thing in things]
        same = {
            max(d[1:3]): min(d[1:3]) for done in self.done.values() for d in done if "same" in d
        }
        return [same.get(uid, uid) for uid in uids]

    def by_the_first(self, ends: tuple[Thing, Thing] | None, said: Data) -> bool:
        """An answer of the one person who asks as themselves, who may see it then."""
        return bool(ends and self.things[0] in ends and "reporter" in said)

    def row_of(self, thing: Thing) -> Row:
        """The row that named it first."""
        return next(r for s in self.rows.values() for r in s if r.record.ids == thing.ids)

    def uid(self, thing: Thing) -> str:
        return handle(thing.kind, self.row_of(thing).record.uid)


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

PAGES = [
    *(
        f"{kind}s(first: 2, after: $after)"
        for kind in ("organisation", "project", "place", "theme")
    ),
    "people(first: 2, after: $after)",
    "duplicates(kind: SAME_RECORD, first: 2, after: $after)",
    "duplicates(kind: PARALLEL_EFFORT, first: 2, after: $after)",
    "bridges(first: 2, after: $after)",
    "brokers(first: 2, after: $after)",
    "gaps(first: 9, after: $after)",
    "lessons(first: 2, after: $after)",
    'search(text: "a", first: 2, after: $after)',
]
PAGE = """query Pages($after: String) { page: %s {
  totalCount pageInfo { hasNextPage endCursor } edges { cursor } } }"""
JUDGED = """{ duplicates(kind: %s, first: 50%s) { totalCount nodes { status weight
  left { uid } right { uid } reasons { text weight } records { uid }
  judgement { verdict why by at stale } } } }"""
TIES = "query($id: ID!) { node(id: $id) { ... on Actor { ties(first: 9) { totalCount } } } }"
LOADS = "{ loads(first: 9) { totalCount nodes { file } } }"
# Each is refused, whoever asks and whatever is there: the sentence must not tell which.
WRONG = [
    "mutation($id: ID!) { describeTie(input: {to: $id, closeness: 9}) { changed } }",
    "mutation($id: ID!) { describeTie(input: {from: $id, to: $id, closeness: 3}) { changed } }",
    'mutation($id: ID!) { correct(id: $id, field: "shoe_size", value: "4") { changed } }',
    "mutation($id: ID!) { judge(input: {left: $id, right: $id, verdict: SAME}) { changed } }",
    "mutation($id: ID!) { unjudge(left: $id, right: $id) { changed } }",
    "mutation($id: ID!) { takingRequests(input: {who: $id, taking: true, capacity: 0}) "
    "{ changed } }",
    "mutation($id: String!) { withdrawObservation(uid: $id) { changed } }",
    'mutation($id: ID!) { add(input: {kind: PROJECT, name: " ", lead: [$id]}) { changed } }',
]


def doubles(text: dict[str, str]) -> Iterator[tuple[str, Data]]:
    for kind in ("SAME_RECORD", "PARALLEL_EFFORT"):
        yield text["duplicates"], {"kind": kind, "first": 50}
        some = ("", ", status: DIFFERENT", ", status: UNSURE", ", status: SAME")
        yield from ((JUDGED % (kind, status), {}) for status in some)


def drafts(world: World, dice: Random, uids: dict[int, str], much: int) -> Iterator[Data]:
    """Projects that somebody might add, in the words of one there is; where and whose is drawn."""
    of = {kind: [t for t in world.things if t.kind == kind] for kind in KINDS}
    for like in dice.sample(of["project"], min(much, len(of["project"]))):
        theme, place, lead = (
            uids[dice.choice(of[k]).n] for k in ("theme", "place", "organisation")
        )
        yield {"description": f"{like.name.lower()} {dice.choice(NAMES).lower()}", "start": DAY}
        yield {"title": like.name, "themes": [theme], "places": [place], "leadOrganisation": lead}


def questions(world: World, much: int) -> Iterator[tuple[str, Data]]:
    """Everything there is to ask, of what may be seen and of what may not; of `much` pairs."""
    text = {name: operation.text for name, operation in saved().items()}
    dice = Random(7)
    uids = {thing.n: world.uid(thing) for thing in world.things}
    people = [t for t in world.things if t.kind == "person"]
    yield from ((LISTS, {}), (ME, {}))
    for thing in dice.sample(world.things, much):
        yield THING, {"id": uids[thing.n]}
    for one, other in [dice.sample(people, 2) for _ in range(much)]:
        yield text["pathways"], {"from": uids[one.n], "to": uids[other.n]}
        yield text["introducers"], {"from": uids[one.n], "to": uids[other.n]}
        way = [uids[each.n] for each in (one, dice.choice(people), other)]
        yield text["introduce"], {"route": way}
        day = dice.choice([None, "2026-03-15"])
        yield text["tie"], {"from": uids[one.n], "to": uids[other.n], "asOf": day}
        yield text["broker"], {"actor": uids[one.n], "scope": {"on": day}}
        yield text["tie"], {"from": one.name, "to": other.name, "asOf": None}
    for thing in dice.sample([t for t in world.things if t.kind == "theme"], 3):
        yield text["pathways-theme"], {"from": uids[people[0].n], "theme": uids[thing.n]}
        yield text["theme"], {"id": uids[thing.n]}
    for thing in dice.sample([t for t in world.things if t.kind == "place"], 3):
        yield text["bridges"], {"first": 50, "scope": {"place": uids[thing.n]}}
        yield text["brokers"], {"first": 50, "scope": {"place": uids[thing.n]}}
        yield text["place"], {"id": uids[thing.n]}
    for thing in dice.sample([t for t in world.things if t.kind == "organisation"], 3):
        yield FOUND, {"t": thing.name}
        given = {"from": uids[people[0].n], "to": uids[thing.n], "personIn": True}
        yield text["pathways"], given
    yield text["bridges"], {"first": 50}
    yield text["bridges"], {"first": 50, "since": "2026-03-15"}
    yield text["brokers"], {"first": 50}
    yield text["brokers"], {"first": 50, "scope": {"label": "MIDDLING"}}
    yield from doubles(text)
    yield from ((text["similar"], {"draft": draft}) for draft in drafts(world, dice, uids, much))
    yield from ((PAGE % page, {}) for page in PAGES)
    yield from fitting(world, text, dice, uids, much)
    yield text["untranslated"], {"first": 50}
    yield text["theme-suggestions"], {"least": 0.0, "first": 50}
    yield LOADS, {}
    for thing in dice.sample(world.things, much):
        yield TIES, {"id": uids[thing.n]}
    for wrong in WRONG:
        yield wrong, {"id": uids[dice.choice(people).n]}
        yield wrong, {"id": dice.choice(world.things).name}
    for one, other in [dice.sample(people, 2) for _ in range(3)]:
        yield text["pathways"], {"from": uids[one.n], "to": uids[other.n], "hops": 1}
    for word in [*dice.sample(NAMES, 4), "alias", dice.choice(world.things).name]:
        yield text["search"], {"text": word, "first": 5}
        yield text["translate"], {"term": word}


def fitting(
    world: World, text: dict[str, str], dice: Random, uids: dict[int, str], much: int
) -> Iterator[tuple[str, Data]]:
    """Where somebody fits, where effort would matter, what was learnt: of what is seen and not."""
    kinds = {kind: [t for t in world.things if t.kind == kind] for kind in KINDS}
    for kind in ("person", "organisation"):
        for thing in dice.sample(kinds[kind], min(max(much // 2, 1), len(kinds[kind]))):
            yield text["fit"], {"actor": uids[thing.n], "first": 20}
    yield text["fit"], {"actor": dice.choice(kinds["organisation"]).name}
    yield text["fit"], {"actor": None}
    yield text["map"], {}
    yield text["gaps"], {"first": 90}
    for kind, name in (("place", "place"), ("theme", "theme"), ("organisation", "network")):
        for thing in dice.sample(kinds[kind], max(much // 5, 1)):
            yield text["gaps"], {"first": 90, "scope": {name: uids[thing.n]}}
    yield text["lessons"], {"first": 90}
    for word in ("slowly", "learnt late", dice.choice(NAMES), dice.choice(kinds["theme"]).name):
        yield text["lessons"], {"text": word, "first": 90}
    for kind in ("theme", "place"):
        yield text["lessons"], {kind: uids[dice.choice(kinds[kind]).n], "first": 90}


@pytest.fixture
def told_world() -> Callable[..., tuple[World, list[tuple[str, Data]]]]:
    """The world of a seed with its questions: told_world(seed, size, much=10, more=1)."""

    def make(seed: int, size: int, much: int = 10, more: int = 1) -> Any:
        world = World(Random(seed), size, more)
        return world, list(questions(world, much))

    return make
