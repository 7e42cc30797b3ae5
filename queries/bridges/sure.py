"""The cuts of a field with how sure each is, kept for as long as the graph stays what it is.

    found = await sure(await read(reader, scope))

Drawing takes seconds on a large field (draws.py), so what came of it is kept by the graph's
version, the viewer's level and the scope: never across levels. It is worked out in a thread, so
other viewers are answered meanwhile.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import rustworkx

from tieline.queries.bridges.cut import Cut, Cuts, cuts_of
from tieline.queries.bridges.draws import DRAWS, confidences
from tieline.queries.bridges.field import Field, Ints, Part
from tieline.queries.bridges.kept import Kept

BUDGET = 4_000_000  # ties drawn at most: of a field of 20,000 ties all draws, of a million few
LEAST = 20  # draws
KEPT = 16  # answers


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


_kept: Kept[Sure] = Kept(KEPT)


async def sure(part: Part) -> Sure:
    """The cuts of this part of the field."""
    return await _kept.get(part.key, lambda: asyncio.to_thread(drawn, part.field))


def drawn(field: Field) -> Sure:
    """The cuts of a field, and how sure they are."""
    found, at = cuts_of(field), {uid: place for place, uid in enumerate(field.uids)}
    draws = max(LEAST, min(DRAWS, BUDGET // max(1, len(field.ends))))
    asked = [tuple(at[uid] for uid in cut.actors) for cut in found.ranked]
    shares: Sequence[float] = []
    if asked:
        held = confidences(len(at), field.ends, field.likely, asked, draws)
        shares = held.tolist()
    return Sure(found, shares, draws, _parts(field.uids, field.ends))


def _parts(uids: Sequence[str], ends: Ints) -> dict[str, int]:
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(uids)))
    graph.add_edges_from_no_data(list(map(tuple, ends.tolist())))
    parts = enumerate(rustworkx.connected_components(graph))
    return {uids[place]: number for number, members in parts for place in members}
