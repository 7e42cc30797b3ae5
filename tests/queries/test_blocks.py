"""Parts, blocks, bridges and cut points of thousands of random graphs, as networkx finds them."""

from random import Random

import networkx
import numpy as np
import pytest

from tieline.queries.bridges.blocks import Blocks, blocks

GRAPHS, AT_ONCE = 10_000, 1_000
Ties = list[tuple[int, int]]


def drawn(dice: Random) -> tuple[int, Ties]:
    """Ties repeated, turned round and to oneself too, and actors without any."""
    actors = dice.randint(1, 16)
    ties = [(dice.randrange(actors), dice.randrange(actors)) for _ in range(dice.randint(0, 22))]
    return actors, ties


def graph(actors: int, ties: Ties) -> "networkx.Graph[int]":
    made: networkx.Graph[int] = networkx.Graph()
    made.add_nodes_from(range(actors))
    made.add_edges_from((a, b) for a, b in ties if a != b)
    return made


def bridges(found: Blocks) -> set[tuple[int, int]]:
    below = np.flatnonzero(found.bridge)
    ends = np.stack([found.actor[below], found.actor[found.up[below]]], axis=1)
    return {(min(tie), max(tie)) for tie in ends.tolist()}


@pytest.mark.parametrize("seed", range(GRAPHS // AT_ONCE))
def test_ten_thousand_random_graphs(seed: int) -> None:
    dice = Random(seed)
    for _ in range(AT_ONCE):
        actors, ties = drawn(dice)
        found, made = blocks(actors, np.array(ties, np.int64).reshape(-1, 2)), graph(actors, ties)
        assert bridges(found) == {(min(t), max(t)) for t in networkx.bridges(made)}, ties
        points = set(np.flatnonzero(found.cutting).tolist())
        assert points == set(networkx.articulation_points(made)), ties
        parts = {tuple(np.flatnonzero(found.part == at)) for at in range(found.part.max() + 1)}
        assert parts == {tuple(sorted(part)) for part in networkx.connected_components(made)}
        numbers = set(found.block[found.block >= 0].tolist())
        assert len(numbers) == len(list(networkx.biconnected_components(made))), ties


def test_a_branch_is_a_run_of_the_walk() -> None:
    actors, ties = drawn(Random(3))
    found = blocks(actors, np.array(ties, np.int64).reshape(-1, 2))
    assert sorted(found.pre.tolist()) == list(range(actors + 1)) and found.size[0] == actors + 1
    for place in range(1, actors + 1):
        up = int(found.up[place])
        start, stop = found.pre[up], found.pre[up] + found.size[up]
        assert start < found.pre[place] and found.pre[place] + found.size[place] <= stop


def test_nobody_and_a_hub_of_a_hundred_thousand() -> None:
    assert len(blocks(0, np.zeros((0, 2), np.int64)).part) == 0
    many = 100_000
    star = blocks(many, np.stack([np.zeros(many - 1, np.int64), np.arange(1, many)], axis=1))
    assert int(star.bridge.sum()) == many - 1 and np.flatnonzero(star.cutting).tolist() == [0]
