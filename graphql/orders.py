"""In which order a list comes: an enum for each kind of list, and the statement that reads it.

Each order has two statements, one a direction: `X.cypher` begins with the least sort key,
`X_desc.cypher` with the greatest. Read against its direction an order is read by the other one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

import strawberry

from tieline.graphql.words import choice


@dataclass(frozen=True)
class Order:
    """What follows the list's name in its statement's; whether the greatest key comes first."""

    suffix: str = ""
    descending: bool = False


Orders = Mapping[str, Order]
UP, DOWN = Order(), Order(descending=True)
NAMES: dict[str, Order] = {"NAME": UP, "NAME_DESC": DOWN}
PROJECTS: Orders = NAMES | {"NEWEST": Order("_by_start", True), "ENDING": Order("_by_end")}
TIES: Orders = {
    "THICKEST": UP,
    "THINNEST": DOWN,
    "NAME": Order("_by_name"),
    "NAME_DESC": Order("_by_name", True),
    "LATEST": Order("_by_seen", True),
    "LONGEST_AGO": Order("_by_seen"),
}
LOADS: Orders = {"NEWEST": DOWN, "OLDEST": UP}


@strawberry.enum(description="In which order things come that have names.")
class NameOrder(Enum):
    NAME = choice("NAME", "By name; equal names by uid.")
    NAME_DESC = choice("NAME_DESC", "The other way round.")


@strawberry.enum(description="In which order projects come.")
class ProjectOrder(Enum):
    NAME = choice("NAME", "By title; equal titles by uid.")
    NAME_DESC = choice("NAME_DESC", "The other way round.")
    NEWEST = choice("NEWEST", "Those that begin last first; those of no known day come last.")
    ENDING = choice("ENDING", "Those that end first first; those of no known end come last.")


@strawberry.enum(description="In which order ties come.")
class TieOrder(Enum):
    THICKEST = choice(
        "THICKEST",
        "The thickest first: by strength for stewards; for all others by label, "
        "and within it by name, so that an order tells no number.",
    )
    THINNEST = choice("THINNEST", "THICKEST the other way round: those not yet known come first.")
    NAME = choice("NAME", "By the name of who would be asked.")
    NAME_DESC = choice("NAME_DESC", "The other way round.")
    LATEST = choice("LATEST", "The last heard of first; those of no known day come last.")
    LONGEST_AGO = choice("LONGEST_AGO", "LATEST the other way round: whom one has let slip.")


@strawberry.enum(description="In which order loads come.")
class LoadOrder(Enum):
    NEWEST = choice("NEWEST", "The last to begin first.")
    OLDEST = choice("OLDEST", "The first to begin first.")


SAID = strawberry.argument(description="In which order; the first of the enum if left out.")
ByName = Annotated[NameOrder | None, SAID]
ByProject = Annotated[ProjectOrder | None, SAID]
ByTie = Annotated[TieOrder | None, SAID]
ByLoad = Annotated[LoadOrder | None, SAID]
