"""A tie explained, and what is the viewer's own: their ties, their answers."""

from datetime import date

import strawberry

from tieline.graphql.actors import Actor, kinds
from tieline.graphql.answers import at
from tieline.graphql.asked_ties import my_answers, my_ties
from tieline.graphql.base import Source, dated, upper
from tieline.graphql.marks import Args, Row, asked, fetched, planned, said
from tieline.graphql.paging import Edge, PageInfo, paged
from tieline.graphql.words import EvidenceKind, TieLabel


@strawberry.type(description="One piece of what a tie rests on.")
class Evidence:
    uid: str | None = said("Of the viewer's own answers: the name to take it back by.")
    kind: EvidenceKind = said("What kind it is.", read=upper("kind"))
    mine: bool = said("Whether the viewer said it.")
    on: date | None = dated("The day, or the first.", "on")
    until: date | None = dated("The last day, known or planned.", "until")
    source: str | None = said("Whose data says so; null for somebody's own word.")
    support: float | None = said(
        "What it adds to the tie's support today; null for what another answered."
    )
    doubt: float | None = said("What it adds to its doubt today; null for what another answered.")
    counts: bool | None = said("Whether it counts; null for what another answered.")
    sentence: str = said("It in plain words.")


def both_ends(row: Row, args: Args) -> str:
    return f"{row['from_uid']}~{row['to_uid']}"


@strawberry.type(description="How two stand to each other, and every reason the viewer may see.")
class ExplainedTie:
    @fetched("entities", by=at("from_uid"), name="from")
    def from_(self) -> Actor | None:
        """Who would ask; null where the viewer knows them by their own word alone."""
        planned()

    @fetched("entities", by=at("to_uid"))
    def to(self) -> Actor | None:
        """Who would be asked; null where the viewer knows them by their own word alone."""
        planned()

    @fetched("tie_sources", by=both_ends)
    def sources(self) -> list[Source]:
        """Who said so: the sources of its evidence, of those that the viewer may know of."""
        planned()

    as_of: date = dated("The day as of which it is told.", "as_of")
    label: TieLabel = said("How thick it is.", read=upper("label"))
    kinds: list[EvidenceKind] = said("What it rests on.", read=kinds)
    last_seen: date | None = dated("The day of the last evidence.", "last_seen")
    quiet: bool = said("Whether it has been silent for long, for them.")
    strength: float | None = said("How much says it holds, 0 to 1. Stewards see it.")
    against: float | None = said("How much says it does not, 0 to 1. Stewards see it.")
    unknown: float | None = said("How much is not known, 0 to 1. Stewards see it.")
    step: float | None = said("How likely asking is to work, 0 to 1. Stewards see it.")
    seen_differently: bool | None = said("Whether the two accounts are far apart. Stewards see it.")
    own_account: float | None = said("The viewer's own account, 0 to 1, of a tie of their own.")
    evidence: list[Evidence] = said("Each piece, the weightiest first.")
    sentence: str = said("The whole in plain words.")


@strawberry.type(description="A tie of the viewer's own.")
class OwnTie:
    name: str = said("The other's name.")
    to_uid: str = said("The other's uid.")

    @fetched("entities", by=at("actor_uid"))
    def to(self) -> Actor | None:
        """The other; null where members may not see them, but the viewer has spoken of them."""
        planned()

    @fetched("tie_sources", by=at("uid"))
    def sources(self) -> list[Source]:
        """Who else said so: the sources of its evidence, of those that members may know of."""
        planned()

    label: TieLabel = said("How thick it is, of all that the viewer may see.", read=upper("label"))
    own_account: float = said("The viewer's own account of it, 0 to 1.")
    kinds: list[EvidenceKind] = said("What it rests on.", read=kinds)
    last_seen: date | None = dated("The day of the last evidence.", "last_seen")


@strawberry.type(description="A page of the viewer's own ties, the thickest first, then by name.")
class OwnTieConnection:
    edges: list[Edge[OwnTie]] = said("The ties on this page with their cursors.")
    nodes: list[OwnTie] = said("The ties on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages.")


@strawberry.type(description="Something the viewer has answered, shown to nobody else.")
class OwnAnswer:
    uid: str = said("Its name: withdrawObservation takes it back.")
    name: str = said("Of whom.")
    kind: EvidenceKind = said("What was answered.", read=upper("kind"))
    answer: str = said("What was said.", "said")
    on: date | None = dated("The day.", "on")
    source: str = said("To whom it was said: their own word, or a partner.")
    stands: bool = said("Whether it is the newest of its kind.")


@strawberry.type(description="The viewer, as a person of the field.")
class Me:
    uid: str = said("Their uid.")
    name: str | None = said("What they are called.")
    pronouns: str | None = said("How to speak of them.")
    bio: str | None = said("What they say about themselves.")
    consent: int | None = said("Who may see their name: 0 nobody, 1 stewards to 4 anyone.")
    taking_requests: bool | None = said("Whether they may be asked for introductions now.")
    capacity: int | None = said("How many requests they can take in 90 days.")
    last_confirmed: date | None = dated("When they last confirmed this.", "last_confirmed")

    @asked(my_ties)
    @paged
    def ties(self) -> OwnTieConnection:
        """Their own ties: theirs to see whatever others may."""
        planned()

    @asked(my_answers)
    def answers(self) -> list[OwnAnswer]:
        """What they have answered, the newest first."""
        planned()
