"""From the arguments of translate and the questions about themes to their functions, and back."""

from functools import partial
from typing import Any

from tieline.graphql.asked_words import told
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.inputs import references
from tieline.graphql.marks import Args, Row
from tieline.graphql.pages import page_of
from tieline.graphql.ranked import ranked
from tieline.graphql.speaking import NotYours
from tieline.graphql.writing import write
from tieline.loaders.own_word.theme import say, take_back
from tieline.queries.resolve.find import find
from tieline.queries.themes import suggest, translate, untranslated
from tieline.settings import settings

THINGS = ["project", "organisation", "network", "person"]
SAID = "That was said already: nothing was changed."
BACK = "That was taken back already: nothing was changed."


async def translated(asking: Asking, args: Args) -> Row:
    """What do others call this?"""
    answer = await translate.translate(asking.reader, args["term"])
    return {**answer, "matches": answer["rows"]}


async def wordless(asking: Asking, args: Args) -> Row:
    """What has no vocabulary a word for?"""
    page, answer = page_of(asking, args), await untranslated.untranslated(asking.reader)
    made = ranked(answer, page, lambda row: str(row["theme_uid"] or row["word"]))
    return made | {name: answer[name] for name in ("note", "uncertainty", "coverage")}


async def suggested(asking: Asking, args: Args) -> Row:
    """Which themes may be what about?"""
    page = page_of(asking, args)
    refs = await references(asking.reader, args, "theme")
    thing = await find(asking.reader, local(args["thing"]), THINGS) if args.get("thing") else None
    answer = await suggest.suggestions(asking.reader, thing, refs["theme"], args["least"])
    made = ranked(answer, page, lambda row: f"{row['thing_uid']}~{row['theme_uid']}")
    return made | {name: answer[name] for name in ("note", "uncertainty", "coverage")}


async def say_theme(asking: Asking, args: Args) -> Row:
    """Is it about this, or not?"""
    steward(asking)
    thing, theme = await _both(asking, args)
    works, today = args["works"], settings().today
    work = partial(say, who=None, thing=thing, theme=theme, works=works, day=today)
    changed = await write(asking, work)
    sentence = "Noted: it works on that." if works else "Noted: it is not suggested again."
    return await told(asking, changed, sentence, SAID, uid=thing)


async def unsay_theme(asking: Asking, args: Args) -> Row:
    """What was not to be said after all?"""
    steward(asking)
    thing, theme = await _both(asking, args)
    work = partial(take_back, who=None, thing=thing, theme=theme, day=settings().today)
    changed = await write(asking, work)
    return await told(asking, changed, "Taken back: nothing is said of the two.", BACK, uid=thing)


def steward(asking: Asking) -> None:
    if not asking.viewer.numbers:
        raise NotYours(
            "Only stewards of the data say what something works on: ask one. Of what you add "
            "yourself you can say it there (tieline add)."
        )


async def _both(asking: Asking, args: Args) -> tuple[Any, Any]:
    thing = await find(asking.reader, local(args["thing"]), THINGS)
    return thing, await find(asking.reader, local(args["theme"]), ["theme"])
