"""The field's work as a viewer may see it: who does what, where, on what, with what came of it.

Two things are taken where a source leaves them open, and told as such: a project without a place is
where its lead is, and one without a theme is on what its lead works on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tieline.queries.duplicates.effort import Places
from tieline.queries.duplicates.themes import Themes

NOW, PAST, UNKNOWN = "now", "past", "unknown"
ENDED = {"ended", "finished", "completed", "complete", "closed", "past", "stopped", "over"}
RUNNING = {"active", "running", "ongoing", "live", "current", "in progress", "planned", "open"}

Said = dict[str, set[str]]  # uid of what it is said of -> slugs of those who say it


@dataclass(slots=True)
class Work:
    """A project. Dates are ISO text as exact as is known, '' if it is not; `reached` 0: unknown."""

    uid: str
    title: str
    starts: str = ""
    ends: str = ""
    status: str = ""
    reached: int = 0
    lessons: str = ""
    leads: set[str] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    funders: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    @property
    def team(self) -> set[str]:
        return self.leads | self.partners

    def when(self, today: str) -> str:
        """Whether it runs now (or is to), is past, or nobody recorded it.

        Without an end it is taken to run for twelve months, as a tie's evidence is.
        """
        said = self.status.strip().casefold()
        if said in ENDED:
            return PAST
        last = self.ends or (str(int(self.starts[:4]) + 1) + self.starts[4:] if self.starts else "")
        if self.ends or said not in RUNNING:
            if not last:
                return UNKNOWN
            return PAST if last < today[: len(last)] else NOW
        return NOW


@dataclass(slots=True)
class Someone:
    """A person or an organisation; what is said of them, by uid, with who says it."""

    uid: str
    name: str
    person: bool
    based: Said = field(default_factory=dict)
    works_on: Said = field(default_factory=dict)
    offers: Said = field(default_factory=dict)
    asks: Said = field(default_factory=dict)
    bodies: Said = field(default_factory=dict)  # whom they work for or lead, or are part of
    networks: Said = field(default_factory=dict)  # of which they are members


@dataclass(frozen=True)
class Field:
    """All of it, at one version of the graph, at one level."""

    version: str
    today: str
    works: Mapping[str, Work]
    actors: Mapping[str, Someone]
    themes: Themes
    places: Places
    points: Mapping[str, tuple[float, float]]
    called: Mapping[str, str]  # one uid of themes that are one -> that of what most call it

    @cached_property
    def counts_for(self) -> Mapping[str, frozenset[str]]:
        """Of each theme, all themes that what is on it counts for: see `spread`."""
        return spread(self.themes)

    def ones(self, themes: Iterable[str]) -> set[str]:
        """All that these themes count for."""
        return set().union(*(self.counts_for.get(theme, frozenset()) for theme in themes))

    @cached_property
    def themes_of(self) -> Mapping[str, frozenset[str]]:
        """Of each project what it works on, or what its leads do."""
        return {uid: frozenset(w.themes or self._of_leads(w, "works_on")) for uid, w in self._all}

    @cached_property
    def on_theme(self) -> Mapping[str, list[str]]:
        """Of each theme the projects that count for it, by uid."""
        found: dict[str, list[str]] = defaultdict(list)
        for uid in sorted(self.works):
            for one in self.ones(self.themes_of[uid]):
                found[one].append(uid)
        return found

    @cached_property
    def places_of(self) -> Mapping[str, frozenset[str]]:
        """Of each project where it works, or where its leads are."""
        return {uid: frozenset(w.places or self._of_leads(w, "based")) for uid, w in self._all}

    @property
    def _all(self) -> Iterable[tuple[str, Work]]:
        return self.works.items()

    def _of_leads(self, work: Work, what: str) -> set[str]:
        known = (self.actors[uid] for uid in work.leads if uid in self.actors)
        return set().union(*(getattr(someone, what).keys() for someone in known))

    @cached_property
    def state(self) -> Mapping[str, str]:
        """Of each project whether it runs now, is past, or nobody recorded it."""
        return {uid: work.when(self.today) for uid, work in self._all}

    @cached_property
    def live(self) -> frozenset[str]:
        """Those that are set beside one another: what runs now; all, where nothing does."""
        now = frozenset(uid for uid, state in self.state.items() if state == NOW)
        return now or frozenset(self.works)

    @property
    def current(self) -> bool:
        """Whether anything is recorded that runs now."""
        return NOW in self.state.values()

    @cached_property
    def staff(self) -> Mapping[str, list[str]]:
        """Of each body the people who work for it or lead it, by uid."""
        found: dict[str, list[str]] = defaultdict(list)
        for uid, someone in sorted(self.actors.items()):
            for body in someone.bodies if someone.person else ():
                found[body].append(uid)
        return found

    @cached_property
    def led(self) -> Mapping[str, list[str]]:
        """Of each actor the projects that they lead or are partners on."""
        found: dict[str, list[str]] = defaultdict(list)
        for uid, work in sorted(self._all):
            for actor in work.team:
                found[actor].append(uid)
        return found

    @cached_property
    def _around(self) -> dict[str, dict[str, int]]:
        return {}

    def around(self, place: str) -> Mapping[str, int]:
        """The place and all it lies in, with the fewest levels between."""
        if place not in self._around:
            self._around[place] = self.places.around(place)
        return self._around[place]

    def lies(self, places: Iterable[str], area: str) -> bool:
        """Whether one of these places is the area or lies in it."""
        return any(area in self.around(place) for place in places)

    def areas(self, places: Iterable[str]) -> set[str]:
        """These places and all they lie in."""
        return set().union(*(self.around(place).keys() for place in places))

    def face(self, uid: str) -> str:
        """Of themes that are one the uid of the word that most are matched to."""
        return self.called.get(self.themes.of(uid), uid)

    def theme(self, uid: str) -> str:
        return self.themes.labels.get(self.face(uid)) or uid

    def place(self, uid: str) -> str:
        return self.places.names.get(uid) or uid


def spread(themes: Themes) -> dict[str, frozenset[str]]:
    """Theme -> all themes that take it in: of which it is `within` (queries/themes/reach.py).

    That is itself with all that exactMatch makes one, whatever is wider, to any height; and the
    same of what is close to it, one step.
    """
    wider: dict[str, set[str]] = defaultdict(set)
    for uid, ups in themes.broader.items():
        wider[themes.of(uid)] |= {themes.of(up) for up in ups} - {themes.of(uid)}
    above: dict[str, frozenset[str]] = {}
    for one in {themes.of(uid) for uid in themes.labels}:
        found, here = {one}, {one}
        while here:
            here = set().union(*(wider[each] for each in here)) - found
            found |= here
        above[one] = frozenset(found)
    return {
        uid: above[one].union(*(above[close] for close in themes.near.get(one, ())))
        for uid, one in ((uid, themes.of(uid)) for uid in themes.labels)
    }
