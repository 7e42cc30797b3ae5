"""Which projects to compare: those with a theme in common, one place in or around the other's.

A pair is never compared that cannot be parallel effort: the same lead, one leading and the other
partner on one of the two, phases of one work, branches of one parent. Nor where nobody is known to
lead one of them: then nobody knows that they are two teams.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tieline.queries.duplicates.effort import Places
from tieline.queries.duplicates.themes import Themes

LISTS = ("leads", "partners", "bodies", "places", "themes", "follows")
MOST = 100_000  # pairs compared; the most particular blocks come first


@dataclass(frozen=True)
class Project:
    """A project as the viewer may see it; all but `title` and dates are uids.

    `bodies`: organisations the leads are, work for or are part of.
    """

    uid: str
    title: str
    starts: date | None
    ends: date | None
    records: tuple[str, ...]
    leads: frozenset[str]
    partners: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    themes: frozenset[str]
    follows: frozenset[str]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Project":
        return cls(
            row["uid"],
            row["title"] or row["uid"],
            _date(row["starts"]),
            _date(row["ends"]),
            tuple(row["records"]),
            *(frozenset(row[name]) for name in LISTS),
        )


def _date(text: str | None) -> date | None:
    """A day; anything vaguer is not known well enough to count days."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def candidates(
    projects: Sequence[Project], themes: Themes, places: Places, most: int = MOST
) -> tuple[list[tuple[Project, Project]], bool]:
    """(pairs to compare, each once, lower uid first; whether blocks were passed over).

    A block is a theme in a place: on one side the projects there, on the other those there or in
    a place within. Those of unknown place meet all of their themes. Blocks with fewest pairs first.
    """
    led = [project for project in projects if project.leads and project.themes]
    here: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    within: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for project in led:
        own, around = _areas(project, places)
        for theme in themes.having(project.themes):
            for word in {theme, *themes.near.get(theme, ())}:
                for area in own:
                    here[area, word].add(project.uid)
                for area in around:
                    within[area, word].add(project.uid)
    blocks = sorted(here, key=lambda key: (len(here[key]) * len(within[key]), str(key)))
    phases = _phases(projects)
    known = {project.uid: project for project in led}
    pairs: set[tuple[str, str]] = set()
    for key in blocks:
        new = {(min(a, b), max(a, b)) for a in here[key] for b in within[key] if a != b} - pairs
        new = {pair for pair in new if two_teams(known[pair[0]], known[pair[1]], phases)}
        if len(pairs) + len(new) > most:
            return [(known[a], known[b]) for a, b in sorted(pairs)], True
        pairs |= new
    return [(known[a], known[b]) for a, b in sorted(pairs)], False


def _areas(project: Project, places: Places) -> tuple[set[str | None], set[str | None]]:
    """(its own places or None, where it is found: those, what they lie in, and None)."""
    own: set[str | None] = set(project.places) or {None}
    around: set[str | None] = {None}
    for place in project.places:
        around |= places.around(place).keys()
    return own, around


def two_teams(left: Project, right: Project, phases: Mapping[str, str]) -> bool:
    """Whether these can be parallel effort at all: two teams that do not share a grant."""
    partners = left.leads & right.partners or right.leads & left.partners
    one_work = phases.get(left.uid, left.uid) == phases.get(right.uid, right.uid)
    return not (left.leads & right.leads or left.bodies & right.bodies or partners or one_work)


def _phases(projects: Iterable[Project]) -> dict[str, str]:
    """One uid for all projects that follow one another."""
    one: dict[str, str] = {}

    def head(uid: str) -> str:
        while one.get(uid, uid) != uid:
            uid = one[uid]
        return uid

    for project in projects:
        for earlier in project.follows:
            keeps, goes = sorted((head(project.uid), head(earlier)))
            one[goes] = keeps
    return {project.uid: head(project.uid) for project in projects}
