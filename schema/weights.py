"""Every number that tie strength rests on, in one table.

They are priors from the literature, not fitted: what makes a tie strong (Granovetter 1973; Marsden
& Campbell 1984), how fast ties fade (Burt 2002), when a tie has gone quiet (Navarro et al. 2017),
and how evidence and ignorance share one whole (beta reputation, Josang & Ismail 2002). Felt items
have no published validation at this scale. `tieline explain strength` prints this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of observation.

    `weight` is the base weight, `half_life` is in days. `pool` names what it accumulates in, up to
    CAP (None: only the newest counts per reporter and source). `asked`: an answer of that kind in
    an end's own words means the end is heard. `view`: somebody's view of the tie rather than a
    recorded fact, so a third party's counts at THIRD_PARTY at most. `values`: words to value.
    """

    name: str
    what: str
    weight: float
    half_life: int
    pool: str | None = None
    asked: bool = False
    view: bool = False
    values: Mapping[str, float] | None = None


_CLOSENESS = {"1": 0.0, "2": 0.25, "3": 0.5, "4": 0.75, "5": 1.0}
_CLOSENESS |= {"know of": 0.0, "would ring in trouble": 1.0}
_INTRODUCE = {"no": 0.0, "with care": 0.5, "yes": 1.0}
_FREQUENCY = {"never": 0.0, "yearly": 0.2, "quarterly": 0.4, "monthly": 0.6, "weekly": 0.8}
_TABLE = (
    Kind("closeness", 'asked: 1 "know of" to 5 "would ring in trouble"', 4, 1095,
         asked=True, view=True, values=_CLOSENESS),
    Kind("would_introduce", "asked: would you introduce someone to them?", 4, 730,
         asked=True, view=True, values=_INTRODUCE),
    Kind("felt", "asked: ten items, 1 to 5; the mean of those answered", 3, 730,
         asked=True, view=True),
    Kind("frequency", "asked: how often are you in touch?", 2, 365,
         asked=True, view=True, values=_FREQUENCY | {"daily": 1.0}),
    Kind("role", "works for, member of, leads, advises, funds; fades once it ends", 1.5, 1095,
         pool="work"),
    Kind("joint_work", "a shared project, grant or small board; fades once it ends", 1.5, 1095,
         pool="work"),
    Kind("contact_day", "a meeting, call or event; one a day at most", 0.5, 365, pool="contact"),
    Kind("stated_tie", "a source says there is a tie, on no scale", 1, 1095,
         view=True, values={"yes": 1.0}),
    Kind("no_tie", "a source says there is no tie", 2, 1095, view=True, values={"yes": 0.0}),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in _TABLE}
FELT_ITEMS = (
    "belong", "safe", "cared for", "supported", "understood",
    "purposeful", "valued", "respected", "seen", "loved",
)  # fmt: skip

CAP = 3.0  # of what accumulates in one pool: role with joint_work, and contact days
DOUBT_HALF_LIFE = 1095  # the slowest rate whatever the kind, or neglect would strengthen a tie
THIRD_PARTY = 0.6  # the most a third party's view is relied on
LEAST_FELT = 0.3  # share of felt items answered, below which none count
IGNORANCE = 2.0  # plus one for each end not yet heard in its own words
OWN_IGNORANCE = 2.0  # of one end's own account
APART = 0.5  # two own accounts further apart than this: seen differently
QUIET = 8  # silent for more than this many usual gaps
UNENDED = 12  # months a work is taken to last where no end is known
UNDATED = date(2000, 1, 1)  # the day of what nobody dated: it is heard, but hardly counts
OPEN_END = date(9999, 12, 31)  # "until" this day: it runs on, and nobody gave it an end
UNKNOWN, THIN, THICK = 0.5, 0.6, 0.55  # the thresholds of the labels
NEAR = 1e-9  # thresholds are compared with this much slack
LABELS = ("thick", "middling", "thin", "not_yet_known")
