"""How sure is it that a cut is one? The field drawn again and again as it may really be.

Some ties that are recorded do not hold, and some that hold nobody recorded. Each draw keeps a tie
with its own chance (strength + unknown / 2) and adds UNRECORDED times as many ties as it kept: half
of them close an open triangle, half are between any two actors. Confidence is the share of draws in
which the cut is one still: of a bridge, if nothing else joins its ends; of an actor, if those tied
to them fall apart without them. The tie itself, and the actor's own ties, are kept in every draw.

With three in ten ties unrecorded, seven in ten of the bridges that a real network seems to have are
none (design `questions.md`), so no cut is shown without it. Drawn from a seed: it repeats.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tieline.queries.answers.work import step
from tieline.queries.bridges.blocks import Blocks, blocks

DRAWS, SEED = 200, 11
UNRECORDED = 0.3
MORE = 4  # tries for each open triangle: some that are looked at are closed
STAGE = "drawing the field as it may really be"
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def confidences(actors: int, ties: Ints, chances: Floats, cuts: Ints, draws: int = DRAWS) -> Floats:
    """The share of draws in which each cut is one, 0 to 1, in their order.

    `ties`: a row a tie, its two ends, actors 0 ... `actors` - 1, the lower one first, in order,
    none twice; `chances`: of each. `cuts`: a row each, both ends of a tie, or an actor and -1.
    """
    own = _Own(actors, ties, cuts)
    held = np.zeros(len(cuts))
    for done, drawn in enumerate(_drawn(actors, ties, chances, draws), 1):
        held += own.holding(blocks(actors, drawn))
        step(STAGE, done, draws)
    return held / draws


def _drawn(actors: int, ties: Ints, chances: Floats, draws: int) -> Iterator[Ints]:
    dice = np.random.default_rng(SEED)
    for done in range(draws):
        step(STAGE, done, draws)
        kept = ties[dice.random(len(ties)) < chances]
        yield np.concatenate([kept, _unrecorded(actors, kept, dice)])


def _unrecorded(actors: int, kept: Ints, dice: np.random.Generator) -> Ints:
    """Ties that nobody recorded: half close an open triangle, as far as there are any."""
    many = round(UNRECORDED * len(kept))
    anyone = dice.integers(actors, size=(many - many // 2, 2))
    here, middle = _both(kept)
    first = np.searchsorted(here, np.arange(actors + 1))
    reach = np.diff(first)
    open_at = np.flatnonzero(reach[middle] > 1)  # the other end has another tie
    if not many or not len(open_at):
        return anyone
    at = dice.choice(open_at, size=MORE * many)
    between = middle[at]
    far = middle[first[between] + (dice.random(len(at)) * reach[between]).astype(np.int64)]
    found = np.sort(np.stack([here[at], far], axis=1), axis=1)
    known = _among(found[:, 0] * actors + found[:, 1], kept[:, 0] * actors + kept[:, 1])
    return np.concatenate([anyone, found[(found[:, 0] != found[:, 1]) & ~known][: many // 2]])


def _both(kept: Ints) -> tuple[Ints, Ints]:
    """Each tie from both ends, by the one and then by the other: in that order they come, for those
    of one actor the lower ends first, as `kept` is in order itself."""
    turned = kept[np.argsort(kept[:, 1], kind="stable")]
    here = np.concatenate([turned[:, 1], kept[:, 0]])
    order = np.argsort(here, kind="stable")
    return here[order], np.concatenate([turned[:, 0], kept[:, 1]])[order]


def _among(asked: Ints, known: Ints) -> Bools:
    """Which of these keys are known, of `known` ones in order."""
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    found: Bools = known[at] == asked
    return found


class _Own:
    """The cuts, and how each is tied: what is asked of every draw."""

    def __init__(self, actors: int, ties: Ints, cuts: Ints) -> None:
        self.is_tie = cuts[:, 1] >= 0
        self.ends, self.points = cuts[self.is_tie], cuts[~self.is_tie, 0]
        both = np.concatenate([ties, ties[:, ::-1]])
        at = np.full(actors, -1, dtype=np.int64)
        at[self.points] = np.arange(len(self.points))
        both = both[at[both[:, 0]] >= 0]
        self.of, self.beside = at[both[:, 0]], both[:, 1]  # of each cut point those tied to it

    def holding(self, drawn: Blocks) -> Bools:
        """Which cuts are cuts in this draw."""
        held = np.zeros(len(self.is_tie), dtype=bool)
        held[self.is_tie] = self._ties(drawn)
        held[~self.is_tie] = self._points(drawn)
        return held

    def _ties(self, drawn: Blocks) -> Bools:
        """A tie that was not drawn would be a bridge between two parts."""
        one, other = self.ends[:, 0], self.ends[:, 1]
        above, below = np.sort(drawn.place[self.ends], axis=1).T
        bridge = (drawn.up[below] == above) & drawn.bridge[below]
        held: Bools = (drawn.part[one] != drawn.part[other]) | bridge
        return held

    def _points(self, drawn: Blocks) -> Bools:
        """In how many pieces would those beside an actor be: other parts, and their own one's."""
        part = drawn.part
        own = part[self.points]
        away = part[self.beside] != own[self.of]
        others = np.unique(self.of[away] * (len(part) + 1) + part[self.beside][away])
        pieces = np.bincount(others // (len(part) + 1), minlength=len(self.points))
        tied = np.bincount(part, minlength=1)[own] > 1
        pieces += tied.astype(np.int64) + drawn.cutting[self.points]
        held: Bools = pieces >= 2
        return held
