"""Who can connect me?

Consent comes before the search: a step stands on a tie only at the levels where something of it may
be seen, and go-betweens are visible and taking requests, so what is hidden moves nothing.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from math import prod
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.pathways import tell
from tieline.queries.pathways.own import Own, own
from tieline.queries.pathways.route import Route
from tieline.queries.pathways.routes import Search
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.queries.pathways.target import Target, candidates
from tieline.queries.pathways.then import Then
from tieline.queries.resolve.seen import unknown
from tieline.settings import settings

Ties = Mapping[tuple[str, str], Mapping[str, Any]]  # by who asks and who is asked
NEAR = 100  # of each end's strongest ties, those looked at for a missing link
HOPS, ROUTES, FIRST = 4, 10, 20  # most that may be asked for
WEAKEST_LAST = ("thick", "middling", "not_yet_known", "thin")  # a route's label is its weakest's


async def pathways(
    reader: Reader,
    from_uid: str,
    target: Target,
    hops: int = 4,
    routes: int = 3,
    snapshots: Snapshots | None = None,
    as_of: date | None = None,
) -> dict[str, Any]:
    """The strongest pathways that share no go-between, best first.

    `snapshots` answers where it is current; else Cypher does, which says the same. With `as_of`
    they are those of what was recorded by that day (`then.py`).

    Returns `routes` [{score, label, least, hops [{from_uid, to_uid, step, label, kinds, last_seen,
    source_slugs, ask}], crosses [uid of a network], reason}], `at_least_one` (a rough chance that
    one holds: 1 - prod(1 - score), as if routes were independent), `searched` (how many actors
    would have answered), `missing_link` {left_uid, right_uid, reason} or None (of another day
    always), `note` (a sentence when there is no route), `as_of` (where it was given) and
    `graph_version`. Numbers are None unless the viewer is a steward.

    Raises:
        NotFound: an end the viewer may not see, or that is not there: the same answer.
        WrongUse: hops or routes out of range, the same actor twice, too many candidates, a day
            that has not come or around which there is too much to read.
    """
    _check(hops, routes, as_of)
    version = await reader.version()
    mine = await own(reader, from_uid, as_of)
    ends, uids = await asked_for(reader, from_uid, target, mine.me)
    then = Then(reader, from_uid, as_of, mine) if as_of else None
    if then:
        found = await then.routes(uids, hops, routes) if uids else []
    else:
        found = await _found(reader, ends, (from_uid, uids), (hops, routes), mine, snapshots)
    told = await _told(reader, found, mine, then.ties if then else None)
    names = (ends[from_uid]["name"], _wanted(target, ends))
    missing = None if found or then else await _missing(reader, from_uid, uids, mine.me)
    chance = 1 - prod(1 - route.score for route in found)
    return {
        "routes": told,
        "at_least_one": round(chance, 12) if reader.viewer.numbers else None,
        "searched": len(uids),
        "missing_link": missing,
        "note": None if found else tell.no_route(names, hops, missing, as_of),
        "as_of": as_of and as_of.isoformat(),
        "graph_version": version,
    }


async def _found(
    reader: Reader,
    ends: Mapping[str, Mapping[str, Any]],
    between: tuple[str, list[str]],
    most: tuple[int, int],
    mine: Own,
    snapshots: Snapshots | None,
) -> list[Route]:
    """From memory where that is current; one whom nobody else may see is not in it."""
    start, uids = between
    firsts = mine.firsts if mine.me == start else None
    view = await snapshots.view(reader) if snapshots else None
    if view and (firsts is None or start in view.actors.number):
        return view.routes(start, uids, *most, firsts)
    search = Search(reader, start, uids, *most, firsts)
    inward = ends[uids[0]]["inward"] if uids and uids[0] in ends else 0
    return await search.run(ends[start]["outward"], inward) if uids else []


async def introducers(
    reader: Reader, from_uid: str, target: Target, most: int = 5
) -> dict[str, Any]:
    """Whom to ask first: of the asker's own ties those with the best routes, best first.

    Returns `introducers` [{actor_uid, route (as `pathways` tells one)}], `knows` (whether the asker
    is tied to one wanted already), `note` (where there is none) and `graph_version`. A route here
    may share its later go-betweens with another's.

    Raises: as `pathways`.
    """
    if not 1 <= most <= FIRST:
        raise WrongUse(f"Ask for 1 to {FIRST} to begin with, not {most}.")
    version = await reader.version()
    mine = await own(reader, from_uid)
    ends, uids = await asked_for(reader, from_uid, target, mine.me)
    firsts = mine.firsts if mine.me == from_uid else await _firsts(reader, from_uid)
    how = {"from": from_uid, "targets": uids, "hops": HOPS, "step": reader.viewer.of("step")}
    rows = await reader.rows("pathways/introducers", **how, k=most, own=firsts) if uids else []
    found = [Route(tuple(row["uids"]), row["score"], row["least"]) for row in rows]
    told = await _told(reader, found, mine)
    direct = {uid for uid, _ in firsts} & set(uids)
    names = (ends[from_uid]["name"], _wanted(target, ends))
    return {
        "introducers": [{"actor_uid": r["hops"][0]["to_uid"], "route": r} for r in told],
        "knows": bool(direct),
        "note": None if told else tell.no_introducer(names, bool(direct)),
        "graph_version": version,
    }


async def _firsts(reader: Reader, from_uid: str) -> list[list[Any]]:
    """[uid, how good asking them is] of those the asker is tied to."""
    step = reader.viewer.of("step")
    rows = await reader.rows("pathways/firsts", **{"from": from_uid}, step=step)
    return list(rows[0]["own"])


async def asked_for(
    reader: Reader, from_uid: str, target: Target, me: str | None
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The two ends as the viewer sees them, and the uids of whoever would answer."""
    ends = await _ends(reader, [from_uid, *filter(None, [target.actor])], me)
    _check_ends(ends, from_uid, target)
    return ends, [uid for uid in await candidates(reader, target) if uid != from_uid]


def _check(hops: int, routes: int, as_of: date | None) -> None:
    if as_of and as_of > settings().today:
        raise WrongUse(f"{as_of} has not come yet: ask as of a day gone by.")
    if not 1 <= hops <= HOPS:
        raise WrongUse(f"A pathway has 1 to {HOPS} steps: {hops} is not among them.")
    if not 1 <= routes <= ROUTES:
        raise WrongUse(f"Ask for 1 to {ROUTES} routes, not {routes}.")


async def _ends(reader: Reader, uids: list[str], me: str | None) -> dict[str, dict[str, Any]]:
    rows = {row["uid"]: row for row in await reader.rows("pathways/ends", uids=uids, me=me)}
    for uid in uids:
        if uid not in rows:
            raise unknown(uid)
    return rows


def _check_ends(ends: Mapping[str, Mapping[str, Any]], from_uid: str, target: Target) -> None:
    if not target.actor:
        return
    if target.person_in and ends[target.actor]["person"]:
        raise WrongUse(f"{ends[target.actor]['name']} is a person: ask for them, not who is there.")
    if target.actor == from_uid and not target.person_in:
        raise WrongUse(f"{ends[from_uid]['name']} is at both ends: name two different actors.")


def _wanted(target: Target, ends: Mapping[str, Mapping[str, Any]]) -> str:
    if target.actor:
        name = str(ends[target.actor]["name"])
        return f"anyone at {name}" if target.person_in else name
    return "anyone who works on that there" if target.place else "anyone who works on that"


async def _told(
    reader: Reader, found: Sequence[Route], mine: Own, then: Ties | None = None
) -> list[dict[str, Any]]:
    """The routes with what lies behind each step: two statements, however many routes.

    `then`: what lay behind the steps on another day.
    """
    if not found:
        return []
    pairs = {pair for route in found for pair in route.pairs}
    uids = sorted({uid for route in found for uid in route.uids})
    behind, who = await asyncio.gather(
        _behind(reader, pairs, then), reader.rows("pathways/company", uids=uids, me=mine.me)
    )
    hops = {(row["from_uid"], row["to_uid"]): row for row in behind}
    hops |= {(str(mine.me), uid): tie for uid, tie in mine.ties.items()}
    company = {row["uid"]: row for row in who}
    return [
        _route(route, hops, company, reader.viewer.numbers)
        for route in found
        if set(route.pairs) <= hops.keys() and set(route.uids) <= company.keys()  # else just gone
    ]


async def _behind(
    reader: Reader, pairs: set[tuple[str, str]], then: Ties | None
) -> Sequence[Mapping[str, Any]]:
    if then is not None:
        return [then[pair] for pair in pairs]
    names = {name: reader.viewer.of(name) for name in ("step", "label", "kinds", "seen")}
    return await reader.rows("pathways/hops", pairs=sorted(map(list, pairs)), **names)


def _route(
    route: Route,
    behind: Mapping[tuple[str, str], Mapping[str, Any]],
    company: Mapping[str, Mapping[str, Any]],
    numbers: bool,
) -> dict[str, Any]:
    last = route.uids[-1]
    hops = [_hop(behind[pair], company, pair[1] == last, numbers) for pair in route.pairs]
    crosses = _crosses(route.pairs, company)
    return {
        "score": route.score if numbers else None,
        "label": max((hop["label"] for hop in hops), key=WEAKEST_LAST.index),
        "least": route.least if numbers else None,
        "hops": hops,
        "crosses": list(crosses),
        "reason": tell.route(hops, company, list(crosses.values())),
    }


def _hop(
    row: Mapping[str, Any], company: Mapping[str, Mapping[str, Any]], last: bool, numbers: bool
) -> dict[str, Any]:
    there = company[row["to_uid"]]
    ask = None if last or there["person"] or not there["ask"] else there["ask"][0][0]
    return {
        "from_uid": row["from_uid"],
        "to_uid": row["to_uid"],
        "step": row["step"] if numbers else None,
        "label": row["label"] or "not_yet_known",
        "kinds": row["kinds"] or [],
        "last_seen": row["last_seen"],
        "source_slugs": row["source_slugs"],
        "ask": ask,
    }


def _crosses(
    pairs: Sequence[tuple[str, str]], company: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """The networks entered on the way, by uid: those the one who asks is not in, and that matter.

    A step goes on in the networks that both its ends are in; if there are none, it enters those
    of the one asked. In those that matter the route goes on, or ends: a go-between's others lead
    nowhere, and are told only where none matters more. Those most of the route is in come first.
    """
    networks = {uid: dict(row["networks"]) for uid, row in company.items()}
    home = networks[pairs[0][0]]
    entered: dict[str, str] = {}
    for here, there in pairs:
        shared = networks[here].keys() & networks[there].keys() or networks[there].keys()
        entered |= {uid: networks[there][uid] for uid in shared - home.keys()}
    route = [there for _, there in pairs]
    inside = {uid: sum(uid in networks[each] for each in route) for uid in entered}
    matter = [uid for uid in entered if inside[uid] > 1 or uid in networks[route[-1]]]
    told = sorted(matter or entered, key=lambda uid: (-inside[uid], entered[uid] or "", uid))
    return {uid: entered[uid] for uid in told}


async def _missing(
    reader: Reader, from_uid: str, uids: list[str], me: str | None
) -> dict[str, Any] | None:
    """The pair, one the asker or near them and one wanted or near, sharing most themes and places.

    Near: one of the NEAR strongest ties. Equal: fewer steps away, then uids.
    """
    rows = await reader.rows(
        "pathways/missing_link",
        **{"from": from_uid},
        targets=uids,
        me=me,
        near=NEAR,
        step=reader.viewer.of("step"),
    )
    if not rows:
        return None
    row = rows[0]
    return {
        "left_uid": row["left_uid"],
        "right_uid": row["right_uid"],
        "reason": tell.gap(row),
    }
