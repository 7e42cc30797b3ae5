"""The cuts of a field with how sure each is, kept for as long as the graph stays what it is.

    found = await sure(reader, scope, ties)

Drawing takes seconds on a large field (draws.py), so what came of it is kept by the graph's
version, the viewer's level and the scope: never across levels. It is worked out in a thread, so
other viewers are answered meanwhile.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx

from tieline.queries.bridges.cut import Cut, Cuts, cuts
from tieline.queries.bridges.draws import DRAWS, Ints, confidences

BUDGET = 4_000_000  # ties drawn at most: of a field of 20,000 ties all draws, of a million few
LEAST = 20  # draws
KEPT = 16  # answers
Tie = tuple[str, str, float]  # two actors, how likely it holds


@dataclass(frozen=True)
class Sure:
    """`shares`: of each of the ranked cuts, the share of `draws` in which it was one."""

    cuts: Cuts
    shares: Sequence[float]
    draws: int
    part: dict[str, int]  # actor -> the number of the part of the field they stand in

    def together(self, cut: Cut, uid: str, cut_off: set[str]) -> bool:
        """Whether an actor stands on the larger side of a cut."""
        there = self.part.get(uid) == self.part[cut.actors[0]]
        return there and uid not in cut_off and uid not in cut.actors


_kept: OrderedDict[Hashable, Sure] = OrderedDict()


async def sure(key: Hashable, ties: Callable[[], Awaitable[Sequence[Tie]]]) -> Sure:
    """What is kept under this key, or what comes of these ties."""
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    found = await asyncio.to_thread(drawn, await ties())
    _kept[key] = found
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


def drawn(ties: Sequence[Tie]) -> Sure:
    """The cuts of these ties, none twice, and how sure they are.

    In one order: as the database brings them, they tell of what lies hidden beside them.
    """
    ties = sorted(ties)
    found = cuts((one, other) for one, other, _ in ties)
    uids = sorted({uid for tie in ties for uid in tie[:2]})
    at = {uid: place for place, uid in enumerate(uids)}
    ends = np.array([(at[a], at[b]) for a, b, _ in ties], dtype=np.int64).reshape(-1, 2)
    likely = np.array([chance for *_, chance in ties], dtype=np.float64)
    draws = max(LEAST, min(DRAWS, BUDGET // max(1, len(ties))))
    asked = [tuple(at[uid] for uid in cut.actors) for cut in found.ranked]
    shares = confidences(len(uids), ends, likely, asked, draws).tolist() if asked else []
    return Sure(found, shares, draws, _parts(uids, ends))


def _parts(uids: Sequence[str], ends: Ints) -> dict[str, int]:
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(uids)))
    graph.add_edges_from_no_data(list(map(tuple, ends.tolist())))
    parts = enumerate(rustworkx.connected_components(graph))
    return {uids[place]: number for number, members in parts for place in members}
