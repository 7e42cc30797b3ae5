"""At each level a tie is what the observations visible there say, and no more."""

from typing import Any

import pytest
from hypothesis import given
from tests.schema.observations import TODAY, piles, said

from tieline.schema.strength import Observation, summary
from tieline.schema.ties import ties

EVERY_LEVEL = {"step", "label", "kinds"}


def test_a_pair_seen_by_members_but_not_by_all() -> None:
    answer = said("closeness", 1.0, audience=3)
    work = said("joint_work", reporter="r", audience=1)
    both = ties([answer, work], TODAY)
    assert both
    there, back = both
    alone = summary([answer], TODAY)
    assert alone
    assert there["audience"] == 3
    assert there["kinds"] == ["closeness", "joint_work"]
    assert there["kinds_3"] == ["closeness"]
    assert there["step_2"] == there["step_3"] == pytest.approx(alone.step_there)
    assert there["step"] > there["step_3"]
    assert not any(name.endswith("_4") for name in there)
    assert {k: v for k, v in back.items() if "step" not in k} == {
        k: v for k, v in there.items() if "step" not in k
    }


def test_nothing_visible_is_no_tie() -> None:
    assert ties([], TODAY) is None
    assert ties([said("closeness", audience=0)], TODAY) is None
    assert ties([said("felt", answered_share=0.1)], TODAY) is None


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
