"""What may be asked for, in a weaver's words, and how it becomes a statement's parameters.

Whatever names a thing takes its global id, uid, a handle, or a name that only one thing carries.
"""

from datetime import date
from typing import Any

import strawberry

from tieline.database.reader import Reader
from tieline.graphql.ids import local
from tieline.graphql.marks import Args
from tieline.graphql.words import TieLabel
from tieline.queries.resolve.find import find


def given(description: str) -> Any:
    """An input field that may be left out."""
    return strawberry.field(default=None, description=description)


PLACE = "There or in a place within it."
THEME = "On this theme, a narrower one, or what another vocabulary calls so."


@strawberry.input(description="An actor to reach.")
class ActorTarget:
    id: strawberry.ID = strawberry.field(description="The person or organisation.")
    person_in: bool = strawberry.field(
        default=False, description="Any visible person in that organisation will do."
    )


@strawberry.input(description="Anyone who works on a theme in a place.")
class ThemeTarget:
    theme: strawberry.ID = strawberry.field(description="The theme.")
    place: strawberry.ID | None = given("The place; anywhere if it is left out.")


@strawberry.input(one_of=True, description="Whom to reach: one of these.")
class PathwayTarget:
    actor: ActorTarget | None = strawberry.field(
        default=strawberry.UNSET, description="This person or organisation."
    )
    theme: ThemeTarget | None = strawberry.field(
        default=strawberry.UNSET, description="Anyone working on a theme in a place."
    )


@strawberry.input(description="Which part of the field. The whole of it if nothing is given.")
class Scope:
    place: strawberry.ID | None = given(PLACE)
    theme: strawberry.ID | None = given(THEME)
    network: strawberry.ID | None = given("Members of this network.")
    label: TieLabel | None = given("Ties at least so thick; any tie if it is left out.")
    on: date | None = given("Ties as they were on this day, of bridges and brokers; else today's.")


async def uid_of(reader: Reader, text: str, kinds: list[str] | None = None) -> str:
    """The uid of a thing named by global id, uid, handle or an unambiguous name.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return await find(reader, local(text), kinds)


REFERENCES = {
    "place": ["place"],
    "theme": ["theme"],
    "network": ["network"],
    "organisation": ["organisation", "network"],
}


async def references(reader: Reader, said: Args, *names: str) -> dict[str, str | None]:
    """The uids of the things that an input names, null for those it leaves out."""
    return {
        name: None if said.get(name) is None else await uid_of(reader, said[name], REFERENCES[name])
        for name in names
    }
