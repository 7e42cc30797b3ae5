"""The pieces of a tie's strength add up to it, whatever the observations."""

from datetime import date
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from tieline.schema.shares import FULL, NEWER, SAME_DAY, TOO_FEW, dated_by, shares
from tieline.schema.strength import Observation, summary
from tieline.schema.weights import KINDS

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))
OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        uid=st.uuids().map(str),
        kind=st.sampled_from(sorted(KINDS)),
        value=st.floats(0, 1),
        weight=st.none() | st.floats(0.05, 2),
        answered_share=st.sampled_from([0.1, 0.3, 0.7, 1.0]),
        reliability=st.sampled_from([0.4, 0.9, 1.0]),
        reporter=st.sampled_from(["from", "to", "x:1"]),
        source=st.sampled_from("ab"),
        forward=st.booleans(),
        on=st.none() | DAYS,
        until=st.none() | DAYS,
    ),
    max_size=12,
)


@given(OBSERVATIONS, DAYS)
def test_the_pieces_add_up(observations: list[Observation], day: date) -> None:
    told, found = summary(observations, day), shares(observations, day)
    assert sorted(s.observation.uid for s in found) == sorted(o.uid for o in observations)
    assert all(s.support >= 0 and s.doubt >= 0 for s in found)
    assert all(s.support == s.doubt == 0 for s in found if s.why)
    if told is None:
        assert all(s.why == TOO_FEW for s in found)
        return
    r, s = sum(x.support for x in found), sum(x.doubt for x in found)
    whole = r + s + 2 + (2 - told.heard)
    assert isclose(told.strength, r / whole, abs_tol=1e-9)
    assert isclose(told.against, s / whole, abs_tol=1e-9)


def test_why_one_does_not_count() -> None:
    said = [
        Observation("old", "closeness", 0.5, reporter="from", on=date(2026, 1, 1)),
        Observation("new", "closeness", 1.0, reporter="from", on=date(2026, 2, 1)),
        Observation("felt", "felt", 1.0, reporter="from", answered_share=0.2, on=TODAY),
        Observation("met", "contact_day", on=TODAY, source="a"),
        Observation("met twice", "contact_day", on=TODAY, source="b", reliability=0.5),
        *(Observation(f"work {n}", "joint_work", on=date(2026, 1, n)) for n in (1, 2, 3)),
    ]
    why = {s.observation.uid: s.why for s in shares(said, TODAY) if s.why}
    assert why == {"old": NEWER, "felt": TOO_FEW, "met twice": SAME_DAY, "work 3": FULL}


def test_what_came_later_is_not_known_yet() -> None:
    said = [Observation(str(n), "contact_day", on=date(2026, n, 1)) for n in (1, 6, 11)]
    said.append(Observation("undated", "stated_tie"))
    assert [o.uid for o in dated_by(said, date(2026, 6, 1))] == ["1", "6", "undated"]
