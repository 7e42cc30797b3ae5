"""How many of the shortest routes lead through an actor, or through a tie: betweenness.

Exact (Brandes 2001, by rustworkx) as long as actors x ties are at most EXACT. Above, from some
starts only, drawn from a seed: what is found from these stands for all (Brandes and Pich 2007),
each route counted as far along as one stands on it, which keeps those next to a start from looking
large (Geisberger, Sanders and Schultes 2008). The error told is twice the standard error of whom
the starts differ most about, and told of everybody: the own standard error of those through whom
few routes lead is too small to be true.
"""

from dataclasses import dataclass

import numpy as np
import rustworkx

from tieline.queries.answers.apart import apart
from tieline.queries.answers.work import step
from tieline.queries.bridges.field import Floats, Ints

EXACT = 20_000_000  # actors x ties: about two seconds
HERE = 2_000_000  # of these, in a thread: beyond it cannot be given up half-way
STAGE = "following the shortest routes"
BUDGET = 50_000_000  # starts x ties, above that: two seconds or three
FEWEST, MOST, SEED = 30, 1_000, 11


@dataclass(frozen=True)
class Between:
    """Shares, 0 to 1, of all shortest routes between others. `starts`: None: all, so it is exact.

    `error`: how far that of an actor may be off; 0 if it is exact.
    """

    actors: Floats
    ties: Floats
    error: float
    starts: int | None


def between(actors: int, ends: Ints, exact: int = EXACT) -> Between:
    """Of actors 0 ... `actors` - 1 and ties, a row each, none twice, none to oneself."""
    if actors * len(ends) <= min(exact, HERE):
        return _exact((actors, ends))
    if actors * len(ends) <= exact:
        return apart(_exact, [(actors, ends)], STAGE, processes=1)[0]
    return sampled(actors, ends, min(actors, max(FEWEST, min(MOST, BUDGET // len(ends)))))


def _exact(field: tuple[int, Ints]) -> Between:
    actors, ends = field
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(actors))
    graph.add_edges_from_no_data(list(map(tuple, ends.tolist())))
    alone = actors + 1  # in one thread, or sums would differ in their last digits
    of = rustworkx.graph_betweenness_centrality(graph, parallel_threshold=alone)
    along = rustworkx.graph_edge_betweenness_centrality(graph, parallel_threshold=alone)
    found = np.array([of[at] for at in range(actors)], np.float64)
    ties = np.array([along[at] for at in range(len(ends))], np.float64)
    if actors < 3:
        found[:] = 0.0  # there are no others
    return Between(found, ties, 0.0, None)


def sampled(actors: int, ends: Ints, starts: int) -> Between:
    """From so many starts."""
    dice = np.random.default_rng(SEED)
    routes = _Routes(actors, ends)
    total, squares, along = np.zeros(actors), np.zeros(actors), np.zeros(len(ends))
    for done, start in enumerate(dice.choice(actors, size=starts, replace=False).tolist(), 1):
        through = routes.walk(start, along)
        total += through
        squares += through * through
        step(STAGE, done, starts)
    others, pairs = max(1, (actors - 1) * (actors - 2)), actors * max(1, actors - 1)
    mean = total / starts
    spread = np.maximum(0.0, squares / starts - mean * mean) * starts / max(1, starts - 1)
    error = 2 * np.sqrt(spread / starts * (1 - starts / actors))
    scale = 2 * actors / others
    return Between(
        mean * scale, along * (2 * actors / starts / pairs), float(error.max()) * scale, starts
    )


class _Routes:
    """All shortest routes from a start, ring by ring."""

    def __init__(self, actors: int, ends: Ints) -> None:
        self.actors = actors
        here = ends.T.ravel()
        order = np.argsort(here, kind="stable")
        self.there = ends[:, ::-1].T.ravel()[order]
        self.tie = order % max(1, len(ends))
        self.first = np.searchsorted(here[order], np.arange(actors + 1))

    def walk(self, start: int, along: Floats) -> Floats:
        """How many routes from `start` lead through each actor: of routes that part by their share,
        and as far along as they stand. Of each tie it is added to `along`."""
        ways, seen = np.zeros(self.actors), np.zeros(self.actors, dtype=bool)
        ways[start], seen[start] = 1.0, True
        ring, steps = np.array([start]), []
        far, depth = np.zeros(self.actors), 0
        while len(ring):
            source, arc = self._outward(ring)
            new = ~seen[self.there[arc]]
            source, arc = source[new], arc[new]
            ways += np.bincount(self.there[arc], weights=ways[source], minlength=self.actors)
            steps.append((source, arc))
            ring, depth = np.unique(self.there[arc]), depth + 1
            seen[ring], far[ring] = True, depth
        beyond = np.zeros(self.actors)  # routes through each, every one by 1 / its length
        for source, arc in reversed(steps):
            there = self.there[arc]
            share = ways[source] / ways[there] * (1 / far[there] + beyond[there])
            along[self.tie[arc]] += share * (far[source] + 0.5)  # a tie leads outward one way
            beyond += np.bincount(source, weights=share, minlength=self.actors)
        return beyond * far

    def _outward(self, ring: Ints) -> tuple[Ints, Ints]:
        """Every (source, arc) that leads from these actors."""
        many = self.first[ring + 1] - self.first[ring]
        begin = np.repeat(self.first[ring] - (np.cumsum(many) - many), many)
        return np.repeat(ring, many), begin + np.arange(int(many.sum()))
