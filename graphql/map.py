"""The map of the field: the answer's types. Positions are the same for all who may see the same."""

from typing import Annotated

import strawberry

from tieline.graphql.base import relay
from tieline.graphql.marks import said
from tieline.graphql.rests import RestsOn
from tieline.graphql.words import EntityKind, TieLabel

Most = Annotated[
    int, strawberry.argument(description="At most so many actors, 1 to 10,000; ties: 50,000.")
]


def counted(label: str) -> int:
    found: int = said(f"How many {label} ties they have here, of those the viewer may see.")
    return found


@strawberry.type(description="An actor on the map.")
class MapActor:
    id: strawberry.ID = said("Their global id: node(id:) tells more.", "uid", read=relay)
    uid: str = said("Their name in the graph.")
    name: str = said("What they are called.")
    kind: EntityKind = said("Person, organisation or network.")
    sort: str | None = said("What kind of organisation, as its source says.")
    x: float = said("Where they stand, -1,000 to 1,000 to the right.")
    y: float = said("Where they stand, -1,000 to 1,000 upwards.")
    community: int | None = said("Their place in communities; null: in none, or not known yet.")
    places: list[str] = said("Where they are based or what they serve, by name.")
    within: list[str] = said("The same places, and all that these lie in.")
    themes: list[str] = said("What they work on, by label.")
    thick: int = counted("thick")
    middling: int = counted("middling")
    thin: int = counted("thin")
    not_yet_known: int = counted("not yet known")


@strawberry.type(description="A tie on the map, once a pair.")
class MapTie:
    from_: int = said("The one end, by its place in actors.", "from", name="from")
    to: int = said("The other end, likewise.")
    label: TieLabel = said("How thick it is.")


@strawberry.type(description="Some who have more ties among them than with others.")
class Community:
    name: str = said("What they share and others do not; else around whom they are.")
    size: int = said("How many they are.")


@strawberry.type(description="How far the positions are worked out.")
class Layout:
    settled: bool = said("Whether they stay as they are for as long as the graph does.")
    share: float = said("How far they are, 0 to 1: ask again for better ones.")
    stage: str = said("What is being done, in plain words.")


@strawberry.type(description="A picture of the field, or of a part of it.")
class Map:
    actors: list[MapActor] = said("Who is drawn, by uid.")
    ties: list[MapTie] = said("The ties between them, each pair once.")
    communities: list[Community] = said("Who hangs together, the largest first.")
    layout: Layout = said("How far the positions are worked out.")
    total_actors: int = said("How many actors there are, drawn or not.")
    total_ties: int = said("How many ties, drawn or not.")
    truncated: bool = said("Whether some are not drawn.")
    rule: str = said("By which rule some are not drawn, in plain words.")
    uncertainty: str = said("What the picture says and what it does not.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said("The state of the graph that was asked.")
