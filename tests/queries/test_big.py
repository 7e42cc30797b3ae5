"""The invented field of the benchmark, a million ties, held against a library of its own."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tieline.queries.pathways.snapshot.build import viewed
from tieline.queries.pathways.snapshot.view import Actors, View

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"
PAIRS = 25  # of each of eight classes


def arrays(world: Any) -> View:
    uids = [world.uid(at) for at in range(world.actors)]
    actors = Actors(uids, {uid: at for at, uid in enumerate(uids)}, world.ease, ~world.willing)
    here, there = (end.astype(np.int32) for end in (world.here, world.there))
    return viewed(actors, here, there, world.step[0])


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_hundred_pairs_of_a_million_ties_equal_rustworkx(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Near and far, past hubs and from hub to hub; where nothing leads, neither finds anything."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    big, peers, pathways = map(import_module, ("big", "peers", "pathways"))
    world = big.draw(100_000, 1_000_000, seed=1)
    view, library = arrays(world), peers.Rustworkx(world)
    compared, reached = 0, 0
    for name, pairs in pathways.classes(world, PAIRS).items():
        for a, b in pairs:
            routes = view.routes(world.uid(a), [world.uid(b)], 4, 3)
            mine = routes[0].score if routes else 0.0
            assert mine == pytest.approx(library.best(a, b), abs=1e-9), (name, a, b)
            between = [uid for route in routes for uid in route.between]
            assert len(set(between)) == len(between)
            compared, reached = compared + 1, reached + bool(routes)
    assert compared == 8 * PAIRS and PAIRS <= compared - reached < 2 * PAIRS
