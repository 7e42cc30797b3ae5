"""What lies in what: the tree of places as a viewer may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tieline.database.reader import Reader
from tieline.queries.answers.kept import Kept, Key

LEVELS = 4
_kept: "Kept[Tree]" = Kept(LEVELS)


@dataclass(frozen=True)
class Tree:
    """`wider`: by a place's uid, all that it lies in; `kind`: what kind of area each is."""

    wider: Mapping[str, frozenset[str]]
    kind: Mapping[str, str | None]

    @property
    def kinds(self) -> list[str]:
        return sorted({kind.lower() for kind in self.kind.values() if kind})

    def as_(self, kind: str, places: frozenset[str]) -> frozenset[str]:
        """These places as places of one kind: those that they are, or lie in. Of one that is
        larger it is not known which."""
        all_ = places.union(*(self.wider.get(each, ()) for each in places))
        return frozenset(each for each in all_ if (self.kind.get(each) or "").lower() == kind)


async def tree(reader: Reader) -> Tree:
    """All places with what they lie in, however far up."""

    async def make() -> Tree:
        page = await reader.pages("bridges/places")
        above = {uid: frozenset(into) for uid, _, into in page}
        kinds = {uid: kind for uid, kind, _ in page}
        return Tree({uid: _all_above(uid, above) for uid in above}, kinds)

    return await _kept.get(await Key.of(reader, "places"), make)


def _all_above(uid: str, above: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """A ring, which nobody should have made, ends too."""
    found: set[str] = set()
    waiting = [*above[uid]]
    while waiting:
        if (each := waiting.pop()) not in found and each != uid:
            found.add(each)
            waiting += above.get(each, ())
    return frozenset(found)
