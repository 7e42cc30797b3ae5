"""What actors gather around: projects, places and themes."""

from datetime import date
from typing import Annotated, Any

import strawberry

from tieline.graphql.actors import Actor
from tieline.graphql.base import Entity, Node, Source, dated
from tieline.graphql.context import Asking
from tieline.graphql.marks import Params, Row, fetched, planned, said
from tieline.graphql.paging import Connection, PageInfo, paged
from tieline.queries.themes.reach import each_within


@strawberry.type(description="An actor in a project, and in what role.")
class PartnerEdge:
    cursor: str = said("Where this stands: give it as after to go on behind it.")
    roles: list[str] = said("What they are called there.")
    node: Actor = said("The person or organisation.")


@strawberry.type(description="A page of actors in a project.")
class PartnerConnection:
    edges: list[PartnerEdge] = said("The actors with their roles.")
    nodes: list[Actor] = said("The actors.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")


@strawberry.type(description="A project, running, planned or past; a grant is one with a funder.")
class Project(Entity, Node):
    name: str = said("Its title.", "title")
    title: str = said("Its title.")
    description: str | None = said("What it is for.")
    starts: date | None = dated("When it begins.", "starts")
    ends: date | None = dated("When it ends.", "ends")
    amount: float | None = said("How much money it has.")
    currency: str | None = said("In which currency, three letters.")
    lessons: str | None = said("What was learned.")
    status: str | None = said("Where it stands.")

    @fetched("project_actors", constants={"verb": "LEADS"})
    @paged
    def leads(self) -> PartnerConnection:
        """Who leads it, by name."""
        planned()

    @fetched("project_actors", constants={"verb": "PARTNERS_ON"})
    @paged
    def partners(self) -> PartnerConnection:
        """Who partners on it, by name."""
        planned()

    @fetched("project_actors", constants={"verb": "FUNDS"})
    @paged
    def funders(self) -> PartnerConnection:
        """Who funds it, by name."""
        planned()

    @fetched("project_places", shared=True)
    def places(self) -> list["Place"]:
        """Where it works."""
        planned()

    @fetched("project_themes", shared=True)
    def themes(self) -> list["Theme"]:
        """What it is about."""
        planned()


def coordinate(name: str) -> Any:
    def read(row: Row) -> float | None:
        point = row.get("location")
        return None if point is None else getattr(point, name)

    return read


@strawberry.type(description="A place: an area with a code, or one that people speak of.")
class Place(Entity, Node):
    gss: str | None = said("Its code in the Government Statistical Service's register.")
    kind: str | None = said("What kind of place it is.")
    also_known_as: list[str] | None = said("Other names.")
    vintage: str | None = said("The edition of the register it was taken from.")
    latitude: float | None = said("Degrees north.", "location", read=coordinate("latitude"))
    longitude: float | None = said("Degrees east.", "location", read=coordinate("longitude"))

    @fetched("place_within")
    def within(self) -> list["Place"]:
        """The larger places it lies in."""
        planned()

    @fetched("place_actors")
    @paged
    def actors(self) -> Connection[Actor]:
        """Who is based there or in a place within it, by name."""
        planned()

    @fetched("place_projects")
    @paged
    def projects(self) -> Connection[Project]:
        """The projects that work there or in a place within it, by title."""
        planned()


@strawberry.type(description="Another scheme's word for the same thing, or nearly.")
class ThemeMatch:
    theme: Annotated["Theme", strawberry.lazy("tieline.graphql.things")] = said("The other theme.")
    predicate: str | None = said("How near it is: exactMatch, closeMatch and so on.")
    confidence: float | None = said("How sure that is, 0 to 1.")
    justification: str | None = said("How it was found: semapv:ManualMappingCuration, for one.")
    comment: str | None = said("Why, in words.")
    by: str | None = said("Who matched them.")

    @fetched("sources_by_slug", by=lambda row, args: row["source"], needs="source")
    def source(self) -> Source | None:
        """The source that says so, if the viewer may know it."""
        planned()


async def widened(asking: Asking, parents: list[str]) -> Params:
    """All that counts as each of these themes."""
    found = await each_within(asking.reader, parents)
    return {"themes": {uid: sorted(themes) for uid, themes in found.items()}}


@strawberry.type(description="What people work on, in one scheme's words.")
class Theme(Entity, Node):
    name: str = said("Its label.", "label")
    label: str = said("Its label.")
    scheme: str | None = said("The vocabulary it belongs to.")
    code: str | None = said("Its code there.")
    alt_labels: list[str] | None = said("Other words for it.")
    note: str | None = said("What is meant by it.")
    no_word_in: list[str] | None = said("Vocabularies that are said to have no word for it.")

    @fetched("theme_broader")
    def broader(self) -> list["Theme"]:
        """The wider themes it is part of."""
        planned()

    @fetched("theme_matches", embedded=("theme",))
    def matches(self) -> list[ThemeMatch]:
        """Other schemes' words for it."""
        planned()

    @fetched("theme_actors", among=widened)
    @paged
    def actors(self) -> Connection[Actor]:
        """Who works on it, on a narrower theme or on what others call so, by name."""
        planned()

    @fetched("theme_projects", among=widened)
    @paged
    def projects(self) -> Connection[Project]:
        """The projects about it, a narrower theme or what others call so, by title."""
        planned()
