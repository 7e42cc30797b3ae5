"""The confidence of a cut: draw by draw what brute force says, the same every time."""

from random import Random

import networkx
import numpy as np
import pytest

from tieline.queries.answers.work import Stopped, heard
from tieline.queries.bridges.cut import cuts
from tieline.queries.bridges.draws import DRAWS, SEED, UNRECORDED, _drawn, confidences


def field(seed: int) -> tuple[int, list[tuple[int, int]], list[float], list[tuple[int, ...]]]:
    """Actors, ties, the chance of each, and the cuts."""
    dice = Random(seed)
    actors = dice.randint(3, 14)
    every = [(a, b) for a in range(actors) for b in range(a + 1, actors)]
    ties = sorted(dice.sample(every, dice.randint(2, min(len(every), actors + 4))))
    found = cuts([(f"{a:02}", f"{b:02}") for a, b in ties]).ranked
    chances = [dice.choice([0.0, 0.4, 0.8, 1.0]) for _ in ties]
    return actors, ties, chances, [tuple(int(uid) for uid in cut.actors) for cut in found]


def rows(cuts: list[tuple[int, ...]]) -> np.ndarray:
    """As they are drawn for: both ends of a tie, or an actor and -1."""
    return np.array([(*cut, -1)[:2] for cut in cuts], np.int64).reshape(-1, 2)


def is_cut(drawn: np.ndarray, ties: list[tuple[int, int]], cut: tuple[int, ...]) -> bool:
    """With what the cut keeps put back: does its loss part those who were together?"""
    graph = networkx.Graph(drawn.tolist())
    if len(cut) == 2:
        graph.add_edge(*cut)
        return tuple(cut) in {tuple(sorted(tie)) for tie in networkx.bridges(graph)}
    graph.add_edges_from(tie for tie in ties if cut[0] in tie)
    return cut[0] in set(networkx.articulation_points(graph))


@pytest.mark.parametrize("seed", range(40))
def test_each_draw_is_judged_as_brute_force_judges_it(seed: int) -> None:
    actors, ties, chances, found = field(seed)
    drawn = list(_drawn(actors, np.array(ties), np.array(chances), 12))
    want = [sum(is_cut(draw, ties, cut) for draw in drawn) / 12 for cut in found]
    held = confidences(actors, np.array(ties), np.array(chances), rows(found), 12)
    assert held.tolist() == want


def test_a_draw_is_as_told() -> None:
    """Sure ties are always there, impossible ones never, and so many more that nobody recorded."""
    sure, never = [(a, a + 1) for a in range(400)], [(a, a + 2) for a in range(0, 399, 3)]
    chances = np.array([1.0] * len(sure) + [0.0] * len(never))
    for draw in _drawn(401, np.array(sure + never), chances, 5):
        more = [tuple(sorted(tie)) for tie in draw.tolist()][len(sure) :]
        assert draw[: len(sure)].tolist() == [list(tie) for tie in sure]
        assert len(more) == UNRECORDED * len(sure)
        closing = more[len(more) // 2 :]
        assert all(b - a == 2 for a, b in closing), "a chain has no other open triangles"


def test_it_repeats_and_tells_how_far_it_is() -> None:
    actors, ties, chances, found = field(7)
    told: list[float] = []
    with heard(lambda stage, share: told.append(share)):
        once = confidences(actors, np.array(ties), np.array(chances), rows(found))
    again = confidences(actors, np.array(ties), np.array(chances), rows(found))
    assert once.tolist() == again.tolist() and SEED == 11
    assert sorted(set(told)) == [done / DRAWS for done in range(DRAWS + 1)] and told == sorted(told)


def test_who_waits_no_longer_is_not_drawn_for() -> None:
    actors, ties, chances, found = field(7)
    with heard(lambda stage, share: work.stop() if share > 0.5 else None) as work:
        with pytest.raises(Stopped):
            confidences(actors, np.array(ties), np.array(chances), rows(found))
    assert work.share < 0.52


def test_a_lone_tie_of_a_large_field_is_doubted_and_a_chain_of_two_is_not() -> None:
    """Two well-tied halves and one tie between: any unrecorded tie between them undoes it."""
    half = [(a, b) for a in range(12) for b in range(a + 1, 12)]
    ties = [*half, *((a + 12, b + 12) for a, b in half), (0, 12)]
    bridge = confidences(24, np.array(ties), np.full(len(ties), 0.6), rows([(0, 12)]))
    assert bridge[0] < 0.05
    lone = confidences(2, np.array([(0, 1)]), np.array([0.1]), rows([(0, 1)]))
    assert lone[0] == 1.0
