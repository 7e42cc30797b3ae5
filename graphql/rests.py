"""On whose data an answer rests: in every answer to a question."""

from datetime import date

import strawberry

from tieline.graphql.base import Source, dated
from tieline.graphql.marks import fetched, planned, said

NEVER = "Missing is what is not recorded, never what does not happen."


@strawberry.type(description=f"On whose data an answer rests. {NEVER}")
class RestsOn:
    sentence: str = said("The same in plain words.")
    records: int = said(
        "How many rows of theirs, of what the viewer may see; of a part: about those in it."
    )
    newest: date | None = dated("When the newest of these data were fetched.", "newest")

    @fetched("sources_by_slug", by=lambda row, args: row["source_slugs"])
    def sources(self) -> list[Source]:
        """The sources, of those that the viewer may know of."""
        planned()
