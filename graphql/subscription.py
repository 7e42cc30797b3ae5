"""The root: everything that is told while it happens, over WebSocket or Server-Sent Events."""

from enum import Enum
from typing import Annotated

import strawberry

from tieline.graphql.about import Load
from tieline.graphql.answers import Judgement
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.inputs import references
from tieline.graphql.live.follow import Following, followed, happened
from tieline.graphql.live.watches import JudgedWatch, LoadWatch
from tieline.graphql.live.working import question_progress
from tieline.graphql.marks import Args, planned, said, streamed
from tieline.graphql.query import Part
from tieline.graphql.words import choice
from tieline.queries.themes.reach import within


async def load_progress(asking: Asking, args: Args) -> Following:
    """How far is this load?"""
    return await followed(asking, LoadWatch(local(args["load"])))


async def judged(asking: Asking, args: Args) -> Following:
    """What do stewards say of two records, from now on?"""
    refs = await references(asking.reader, args.get("scope") or {}, "place", "theme")
    themes = await within(asking.reader, refs["theme"])
    return await followed(asking, JudgedWatch(refs["place"], refs["theme"], themes))


@strawberry.enum(description="The questions that may take seconds in a large field.")
class LongQuestion(Enum):
    BRIDGES = choice("BRIDGES", "What holds this field together?")
    BROKERS = choice("BROKERS", "Who stands between others?")
    PARALLEL_EFFORT = choice("PARALLEL_EFFORT", "Who already does this?")


@strawberry.type(description="How far the working out of an answer is.")
class QuestionProgress:
    stage: str = said("What is being done, in plain words; empty before and after.")
    share: float = said("How much of that stage is done, 0 to 1.")
    done: bool = said("Whether the answer is ready.")


@strawberry.type(description="What is told while it happens.")
class Subscription:
    @streamed(load_progress, happened)
    def load_progress(
        self,
        load: Annotated[strawberry.ID, strawberry.argument(description="The load, by its id.")],
    ) -> Load:
        """How far a load is: now, whenever that has changed, and when it ends or was interrupted.
        For stewards."""
        planned()

    @streamed(question_progress, happened)
    def question_progress(
        self,
        question: Annotated[LongQuestion, strawberry.argument(description="Which question.")],
        scope: Part = None,
    ) -> QuestionProgress:
        """How far the answer to a long question is. Once it is done, the question itself is
        answered at once; while nobody follows or asks, it is not worked on."""
        planned()

    @streamed(judged, happened)
    def judged(self, scope: Part = None) -> Judgement:
        """What is said from now on of two records that the viewer may see, and what is taken back:
        `change` tells which."""
        planned()
