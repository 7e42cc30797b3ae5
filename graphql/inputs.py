"""What may be asked for, in a weaver's words, and how it becomes a statement's parameters.

A filter's fields all hold together; a list means any of. A filter that names a thing takes its
global id, uid, a handle, or a name that only one thing carries.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import strawberry

from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.marks import Args, Params
from tieline.graphql.words import TieLabel
from tieline.queries.resolve.find import find
from tieline.queries.themes.reach import within
from tieline.settings import settings


def given(description: str) -> Any:
    """An input field that may be left out."""
    return strawberry.field(default=None, description=description)


IDS = "Only these, by id."
PLACE = "There or in a place within it."
THEME = "On this theme, a narrower one, or what another vocabulary calls so."


@strawberry.input(description="Which people. All that is given holds.")
class PersonFilter:
    text: str | None = given("Part of a name.")
    place: strawberry.ID | None = given(PLACE)
    theme: strawberry.ID | None = given(THEME)
    organisation: strawberry.ID | None = given("Works for, leads, advises it or is a member.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which organisations. All that is given holds.")
class OrganisationFilter:
    text: str | None = given("Part of a name.")
    place: strawberry.ID | None = given("Based there or serving it, or a place within it.")
    theme: strawberry.ID | None = given(THEME)
    networks: bool | None = given("Networks alone, or none of them.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which projects. All that is given holds.")
class ProjectFilter:
    text: str | None = given("Part of a title or a description.")
    place: strawberry.ID | None = given(PLACE)
    theme: strawberry.ID | None = given(THEME)
    running: bool | None = given("Running today as far as is known, or not.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which places. All that is given holds.")
class PlaceFilter:
    text: str | None = given("Part of a name.")
    place: strawberry.ID | None = given("Within this place.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which themes. All that is given holds.")
class ThemeFilter:
    text: str | None = given("Part of a label or of another word for it.")
    scheme: str | None = given("In this vocabulary.")
    theme: strawberry.ID | None = given("Narrower than this theme.")
    ids: list[strawberry.ID] | None = given(IDS)


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
        name: await uid_of(reader, said[name], REFERENCES[name]) if said.get(name) else None
        for name in names
    }


def filtered(*names: str) -> Callable[[Asking, Args], Any]:
    """The parameters of a root list: each name given by the filter, or null. `themes` are all that
    count as the one that the filter names."""

    async def reach(asking: Asking, args: Args) -> Params:
        said = args.get("filter") or {}
        params: dict[str, Any] = {name: said.get(name) for name in names}
        if params["text"] is not None:
            params["text"] = params["text"].strip().lower()
        if params["ids"] is not None:
            params["ids"] = [local(text) for text in params["ids"]]
        named = [name for name in names if name in REFERENCES]
        params |= await references(asking.reader, said, *named)
        if "themes" in names:
            (uid,) = (await references(asking.reader, said, "theme")).values()
            params["themes"] = await within(asking.reader, uid)
        if "running" in names:
            params["running_on"] = settings().today.isoformat()
        return params

    return reach
