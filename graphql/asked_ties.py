"""From the fields about ties to the functions that answer them."""

from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.marks import Args, Row
from tieline.graphql.pages import page_of
from tieline.graphql.ranked import ranked
from tieline.queries.ties import explain, mine


async def explained(asking: Asking, args: Args) -> Row:
    """How do these two stand to each other, and why?"""
    reader = asking.reader
    one = await explain.end(reader, local(args["from"]))
    other = await explain.end(reader, local(args["to"]))
    return await explain.explain(reader, one, other, args.get("asOf"))


async def me(asking: Asking, args: Args) -> Row | None:
    """Who is asking, if it is somebody."""
    return await explain.myself(asking.reader) if asking.viewer.person else None


async def my_ties(asking: Asking, args: Args) -> Row:
    """The viewer's own ties, a page of them."""
    page = page_of(asking, args)
    answer = {"rows": await mine.ties(asking.reader), "graph_version": ""}
    return ranked(answer, page, lambda row: str(row["to_uid"]))


async def my_answers(asking: Asking, args: Args) -> list[Row]:
    """What the viewer has said."""
    return await mine.answers(asking.reader)
