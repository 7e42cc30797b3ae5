"""Judgements: checked, told, kept by what they rest on, and taken back without a trace."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tieline.errors import NotFound, WrongUse
from tieline.loaders.judge import Contradicted, Decided, decide, retract
from tieline.queries.hash.hash import graph_hash

Say = Callable[..., Decided]
AT = "2026-11-21T12:00:00+00:00"


@pytest.fixture
def say(world: Any) -> Say:
    for slug in "xyz":
        world.source(slug)

    def put(left: str, right: str, verdict: str | None, why: str | None = None) -> Decided:
        def work(steps: Any) -> Decided:
            if verdict is None:
                return retract(steps, left, right, "steward", AT)
            return decide(steps, left, right, verdict, "steward", why, AT)

        done: Decided = world.graph.write(work)
        return done

    return put


def plain(world: Any, rows: Any, *names: str, **ids: str) -> None:
    for at, name in enumerate(names):
        world.apply(
            [rows.thing(f"{'xyz'[at % 3]}:{name}", rows.body(name, *ids.get(name, "").split()))]
        )


def test_same_joins_and_both_names_stay_good(world: Any, rows: Any, say: Say) -> None:
    plain(world, rows, "one", "two")
    before = graph_hash(world.graph)
    handles = [r["h"] for r in world.ask("MATCH (r:Record) RETURN r.handle AS h ORDER BY r.uid")]
    done = say("x:one", "y:two", "same", "one web page")
    assert (done.joined, done.changed, done.sentence) == (True, True, "They are one thing now.")
    assert world.partition() == [["x:one", "y:two"]]
    assert not say("y:two", "x:one", "same", "one web page").changed, "either way round"
    reached = "MATCH (:Record {handle: $h})-[:DESCRIBES]->(e) RETURN e.uid AS uid"
    assert len({world.ask(reached, h=h)[0]["uid"] for h in handles}) == 1
    kept = world.ask("MATCH (j:Judgement) RETURN properties(j) AS p")[0]["p"]
    assert (kept["kind"], kept["by"], kept["why"]) == ("same_record", "steward", "one web page")
    assert (kept["at"], len(kept["evidence"])) == (AT, 24)
    say("x:one", "y:two", None)
    assert graph_hash(world.graph) == before
    assert len({world.ask(reached, h=h)[0]["uid"] for h in handles}) == 2
    with pytest.raises(NotFound, match="Nobody has judged"):
        say("x:one", "y:two", None)


def test_what_was_judged_apart_is_not_joined_by_a_way_round(
    world: Any, rows: Any, say: Say
) -> None:
    plain(world, rows, "one", "two", "three")
    say("x:one", "y:two", "different")
    say("y:two", "z:three", "same")
    before = world.said()
    with pytest.raises(Contradicted, match=r"x:one is in the one, y:two in the other"):
        say("x:one", "z:three", "same")
    assert world.said() == before
    say("x:one", "y:two", None)
    assert say("x:one", "z:three", "same").joined
    assert say("x:one", "y:two", "unsure").sentence.startswith("Noted. They are one thing already")


def test_numbers_and_branches_keep_apart_whatever_is_judged(
    world: Any, rows: Any, say: Say
) -> None:
    plain(world, rows, "one", "two", one="GB-CHC-1000001", two="GB-CHC-1000002")
    done = say("x:one", "y:two", "same")
    assert not done.joined
    assert done.sentence == (
        "Noted, but left apart: a thing has one charity number of England and Wales, and these "
        "have GB-CHC-1000001 and GB-CHC-1000002."
    )
    assert len(world.partition()) == 2


def test_different_parts_what_a_number_joined(world: Any, rows: Any, say: Say) -> None:
    plain(world, rows, "one", "two", one="GB-CHC-1000001", two="GB-CHC-1000001")
    before = graph_hash(world.graph)
    assert world.partition() == [["x:one", "y:two"]]
    assert not say("x:one", "y:two", "different").joined
    assert len(world.partition()) == 2
    done = say("x:one", "y:two", None)
    assert done.joined and "their identifiers say so" in done.sentence
    assert graph_hash(world.graph) == before


def test_a_judgement_outlives_withdrawal_and_reload(world: Any, rows: Any, say: Say) -> None:
    plain(world, rows, "one", "two")
    say("x:one", "y:two", "same")
    joined = world.said()
    two = rows.thing("y:two", rows.body("two"))
    world.apply(gone=["y:two"])
    assert world.partition() == [["x:one"]]
    world.apply([two])
    assert world.said() == joined


@pytest.mark.parametrize(
    ("left", "right", "verdict", "error", "words"),
    [
        ("x:one", "x:one", "same", WrongUse, "one record"),
        ("x:one", "y:none", "same", NotFound, "There is no record y:none"),
        ("x:one", "y:two", "alike", WrongUse, "no verdict"),
        ("x:one", "y:two", "parallel", WrongUse, "Only projects"),
        ("x:one", "z:who", "same", WrongUse, "different kinds"),
    ],
)
def test_what_cannot_be_said(
    world: Any, rows: Any, say: Say, left: str, right: str, verdict: str, error: type, words: str
) -> None:
    plain(world, rows, "one", "two")
    world.apply([rows.thing("z:who", rows.person("who"))])
    with pytest.raises(error, match=words):
        say(left, right, verdict)


def back_and_forth(world: Any, rows: Any, say: Say, times: int, seed: int) -> None:
    """Merge and un-merge at random, among things with numbers, ties and members."""
    rng = Random(seed)
    numbers = ["GB-CHC-1000001", "GB-CHC-1000001", "GB-COH-00000007", "", "", "", "", ""]
    names = [f"n{n}" for n in range(len(numbers))]
    plain(world, rows, *names, **dict(zip(names, numbers, strict=True)))
    uids = [f"{'xyz'[at % 3]}:{name}" for at, name in enumerate(names)]
    leads = [("LEADS", rows.body(n, i)) for n, i in zip(names, numbers, strict=True) if i]
    world.apply([rows.project("x:p", *leads)])
    handles = [r["h"] for r in world.ask("MATCH (r:Record) RETURN r.handle AS h")]
    before, said = graph_hash(world.graph), set[tuple[str, str]]()
    for _ in range(times):
        left, right = sorted(rng.sample(uids, 2))
        if (left, right) in said:
            say(left, right, None)
            said.discard((left, right))
            continue
        try:
            say(left, right, rng.choice(["same", "same", "different"]))
        except Contradicted:
            continue
        said.add((left, right))
    reached = world.ask(
        "UNWIND $h AS h MATCH (:Record {handle: h})-[:DESCRIBES]->(e) RETURN h, e.uid AS e",
        h=handles,
    )
    assert len(reached) == len([h for h in handles if not h.startswith("s-")])
    for left, right in sorted(said, key=lambda _: rng.random()):
        say(left, right, None)
    assert graph_hash(world.graph) == before


def test_merged_and_unmerged_at_random_leaves_no_trace(world: Any, rows: Any, say: Say) -> None:
    back_and_forth(world, rows, say, 25, seed=1)


@pytest.mark.slow
def test_merged_and_unmerged_a_thousand_times(world: Any, rows: Any, say: Say) -> None:
    back_and_forth(world, rows, say, 1000, seed=2)
