"""Other ways to find the strongest pathway, for benchmarks/pathways.py to compare with.

In the database: the obvious statement, and Cypher 25's own pruning. In process, on the same steps:
networkx (any number of steps: the easier question) and rustworkx, which is put exactly our question
as a graph of five layers, one a step, so that its answer can be held against ours.
"""

import math
from typing import Any

import networkx as nx
import numpy as np
import rustworkx as rx
from big import World
from neo4j import AsyncDriver, Query
from neo4j.exceptions import ClientError

HOPS, FADE = 4, 0.9
SECONDS = 5.0  # then a statement is stopped: told as that
OBVIOUS = """
MATCH way = (a:Actor {uid: $from})-[:TIE*1..4]->(b:Actor {uid: $to})
WHERE all(t IN relationships(way) WHERE t.step > 0)
  AND all(x IN nodes(way)[1..-1] WHERE x.consent >= 1 AND coalesce(x.taking_requests, true))
  AND all(x IN nodes(way) WHERE single(y IN nodes(way) WHERE y = x))
RETURN reduce(score = 1.0, t IN relationships(way) | score * t.step)
  * reduce(ease = 1.0, x IN nodes(way)[1..-1] | ease * 0.9 * coalesce(x.ease, 1.0)) AS score
ORDER BY score DESC LIMIT 1
"""
# Told beforehand how good the best is, which nobody knows: its pruning at its very best.
PRUNED = """CYPHER 25
MATCH ACYCLIC (a:Actor {uid: $from})
  ((x)-[t:TIE WHERE t.step > 0]->(y)){1,4} (b:Actor {uid: $to})
WHERE allReduce(score = 1.0 / 0.9, i IN t | score * 0.9 * i.step, score >= $floor)
  AND all(m IN y[..-1] WHERE m.consent >= 1 AND coalesce(m.taking_requests, true))
RETURN reduce(score = 1.0, i IN t | score * i.step)
  * reduce(ease = 1.0, m IN y[..-1] | ease * 0.9 * coalesce(m.ease, 1.0)) AS score
ORDER BY score DESC LIMIT 1
"""


async def cypher(driver: AsyncDriver, text: str, **params: Any) -> float | None:
    """The best score; None if it was stopped."""
    try:
        async with driver.session() as session:
            result = await session.run(Query(text, timeout=SECONDS), params)  # type: ignore[arg-type]
            rows = [record["score"] async for record in result]
    except ClientError as error:
        if "TransactionTimedOut" in (error.code or ""):
            return None
        raise
    return float(rows[0]) if rows else 0.0


class Networkx:
    """Both ends at once, on one number a step. A go-between's ease is on the steps they ask."""

    def __init__(self, world: World) -> None:
        self.graph = nx.DiGraph()
        cost = costs(world, between=True)
        ties = zip(world.here.tolist(), world.there.tolist(), cost.tolist(), strict=True)
        self.graph.add_weighted_edges_from(tie for tie in ties if math.isfinite(tie[2]))

    def best(self, a: int, b: int) -> float:
        try:
            return math.exp(-nx.bidirectional_dijkstra(self.graph, a, b)[0])
        except nx.NetworkXNoPath:
            return 0.0


class Rustworkx:
    """Layer k holds everyone k steps on: a way from layer 0 has at most four steps."""

    def __init__(self, world: World) -> None:
        self.actors = world.actors
        self.graph = rx.PyDiGraph()
        self.graph.add_nodes_from([None] * (self.actors * (HOPS + 1)))
        for layer in range(HOPS):
            cost = costs(world, between=layer > 0)
            ok = np.isfinite(cost)
            here = (world.here[ok] + layer * self.actors).tolist()
            there = (world.there[ok] + (layer + 1) * self.actors).tolist()
            self.graph.add_edges_from(list(zip(here, there, cost[ok].tolist(), strict=True)))

    def best(self, a: int, b: int) -> float:
        """The best of all walks of one to four steps: to walk in a circle never pays."""
        found = rx.digraph_dijkstra_shortest_path_lengths(self.graph, a, float)
        ends = [b + layer * self.actors for layer in range(1, HOPS + 1)]
        return math.exp(-min((found[end] for end in ends if end in found), default=math.inf))


def costs(world: World, between: bool) -> np.ndarray:
    """-log of each step; `between`: asked on by a go-between, who may not take requests."""
    with np.errstate(divide="ignore"):
        cost = -np.log(world.step[0])
        if between:
            eased = FADE * np.where(world.willing, world.ease, 0.0)
            cost = cost - np.log(eased)[world.here]
    return cost
