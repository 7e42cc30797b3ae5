"""The root: every question that can be put."""

from datetime import date
from typing import Annotated

import strawberry

from tieline.graphql import (
    asked_fit,
    asked_introductions,
    asked_map,
    asked_similar,
    asked_ties,
    asks,
)
from tieline.graphql.about import Limits, Viewer
from tieline.graphql.answers import (
    BridgeConnection,
    DuplicateConnection,
    Pathways,
    SearchConnection,
)
from tieline.graphql.brokers import BrokerConnection, ExplainedBroker
from tieline.graphql.fit import Fit, GapConnection, LessonConnection
from tieline.graphql.inputs import (
    PathwayTarget,
    Scope,
)
from tieline.graphql.introductions import Introducers, IntroductionDraft
from tieline.graphql.listed import ListQuery
from tieline.graphql.map import Map, Most
from tieline.graphql.marks import asked, planned
from tieline.graphql.own import ExplainedTie, Me
from tieline.graphql.paging import Many, paged
from tieline.graphql.similar import Drafted, SimilarProjects
from tieline.graphql.vocabulary import VocabularyQuery
from tieline.graphql.words import DuplicateKind, EntityKind, JudgementStatus

Named = Annotated[
    strawberry.ID,
    strawberry.argument(description="A global id, a uid, a handle, or a name only one carries."),
]
Part = Annotated[
    Scope | None, strawberry.argument(description="Which part of the field; else all of it.")
]


@strawberry.type(description="What can be asked.")
class Query(ListQuery, VocabularyQuery):
    @asked(asks.search)
    @paged
    def search(
        self,
        text: Annotated[str, strawberry.argument(description="The words to look for.")],
        kinds: Annotated[
            list[EntityKind] | None, strawberry.argument(description="Only these kinds.")
        ] = None,
        place: Annotated[
            strawberry.ID | None, strawberry.argument(description="There or within it.")
        ] = None,
        theme: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="On it, or what counts as it."),
        ] = None,
    ) -> SearchConnection:
        """What carries these words, the nearest first."""
        planned()

    @asked(asks.pathways)
    def pathways(
        self,
        to: Annotated[PathwayTarget, strawberry.argument(description="Whom to reach.")],
        from_: Annotated[
            strawberry.ID | None, strawberry.argument(name="from", description="Who asks.")
        ] = None,
        hops: Annotated[int, strawberry.argument(description="At most so many steps, 1 to 4.")] = 4,
        routes: Annotated[int, strawberry.argument(description="How many routes, 1 to 10.")] = 3,
        as_of: Annotated[
            date | None,
            strawberry.argument(description="Of an earlier day: what was dated later is left out."),
        ] = None,
    ) -> Pathways:
        """Who can connect me?"""
        planned()

    @asked(asked_introductions.introducers)
    def introducers(
        self,
        to: Annotated[PathwayTarget, strawberry.argument(description="Whom to reach.")],
        from_: Annotated[
            strawberry.ID | None,
            strawberry.argument(name="from", description="Who asks; left out: the viewer."),
        ] = None,
        first: Many = 5,
    ) -> Introducers:
        """Whom do I ask first? The best of those one is tied to."""
        planned()

    @asked(asked_introductions.draft)
    def draft_introduction(
        self,
        route: Annotated[
            list[strawberry.ID],
            strawberry.argument(description="Who asks, each go-between, whom they wish to meet."),
        ],
    ) -> IntroductionDraft:
        """What could I write to the first go-between? Nothing is kept."""
        planned()

    @asked(asks.bridges)
    @paged
    def bridges(
        self,
        scope: Part = None,
        since: Annotated[
            date | None,
            strawberry.argument(description="Say what has changed since this earlier day."),
        ] = None,
    ) -> BridgeConnection:
        """What holds this field together?"""
        planned()

    @asked(asks.brokers)
    @paged
    def brokers(
        self,
        scope: Part = None,
        place_kind: Annotated[
            str | None,
            strawberry.argument(description="Read places as areas of this kind: region, ward ..."),
        ] = None,
    ) -> BrokerConnection:
        """Who stands between others, and do ties lead across?"""
        planned()

    @asked(asks.broker)
    def broker(self, actor: Named, scope: Part = None) -> ExplainedBroker:
        """Why does somebody stand where they stand between others?"""
        planned()

    @asked(asks.duplicates)
    @paged
    def duplicates(
        self,
        kind: Annotated[DuplicateKind, strawberry.argument(description="Which of the two.")],
        scope: Part = None,
        status: Annotated[
            JudgementStatus | None, strawberry.argument(description="Only those decided so.")
        ] = None,
    ) -> DuplicateConnection:
        """Who already does this, or is here twice?"""
        planned()

    @asked(asked_fit.fit)
    def fit(
        self,
        actor: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Whose fit: an id or a name; left out: the viewer."),
        ] = None,
        first: Many = 5,
    ) -> Fit:
        """Where do I fit? Allies, support, projects, parallel effort, lessons and gaps."""
        planned()

    @asked(asked_fit.gaps)
    @paged
    def gaps(
        self,
        scope: Part = None,
    ) -> GapConnection:
        """Where would effort matter most? Themes by places, as recorded."""
        planned()

    @asked(asked_fit.lessons)
    @paged
    def lessons(
        self,
        text: Annotated[
            str | None, strawberry.argument(description="The words to look for; else all.")
        ] = None,
        theme: Annotated[
            strawberry.ID | None, strawberry.argument(description="On it or a narrower one.")
        ] = None,
        place: Annotated[
            strawberry.ID | None, strawberry.argument(description="There or within it.")
        ] = None,
    ) -> LessonConnection:
        """What was learnt, by whoever did this before?"""
        planned()

    @asked(asked_similar.similar)
    def similar_projects(self, draft: Drafted, first: Many = 5) -> SimilarProjects:
        """Who does this already? Allies, past projects and their lessons, before one is added."""
        planned()

    @asked(asked_map.field)
    def map(self, scope: Part = None, limit: Most = 2_000) -> Map:
        """What does the field look like? Dots and lines: near is tied."""
        planned()

    @asked(asked_ties.explained)
    def tie(
        self,
        from_: Annotated[
            strawberry.ID,
            strawberry.argument(name="from", description="Who would ask: an id, a name, or me."),
        ],
        to: Annotated[
            strawberry.ID, strawberry.argument(description="Who would be asked: likewise.")
        ],
        as_of: Annotated[
            date | None,
            strawberry.argument(description="Of an earlier day: what was dated later is left out."),
        ] = None,
    ) -> ExplainedTie:
        """How do these two stand to each other, and why?"""
        planned()

    @asked(asked_ties.me)
    def me(self) -> Me | None:
        """The viewer, if it is somebody in particular; null else."""
        planned()

    @asked(asks.viewer)
    def viewer(self) -> Viewer:
        """Who is asking."""
        planned()

    @asked(asks.limits)
    def limits(self) -> Limits:
        """What one request may ask for."""
        planned()
