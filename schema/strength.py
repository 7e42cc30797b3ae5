"""Tie strength: of everything known and not known about a tie, how much says it holds.

    observation = Observation(uid="o1", kind="closeness", value=1.0, reporter="from")
    told = summary([observation], as_of=date(2026, 11, 21))
    told.strength, told.unknown, told.label      # .571429, .428571, "middling"

`observations` are those of one pair, in either direction: `forward` says whether the observation
runs from the pair's first end to its second. Nothing else in Tieline computes strength; `ties.py`
turns it into what the graph keeps. The numbers are in `weights.py`.

Support r = sum of w v 0.5^(age / half-life), doubt s = sum of w (1-v) 0.5^(age / 1095),
w = base x answered share x reliability; ignorance W = 2 + ends not heard;
strength = r/(r+s+W), against = s/(r+s+W), unknown = W/(r+s+W).

What accumulates is folded at its end in date order, m = min(cap, m x decay + w), then faded to
today. Here every term is faded to today first, which is the same: m = min(cap d, m + w d).
Sums are exact (fsum), so no order of the observations shows even in the last digit.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from math import fsum
from statistics import median
from typing import NamedTuple

from tieline.schema.weights import (
    APART,
    CAP,
    DOUBT_HALF_LIFE,
    IGNORANCE,
    KINDS,
    LEAST_FELT,
    NEAR,
    OPEN_END,
    OWN_IGNORANCE,
    QUIET,
    THICK,
    THIN,
    THIRD_PARTY,
    UNDATED,
    UNENDED,
    UNKNOWN,
)

Side = int | str  # 0 the pair's first end, 1 its second, else who the third party is
UNDATED_DAY = UNDATED.toordinal()
_RUNNING = date.max.toordinal()


class Observation(NamedTuple):
    """One thing said or recorded of a tie.

    `reporter`: "from" or "to" (an end of the observation) or who else. `value` in [0, 1]; `weight`
    is the base weight, None for that of its kind; `answered_share` in [0, 1]; `reliability` of the
    source in (0, 1]. `on` is the day, or the first; `until` the last, known or planned.
    `audience` is the effective one: 0 (in no answer) to 4 (public).
    """

    uid: str
    kind: str
    value: float = 1.0
    weight: float | None = None
    answered_share: float = 1.0
    reliability: float = 1.0
    reporter: str = ""
    source: str = ""
    forward: bool = True
    on: date | None = None
    until: date | None = None
    audience: int = 4


class Summary(NamedTuple):
    """What the observations say together. `there` is the first end asking the second.

    `heard` counts the ends heard; `seen` is the last day of any evidence; `own_first` and
    `own_second` are each end's own account, for that end alone.
    """

    strength: float
    against: float
    unknown: float
    label: str
    heard: int
    kinds: tuple[str, ...]
    quiet: bool
    step_there: float
    step_back: float
    seen: date | None
    own_first: float
    own_second: float
    seen_differently: bool


class _Account:
    """What one end says in its own words: support, doubt, and whether it would not introduce."""

    __slots__ = ("doubt", "heard", "refuses", "support")

    def __init__(self) -> None:
        self.support: list[float] = []
        self.doubt: list[float] = []
        self.heard = self.refuses = False

    def step(self, strength: float) -> float:
        """Asking this end: it decides, if it has been heard."""
        if self.refuses:
            return 0.0
        support = fsum(self.support)
        said = support + fsum(self.doubt)
        return min(strength, support / said) if self.heard and said else strength

    def own(self, records: float) -> float:
        support = fsum(self.support) + records
        return support / (support + fsum(self.doubt) + OWN_IGNORANCE)


def summary(observations: Iterable[Observation], as_of: date) -> Summary | None:
    """What they say as of a day; None where none counts. KeyError: no such kind."""
    counted = [o for o in observations if o.kind != "felt" or o.answered_share > LEAST_FELT - NEAR]
    if not counted:
        return None
    today = as_of.toordinal()
    records = _records(counted, today)
    support, doubt, ends = [records], [0.0], (_Account(), _Account())
    for o in standing(counted):
        _weigh(o, today, support, doubt, ends)
    heard = ends[0].heard + ends[1].heard
    r, s, w = fsum(support), fsum(doubt), IGNORANCE + 2 - heard
    whole = r + s + w
    kinds = tuple(sorted({o.kind for o in counted}))
    seen = max((day for o in counted if (day := _last(o, as_of))), default=None)
    first, second = ends[0].own(records), ends[1].own(records)
    return Summary(
        strength=r / whole,
        against=s / whole,
        unknown=w / whole,
        label=_label(r / whole, w / whole, heard, len(kinds)),
        heard=heard,
        kinds=kinds,
        quiet=seen is not None and _quiet(counted, (as_of - seen).days),
        step_there=ends[1].step(r / whole),
        step_back=ends[0].step(r / whole),
        seen=seen,
        own_first=first,
        own_second=second,
        seen_differently=heard == 2 and abs(first - second) > APART + NEAR,
    )


def _records(counted: list[Observation], today: int) -> float:
    """Support from what accumulates: works by their end, contact days at most one a day."""
    works: list[tuple[int, float]] = []
    days: dict[int, float] = {}
    for o in counted:
        pool = KINDS[o.kind].pool
        if pool == "work":
            works.append((ends_on(o), weight_of(o)))
        elif pool == "contact":
            day = o.on.toordinal() if o.on else UNDATED_DAY
            days[day] = max(days.get(day, 0.0), weight_of(o))
    folded = _folded(works, KINDS["joint_work"].half_life, today) if works else 0.0
    return folded + _folded(days.items(), KINDS["contact_day"].half_life, today) if days else folded


def _folded(entries: Iterable[tuple[int, float]], half_life: int, today: int) -> float:
    """Capped as they came, faded to today; what still runs comes last and is not faded."""
    kept = 0.0
    for day, weight in sorted(entries):
        fade = 0.5 ** ((today - day) / half_life) if day < today else 1.0
        kept = min(CAP * fade, kept + weight * fade)
    return kept


def ends_on(work: Observation) -> int:
    """The day a work ends, as an ordinal: a role without an end runs on, other works a year."""
    if work.until:
        return work.until.toordinal()
    if work.kind == "role":
        return _RUNNING
    return unended(work.on).toordinal() if work.on else UNDATED_DAY


def unended(start: date) -> date:
    """The last day of a work that began then and of which nobody gives or plans an end."""
    year, month = divmod(start.month - 1 + UNENDED, 12)
    longest = monthrange(start.year + year, month + 1)[1]
    return date(start.year + year, month + 1, min(start.day, longest))


def side_of(o: Observation) -> Side:
    """Who says it: an end of the pair by its number, or somebody else."""
    if o.reporter == "from":
        return 0 if o.forward else 1
    if o.reporter == "to":
        return 1 if o.forward else 0
    return o.reporter


def weight_of(o: Observation) -> float:
    """Base x answered share x reliability; of a third party's view, at most THIRD_PARTY of it."""
    kind = KINDS[o.kind]
    third = kind.view and o.reporter != "from" and o.reporter != "to"
    rho = min(o.reliability, THIRD_PARTY) if third else o.reliability
    return (kind.weight if o.weight is None else o.weight) * o.answered_share * rho


def standing(counted: list[Observation]) -> Iterable[Observation]:
    """The newest view of each (reporter, kind, source); one told by two sources counts once."""
    views = [o for o in counted if KINDS[o.kind].pool is None]
    if len(views) < 2:
        return views
    newest: dict[tuple[Side, str, str], Observation] = {}
    for o in sorted(views, key=lambda o: (o.on or date.min, o.uid)):
        newest[side_of(o), o.kind, o.source] = o
    once: dict[tuple[Side, str, date | None, float], Observation] = {}
    for o in sorted(newest.values(), key=lambda o: (o.reliability, weight_of(o), o.uid)):
        once[side_of(o), o.kind, o.on, o.value] = o
    return once.values()


def _weigh(
    o: Observation,
    today: int,
    support: list[float],
    doubt: list[float],
    ends: tuple[_Account, _Account],
) -> None:
    """Add one view to the whole, and to its end's own account if it is an answer of that end."""
    kind, weight, side = KINDS[o.kind], weight_of(o), side_of(o)
    age = max(0, today - (o.on.toordinal() if o.on else UNDATED_DAY))
    gain = weight * o.value * 0.5 ** (age / kind.half_life)
    loss = weight * (1 - o.value) * 0.5 ** (age / DOUBT_HALF_LIFE)
    support.append(gain)
    doubt.append(loss)
    if kind.asked and isinstance(side, int):
        end = ends[side]
        end.heard = True
        end.support.append(gain)
        end.doubt.append(loss)
        end.refuses |= o.kind == "would_introduce" and o.value == 0


def _label(strength: float, unknown: float, heard: int, kinds: int) -> str:
    if unknown > UNKNOWN + NEAR:
        return "not_yet_known"
    if strength + unknown <= THIN + NEAR:
        return "thin"
    both_sides = kinds > 1 or heard == 2
    return "thick" if strength >= THICK - NEAR and heard and both_sides else "middling"


def _quiet(counted: list[Observation], silent: int) -> bool:
    """No evidence of any kind for more than QUIET of the usual gap (median) of contact days."""
    days = sorted({o.on.toordinal() for o in counted if o.kind == "contact_day" and o.on})
    if len(days) < 3:
        return False
    return silent > QUIET * median(later - sooner for sooner, later in pairwise(days))


def _last(o: Observation, as_of: date) -> date | None:
    """The last day this is evidence of, never after today."""
    day = o.until if o.until and o.until != OPEN_END else o.on
    return min(day, as_of) if day else None
