"""That themes of two vocabularies match: said by a steward, taken back by a steward."""

from enum import Enum
from functools import partial
from typing import Annotated

import strawberry

from tieline.graphql.asked_themes import steward
from tieline.graphql.asked_words import plain, told
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.inputs import given
from tieline.graphql.marks import Args, Row, asked, planned
from tieline.graphql.own_mutations import NotedThing
from tieline.graphql.words import choice
from tieline.graphql.writing import write
from tieline.loaders.own_word.match import say, take_back
from tieline.queries.resolve.find import find
from tieline.settings import settings

SAID = "That was said already: nothing was changed."
BACK = "That was taken back already: nothing was changed."
THEME = "The theme: an id, or a name that only one carries."
OTHER = "The theme that it matches: likewise."


@strawberry.enum(description="How one theme matches another: SKOS.")
class MatchKind(Enum):
    EXACT_MATCH = choice("exactMatch", "They mean the same.")
    CLOSE_MATCH = choice("closeMatch", "They mean nearly the same.")
    BROAD_MATCH = choice("broadMatch", "The other is wider.")
    NARROW_MATCH = choice("narrowMatch", "The other is narrower.")
    RELATED_MATCH = choice("relatedMatch", "They have to do with each other.")


@strawberry.input(description="How one theme matches another.")
class MapTheme:
    theme: strawberry.ID = strawberry.field(description=THEME)
    other: strawberry.ID = strawberry.field(description=OTHER)
    predicate: MatchKind = strawberry.field(description="How it matches.")
    confidence: float | None = given("How sure that is, 0 to 1.")
    comment: str | None = given("Why, in plain words, for whoever reads it later.")


async def both(asking: Asking, args: Args) -> tuple[str, str]:
    one = await find(asking.reader, local(args["theme"]), ["theme"])
    return one, await find(asking.reader, local(args["other"]), ["theme"])


async def map_theme(asking: Asking, args: Args) -> Row:
    """How does this theme match that one?"""
    steward(asking)
    said = args["input"]
    one, other = await both(asking, said)
    more = {"confidence": said.get("confidence"), "comment": said.get("comment")}
    kind, today = plain(said["predicate"]), settings().today
    work = partial(say, who=None, subject=one, object_=other, predicate=kind, day=today, **more)
    changed = await write(asking, work)
    return await told(asking, changed, "Noted: translate and scopes follow it.", SAID, uid=one)


async def unmap_theme(asking: Asking, args: Args) -> Row:
    """What was said of the two, and is not so after all?"""
    steward(asking)
    one, other = await both(asking, args)
    work = partial(take_back, who=None, subject=one, object_=other, day=settings().today)
    changed = await write(asking, work)
    return await told(asking, changed, "Taken back: nothing is said of the two.", BACK, uid=one)


@strawberry.type(description="How stewards match themes of several vocabularies.")
class MatchMutations:
    @asked(map_theme)
    def map_theme(
        self, input: Annotated[MapTheme, strawberry.argument(description="Which, and how.")]
    ) -> NotedThing | None:
        """Say that a theme matches one of another vocabulary, and how. For stewards; the same two
        said again take what was said before away, and unmapTheme takes it back."""
        planned()

    @asked(unmap_theme)
    def unmap_theme(
        self,
        theme: Annotated[strawberry.ID, strawberry.argument(description=THEME)],
        other: Annotated[strawberry.ID, strawberry.argument(description=OTHER)],
    ) -> NotedThing | None:
        """Take back what stewards said of two themes. A partner's mapping stays. For stewards."""
        planned()
