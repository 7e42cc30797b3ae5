"""How near another's work is to ours: the same themes, in whichever words, and the same place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tieline.queries.duplicates.effort import FAR, PLACE
from tieline.queries.gaps.work import Field
from tieline.queries.pathways.tell import listed

NAMED = 3  # themes in a line
SOMEWHERE = 0.3


@dataclass(frozen=True)
class Alike:
    """`place`, `theme` in [0, 1]; `where`: the place it rests on; `shared`: themes, by one uid,
    that one of the two names itself: a wide heading in common says little."""

    place: float
    theme: float
    where: str | None
    shared: tuple[str, ...]

    @property
    def weight(self) -> float:
        return self.place * self.theme


def alike(
    field: Field,
    themes: Collection[str],
    places: Collection[str],
    other_themes: Collection[str],
    other_places: Collection[str],
) -> Alike:
    mine, theirs = field.themes.having(themes), field.themes.having(other_themes)
    named = {uid for have in (mine, theirs) for uid, much in have.items() if much == 1.0}
    named |= {close for uid in named for close in field.themes.near.get(uid, ())}
    place, where = nearest(field, places, other_places)
    shared = tuple(uid for uid in field.themes.shared(mine, theirs) if uid in named)
    return Alike(place, field.themes.alike(mine, theirs), where, shared)


def nearest(
    field: Field, left: Collection[str], right: Collection[str]
) -> tuple[float, str | None]:
    """As Places.nearest scores it, and the wider of the two places it rests on; less where nobody
    recorded a place, or those of whom little is known would come before those near."""
    if not left or not right:
        return SOMEWHERE, None
    best: tuple[int, str] | None = None
    for some, others in ((left, set(right)), (right, set(left))):
        for one in sorted(some):
            around = field.around(one)
            for up in around.keys() & others:
                best = min(best or (around[up], up), (around[up], up))
    return (PLACE.get(best[0], FAR), best[1]) if best else (0.0, None)


def on(field: Field, shared: Iterable[str]) -> str:
    """'loneliness and kindness'."""
    return listed([field.theme(uid) for uid in shared][:NAMED])


def at(field: Field, where: str | None) -> str:
    return f" in {field.place(where)}" if where else ", though it is not recorded where"
