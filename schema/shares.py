"""What each observation of a tie weighs today: the sums of `strength.py`, taken apart.

    for share in shares(observations, as_of=date(2026, 11, 21)):
        share.observation, share.support, share.doubt, share.why     # why: "" where it counts

All supports add up to the tie's r, all doubts to its s. Of what accumulates each piece is given
what it added when it came, faded to today: nothing where the cap was reached.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tieline.schema.strength import UNDATED_DAY, Observation, ends_on, standing, weight_of
from tieline.schema.weights import CAP, DOUBT_HALF_LIFE, KINDS, LEAST_FELT, NEAR

NEWER = "a newer answer stands"
SAME_DAY = "one contact a day counts"
FULL = "more of it adds nothing"
TOO_FEW = "fewer than three of the ten were answered"


class Share(NamedTuple):
    """One observation, and what it adds to support and to doubt as of the day."""

    observation: Observation
    support: float
    doubt: float
    why: str


def shares(observations: Iterable[Observation], as_of: date) -> list[Share]:
    """Each observation's, the weightiest first, then by day and uid."""
    seen = list(observations)
    few = [o for o in seen if o.kind == "felt" and o.answered_share <= LEAST_FELT - NEAR]
    found = [Share(o, 0.0, 0.0, TOO_FEW) for o in few]
    counted = [o for o in seen if o not in few]
    found += _views(counted, as_of.toordinal()) + _pools(counted, as_of.toordinal())
    return sorted(found, key=_weight_first)


def dated_by(observations: Iterable[Observation], day: date) -> list[Observation]:
    """Those that were there on this day already; what nobody dated is taken to be old."""
    return [o for o in observations if o.on is None or o.on <= day]


def _weight_first(share: Share) -> tuple[float, int, str]:
    o = share.observation
    return (-(share.support + share.doubt), -(o.on.toordinal() if o.on else 0), o.uid)


def _views(counted: list[Observation], today: int) -> list[Share]:
    stand = {id(o) for o in standing(counted)}
    views = [o for o in counted if KINDS[o.kind].pool is None]
    return [_view(o, today) if id(o) in stand else Share(o, 0.0, 0.0, NEWER) for o in views]


def _view(o: Observation, today: int) -> Share:
    weight, age = weight_of(o), max(0, today - (o.on.toordinal() if o.on else UNDATED_DAY))
    gain = weight * o.value * 0.5 ** (age / KINDS[o.kind].half_life)
    return Share(o, gain, weight * (1 - o.value) * 0.5 ** (age / DOUBT_HALF_LIFE), "")


def _pools(counted: list[Observation], today: int) -> list[Share]:
    works = [(ends_on(o), o) for o in counted if KINDS[o.kind].pool == "work"]
    days: dict[int, list[Observation]] = {}
    for o in counted:
        if KINDS[o.kind].pool == "contact":
            days.setdefault(o.on.toordinal() if o.on else UNDATED_DAY, []).append(o)
    best = {day: max(some, key=lambda o: (weight_of(o), o.uid)) for day, some in days.items()}
    rest = [o for day, some in days.items() for o in some if o is not best[day]]
    found = _folded(works, KINDS["joint_work"].half_life, today)
    found += _folded(list(best.items()), KINDS["contact_day"].half_life, today)
    return found + [Share(o, 0.0, 0.0, SAME_DAY) for o in rest]


def _folded(entries: list[tuple[int, Observation]], half_life: int, today: int) -> list[Share]:
    """As `strength.py` folds them: what each adds is the step from one sum to the next."""
    found, kept = [], 0.0
    for day, o in sorted(entries, key=lambda each: (each[0], weight_of(each[1]), each[1].uid)):
        fade = 0.5 ** ((today - day) / half_life) if day < today else 1.0
        now = min(CAP * fade, kept + weight_of(o) * fade)
        found.append(Share(o, now - kept, 0.0, "" if now > kept else FULL))
        kept = now
    return found
