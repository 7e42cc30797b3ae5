"""The root's lists, and each kind of thing by its id."""

from typing import Annotated

import strawberry

from tieline.graphql.about import LoadConnection
from tieline.graphql.actors import Organisation, Person
from tieline.graphql.base import Node, Source
from tieline.graphql.filters import (
    WORKS,
    NetworkFilter,
    OrganisationFilter,
    PersonFilter,
    PlaceFilter,
    ProjectFilter,
    ThemeFilter,
    bodies,
    filtered,
    networks_alone,
)
from tieline.graphql.marks import fetched, planned
from tieline.graphql.orders import (
    LOADS,
    NAMES,
    PROJECTS,
    ByLoad,
    ByName,
    ByProject,
)
from tieline.graphql.paging import Connection, paged
from tieline.graphql.reading import named_key, named_keys
from tieline.graphql.things import Place, Project, Theme

Id = Annotated[strawberry.ID, strawberry.argument(description="A global id, a uid or a handle.")]
Ids = Annotated[
    list[strawberry.ID], strawberry.argument(description="Global ids, uids or handles.")
]
ENDS = ("from", "to")  # of a tie
OTHERS = {"~": "ties", ":": "records"}  # whose ids are not an entity's
Which = strawberry.argument(description="Which ones; all if nothing is given.")


@strawberry.type(description="Things by their ids, and lists of them.")
class ListQuery:
    @fetched("entities", by=named_key, embedded=ENDS, also=OTHERS)
    def node(self, id: Id) -> Node | None:
        """Anything by its id; null if there is none that the viewer may see."""
        planned()

    @fetched("entities", by=named_keys, embedded=ENDS, also=OTHERS)
    def nodes(self, ids: Ids) -> list[Node | None]:
        """Several things by their ids, null for each that the viewer may not see."""
        planned()

    @fetched("entities", by=named_key)
    def person(self, id: Id) -> Person | None:
        """A person by id."""
        planned()

    @fetched(
        "people",
        reach=filtered("text", "place", "themes", "organisation", "network", "ids"),
        orders=NAMES,
        by_column=True,
    )
    @paged
    def people(
        self,
        filter: Annotated[PersonFilter | None, Which] = None,
        order_by: ByName = None,
    ) -> Connection[Person]:
        """Who is in the field: people by name."""
        planned()

    @fetched("entities", by=named_key)
    def organisation(self, id: Id) -> Organisation | None:
        """An organisation or a network by id."""
        planned()

    @fetched(
        "organisations",
        reach=bodies,
        orders=NAMES,
        by_column=True,
    )
    @paged
    def organisations(
        self,
        filter: Annotated[OrganisationFilter | None, Which] = None,
        order_by: ByName = None,
    ) -> Connection[Organisation]:
        """Which organisations there are, networks among them, by name."""
        planned()

    @fetched("entities", by=named_key, constants={"kinds": ["Network"]})
    def network(self, id: Id) -> Organisation | None:
        """A network by id; null for an organisation that is none."""
        planned()

    @fetched(
        "organisations",
        reach=networks_alone,
        orders=NAMES,
        by_column=True,
    )
    @paged
    def networks(
        self,
        filter: Annotated[NetworkFilter | None, Which] = None,
        order_by: ByName = None,
    ) -> Connection[Organisation]:
        """Which networks there are, by name."""
        planned()

    @fetched("entities", by=named_key)
    def project(self, id: Id) -> Project | None:
        """A project by id."""
        planned()

    @fetched(
        "projects",
        reach=filtered(*WORKS, alone=("running",)),
        orders=PROJECTS,
        by_column=True,
    )
    @paged
    def projects(
        self,
        filter: Annotated[ProjectFilter | None, Which] = None,
        order_by: ByProject = None,
    ) -> Connection[Project]:
        """What is being done and has been tried: projects by title."""
        planned()

    @fetched("entities", by=named_key)
    def place(self, id: Id) -> Place | None:
        """A place by id."""
        planned()

    @fetched(
        "places",
        reach=filtered("text", "place", "kinds", "ids"),
        orders=NAMES,
        by_column=True,
    )
    @paged
    def places(
        self,
        filter: Annotated[PlaceFilter | None, Which] = None,
        order_by: ByName = None,
    ) -> Connection[Place]:
        """Which places are known, by name."""
        planned()

    @fetched("entities", by=named_key)
    def theme(self, id: Id) -> Theme | None:
        """A theme by id."""
        planned()

    @fetched(
        "themes",
        reach=filtered("text", "theme", "scheme", "ids"),
        orders=NAMES,
        by_column=True,
    )
    @paged
    def themes(
        self,
        filter: Annotated[ThemeFilter | None, Which] = None,
        order_by: ByName = None,
    ) -> Connection[Theme]:
        """What people work on: themes by label."""
        planned()

    @fetched("sources")
    def sources(self) -> list[Source]:
        """Where all this comes from, by title."""
        planned()

    @fetched("loads", steward=True, orders=LOADS)
    @paged
    def loads(
        self,
        order_by: ByLoad = None,
    ) -> LoadConnection | None:
        """What has been loaded, the newest first. For stewards; others get FORBIDDEN."""
        planned()
