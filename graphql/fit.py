"""Where do I fit, where would effort matter most, what was learnt: the answers' types."""

import strawberry

from tieline.graphql.actors import Actor
from tieline.graphql.answers import at
from tieline.graphql.base import Source, upper
from tieline.graphql.marks import fetched, planned, said
from tieline.graphql.paging import Edge, PageInfo
from tieline.graphql.rests import NEVER, RestsOn
from tieline.graphql.things import Place, Project, Theme
from tieline.graphql.words import FitPart


@strawberry.type(description="One line of where somebody fits, with its reason and who says so.")
class FitLine:
    reason: str = said("Why, in plain words.")

    @fetched("entities", by=at("actor_uid"))
    def who(self) -> Actor | None:
        """Whom it is about: an ally, who offers, who leads."""
        planned()

    @fetched("entities", by=at("project_uid"))
    def project(self) -> Project | None:
        """The project it is about."""
        planned()

    @fetched("entities", by=at("yours_uid"))
    def yours(self) -> Project | None:
        """The actor's own project, where two may be doing one thing."""
        planned()

    @fetched("entities", by=at("theme_uid"))
    def theme(self) -> Theme | None:
        """The theme that says most, or what is offered or missing."""
        planned()

    @fetched("entities", by=at("place_uid"))
    def place(self) -> Place | None:
        """The place it rests on; null where none is recorded."""
        planned()

    @fetched("entities", by=at("through_uid"))
    def through(self) -> Actor | None:
        """Whom to ask first on the best pathway there; null where there is none between."""
        planned()

    lesson: str | None = said("What was learnt, in the words of who did it.")

    @fetched("sources_by_slug", by=at("source_slugs"))
    def sources(self) -> list[Source]:
        """Who says so."""
        planned()


@strawberry.type(description="One part of where somebody fits.")
class FitSection:
    part: FitPart = said("Which part.", read=upper("part"))
    title: str = said("The same in plain words.")
    lines: list[FitLine] = said("Its lines, those first that are worth most.")
    total: int = said("How many there are, of which the first are told.")
    note: str | None = said("Where there is none: a sentence that says what is not recorded.")


@strawberry.type(description="Where somebody fits.")
class Fit:
    @fetched("entities", by=at("actor_uid"))
    def actor(self) -> Actor | None:
        """Whose fit it is; null where it is the viewer, and members may not see them."""
        planned()

    sections: list[FitSection] = said(
        "Allies, support, projects, parallel effort, lessons, gaps: in this order."
    )
    coverage: RestsOn = said("On whose data it rests.")
    uncertainty: str = said("How much of what is recorded says where, on what and when.")
    graph_version: str = said("The state of the graph that was asked.")


@strawberry.type(description="Somebody to learn from: the nearest who does what is missing.")
class Learn:
    @fetched("entities", by=at("actor_uid"))
    def who(self) -> Actor:
        """Who leads it, or offers what is asked for."""
        planned()

    @fetched("entities", by=at("project_uid"))
    def project(self) -> Project | None:
        """What they do or did; null where they offer it."""
        planned()

    @fetched("entities", by=at("place_uid"))
    def place(self) -> Place:
        """Where."""
        planned()

    reason: str = said("How near, in plain words.")


@strawberry.type(description="What was learnt in one project.")
class Lesson:
    @fetched("entities", by=at("project_uid"))
    def project(self) -> Project:
        """Whose lesson it is."""
        planned()

    text: str = said("What was learnt, in the words of who did it.")
    reason: str | None = said("Where, on what, until when, and by which words it was found.")

    @fetched("sources_by_slug", by=at("source_slugs"))
    def sources(self) -> list[Source]:
        """Who says so."""
        planned()


@strawberry.type(description=f"What is recorded on a theme in a place. {NEVER}")
class Gap:
    @fetched("entities", by=at("theme_uid"))
    def theme(self) -> Theme:
        """The theme, and all that counts for it."""
        planned()

    @fetched("entities", by=at("place_uid"))
    def place(self) -> Place:
        """The place, and all within it."""
        planned()

    now: int = said("Projects recorded as running or planned.")
    past: int = said("Projects recorded that have ended.")
    organisations: int = said("Organisations recorded as working on it there.")
    reached: int | None = said(
        "People reached, of groups of five or more; null: not recorded, or fewer."
    )
    asks: int = said(
        "Asks for it that nobody near offers to meet; people's where they are five or more."
    )
    learn: Learn | None = said("The nearest who does it, where nothing runs now.")
    lesson: Lesson | None = said("What was learnt there before, or by the nearest.")
    reason: str = said("The same in plain words.")

    @fetched("sources_by_slug", by=at("source_slugs"))
    def sources(self) -> list[Source]:
        """Who says so; where nothing is recorded, see coverage."""
        planned()


@strawberry.type(description="A page of cells, those first where more would matter most.")
class GapConnection:
    edges: list[Edge[Gap]] = said("The cells on this page with their cursors.")
    nodes: list[Gap] = said("The cells on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages.")
    note: str | None = said("Where there is none: a sentence that says so.")
    coverage: RestsOn = said("On whose data it rests.")
    uncertainty: str = said("How much of what is recorded says where, on what and when.")
    graph_version: str = said("The state of the graph that was asked.")


@strawberry.type(description="A page of what was learnt, the nearest to the words first.")
class LessonConnection:
    edges: list[Edge[Lesson]] = said("The lessons on this page with their cursors.")
    nodes: list[Lesson] = said("The lessons on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages, of those the viewer may see.")
    note: str | None = said("Where there is none: a sentence that says so.")
    coverage: RestsOn = said("On whose data it rests.")
    uncertainty: str = said("What a lesson is, and is not.")
    graph_version: str = said("The state of the graph that was asked.")
