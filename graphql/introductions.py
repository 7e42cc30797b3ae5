"""Whom to ask first, what to write to them, and that it was sent."""

from typing import Annotated

import strawberry

from tieline.graphql import asked_introductions
from tieline.graphql.actors import Actor, Person
from tieline.graphql.answers import Route, at
from tieline.graphql.marks import asked, fetched, planned, said
from tieline.graphql.own_mutations import Noted


@strawberry.type(description="Somebody the asker is tied to, and the best route through them.")
class Introducer:
    @fetched("entities", by=at("actor_uid"))
    def actor(self) -> Actor:
        """Whom to ask."""
        planned()

    route: Route = said("The best route that begins with them.")


@strawberry.type(description="Whom to ask first, the most promising to begin with.")
class Introducers:
    introducers: list[Introducer] = said("Whom to ask, the best first.")
    knows: bool = said("Whether the asker is tied to whom they want already.")
    note: str | None = said("Where there is nobody to ask: a sentence that says so.")
    graph_version: str = said("The state of the graph that was asked.")


@strawberry.type(description="A few plain sentences for the first go-between: nothing is kept.")
class IntroductionDraft:
    @fetched("entities", by=at("of_uid"))
    def of(self) -> Actor:
        """The go-between who is asked."""
        planned()

    @fetched("entities", by=at("whom_uid"))
    def whom(self) -> Person | None:
        """Whom to write to there, where the go-between is an organisation."""
        planned()

    @fetched("entities", by=at("by_uid"))
    def by(self) -> Actor | None:
        """Who asks; null where it is the viewer, and members may not see them."""
        planned()

    @fetched("entities", by=at("to_uid"))
    def to(self) -> Actor:
        """Whom they wish to meet."""
        planned()

    sentences: list[str] = said("The sentences, one a line.")
    text: str = said("All of it, to be put in one's own words.")


@strawberry.input(description="A request that was sent.")
class RecordAsk:
    of: strawberry.ID = strawberry.field(description="The go-between: an id or a name.")
    to: strawberry.ID = strawberry.field(description="Whom the asker wishes to meet.")
    from_: strawberry.ID | None = strawberry.field(
        default=None, name="from", description="Who asks: the viewer, unless a steward notes it."
    )


@strawberry.type(description="Requests made of go-betweens.")
class AskMutations:
    @asked(asked_introductions.record_ask)
    def record_ask(
        self, input: Annotated[RecordAsk, strawberry.argument(description="Of whom, for whom.")]
    ) -> Noted | None:
        """Say that a go-between was asked: it counts, so that nobody is asked too much."""
        planned()
