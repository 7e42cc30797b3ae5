"""Who may say what: a person speaks for themselves, a steward writes down what others say."""

from dataclasses import dataclass

from tieline.errors import NotFound, WrongUse
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.queries.ties import explain

STEWARD = "steward"


class NotYours(WrongUse):
    code = "FORBIDDEN"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`uid` of whose words they are (None: the stewards'), and who writes them down for them."""

    uid: str | None
    entered_by: str | None = None


def somebody(asking: Asking) -> None:
    """
    Raises:
        NotYours: the viewer is neither a person nor a steward.
    """
    if asking.viewer.person is None and not asking.viewer.numbers:
        raise NotYours(
            "Only a person can say that: say who you are (--as person:ID), or ask a steward to "
            "write it down."
        )


async def speaker(asking: Asking, who: str | None) -> Speaker:
    """Whose words these are: the viewer's, or another actor's whose words a steward writes down.

    Raises:
        NotYours: they are another's, or the viewer is nobody in particular.
        WrongUse: a steward does not say whose.
        NotFound: there is nobody of that id or name that the viewer may see.
    """
    somebody(asking)
    reader, person = asking.reader, asking.viewer.person
    if person is None:
        if who is None or who.strip().casefold() == "me":
            raise WrongUse(
                'Say whose word this is: name who said it; "me" is whoever --as person:ID names.'
            )
        return Speaker(await explain.end(reader, local(who)), STEWARD)
    me = str((await explain.myself(reader))["uid"])
    try:
        if who is None or await explain.end(reader, local(who)) == me:
            return Speaker(me)
    except NotFound:
        if who != person:
            raise
        return Speaker(me)
    raise NotYours('You can say this of yourself alone: say it as "me", or ask them to say it.')


async def author(asking: Asking) -> Speaker:
    """Who adds or corrects: the viewer, or the stewards."""
    somebody(asking)
    if asking.viewer.person is None:
        return Speaker(None)
    return Speaker(str((await explain.myself(asking.reader))["uid"]))
