"""Which of a list, in a weaver's words, and how that becomes the parameters of its statements.

All that is given holds; a list means any of it; of what `not` holds none does. What names a thing
takes its global id, uid, a handle, or a name that only one thing carries.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import strawberry

from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.inputs import PLACE, REFERENCES, THEME, given, references
from tieline.graphql.marks import Args, Params
from tieline.graphql.words import EvidenceKind, TieLabel
from tieline.queries.themes.reach import within
from tieline.settings import today

IDS = "Only these, by id."
NAME = "Part of a name."
NETWORK = "A member of this network, or working for, leading or a member of one that is."
LABELS = ("thick", "middling", "thin", "not_yet_known")


def left_out() -> Any:
    return strawberry.field(
        name="not", default=None, description="And those are left out of which any of this holds."
    )


@strawberry.input(description="People who are left out: those of whom any of this holds.")
class NotPeople:
    text: str | None = given(NAME)
    place: strawberry.ID | None = given(PLACE)
    theme: strawberry.ID | None = given(THEME)
    organisation: strawberry.ID | None = given("Works for, leads, advises it or is a member.")
    network: strawberry.ID | None = given(NETWORK)
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which people. All that is given holds.")
class PersonFilter(NotPeople):
    not_: NotPeople | None = left_out()


@strawberry.input(description="Organisations that are left out: those of which any of this holds.")
class NotOrganisations:
    text: str | None = given(NAME)
    place: strawberry.ID | None = given("Based there or serving it, or a place within it.")
    theme: strawberry.ID | None = given(THEME)
    network: strawberry.ID | None = given(NETWORK)
    kinds: list[str] | None = given("Of one of these kinds, as their sources put it.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which organisations. All that is given holds.")
class OrganisationFilter(NotOrganisations):
    networks: bool | None = given("Networks alone, or none of them.")
    not_: NotOrganisations | None = left_out()


@strawberry.input(description="Which networks. All that is given holds.")
class NetworkFilter(NotOrganisations):
    not_: NotOrganisations | None = left_out()


@strawberry.input(description="Projects that are left out: those of which any of this holds.")
class NotProjects:
    text: str | None = given("Part of a title or a description.")
    place: strawberry.ID | None = given(PLACE)
    theme: strawberry.ID | None = given(THEME)
    organisation: strawberry.ID | None = given("It leads, partners on or funds them.")
    network: strawberry.ID | None = given("A member of this network is part of them.")
    status: list[str] | None = given("In one of these states, as their sources put it.")
    since: date | None = given("Not ended before this day, as far as is known.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which projects. All that is given holds.")
class ProjectFilter(NotProjects):
    running: bool | None = given("Running today as far as is known, or not.")
    not_: NotProjects | None = left_out()


@strawberry.input(description="Places that are left out: those of which any of this holds.")
class NotPlaces:
    text: str | None = given(NAME)
    place: strawberry.ID | None = given("Within this place.")
    kinds: list[str] | None = given("Of one of these kinds, such as region or ward.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which places. All that is given holds.")
class PlaceFilter(NotPlaces):
    not_: NotPlaces | None = left_out()


@strawberry.input(description="Themes that are left out: those of which any of this holds.")
class NotThemes:
    text: str | None = given("Part of a label or of another word for it.")
    scheme: str | None = given("In this vocabulary.")
    theme: strawberry.ID | None = given("Narrower than this theme.")
    ids: list[strawberry.ID] | None = given(IDS)


@strawberry.input(description="Which themes. All that is given holds.")
class ThemeFilter(NotThemes):
    not_: NotThemes | None = left_out()


@strawberry.input(description="Ties that are left out: those of which any of this holds.")
class NotTies:
    label: TieLabel | None = given("At least so thick.")
    kinds: list[EvidenceKind] | None = given("Resting on one of these kinds of evidence.")
    since: date | None = given("Last heard of on this day or later.")


@strawberry.input(description="Which ties. All that is given holds.")
class TieFilter(NotTies):
    people: bool | None = given("To people alone, or to organisations alone.")
    not_: NotTies | None = left_out()


def filtered(*names: str, alone: tuple[str, ...] = ()) -> Callable[[Asking, Args], Any]:
    """The parameters of a root list: each name given by the filter, or null, and as `not_<name>`
    what its `not` gives; `alone`: those that have no such. `themes` are all that count as the one
    that is named."""

    async def reach(asking: Asking, args: Args) -> Params:
        said = args.get("filter") or {}
        less = await facts(asking, said.get("not") or {}, names)
        params = await facts(asking, said, names) | {name: said.get(name) for name in alone}
        if "running" in alone:
            params["running_on"] = today().isoformat()
        params["left_out"] = any(value is not None for value in less.values())
        return params | {f"not_{name}": value for name, value in less.items()}

    return reach


BODIES = ("text", "place", "themes", "network", "kinds", "ids")
WORKS = ("text", "place", "themes", "organisation", "network", "status", "since", "ids")
bodies = filtered(*BODIES, alone=("networks",))


async def networks_alone(asking: Asking, args: Args) -> Params:
    """The parameters of the list of organisations, for networks."""
    return {**await bodies(asking, args), "networks": True}


async def facts(asking: Asking, said: Args, names: tuple[str, ...]) -> dict[str, Any]:
    """What one input says, as a statement compares it."""
    params: dict[str, Any] = {name: plain(said.get(name)) for name in names}
    if params["ids"] is not None:
        params["ids"] = [local(text) for text in said["ids"]]
    named = [name for name in names if name in REFERENCES]
    params |= await references(asking.reader, said, *named)
    if "themes" in names:
        (uid,) = (await references(asking.reader, said, "theme")).values()
        params["themes"] = await within(asking.reader, uid)
    return params


def plain(value: Any) -> Any:
    """Texts in lower case, dates as text."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    return (
        value.isoformat() if isinstance(value, date) else value.strip().lower() if value else None
    )


async def tied(asking: Asking, args: Args) -> Params:
    """The parameters of a list of ties."""
    said = args.get("filter") or {}
    less = tie_facts(said.get("not") or {})
    more = {f"not_{name}": value for name, value in less.items()}
    facts = tie_facts(said) | more | {"people": said.get("people")}
    return facts | {"narrowed": any(value is not None for value in facts.values())}


def tie_facts(said: Args) -> dict[str, Any]:
    """`label` is all that are thick enough."""
    label, since = word(said.get("label")), said.get("since")
    kinds = said.get("kinds")
    return {
        "label": LABELS[: LABELS.index(label) + 1] if label else None,
        "kinds": None if kinds is None else [word(kind) for kind in kinds],
        "since": since and since.isoformat(),
    }


def word(value: Any) -> str | None:
    """An enum's value as the graph keeps it."""
    return None if value is None else str(getattr(value, "value", value)).lower()
