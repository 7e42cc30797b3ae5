"""How often one viewer may ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieline.graphql.rate import AT_ONCE, KNOWN, Rate


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_and_then_one_by_one() -> None:
    clock = Clock()
    rate = Rate(60, clock)
    assert [rate.wait("ana") for _ in range(int(60 * AT_ONCE))] == [0] * 15
    assert rate.wait("ana") == pytest.approx(1)
    assert rate.wait("ben") == 0, "another is not held up"
    clock.now += 0.5
    assert rate.wait("ana") == pytest.approx(0.5)
    clock.now += 0.5
    assert rate.wait("ana") == 0 and rate.wait("ana") == pytest.approx(1)


def test_who_is_not_counted_may_ask_on() -> None:
    rate = Rate(1, Clock())
    assert not any(rate.wait(None) for _ in range(100))
    free = Rate(0, Clock())
    assert not any(free.wait("ana") for _ in range(100))


def test_many_strangers_take_little_memory() -> None:
    rate = Rate(60, Clock())
    for n in range(KNOWN + 100):
        rate.wait(str(n))
    assert len(rate._left) == KNOWN


@given(st.integers(1, 600), st.lists(st.floats(0, 30), min_size=1, max_size=200))
def test_in_any_time_no_more_than_that(minute: int, pauses: list[float]) -> None:
    """Against counting: never more than what may come at once and what has come since."""
    clock = Clock()
    rate, let, most = Rate(minute, clock), 0, max(1.0, minute * AT_ONCE)
    for pause in pauses:
        clock.now += pause
        wait = rate.wait("ana")
        let += wait == 0
        assert let <= most + clock.now * minute / 60 + 1e-6
        if wait:
            clock.now += wait + 1e-6
            assert rate.wait("ana") == 0, "whoever waits as long as they are told may ask"
            let += 1
