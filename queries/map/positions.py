"""Where everybody stands on the map, for whoever draws it elsewhere."""

import asyncio
from collections.abc import Mapping

from tieline.database.reader import Reader
from tieline.queries.map.ask import Scope, drawn_part
from tieline.queries.map.drawn import ACTORS
from tieline.queries.map.settling import Picture, picture

TRIES = 3  # a picture is given up where the graph has changed, or many others are begun


async def positions(reader: Reader, scope: Scope) -> Mapping[str, tuple[float, float]]:
    """By uid, once the picture is settled: x and y from -1000 to 1000, y upwards. The reader reads
    the graph of that picture, or a later one, from then on.

    Empty where there are more than ACTORS: a picture of some would leave the others nowhere. And
    where others give it up again and again.
    """
    for _ in range(TRIES):
        key, part = await drawn_part(reader, scope, ACTORS)
        if len(part.drawn.uids) < part.drawn.actors:
            break
        found = await picture(reader, key, part.drawn)
        if await settled(found):
            at = found.at.tolist()
            return {uid: (x, y) for uid, (x, y) in zip(part.drawn.uids, at, strict=True)}
        if reader.bookmarks:
            reader.after(reader.bookmarks)
    return {}


async def settled(found: Picture) -> bool:
    """Wait until it is; false: others gave it up. Whoever waits no longer ends it for nobody."""
    if not found.settled and found.task is not None:
        await asyncio.wait((found.task,))
        if not found.task.cancelled():
            found.task.result()
    return found.settled
