"""Actors, people and organisations, and the ties between them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from tieline.graphql.base import Entity, Node, Source, dated, upper
from tieline.graphql.filters import TieFilter, tied
from tieline.graphql.marks import Row, fetched, planned, said
from tieline.graphql.orders import TIES, ByTie
from tieline.graphql.paging import Connection, PageInfo, paged
from tieline.graphql.words import Belonging, EvidenceKind, Part, TieLabel

if TYPE_CHECKING:
    from tieline.graphql.things import Place, Project, Theme

FIELD = "tieline.graphql.things"
TIE_WHICH = strawberry.argument(description="Which ties; all if nothing is given.")


def kinds(row: Row) -> list[str]:
    return [str(kind).upper() for kind in row.get("kinds") or []]


@strawberry.type(description="A project someone is part of, and in what way.")
class InvolvementEdge:
    cursor: str = said("Where this stands: give it as after to go on behind it.")
    parts: list[Part] = said("In what ways they are part of it.")
    roles: list[str] = said("What they are called there.")
    node: Annotated["Project", strawberry.lazy(FIELD)] = said("The project.")


@strawberry.type(description="A page of projects someone is part of.")
class InvolvementConnection:
    edges: list[InvolvementEdge] = said("The projects with the part played in them.")
    nodes: list[Annotated["Project", strawberry.lazy(FIELD)]] = said("The projects.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")


@strawberry.interface(description="Someone who can be asked: a person or an organisation.")
class Actor(Entity, Node):
    also_known_as: list[str] | None = said("Other names.")

    @fetched("actor_ties", embedded=("from", "to"), reach=tied, orders=TIES, by_column=True)
    @paged
    def ties(
        self,
        filter: Annotated[TieFilter | None, TIE_WHICH] = None,
        order_by: ByTie = None,
    ) -> "TieConnection":
        """Whom they could ask, the thickest ties first."""
        planned()

    @fetched("actor_places", shared=True)
    def places(self) -> list[Annotated["Place", strawberry.lazy(FIELD)]]:
        """Where they are based, and what an organisation serves."""
        planned()

    @fetched("actor_themes", shared=True)
    def themes(self) -> list[Annotated["Theme", strawberry.lazy(FIELD)]]:
        """What they work on."""
        planned()

    @fetched("actor_projects")
    @paged
    def projects(self) -> InvolvementConnection:
        """The projects they lead, partner on or fund, by title."""
        planned()

    @fetched("actor_memberships", embedded=("organisation",))
    def memberships(self) -> list["Membership"]:
        """The organisations and networks they belong to, by name."""
        planned()


@strawberry.type(description="A person, named because they or a public record said so.")
class Person(Actor, Entity, Node):
    pronouns: str | None = said("How to speak of them.")
    bio: str | None = said("What they say about themselves.")
    taking_requests: bool | None = said("Whether they may be asked for introductions now.")
    capacity: int | None = said(
        "How many requests they can take in 90 days. Stewards see it.", steward=True
    )
    consent: int | None = said(
        "Who may see their name: 1 stewards to 4 anyone. Stewards see it.", steward=True
    )
    last_confirmed: date | None = dated("When they last confirmed what is said.", "last_confirmed")


@strawberry.type(description="An organisation; a network if its members are organisations too.")
class Organisation(Actor, Entity, Node):
    kind: str | None = said("What kind of organisation it is.")
    url: str | None = said("Its web page.")
    founded: str | None = said("When it began, as exactly as is known.")
    closed: str | None = said("When it closed, as exactly as is known.")
    is_network: bool = said("Whether it is a network: its members are organisations or people.")

    @fetched("organisation_members")
    @paged
    def members(self) -> "MemberConnection":
        """Who works for it, leads it, advises it or is a member, by name."""
        planned()


@strawberry.type(description="An organisation someone belongs to, and in what way.")
class Membership:
    organisation: Organisation = said("The organisation or network.")
    ways: list[Belonging] = said("In what ways they belong.")
    roles: list[str] = said("What they are called there.")


@strawberry.type(description="A member, and in what way.")
class MemberEdge:
    cursor: str = said("Where this stands: give it as after to go on behind it.")
    ways: list[Belonging] = said("In what ways they belong.")
    roles: list[str] = said("What they are called there.")
    node: Actor = said("The person or organisation.")


@strawberry.type(description="A page of members.")
class MemberConnection:
    edges: list[MemberEdge] = said("The members with their roles.")
    nodes: list[Actor] = said("The members.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")


@strawberry.type(description="How one actor stands to another, of all that is known and not known.")
class Tie(Node):
    uid: str = said("The uids of both ends, joined by ~.")
    from_: Actor = said("Who would ask.", "from", name="from")
    to: Actor = said("Who would be asked.")
    label: TieLabel = said("How thick it is.", "label", by_level=True, read=upper("label"))
    strength: float | None = said("How much says it holds, 0 to 1. Stewards see it.", steward=True)
    step: float | None = said(
        "How likely asking is to work in this direction, 0 to 1. Stewards see it.", steward=True
    )
    unknown: float | None = said("How much is not known, 0 to 1. Stewards see it.", steward=True)
    kinds: list[EvidenceKind] = said("What it rests on.", "kinds", by_level=True, read=kinds)
    last_seen: date | None = dated("The day of the last evidence.", "seen", by_level=True)

    @fetched("tie_sources")
    def sources(self) -> list[Source]:
        """Who said so: the sources of its evidence."""
        planned()


@strawberry.type(description="A page of ties.")
class TieConnection(Connection[Tie]):
    pass
