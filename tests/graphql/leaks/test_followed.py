"""Whoever follows the field hears nothing of what they may not see, to the byte.

A small random world is told in five steps (conftest.py). After each the same is done while every
viewer follows: records are judged and the judgements taken back, a load goes on. What is hidden is
judged between, and a hidden load goes on beside. What each viewer hears is what they heard before
the step. Of a long question's work everything is kept that could be told, not only what a tick
happens to catch.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import get_named_type, is_leaf_type
from tests.graphql.leaks.test_leaks import STEPS, Data, Told, begin
from tests.graphql.leaks.test_matrix import ROLES, secrets
from tests.graphql.live.conftest import Service, answering

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.graphql import limits
from tieline.graphql.live.working import QUESTIONS, Working
from tieline.graphql.schema import schema
from tieline.loaders.judge import decide, retract
from tieline.queries.answers.kept import forget_all
from tieline.queries.hash.hash import graph_hash
from tieline.schema.consent import FIELD, LEVELS, PUBLIC, Viewer

Raw = Callable[..., Any]
Heard = list[bytes]
Change = tuple[int, int, str, str, str]  # when, at which level; two records, what is said of them
STEWARD = Viewer(1)
FOLLOWERS = re.compile(r"^tieline_subscriptions_open (\S+)$", re.MULTILINE)
OPEN, HIDDEN = "load-of-s4", "load-of-s0"
BEGIN = """
UNWIND $uids AS uid
MERGE (l:Load {uid: uid}) SET l += {source: right(uid, 2), file: uid, state: 'running', rows: 0}
MERGE (p:Pulse {load: uid}) SET p.until = timestamp() + 600000
"""
ADVANCE = "UNWIND $uids AS uid MATCH (l:Load {uid: uid}) SET l.rows = $rows, l.state = $state"
KINDS = {
    "same": "person",
    "different": "person",
    "unsure": "organisation",
    "parallel": "project",
    "not_parallel": "project",
}


def all_of(name: str) -> str:
    """Every value of a type, and of what it leads to the uid and name."""
    of: Any = schema()._schema.type_map[name]
    leaves = [n for n, each in of.fields.items() if is_leaf_type(get_named_type(each.type))]
    return " ".join([*leaves, *(f"{n} {{ uid name }}" for n in of.fields if n not in leaves)])


JUDGED = f"subscription($scope: Scope) {{ judged(scope: $scope) {{ {all_of('Judgement')} }} }}"
LOAD = f"subscription($load: ID!) {{ loadProgress(load: $load) {{ {all_of('Load')} }} }}"
WORK = (
    "subscription($question: LongQuestion!, $scope: Scope) { questionProgress(question: $question,"
    f" scope: $scope) {{ {all_of('QuestionProgress')} }} }}"
)


@dataclass
class Followed:
    """The world in the graph, and the service through which it is followed."""

    told: Told
    service: Service
    raw: Raw
    work: list[tuple[str, float]]  # whatever is said of the work that goes on
    tokens: dict[Viewer, str | None] = field(default_factory=dict)
    since: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(hours=1))

    def __post_init__(self) -> None:
        """The last that is judged is in the part of the field that is followed."""
        world = self.told.world
        places = {t.level: t for t in world.things if t.kind == "place"}
        self.scopes = [{}, *({"scope": {"place": world.uid(places[n])}} for n in (PUBLIC, 0))]
        projects = [t for t in world.things if t.kind == "project" and t.level == PUBLIC]
        for each in projects:
            world.row(PUBLIC, "SERVES", (each, places[PUBLIC]), {})

    def events(self, viewer: Viewer, text: str, **variables: Any) -> Any:
        if viewer not in self.tokens:
            role = ROLES[viewer.level], viewer.person, "read", 3600
            made = self.service.tokens.create(f"{viewer}", *role)[1]
            self.tokens[viewer] = made if viewer.level < PUBLIC else None
        return self.service.events(text, self.tokens[viewer], variables=variables)

    def changes(self, level: int) -> Iterator[Change]:
        """Of two that come at this step, or of one of them and somebody whom anyone sees."""
        world = self.told.world
        spent = {frozenset(d[1:3]) for done in world.done.values() for d in done if d[0] == "judge"}
        alone = frozenset[str]().union(*spent)
        for at, (verdict, kind) in enumerate(KINDS.items()):
            new = [t for t in world.things[1:] if t.kind == kind and t.level == level]
            open_ = [t for t in world.things[1:] if t.kind == kind and t.level == PUBLIC > level]
            pairs = [*combinations(new, 2), *((a, b) for a in new for b in open_)]
            for ends in pairs if verdict != "same" else combinations(new, 2):
                pair = frozenset(world.row_of(each).record.uid for each in ends)
                if pair not in spent and not (verdict == "same" and pair & alone):
                    spent.add(pair)
                    one, other = sorted(pair)
                    yield at, level, one, other, verdict
                    break

    def moment(self, minute: int, level: int) -> str:
        at = self.since + timedelta(minutes=minute, seconds=level)
        return at.isoformat(timespec="seconds")

    def judged(self, viewers: list[Viewer], step: int) -> list[Heard]:
        """What each hears, by each scope: first what is said, then that it is taken back."""
        every = sorted(each for level in STEPS if level >= step for each in self.changes(level))
        assert (every[-1][1], every[-1][4]) == (PUBLIC, "not_parallel"), "the last is for anyone"
        with ExitStack() as stack:
            streams = [
                stack.enter_context(self.events(viewer, JUDGED, **scope))
                for viewer in viewers
                for scope in self.scopes
            ]
            self.begun(2 * len({viewer.level for viewer in viewers}), 2 * len(viewers))
            last = [self.say(*each) for each in every][-1]
            heard = [until(stream, last) for stream in streams]
            last = [self.take_back(*each) for each in every][-1]
            then = [until(stream, last) for stream in streams]
        self.begun(0, 0)
        self.raw("MATCH (r:Retraction) DELETE r")
        return [first + last for first, last in zip(heard, then, strict=True)]

    def say(self, minute: int, level: int, one: str, other: str, verdict: str) -> str:
        at = self.moment(minute, level)
        said = one, other, verdict, "a steward", f"because {one}", at
        self.told.graph.write(lambda steps: decide(steps, *said))
        return at

    def take_back(self, minute: int, level: int, one: str, other: str, _: str) -> str:
        at = self.moment(len(KINDS) + minute, level)
        self.told.graph.write(lambda steps: retract(steps, one, other, "a steward", at))
        return at

    def begun(self, parts: int, by: int) -> None:
        """Wait until so many parts are followed, by so many: what happened before is not told.

        Two of one level follow one part: it is there with the first of them.
        """
        hub, deadline = self.service.live.hub, time.monotonic() + 60
        while True:
            each, found = [*hub._shared.values()], self.followers()
            begun = all(one.begun and one.begun.done() for one in each)
            if begun and (len(each), found) == (parts, by):
                return
            assert time.monotonic() < deadline, (len(each), parts, found, by)
            time.sleep(0.05)

    def followers(self) -> int:
        """As the service tells it, who asked last and has not been let in yet not among them."""
        told = FOLLOWERS.search(self.service.http.get("/metrics").text)
        assert told, "it tells how many subscriptions there are"
        return int(float(told[1]))

    def loaded(self, viewer: Viewer, step: int) -> Heard:
        """A load that stewards may follow, once they may see so much; a hidden one beside it."""
        uids = [uid for uid, level in ((OPEN, STEWARD.level), (HIDDEN, 0)) if step <= level]
        self.raw(BEGIN, uids=uids)
        with self.events(viewer, LOAD, load=OPEN) as events:
            heard = [orjson.dumps(next(events))]
            for rows in (10, 20, 30) if viewer == STEWARD else ():
                self.raw(ADVANCE, uids=uids, rows=rows, state="running")
                heard.append(orjson.dumps(next(events)))
            self.raw(ADVANCE, uids=uids, rows=40, state="finished")
            heard += [orjson.dumps(each) for each in events]
        self.raw("MATCH (n:Load|Pulse) DELETE n")
        return heard

    def worked(self, viewer: Viewer) -> Iterator[Heard]:
        """How far each long question is: the last that is told, and all that could have been."""
        for question in QUESTIONS:
            for scope in self.scopes:
                forget_all()
                self.work.clear()
                with self.events(viewer, WORK, question=question, **scope) as events:
                    told = [orjson.dumps(each) for each in events]
                yield [*told[-2:], orjson.dumps(self.work)]

    def answers(self, viewers: list[Viewer], step: int) -> dict[Viewer, list[Heard]]:
        """All that each hears; the graph is then what it was."""
        hashed = graph_hash(self.told.graph)
        judged, many = self.judged(viewers, step), len(self.scopes)
        assert graph_hash(self.told.graph) == hashed, "what is said is taken back"
        return {
            viewer: [
                *judged[many * at : many * (at + 1)],
                self.loaded(viewer, step),
                *self.worked(viewer),
            ]
            for at, viewer in enumerate(viewers)
        }


def until(stream: Iterator[dict[str, Any]], at: str) -> Heard:
    """Up to what was said at this moment, or to the end."""
    heard = []
    for event in stream:
        heard.append(orjson.dumps(event))
        told = ((event["data"] or {}).get("data") or {}).get("judged")
        if told and told["at"] == at:
            break
    return heard


@pytest.fixture
def followed(
    graph: Graph,
    raw: Raw,
    address: Address,
    told_world: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., Followed]]:
    """A small world, followed over HTTP: followed(seed, size)."""
    monkeypatch.setenv("TIELINE_HOME", str(tmp_path))
    monkeypatch.setattr(limits, "SECONDS", 60.0)
    work: list[tuple[str, float]] = []
    hears = Working._hear

    def hear(self: Working, stage: str, share: float) -> None:
        work.append((stage, share))
        hears(self, stage, share)

    monkeypatch.setattr(Working, "_hear", hear)
    begin(graph, raw)
    with answering(address, tmp_path, Viewer(PUBLIC)) as service:
        yield lambda seed, size: Followed(
            Told(graph, ask, told_world(seed, size)[0], []), service, raw, work
        )


def ask(text: str, viewer: Viewer, variables: Data) -> bytes:
    raise AssertionError("here it is followed, not asked")


def through(followed: Followed, steps: tuple[int, ...], viewers: list[Viewer]) -> tuple[int, int]:
    """Tell the world, and follow it after each of these steps: how many times somebody heard
    what they had heard before; how many events those were."""
    before: dict[Viewer, list[Heard]] = {}
    pairs = events = 0
    for step in STEPS:
        followed.told.tell(step)
        for_whom = [each for each in viewers if each.level >= step]
        if step not in steps:
            continue
        now = followed.answers(for_whom, step)
        for viewer, was in before.items():
            compare(f"{viewer} hears of step {step}", was, now[viewer])
            clean(followed, step, now[viewer])
            pairs += len(was)
            events += sum(len(each) for each in was)
        before = {viewer: now[viewer] for viewer in for_whom}
    return pairs, events


def compare(what: str, was: list[Heard], now: list[Heard]) -> None:
    for at, (then, since) in enumerate(zip(was, now, strict=True)):
        assert not any(b'"INTERNAL"' in each for each in (*then, *since)), (what, at)
        odd = [each for each in then if each not in since], [e for e in since if e not in then]
        assert then == since, (what, at, *odd)


def clean(followed: Followed, step: int, heard: list[Heard]) -> None:
    """Nothing that came with a step is in it, unless the question said it itself."""
    whole, asked = b"".join(b"".join(each) for each in heard), orjson.dumps(followed.scopes)
    found = [each for each in secrets(followed.told.world, step) if each in whole]
    assert [each for each in found if each not in asked] == []


@pytest.mark.slow
def test_anyone_hears_what_anyone_may(followed: Callable[..., Followed]) -> None:
    pairs, events = through(followed(41, 4), (4, 0), [Viewer(PUBLIC)])
    assert pairs == 13 and events > 30


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(42, 44))
def test_nobody_hears_what_they_may_not_see(followed: Callable[..., Followed], seed: int) -> None:
    """Each step by each viewer who may see nothing of it."""
    made = followed(seed, 5)
    somebody = next(t for t in made.told.world.things if t.kind == "person")
    viewers = [Viewer(level) for level in LEVELS]
    viewers.append(Viewer(FIELD, made.told.world.uid(somebody)))
    pairs, events = through(made, STEPS, viewers)
    assert pairs == 13 * 13
    print(f"world {seed}: {pairs} pairs equal, {events} events in each")
