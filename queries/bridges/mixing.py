"""Do ties lead to one's own kind or to others? The E-I index (Krackhardt and Stern 1988).

    (E - I) / (E + I), from -1 (all within) to 1 (all across)

A tie is within (I) if both ends have a group in common, or one is in a group that lies in one of
the other's; across (E) if both have groups and none of that holds. Where an end has none that is
known, it counts for neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tieline.queries.answers.work import step
from tieline.queries.bridges.field import Ints

Group = frozenset[str]
Wider = Mapping[str, Group]  # of a group the wider ones that it lies in, itself left out
EVERY = 50_000  # pairs of groups between steps


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


def mixing(groups: Sequence[Group], ends: Ints, wider: Wider | None = None) -> Mixing:
    """`groups` of actors 0 ... n - 1."""
    number: dict[Group, int] = {}
    of = np.array([number.setdefault(each, len(number)) for each in groups], np.int64)
    known = np.array([bool(each) for each in groups], dtype=bool)
    both = ends[known[ends].all(axis=1)] if len(ends) else ends
    many = max(1, len(number))
    pairs, at = np.unique(of[both[:, 0]] * many + of[both[:, 1]], return_inverse=True)
    apart = _apart(list(number), pairs // many, pairs % many, wider or {})[at]
    within, across = (
        np.bincount(both[which].ravel(), minlength=len(groups)) for which in (~apart, apart)
    )
    return Mixing(within, across, int((~apart).sum()), int(apart.sum()))


def _apart(groups: list[Group], one: Ints, other: Ints, wider: Wider) -> "np.ndarray":
    """Of each pair whether the two have nothing in common, and neither lies in the other."""
    whole = [each.union(*(wider.get(group, ()) for group in each)) for each in groups]
    found = np.zeros(len(one), dtype=bool)
    for at, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        if at % EVERY == 0:
            step("comparing places, themes and sectors", at, len(one))
        found[at] = groups[a].isdisjoint(whole[b]) and groups[b].isdisjoint(whole[a])
    return found


def index(within: int, across: int) -> float | None:
    total = within + across
    return (across - within) / total if total else None
