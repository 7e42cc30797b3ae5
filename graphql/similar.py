"""Who does this already, before a project is added: the draft and the answer's types."""

from datetime import date
from typing import Annotated

import strawberry

from tieline.graphql.answers import Reason, at
from tieline.graphql.base import dated, upper
from tieline.graphql.inputs import given
from tieline.graphql.marks import fetched, planned, said
from tieline.graphql.rests import RestsOn
from tieline.graphql.things import Project
from tieline.graphql.words import RiskLabel


@strawberry.input(description="A project that is not on the map yet. One field is enough.")
class ProjectDraft:
    title: str | None = given("What it is called.")
    description: str | None = given("What it does.")
    themes: list[strawberry.ID] | None = given("What it works on.")
    places: list[strawberry.ID] | None = given("Where it works.")
    start: date | None = given("Its first day.")
    end: date | None = given("Its last day, as planned.")
    lead_organisation: strawberry.ID | None = given("Who would lead it.")


Drafted = Annotated[ProjectDraft, strawberry.argument(description="What would be added.")]


@strawberry.type(description="A project that is like the draft.")
class SimilarProject:
    @fetched("entities", by=at("project_uid"))
    def project(self) -> Project:
        """The project."""
        planned()

    weight: float = said("How much they overlap, 0 to 1; see its reasons.")
    reason: str = said("Why, in plain words.")
    reasons: list[Reason] = said("The same, one by one.")
    lessons: str | None = said("What was learnt there, if that is recorded.")
    ended: date | None = dated("When it ended; null: it runs, or nobody knows.", "ended")


@strawberry.type(description="How far others do the same already.")
class Risk:
    label: RiskLabel = said("In a word.", read=upper("label"))
    reason: str = said("In a sentence.")


@strawberry.type(description="Who does this already: the draft beside what is on the map.")
class SimilarProjects:
    allies: list[SimilarProject] = said(
        "Projects of others at the same time, those that overlap most first: you may be allies."
    )
    past: list[SimilarProject] = said(
        "What has ended, of what is most alike those with lessons first."
    )
    own: list[SimilarProject] = said(
        "What its lead does already: perhaps the same thing, or an earlier phase of it."
    )
    risk: Risk = said("How far others do the same already.")
    note: str | None = said("What to know where little is found or recorded.")
    uncertainty: str = said("What weights rest on that is not recorded.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said("The state of the graph that was asked.")
