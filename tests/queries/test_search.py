"""Finding by name, and which one is meant."""

import base64
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieline.database.reader import Reader
from tieline.errors import Ambiguous, NotFound, WrongUse
from tieline.queries.resolve.find import find
from tieline.queries.search.ask import search
from tieline.queries.search.rank import fold, lucene, score

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]


@pytest.mark.parametrize(
    ("text", "name", "others", "value", "matched"),
    [
        ("Warm Hearth", "Warm Hearth", [], 1.0, "Warm Hearth"),
        ("wärm  HEARTH!", "Warm Hearth", [], 1.0, "Warm Hearth"),
        ("the barn", "Warm Hearth", ["The Barn"], 0.95, "The Barn"),
        ("warm hea", "Warm Hearth", [], 0.9, "Warm Hearth"),
        ("hearth warm", "Warm Hearth Trust", [], 0.8, "Warm Hearth Trust"),
        ("hearth tru", "Warm Hearth Trust", [], 0.7, "Warm Hearth Trust"),
        ("hearth moon", "Warm Hearth Trust", [], 0.3, "Warm Hearth Trust"),
        ("st johns", "St. John\u2019s", [], 1.0, "St. John\u2019s"),
    ],
)
def test_how_well_a_name_answers(
    text: str, name: str, others: list[str], value: float, matched: str
) -> None:
    assert score(text, name, others) == (value, matched)


def test_a_name_without_any_of_the_words_does_not_answer() -> None:
    assert score("moon", "Warm Hearth", ["The Barn"]) is None
    assert fold("...") == ""


@given(st.text(max_size=60), st.sampled_from(["AND", "OR"]))
def test_no_text_can_be_an_operator(text: str, joined: str) -> None:
    words = lucene(text, joined).replace("(", " ").replace(")", " ").split()
    said = [word for word in words if word not in ("AND", "OR")]
    assert all(c.isalnum() or c in "'\u2019*" for word in said for c in word)
    assert not {"AND", "OR", "NOT", "TO"} & set(said)


@pytest.fixture
def named(plant: Any) -> Any:
    plant.actors("p-1", kind="Person", consent=3)
    plant.actors("p-2", "p-3", kind="Person", consent=4)
    plant.actors("o-1", "o-2", kind="Organisation", consent=4)
    plant.actors("o-3", kind="Organisation:Network", consent=4)
    plant.actors("o-4", kind="Organisation", consent=0)
    names = {
        "p-1": "Zoë Barn",
        "p-2": "Sam Okafor",
        "p-3": "Sam Okafor",
        "o-1": "St. John's Trust",
        "o-2": "The Old Barn",
        "o-3": "Barn Network",
        "o-4": "Barn Refuge",
    }
    for uid, name in names.items():
        plant.cypher("MATCH (x:Actor {uid: $uid}) SET x.name = $name", uid=uid, name=name)
    plant.cypher(
        """MATCH (o:Actor {uid: 'o-1'}) MATCH (b:Actor {uid: 'o-2'})
        SET o.also_known_as = ['Barn Hall', 'Saint John']
        CREATE (:Source {slug: 's', audience: 4}), (:Source {slug: 'closed', audience: 1})
        CREATE (o)<-[:DESCRIBES]-(:Record {uid: 's:1', handle: 'o-99', source: 's'})
        CREATE (o)<-[:DESCRIBES]-(:Record {uid: 'closed:1', handle: 'o-98', source: 'closed'})
        CREATE (p:Place {uid: 'l-1', name: 'Coventry', audience: 4})
        CREATE (p)-[:WITHIN {audience: 4}]->(:Place {uid: 'l-2', name: 'Midlands', audience: 4})
        CREATE (b)-[:BASED_IN {audience: 4}]->(p)
        CREATE (o)-[:BASED_IN {audience: 2}]->(p)
        CREATE (t:Theme {uid: 't-1', label: 'belonging', alt_labels: ['fitting in'], audience: 4})
        CREATE (b)-[:WORKS_ON {audience: 4}]->(t)
        CREATE (:Project {uid: 'j-1', title: 'Barn dances', audience: 2})"""
    )
    return plant


def uids(answer: dict[str, Any]) -> list[str]:
    return [row["uid"] for row in answer["rows"]]


def test_best_first_and_only_what_may_be_seen(named: Any, reader: Readers, run: Run) -> None:
    assert uids(run(search(reader(1), "barn"))) == ["j-1", "o-3", "o-1", "o-2", "p-1"]
    public = run(search(reader(4), "BARN"))
    assert [(row["uid"], row["kind"], row["matched"]) for row in public["rows"]] == [
        ("o-3", "network", "Barn Network"),
        ("o-1", "organisation", "Barn Hall"),
        ("o-2", "organisation", "The Old Barn"),
    ]
    assert public["total"] == 3 and not public["has_next"]


def test_all_the_words_or_else_some(named: Any, reader: Readers, run: Run) -> None:
    assert uids(run(search(reader(4), "old barn"))) == ["o-2"]
    assert uids(run(search(reader(4), "refuge barn"))) == ["o-2", "o-3", "o-1"], "as if no refuge"
    assert uids(run(search(reader(4), "st johns"))) == ["o-1"]
    assert uids(run(search(reader(4), "fitting"))) == ["t-1"]
    assert uids(run(search(reader(3), "zoë"))) == uids(run(search(reader(3), "Zoe"))) == ["p-1"]
    assert run(search(reader(4), "refuge")) == {
        "rows": [],
        "total": 0,
        "has_next": False,
        "has_previous": False,
    }


def test_narrowed_by_kind_place_and_theme(named: Any, reader: Readers, run: Run) -> None:
    assert uids(run(search(reader(4), "barn", kinds=["network"]))) == ["o-3"]
    assert uids(run(search(reader(4), "barn", place="l-2"))) == ["o-2"]
    assert uids(run(search(reader(2), "barn", place="l-2"))) == ["o-1", "o-2"]
    assert uids(run(search(reader(4), "barn", theme="t-1"))) == ["o-2"]


def test_pages_follow_each_other(named: Any, reader: Readers, run: Run) -> None:
    first = run(search(reader(1), "barn", first=2))
    assert (uids(first), first["total"], first["has_next"]) == (["j-1", "o-3"], 5, True)
    after = first["rows"][-1]["cursor"]
    named.cypher("MATCH (x {uid: 'o-3'}) DETACH DELETE x")
    rest = run(search(reader(1), "barn", first=5, beside=after))
    assert (uids(rest), rest["has_next"]) == (["o-1", "o-2", "p-1"], False)
    with pytest.raises(WrongUse):
        run(search(reader(1), "barn", beside="%%%"))


@pytest.mark.parametrize("text", ["", "* ( : ~", "x" * 201])
def test_nothing_to_look_for(reader: Readers, run: Run, text: str) -> None:
    with pytest.raises(WrongUse):
        run(search(reader(1), text))
    with pytest.raises(WrongUse):
        run(search(reader(1), "barn", kinds=["dog"]))


def test_find_by_id_in_any_form(named: Any, reader: Readers, run: Run) -> None:
    relay = base64.b64encode(b"Organisation:o-99").decode()
    for text in ("o-1", "o-99", relay, " o-1 ", "st johns trust", "Saint John", "saint jo"):
        assert run(find(reader(4), text)) == "o-1", text
    assert run(find(reader(4), "Barn Network", ["organisation"])) == "o-3"
    assert run(find(reader(4), "coventry")) == "l-1"


def test_a_handle_of_a_record_answers_those_who_may_see_it(
    named: Any, reader: Readers, run: Run
) -> None:
    """Whoever guesses a narrower source's ids must not learn whom it speaks of."""
    assert run(find(reader(1), "o-98")) == "o-1"
    for level in (2, 3, 4):
        with pytest.raises(NotFound):
            run(find(reader(level), "o-98"))


def test_an_exact_name_wins_over_longer_ones(named: Any, reader: Readers, run: Run) -> None:
    named.actors("p-7", kind="Person")
    named.cypher("MATCH (x:Actor {uid: 'p-7'}) SET x.name = 'Barn'")
    assert run(find(reader(4), "barn")) == "p-7"


def test_an_ambiguous_name_lists_its_candidates(named: Any, reader: Readers, run: Run) -> None:
    with pytest.raises(Ambiguous, match="Ask by id") as error:
        run(find(reader(4), "Sam Okafor"))
    assert error.value.candidates == [
        ("p-2", "Sam Okafor", "person"),
        ("p-3", "Sam Okafor", "person"),
    ]
    assert run(find(reader(4), "Sam Okafor p-2".split()[-1])) == "p-2"


def test_hidden_and_nonexistent_read_the_same(named: Any, reader: Readers, run: Run) -> None:
    said = set()
    for text in ("o-4", "o-5"):
        with pytest.raises(NotFound) as error:
            run(find(reader(1), text))
        said.add(str(error.value).replace(text, "X"))
    assert len(said) == 1
    with pytest.raises(NotFound):
        run(find(reader(4), "Zoë Barn", ["person"]))
    with pytest.raises(NotFound):
        run(find(reader(4), "moonlight"))
