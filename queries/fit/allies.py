"""Who does the same where you are, and does not yet know you?"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tieline.queries.fit.alike import NAMED, Alike, alike, at, on
from tieline.queries.fit.lines import Line, Section, line
from tieline.queries.fit.mine import Mine
from tieline.queries.gaps.work import Someone
from tieline.queries.pathways.tell import listed

SHARES = ("a recorded tie", "a project", "a network")


@dataclass(frozen=True)
class Ally:
    """Somebody of another body; `shared`: which of SHARES they and you have already."""

    who: Someone
    like: Alike
    shared: tuple[str, ...]
    themes: frozenset[str]
    sources: frozenset[str]

    @property
    def order(self) -> tuple[float, str]:
        """Those come first with whom most is still to be shared."""
        return -round(self.like.weight * (1 - len(self.shared) / len(SHARES)), 9), self.who.uid


def allies(mine: Mine, tied: Collection[str], most: int) -> Section:
    found = sorted(_found(mine, tied), key=lambda ally: ally.order)
    found = [ally for ally in found if len(ally.shared) < len(SHARES)]
    lines = [_line(mine, ally) for ally in found[:most]]
    return Section("allies", "Allies you may not know yet", lines, len(found), _note(mine))


def _note(mine: Mine) -> str:
    if not mine.themes:
        return f"It is not recorded what {mine.who.name} works on, so nobody can be told alike."
    return "Nobody else is recorded on the same themes in the same place."


def _found(mine: Mine, tied: Collection[str]) -> Iterator[Ally]:
    field = mine.field
    wanted = field.ones(mine.themes) | {field.themes.of(theme) for theme in mine.themes}
    for uid, who in field.actors.items():
        if uid in mine.us or (who.person and who.bodies):
            continue  # who works for a body is met there
        # what they do together with us says nothing of what else they do
        works = [field.works[each] for each in field.led.get(uid, ()) if each not in mine.works]
        said = [who.works_on, *(field.actors[x].works_on for x in field.staff.get(uid, ()))]
        themes = frozenset().union(*said, *(work.themes for work in works))
        if not wanted & field.ones(themes):
            continue
        places = frozenset(who.based).union(*(work.places for work in works))
        like = alike(field, mine.themes, mine.places, themes, places)
        if like.weight and like.shared:
            sources = frozenset().union(*(slugs for each in said for slugs in each.values()))
            sources = sources.union(*(work.sources for work in works))
            yield Ally(who, like, _shared(mine, who, tied), themes, sources)


def _shared(mine: Mine, who: Someone, tied: Collection[str]) -> tuple[str, ...]:
    field = mine.field
    together = any(who.uid in field.works[uid].team for uid in mine.works)
    has = (who.uid in tied, together, bool(mine.networks & who.networks.keys()))
    return tuple(what for what, there in zip(SHARES, has, strict=True) if there)


def _line(mine: Mine, ally: Ally) -> Line:
    field, like = mine.field, ally.like
    said = [f"Both work on {on(field, like.shared)}{at(field, like.where)}."]
    missing = [what.removeprefix("a ") for what in SHARES if what not in ally.shared]
    have = f"You share {listed(ally.shared)} already, but" if ally.shared else "You share"
    said.append(f"{have} no {' and no '.join(missing) if ally.shared else _or(missing)} yet.")
    mine_too = field.ones(mine.themes)
    other = {field.theme(theme) for theme in ally.themes if not field.ones([theme]) & mine_too}
    if other:
        said.append(f"They also work on {listed(sorted(other)[:NAMED])}.")
    about = {
        "actor_uid": ally.who.uid,
        "place_uid": like.where,
        "theme_uid": field.face(like.shared[0]),
    }
    return line(" ".join(said), ally.sources, **about)


def _or(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]
