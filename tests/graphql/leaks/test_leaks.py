"""Two graphs that differ only in what a viewer may not see answer that viewer byte for byte alike.

A small random world is told in five steps: what anyone may see, then what is for members, weavers,
stewards, and nobody (conftest.py). After each, every viewer who may see nothing of it is asked
everything again: lists, counts, cursors page by page, ties, explanations, pathways, missing links,
introducers, bridges, duplicates with their judgements, search, ids, errors, and mutations that are
refused. Only `graphVersion` may differ.

One thing moves a public answer without being public: whether somebody takes requests, and how many
(the model says so). And ids that a narrower source shares among several join them for all, as a
judgement does.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph, Steps
from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.schema import schema
from tieline.graphql.writing import Writer
from tieline.loaders.asks import note
from tieline.loaders.batch import apply
from tieline.loaders.change import Said
from tieline.loaders.judge import judge
from tieline.loaders.own_word.add import New, add
from tieline.loaders.own_word.answers import answers
from tieline.loaders.own_word.correct import correct
from tieline.loaders.own_word.oneself import set_consent, take_requests
from tieline.loaders.own_word.tie import describe
from tieline.loaders.refresh import refresh
from tieline.schema.consent import FIELD, LEVELS, Viewer
from tieline.settings import settings

Data = dict[str, Any]
Ask = Callable[[str, Viewer, Data], bytes]
STEPS = (4, 3, 2, 1, 0)
KINDS = ("person", "organisation", "project", "place", "theme")


@dataclass
class Told:
    """The world in the graph, step by step, and what each viewer is answered."""

    graph: Graph
    ask: Ask
    world: Any
    questions: list[tuple[str, Data]]
    seconds: dict[tuple[int, int], list[float]] = field(default_factory=dict)

    def tell(self, level: int) -> None:
        for slug in sorted({row.record.source for row in self.world.rows[level]}):
            rows = [row for row in self.world.rows[level] if row.record.source == slug]
            said = [Said(row) for row in sorted(rows, key=lambda row: row.record.uid)]
            self.graph.write(partial(tell_rows, slug, said))
        for one, other, given in self.world.said[level]:
            ends = [self.now(each) for each in (one, other)]
            self.graph.write(partial(says, ends, given, min(level, FIELD)))
        for what, *more in self.world.done[level]:
            self.graph.write(partial(getattr(self, what), *more))

    def now(self, thing: Any) -> str:
        """Its uid as it is now."""
        row = self.world.row_of(thing).record.uid
        return str(self.graph.write(lambda s: s.run("load/described_by", uid=row))[0]["uid"])

    def judge(self, left: str, right: str, verdict: str, steps: Steps) -> None:
        judge(steps, left, right, verdict, "a steward", f"because {left}", "2026-01-01")

    def consent(self, who: Any, level: int, steps: Steps) -> None:
        set_consent(steps, self.now(who), level, settings().today)

    def requests(self, who: Any, capacity: int, steps: Steps) -> None:
        take_requests(steps, self.now(who), True, capacity, settings().today)

    def correct(self, thing: Any, name: str, steps: Steps) -> None:
        title = {"project": "title", "theme": "label"}.get(thing.kind, "name")
        correct(steps, None, self.now(thing), title, name, settings().today)

    def add(self, who: Any, name: str, level: int, steps: Steps) -> None:
        new = New("organisation", name, {"consent": level})
        add(steps, self.now(who), new, settings().today, level=max(level, 1))

    def ask_of(self, of: Any, by: Any, to: Any, steps: Steps) -> None:
        note(self.now(of), self.now(by), self.now(to), settings().today, steps)

    def answers(self, viewer: Viewer, step: int) -> list[bytes]:
        found = []
        for text, variables in self.questions:
            began = time.perf_counter()
            found.append(b"".join(self.pages(text, viewer, variables)))
            took = time.perf_counter() - began
            self.seconds.setdefault((viewer.level, step), []).append(took)
        return found

    def pages(self, text: str, viewer: Viewer, variables: Data) -> Iterator[bytes]:
        """The answer; of what is asked page by page, all of them."""
        after = variables
        for _ in range(60):
            told = self.ask(text, viewer, after)
            yield told
            page = (orjson.loads(told)["data"] or {}).get("page")
            if not page or not page["pageInfo"]["hasNextPage"]:
                return
            after = variables | {"after": page["pageInfo"]["endCursor"]}

    def compare(self, viewer: Viewer, step: int, then: list[bytes], now: list[bytes]) -> None:
        """Every answer is as it was.

        Raises:
            AssertionError: lists those that are not, and where they begin to differ.
        """
        learnt = []
        for (text, variables), was, is_ in zip(self.questions, then, now, strict=True):
            if was != is_:
                at = next(n for n in range(len(was) + 1) if was[: n + 1] != is_[: n + 1])
                part = slice(max(0, at - 120), at + 60)
                learnt.append((text[:60].strip(), variables, was[part], is_[part]))
        for each in learnt:
            print(*each, sep="\n  ")
        assert not learnt, f"{viewer} learns of step {step}"


def tell_rows(slug: str, said: list[Said], steps: Steps) -> None:
    apply(steps, slug, said)


def says(ends: list[str], given: Data, audience: int, steps: Steps) -> bool:
    return describe(steps, ends[0], ends[1], answers(**given), settings().today, audience)


@pytest.fixture
def put(driver: AsyncDriver, address: Address, run: Callable[..., Any]) -> Iterator[Ask]:
    """The answer to a viewer, errors and all, as bytes; `graphVersion` apart."""
    writer = Writer(address)

    def ask(text: str, viewer: Viewer, variables: Data) -> bytes:
        reader = Reader(driver, address.database, viewer, seconds=60.0)
        result = run(schema().execute(text, variables, Asking(reader, writer=writer)))
        errors = [formatted(error) for error in result.errors or ()]
        assert all(e["extensions"]["code"] not in ("INTERNAL", "BAD_REQUEST") for e in errors), (
            errors,
            text,
        )
        return orjson.dumps(versionless({"data": result.data, "errors": errors}))

    yield ask
    writer.close()


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
    graph: Graph, raw: Callable[..., Any], put: Ask, told_world: Callable[..., Any]
) -> None:
    told = Told(graph, put, *told_world(1, 3, much=5))
    assert compared(told, raw, each_step=False) == 5 * len(told.questions) > 200


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_nobody_learns_in_many_worlds(
    graph: Graph, raw: Callable[..., Any], put: Ask, told_world: Callable[..., Any], seed: int
) -> None:
    """Every audience by every viewer; prints how many pairs were compared."""
    told = Told(graph, put, *told_world(seed, 4 + seed % 4))
    pairs = compared(told, raw, each_step=True)
    assert pairs == 13 * len(told.questions)
    print(f"world {seed}: {pairs} pairs equal")
