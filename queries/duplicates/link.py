"""Do these two teams know each other already? The best pathway between those who lead two projects.

Teams that are linked need an introduction less: for those who read numbers that lowers a pair's
weight. Pairs come in order of what they weigh without it, so that only as many are looked at as may
still be among the best.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.duplicates.best import Pair
from tieline.queries.duplicates.index import Index
from tieline.queries.pathways.routes import Search

TOGETHER = 4  # searches at once
Ends = dict[str, Any]  # of each actor what pathways/ends tells; None: nothing


async def linked(reader: Reader, index: Index, pairs: Sequence[Pair], most: int) -> list[Pair]:
    """The `most` pairs worth most, now that their teams' pathways are known.

    In order of the weight they have then for those who read numbers; for others in the order they
    came in, or a pathway's score could be read off it.
    """
    leads = index.links["LEADS"]
    found: list[Pair] = []
    ends: Ends = {}
    for begin in range(0, len(pairs), TOGETHER):
        some = pairs[begin : begin + TOGETHER]
        if len(found) >= most and _done(found[most - 1], some[0], reader.viewer.numbers):
            break
        teams = [(leads.of(pair.left), leads.of(pair.right)) for pair in some]
        known = await links(reader, teams, ends)
        found += [_with(pair, link) for pair, link in zip(some, known, strict=True)]
        if reader.viewer.numbers:
            found.sort(key=lambda pair: pair.order)
    return found[:most]


def _done(last: Pair, following: Pair, numbers: bool) -> bool:
    """Whether nothing that follows can be among the best."""
    return not numbers or last.order < following.order


def _with(pair: Pair, link: float) -> Pair:
    score = replace(pair.alike.score, link=link)
    return replace(pair, alike=replace(pair.alike, score=score))


async def links(
    reader: Reader, teams: Sequence[tuple[Sequence[str], Sequence[str]]], ends: Ends
) -> list[float]:
    """Of each two teams the score of the best pathway, either way; 0: none.

    `ends` is what was read of actors before: none is read again. It grows.
    """
    uids = sorted({uid for two in teams for team in two for uid in team} - ends.keys())
    rows = await reader.rows("pathways/ends", uids=uids, me=None) if uids else []
    ends |= dict.fromkeys(uids) | {row["uid"]: row for row in rows}
    there = {uid: row for uid, row in ends.items() if row}
    return await asyncio.gather(*(_link(reader, there, *two) for two in teams))


async def _link(
    reader: Reader, ends: Mapping[str, Any], left: Iterable[str], right: Iterable[str]
) -> float:
    """The score of the best pathway from any lead of one to any of the other, either way."""
    best = 0.0
    sides = [sorted(set(side) & ends.keys()) for side in (left, right)]
    for starts, others in (sides, sides[::-1]):
        targets = [uid for uid in others if ends[uid]["inward"]]
        for start in starts:
            if targets and ends[start]["outward"]:
                search = Search(reader, start, targets, 4, 1)
                found = await search.run(ends[start]["outward"], ends[targets[0]]["inward"])
                best = max([best, *(route.score for route in found)])
    return best
