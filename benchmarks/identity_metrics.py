"""How well a clustering finds a truth: pairwise, B-cubed (per-record mean), exact clusters.

B-cubed: Bagga and Baldwin 1998, precision and recall of each record's own cluster, averaged over
records. Where two sources are linked, only pairs across sources are counted pairwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Pairs = set[tuple[str, str]]


@dataclass(frozen=True)
class Scores:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f} {self.recall:.3f} {self.f1:.3f}"


def components(records: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Records joined by pairs, whatever the way round."""
    head = {record: record for record in records}

    def find(record: str) -> str:
        while head[record] != record:
            head[record] = head[head[record]]
            record = head[record]
        return record

    for one, other in pairs:
        a, b = sorted((find(one), find(other)))
        head[b] = a
    made: dict[str, list[str]] = {}
    for record in head:
        made.setdefault(find(record), []).append(record)
    return [sorted(members) for members in made.values()]


def pairs_of(clusters: Iterable[Sequence[str]], source: Mapping[str, str], across: bool) -> Pairs:
    return {
        (min(a, b), max(a, b))
        for members in clusters
        for a, b in combinations(members, 2)
        if not across or source[a] != source[b]
    }


def pairwise(found: Pairs, true: Pairs) -> Scores:
    both = len(found & true)
    return Scores(both / len(found) if found else 1.0, both / len(true) if true else 1.0)


def b_cubed(found: Sequence[Sequence[str]], true: Sequence[Sequence[str]]) -> Scores:
    mine = {record: frozenset(members) for members in found for record in members}
    theirs = {record: frozenset(members) for members in true for record in members}
    precision = sum(len(mine[r] & theirs[r]) / len(mine[r]) for r in theirs) / len(theirs)
    recall = sum(len(mine[r] & theirs[r]) / len(theirs[r]) for r in theirs) / len(theirs)
    return Scores(precision, recall)


def exact(found: Sequence[Sequence[str]], true: Sequence[Sequence[str]]) -> float:
    """Share of the true clusters of two or more that were found just so."""
    mine = {frozenset(members) for members in found}
    wanted = [frozenset(members) for members in true if len(members) > 1]
    return sum(each in mine for each in wanted) / len(wanted) if wanted else 1.0
