"""Do ties lead to one's own kind or to others? The E-I index (Krackhardt and Stern 1988).

    (E - I) / (E + I), from -1 (all within) to 1 (all across)

A tie is within (I) if both ends have a group in common, across (E) if both have groups and none in
common. Where an end has none that is known, it counts for neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tieline.queries.bridges.field import Ints


@dataclass(frozen=True)
class Mixing:
    """Ties within and across: of each actor, and of all."""

    within: Ints
    across: Ints
    all_within: int
    all_across: int

    def of(self, actor: int) -> float | None:
        """The index of an actor; None: nothing is known of any tie of theirs."""
        return index(int(self.within[actor]), int(self.across[actor]))


def mixing(groups: Sequence[frozenset[str]], ends: Ints) -> Mixing:
    """`groups` of actors 0 ... n - 1."""
    known = np.array([bool(each) for each in groups], dtype=bool)
    both = ends[known[ends].all(axis=1)] if len(ends) else ends
    apart = np.array([groups[a].isdisjoint(groups[b]) for a, b in both.tolist()], dtype=bool)
    within, across = (
        np.bincount(both[which].ravel(), minlength=len(groups)) for which in (~apart, apart)
    )
    return Mixing(within, across, int((~apart).sum()), int(apart.sum()))


def index(within: int, across: int) -> float | None:
    total = within + across
    return (across - within) / total if total else None
