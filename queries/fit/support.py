"""Whom can you draw on, and who on you? Offers that meet asks, and who could lead you there."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.fit.alike import nearest
from tieline.queries.fit.lines import Line, Section, line
from tieline.queries.fit.mine import Mine
from tieline.queries.gaps.count import alike
from tieline.queries.gaps.work import Someone
from tieline.queries.pathways.own import own
from tieline.queries.pathways.route import Route
from tieline.queries.pathways.routes import Search

HOPS = 4
FAR_OFF = 0.1  # of an offer in no place near: it may be of use from afar
UNASKED = 0.5  # of an offer that nobody asked for, on what they work on


@dataclass(frozen=True)
class Offer:
    """`theme` is offered; `asked`: the ask that it meets, None if it is but on what they do.
    `ours`: it is we who offer, and they who ask."""

    who: Someone
    theme: str
    asked: str | None
    weight: float
    where: str | None
    ours: bool = False

    @property
    def order(self) -> tuple[float, str, str, str]:
        return -round(self.weight, 9), self.who.uid, self.theme, self.asked or ""


async def support(reader: Reader, mine: Mine, most: int) -> Section:
    """The offers, those that are asked for and near first; one line each who offers."""
    found: dict[str, Offer] = {}
    every = [*offers(mine), *needs(mine)]
    for offer in sorted(every, key=lambda offer: (offer.ours, offer.order)):
        found.setdefault(offer.who.uid, offer)
    shown = list(found.values())[:most]
    routes = await _routes(reader, mine.who.uid, [offer.who.uid for offer in shown])
    lines = [_line(mine, offer, routes.get(offer.who.uid)) for offer in shown]
    return Section("support", "Who to draw on, and who on you", lines, len(found), _note(mine))


def _note(mine: Mine) -> str:
    if mine.asks:
        asked = ", ".join(sorted(mine.field.theme(theme) for theme in mine.asks))
        return f"Nobody is recorded as offering what is asked for: {asked}."
    return (
        f"No ask of {mine.who.name} is recorded, and no offer on what they work on: say what would "
        "help (asks, in a partner's table or when adding somebody)."
    )


def offers(mine: Mine) -> Iterator[Offer]:
    field = mine.field
    for uid, who in field.actors.items():
        if uid in mine.us:
            continue
        for theme in who.offers:
            asked = next((ask for ask in sorted(mine.asks) if alike(field, ask, theme)), None)
            on = asked or any(alike(field, mine_, theme) for mine_ in mine.themes)
            if on:
                place, where = nearest(field, mine.places, list(who.based))
                weight = max(place, FAR_OFF) * (1.0 if asked else UNASKED)
                yield Offer(who, theme, asked, weight, where)


def needs(mine: Mine) -> Iterator[Offer]:
    """Who asks for what they offer."""
    field = mine.field
    for uid, who in field.actors.items():
        for ask in who.asks if uid not in mine.us else ():
            given = next((each for each in sorted(mine.offers) if alike(field, ask, each)), None)
            if given:
                place, where = nearest(field, mine.places, list(who.based))
                yield Offer(who, given, ask, max(place, FAR_OFF), where, ours=True)


async def _routes(reader: Reader, start: str, targets: Sequence[str]) -> Mapping[str, Route | None]:
    """The best pathway to each."""
    if not targets:
        return {}
    mine = await own(reader, start)
    rows = await reader.rows("pathways/ends", uids=[start, *targets], me=mine.me)
    ends = {row["uid"]: row for row in rows}
    firsts = mine.firsts if mine.me == start else None

    async def best(target: str) -> Route | None:
        search = Search(reader, start, [target], HOPS, 1, firsts)
        found = await search.run(ends[start]["outward"], ends[target]["inward"])
        return found[0] if found else None

    known = [uid for uid in targets if uid in ends and start in ends]
    return dict(zip(known, await asyncio.gather(*map(best, known)), strict=True))


def _line(mine: Mine, offer: Offer, route: Route | None) -> Line:
    asked = [offer.asked] if offer.asked else []
    if offer.ours:
        sources = mine.sources("offers", [offer.theme]).union(*(offer.who.asks[a] for a in asked))
    else:
        sources = mine.sources("asks", asked) | offer.who.offers[offer.theme]
    about: dict[str, Any] = {"actor_uid": offer.who.uid, "place_uid": offer.where}
    about |= {"theme_uid": mine.field.face(offer.theme)}
    about |= {"through_uid": route.between[0] if route and route.between else None}
    return line(f"{_exchange(mine, offer)} {_way(mine, route)}", sources, **about)


def _exchange(mine: Mine, offer: Offer) -> str:
    field, what, name = mine.field, mine.field.theme(offer.theme), offer.who.name
    where = f", in {field.place(offer.where)}" if offer.where else ""
    if offer.asked is None:
        return f"{name} offers {what}{where}: you work on it, and have not asked."
    asked = field.theme(offer.asked)
    if offer.ours:
        return f"{name} asks for {asked}{where}, and you offer {'it' if asked == what else what}."
    return f"You ask for {asked}; {name} offers {'it' if asked == what else what}{where}."


def _way(mine: Mine, route: Route | None) -> str:
    if route is None:
        return "No recorded pathway leads there yet."
    if not route.between:
        return "You are tied already: ask them."
    first = mine.field.actors.get(route.between[0])
    return f"Ask {first.name if first else 'the first on the way'} first."
