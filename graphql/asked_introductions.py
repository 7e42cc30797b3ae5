"""From the fields about introductions to the functions that answer them."""

from collections.abc import Sequence
from functools import partial

from tieline.errors import WrongUse
from tieline.graphql.asked_words import told
from tieline.graphql.asks import asker, wanted
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.marks import Args, Row
from tieline.graphql.speaking import speaker
from tieline.graphql.writing import write
from tieline.loaders import asks as loaded
from tieline.queries.pathways import ask, introduce
from tieline.queries.resolve.seen import must_see
from tieline.queries.ties import explain
from tieline.settings import settings


async def introducers(asking: Asking, args: Args) -> Row:
    """Whom does one ask first?"""
    uid = await asker(asking, args.get("from"))
    target = await wanted(asking, args["to"])
    return await ask.introducers(asking.reader, uid, target, args["first"])


async def draft(asking: Asking, args: Args) -> Row:
    """What could one write to the first go-between?"""
    uids = [await explain.end(asking.reader, local(each)) for each in args["route"]]
    return await introduce.draft(asking.reader, uids)


async def record_ask(asking: Asking, args: Args) -> Row:
    """Who was asked to introduce whom to whom?"""
    given = args["input"]
    by = await speaker(asking, given.get("from"))
    assert by.uid is not None
    of, to = [await explain.end(asking.reader, local(given[end])) for end in ("of", "to")]
    if len({of, by.uid, to}) < 3:
        raise WrongUse("An introduction takes three: who asks, who is asked, whom they would meet.")
    names = await _names(asking, [of, to])
    if asking.viewer.person:
        names.insert(1, str((await explain.myself(asking.reader))["name"]))
    else:
        names[1:1] = await _names(asking, [by.uid])
    fresh = await write(asking, partial(loaded.note, of, by.uid, to, settings().today))
    sentence = f"Noted: {names[0]} was asked to introduce {names[1]} to {names[2]}."
    return await told(asking, fresh, sentence)


async def _names(asking: Asking, uids: Sequence[str]) -> list[str]:
    known = await must_see(asking.reader, *uids)
    return [known[uid]["name"] for uid in uids]
