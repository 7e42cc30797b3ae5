"""Where two may be doing one thing: running projects of yours beside those of others.

Compared, barred and told of as parallel effort is (queries/duplicates): the same arrays, the same
reasons. Pathways between the teams are not looked for here: `tieline ask duplicates` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tieline.database.reader import Reader
from tieline.queries.answers.work import aside
from tieline.queries.duplicates.index import Alike, Index
from tieline.queries.duplicates.near import Near, of_team
from tieline.queries.duplicates.parallel import Row, shown
from tieline.queries.duplicates.read import read
from tieline.queries.duplicates.told import reasons
from tieline.queries.fit.lines import Line, Section, line
from tieline.queries.fit.mine import Mine

LEAST = 0.1  # of place x time x purpose: less is not worth a line
OWN = 20  # of an actor's running projects, those that end last
REASONS = slice(1, 5)  # of what is told of two: where, when, what, in which words


@dataclass(frozen=True)
class Pair:
    """One of theirs and one of another's, by their numbers."""

    ours: int
    other: int
    alike: Alike

    @property
    def order(self) -> tuple[float, int, int]:
        return -self.alike.score.weight, self.ours, self.other


async def parallel(reader: Reader, mine: Mine, most: int) -> Section:
    index = await read(reader)
    found = await aside(pairs, index, mine, most)
    uids = {index.uids[at] for pair in found[:most] for at in (pair.ours, pair.other)}
    about = await shown(reader, uids)
    lines = [_line(index, pair, about) for pair in found[:most]]
    note = "No running project of others is recorded on the same, there and at that time."
    if not mine.running:
        note = f"No running project of {mine.who.name} is recorded to set beside those of others."
    told = [each for each in lines if each]
    return Section("parallel", "Where you may be doing one thing", told, len(found), note)


def pairs(index: Index, mine: Mine, most: int) -> list[Pair]:
    """Those that overlap most, of each of their projects as many as are to be told."""
    works = mine.field.works
    running = sorted(mine.running, key=lambda uid: (works[uid].ends or "9", uid), reverse=True)
    found = []
    for uid in running[:OWN]:
        if uid in index.number:
            found += _beside(index, index.number[uid], mine, most)
    return sorted(found, key=lambda pair: pair.order)


def _beside(index: Index, ours: int, mine: Mine, most: int) -> list[Pair]:
    side = index.side(ours)
    near = Near.of(index, side)
    weight = near.place * near.time * near.purpose * near.common
    over = index.dated & (index.ends < index.field.today.toordinal())
    weight[over | of_team(index, mine.us) | (index.links["LEADS"].count == 0)] = 0.0
    likely = np.flatnonzero(weight >= LEAST)
    likely = likely[index.two_teams(np.full(len(likely), ours), likely)]
    order: Sequence[int] = likely[np.lexsort((likely, -weight[likely].round(9)))].tolist()
    exact = [Pair(ours, at, index.compared(side, index.side(at))) for at in order[: 4 * most]]
    return [pair for pair in exact if pair.alike.score.weight >= LEAST]


def _line(index: Index, pair: Pair, about: dict[str, Row]) -> Line | None:
    """None where one of the two has gone since."""
    ours, other = (about.get(index.uids[at]) for at in (pair.ours, pair.other))
    if ours is None or other is None:
        return None
    sides = index.side(pair.ours), index.side(pair.other)
    said = reasons(index, pair.alike, sides, (ours, other), numbers=False)[REASONS]
    leads = [uid for uid, _, _ in other["leads"]]
    return line(
        f"You may be allies. {' '.join(each['text'] for each in said)}",
        {slug for each in said for slug in each["source_slugs"]},
        project_uid=other["uid"],
        yours_uid=ours["uid"],
        actor_uid=leads[0] if leads else None,
        place_uid=pair.alike.areas[1],
    )
