"""The parts of a fit: who is alike, who is left out, in which order, what an empty part says."""

from collections.abc import Callable
from typing import Any

import pytest

from tieline.queries.fit import near
from tieline.queries.fit.allies import allies
from tieline.queries.fit.mine import Mine
from tieline.queries.fit.projects import lessons, to_join
from tieline.queries.fit.support import offers
from tieline.queries.gaps.count import table
from tieline.queries.gaps.work import Field

RUNS, OVER = ("2026-01-01", "2027-01-01", "", 0, ""), ("2020-01-01", "2021-01-01", "", 0, "Ask.")
ACTORS = [
    ("me", "Mill", False), ("staff", "Ada", True), ("branch", "Mill, York", False),
    ("near", "Loom", False), ("tied", "Weft", False), ("far", "Hove Hall", False),
    ("alone", "Bo", True), ("other", "Dye", False),
]  # fmt: skip
BELONGING = [("staff", "WORKS_FOR", "me", "s"), ("branch", "PART_OF", "me", "s"),
             ("me", "MEMBER_OF", "other", "s"), ("tied", "MEMBER_OF", "other", "s")]  # fmt: skip
DOES = [(who, verb, what, "s") for who, place, theme in (
    ("me", "Leeds", "tea"), ("staff", "Leeds", "tea"), ("branch", "York", "tea"),
    ("near", "Leeds", "soup"), ("tied", "Leeds", "tea"), ("far", "Hove", "tea"),
    ("alone", "North", "tea"), ("other", "Leeds", "kindness"),
) for verb, what in (("BASED_IN", place), ("WORKS_ON", theme))]  # fmt: skip


@pytest.fixture
def small(told: Callable[..., Field]) -> Callable[..., Field]:
    def make(**more: Any) -> Field:
        about = [*DOES, *more.pop("about", [])]
        given = {"works": [], "about": about, "actors": ACTORS, "belonging": BELONGING}
        return told(**(given | more))

    return make


def mine(field: Field, uid: str = "me") -> Mine:
    return Mine(field, field.actors[uid])


def who(lines: Any) -> list[str]:
    return [line["actor_uid"] for line in lines]


def test_allies_are_of_another_body_and_those_come_first_who_share_least(small: Any) -> None:
    found = allies(mine(small()), {"tied"}, 5)
    assert who(found.lines) == ["near", "alone", "tied"], "staff and branches are us; Hove is far"
    assert found.lines[0]["reason"] == (
        "Both work on tea in Leeds. You share no recorded tie, project or network yet."
    )
    assert found.lines[2]["reason"].endswith(
        "You share a recorded tie and a network already, but no project yet."
    )
    assert found.lines[0]["source_slugs"] == ["s"] and found.told()["note"] is None


def test_what_an_ally_does_besides_is_told(small: Any) -> None:
    field = small(about=[("near", "WORKS_ON", "kindness", "z")])
    line = allies(mine(field), (), 5).lines[-1]
    assert line["actor_uid"] == "near" and "They also work on kindness." in line["reason"]
    assert line["source_slugs"] == ["s", "z"]


def test_without_a_theme_nobody_is_alike_and_that_is_said(small: Any) -> None:
    field = small(actors=[*ACTORS, ("new", "New", False)])
    found = allies(mine(field, "new"), (), 5).told()
    assert found["lines"] == [] and "not recorded what New works on" in found["note"]


def test_a_persons_work_is_that_of_their_organisation(small: Any) -> None:
    field = small(works=[("j", "J", *RUNS)], parts=[("me", "LEADS", "j", "s")])
    ada = mine(field, "staff")
    assert ada.works == ["j"] and ada.us >= {"me", "staff", "branch"}
    assert mine(field, "me").own == {"me"} and mine(field, "me").us == ada.us


def test_projects_to_join_run_are_near_and_are_nobodys_of_ours(small: Any) -> None:
    works = [(uid, uid.upper(), *RUNS) for uid in "abcde"] + [("o", "O", *OVER)]
    leads = [("near", "LEADS", "a", "z"), ("me", "LEADS", "b", "s"), ("far", "LEADS", "c", "s"),
             ("near", "LEADS", "d", "s"), ("staff", "PARTNERS_ON", "d", "s"),
             ("near", "LEADS", "e", "s"), ("me", "FUNDS", "e", "s"),
             ("near", "LEADS", "o", "z")]  # fmt: skip
    field = small(works=works, parts=leads)
    found = to_join(mine(field), 5)
    assert [line["project_uid"] for line in found.lines] == ["a"]
    assert found.lines[0]["reason"] == "Runs until 2027-01-01 on tea in Leeds, led by Loom."
    taught = lessons(mine(field), 5).lines
    assert [(line["project_uid"], line["lesson"]) for line in taught] == [("o", "Ask.")]
    assert taught[0]["source_slugs"] == ["z"]


def test_offers_meet_asks_in_other_words_and_from_afar(small: Any) -> None:
    about = [("me", "ASKS_FOR", "befriending", "s"), ("near", "OFFERS", "visiting", "s"),
             ("far", "OFFERS", "befriending", "s"), ("alone", "OFFERS", "tea", "s"),
             ("staff", "OFFERS", "visiting", "s"), ("other", "OFFERS", "cook", "s")]  # fmt: skip
    found = sorted(offers(mine(small(about=about))), key=lambda offer: offer.order)
    told = [(offer.who.uid, offer.theme, offer.asked, offer.weight) for offer in found]
    assert told == [
        ("near", "visiting", "befriending", 1.0),
        ("alone", "tea", None, 0.35),
        ("far", "befriending", "befriending", 0.1),
    ]


def test_gaps_near_are_on_what_they_do_or_what_is_asked_for_where_they_are(small: Any) -> None:
    works = [(f"j{n}", f"J{n}", *RUNS) for n in range(3)]
    parts = [("near", "LEADS", f"j{n}", "s") for n in range(3)]
    about = [("j0", "SERVES", "Leeds", "s"), ("j0", "WORKS_ON", "tea", "s"),
             ("j1", "SERVES", "York", "s"), ("j1", "WORKS_ON", "kindness", "s"),
             ("j2", "SERVES", "Hove", "s"), ("j2", "WORKS_ON", "kindness", "s"),
             ("other", "ASKS_FOR", "cook", "s")]  # fmt: skip
    field = small(works=works, parts=parts, about=about)
    lines = near.gaps(mine(field), table(field), 9).lines
    assert [(line["theme_uid"], line["place_uid"]) for line in lines] == [
        ("cook", "Leeds"),
        ("tea", "York"),
    ]
    assert "Dye asks for it, and nobody near is recorded" in lines[0]["reason"]
    assert lines[1]["reason"].endswith(
        "Nearest on record: J0 in Leeds (36 km away, both in North), led by Loom."
    )
