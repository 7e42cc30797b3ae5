"""What counts as one theme, and every vocabulary's word for a term: on the real server."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieline.database.reader import Reader
from tieline.errors import Ambiguous, WrongUse
from tieline.queries.resolve.find import find
from tieline.queries.search.ask import search
from tieline.queries.themes.reach import (
    CLOSE,
    EXACT,
    NARROWER,
    Near,
    Step,
    _within,
    around,
    each_within,
    within,
)
from tieline.queries.themes.slips import apart, nearly
from tieline.queries.themes.translate import translate
from tieline.queries.themes.untranslated import count, untranslated

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
Matched = tuple[str, str, str]

# Two vocabularies and a half: a tree of ours, theirs beside it, and one word of a third.
THEMES = {
    "t-people": ("people", "ours"),
    "t-alone": ("loneliness", "ours"),
    "t-visits": ("befriending", "ours"),
    "t-lonely": ("Loneliness", "theirs"),
    "t-clubs": ("Social clubs", "theirs"),
    "t-tea": ("Tea clubs", "theirs"),
    "t-elder": ("Older people", "theirs"),
    "t-third": ("Isolation", "third"),
    "t-far": ("Solitude", "third"),
}
BROADER = [("t-alone", "t-people"), ("t-visits", "t-alone"), ("t-tea", "t-clubs")]
MATCHES: list[Matched] = [
    ("t-alone", "exactMatch", "t-lonely"),
    ("t-third", "exactMatch", "t-lonely"),
    ("t-far", "closeMatch", "t-third"),
    ("t-visits", "closeMatch", "t-clubs"),
    ("t-elder", "relatedMatch", "t-lonely"),
]


def sow(
    plant: Any,
    themes: dict[str, tuple[str, str]] = THEMES,
    broader: Iterable[tuple[str, str]] = BROADER,
    matches: Iterable[Matched] = MATCHES,
) -> None:
    rows = [{"uid": uid, "label": one, "scheme": two} for uid, (one, two) in themes.items()]
    plant.cypher(
        """CREATE (:Source {slug: 'list', title: 'A list', audience: 4})
        WITH 1 AS one UNWIND $rows AS row CREATE (t:Theme) SET t = row, t.audience = 4
        CREATE (t)<-[:DESCRIBES]-(:Record {uid: 'list:' + row.uid, handle: row.uid,
          source: 'list', digest: 'x'})""",
        rows=rows,
    )
    plant.cypher(
        """UNWIND $rows AS row MATCH (a:Theme {uid: row[0]}) MATCH (b:Theme {uid: row[1]})
        CREATE (a)-[:BROADER {uid: row[0] + row[1], audience: 4, source: 'list'}]->(b)""",
        rows=[list(each) for each in broader],
    )
    plant.cypher(
        """UNWIND $rows AS row MATCH (a:Theme {uid: row[0]}) MATCH (b:Theme {uid: row[2]})
        CREATE (a)-[:MATCHES {uid: row[0] + row[2], predicate: row[1], confidence: .8, audience: 4,
          source: 'list', by: 'Ada', comment: 'As she saw it.'}]->(b)""",
        rows=[list(each) for each in matches],
    )


def ways(words: dict[str, Any]) -> dict[str, str]:
    return {uid: word.way for uid, word in words.items()}


def test_every_word_for_it_and_how_it_was_reached(plant: Any, reader: Readers, run: Run) -> None:
    sow(plant)
    assert ways(run(around(reader(4), ["t-alone"]))) == {
        "t-alone": "same",
        "t-lonely": "exact",
        "t-third": "exact",  # along a chain, both ways
        "t-far": "close",  # one step from what is exactly the same
        "t-people": "broader",
        "t-visits": "narrower",
        "t-elder": "related",
    }
    found = run(around(reader(4), ["t-alone"]))
    assert [step.predicate for step in found["t-far"].steps] == [
        "exactMatch", "exactMatch", "closeMatch",
    ]  # fmt: skip
    assert found["t-far"].confidence == 0.512 and found["t-people"].confidence is None
    assert (found["t-lonely"].weight, found["t-people"].weight) == (1.0, 0.5)


def test_close_is_never_chained(plant: Any, reader: Readers, run: Run) -> None:
    sow(plant)
    words = run(around(reader(4), ["t-far"]))
    assert ways(words) == {
        "t-far": "same", "t-third": "close", "t-lonely": "close", "t-alone": "close",
    }  # fmt: skip
    assert run(within(reader(4), "t-far")) == sorted(words)
    assert "t-tea" not in run(within(reader(4), "t-visits"))  # beneath what is close: no further


def test_a_scope_takes_in_what_is_narrower_in_any_vocabulary(
    plant: Any, reader: Readers, run: Run
) -> None:
    sow(plant)
    everything = {"t-people", "t-alone", "t-visits", "t-lonely", "t-third", "t-far", "t-clubs"}
    assert set(run(within(reader(4), "t-people"))) == everything
    assert run(within(reader(4), None)) is None
    each = run(each_within(reader(4), ["t-people", "t-tea"]))
    assert each == {"t-people": everything, "t-tea": {"t-tea"}}


def test_a_wider_match_is_narrower_the_other_way_round(
    plant: Any, reader: Readers, run: Run
) -> None:
    sow(
        plant, matches=[("t-visits", "broadMatch", "t-lonely"), ("t-clubs", "narrowMatch", "t-far")]
    )
    assert ways(run(around(reader(4), ["t-visits"])))["t-lonely"] == "broader"
    assert ways(run(around(reader(4), ["t-lonely"])))["t-visits"] == "narrower"
    assert run(within(reader(4), "t-lonely")) == ["t-lonely", "t-visits"]
    assert run(within(reader(4), "t-clubs")) == ["t-clubs", "t-far", "t-tea"]


@pytest.mark.parametrize(
    "hide",
    [
        "MATCH (:Theme {uid: 't-alone'})-[r:MATCHES]->() SET r.audience = 2",
        "MATCH (t:Theme {uid: 't-lonely'}) SET t.audience = 2",
    ],
)
def test_what_is_hidden_leads_nowhere(hide: str, plant: Any, reader: Readers, run: Run) -> None:
    sow(plant)
    seen = run(within(reader(2), "t-alone"))
    plant.cypher(hide)
    assert run(within(reader(2), "t-alone")) == seen
    assert run(within(reader(3), "t-alone")) == ["t-alone", "t-clubs", "t-visits"]
    assert not run(around(reader(4), ["t-alone"])).keys() & {"t-lonely", "t-third", "t-far"}


STEPS = st.lists(
    st.tuples(
        st.integers(0, 7), st.integers(0, 7), st.sampled_from([EXACT, CLOSE, NARROWER, "related"])
    ),
    max_size=24,
)


@given(STEPS)
def test_a_scope_equals_brute_force(pairs: list[tuple[int, int, str]]) -> None:
    """exact and narrower closed; then close from any, and what is exactly that."""
    said = {(str(a), str(b), way) for a, b, way in pairs if a != b}
    said |= {(b, a, way) for a, b, way in said if way in (EXACT, CLOSE, "related")}
    near = Near(None)  # type: ignore[arg-type]  # all is known: nothing is read
    near.steps = {
        str(n): [Step(a, b, way, "x") for a, b, way in sorted(said) if a == str(n)]
        for n in range(8)
    }

    def closed(these: set[str], ways: tuple[str, ...]) -> set[str]:
        while more := {b for a, b, way in said if a in these and way in ways} - these:
            these = these | more
        return these

    inside = closed({"0"}, (EXACT, NARROWER))
    close = {b for a, b, way in said if a in inside and way == CLOSE} - inside
    assert asyncio.run(_within(near, "0")) == inside | closed(close, (EXACT,))


def test_each_word_says_through_which_mapping_whose_and_how_sure(
    plant: Any, reader: Readers, run: Run
) -> None:
    sow(plant)
    told = run(translate(reader(4), "Befriending"))
    assert [(r["theme_uid"], r["way"], r["matched"]) for r in told["rows"]] == [
        ("t-visits", "same", "befriending"),
        ("t-clubs", "close", "befriending"),
        ("t-alone", "broader", "befriending"),
        ("t-lonely", "broader", "befriending"),
        ("t-third", "broader", "befriending"),
    ]
    close = told["rows"][1]
    assert close["reason"] == (
        "'Social clubs' of theirs is close to 'befriending' of ours: closeMatch, says Ada, "
        "80% sure (As she saw it)."
    )
    assert close["confidence"] == 0.8 and close["source_slugs"] == ["list"]
    assert close["steps"][0]["from_uid"] == "t-visits"
    assert "counts half" in told["rows"][2]["reason"]
    assert told["note"] is None and told["graph_version"]
    assert "A list" in told["coverage"]["sentence"]


def test_a_vocabulary_that_has_no_word_is_named(plant: Any, reader: Readers, run: Run) -> None:
    sow(plant)
    plant.cypher("MATCH (t:Theme {uid: 't-people'}) SET t.no_word_in = ['theirs', 'third']")
    told = run(translate(reader(4), "people"))
    (row,) = [each for each in told["without"] if each["scheme"] == "third"]
    assert row["theme_uid"] == "t-people" and "has no word for 'people'" in row["reason"]


@pytest.mark.parametrize(
    ("term", "label"), [("befreinding", "befriending"), ("lonelines", "loneliness"),
                        ("befriend", "befriending")],
)  # fmt: skip
def test_slips_and_other_forms_are_found(
    term: str, label: str, plant: Any, reader: Readers, run: Run
) -> None:
    sow(plant)
    told = run(translate(reader(4), term))
    assert told["rows"][0]["matched"].casefold() == label


def test_a_slip_is_told_and_nothing_is_empty_without_a_word(
    plant: Any, reader: Readers, run: Run
) -> None:
    sow(plant)
    assert "Nothing is called 'befreinding'" in run(translate(reader(4), "befreinding"))["note"]
    told = run(translate(reader(4), "submarines"))
    assert told["rows"] == [] and "tieline load relational-words" in told["note"]
    with pytest.raises(WrongUse):
        run(translate(reader(4), "  "))


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_slips_are_counted_as_defined(one: str, other: str) -> None:
    """Against the definition, read aloud: recursion on the last letters."""

    def slow(a: str, b: str) -> int:
        if not a or not b:
            return len(a) + len(b)
        least = min(
            slow(a[:-1], b) + 1, slow(a, b[:-1]) + 1, slow(a[:-1], b[:-1]) + (a[-1] != b[-1])
        )
        if len(a) > 1 and len(b) > 1 and a[-1] == b[-2] and a[-2] == b[-1]:
            least = min(least, slow(a[:-2], b[:-2]) + 1)
        return least

    assert apart(one, other) == slow(one, other)


def test_short_words_are_never_taken_for_others() -> None:
    assert nearly("tea", [("t-1", "sea", [])]) == []
    assert [r["uid"] for r in nearly("gardn", [("t-1", "garden", []), ("t-2", "guard", [])])] == [
        "t-1"
    ]


def test_a_search_finds_the_words_of_others(plant: Any, reader: Readers, run: Run) -> None:
    sow(plant)
    rows = run(search(reader(4), "befriending"))["rows"]
    assert [(r["name"], r["matched"], r["through"]) for r in rows] == [
        ("befriending", "befriending", None),
        ("Social clubs", "befriending", "closeMatch"),
    ]
    rows = run(search(reader(4), "solitude", ["theme"]))["rows"]
    assert rows[0]["name"] == "Solitude"
    assert {r["name"] for r in rows[1:]} == {"Isolation", "loneliness", "Loneliness"}


def test_one_name_for_what_is_exactly_the_same_is_not_ambiguous(
    plant: Any, reader: Readers, run: Run
) -> None:
    sow(plant)
    assert run(find(reader(4), "loneliness", ["theme"])) in ("t-alone", "t-lonely")
    plant.cypher("MATCH (:Theme {uid: 't-alone'})-[r:MATCHES]-() DELETE r")
    with pytest.raises(Ambiguous):
        run(find(reader(4), "loneliness", ["theme"]))


def test_what_no_vocabulary_has_a_word_for(plant: Any, reader: Readers, run: Run) -> None:
    sow(plant)
    plant.cypher(
        """UNWIND range(1, 20) AS n
        CREATE (j:Project {uid: 'j-' + n, title: 'Project ' + n, audience: 4, description:
          CASE WHEN n < 5 THEN 'A community fridge in Leeds.' ELSE 'Befriending.' END})
        WITH j, n MATCH (t:Theme {uid: CASE WHEN n = 1 THEN 't-tea' ELSE 't-lonely' END})
        CREATE (j)-[:WORKS_ON {audience: CASE WHEN n = 2 THEN 1 ELSE 4 END}]->(t)"""
    )
    plant.cypher("CREATE (:Place {uid: 'l-1', name: 'Leeds', audience: 4})")
    rows = run(untranslated(reader(4)))["rows"]
    assert [(r["theme_uid"], r["word"], r["used"]) for r in rows] == [
        ("t-tea", None, 1), (None, "community fridge", 4),
    ]  # fmt: skip
    assert "no other vocabulary here has a word" in rows[0]["reason"]
    assert rows[1]["project_uids"] == ["j-1", "j-2", "j-3"]


def test_words_that_a_theme_is_known_by_are_not_told() -> None:
    texts = [(f"j-{n}", "Neighbours mending bicycles") for n in range(3)]
    texts += [(f"k-{n}", "nothing") for n in range(20)]
    assert count(texts, {"neighbour"}, set()) == [("mending bicycle", 3, ["j-0", "j-1", "j-2"])]
    assert count(texts, {"neighbour", "mend"}, {"bicycles"}) == []
