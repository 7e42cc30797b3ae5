"""What somebody added stays apart from what they may not see, whichever came first. Invented."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from tieline.loaders.compose import ADDED, OWN_WORD_MARK, Basis
from tieline.loaders.own_word.add import New, add
from tieline.loaders.resolve import Judgement, components
from tieline.loaders.unseen import unseen
from tieline.loaders.withdraw import withdraw
from tieline.queries.hash.hash import graph_hash
from tieline.schema.records import OF, OWN_WORD, Record, dump, handle

TODAY = date(2026, 11, 21)
NUMBER, COMPANY = "GB-CHC-1000002", "GB-COH-00000002"
SOURCES = {
    "list": Basis(audience=4),
    "notes": Basis(audience=1),
    **{f"{OWN_WORD}{who}": Basis() for who in ("p-ann", "p-bob", "o-1", "stewards")},
}


def told(uid: str, *ids: str, source: str = "", **fields: Any) -> Record:
    said = dump({"name": uid} | fields)
    slug = source or uid.partition(":")[0]
    return Record(uid, "organisation", slug, said, "", tuple(sorted(ids)))


def put(who: str, *ids: str, **fields: Any) -> Record:
    """Somebody's addition."""
    slug = f"{OWN_WORD}{who}"
    mark = {OWN_WORD_MARK: ADDED} | fields
    record = told(f"{slug}:added/organisation/1", *ids, source=slug, **mark)
    return replace(record, date=TODAY.isoformat())


def parts(*records: Record, said: tuple[Judgement, ...] = ()) -> list[list[str]]:
    """The entities, told by whose word each record is."""
    held = {each.uid: each for each in records}
    found = components(held, said, unseen(held, said, SOURCES))
    return sorted(sorted(held[uid].source.removeprefix(OWN_WORD) for uid in one) for one in found)


ANN, BOB = put("p-ann", NUMBER), put("p-bob", NUMBER)
SEEN, HIDDEN = told("list:1", NUMBER), told("notes:1", NUMBER)


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        ([ANN, SEEN], [["list", "p-ann"]]),
        ([ANN, HIDDEN], [["notes"], ["p-ann"]]),
        ([ANN, told("list:1", NUMBER, consent=1)], [["list"], ["p-ann"]]),
        ([put("stewards", NUMBER), HIDDEN], [["notes", "stewards"]]),
        ([put("stewards", NUMBER), told("list:1", NUMBER, consent=0)], [["list"], ["stewards"]]),
        ([ANN, BOB, HIDDEN], [["notes"], ["p-ann", "p-bob"]]),
        ([ANN, put("p-bob", NUMBER, consent=1)], [["p-ann"], ["p-bob"]]),
        ([ANN, put("stewards", NUMBER), HIDDEN], [["notes", "stewards"], ["p-ann"]]),
        ([ANN, put("stewards", NUMBER)], [["p-ann", "stewards"]]),
        ([put("p-ann", NUMBER, COMPANY), told("notes:1", COMPANY)], [["notes"], ["p-ann"]]),
    ],
)  # fmt: skip
def test_who_may_not_see_it_is_not_joined_with_it(
    records: list[Record], wanted: list[list[str]]
) -> None:
    for order in permutations(records):
        assert parts(*order) == wanted


def test_a_steward_who_judges_them_the_same_joins_all_of_it() -> None:
    more = told("notes:2", NUMBER)
    same = Judgement("notes:1", ANN.uid, "same")
    assert parts(ANN, HIDDEN, more, said=(same,)) == [["notes", "notes", "p-ann"]]
    wanted = [["notes", "notes", "p-ann"], ["p-bob"]]
    assert parts(ANN, BOB, HIDDEN, more, said=(same,)) == wanted, "for those two alone"


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2026-11-22", [["list", "o-1", "p-ann"]]), ("2026-11-21", [["list", "o-1"], ["p-ann"]])],
)
def test_who_hides_later_is_not_shown_by_what_was_added_before(
    day: str, wanted: list[list[str]]
) -> None:
    slug = f"{OWN_WORD}o-1"
    of = {OF: handle("organisation", SEEN.uid)}
    said = dump({"consent": 0} | of)
    hides = Record(f"{slug}:me/consent/{day}/001", "organisation", slug, said, day, (NUMBER,))
    assert parts(ANN, SEEN, hides) == wanted


@pytest.fixture
def adds(field: Any) -> Callable[[], str]:
    """Ann adds an organisation by its number; its uid."""
    new = New("organisation", "Quiet Garden", ids=[NUMBER])
    return lambda: str(field.do(lambda s: add(s, field.uid("Ann"), new, TODAY))[0])


@pytest.mark.parametrize("first", [True, False])
def test_a_hidden_source_withdrawn_leaves_no_trace_of_what_was_added(
    field: Any, rows: Any, adds: Callable[[], str], first: bool
) -> None:
    """Whether it came before or after: the graph is as if it had never been loaded."""
    uid = adds()
    alone = graph_hash(field.world.graph)
    withdraw(field.world.graph, f"{OWN_WORD}{field.uid('Ann')}")
    told_so = [rows.thing("notes:1", rows.body("The Refuge", NUMBER))]
    field.world.source("notes", audience=1)
    if first:
        field.world.apply(told_so)
    assert adds() == uid, "nor does its id tell anything"
    if not first:
        field.world.apply(told_so)
    assert field.props("Quiet Garden")["uid"] == uid and field.uid("The Refuge") != uid
    withdraw(field.world.graph, "notes")
    assert graph_hash(field.world.graph) == alone


def test_what_is_opened_to_whoever_added_it_joins(
    field: Any, rows: Any, adds: Callable[[], str]
) -> None:
    field.world.source("notes")
    closed, opened = (rows.body("The Refuge", NUMBER, consent=level) for level in (1, 4))
    field.world.apply([rows.thing("notes:1", closed)])
    assert adds() != field.uid("The Refuge")
    field.world.apply([rows.thing("notes:1", opened)])
    names = field.world.ask("MATCH (o:Organisation) RETURN o.name AS n ORDER BY n")
    assert [row["n"] for row in names] == ["Guild", "The Refuge"]
