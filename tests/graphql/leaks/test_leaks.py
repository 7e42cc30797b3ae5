"""Two graphs that differ only in what a viewer may not see answer that viewer byte for byte alike.

A small random world is told in five steps: what anyone may see, then what is for members, weavers,
stewards, and nobody (conftest.py). After each, every viewer who may see nothing of it is asked
everything again: lists, counts, cursors page by page, ties, explanations, pathways, missing links,
introducers, bridges, brokers, duplicates with their judgements, fit, gaps, lessons, search, ids,
errors, mutations that are refused, and whole exports. Only `graphVersion` may differ.

One thing moves a public answer without being public: whether somebody takes requests, and how many
(the model says so). And ids that a narrower source shares among several join them for all, as a
judgement does.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph, Steps
from tieline.database.reader import Reader
from tieline.errors import NotFound
from tieline.exports.read import asked as drawn
from tieline.exports.written import form, stream
from tieline.graphql.context import Asking
from tieline.graphql.errors import formatted
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.graphql.writing import Writer
from tieline.loaders.asks import note
from tieline.loaders.batch import apply
from tieline.loaders.candidates.keep import suggest
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
EXPORT = "an export"
EXPORTS: list[tuple[str, Data]] = [(EXPORT, {"everything": all_}) for all_ in (False, True)]
PARTS = ("place", "theme", "network")


@dataclass
class Told:
    """The world in the graph, step by step, and what each viewer is answered."""

    graph: Graph
    ask: Ask
    world: Any
    questions: list[tuple[str, Data]]
    compares: bool = False  # and what is alike, anew at each step

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
        if self.compares:
            suggest(self.graph)

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

    def add(self, who: Any, name: str, level: int, ids: list[str], steps: Steps) -> None:
        new = New("organisation", name, {"consent": level}, ids)
        add(steps, self.now(who), new, settings().today)

    def ask_of(self, of: Any, by: Any, to: Any, steps: Steps) -> None:
        note(self.now(of), self.now(by), self.now(to), settings().today, steps)

    def answers(self, viewer: Viewer) -> list[bytes]:
        found = []
        for text, variables in self.questions:
            found.append(b"".join(self.pages(text, viewer, variables)))
        return found

    def pages(self, text: str, viewer: Viewer, variables: Data) -> Iterator[bytes]:
        """The answer; of what is asked page by page, all of them."""
        after = variables
        for _ in range(60):
            told = self.ask(text, viewer, after)
            yield told
            page = (orjson.loads(told).get("data") or {}).get("page")
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
        if text == EXPORT:
            exported: bytes = run(export(reader, **variables))
            return exported
        result = run(schema().execute(text, variables, Asking(reader, writer=writer)))
        errors = [formatted(error) for error in result.errors or ()]
        assert all(e["extensions"]["code"] not in ("INTERNAL", "BAD_REQUEST") for e in errors), (
            errors,
            text,
        )
        return orjson.dumps(versionless({"data": result.data, "errors": errors}))

    yield ask
    writer.close()


def exports(asked: Iterable[tuple[str, Data]]) -> list[tuple[str, Data]]:
    """The whole field, and each part of it of which anything else is asked."""
    parts = {tuple(sorted(each.get("scope", {}).items())) for _, each in asked}
    parts = {part for part in parts if part and {name for name, _ in part} <= {*PARTS}}
    of_parts = [(EXPORT, {"everything": True, "scope": dict(part)}) for part in sorted(parts)]
    return EXPORTS + of_parts


async def export(reader: Reader, everything: bool, scope: Data | None = None) -> bytes:
    """In the format that loses nothing; every other is written from the same things and ties."""
    try:
        numbers = reader.viewer.numbers
        drawing = await drawn(reader, scope or {}, everything=everything, numbers=numbers)
    except NotFound as error:
        return orjson.dumps({"missing": str(error)})
    pieces = [piece async for piece in stream(form("jgf")(drawing.about), drawing)]
    assert drawing.told or scope
    return b"".join(pieces).replace(drawing.about.version.encode(), b"")


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
            now = told.answers(viewer)
            told.compare(viewer, step, answered, now)
            pairs += len(now)
        for viewer in (
            [Viewer(step), *([member] if step == FIELD else [])] if step in LEVELS else ()
        ):
            before[viewer] = told.answers(viewer)
    return pairs


def test_nobody_learns_of_what_they_may_not_see(
    graph: Graph, raw: Callable[..., Any], put: Ask, told_world: Callable[..., Any]
) -> None:
    world, asked = told_world(1, 3, much=3)
    told = Told(graph, put, world, [*asked, *exports(asked)])
    assert compared(told, raw, each_step=False) == 5 * len(told.questions) > 200


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(2, 12))
def test_nobody_learns_in_many_worlds(
    graph: Graph, raw: Callable[..., Any], put: Ask, told_world: Callable[..., Any], seed: int
) -> None:
    """Every audience by every viewer; prints how many pairs were compared. Three of the worlds are
    also looked through for doubles at each step."""
    world, asked = told_world(seed, 4 + seed % 4)
    told = Told(graph, put, world, [*asked, *exports(asked)], compares=seed < 5)
    pairs = compared(told, raw, each_step=True)
    assert pairs == 13 * len(told.questions)
    print(f"world {seed}: {pairs} pairs equal")


CYCLES, TIMES = 8, 6  # of telling and taking back what nobody may see; answers of each in between


@pytest.mark.slow
def test_how_long_an_answer_takes(
    graph: Graph, raw: Callable[..., Any], put: Ask, told_world: Callable[..., Any]
) -> None:
    """With ten times as much hidden as seen, and without, by turns: prints both distributions.

    The halves of what was measured without it, set against each other, tell what chance does.
    """
    world, _ = told_world(23, 8, more=10)
    told = Told(graph, put, world, list(timed(world)))
    begin(graph, raw)
    for level in (4, 3, 2, 1):
        told.tell(level)
    hidden = {row.record.source: row for row in world.rows[0]}
    without: list[list[list[float]]] = []
    beside: list[list[list[float]]] = []
    answered = told.answers(Viewer(4))  # every plan made before the clock runs
    for _ in range(CYCLES):
        without.append(measured(told, answered))
        for slug in hidden:
            graph.write(partial(told_hidden, world, slug))
        told.answers(Viewer(4))
        beside.append(measured(told, answered))
        for slug in hidden:
            graph.write(partial(told_hidden, world, slug, gone=True))
        told.answers(Viewer(4))
    print(f"\n{table(named(told.questions), without, beside)}")
    for before, after in zip(by_question(without), by_question(beside), strict=True):
        assert median(after) < 2 * median(before), "what nobody may see doubles the time"


def timed(world: Any) -> Iterator[tuple[str, Data]]:
    """One of each kind of question, of what anyone may see and of one whom nobody may."""
    text = {name: operation.text for name, operation in saved().items()}
    seen = [t for t in world.things if t.kind == "person" and t.level == 4]
    nobody = next(t for t in world.things if t.kind == "person" and t.level == 0)
    uids = [world.uid(t) for t in (*seen[:2], seen[-1], nobody)]
    yield text["pathways"], {"from": uids[0], "to": uids[1]}
    yield text["pathways"], {"from": uids[0], "to": uids[2]}
    yield text["pathways"], {"from": uids[0], "to": uids[3]}
    yield text["introducers"], {"from": uids[0], "to": uids[2]}
    yield text["tie"], {"from": uids[0], "to": uids[1], "asOf": None}
    yield text["people"], {"first": 20}
    yield text["search"], {"text": seen[0].name, "first": 5}
    yield text["search"], {"text": nobody.name, "first": 5}
    yield text["bridges"], {"first": 20}
    yield text["brokers"], {"first": 20}
    yield text["duplicates"], {"kind": "PARALLEL_EFFORT", "first": 20}
    yield text["fit"], {"actor": uids[0]}
    yield text["gaps"], {"first": 20}
    yield text["lessons"], {"text": "slowly", "first": 20}


def named(questions: list[tuple[str, Data]]) -> list[str]:
    """What each asks, numbered where there are several of a kind."""
    names: list[str] = []
    for text, _ in questions:
        name = text.split("query ")[1].split("(")[0].strip().lower()
        names.append(f"{name} {1 + sum(each.startswith(name) for each in names)}")
    return names


def told_hidden(world: Any, slug: str, steps: Steps, gone: bool = False) -> None:
    rows = sorted(
        (row for row in world.rows[0] if row.record.source == slug), key=lambda r: r.record.uid
    )
    apply(
        steps, slug, [] if gone else [Said(r) for r in rows], [r.record.uid for r in rows if gone]
    )


def measured(told: Told, answered: list[bytes]) -> list[list[float]]:
    """Milliseconds of each question, asked by turns; each answer is what it was."""
    found: list[list[float]] = [[] for _ in told.questions]
    for _ in range(TIMES):
        for n, (text, variables) in enumerate(told.questions):
            began = time.perf_counter()
            is_ = told.ask(text, Viewer(4), variables)
            found[n].append((time.perf_counter() - began) * 1e3)
            assert is_ == answered[n]
    return found


def by_question(cycles: list[list[list[float]]]) -> list[list[float]]:
    return [[ms for cycle in cycles for ms in cycle[n]] for n in range(len(cycles[0]))]


def table(
    names: list[str], without: list[list[list[float]]], beside: list[list[list[float]]]
) -> str:
    """As benchmarks/RESULTS.md has it."""
    lines = [
        f"| asked by anyone | answers | median, p95 without (ms) | median, p95 beside (ms) "
        f"| chance that one beside is slower | the same within those without |\n|---{'|---' * 5}|"
    ]
    pairs = zip(names, by_question(without), by_question(beside), strict=True)
    odd, even = by_question(without[::2]), by_question(without[1::2])
    for n, (name, before, after) in enumerate(pairs):
        told = [f"{median(ms):.1f}, {quantiles(ms, n=20)[-1]:.1f}" for ms in (before, after)]
        chances = [f"{slower(before, after):.2f}", f"{slower(odd[n], even[n]):.2f}"]
        lines.append(f"| {name} | {len(before)} and {len(after)} | {' | '.join(told + chances)} |")
    return "\n".join(lines)


def slower(before: list[float], after: list[float]) -> float:
    """Mann-Whitney's U as a share: of all pairs, in how many the second took longer; .5 is none."""
    first = sorted(before)
    wins = sum(bisect_left(first, ms) + bisect_right(first, ms) for ms in after)
    return wins / 2 / (len(before) * len(after))
