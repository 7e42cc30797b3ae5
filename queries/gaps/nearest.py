"""Who near has it: someone to learn from. By the place tree first, then as the crow flies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import asin, cos, inf, radians, sin, sqrt

from tieline.queries.gaps.work import NOW, Field

EARTH = 6371.0  # km
Key = tuple[bool, int, float, str, str]
NO_WAY = 99  # levels, where two places lie in nothing together


@dataclass(frozen=True)
class Nearest:
    """A project, where it is, whoever leads it; or none, and who offers what is asked for. `km`
    None where a place has no point on the map; `both`: the smallest area that both places lie in,
    None if there is none."""

    project: str | None
    place: str
    actor: str
    km: float | None = None
    both: str | None = None


def nearest(field: Field, theme: str, place: str, on: Iterable[str]) -> Nearest | None:
    """Of these projects on a theme the nearest that is led by somebody and is elsewhere; one that
    runs now before one that is past."""
    best: tuple[Key, Nearest] | None = None
    for uid in on:
        work = field.works[uid]
        leads = sorted(work.leads, key=lambda who: (field.actors[who].name, who))
        if not leads or field.lies(field.places_of[uid], place):
            continue
        for there in field.places_of[uid]:
            past = field.state[uid] != NOW
            best = _nearer(best, field, (place, there), past, Nearest(uid, there, leads[0]))
    return best and best[1]


def offering(field: Field, place: str, by: Iterable[str]) -> Nearest | None:
    """Of those who offer something the nearest."""
    best: tuple[Key, Nearest] | None = None
    for uid in by:
        for there in field.actors[uid].based:
            best = _nearer(best, field, (place, there), False, Nearest(None, there, uid))
    return best and best[1]


def _nearer(
    best: tuple[Key, Nearest] | None,
    field: Field,
    between: tuple[str, str],
    past: bool,
    found: Nearest,
) -> tuple[Key, Nearest]:
    levels, both = apart(field, *between)
    km = distance(field.points.get(between[0]), field.points.get(between[1]))
    key = (past, levels, inf if km is None else km, found.project or found.actor, found.place)
    return best if best and best[0] <= key else (key, replace(found, km=km, both=both))


def apart(field: Field, one: str, other: str) -> tuple[int, str | None]:
    """(levels up from the one and down to the other, the smallest area both lie in)."""
    mine, theirs = field.around(one), field.around(other)
    shared = [(mine[up] + theirs[up], up) for up in mine.keys() & theirs.keys()]
    return min(shared) if shared else (NO_WAY, None)


def distance(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    """Kilometres between two points (latitude, longitude), along a great circle."""
    if one is None or other is None:
        return None
    (a, b), (c, d) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(half, 1.0)))
