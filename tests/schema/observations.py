"""Piles of observations for the tests of strength: by hand and at random."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tieline.schema.strength import Observation, Summary, summary
from tieline.schema.weights import KINDS

TODAY = date(2026, 11, 21)
PARTS = 24  # values are multiples of 1/24: quarters, fifths near enough, and ties between them


def days_ago(days: int) -> date:
    return TODAY - timedelta(days)


def said(kind: str, value: float = 1.0, reporter: str = "from", **rest: Any) -> Observation:
    """One observation, of today unless said."""
    on = rest.pop("on", TODAY)
    uid = rest.pop("uid", f"{kind}/{reporter}/{value}/{on}/{sorted(rest.items())}")
    return Observation(uid, kind, value, reporter=reporter, on=on, **rest)


def told(*observations: Observation, as_of: date = TODAY) -> Summary:
    answer = summary(observations, as_of)
    assert answer is not None
    return answer


@st.composite
def _observation(draw: st.DrawFn) -> Observation:
    kind = draw(st.sampled_from(sorted(KINDS)))
    record = KINDS[kind].pool is not None
    on = draw(st.none() | st.dates(date(2015, 1, 1), TODAY))
    fixed = {"stated_tie": 24, "no_tie": 0}.get(kind, 24 if record else None)
    value = (draw(st.integers(0, PARTS)) if fixed is None else fixed) / PARTS
    until = (
        draw(st.none() | st.dates(date(2015, 1, 1), TODAY)) if KINDS[kind].pool == "work" else None
    )
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
