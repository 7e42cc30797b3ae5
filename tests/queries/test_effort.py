"""Parallel effort in arrays: what comparing every two projects as it is defined would find."""

from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest

from tieline.queries.duplicates import blocks
from tieline.queries.duplicates.best import best
from tieline.queries.duplicates.blocks import Allowed
from tieline.queries.duplicates.index import VERBS, Field, Index, Side
from tieline.queries.duplicates.near import Near
from tieline.queries.duplicates.read import linked
from tieline.queries.duplicates.texts import Texts
from tieline.queries.duplicates.told import passed

TODAY = "2026-11-21"
WORDS = "tea lunch walk song bread choir swim paint dance garden story repair".split()
PLACES = [("uk", []), ("north", ["uk"]), ("south", ["uk"]), ("leeds", ["north"]),
          ("hull", ["north"]), ("bath", ["south"]), ("ward", ["leeds"])]  # fmt: skip
THEMES = [("lonely", []), ("befriend", ["lonely"]), ("food", []), ("alone", []),
          ("meals", ["food"]), ("isolated", []), ("apart", [])]  # fmt: skip
MATCHES = [("alone", "lonely", "exactMatch"), ("isolated", "lonely", "closeMatch"),
           ("isolated", "food", "closeMatch"), ("apart", "meals", "closeMatch"),
           ("apart", "befriend", "closeMatch")]  # fmt: skip
Ties = dict[str, list[tuple[str, str]]]


def field(matches: list[tuple[str, str, str]] = MATCHES) -> Field:
    return Field.of(
        {
            "today": TODAY,
            "places": [[uid, uid.title(), up] for uid, up in PLACES],
            "names": [],
            "themes": [[uid, uid, up] for uid, up in THEMES],
            "matches": [list(match) for match in matches],
        }
    )


def index(projects: dict[str, Any], ties: Ties, about: Field | None = None) -> Index:
    """`projects`: (starts, ends, description) by uid; `ties`: (project, other end) by verb."""
    uids, known = sorted(projects), about or field()
    texts = Texts.of([projects[uid][2] for uid in uids], [0] * len(uids), known.names)
    links = linked(uids, {"BODIES": ties.get("LEADS", [])} | ties)
    return Index(known, uids, [projects[uid][:2] for uid in uids], links, texts)


def drawn(dice: Random, many: int, matches: list[tuple[str, str, str]]) -> Index:
    projects: dict[str, Any] = {}
    ties: Ties = {verb: [] for verb in VERBS[:-1]}
    for at in range(many):
        uid, begins = f"j-{at:03}", date(2026, 1, 1) + timedelta(dice.randrange(300))
        ends = dice.choice([None, begins + timedelta(dice.randrange(200))])
        text = " ".join(dice.choices(WORDS, k=dice.choice([0, 3, 6])))
        projects[uid] = (dice.choice([begins, begins, begins, None]), ends, text)
        for verb, some, most in (
            ("LEADS", [f"o-{n}" for n in range(many // 2)], 2),
            ("PARTNERS_ON", [f"o-{n}" for n in range(many)], 1),
            ("FUNDS", [f"o-{n}" for n in range(many)], 3),
            ("SERVES", [uid for uid, _ in PLACES], 2),
            ("WORKS_ON", [uid for uid, _ in THEMES], 4),
        ):
            ties[verb] += [(uid, x) for x in dice.sample(some, dice.randint(0, most))]
        if at and dice.random() < 0.1:
            ties["FOLLOWS"].append((uid, f"j-{dice.randrange(at):03}"))
    return index(projects, ties, field(matches))


def brute(found: Index, most: int) -> list[tuple[float, int, int]]:
    """Every two, compared as it is defined."""
    told = []
    for left, right in combinations(np.flatnonzero(found.comparable).tolist(), 2):
        one, other = found.side(left), found.side(right)
        score = found.compared(one, other).score
        if score.weight > 0 and score.theme and apart(found, left, right):
            told.append((-score.weight, left, right))
    return sorted(told)[:most]


def apart(found: Index, left: int, right: int) -> bool:
    """By sets, as it is said in words."""
    held = [{verb: set(found.links[verb].of(at)) for verb in VERBS} for at in (left, right)]
    for one, other in (held, held[::-1]):
        if one["LEADS"] & (other["LEADS"] | other["PARTNERS_ON"] | other["FUNDS"]):
            return False
    if held[0]["BODIES"] & held[1]["BODIES"] or len(held[0]["FUNDS"] & held[1]["FUNDS"]) > 1:
        return False
    return bool(found.works[left] != found.works[right])


@pytest.mark.parametrize("seed", range(12))
def test_the_best_are_those_of_comparing_all(seed: int) -> None:
    dice = Random(seed)
    found = drawn(dice, 60, MATCHES if seed % 2 else MATCHES[:1])
    for most in (1, 7, 5000):
        pairs, allowed = best(found, np.arange(60), most)
        assert [pair.order for pair in pairs] == brute(found, most)
        assert not allowed.cut


def test_what_is_too_much_is_cut_where_it_says_least(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs that share a rare theme or word are compared all the same, and it is told."""
    monkeypatch.setattr(blocks, "LEAST", 150)
    monkeypatch.setattr(blocks, "EACH", 0)
    projects, ties = dict[str, Any](), Ties()
    for at in range(40):
        uid = f"j-{at:02}"
        text = "bread choir" if at in (7, 9) else f"lunch word{at}"
        projects[uid] = (date(2026, 1, 1), None, text)
        ties.setdefault("LEADS", []).append((uid, f"o-{at}"))
        ties.setdefault("SERVES", []).append((uid, "leeds"))
        ties.setdefault("WORKS_ON", []).append((uid, "food"))
    ties["WORKS_ON"] += [("j-03", "meals"), ("j-05", "meals")]
    found = index(projects, ties, field([]))
    pairs, allowed = best(found, np.arange(40), 2)
    assert [block.place for block in allowed.cut] == [found.places.index("leeds")]
    assert allowed.compared < 150 < 40 * 39 / 2
    assert {(pair.left, pair.right) for pair in pairs} == {(7, 9), (3, 5)}
    said = passed(found, allowed)
    assert "Leeds" in said and "None of them weighs more than 1" in said


def test_allowed() -> None:
    assert Allowed.of(10).pairs == 20_000_000 and Allowed.of(100_000).pairs == 100_000_000


@pytest.mark.parametrize("seed", range(6))
def test_arrays_say_at_least_what_is_defined(seed: int) -> None:
    """Exactly that, where no closeMatch is in it."""
    dice = Random(seed)
    matches = MATCHES if seed % 2 else MATCHES[:1]
    index = drawn(dice, 40, matches)
    for _ in range(20):
        starts = dice.choice([None, date(2026, 3, 1)])
        ends = dice.choice([None, date(2026, 9, 1)])
        places = frozenset(dice.sample([uid for uid, _ in PLACES], dice.randint(0, 2)))
        themes = frozenset(dice.sample([uid for uid, _ in THEMES], dice.randint(0, 3)))
        text = " ".join(dice.choices(WORDS, k=dice.choice([0, 4])))
        row = index.texts.row(text) if text else None
        side = Side(starts, ends, places, themes, row)
        near = Near.of(index, side)
        for at in range(len(index.uids)):
            score = index.compared(side, index.side(at)).score
            told = near.place[at], near.time[at]
            np.testing.assert_allclose(told, (score.place, score.time), atol=1e-12)
            assert near.purpose[at] >= score.purpose - 1e-12
            if matches != MATCHES:
                np.testing.assert_allclose(near.purpose[at], score.purpose, atol=1e-12)
