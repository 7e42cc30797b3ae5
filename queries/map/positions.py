"""Where everybody stands on the map, for whoever draws it elsewhere."""

from collections.abc import Mapping

from tieline.database.reader import Reader
from tieline.queries.map.ask import Scope, drawn_part
from tieline.queries.map.drawn import ACTORS
from tieline.queries.map.settling import picture


async def positions(reader: Reader, scope: Scope) -> Mapping[str, tuple[float, float]]:
    """By uid, once the picture is settled: x and y from -1000 to 1000, y upwards.

    Empty where there are more than ACTORS: a picture of some would leave the others nowhere.
    """
    key, part = await drawn_part(reader, scope, ACTORS)
    if len(part.drawn.uids) < part.drawn.actors:
        return {}
    found = await picture(reader, key, part.drawn)
    if found.task is not None and not found.settled:
        await found.task
    at = found.at.tolist()
    return {uid: (x, y) for uid, (x, y) in zip(part.drawn.uids, at, strict=True)}
