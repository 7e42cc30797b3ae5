"""Loads, withdrawals and a refresh beside each other: nobody undoes what another has just said."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tieline.database.graph import Graph, Steps
from tieline.errors import LoadProblem, TookTooLong
from tieline.loaders import journal
from tieline.loaders import withdraw as withdrawing
from tieline.loaders.batch import Figures, apply
from tieline.loaders.change import Said
from tieline.loaders.journal import ALREADY_IN, load_rows, surely
from tieline.loaders.refresh import refresh
from tieline.loaders.withdraw import withdraw
from tieline.schema.records import Row

SOURCE = {"slug": "x", "reliability": 1.0, "audience": 4}


def things(rows: Any, numbers: range) -> list[Row]:
    return [rows.thing(f"x:{n:03}", rows.body(f"B{n}", f"GB-CHC-1000{n:03}")) for n in numbers]


def uids(world: Any) -> list[str]:
    found = world.ask("MATCH (r:Record) WHERE r.digest IS NOT NULL RETURN r.uid AS u ORDER BY u")
    return [row["u"] for row in found]


def test_what_a_file_replaces_is_looked_up_again_when_another_came_in(
    world: Any, rows: Any
) -> None:
    """The other file of the part is loaded between this one's reading and its beginning."""
    new, others = things(rows, range(10)), things(rows, range(2, 12))
    looks: list[int] = []

    def again() -> Iterator[Row]:
        yield from new
        looks.append(len(looks))
        if len(looks) == 1:
            world.load("x", others, name="other")

    world.load("x", things(rows, range(1, 11)), name="old")
    pairs = list(enumerate(new))
    told = load_rows(world.graph, SOURCE, "all", "n", "n", "test", "m", pairs, again=again)
    assert uids(world) == [row.record.uid for row in new]
    assert told.gone == 2 and looks == [0, 1]


def test_a_row_that_two_parts_say_stays_while_one_says_it(world: Any, rows: Any) -> None:
    both = things(rows, range(10))
    world.load("x", both, name="one", part="one")
    world.load("x", both, name="two", part="two")
    told = world.load("x", both[1:], name="two less", part="two")
    assert told.gone == 0 and len(uids(world)) == 10
    told = world.load("x", both[2:], name="one less", part="one", allow_shrink=True)
    assert told.gone == 1 and uids(world) == [row.record.uid for row in both[1:]]
    assert world.load("x", both[3:], name="two least", part="two", allow_shrink=True).gone == 1


def test_rows_that_another_part_claims_meanwhile_are_left_alone(
    world: Any, rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are listed as gone, and claimed before they are taken away."""
    whole = things(rows, range(10))
    world.load("x", whole, name="old", part="one")
    listed = journal._gone

    def claimed(job: Any, ask: Any) -> Iterator[list[str]]:
        for some in listed(job, ask):
            monkeypatch.setattr(journal, "_gone", listed)
            world.load("x", whole[:1], name="claim", part="two")
            yield some

    monkeypatch.setattr(journal, "_gone", claimed)
    told = world.load("x", whole[1:], name="new", part="one")
    assert told.gone == 0 and len(uids(world)) == 10


def test_a_file_is_not_loaded_into_a_withdrawal(
    world: Any, rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped half way, it is to be finished first; then the file is loaded as if new."""
    file = things(rows, range(6))
    world.load("x", file)
    monkeypatch.setattr(withdrawing, "SIZE", 2)

    def stop(taken: int) -> None:
        with pytest.raises(LoadProblem, match="tieline withdraw x"):
            world.load("x", file)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        withdraw(world.graph, "x", stop)
    states = world.ask("MATCH (l:Load) RETURN l.state AS s")
    assert len(uids(world)) == 4 and states == [{"s": "withdrawn"}]
    assert withdraw(world.graph, "x").rows == 4
    assert world.load("x", file).written == 6


@pytest.mark.parametrize("last", [False, True])
def test_a_load_that_is_withdrawn_beside_it_says_so(world: Any, rows: Any, last: bool) -> None:
    """Between two batches, and between the last one and the journal's end."""
    file = things(rows, range(6))

    def rows_then() -> Iterator[tuple[int, Row]]:
        for n, row in enumerate(file):
            if n == 4 and not last:
                withdraw(world.graph, "x")
            yield n, row
        if last:
            withdraw(world.graph, "x")

    with pytest.raises(LoadProblem, match="withdrawn while it was being loaded"):
        load_rows(world.graph, SOURCE, "all", "f", "f", "test", "m", rows_then(), size=2)
    assert uids(world) == [] and world.ask("MATCH (l:Load) RETURN l") == []
    assert world.load("x", file).written == 6


def test_a_file_fetched_again_is_of_the_later_day(world: Any, rows: Any) -> None:
    file = things(rows, range(6))
    world.load("x", file, name="f", retrieved="2026-01-01")
    told = world.load("x", file, name="f", retrieved="2026-03-01", source={"title": "X of today"})
    assert told.state == ALREADY_IN
    assert world.ask("MATCH (s:Source {slug: 'x'}) RETURN s.title AS t") == [{"t": "X of today"}]
    with pytest.raises(LoadProblem, match="2026-02-01"):
        world.load("x", file[:5], name="older", retrieved="2026-02-01")
    version = world.graph.version()
    world.load("x", file, name="f", retrieved="2026-02-02", source={"title": "X of today"})
    assert world.graph.version() == version


def test_a_narrower_audience_is_not_passed_over_because_the_file_is_in(
    world: Any, rows: Any
) -> None:
    world.load("x", things(rows, range(2)))
    with pytest.raises(LoadProblem, match="another reliability, audience or basis"):
        world.load("x", things(rows, range(2)), source={"audience": 2})


def test_a_batch_that_the_machine_slept_over_is_done_again(graph: Graph, raw: Any) -> None:
    """Its time on the server has run out when it goes on; a second time it is told."""
    sleeps: list[float] = []

    def work(steps: Steps) -> Figures:
        steps.run("load/own_source", slug="x", source={"title": "X"})
        time.sleep(sleeps.pop() if sleeps else 0)
        steps.run("load/hold", slugs=["x"])
        return Figures(written=1)

    surely(graph, work)  # planned once: from here on it takes no time but the sleep's
    sleeps.append(3.0)
    assert surely(graph, work, seconds=1.0).written == 1
    assert raw("MATCH (s:Source {slug: 'x'}) RETURN s.title AS t") == [{"t": "X"}]
    sleeps += [3.0, 3.0]
    with pytest.raises(TookTooLong):
        surely(graph, work, seconds=1.0)


def test_a_refresh_waits_for_who_read_the_old_day(world: Any, rows: Any, graph: Graph) -> None:
    """A batch that began on the old day commits while the refresh is under way."""
    world.source("x")
    ann, bob = rows.person("Ann", "local-x-person-1"), rows.person("Bob", "local-x-person-2")
    props = {"kind": "contact_day", "on": "2020-01-01"}
    row = rows.statement("x:1", ("OBSERVED", ann, bob, props))
    with ThreadPoolExecutor(1) as other:
        waiting: list[Any] = []

        def work(steps: Steps) -> None:
            steps.run("load/hold", slugs=["x"])
            apply(steps, "x", [Said(row)])
            if not waiting:
                waiting.append(other.submit(refresh, graph, date(2030, 1, 1)))
                with pytest.raises(TimeoutError):
                    waiting[0].result(1.0)

        graph.write(work)
        waiting[0].result(30)
    beside = world.ties()
    refresh(graph, date(2030, 1, 1))
    assert world.ties() == beside != {}
