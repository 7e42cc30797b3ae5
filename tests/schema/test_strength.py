"""The worked answers of the design, and each rule by its own example."""

from datetime import date, timedelta
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from tieline.schema.strength import Observation, Summary, summary
from tieline.schema.ties import ties
from tieline.schema.weights import KINDS, OPEN_END

TODAY = date(2026, 11, 21)


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


A4, A5 = said("closeness", 0.75), said("closeness", 1.0)
B2, B1 = said("closeness", 0.25, "to"), said("closeness", 0.0, "to")
FELT = said("felt", 0.8, answered_share=0.7)
MONTHLY, YES = said("frequency", 0.6), said("would_introduce", 1.0)
MET = [said("contact_day", reporter="r", on=days_ago(days)) for days in range(0, 120, 30)]
MET_DAILY = [said("contact_day", reporter="r", on=days_ago(days)) for days in range(40)]
TWO_PARTNERS = [
    said("closeness", 0.75, source="a", reliability=0.9),
    said("closeness", 0.25, source="b", reliability=0.6),
]
WORKED: list[tuple[str, list[Observation], float, float | None, str]] = [
    ("A says 5", [A5], 0.571429, 0.428571, "middling"),
    ("A says 3", [said("closeness", 0.5)], 0.285714, 0.428571, "middling"),
    ("A says 2", [said("closeness", 0.25)], 0.142857, 0.428571, "thin"),
    ("A said 5, 1095 days ago", [said("closeness", on=days_ago(1095))], 0.4, 0.6, "not_yet_known"),
    ("A says 5, B says 5", [A5, said("closeness", 1.0, "to")], 0.8, 0.2, "thick"),
    ("A says 4, B says 4", [A4, said("closeness", 0.75, "to")], 0.6, 0.2, "thick"),
    ("A says 5, B says 2", [A5, B2], 0.5, 0.2, "middling"),
    ("A says 5, B says 1", [A5, B1], 0.4, 0.2, "thin"),
    (
        "A says 4, felt 4.2 on 7 of 10, in touch monthly",
        [A4, FELT, MONTHLY],
        0.5297,
        0.2703,
        "middling",
    ),
    ("the same, and A would introduce", [A4, FELT, MONTHLY, YES], 0.6543, None, "thick"),
    ("met 0, 30, 60 and 90 days ago", MET, 0.3151, None, "not_yet_known"),
    ("met on each of the last 40 days", MET_DAILY, 0.4286, None, "not_yet_known"),
    (
        "a weaver says 5 of them (reliability 0.6)",
        [said("closeness", 1.0, "w", reliability=0.6)],
        0.375,
        0.625,
        "not_yet_known",
    ),
    (
        "A says 4 to one partner (0.9) and 2 to another (0.6), the same day",
        TWO_PARTNERS,
        0.3667,
        None,
        "middling",
    ),
]


@pytest.mark.parametrize(("name", "pile", "strength", "unknown", "label"), WORKED)
def test_worked(
    name: str, pile: list[Observation], strength: float, unknown: float | None, label: str
) -> None:
    answer = told(*pile)
    assert isclose(answer.strength, strength, abs_tol=0.00005), name
    assert unknown is None or isclose(answer.unknown, unknown, abs_tol=0.00005), name
    assert answer.label == label, name
    assert isclose(answer.strength + answer.against + answer.unknown, 1)


def test_the_worked_answers_of_the_documentation_are_these() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "strength.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    shown = {row[0]: row[1:] for row in rows if len(row) == 5}
    for name, pile, *_ in WORKED:
        answer = told(*pile)
        figures = (answer.strength, answer.unknown, answer.step_there)
        said = [*(f"{figure:.4f}" for figure in figures), answer.label.replace("_", " ")]
        assert shown.pop(name) == said
    assert list(shown) == ["observations"]


def test_the_numbers_of_the_documentation_are_those_of_the_table() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "strength.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    shown = {name.strip("`"): (float(weight), int(days)) for name, _, weight, days in rows}
    assert shown == {kind.name: (kind.weight, kind.half_life) for kind in KINDS.values()}


def test_the_person_asked_decides() -> None:
    assert isclose(told(A5, B2).step_there, 0.25)
    assert isclose(told(A5, B2).step_back, 0.5)
    assert told(A5, B1).step_there == 0
    assert told(A5).step_there == told(A5).strength


def test_would_not_introduce_removes_the_step_towards_that_end_alone() -> None:
    answer = told(A5, said("closeness", 1.0, "to"), said("would_introduce", 0.0, "to"))
    assert answer.step_there == 0
    assert answer.step_back > 0.5
    assert told(A5, said("would_introduce", 0.0, "w")).step_there > 0


def test_direction_of_an_observation_does_not_matter_only_who_said_it() -> None:
    b2 = said("closeness", 0.25, "from", forward=False)
    assert told(A5._replace(forward=False, reporter="to"), b2) == told(A5, B2)


def test_a_third_party_counts_at_most_six_tenths_and_is_not_heard() -> None:
    at_one, at_six = said("closeness", 1.0, "w"), said("closeness", 1.0, "w", reliability=0.6)
    assert told(at_one).strength == told(at_six).strength
    assert told(at_one).heard == 0
    assert told(at_one).step_there == told(at_one).strength


def test_a_recorded_fact_is_no_view_and_keeps_its_reliability() -> None:
    assert isclose(told(said("contact_day", reporter="w")).strength, 0.5 / 4.5)


def test_felt_under_three_answers_is_as_if_never_given() -> None:
    assert summary([said("felt", 1.0, answered_share=0.2)], TODAY) is None
    assert told(A4, said("felt", 1.0, answered_share=0.2)) == told(A4)
    assert isclose(told(said("felt", 1.0, answered_share=0.3)).strength, 0.9 / 3.9)


def test_the_newest_answer_stands_for_each_reporter_kind_and_source() -> None:
    older = said("closeness", 0.0, on=days_ago(10), uid="z")
    assert told(older, A5)._replace(kinds=()) == told(A5)._replace(kinds=())
    assert told(older._replace(source="b"), A5).against > 0
    assert told(older._replace(reporter="to"), A5).heard == 2


def test_an_identical_answer_counts_once_at_the_highest_reliability() -> None:
    twice = [A5._replace(uid=s, source=s, reliability=rho) for s, rho in (("a", 0.5), ("b", 0.9))]
    assert told(*twice).strength == told(A5._replace(reliability=0.9)).strength
    other_day = twice[0]._replace(on=days_ago(1))
    assert told(other_day, twice[1]).strength > told(twice[1]).strength


def test_works_fade_from_their_end_and_not_before() -> None:
    running = said("joint_work", on=days_ago(2000), until=date(2027, 1, 1))
    assert isclose(told(running).strength, 1.5 / 5.5)
    ended = said("joint_work", on=days_ago(2000), until=days_ago(1095))
    assert isclose(told(ended).strength, 0.75 / 4.75)


def test_a_work_without_an_end_lasts_twelve_months_and_a_role_runs_on() -> None:
    work = said("joint_work", on=date(2024, 2, 29))
    assert told(work).strength == told(work._replace(until=date(2025, 2, 28))).strength
    role = said("role", on=date(2001, 1, 1))
    assert isclose(told(role).strength, 1.5 / 5.5)
    assert told(role._replace(until=days_ago(1095))).strength < told(role).strength


def test_roles_and_works_share_one_cap_and_contact_days_have_their_own() -> None:
    works = [said("joint_work", on=TODAY, uid=str(n)) for n in range(9)]
    roles = [said("role", on=TODAY, uid=f"r{n}") for n in range(9)]
    assert isclose(told(*works, *roles).strength, 3 / 7)
    assert isclose(told(*works, *roles, *MET_DAILY).strength, 6 / 10)


def test_the_cap_holds_as_works_came_so_an_old_busy_tie_fades() -> None:
    old = said("joint_work", on=days_ago(1500), until=days_ago(1095))
    assert isclose(told(*[old._replace(uid=str(n)) for n in range(9)]).strength, 1.5 / 5.5)


def test_one_contact_day_a_day_at_most() -> None:
    once, again = said("contact_day", reporter="r"), said("contact_day", reporter="s", uid="2")
    assert told(once, again) == told(once)
    small = again._replace(weight=0.1)
    assert told(once, small) == told(once)


def test_doubt_fades_at_the_slowest_rate_whatever_its_kind() -> None:
    never = said("frequency", 0.0, on=days_ago(1095))
    assert isclose(told(never).against, 1 / 4)


def test_no_tie_is_doubt_and_silence_is_not() -> None:
    assert isclose(told(said("no_tie", 0.0, reliability=0.5, reporter="w")).against, 1 / 5)
    assert told(said("stated_tie", reporter="w")).against == 0


def test_meetings_alone_never_make_thick_nor_does_an_old_answer_unhear_an_end() -> None:
    works = [said("role", uid="r"), said("role", uid="s"), *MET_DAILY]
    assert told(*works).strength >= 0.55
    assert told(*works).label == "middling"
    assert told(said("closeness", on=date(2001, 1, 1))).heard == 1


def test_what_has_no_date_is_oldest_and_hardly_counts() -> None:
    undated = said("closeness", 0.0, on=None)
    assert told(undated, A5)._replace(kinds=()) == told(A5)._replace(kinds=())
    assert told(said("closeness", 1.0, on=None)).strength < 0.01
    assert told(said("closeness", 1.0, on=None)).seen is None
    assert told(said("joint_work", on=None)).strength < 0.01


def test_own_account_is_what_an_end_says_and_the_records() -> None:
    answer = told(A5, B1, said("joint_work"))
    assert isclose(answer.own_first, (4 + 1.5) / (4 + 1.5 + 2))
    assert isclose(answer.own_second, 1.5 / (4 + 1.5 + 2))
    assert answer.seen_differently
    assert not told(A5).seen_differently


def test_quiet_is_silence_of_more_than_eight_usual_gaps() -> None:
    weekly = [said("contact_day", on=days_ago(100 + 7 * n), reporter="r") for n in range(6)]
    assert told(*weekly).quiet
    assert not told(*weekly, as_of=days_ago(100 - 56)).quiet
    assert told(*weekly, as_of=days_ago(100 - 57)).quiet
    assert not told(*weekly, said("closeness", on=days_ago(20))).quiet
    assert not told(*weekly[:2]).quiet


def test_the_last_day_of_evidence_is_never_after_today() -> None:
    assert told(said("joint_work", on=days_ago(9), until=date(2030, 1, 1))).seen == TODAY
    member = said("joint_work", on=days_ago(9), until=OPEN_END)
    assert told(member).seen == days_ago(9)
    met = said("contact_day", on=days_ago(9))
    assert told(met, A5._replace(on=days_ago(30))).seen == days_ago(9)


def test_answers_in_words() -> None:
    words = {name: kind.values for name, kind in KINDS.items() if kind.values}
    assert words["closeness"]["4"] == 0.75
    assert words["closeness"]["know of"] == 0
    assert words["would_introduce"] == {"no": 0, "with care": 0.5, "yes": 1}
    assert list(words["frequency"].values()) == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert words["no_tie"] == {"yes": 0}


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
