"""From the field `map` to the function that answers it."""

from tieline.graphql.asks import scoped
from tieline.graphql.context import Asking
from tieline.graphql.marks import Args, Row
from tieline.queries.map.ask import field_map

TYPES = {"person": "Person"}


async def field(asking: Asking, args: Args) -> Row:
    """What does the field look like?"""
    scope = await scoped(asking, args)
    scope.pop("on", None)
    told = await field_map(asking.reader, scope, args["limit"])
    for each in told["actors"]:
        each["__typename"] = TYPES.get(each["kind"], "Organisation")
    return told
