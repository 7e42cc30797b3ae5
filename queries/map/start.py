"""A first picture: far apart in ties, far apart on the map. Cheap, and the same each time.

Pivot multidimensional scaling (Brandes and Pich, 2006): distances in ties from some pivots, drawn
in the two directions in which they differ most. The pivots are those whose ids' digests are lowest,
so that somebody new hardly ever changes them.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from tieline.queries.bridges.field import Floats, Ints

PIVOTS = 60
TURNED = 2**32


def lots(uids: Sequence[str]) -> Ints:
    """A number drawn for everybody, by their uid alone."""
    found = (hashlib.blake2b(uid.encode(), digest_size=4).digest() for uid in uids)
    return np.fromiter((int.from_bytes(each) for each in found), np.int64, len(uids))


def start(ends: Ints, lot: Ints) -> Floats:
    """Where the actors 0 ... n - 1 of one component begin; `lot`: a number drawn for each."""
    many = len(lot)
    ones = np.ones(2 * len(ends))
    both = np.concatenate([ends, ends[:, ::-1]])
    tied = csr_matrix((ones, (both[:, 0], both[:, 1])), shape=(many, many))
    pivots = np.lexsort((np.arange(many), lot))[:PIVOTS]
    far = dijkstra(tied, indices=pivots, unweighted=True).T ** 2
    far -= far.mean(axis=0, keepdims=True)
    far -= far.mean(axis=1, keepdims=True)
    _, axes = np.linalg.eigh(far.T @ far)
    found = far @ axes[:, ::-1][:, :2]
    if found.shape[1] < 2:
        found = np.column_stack([found, np.zeros(many)])
    return _apart(_upright(found), lot)


def _upright(found: Floats) -> Floats:
    """Of the two ways round, the one with the longer tail to the right, and up."""
    skew = (found**3).sum(axis=0)
    upright: Floats = found * np.where(skew < 0, -1.0, 1.0)
    return upright


def _apart(found: Floats, lot: Ints) -> Floats:
    """Sized by how many they are; those in one spot are set beside it, each by their lot."""
    many = len(found)
    size = np.sqrt((found**2).sum(axis=1).mean()) or 1.0
    placed: Floats = found / size * np.sqrt(many) + 0.3 * ways(lot)
    return placed


def ways(lot: Ints) -> Floats:
    """A direction for everybody, by their lot."""
    turn = lot * (2 * np.pi / TURNED)
    found: Floats = np.column_stack([np.cos(turn), np.sin(turn)])
    return found
