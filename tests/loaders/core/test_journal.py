"""Loads: once is once, whatever the batch size, and stopped anywhere they go on."""

from collections.abc import Iterator
from typing import Any

import pytest

from tieline.errors import LoadProblem
from tieline.loaders.journal import ALREADY_IN, DRY_RUN, load_rows
from tieline.schema.records import Row


@pytest.fixture
def grants(rows: Any) -> list[Row]:
    """Nine grants of one funder to three organisations."""
    funder = rows.body("Funder", "GB-CHC-1000000")
    to = [rows.body(f"Aid {n}", f"GB-CHC-100000{n}") for n in (1, 2, 3)]
    return [
        rows.project(f"x:{n}", ("FUNDS", funder), ("LEADS", to[n % 3]), day=f"2024-01-0{n + 1}")
        for n in range(9)
    ]


def test_a_load_says_what_it_did(world: Any, grants: list[Row]) -> None:
    told = world.load("x", [*grants, "refused"], size=4)
    assert (told.read, told.accepted, told.refused, told.written) == (10, 9, 1, 9)
    assert told.entities == {
        "organisation": {"created": 4, "matched": 0},
        "project": {"created": 9, "matched": 0},
    }
    assert (told.relationships, told.observations, told.ties) == (18, 9, 3)
    assert len(world.ties()) == 6


def test_the_same_file_again_writes_nothing(world: Any, grants: list[Row]) -> None:
    first = world.load("x", [*grants, "refused"])
    again = world.load("x", [*grants, "refused"])
    assert again.state == ALREADY_IN and again.written == 0 and again.note
    assert again.graph_version == first.graph_version
    assert (again.read, again.accepted, again.refused) == (10, 9, 1)


def test_the_same_rows_in_another_file_write_no_row(world: Any, grants: list[Row]) -> None:
    world.load("x", grants)
    before = world.said()
    again = world.load("x", grants, name="copy", size=2)
    assert (again.written, again.gone, again.relationships, again.ties) == (0, 0, 0, 0)
    assert world.said() == before


def test_another_source_is_matched(world: Any, rows: Any, grants: list[Row]) -> None:
    world.load("x", grants)
    other = rows.project("y:1", ("LEADS", rows.body("Aid One", "GB-CHC-1000001")))
    told = world.load("y", [other])
    assert told.entities["organisation"] == {"created": 0, "matched": 1}


def test_a_rehearsal_tells_the_truth_and_keeps_nothing(world: Any, grants: list[Row]) -> None:
    before = world.said()
    dry = world.load("x", grants, size=4, dry_run=True)
    assert dry.state == DRY_RUN and world.said() == before
    assert world.ask("MATCH (l:Load) RETURN l") == []
    told = world.load("x", grants)
    for name in ("written", "entities", "relationships", "observations", "ties"):
        assert getattr(told, name) == getattr(dry, name)


@pytest.mark.parametrize(("stop", "size"), [(1, 2), (4, 2), (8, 2), (5, 3), (8, 5), (8, 100)])
def test_stopped_and_run_again_it_goes_on(
    world: Any, grants: list[Row], stop: int, size: int
) -> None:
    """Killed while reading row `stop` of batches of two; run again with batches of `size`."""
    world.load("x", grants)
    want = world.said()
    world.clear()

    def breaking() -> Iterator[tuple[int, Row]]:
        for n, row in enumerate(grants):
            if n == stop:
                raise KeyboardInterrupt
            yield n, row

    source = {"slug": "x", "reliability": 1.0, "audience": 4}
    given = ("all", "file", "file", "test", "mapping")
    with pytest.raises(KeyboardInterrupt):
        load_rows(world.graph, source, *given, breaking(), size=2)
    left = len(grants) - stop // 2 * 2
    told = load_rows(world.graph, source, *given, enumerate(grants), size=size)
    assert told.written == left and world.said() == want


def test_a_source_described_otherwise_is_refused(world: Any, grants: list[Row]) -> None:
    world.load("x", grants[:3])
    with pytest.raises(LoadProblem, match="withdraw x"):
        world.load("x", grants, name="new", source={"audience": 2})


def test_a_new_title_is_taken_over(world: Any, grants: list[Row]) -> None:
    world.load("x", grants[:3], source={"title": "Old"})
    world.load("x", grants, name="new", source={"title": "New"})
    assert world.ask("MATCH (s:Source) RETURN s.title AS t") == [{"t": "New"}]


def test_of_two_rows_with_one_id_the_later_stands(world: Any, rows: Any) -> None:
    two = [rows.project("x:1", title="old"), rows.project("x:1", title="new")]
    for size in (1, 2):
        world.clear()
        world.load("x", two, size=size)
        assert world.ask("MATCH (p:Project) RETURN p.title AS t") == [{"t": "new"}]
