"""What must hold of any observations whatever."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tieline.schema.strength import Observation, Summary, ends_on, summary
from tieline.schema.ties import ties
from tieline.schema.weights import CAP, KINDS

TODAY = date(2026, 11, 21)
PARTS = 24  # values are multiples of 1/24, so that equal ones are drawn too
SLACK = 1e-12
RECORDS = sorted(kind for kind in KINDS if KINDS[kind].pool)
ASKED = sorted(kind for kind in KINDS if KINDS[kind].asked)


def strength(pile: list[Observation], as_of: date = TODAY) -> float:
    answer = summary(pile, as_of)
    return answer.strength if answer else 0.0


@st.composite
def _observation(draw: st.DrawFn) -> Observation:
    kind = draw(st.sampled_from(sorted(KINDS)))
    record = KINDS[kind].pool is not None
    on = draw(st.none() | st.dates(date(2015, 1, 1), TODAY))
    fixed = {"stated_tie": 24, "no_tie": 0}.get(kind, 24 if record else None)
    value = (draw(st.integers(0, PARTS)) if fixed is None else fixed) / PARTS
    ends = st.none() | st.dates(date(2015, 1, 1), TODAY)
    until = draw(ends) if KINDS[kind].pool == "work" else None
    return Observation(
        uid="",
        kind=kind,
        value=value,
        weight=draw(st.sampled_from([None, None, KINDS[kind].weight / 3])),
        answered_share=draw(st.integers(0, 10)) / 10 if kind == "felt" else 1.0,
        reliability=draw(st.sampled_from([0.3, 0.6, 0.9, 1.0])),
        reporter=draw(st.sampled_from(["from", "to", "w1", "w2"])),
        source=draw(st.sampled_from(["a", "b", "c"])),
        forward=draw(st.booleans()),
        on=on,
        until=max(until, on) if until and on else until,
        audience=draw(st.integers(0, 4)),
    )


@st.composite
def piles(draw: st.DrawFn, least: int = 0) -> list[Observation]:
    """Random observations of one pair, each with its own uid."""
    drawn = draw(st.lists(_observation(), min_size=least, max_size=9))
    return [o._replace(uid=f"o{place:02}") for place, o in enumerate(drawn)]


def said(kind: str, value: float = 1.0, reporter: str = "from", **rest: Any) -> Observation:
    """One observation, of today unless said."""
    on = rest.pop("on", TODAY)
    uid = rest.pop("uid", f"{kind}/{reporter}/{value}/{on}/{sorted(rest.items())}")
    return Observation(uid, kind, value, reporter=reporter, on=on, **rest)


def told(*observations: Observation, as_of: date = TODAY) -> Summary:
    answer = summary(observations, as_of)
    assert answer is not None
    return answer


@given(piles(least=1))
def test_shares_of_one_whole(pile: list[Observation]) -> None:
    answer = summary(pile, TODAY)
    assume(answer)
    assert answer
    assert 0 <= answer.strength < 1
    assert abs(answer.strength + answer.against + answer.unknown - 1) < SLACK
    assert 0 <= answer.step_there <= answer.strength
    assert 0 <= answer.step_back <= answer.strength


@given(piles(least=1), st.integers(1, 5000))
def test_time_alone_never_raises_it_while_no_work_runs(pile: list[Observation], days: int) -> None:
    ended = [o for o in pile if KINDS[o.kind].pool != "work" or ends_on(o) <= TODAY.toordinal()]
    assert strength(ended, TODAY + timedelta(days)) <= strength(ended) + SLACK


@given(piles(), st.sampled_from(RECORDS), st.none() | st.dates(date(2015, 1, 1), TODAY))
def test_a_new_record_never_lowers_it(pile: list[Observation], kind: str, on: date | None) -> None:
    more = [*pile, said(kind, reporter="new", on=on)]
    assert strength(more) >= strength(pile) - SLACK
    if before := summary(pile, TODAY):
        after = told(*more)
        assert after.step_there >= before.step_there - SLACK
        assert after.step_back >= before.step_back - SLACK


@given(piles(least=1), st.data())
def test_raising_any_value_never_lowers_it(pile: list[Observation], data: st.DataObject) -> None:
    """An answer told by two sources is one answer: it is raised wherever it is told, and raised to
    a value of its own, since counting two answers as one (or one as two) is another change."""
    one = data.draw(st.sampled_from(pile))
    value = one.value + (1 - one.value) * data.draw(st.sampled_from([0.31, 0.77]))
    assert strength([o._replace(value=value) if _same_answer(o, one) else o for o in pile]) >= (
        strength(pile) - SLACK
    )


def _same_answer(o: Observation, other: Observation) -> bool:
    return (o.kind, o.on, o.value, _end(o)) == (other.kind, other.on, other.value, _end(other))


def _end(o: Observation) -> str | bool:
    return o.reporter if o.reporter.startswith("w") else (o.reporter == "from") == o.forward


@given(piles(), st.sampled_from(ASKED), st.floats(0, 1), st.booleans())
def test_a_first_answer(pile: list[Observation], kind: str, value: float, at_end: bool) -> None:
    """Of the end that was not heard, given today."""
    unheard = [o for o in pile if not KINDS[o.kind].asked or _end(o) is not False]
    before = summary(unheard, TODAY)
    assume(before)
    assert before
    answer = said(kind, before.strength if at_end else value, "to", source="new")
    after = told(*unheard, answer)
    assert after.heard == before.heard + 1
    if answer.value >= 0.75 * before.strength:
        assert after.strength >= before.strength - SLACK
    if answer.value >= before.strength and not (kind == "would_introduce" and answer.value == 0):
        assert after.step_there >= before.step_there - SLACK


@given(piles(), st.randoms(use_true_random=False))
def test_order_is_nothing_to_the_last_digit(pile: list[Observation], dice: random.Random) -> None:
    shuffled = dice.sample(pile, len(pile))
    assert summary(shuffled, TODAY) == summary(pile, TODAY)
    assert ties(shuffled, TODAY) == ties(pile, TODAY)


@given(piles(), st.sampled_from("abc"), st.randoms(use_true_random=False))
def test_step_by_step_is_from_scratch_and_a_source_erased_was_never_there(
    pile: list[Observation], source: str, dice: random.Random
) -> None:
    held: dict[str, Observation] = {}
    for o in dice.sample(pile, len(pile)):
        held[o.uid] = o
        assert ties(held.values(), TODAY) == ties([p for p in pile if p.uid in held], TODAY)
    for uid in [o.uid for o in held.values() if o.source == source]:
        del held[uid]
        ties(held.values(), TODAY)
    assert ties(held.values(), TODAY) == ties([o for o in pile if o.source != source], TODAY)


@given(piles(least=1))
def test_turned_round_it_is_the_same_tie(pile: list[Observation]) -> None:
    answer, turned = (
        summary(pile, TODAY),
        summary([o._replace(forward=not o.forward) for o in pile], TODAY),
    )
    assume(answer)
    assert answer and turned
    assert (turned.strength, turned.label) == (answer.strength, answer.label)
    assert (turned.step_there, turned.step_back) == (answer.step_back, answer.step_there)
    assert (turned.own_first, turned.own_second) == (answer.own_second, answer.own_first)


@given(piles(least=1))
def test_folding_as_the_design_words_it(pile: list[Observation]) -> None:
    """m = min(cap, m x decay + w) in date order, then decay to today: no doubt, nobody heard."""
    works = [o for o in pile if KINDS[o.kind].pool == "work"]
    assume(works)
    m, at = 0.0, date(2000, 1, 1).toordinal()
    for end, weight in sorted((min(ends_on(o), TODAY.toordinal()), _weight(o)) for o in works):
        m, at = min(CAP, m * 0.5 ** ((end - at) / 1095) + weight), end
    m *= 0.5 ** ((TODAY.toordinal() - at) / 1095)
    assert abs(strength(works) - m / (m + 4)) < 1e-9


def _weight(o: Observation) -> float:
    return (o.weight or 1.5) * o.answered_share * o.reliability


@given(piles())
def test_each_level_is_what_is_visible_there(pile: list[Observation]) -> None:
    made = ties(pile, TODAY)
    there: dict[str, Any] = made[0] if made else {}
    for level in (1, 2, 3, 4):
        suffix = "" if level == 1 else f"_{level}"
        answer = summary([o for o in pile if o.audience >= level], TODAY)
        if answer is None:
            assert f"step{suffix}" not in there
            continue
        assert there["audience"] >= level
        assert there[f"step{suffix}"] == pytest.approx(answer.step_there, abs=1e-11)
        assert there[f"label{suffix}"] == answer.label
        assert there[f"kinds{suffix}"] == list(answer.kinds)
        assert there.get(f"seen{suffix}") == (answer.seen.isoformat() if answer.seen else None)
