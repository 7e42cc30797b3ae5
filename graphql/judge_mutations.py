"""What stewards say of two records, as mutations."""

from typing import Annotated

import strawberry

from tieline.graphql import asked_judgements
from tieline.graphql.answers import at
from tieline.graphql.base import Record
from tieline.graphql.inputs import given
from tieline.graphql.marks import asked, fetched, planned, said
from tieline.graphql.own_mutations import Said
from tieline.graphql.words import Verdict

RECORD = "A record's uid, or the id or name of what it describes."


@strawberry.input(description="A judgement of two records.")
class Judge:
    left: strawberry.ID = strawberry.field(description=RECORD)
    right: strawberry.ID = strawberry.field(description=RECORD)
    verdict: Verdict = strawberry.field(description="What they are to each other.")
    why: str | None = given("The reason, for whoever asks later.")


@strawberry.type(description="What came of a judgement.")
class Judged(Said):
    joined: bool = said("Whether the two records describe one thing now.")

    @fetched("records", by=at("records"))
    def records(self) -> list[Record]:
        """The two records."""
        planned()


@strawberry.type(description="What stewards say of two records.")
class JudgeMutations:
    @asked(asked_judgements.judge)
    def judge(
        self, input: Annotated[Judge, strawberry.argument(description="Of what, and what.")]
    ) -> Judged | None:
        """Say that two records are of one thing, or of two. For stewards; taken back by unjudge."""
        planned()

    @asked(asked_judgements.unjudge)
    def unjudge(
        self,
        left: Annotated[strawberry.ID, strawberry.argument(description=RECORD)],
        right: Annotated[strawberry.ID, strawberry.argument(description=RECORD)],
    ) -> Judged | None:
        """Take back what was said of two records, as if it had never been said. For stewards."""
        planned()
