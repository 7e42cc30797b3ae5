"""From the field about similar projects to the function that answers it."""

from collections.abc import Sequence

from tieline.graphql.asks import ACTORS
from tieline.graphql.context import Asking
from tieline.graphql.inputs import uid_of
from tieline.graphql.marks import Args, Row
from tieline.queries.duplicates.similar import Draft
from tieline.queries.duplicates.similar import similar as find


async def similar(asking: Asking, args: Args) -> Row:
    """Who does this already?"""
    said = args["draft"]
    lead = said.get("leadOrganisation")
    draft = Draft(
        said.get("title"),
        said.get("description"),
        await _uids(asking, said.get("themes") or (), "theme"),
        await _uids(asking, said.get("places") or (), "place"),
        said.get("start"),
        said.get("end"),
        await uid_of(asking.reader, lead, ACTORS) if lead else None,
    )
    return await find(asking.reader, draft, args["first"])


async def _uids(asking: Asking, named: Sequence[str], kind: str) -> list[str]:
    return [await uid_of(asking.reader, each, [kind]) for each in named]
