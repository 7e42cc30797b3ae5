"""From the mutations `judge` and `unjudge` to the loaders' one function, and back to an answer."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from tieline.errors import NotFound
from tieline.graphql.asks import word
from tieline.graphql.context import Asking
from tieline.graphql.ids import local
from tieline.graphql.marks import Args, Row
from tieline.graphql.speaking import STEWARD, NotYours
from tieline.graphql.writing import bookmark, write
from tieline.loaders.judge import Decided, decide, retract
from tieline.queries.resolve.find import find


async def judge(asking: Asking, args: Args) -> Row:
    """Is this one thing, or two?"""
    by = steward(asking)
    said = args["input"]
    left, right = [await record(asking, said[side]) for side in ("left", "right")]
    why = (said.get("why") or "").strip() or None
    work = partial(decide, left=left, right=right, verdict=word(said["verdict"]))
    return told(asking, await write(asking, partial(work, by=by, why=why, at=now())))


async def unjudge(asking: Asking, args: Args) -> Row:
    """What was said of these two is taken back."""
    by = steward(asking)
    left, right = [await record(asking, args[side]) for side in ("left", "right")]
    work = partial(retract, left=left, right=right, by=by, at=now())
    return told(asking, await write(asking, work))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def steward(asking: Asking) -> str:
    """Who judges, as the judgement keeps it.

    Raises:
        NotYours: the viewer is no steward.
    """
    if not asking.viewer.numbers:
        raise NotYours(
            "Only stewards of the data say what is one thing and what is two: ask one. On the "
            "machine itself: tieline review, or tieline serve --as steward."
        )
    return asking.viewer.person or STEWARD


async def record(asking: Asking, text: str) -> str:
    """The record meant: by its own uid, or the one that lends a thing its uid.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    id = local(text.strip())
    found = await asking.reader.rows("candidates/record", id=id)
    if not found:
        uid = await find(asking.reader, id)
        found = await asking.reader.rows("candidates/record", id=uid)
    if not found:
        raise NotFound(f"There is no record {text!r}. Give its uid: records {{ uid }} tells it.")
    return str(found[0]["record"])


def told(asking: Asking, decided: Decided) -> dict[str, Any]:
    return {
        "left": decided.left,
        "right": decided.right,
        "joined": decided.joined,
        "changed": decided.changed,
        "sentence": decided.sentence,
        "bookmark": bookmark(asking),
        "records": [decided.left, decided.right],
    }
