"""What a circle is called: by what its members share and others do not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SHARE = 0.3  # of the members, at least
LIFT = 1.3  # times as often as among everybody, at least
FEW = 3  # a circle of fewer is called by its members
BODIES = ("network", "organisation")


@dataclass(frozen=True)
class Known:
    """An actor as a map shows them. `within`: places and what these lie in, by name."""

    uid: str
    name: str
    kind: str
    sort: str | None
    places: tuple[str, ...]
    themes: tuple[str, ...]
    networks: tuple[str, ...]
    within: tuple[str, ...]


def names(
    circles: Sequence[Sequence[int]], known: Sequence[Known], ties: Sequence[int]
) -> list[str]:
    """A name a circle: its theme and place, its network, or around whom it is; none twice."""
    everybody = {trait: _counted(known, trait) for trait in ("themes", "within", "networks")}
    found: list[str] = []
    for circle in circles:
        members = [known[at] for at in circle]
        said = _shared(members, everybody, len(known)) if len(circle) >= FEW else None
        around = _around(circle, known, ties)
        said = said if said and said not in found else f"{said}, around {around}" if said else None
        found.append(said or f"Around {around}")
    return found


def _shared(members: Sequence[Known], everybody: dict[str, Counter[str]], many: int) -> str | None:
    best = {
        trait: _best(_counted(members, trait), counts, len(members), many)
        for trait, counts in everybody.items()
    }
    theme, place = best["themes"], best["within"]
    if theme and place:
        return f"{theme} in {place}"
    return theme or place or best["networks"]


def _best(here: Counter[str], all_: Counter[str], members: int, many: int) -> str | None:
    """What most share, of what they share more often than others; the more telling first."""
    told = [
        (count * (count / members) / (all_[each] / many), count, each)
        for each, count in here.items()
        if count >= SHARE * members and count / members >= LIFT * all_[each] / many
    ]
    return min(told, key=lambda row: (-row[0], -row[1], row[2]))[2] if told else None


def _counted(known: Sequence[Known], trait: str) -> Counter[str]:
    return Counter(each for someone in known for each in getattr(someone, trait))


def _around(circle: Sequence[int], known: Sequence[Known], ties: Sequence[int]) -> str:
    """The body with most ties in it; nobody is put in the middle but where there is none: then
    the first by name."""
    bodies = [at for at in circle if known[at].kind in BODIES]
    if bodies:
        return known[min(bodies, key=lambda at: (-ties[at], known[at].uid))].name
    return min(known[at].name for at in circle)
