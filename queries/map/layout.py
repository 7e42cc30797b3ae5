"""Where everybody stands on the map: component by component, then side by side.

A function of who is seen and of their ties, and of nothing else: what is hidden moves nobody, and
two who may see the same see the same picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from tieline.queries.answers.work import step
from tieline.queries.bridges.field import Floats, Ints
from tieline.queries.map.forces import SETTLING, Springs, Steps, spaced
from tieline.queries.map.start import lots, start, ways

FEW = 4  # a component of fewer is drawn as it begins
SIZE = 1000.0  # positions are from -SIZE to SIZE, to one decimal
SPREAD, BESIDE = 0.9, 0.8  # of a component by the root of its size; of those without a tie
SMALL = 12  # a component of fewer is drawn closer
CLOSELY, GAP, WIDER = 60, 3.0, 1.4  # components that are packed by shape; how near; landscape
GOLDEN = np.pi * (3 - np.sqrt(5))  # radians from one seed of a sunflower to the next
AT_ONCE = 10  # steps between two looks


@dataclass
class Component:
    """Some who are tied, however far around. `ends`: by their places in `members`."""

    members: Ints
    ends: Ints
    weights: Floats
    at: Floats
    lot: Ints

    @property
    def steps(self) -> int:
        return 0 if len(self.members) < FEW else 300 if len(self.members) < 2_000 else 160

    def upright(self, at: Floats) -> Floats:
        """Its longer side across, as screens are; and of the four ways in which it may lie then,
        always one: the way in which those with most ties lie nearest to where their lots point."""
        at = at - at.mean(axis=0)
        _, axes = np.linalg.eigh(at.T @ at)
        lying = at @ axes[:, ::-1]
        ties = 1.0 + np.bincount(self.ends.ravel(), minlength=len(at))
        side = (ties[:, None] * lying * ways(self.lot)).sum(axis=0)
        upright: Floats = lying * np.where(side < 0, -1.0, 1.0)
        return upright


def pictures(uids: Sequence[str], ends: Ints, weights: Floats) -> Iterator[tuple[float, Floats]]:
    """Picture after picture, each better than the last, with how far it is, 0 to 1."""
    lot = lots(uids)
    parts = list(components(lot, ends, weights))
    yield 0.0, _joined(parts, len(uids))
    work = sum(each.steps * len(each.members) for each in parts) or 1
    done = 0
    for each in parts:
        if each.steps:
            springs = Springs.of(len(each.members), each.ends, each.weights)
            moving = Steps(each.at, springs, each.steps, 0.15)
            for first in range(0, each.steps, AT_ONCE):
                step(SETTLING, done, work)
                moving.run(first, min(first + AT_ONCE, each.steps))
                each.at = _sized(each.upright(moving.at))
                done += AT_ONCE * len(each.members)
                if len(each.members) > work / each.steps / 2:  # most of the picture
                    yield 0.9 * done / work, _joined(parts, len(uids))
            each.at = spaced(_sized(each.upright(moving.at)), ways(each.lot))
    yield 1.0, _joined(parts, len(uids))


def components(lot: Ints, ends: Ints, weights: Floats) -> Iterator[Component]:
    """The largest first; of equals the one of the lower uid."""
    many = len(lot)
    tied = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(many, many))
    _, mine = connected_components(tied, directed=False)
    sizes = np.bincount(mine, minlength=1)
    order = np.argsort(mine, kind="stable")
    first = np.concatenate([[0], np.cumsum(sizes)])
    by_tie = np.argsort(mine[ends[:, 0]], kind="stable") if len(ends) else np.empty(0, np.int64)
    starts = np.searchsorted(mine[ends[:, 0]][by_tie], np.arange(len(sizes) + 1))
    place = np.empty(many, np.int64)
    for which in sorted(range(len(sizes)), key=lambda each: (-sizes[each], each)):
        members = order[first[which] : first[which + 1]]
        if len(members) < 2:
            return
        place[members] = np.arange(len(members))
        rows = by_tie[starts[which] : starts[which + 1]]
        own = place[ends[rows]]
        found = Component(members, own, weights[rows], start(own, lot[members]), lot[members])
        found.at = _sized(found.upright(found.at))
        yield found


def _joined(components: Sequence[Component], many: int) -> Floats:
    """All of them side by side, those without a tie as one among them."""
    found = np.full((many, 2), np.nan)
    shapes = [(each.members, each.at) for each in components]
    alone = np.ones(many, bool)
    for members, _ in shapes:
        alone[members] = False
    if alone.any():
        shapes.append((np.flatnonzero(alone), _sunflower(int(alone.sum()))))
    shapes.sort(key=lambda each: -len(each[0]))
    for members, at in _packed(shapes):
        found[members] = at
    return framed(found)


def framed(at: Floats) -> Floats:
    """As large as the map is, its middle in the middle."""
    if not len(at):
        return at
    at = at - (at.max(axis=0) + at.min(axis=0)) / 2
    return np.round(at * (SIZE / (np.abs(at).max() or 1.0)), 1) + 0.0


def _packed(shapes: Sequence[tuple[Ints, Floats]]) -> Iterator[tuple[Ints, Floats]]:
    """Each where nobody of it stands near anybody of those before: as near the middle as may be.

    Where there are very many, by the discs around them: it is quicker.
    """
    close = len(shapes) <= CLOSELY
    taken, centres, radii = np.empty((0, 2)), np.empty((0, 2)), np.empty(0)
    for members, at in shapes:
        at = at - (at.max(axis=0) + at.min(axis=0)) / 2
        radius = float(np.sqrt((at**2).sum(axis=1).max()))
        if close:
            placed = at + _gap(taken, at, radius)
            taken = np.concatenate([taken, placed])
        else:
            spot = _free(centres, radii, radius + GAP / 2)
            centres, radii = np.vstack([centres, spot]), np.append(radii, radius + GAP / 2)
            placed = at + spot
        yield members, placed


def _gap(taken: Floats, at: Floats, radius: float) -> Floats:
    """The spot nearest the middle where this shape keeps its distance from all that is placed."""
    if not len(taken):
        return np.zeros(2)
    tree, away, turn = cKDTree(taken), 0.0, 0.0
    while True:
        spot = away * np.array([WIDER * np.cos(turn), np.sin(turn)])
        if tree.query(at + spot, distance_upper_bound=GAP)[0].min() >= GAP:
            return spot
        turn += GOLDEN
        away += 0.05 * GAP + 0.02 * radius


def _free(centres: Floats, radii: Floats, radius: float) -> Floats:
    """The spot nearest the middle where a disc of this radius touches no other, on a spiral."""
    away, turn = 0.0, 0.0
    while True:
        spot = away * np.array([np.cos(turn), np.sin(turn)])
        if (np.hypot(*(centres - spot).T) >= radii + radius).all():
            return spot
        turn += GOLDEN
        away += radius * 0.1


def _sunflower(many: int) -> Floats:
    """Those without a tie: evenly apart on a disc, in the order of their uids."""
    seeds = np.arange(many)
    away, turn = BESIDE * np.sqrt(seeds + 0.5), seeds * GOLDEN
    return np.column_stack([away * np.cos(turn), away * np.sin(turn)])


def _sized(at: Floats) -> Floats:
    """As large as befits so many, whatever the forces made of it."""
    at = at - at.mean(axis=0)
    spread = float(np.sqrt((at**2).sum(axis=1).mean()))
    wide = (SPREAD if len(at) >= SMALL else SPREAD * 2 / 3) * np.sqrt(len(at))
    return at * (wide / spread) if spread else at
