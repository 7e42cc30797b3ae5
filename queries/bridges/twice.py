"""Make it two: where a bridge is worth acting on, which two across the gap have most to meet for.

A cut is acted on only if much would be lost (two organisations or more, or a twentieth of the part
it stands in), it is likely to be one (`SURE`), and there are at least two ties that could stand
beside it: pairs of one from each side, not tied yet, who share themes or places.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.bridges.cut import Cut
from tieline.queries.bridges.sure import Sure

SURE = 0.6  # of the draws
BODIES, SHARE = 2, 0.05  # organisations cut off, or share of the part: enough to act
LEAST = 2  # second links
NEAR, COMMON, PAIRS = 100, 500, 300  # of the smaller side; who may share one thing; looked at a cut
TOLD = 3  # second links told of
Rows = list[dict[str, Any]]


def weighty(cut: Cut, side: Sequence[Mapping[str, Any]]) -> bool:
    """Whether enough would be lost: `side` are rows of bridges/sides."""
    bodies = {name for row in side for name in row["organisations"]}
    return len(bodies) >= BODIES or cut.smaller >= SHARE * (cut.smaller + cut.larger)


async def second_links(
    reader: Reader, found: Sure, wanted: Mapping[int, Sequence[str]], of: Sequence[Cut]
) -> dict[int, Rows]:
    """Of each wanted cut (by its place in `of`, with those it cuts off) the best pairs, best first:
    rows of left_uid, left_name, right_uid, right_name, shared (names)."""
    rows = [{"cut": at, "near": list(side[:NEAR])} for at, side in wanted.items()]
    if not rows:
        return {}
    pairs = await reader.rows(
        "bridges/second", rows=rows, step=reader.viewer.of("step"), common=COMMON, most=PAIRS
    )
    links: dict[int, Rows] = defaultdict(list)
    for pair in pairs:
        at = pair["cut"]
        if found.together(of[at], pair["right_uid"], set(wanted[at])):
            links[at].append(pair)
    return {at: _unlike(found) for at, found in links.items() if len(found) >= LEAST}


def _unlike(links: Rows) -> Rows:
    """Not the same actor over and over: nobody is in two of them, while there are others."""
    used: Counter[str] = Counter()
    chosen: Rows = []
    for link in links:
        if used[link["left_uid"]] + used[link["right_uid"]] == 0:
            chosen.append(link)
            used.update((link["left_uid"], link["right_uid"]))
    rest = [link for link in links if link not in chosen]
    return (chosen + rest)[:TOLD]
