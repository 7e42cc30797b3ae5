"""Who stands between others, and whether ties lead across: the answer's types."""

import strawberry

from tieline.graphql.actors import Actor, Tie
from tieline.graphql.answers import at, tie_of
from tieline.graphql.base import upper
from tieline.graphql.marks import fetched, planned, said
from tieline.graphql.paging import Edge, Many, PageInfo
from tieline.graphql.rests import NEVER, RestsOn
from tieline.graphql.words import BrokerLabel, MixedBy


def figure(description: str) -> float | None:
    found: float | None = said(f"{description} Stewards see it.", steward=True)
    return found


@strawberry.type(description="An actor, and how they stand between others.")
class Broker:
    @fetched("entities", by=at("uid"))
    def actor(self) -> Actor:
        """Who it is."""
        planned()

    label: BrokerLabel = said("How much they join.", read=upper("label"))
    ties: int = said("How many they are tied to here, of whom the viewer may see.")
    constraint: float | None = figure(
        "Burt's constraint: the lower, the fewer of their ties lead to the same people."
    )
    effective_size: float | None = figure("Their ties less what these have with each other.")
    betweenness: float | None = figure("Share of the shortest routes through them, 0 to 1.")
    ei_place: float | None = figure("Ties across places: -1 none to 1 all.")
    ei_theme: float | None = figure("Ties across themes: -1 none to 1 all.")
    ei_sector: float | None = figure("Ties across sectors: -1 none to 1 all.")
    reason: str = said("How they stand, in plain words.")


@strawberry.type(description="A tie through which many of the shortest routes lead.")
class BusyTie:
    @fetched("ties", by=tie_of, embedded=("from", "to"))
    def tie(self) -> Tie | None:
        """The tie; null if it has gone since."""
        planned()

    betweenness: float = said("Share of the shortest routes that lead along it, 0 to 1.")


@strawberry.type(description="Whether ties stay with their own kind or lead across.")
class Mixing:
    by: MixedBy = said("What is looked at.", read=upper("by"))
    index: float | None = said("The E-I index: -1 none leads across to 1 all; null: not known.")
    within: int = said("How many ties join two who have it in common.")
    across: int = said("How many join two who have not.")
    reason: str = said("The same in plain words.")


@strawberry.type(description=f"What an answer rests on. {NEVER}")
class Coverage(RestsOn):
    actors: int = said("How many actors the viewer may see here.")
    tied: int = said("How many of them have a tie here.")
    ties: int = said("How many ties.")
    with_place: int = said("Of how many actors a place is known.")
    with_theme: int = said("Of how many a theme is known.")
    with_sector: int = said("Of how many the kind of their organisation is known.")


@strawberry.type(description="A page of actors, those who join most first.")
class BrokerConnection:
    edges: list[Edge[Broker]] = said("The actors on this page with their cursors.")
    nodes: list[Broker] = said("The actors on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")
    order: str = said("How they are ordered, in plain words.")
    betweenness_error: float | None = said(
        "How far betweenness may be off; 0: it is exact. Stewards see it."
    )
    busiest: list[BusyTie] | None = said(
        "The ties through which most routes lead. Stewards see it."
    )
    mixing: list[Mixing] = said("Whether ties lead across places, themes, sectors.")
    uncertainty: str = said("How far it may be off, in plain words.")
    coverage: Coverage = said("What it rests on.")
    graph_version: str = said("The state of the graph that was asked.")


@strawberry.type(description="Some who hang together without somebody whom all are tied to.")
class Circle:
    @fetched("entities", by=lambda row, args: row["uids"][: args["first"]])
    def actors(self, first: Many = 20) -> list[Actor]:
        """Who they are."""
        planned()

    size: int = said("How many they are.", "uids", read=lambda row: len(row["uids"]))
    organisations: list[str] = said("Theirs, what most share first.")
    places: list[str] = said("Their places, likewise.")
    themes: list[str] = said("Their themes, likewise.")
    reason: str = said("Who they are and what they have to do with, in plain words.")


@strawberry.type(description="Why an actor stands where they stand: whom they join.")
class ExplainedBroker(Broker):
    sentence: str = said("How many circles they join, in plain words.")
    circles: list[Circle] = said("Those they are tied to, circle by circle, the largest first.")
    uncertainty: str = said("How far it may be off, in plain words.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said("The state of the graph that was asked.")
