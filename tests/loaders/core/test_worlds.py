"""Small random worlds, loaded three ways: any order, any batches, with changes of mind between.

Three sources of different weight and audience speak of organisations and people who share
identifiers, names, bodies and projects; judgements join and part them; consents differ. However it
comes in, the graph must be the same, and its things the components of all records at once.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tieline.loaders.resolve import Judgement, components
from tieline.queries.hash.hash import graph_hash
from tieline.schema.records import Record, Row

IDS = [
    "GB-CHC-1000001", "GB-CHC-1000002", "GB-COH-00000001", "GB-COH-00000002", "360G-x:1",
    "name-organisation-x-p",
]  # fmt: skip
PEOPLE = ["local-p-1", "local-p-2", "local-p-3", "name-person-x-lee"]
DATES = ["2020-01-01", "2026-02-02", ""]
BODY = st.tuples(
    st.just("organisation"),
    st.sampled_from("PQ"),
    st.lists(st.sampled_from(IDS), max_size=2, unique=True),
    st.sampled_from([{}, {}, {"consent": 1}]),
)
PERSON = st.tuples(
    st.just("person"),
    st.sampled_from(["Lee", "Kim"]),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True),
    st.sampled_from([{}, {"consent": 4}, {"consent": 0}, {"taking_requests": False}]),
)
SAID = st.sampled_from(
    [
        {},
        {"audience": 1},
        {"from": "2019-01-01", "to": "2020-01-01"},
        {"kind": "closeness", "value": 0.75, "reporter": "from", "on": "2026-01-01"},
    ]
)
LINK = st.tuples(PERSON, st.one_of(BODY, PERSON), SAID)
ROW = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(DATES),
    st.one_of(
        st.lists(BODY, min_size=1, max_size=3),  # a project of theirs
        st.lists(LINK, min_size=1, max_size=3),  # a statement
        st.one_of(BODY, PERSON),  # a thing
    ),
    st.booleans(),
)
WORDS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["same", "different"])),
    max_size=3,
)
SOURCES: dict[str, dict[str, Any]] = {
    "a": {"public": True},
    "b": {"reliability": 0.9, "audience": 2},
    "c": {"reliability": 0.9, "audience": 3},
}


def made(rows: Any, n: int, spec: tuple[Any, ...]) -> Row:
    source, day, what, branch = spec
    uid = f"{source}:{n}"
    if isinstance(what, tuple):
        row: Row = rows.thing(uid, what, day)
        row.record = replace(row.record, branch=branch)
        return row
    if len(what[0]) == 4:
        verbs = ["FUNDS", "LEADS", "PARTNERS_ON"]
        found: Row = rows.project(uid, *zip(verbs, what, strict=False), day=day, starts=day)
        return found
    links = []
    for one, other, said in what:
        if other[0] == "organisation" and "kind" not in said:
            links.append(("MEMBER_OF", one, other, said))
        else:
            links.append(("OBSERVED", one, other, {"kind": "stated_tie"} | said))
    return rows.statement(uid, *links, day=day)  # type: ignore[no-any-return]


def begin(world: Any) -> None:
    world.clear()
    for slug, props in SOURCES.items():
        world.source(slug, **props)


def tell(world: Any, rows: dict[int, Row], said: dict[tuple[str, str], str], rng: Random) -> None:
    """Every row and judgement once, in a random order, rows of one source at times together."""
    steps: list[Any] = [*rows, *said]
    rng.shuffle(steps)
    while steps:
        step = steps.pop()
        if isinstance(step, tuple):
            world.judge(*step, said[step])
            continue
        batch = [rows[step]]
        source = batch[0].record.source
        same = [n for n in steps if isinstance(n, int) and rows[n].record.source == source]
        for n in same if rng.random() < 0.5 else ():
            steps.remove(n)
            batch.append(rows[n])
        world.apply(batch)


def noise(world: Any, rows: dict[int, Row], rng: Random) -> None:
    """Rows changed and taken away, to be put right after."""
    for n in rng.sample(sorted(rows), len(rows) // 2):
        row = rows[n]
        if rng.random() < 0.5:
            world.apply(gone=[row.record.uid])
        else:
            other = rows[rng.choice(sorted(rows))]
            copy = Row(
                Record(row.record.uid, "project", row.record.source, "{}", "2024-04-04"),
                {m.uid: m for m in other.mentions.values() if m.source == row.record.source},
            )
            world.apply([copy])
    for n in sorted(rows):
        world.apply([rows[n]])


def check(world: Any, rows: Any, specs: Sequence[Any], words: Sequence[Any], rng: Random) -> None:
    told = {n: made(rows, n, spec) for n, spec in enumerate(specs)}
    records = {r.uid: r for row in told.values() for r in (row.record, *row.mentions.values())}
    records = {uid: r for uid, r in records.items() if r.kind != "statement"}
    uids = sorted(records)
    said = {
        (min(pair), max(pair)): verdict
        for i, j, verdict in words
        if len(pair := {uids[i % len(uids)], uids[j % len(uids)]}) == 2
    }
    found = []
    for way in range(3):
        begin(world)
        tell(world, told, said, rng)
        if way == 2:
            noise(world, told, rng)
        found.append((graph_hash(world.graph), world.said()))
        want = components(records, [Judgement(*pair, word) for pair, word in said.items()])
        assert world.partition() == want
    for digest, text in found[1:]:
        assert (text - found[0][1], found[0][1] - text) == ({}, {})
        assert digest == found[0][0]


def worlds(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


WORLD = given(st.lists(ROW, min_size=2, max_size=7), WORDS, st.randoms(use_true_random=False))


@worlds(10)
@WORLD
def test_any_way_in_gives_the_same_graph(
    world: Any, rows: Any, specs: list[Any], words: list[Any], rng: Random
) -> None:
    check(world, rows, specs, words, rng)


@pytest.mark.slow
@worlds(100)
@WORLD
def test_any_way_in_gives_the_same_graph_in_many_worlds(
    world: Any, rows: Any, specs: list[Any], words: list[Any], rng: Random
) -> None:
    check(world, rows, specs, words, rng)
