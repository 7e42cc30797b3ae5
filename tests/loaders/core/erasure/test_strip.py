"""A row without those who were erased: what is of others stands, and nothing of them is left."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieline.loaders.erasure.strip import WITHHELD, stripped, withheld
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump, mention

Who = Callable[[Record], bool]


def person(name: str, **more: Any) -> Record:
    return mention("list", "person", {"name": name} | more, [f"name-person-list-{name.lower()}"])


ANN, BOB, CAT = person("Ann Alder"), person("Bob Birch"), person("Cat Cedar")


def of(*gone: Record) -> Who:
    uids = {each.uid for each in gone}
    return lambda record: record.uid in uids


def said(*ends: tuple[Record, Record], kind: str = STATEMENT, **fields: Any) -> Row:
    row = Row(Record("list:1", kind, "list", dump(fields), "2026-01-01"))
    for at, (one, other) in enumerate(ends):
        row.mentions |= {f"from {at}": one, f"to {at}": other}
        row.edges.append(Edge("OBSERVED", one.uid, other.uid, "list:1", (("kind", "closeness"),)))
    return row


def test_a_row_that_speaks_of_nobody_erased_is_the_very_same() -> None:
    row = said((ANN, BOB))
    assert stripped(row, of(CAT)) is row


def test_their_own_row_goes() -> None:
    row = Row(Record("list:ann", "person", "list", dump({"name": "Ann Alder"})))
    assert stripped(row, of(row.record)) is None


def test_a_statement_of_them_goes_and_one_of_others_stays() -> None:
    assert stripped(said((ANN, BOB)), of(ANN)) is None
    row = stripped(said((ANN, BOB), (BOB, CAT), note="Ann Alder was there"), of(ANN))
    assert row and [(e.from_record, e.to_record) for e in row.edges] == [(BOB.uid, CAT.uid)]
    assert ANN not in row.mentions.values() and BOB in row.mentions.values()
    assert orjson.loads(row.record.fields) == {"note": f"{WITHHELD} was there"}


def test_a_thing_stays_without_them() -> None:
    row = said(
        (ANN, BOB), kind="project", title="Soup with ann alder", description=["by Ann Alder"]
    )
    left = stripped(row, of(ANN))
    assert left and left.edges == [] and list(left.mentions.values()) == [BOB]
    assert "alder" not in left.record.fields.lower() and left.record.uid == row.record.uid


def test_what_they_reported_of_others_goes() -> None:
    row = said((BOB, CAT), (CAT, BOB))
    row.mentions["reporter"] = ANN
    first, second = row.edges
    row.edges[0] = Edge(first.verb, *(first.from_record, first.to_record), first.record,
                        (*first.props, ("reporter", ANN.uid)))  # fmt: skip
    left = stripped(row, of(ANN))
    assert left and left.edges == [second]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ann Alder", WITHHELD),
        ("ANN ALDER's soup", f"{WITHHELD}'s soup"),
        ("Ann Alderman", "Ann Alderman"),
        ("Joann Alder", "Joann Alder"),
        ("Annie, that is Ann Alder", f"{WITHHELD}, that is {WITHHELD}"),
        ("Ann", "Ann"),
        (7, 7),
        (None, None),
    ],
)
def test_names_as_whole_words(text: Any, left: Any) -> None:
    assert withheld({"a": [text]}, ["Ann Alder", "Annie"]) == {"a": [left]}


NAMES = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text)


@given(NAMES, st.recursive(st.text() | st.integers() | st.none(), st.lists, max_leaves=8))
def test_any_name_and_any_words(name: str, words: Any) -> None:
    """Never fails, changes nothing but text, and taking out twice is taking out once."""
    once = withheld({"said": words, "of": name}, [name])
    assert once["of"] == WITHHELD
    if name.lower() not in WITHHELD.lower():
        assert withheld(once, [name]) == once


PEOPLE = [person(f"P{n}") for n in range(5)]
PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] != p[1]))


@given(PAIRS, st.sets(st.integers(0, 4)))
def test_against_counting(pairs: list[tuple[int, int]], gone: set[int]) -> None:
    """Of any row and any who are erased, exactly the edges between others are left."""
    row = said(*((PEOPLE[a], PEOPLE[b]) for a, b in pairs))
    left = stripped(row, of(*(PEOPLE[n] for n in gone)))
    kept = [(a, b) for a, b in pairs if not gone & {a, b}]
    touched = any(gone & {a, b} for a, b in pairs)
    assert (left is None) == (touched and not kept)
    if left:
        uids = [(PEOPLE[a].uid, PEOPLE[b].uid) for a, b in kept]
        assert [(e.from_record, e.to_record) for e in left.edges] == uids
        everything = dump([left.record.fields, [m.fields for m in left.mentions.values()]])
        assert not any(f'P{n}\\"' in everything for n in gone)
