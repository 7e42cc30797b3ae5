"""On whose data an answer rests: of what the viewer may see, and of nothing else."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.queries.answers.coverage import EMPTY, coverage
from tieline.queries.answers.kept import forget_all

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
SOURCES = [  # slug, title, audience, public, fetched
    ("lanterns", "Lanterns", 4, False, "2026-03-01"),
    ("register", "Register", 4, True, "2026-05-09"),
    ("notes", "Weavers' notes", 2, False, None),
    ("asked", "Who knows whom", 4, False, "2025-01-01"),
    ("own-word:h-ann", "Own word", 4, False, None),
]
ROWS = [  # source, of whom
    ("lanterns", "ann"), ("lanterns", "ben"), ("lanterns", "hid"), ("register", "ben"),
    ("notes", "ann"), ("notes", "cat"), ("own-word:h-ann", "ann"),
]  # fmt: skip


@pytest.fixture
def rows(plant: Any) -> Any:
    plant.actors("ann", "ben", "dan")
    plant.actors("cat", consent=2)
    plant.actors("hid", consent=0)
    plant.cypher(
        """UNWIND $rows AS s CREATE (:Source {slug: s[0], title: s[1], audience: s[2], public: s[3],
          retrieved: s[4], reliability: 1.0})""",
        rows=[list(each) for each in SOURCES],
    )
    add(plant, *ROWS)
    plant.cypher(
        """MATCH (a:Actor {uid: 'ann'}), (d:Actor {uid: 'dan'})
        CREATE (a)-[:OBSERVED {uid: 'o', source: 'asked', audience: 4, kind: 'stated_tie'}]->(d)
        CREATE (:Record {uid: 'asked:a', source: 'asked', fields: '{}'})-[:DESCRIBES]->(d)"""
    )
    return plant


def add(plant: Any, *rows: tuple[str, str]) -> None:
    plant.cypher(
        """UNWIND $rows AS row MATCH (x:Actor {uid: row[1]})
        CREATE (:Record {uid: row[0] + ':' + row[1] + row[2], source: row[0], digest: 'd',
          fields: '{}'})-[:DESCRIBES]->(x)""",
        rows=[[*row, str(at)] for at, row in enumerate(rows)],
    )


def counted(told: dict[str, Any]) -> dict[str, int]:
    return {each["slug"]: each["records"] for each in told["sources"]}


def test_by_level(rows: Any, run: Run, reader: Readers) -> None:
    public = run(coverage(reader(4)))
    seen = {"lanterns": 2, "own-word:h-ann": 1, "register": 1, "asked": 0}
    assert counted(public) == seen and public["source_slugs"] == list(seen)
    assert (public["records"], public["newest"]) == (4, "2026-05-09")
    assert public["sentence"] == (
        "It rests on the data of Lanterns (2 rows, fetched 2026-03-01), Register (1 row, fetched "
        "2026-05-09), Who knows whom (ties alone, fetched 2025-01-01) and what 1 said here in "
        f"their own words. What is missing is {EMPTY}."
    )
    weaver = run(coverage(reader(2)))
    assert counted(weaver) == seen | {"notes": 2} and weaver["records"] == 6


def test_of_some(rows: Any, run: Run, reader: Readers) -> None:
    assert counted(run(coverage(reader(4), ["ben", "hid", "cat"]))) == {
        "lanterns": 1,
        "register": 1,
    }
    assert counted(run(coverage(reader(2), ["cat"]))) == {"notes": 1}
    assert counted(run(coverage(reader(4), ["dan"]))) == {"asked": 0}
    some = run(coverage(reader(4), ["ann", "ben", "dan"]))
    assert some["sentence"] == (
        "It rests on the data of Lanterns (2 rows about them, fetched 2026-03-01), Register (1 row "
        "about them, fetched 2026-05-09), Who knows whom (of their ties alone, fetched 2025-01-01) "
        f"and what 1 said here in their own words. What is missing is {EMPTY}."
    )
    nothing = run(coverage(reader(4), []))
    assert nothing["sentence"].startswith("It rests on nobody's data") and not nothing["sources"]


def test_of_many_no_row_is_counted_twice(
    rows: Any, run: Run, reader: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = ["ann", "ben", "dan"]
    whole = run(coverage(reader(4), some))
    monkeypatch.setattr("tieline.queries.answers.coverage.AT_ONCE", 1)
    forget_all()
    assert run(coverage(reader(4), some)) == whole


def test_a_source_that_tells_of_their_ties_is_named_to_those_who_see_one(
    rows: Any, run: Run, reader: Readers
) -> None:
    """Not by a tie that may not be seen, nor by one with whoever may not be."""
    before = run(coverage(reader(4), ["ann", "ben", "dan"]))
    rows.cypher(
        """MATCH (a:Actor {uid: 'ann'}), (b:Actor {uid: 'ben'}), (h:Actor {uid: 'hid'})
        CREATE (:Source {slug: 'quiet', title: 'Quiet', audience: 4}),
          (a)-[:OBSERVED {uid: 'p', source: 'quiet', audience: 2, kind: 'stated_tie'}]->(b),
          (a)-[:OBSERVED {uid: 'q', source: 'quiet', audience: 4, kind: 'stated_tie'}]->(h)"""
    )
    assert run(coverage(reader(4), ["ann", "ben", "dan"])) == before
    assert counted(run(coverage(reader(2), ["ann", "ben"])))["quiet"] == 0


def test_what_is_hidden_adds_nothing(rows: Any, run: Run, reader: Readers) -> None:
    before = run(coverage(reader(4)))
    rows.cypher("CREATE (:Source {slug: 'refuge', title: 'Refuge', audience: 4, public: false})")
    rows.actors("eve", consent=0)
    add(rows, ("lanterns", "hid"), ("refuge", "hid"), ("refuge", "eve"), ("notes", "ann"))
    assert run(coverage(reader(4))) == before


def test_what_is_changed_by_whoever_reads_it_is_not_kept(
    rows: Any, run: Run, reader: Readers
) -> None:
    first = run(coverage(reader(4)))
    first["sentence"] = "another"
    assert run(coverage(reader(4)))["sentence"] != "another"
