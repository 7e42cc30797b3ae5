"""The table of themes by places: what counts where, what is never told nor to be worked out."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tieline.queries.gaps.ask import told as rows_of
from tieline.queries.gaps.count import FEW, table, unmet
from tieline.queries.gaps.work import Field, Work

Told = Callable[..., Field]
RUNS, OVER = ("2026-01-01", "2027-01-01", "", 0, ""), ("2020-01-01", "2021-01-01", "", 0, "")


def cells(field: Field, **how: Any) -> dict[tuple[str, str], dict[str, Any]]:
    made = table(field, **how)
    return {(r["theme_uid"], r["place_uid"]): r for r in rows_of(made, made.order)}


@pytest.mark.parametrize(
    ("starts", "ends", "status", "when"),
    [
        ("2026-01-01", "2027-01-01", "", "now"),
        ("2026-01-01", "2026", "", "now"),  # the year is not over
        ("2026-01-01", "2026-10", "", "past"),
        ("2027-01-01", "", "", "now"),  # planned
        ("2026-01-01", "", "", "now"),
        ("2025-11-20", "", "", "past"),  # twelve months, where nobody recorded the end
        ("2019-01-01", "", "active", "now"),
        ("2026-01-01", "2027-01-01", "Ended", "past"),
        ("", "", "", "unknown"),
    ],
)
def test_when_a_project_runs(starts: str, ends: str, status: str, when: str) -> None:
    assert Work("j", "J", starts, ends, status).when("2026-11-21") == when


def test_a_project_counts_in_wider_places_and_themes_and_in_other_words(told: Told) -> None:
    field = told(
        [("a", "A", *RUNS), ("b", "B", *OVER)],
        [("o", "LEADS", "a", "s"), ("o", "LEADS", "b", "s")],
        [("a", "SERVES", "Leeds", "s"), ("a", "WORKS_ON", "visiting", "s"),
         ("b", "SERVES", "England", "s"), ("b", "WORKS_ON", "company", "s")],
        [("o", "O", False)],
    )  # fmt: skip
    found = cells(field)
    one = field.themes.of("befriending")
    assert one == field.themes.of("visiting") and field.theme(one) == "befriending"
    assert {(cell, row["now"], row["past"]) for cell, row in found.items()} == {
        ((one, "Leeds"), 1, 0),
        ((one, "England"), 1, 0),
        (("company", "Leeds"), 1, 0),  # befriending is a kind of it
        (("company", "England"), 1, 1),
    }
    assert found["company", "England"]["organisations"] == 1


def test_a_close_theme_counts_one_step_and_none_further(told: Told) -> None:
    field = told([("a", "A", *RUNS)], (), [("a", "WORKS_ON", "soup", "s")])
    assert field.ones(["soup"]) == {"soup", "tea"} == field.ones(["tea"])
    assert field.ones(["kindness"]) == {"kindness"}


def test_what_a_place_has_become_is_where_it_counts(told: Told) -> None:
    field = told(
        [("a", "A", *RUNS)],
        (),
        [("a", "SERVES", "Hove", "s"), ("a", "WORKS_ON", "tea", "s")],
        became=[("Hove", "York"), ("York", "Leeds"), ("South", "Leeds"), ("South", "York")],
    )
    assert field.places_of["a"] == {"Leeds"}


def test_without_a_place_or_theme_of_its_own_it_is_where_its_lead_is(told: Told) -> None:
    field = told(
        [("a", "A", *RUNS)],
        [("o", "LEADS", "a", "s"), ("p", "PARTNERS_ON", "a", "s")],
        [("o", "BASED_IN", "York", "s"), ("o", "WORKS_ON", "tea", "s"),
         ("p", "BASED_IN", "Hove", "s")],
        [("o", "O", False), ("p", "P", False)],
    )  # fmt: skip
    assert {cell for cell, row in cells(field).items() if row["now"]} == {("tea", "York")}


def test_an_empty_cell_says_that_nothing_is_recorded_and_who_near_has_it(told: Told) -> None:
    works = [
        ("a", "Tea at Four", "2026-01-01", "2027-01-01", "", 0, "Bring cups."),
        ("b", "B", *RUNS),
    ]
    works += [("c", "Far Tea", *RUNS)]
    field = told(
        works,
        [("o", "LEADS", "a", "s"), ("o", "LEADS", "b", "z"), ("o", "LEADS", "c", "s")],
        [("a", "SERVES", "York", "s"), ("a", "WORKS_ON", "tea", "s"),
         ("b", "SERVES", "Leeds", "z"), ("b", "WORKS_ON", "kindness", "z"),
         ("c", "SERVES", "Hove", "s"), ("c", "WORKS_ON", "tea", "s")],
        [("o", "Mill", False)],
    )  # fmt: skip
    row = cells(field)["tea", "Leeds"]
    assert (row["now"], row["past"], row["organisations"], row["reached"]) == (0, 0, 0, None)
    assert row["reason"].startswith("Nothing is recorded there. Of 1 effort there now whose theme")
    learn = row["learn"]
    assert (learn["project_uid"], learn["place_uid"], learn["actor_uid"]) == ("a", "York", "o")
    assert learn["reason"] == (
        "Nearest on record: Tea at Four in York (36 km away, both in North), led by Mill."
    )
    assert (row["lesson"]["project_uid"], row["lesson"]["text"]) == ("a", "Bring cups.")
    assert row["source_slugs"] == ["s"]


def test_work_in_all_of_a_place_around_is_no_gap(told: Told) -> None:
    field = told(
        [("a", "All over", *RUNS), ("b", "B", *RUNS)],
        [("o", "LEADS", "a", "s"), ("o", "LEADS", "b", "s")],
        [("a", "SERVES", "North", "s"), ("a", "WORKS_ON", "tea", "s"),
         ("b", "SERVES", "Leeds", "s"), ("b", "WORKS_ON", "kindness", "s")],
        [("o", "O", False)],
    )  # fmt: skip
    made = table(field)
    at = made.themes.index("tea"), made.places.index("Leeds")
    assert (made.now[at], made.beside[at], made.need[at]) == (0, 1, 0.0)
    assert "Around it works All over." in cells(field)["tea", "Leeds"]["reason"]


def asking(person: bool, many: int, *more: Any) -> dict[str, Any]:
    who = [(f"x{n}", f"X{n}", person) for n in range(many)]
    about = [(f"x{n}", verb, what, "s") for n in range(many)
             for verb, what in (("BASED_IN", "Leeds"), ("ASKS_FOR", "tea"))]  # fmt: skip
    return {"actors": [*who, ("y", "Y", False)], "about": [*about, *more]}


def test_asks_count_until_somebody_near_offers_to_meet_them(told: Told) -> None:
    assert unmet(told((), **asking(False, 2))) == {("tea", "Leeds"): 2}
    far = [("y", "OFFERS", "tea", "s"), ("y", "BASED_IN", "Hove", "s")]
    assert unmet(told((), **asking(False, 2, *far))) == {("tea", "Leeds"): 2}
    near = [("y", "OFFERS", "soup", "s"), ("y", "BASED_IN", "North", "s")]
    assert unmet(told((), **asking(False, 2, *near))) == {}
    assert unmet(told((), **asking(False, 2, near[0]))) == {}, "nobody recorded where"


def test_asks_of_few_people_are_not_told(told: Told) -> None:
    assert unmet(told((), **asking(True, FEW - 1))) == {}
    assert unmet(told((), **asking(True, FEW))) == {("tea", "Leeds"): FEW}


def world(dice: Random, small: Callable[[], int]) -> dict[str, Any]:
    """Projects in nested places, on nested themes; some reach few people, drawn anew."""
    places, themes = (
        ["England", "North", "Leeds", "York", "Hove"],
        ["company", "befriending", "tea"],
    )
    works, about, parts = [], [], []
    for n in range(12):
        count = small() if n % 3 else dice.choice([5, 6, 40, 400])
        works.append((f"j{n}", f"J{n}", "2026-01-01", "2027-01-01", "", count, ""))
        parts.append(("o", "LEADS", f"j{n}", "s"))
        about += [(f"j{n}", "SERVES", place, "s") for place in dice.sample(places, 2)]
        about += [(f"j{n}", "WORKS_ON", theme, "s") for theme in dice.sample(themes, 2)]
    return {"works": works, "parts": parts, "about": about, "actors": [("o", "O", False)]}


@pytest.mark.parametrize("seed", range(40))
def test_no_figure_depends_on_a_group_under_five(told: Told, seed: int) -> None:
    """So none can be worked out from totals, neighbouring cells or wider ones, whatever is set
    against what: the whole answer is the same whichever small figures stand behind it."""
    few = Random(seed + 1000)
    one = world(Random(seed), lambda: few.randint(0, 4))
    other = world(Random(seed), lambda: few.randint(0, 4))
    assert one["works"] != other["works"]
    assert cells(told(**one)) == cells(told(**other))


def test_a_group_of_five_is_told(told: Told) -> None:
    """Or the test above would hold of a table that tells nothing."""
    one, other = (world(Random(3), few.__int__) for few in (5, 6))
    assert cells(told(**one)) != cells(told(**other))


def test_the_table_is_what_counting_each_cell_gives(told: Told) -> None:
    for seed in range(20):
        given = world(Random(seed), lambda: 0)
        field = told(**given)
        made = table(field)
        for row, theme in enumerate(made.themes):
            for column, place in enumerate(made.places):
                here = [
                    uid
                    for uid in field.works
                    if theme in field.ones(field.themes_of[uid])
                    and place in field.areas(field.places_of[uid])
                ]
                assert made.now[row, column] == len(here)
