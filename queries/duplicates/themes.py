"""How alike two lists of themes are, in whichever words.

Information-weighted Jaccard (after Resnik 1995: the rarer a theme, the more sharing it says): the
information of what both have by the information of what either has. A theme counts whole, what is
directly broader half. exactMatch makes two themes one, along any chain; closeMatch lets the one
stand for the other, one step and never chained.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2

BROADER = 0.5


@dataclass
class Themes:
    """The themes a viewer may see. `broader` and the pairs are of uids; `labels` by uid."""

    labels: Mapping[str, str]
    broader: Mapping[str, Iterable[str]]
    exact: Iterable[tuple[str, str]] = ()
    close: Iterable[tuple[str, str]] = ()
    one: dict[str, str] = field(default_factory=dict)
    near: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    counted: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def __post_init__(self) -> None:
        for left, right in self.exact:
            keeps, goes = sorted((self.of(left), self.of(right)))
            self.one[goes] = keeps
        for left, right in self.close:
            self.near[self.of(left)].add(self.of(right))
            self.near[self.of(right)].add(self.of(left))

    def of(self, uid: str) -> str:
        """The one uid for all that exactMatch makes one."""
        while uid in self.one and self.one[uid] != uid:
            uid = self.one[uid]
        return uid

    def having(self, themes: Iterable[str]) -> dict[str, float]:
        """How much each theme counts for a project that has these."""
        have = {self.of(uid): 1.0 for uid in themes}
        wider = {self.of(up) for uid in themes for up in self.broader.get(uid, ())}
        return {uid: BROADER for uid in wider} | have

    def count(self, projects: Iterable[Iterable[str]]) -> None:
        """Take note of how common each theme is among these projects."""
        for themes in projects:
            self.total += 1
            self.counted.update(self.having(themes).keys())

    def information(self, uid: str) -> float:
        """In bits: rare themes say more. 1 for what all share, or it would say nothing at all."""
        return log2(1 + self.total / max(self.counted[uid], 1))

    def alike(self, left: Mapping[str, float], right: Mapping[str, float]) -> float:
        """0 to 1, of two results of `having`."""
        matched = self._in_words_of(left, right)
        every = sorted(left.keys() | matched.keys())
        both = sum(self._least(uid, left, matched) for uid in every)
        either = sum(
            self.information(uid) * max(left.get(uid, 0), matched.get(uid, 0)) for uid in every
        )
        return both / either if either else 0.0

    def shared(self, left: Mapping[str, float], right: Mapping[str, float]) -> list[str]:
        """The uids of what both have, what says most first."""
        matched = self._in_words_of(left, right)
        return sorted(
            left.keys() & matched.keys(),
            key=lambda uid: (-self._least(uid, left, matched), self.labels[uid], uid),
        )

    def called(self, uid: str, themes: Iterable[str]) -> list[str]:
        """The labels by which these themes say it; none where they only say something narrower."""
        said = {self.of(theme): theme for theme in sorted(themes)}
        return sorted(
            self.labels[theme]
            for one, theme in said.items()
            if one == uid or uid in self.near.get(one, ())
        )

    def _least(self, uid: str, left: Mapping[str, float], right: Mapping[str, float]) -> float:
        return self.information(uid) * min(left.get(uid, 0), right.get(uid, 0))

    def _in_words_of(
        self, left: Mapping[str, float], right: Mapping[str, float]
    ) -> dict[str, float]:
        """The right's themes, each in a word of the left's where a closeMatch allows."""
        said: dict[str, float] = {}
        for uid in sorted(right):
            close = sorted(self.near.get(uid, set()) & left.keys() - right.keys())
            word = uid if uid in left or not close else close[0]
            said[word] = max(said.get(word, 0), right[uid])
        return said
