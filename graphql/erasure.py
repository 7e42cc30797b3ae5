"""What concerns a person as a whole: all that is known of them, and to be known no more."""

from typing import Annotated

import strawberry

from tieline.graphql import asked_erasure
from tieline.graphql.inputs import given
from tieline.graphql.marks import asked, planned, said
from tieline.graphql.own_inputs import WHO
from tieline.graphql.own_mutations import Said


@strawberry.input(description="Who is taken off the map.")
class EraseMe:
    who: strawberry.ID | None = given(WHO)
    confirm: str | None = given("Their name as it stands on the map: it cannot be undone.")
    dry_run: bool = strawberry.field(default=False, description="Tell what would go; keep all.")


@strawberry.input(description="Of whom.")
class ExportMe:
    who: strawberry.ID | None = given(WHO)


@strawberry.type(description="Somebody was taken off the map, or would be.")
class ErasedPerson(Said):
    name: str | None = said("Who it was; null once they are gone.")
    sources: list[str] = said("Who had spoken of them.")
    records: int = said("Records that described them.")
    rows: int = said("Rows that said nothing else.")
    rewritten: int = said("Rows of others that say the same without them.")
    relationships: int = said("Relationships fewer.")
    observations: int = said("Observations fewer.")
    ties: int = said("Ties fewer.")
    tokens: int = said("Tokens of theirs that open nothing any more.")


@strawberry.type(description="All that is known of somebody.")
class ExportedPerson(Said):
    document: str = said("It, as JSON.")


@strawberry.type(description="What concerns a person as a whole.")
class PersonMutations:
    @asked(asked_erasure.erase_me)
    def erase_me(
        self, input: Annotated[EraseMe, strawberry.argument(description="Who, and for sure.")]
    ) -> ErasedPerson | None:
        """Take yourself off the map for good, whoever spoke of you; no file brings you back."""
        planned()

    @asked(asked_erasure.export_me)
    def export_me(
        self, input: Annotated[ExportMe, strawberry.argument(description="Of whom.")]
    ) -> ExportedPerson | None:
        """All that is known of you, to take away. A steward's copy of somebody else says what it
        leaves out, and how they get that. Changes nothing."""
        planned()
