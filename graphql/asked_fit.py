"""From the arguments of fit, gaps and lessons to the questions' own functions, and back."""

from tieline.errors import WrongUse
from tieline.graphql.asks import asker, scoped
from tieline.graphql.context import Asking
from tieline.graphql.inputs import references
from tieline.graphql.marks import Args, Row
from tieline.graphql.pages import page_of
from tieline.graphql.ranked import ranked, window
from tieline.queries.fit import ask as fit_ask
from tieline.queries.gaps import ask as gaps_ask
from tieline.queries.lessons import ask as lessons_ask

ABOUT = ("note", "coverage", "uncertainty")


async def fit(asking: Asking, args: Args) -> Row:
    """Where does this actor fit? The viewer, if nobody is named.

    Raises:
        WrongUse: nobody is named, and the viewer is nobody in particular.
    """
    if args.get("actor") is None and asking.viewer.person is None:
        raise WrongUse("Say whose fit: actor is the id or the name of a person or organisation.")
    return await fit_ask.fit(asking.reader, await asker(asking, args.get("actor")), args["first"])


async def gaps(asking: Asking, args: Args) -> Row:
    """Where would effort matter most?"""
    scope, page = await scoped(asking, args), page_of(asking, args)
    answer = await gaps_ask.gaps(asking.reader, scope, window(page))
    return ranked(answer, page, cell, window(page)) | {name: answer[name] for name in ABOUT}


def cell(row: Row) -> str:
    return f"{row['theme_uid']}~{row['place_uid']}"


async def lessons(asking: Asking, args: Args) -> Row:
    """What was learnt, by whoever did this before?"""
    refs, page = await references(asking.reader, args, "theme", "place"), page_of(asking, args)
    answer = await lessons_ask.lessons(asking.reader, args.get("text"), **refs)
    made = ranked(answer, page, lambda row: str(row["project_uid"]))
    return made | {name: answer[name] for name in ABOUT}
