"""How sure is it that a cut is one? The field drawn again and again as it may really be.

Some ties that are recorded do not hold, and some that hold nobody recorded. Each draw keeps a tie
with its own chance (strength + unknown / 2) and adds UNRECORDED times as many ties as it kept: half
of them close an open triangle, half are between any two actors. Confidence is the share of draws in
which the cut is one still: of a bridge, if nothing else joins its ends; of an actor, if those tied
to them fall apart without them. The tie itself, and the actor's own ties, are kept in every draw.

With three in ten ties unrecorded, seven in ten of the bridges that a real network seems to have are
none (design `questions.md`), so no cut is shown without it. Drawn from a seed: it repeats.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import rustworkx

DRAWS, SEED = 200, 11
UNRECORDED = 0.3
MORE = 4  # tries for each open triangle: some that are looked at are closed
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Cut = tuple[int, ...]  # the two ends of a tie, or an actor


def confidences(
    actors: int,
    ties: Ints,
    chances: Floats,
    cuts: Sequence[Cut],
    draws: int = DRAWS,
    step: Callable[[int], None] = lambda drawn: None,
) -> Floats:
    """The share of draws in which each cut is one, 0 to 1, in their order.

    `ties`: a row a tie, its two ends, actors 0 ... `actors` - 1, none twice; `chances`: of each.
    `step` is called with the draws done.
    """
    own = _Own(actors, ties, cuts)
    held = np.zeros(len(cuts))
    for done, drawn in enumerate(_drawn(actors, ties, chances, draws), 1):
        held += own.holding(drawn)
        step(done)
    return held / draws


def _drawn(actors: int, ties: Ints, chances: Floats, draws: int) -> Iterator[Ints]:
    dice = np.random.default_rng(SEED)
    for _ in range(draws):
        kept = ties[dice.random(len(ties)) < chances]
        yield np.concatenate([kept, _unrecorded(actors, kept, dice)])


def _unrecorded(actors: int, kept: Ints, dice: np.random.Generator) -> Ints:
    """Ties that nobody recorded: half close an open triangle, as far as there are any."""
    many = round(UNRECORDED * len(kept))
    anyone = dice.integers(actors, size=(many - many // 2, 2))
    both = np.concatenate([kept, kept[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    first = np.searchsorted(both[:, 0], np.arange(actors + 1))
    middle = both[:, 1]
    open_at = np.flatnonzero(first[middle + 1] - first[middle] > 1)  # the other end has another tie
    if not many or not len(open_at):
        return anyone
    one = both[dice.choice(open_at, size=MORE * many)]
    start, reach = first[one[:, 1]], first[one[:, 1] + 1] - first[one[:, 1]]
    far = both[start + (dice.random(len(one)) * reach).astype(np.int64), 1]
    found = np.stack([one[:, 0], far], axis=1)
    known = np.isin(found @ (actors, 1), both @ (actors, 1))
    return np.concatenate([anyone, found[(found[:, 0] != far) & ~known][: many // 2]])


class _Own:
    """The cuts, and how each is tied: what is asked of every draw."""

    def __init__(self, actors: int, ties: Ints, cuts: Sequence[Cut]) -> None:
        self.actors = actors
        self.is_tie = np.array([len(cut) == 2 for cut in cuts], dtype=bool)
        self.ends = np.array([cut for cut in cuts if len(cut) == 2], dtype=np.int64).reshape(-1, 2)
        self.points = np.array([cut[0] for cut in cuts if len(cut) == 1], dtype=np.int64)
        both = np.concatenate([ties, ties[:, ::-1]])
        at = np.full(actors, -1, dtype=np.int64)
        at[self.points] = np.arange(len(self.points))
        both = both[at[both[:, 0]] >= 0]
        self.of, self.beside = at[both[:, 0]], both[:, 1]  # of each cut point those tied to it

    def holding(self, drawn: Ints) -> Bools:
        """Which cuts are cuts in this draw."""
        graph = rustworkx.PyGraph(multigraph=False)
        graph.add_nodes_from(range(self.actors))
        graph.add_edges_from_no_data(list(map(tuple, drawn.tolist())))
        part = np.empty(self.actors, dtype=np.int64)
        for number, members in enumerate(rustworkx.connected_components(graph)):
            part[list(members)] = number
        held = np.zeros(len(self.is_tie), dtype=bool)
        held[self.is_tie] = self._ties(graph, part)
        held[~self.is_tie] = self._points(graph, part, drawn)
        return held

    def _ties(self, graph: "rustworkx.PyGraph[int, None]", part: Ints) -> Bools:
        """A tie that was not drawn would be a bridge between two parts."""
        bridges = {(min(tie), max(tie)) for tie in rustworkx.bridges(graph)}
        apart = part[self.ends[:, 0]] != part[self.ends[:, 1]]
        there = [(min(a, b), max(a, b)) in bridges for a, b in self.ends.tolist()]
        held: Bools = apart | np.array(there, dtype=bool)
        return held

    def _points(self, graph: "rustworkx.PyGraph[int, None]", part: Ints, drawn: Ints) -> Bools:
        """In how many pieces would those beside an actor be: other parts, and their own one's."""
        cutting = np.zeros(self.actors, dtype=bool)
        cutting[list(rustworkx.articulation_points(graph))] = True
        tied = np.zeros(self.actors, dtype=bool)
        tied[drawn.ravel()] = True
        own = part[self.points]
        away = part[self.beside] != own[self.of]
        others = np.unique(np.stack([self.of[away], part[self.beside][away]], axis=1), axis=0)
        pieces = np.bincount(others[:, 0], minlength=len(self.points))
        pieces += tied[self.points].astype(np.int64) + cutting[self.points]
        held: Bools = pieces >= 2
        return held
