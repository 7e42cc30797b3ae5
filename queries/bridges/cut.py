"""Where a field falls apart: cut points and bridges, and who is cut off, in linear time.

rustworkx parts the ties into blocks (sets of ties no single actor's going can part). Actors and
blocks make a tree: an actor hangs on each block it stands in. Walked once from any actor, every
branch is a run of consecutive actors, so each side of every cut is a few runs, and its size a
difference of two places. A bridge is a block of one tie; a cut point stands in several blocks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import rustworkx

from tieline.queries.bridges.field import Field, of_ties

Run = tuple[int, int]  # from one place in the walk up to, not with, another


@dataclass(frozen=True)
class Cut:
    """A tie (`actors` are its two ends) or an actor without which the field falls apart.

    `larger`: actors in the largest part that remains. `cut_off`: runs of everyone outside it.
    """

    actors: tuple[str, ...]
    larger: int
    cut_off: tuple[Run, ...]

    @property
    def smaller(self) -> int:
        return _size(self.cut_off)


@dataclass(frozen=True)
class Cuts:
    """Every cut, the one with most cut off first, equal ones by uid."""

    ranked: list[Cut]
    walk: list[str]

    def names(self, cut: Cut) -> list[str]:
        """The uids of those cut off, in order."""
        return sorted(uid for start, stop in cut.cut_off for uid in self.walk[start:stop])


def cuts(ties: Iterable[tuple[str, str]]) -> Cuts:
    """The cut structure of undirected ties; a repeated tie counts once, one to oneself never."""
    return cuts_of(of_ties((one, other, 1.0) for one, other in ties))


def cuts_of(field: Field) -> Cuts:
    """The cut structure of a field."""
    uids, ties = field.uids, [(a, b) for a, b in field.ends.tolist()]
    tree = _Tree(len(uids), _blocks(len(uids), ties))
    walk = [uids[actor] for actor in tree.order]
    found = [_cut((uids[a], uids[b]), parts, walk) for (a, b), parts in tree.bridges()]
    found += [_cut((uids[actor],), parts, walk) for actor, parts in tree.cut_points()]
    return Cuts(sorted(found, key=lambda cut: (-cut.smaller, cut.actors)), walk)


def _blocks(actors: int, ties: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The actors of each block."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(actors))
    graph.add_edges_from_no_data(list(ties))
    blocks: dict[int, set[int]] = {}
    for tie, block in rustworkx.biconnected_components(graph).items():
        blocks.setdefault(block, set()).update(tie)
    return [sorted(blocks[block]) for block in sorted(blocks)]


class _Tree:
    """Actors 0 ... n - 1 and blocks n ... in one forest; `order` is the walk through the actors."""

    def __init__(self, actors: int, blocks: Sequence[Sequence[int]]) -> None:
        self.actors, self.blocks = actors, blocks
        self.beside: list[list[int]] = [[] for _ in range(actors)] + [list(b) for b in blocks]
        for block, members in enumerate(blocks, actors):
            for actor in members:
                self.beside[actor].append(block)
        total = actors + len(blocks)
        self.up, self.first, self.last = [-1] * total, [-1] * total, [0] * total
        self.whole: list[Run] = [(0, 0)] * total
        self.order: list[int] = []
        for actor in range(actors):
            if self.first[actor] < 0:
                self._walk(actor)

    def _walk(self, root: int) -> None:
        start, seen, waiting = len(self.order), [], [root]
        while waiting:
            here = waiting.pop()
            if here < 0:
                self.last[~here] = len(self.order)
                continue
            seen.append(here)
            self.first[here] = len(self.order)
            if here < self.actors:
                self.order.append(here)
            waiting.append(~here)
            for there in self.beside[here]:
                if there != self.up[here]:
                    self.up[there] = here
                    waiting.append(there)
        for here in seen:
            self.whole[here] = (start, len(self.order))

    def bridges(self) -> Iterable[tuple[tuple[int, int], list[list[Run]]]]:
        for block, members in enumerate(self.blocks, self.actors):
            if len(members) == 2:
                yield (members[0], members[1]), [[self._branch(block)], self._outside(block)]

    def cut_points(self) -> Iterable[tuple[int, list[list[Run]]]]:
        for actor in range(self.actors):
            if len(self.beside[actor]) > 1:
                parts = [[self._branch(b)] for b in self.beside[actor] if b != self.up[actor]]
                yield actor, [*parts, self._outside(actor)]

    def _branch(self, here: int) -> Run:
        return self.first[here], self.last[here]

    def _outside(self, here: int) -> list[Run]:
        start, stop = self.whole[here]
        return [(start, self.first[here]), (self.last[here], stop)]


def _cut(actors: tuple[str, ...], parts: list[list[Run]], walk: Sequence[str]) -> Cut:
    """Equal largest parts: the one that holds the lowest uid is the one that remains."""
    largest = max(_size(part) for part in parts)
    equal = [part for part in parts if _size(part) == largest]
    kept = equal[0] if len(equal) == 1 else min(equal, key=lambda part: _lowest(part, walk))
    gone = [run for part in parts if part is not kept for run in part if run[0] < run[1]]
    return Cut(actors, largest, tuple(gone))


def _size(runs: Iterable[Run]) -> int:
    return sum(stop - start for start, stop in runs)


def _lowest(runs: Iterable[Run], walk: Sequence[str]) -> str:
    return min(min(walk[start:stop]) for start, stop in runs if start < stop)
