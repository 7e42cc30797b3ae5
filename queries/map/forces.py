"""Who is tied is drawn together, and everybody keeps apart: as if by springs and like charges.

The forces are those of ForceAtlas2 (Jacomy and others, 2014). Among many, who keeps whom apart is
read from a grid: everybody's weight is spread over it, its pull is one convolution, and each reads
theirs where they stand. So a step costs as much as there are actors and ties, not pairs.
"""

from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft2, rfft2
from scipy.spatial import cKDTree

from tieline.queries.answers.work import step
from tieline.queries.bridges.field import Floats, Ints

PAIRS = 400  # actors: for fewer every pair is looked at
GRID = 192
SOFT = 0.3  # of a mesh or a unit: nearer than this the force grows no more
GRAVITY = 0.1
REACH = 0.7  # half the width of a picture, by the root of how many they are
ROOM = 0.75  # of the usual distance between neighbours, to everybody
SETTLING = "settling the picture"


@dataclass(frozen=True)
class Springs:
    """Ties between actors 0 ... n - 1; `mass` of each: how many ties they have, and one."""

    ends: Ints
    pull: Floats
    mass: Floats

    @classmethod
    def of(cls, many: int, ends: Ints, weights: Floats) -> "Springs":
        mass: Floats = 1.0 + np.bincount(ends.ravel(), minlength=many).astype(np.float64)
        return cls(ends, weights**0.5, mass)

    @property
    def push(self) -> float:
        """So strong that pushes and pulls balance where the picture has the right width."""
        wide = REACH * np.sqrt(len(self.mass))
        return float(wide * np.log1p(wide) / self.mass.sum())

    def force(self, at: Floats) -> Floats:
        """What draws and pushes everybody."""
        away = at[self.ends[:, 1]] - at[self.ends[:, 0]]
        far = np.sqrt((away**2).sum(axis=1, keepdims=True)) + 1e-9
        drawn = away * (self.pull[:, None] * np.log1p(far) / far)
        found = apart(at, self.mass) * (self.mass * self.push)[:, None]
        for axis in (0, 1):
            found[:, axis] += np.bincount(self.ends[:, 0], drawn[:, axis], len(at))
            found[:, axis] -= np.bincount(self.ends[:, 1], drawn[:, axis], len(at))
        centre = at / (np.sqrt((at**2).sum(axis=1, keepdims=True)) + 1.0)
        settled: Floats = found - GRAVITY * self.mass[:, None] * centre
        return settled


class Steps:
    """The picture step by step, each smaller than the last: iterate, and read `at`."""

    def __init__(self, at: Floats, springs: Springs, steps: int, heat: float) -> None:
        self.at, self.springs, self.steps, self.heat = at, springs, steps, heat

    def run(self, first: int, last: int) -> None:
        """Steps `first` to `last` of all."""
        for number in range(first, last):
            force = self.springs.force(self.at) / self.springs.mass[:, None]
            size = np.sqrt((force**2).sum(axis=1, keepdims=True)) + 1e-12
            most = self.heat * np.sqrt(len(self.at)) * (1 - number / self.steps) ** 1.5 + 0.002
            self.at = self.at + force * np.minimum(1.0, most / size)
            self.at -= self.at.mean(axis=0)


def apart(at: Floats, mass: Floats) -> Floats:
    """The push on everybody by all others, 1 / distance."""
    return _by_pairs(at, mass) if len(at) <= PAIRS else _by_grid(at, mass)


def _by_pairs(at: Floats, mass: Floats) -> Floats:
    away = at[:, None, :] - at[None, :, :]
    far = (away**2).sum(axis=2) + SOFT**2
    found: Floats = (away * (mass[None, :] / far)[:, :, None]).sum(axis=1)
    return found


def _by_grid(at: Floats, mass: Floats) -> Floats:
    low = at.min(axis=0)
    mesh = float((at.max(axis=0) - low).max()) / (GRID - 2) + 1e-9
    where = (at - low) / mesh
    cell = where.astype(np.int64)
    part = where - cell
    corners = [
        (
            (cell[:, 0] + dx) * GRID + cell[:, 1] + dy,
            np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]),
        )
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    spread = sum(np.bincount(to, mass * share, GRID * GRID) for to, share in corners)
    wave = rfft2(np.asarray(spread).reshape(GRID, GRID), s=(2 * GRID, 2 * GRID))
    found = np.empty_like(at)
    for axis, kernel in enumerate(KERNELS):
        push = irfft2(wave * kernel, s=(2 * GRID, 2 * GRID))[:GRID, :GRID].ravel()
        found[:, axis] = sum(push[to] * share for to, share in corners)
    return found / mesh


def _kernels() -> list[np.ndarray[tuple[int, ...], np.dtype[np.complex128]]]:
    side = np.arange(2 * GRID)
    side = np.where(side < GRID, side, side - 2 * GRID).astype(np.float64)
    far = side[:, None] ** 2 + side[None, :] ** 2 + SOFT**2
    return [rfft2(side[:, None] / far), rfft2(side[None, :] / far)]


KERNELS = _kernels()


def spaced(at: Floats, beside: Floats, rounds: int = 30) -> Floats:
    """Nobody on top of another: who stands nearer than is usual is moved apart. `beside`: a way to
    go for each, lest those in one spot end in a line."""
    near = cKDTree(at).query(at, k=2)[0][:, 1]
    room = ROOM * float(np.median(near)) + 0.35
    at = at + beside * np.maximum(room - near, 0.0)[:, None]
    for number in range(rounds):
        near = cKDTree(at).query_pairs(room, output_type="ndarray")
        if not len(near):
            break
        step(SETTLING, 0.9 + 0.1 * number / rounds)
        away = at[near[:, 0]] - at[near[:, 1]]
        far = np.sqrt((away**2).sum(axis=1, keepdims=True)) + 1e-6
        push = away / far * (room - far) * 0.5
        at = at.copy()
        for axis in (0, 1):
            at[:, axis] += np.bincount(near[:, 0], push[:, axis], len(at))
            at[:, axis] -= np.bincount(near[:, 1], push[:, axis], len(at))
    return at
