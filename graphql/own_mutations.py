"""What a person says through Tieline, as mutations."""

from typing import Annotated

import strawberry

from tieline.graphql import asked_words
from tieline.graphql.answers import at
from tieline.graphql.base import Entity
from tieline.graphql.marks import asked, fetched, planned, said
from tieline.graphql.own import ExplainedTie
from tieline.graphql.own_inputs import (
    AddThing,
    DescribeTie,
    NamedAnswer,
    SetConsent,
    TakingRequests,
)


@strawberry.interface(description="What came of something that was said.")
class Said:
    changed: bool = said("Whether anything changed: the same said twice in a day does not.")
    sentence: str = said("What came of it, in plain words.")
    bookmark: str = said("Give it as X-Tieline-Bookmark to read what was written, anywhere.")


@strawberry.type(description="A tie was described.")
class DescribedTie(Said):
    tie: ExplainedTie = said("How it stands now.")


@strawberry.type(description="Something was noted.")
class Noted(Said):
    pass


@strawberry.type(description="Something was added or corrected.")
class NotedThing(Said):
    uid: str = said("Its uid.")

    @fetched("entities", by=at("uid"))
    def thing(self) -> Entity | None:
        """The thing itself, if the viewer may see it."""
        planned()


@strawberry.type(description="What a person says through Tieline.")
class OwnMutations:
    @asked(asked_words.describe_tie)
    def describe_tie(
        self, input: Annotated[DescribeTie, strawberry.argument(description="How it is.")]
    ) -> DescribedTie | None:
        """Say how a tie is: as the viewer, or as a steward what somebody has told you."""
        planned()

    @asked(asked_words.withdraw_observation)
    def withdraw_observation(
        self,
        uid: Annotated[
            str | None, strawberry.argument(description="Of the answer: me { answers { uid } }.")
        ] = None,
        answer: Annotated[
            NamedAnswer | None,
            strawberry.argument(description="By what it was, where its uid is not at hand."),
        ] = None,
    ) -> Noted | None:
        """Take an answer back, as if it had never been given: one's own, a steward anybody's."""
        planned()

    @asked(asked_words.consent)
    def set_consent(
        self, input: Annotated[SetConsent, strawberry.argument(description="Who, and by whom.")]
    ) -> Noted | None:
        """Say who may see you."""
        planned()

    @asked(asked_words.taking_requests)
    def taking_requests(
        self, input: Annotated[TakingRequests, strawberry.argument(description="Whether.")]
    ) -> Noted | None:
        """Say whether you may be asked for introductions, and how often."""
        planned()

    @asked(asked_words.add_thing)
    def add(
        self, input: Annotated[AddThing, strawberry.argument(description="What there is.")]
    ) -> NotedThing | None:
        """Add a person, an organisation or a project that is not on the map yet."""
        planned()

    @asked(asked_words.correct_thing)
    def correct(
        self,
        id: Annotated[strawberry.ID, strawberry.argument(description="Of what: an id or name.")],
        field: Annotated[str, strawberry.argument(description="Which field: name, url, bio ...")],
        value: Annotated[str, strawberry.argument(description="What is right.")],
    ) -> NotedThing | None:
        """Put a field right: of yourself, or as a steward of anything."""
        planned()

    @asked(asked_words.withdraw_correction)
    def withdraw_correction(
        self,
        id: Annotated[strawberry.ID, strawberry.argument(description="Of what: an id or name.")],
        field: Annotated[str, strawberry.argument(description="Which field was corrected.")],
        value: Annotated[str, strawberry.argument(description="What you said it was.")],
    ) -> NotedThing | None:
        """Take a correction of yours back: what stood before it stands again."""
        planned()
