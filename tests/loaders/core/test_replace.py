"""A newer file of a part: what is new comes, what is other changes, what is gone goes."""

from collections.abc import Iterator
from typing import Any

import pytest

from tieline.errors import LoadProblem
from tieline.loaders import journal
from tieline.loaders.journal import ALREADY_IN, DRY_RUN, load_rows
from tieline.loaders.seen import Uids
from tieline.queries.hash.hash import graph_hash
from tieline.schema.records import Row

SOURCE = {"slug": "x", "reliability": 1.0, "audience": 4}


def grants(rows: Any, numbers: range, title: str = "") -> list[Row]:
    """Grants of one funder to five organisations; recipients meet again and again."""
    funder = rows.body("Funder", "GB-CHC-1000000")
    to = [rows.body(f"Aid {n}", f"GB-CHC-100000{n}") for n in range(1, 6)]
    return [
        rows.project(
            f"x:{n:03}",
            ("FUNDS", funder),
            ("LEADS", to[n % 5]),
            day=f"2024-01-{n % 28 + 1:02}",
            title=f"{title}{n}",
        )
        for n in numbers
    ]


@pytest.fixture
def old(rows: Any) -> list[Row]:
    return grants(rows, range(20))


@pytest.fixture
def new(rows: Any) -> list[Row]:
    """Three rows gone, five others, four new."""
    return grants(rows, range(3, 15)) + grants(rows, range(15, 24), "other ")


def test_added_changed_and_gone_rows_do_just_that(world: Any, old: Any, new: Any) -> None:
    world.load("x", new, name="new")
    want, text = graph_hash(world.graph), world.said()
    world.clear()
    world.load("x", old, name="old", size=7)
    told = world.load("x", new, name="new", size=4)
    assert (told.read, told.accepted, told.written, told.gone) == (21, 21, 9, 3)
    assert world.said() == text and graph_hash(world.graph) == want
    states = world.ask("MATCH (l:Load) RETURN l.file AS f, l.state AS s ORDER BY f")
    assert states == [{"f": "new", "s": "finished"}, {"f": "old", "s": "replaced"}]


def test_the_newer_file_again_writes_nothing(world: Any, old: Any, new: Any) -> None:
    world.load("x", old, name="old")
    first = world.load("x", new, name="new")
    again = world.load("x", new, name="new")
    assert again.state == ALREADY_IN and again.graph_version == first.graph_version


def test_back_to_the_file_before(world: Any, old: Any, new: Any) -> None:
    """Where no file says when it is from, the one loaded later is the newer."""
    for row in new:
        object.__setattr__(row.record, "date", "")
    world.load("x", old, name="old")
    text = world.said()
    world.load("x", new, name="new")
    told = world.load("x", old, name="old")
    assert (told.state, told.written, told.gone) == ("finished", 20, 4)
    assert world.said() == text


def test_other_parts_and_sources_are_left_alone(world: Any, rows: Any, old: Any, new: Any) -> None:
    world.load("x", grants(rows, range(100, 110)), name="others", part="others")
    world.load("xx", [rows.project("xx:1", title="another partner")])
    world.load("x", old, name="old")
    assert world.load("x", new, name="new").gone == 3
    left = world.ask("MATCH (r:Record) WHERE r.digest IS NOT NULL RETURN count(r) AS n")
    assert left == [{"n": 21 + 10 + 1}]


def test_a_row_belongs_to_the_part_that_said_it_last(world: Any, rows: Any) -> None:
    world.load("x", grants(rows, range(10)), name="one", part="one")
    two = grants(rows, range(1)) + grants(rows, range(10, 20))
    assert world.load("x", two, name="two", part="two").written == 10
    assert world.load("x", grants(rows, range(1, 10)), name="newer", part="one").gone == 0
    assert world.load("x", two[1:], name="less", part="two").gone == 1


def test_over_a_fifth_gone_is_asked_about(world: Any, rows: Any, old: Any) -> None:
    half = grants(rows, range(5, 20))
    world.load("x", old, name="old")
    before, version = world.said(), world.graph.version()
    with pytest.raises(LoadProblem, match=r"5 of the 20 rows .* --allow-shrink"):
        world.load("x", half, name="half")
    assert world.said() == before and world.graph.version() == version
    told = world.load("x", half, name="half", allow_shrink=True)
    assert (told.gone, told.written) == (5, 0)
    assert world.load("x", half[3:], name="just a fifth").gone == 3


def test_an_older_file_is_refused_with_both_dates(world: Any, old: Any, new: Any) -> None:
    world.load("x", new, name="new", retrieved="2026-07-01")
    version = world.graph.version()
    with pytest.raises(LoadProblem, match=r"old was fetched on 2026-05-01.*2026-07-01"):
        world.load("x", old, name="old", retrieved="2026-05-01")
    assert world.graph.version() == version
    world.load("x", old, name="old", retrieved="2026-07-02")


def test_the_dates_of_the_rows_tell_where_nobody_else_does(world: Any, old: Any, new: Any) -> None:
    world.load("x", new, name="new")
    with pytest.raises(LoadProblem, match=r"of 2024-01-20, .* of 2024-01-24.*--retrieved"):
        world.load("x", old, name="old")
    assert world.load("x", old, name="old", retrieved="2026-07-02").gone == 4


def test_a_rehearsal_takes_away_and_brings_back(world: Any, old: Any, new: Any) -> None:
    world.load("x", old, name="old")
    before = world.said()
    dry = world.load("x", new, name="new", dry_run=True, size=5)
    assert (dry.state, dry.written, dry.gone) == (DRY_RUN, 9, 3) and world.said() == before
    assert world.ask("MATCH (l:Load) RETURN l.state AS s") == [{"s": "finished"}]


class Killed(BaseException):
    """As if the process were no more."""


@pytest.mark.parametrize("stop", [0, 2, 6, 9, 20])
def test_stopped_while_rows_come_it_goes_on(world: Any, old: Any, new: Any, stop: int) -> None:
    world.load("x", new, name="new")
    text = world.said()
    world.clear()
    world.load("x", old, name="old")

    def breaking() -> Iterator[tuple[int, Row]]:
        for n, row in enumerate(new):
            if n == stop:
                raise Killed
            yield n, row

    given = ("all", "new", "new", "test", "mapping")
    with pytest.raises(Killed):
        load_rows(world.graph, SOURCE, *given, breaking(), size=3, again=lambda: new)
    told = world.load("x", new, name="new", size=4)
    assert told.gone == 3 and world.said() == text


def test_stopped_while_rows_go_it_goes_on(
    world: Any, old: Any, new: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One gone row a batch; stopped after the first and after the second."""
    world.load("x", new, name="new")
    text = world.said()
    world.clear()
    world.load("x", old, name="old")
    monkeypatch.setattr(journal, "AWAY", 1)
    away, seen = journal._away, []

    def breaking(*given: Any) -> Any:
        seen.append(given)
        if len(seen) > 1:
            raise Killed
        return away(*given)

    for left in (2, 1):
        seen.clear()
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(journal, "_away", breaking)
            world.load("x", new, name="new")
        gone = world.ask("MATCH (r:Record) WHERE r.uid < 'x:003' RETURN count(r) AS n")
        assert gone == [{"n": left}]
    assert world.load("x", new, name="new").gone == 1
    assert world.said() == text


def test_a_load_given_up_half_way_is_no_longer_said(world: Any, old: Any, new: Any) -> None:
    """The newer file half in; then the earlier one again: it stands whole, as if alone."""
    world.load("x", old, name="old")
    text = world.said()

    def breaking() -> Iterator[tuple[int, Row]]:
        yield from enumerate(new[-6:])
        raise Killed

    given = ("all", "new", "new", "test", "mapping")
    with pytest.raises(Killed):
        load_rows(world.graph, SOURCE, *given, breaking(), size=3, again=lambda: old)
    assert world.said() != text
    assert world.load("x", old, name="old", allow_shrink=True).gone > 0
    assert world.said() == text


def test_two_files_of_one_part_at_once(world: Any, old: Any, new: Any) -> None:
    """The one that came later is loaded; the other is told so at its next batch."""

    def meanwhile() -> Iterator[tuple[int, Row]]:
        for n, row in enumerate(old):
            if n == 10:
                world.load("x", new, name="new", allow_shrink=True)
            yield n, row

    given = ("all", "old", "old", "test", "mapping")
    with pytest.raises(LoadProblem, match="Another file of x, part all"):
        load_rows(world.graph, SOURCE, *given, meanwhile(), size=2, again=lambda: old)
    text = world.said()
    world.clear()
    world.load("x", new, name="new")
    assert world.said() == text


def test_a_set_of_hashes_knows_what_it_holds() -> None:
    said = Uids()
    for n in range(50_000):
        said.add(f"x:{n}")
        said.add(f"x:{n}")
    assert all(f"x:{n}" in said for n in range(50_000))
    assert not any(f"y:{n}" in said for n in range(50_000))
