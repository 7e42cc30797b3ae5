"""Who already does this? How much two projects overlap: place x time x purpose.

    place    1 the same area, .7 one lies directly in the other, .4 two levels up, .2 three or
             more, 0 apart
    time     days both run by the days of the shorter; one without an end runs until today
    purpose  half themes (themes.py), half text: the cosine of descriptions (texts.py)

What is not recorded of place or time counts half, and the reasons say so. Of purpose what is not
recorded adds nothing (two texts seldom have much in common, so half would be far too much), but
where neither themes nor texts can be compared purpose counts half too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

PLACE = {0: 1.0, 1: 0.7, 2: 0.4}
FAR = 0.2
UNKNOWN = 0.5


@dataclass(frozen=True)
class Score:
    """Each part in [0, 1]; None: not recorded. `link`: best pathway between the teams."""

    place: float
    time: float
    theme: float | None
    text: float | None = None
    link: float = 0.0

    @property
    def purpose(self) -> float:
        if self.theme is None and self.text is None:
            return UNKNOWN
        return 0.5 * (self.theme or 0.0) + 0.5 * (self.text or 0.0)

    @property
    def unlinked(self) -> "Score":
        """As it is told to those who read no numbers: a pathway's score is one."""
        return replace(self, link=0.0)

    @property
    def weight(self) -> float:
        """Ranked by the value of a conversation: teams that are tied already need it less."""
        return round(self.place * self.time * self.purpose * (1 - self.link), 12)


@dataclass(frozen=True)
class Places:
    """The WITHIN tree a viewer may see: `within[uid]` are the places directly around it."""

    names: Mapping[str, str]
    within: Mapping[str, Iterable[str]]

    def around(self, uid: str) -> dict[str, int]:
        """The place and all it lies in, with the fewest levels between."""
        found, level, here = {uid: 0}, 0, [uid]
        while here:
            level += 1
            here = sorted(
                {up for one in here for up in self.within.get(one, ()) if up not in found}
            )
            found |= {up: level for up in here}
        return found

    def nearest(
        self, left: Iterable[str], right: Iterable[str]
    ) -> tuple[float, str | None, str | None]:
        """(score, the two places it rests on); (UNKNOWN, None, None) where one side has none."""
        left, right = sorted(left), sorted(right)
        if not left or not right:
            return UNKNOWN, None, None
        best: tuple[float, str | None, str | None] = (0.0, None, None)
        for one in left:
            for other in right:
                score = self._score(one, other)
                best = max(best, (score, one, other), key=lambda found: found[0])
        return best

    def _score(self, one: str, other: str) -> float:
        level = self.around(one).get(other, self.around(other).get(one))
        return 0.0 if level is None else PLACE.get(level, FAR)


def overlap(
    left: tuple[date | None, date | None], right: tuple[date | None, date | None], today: date
) -> tuple[float, int | None, int | None]:
    """(share of the shorter, days both run, days of the shorter); days count both ends.

    A start that is not recorded is unknown: (UNKNOWN, None, None).
    """
    spans = [_span(start, end, today) for start, end in (left, right)]
    if None in spans:
        return UNKNOWN, None, None
    (a, b), (c, d) = (span for span in spans if span)
    shorter = min((b - a).days, (d - c).days) + 1
    both = max((min(b, d) - max(a, c)).days + 1, 0)
    return both / shorter, both, shorter


def _span(start: date | None, end: date | None, today: date) -> tuple[date, date] | None:
    if start is None:
        return None
    return start, max(end or today, start)
