"""From the arguments of fit, gaps and lessons to the questions' own functions, and back."""

from tieline.errors import WrongUse
from tieline.graphql.asks import SLACK, asker, ranked, scoped, stood
from tieline.graphql.connection import page_size
from tieline.graphql.context import Asking
from tieline.graphql.inputs import references
from tieline.graphql.marks import Args, Row
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
    scope, first = await scoped(asking, args), page_size(asking, args)
    answer = await gaps_ask.gaps(asking.reader, scope, stood(args) + first + SLACK)
    page = ranked(answer, first, args, lambda row: f"{row['theme_uid']}~{row['place_uid']}")
    return page | {name: answer[name] for name in ABOUT}


async def lessons(asking: Asking, args: Args) -> Row:
    """What was learnt, by whoever did this before?"""
    refs, first = await references(asking.reader, args, "theme", "place"), page_size(asking, args)
    answer = await lessons_ask.lessons(asking.reader, args.get("text"), **refs)
    page = ranked(answer, first, args, lambda row: str(row["project_uid"]))
    return page | {name: answer[name] for name in ABOUT}
