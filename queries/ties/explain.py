"""How do these two stand to each other, and why? Every piece of evidence the viewer may see.

At each level the answer is made of what may be seen there and of the viewer's own answers, and of
nothing else; what somebody else answered is named by its kind, never shown. Figures of the whole
are for stewards; a person at one end gets the figure of their own account.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.queries.resolve.find import find
from tieline.queries.resolve.seen import unknown
from tieline.queries.ties import tell
from tieline.queries.ties.observed import observations, theirs_alone, who_said
from tieline.schema.shares import Share, dated_by, shares
from tieline.schema.strength import Summary, summary
from tieline.schema.ties import PLACES
from tieline.settings import settings

Row = dict[str, Any]
ACTORS = ["person", "organisation", "network"]
FIGURES = ("strength", "against", "unknown", "step", "seen_differently", "own_account", "last_seen")


async def end(reader: Reader, text: str) -> str:
    """The uid of an actor named by `me`, an id or a name: one the viewer may see or spoke of.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    me = reader.viewer.person
    if text.strip().casefold() == "me":
        return str((await myself(reader))["uid"])
    try:
        return await find(reader, text, ACTORS)
    except NotFound:
        mine = await reader.rows("ties/own_end", me=me, text=text.strip().lower()) if me else []
        if len(mine) != 1:
            raise
        return str(mine[0]["uid"])


async def myself(reader: Reader) -> Row:
    """What is told of the viewer.

    Raises:
        WrongUse: the viewer is nobody in particular.
        NotFound: they are not there any more.
    """
    if not reader.viewer.person:
        raise WrongUse("Nobody in particular is asking: say who with --as person:ID.")
    rows = await reader.rows("ties/me", me=reader.viewer.person)
    if not rows:
        raise unknown(reader.viewer.person)
    return dict(rows[0]["me"])


async def explain(reader: Reader, from_: str, to: str, as_of: date | None = None) -> Row:
    """The tie of two actors (uids), as of the graph's day or of an earlier one.

    Returns `from_uid`, `to_uid`, `as_of`, `label`, `kinds`, `last_seen`, `strength`, `against`,
    `unknown`, `step`, `seen_differently`, `own_account` (None where not the viewer's to read),
    `quiet`, `evidence` (see `piece`) and `sentence`.

    Raises:
        NotFound: an end that the viewer may not see, or that is not there: the same answer.
        WrongUse: one actor twice, or a day that has not come.
    """
    if from_ == to:
        raise WrongUse("A tie has two ends: name two different actors.")
    if as_of and as_of > settings().today:
        raise WrongUse(f"{as_of} has not come yet: ask as of a day gone by.")
    rows = await reader.rows("ties/between", **{"from": from_}, to=to, me=reader.viewer.person)
    if not rows:
        raise await _missing(reader, from_, to)
    return _told(rows[0], as_of, reader.viewer.numbers)


async def _missing(reader: Reader, *uids: str) -> NotFound:
    for uid in uids:
        if not await reader.rows("resolve/known", ids=[uid]):
            return unknown(uid)
    return unknown(uids[-1])


def _told(row: Row, as_of: date | None, numbers: bool) -> Row:
    day = as_of or date.fromisoformat(row["as_of"][:10])
    seen = row["seen"]
    if as_of:
        kept = {o.uid for o in dated_by(observations(seen), as_of)}
        seen = [each for each in seen if each["uid"] in kept]
    heard = observations(seen)
    told, weighed = summary(heard, day), {s.observation.uid: s for s in shares(heard, day)}
    pieces = [piece(each, weighed[each["uid"]], row) for each in seen if not theirs_alone(each)]
    pieces.sort(key=lambda p: -(p["support"] + p["doubt"]))
    answer = _figures(told, row, numbers) | {
        "from_uid": row["from_uid"],
        "to_uid": row["to_uid"],
        "as_of": day.isoformat(),
        "evidence": pieces + _theirs(seen, row),
    }
    return answer | {"sentence": tell.tie(answer, row)}


def _figures(told: Summary | None, row: Row, numbers: bool) -> Row:
    """What may be said of the whole, and of the viewer's own account."""
    if told is None:
        return dict.fromkeys(FIGURES) | {"label": "not_yet_known", "kinds": [], "quiet": False}
    own = told.own_first if row["from_me"] else told.own_second if row["to_me"] else None
    return {
        "strength": round(told.strength, PLACES) if numbers else None,
        "against": round(told.against, PLACES) if numbers else None,
        "unknown": round(told.unknown, PLACES) if numbers else None,
        "step": round(told.step_there, PLACES) if numbers else None,
        "seen_differently": told.seen_differently if numbers else None,
        "own_account": None if own is None else round(own, PLACES),
        "label": told.label,
        "kinds": list(told.kinds),
        "last_seen": told.seen.isoformat() if told.seen else None,
        "quiet": told.quiet,
    }


def piece(each: Row, share: Share, row: Row) -> Row:
    """One piece of evidence: what it is, from whom, of when, and what it weighs today.

    `uid` is of the viewer's own alone: it takes the answer back.
    """
    return {
        "uid": each["uid"] if each["mine"] else None,
        "kind": each["kind"],
        "mine": each["mine"],
        "on": each["on"],
        "until": each["until"],
        "source": who_said(each),
        "support": round(share.support, PLACES),
        "doubt": round(share.doubt, PLACES),
        "counts": not share.why,
        "sentence": tell.evidence(each, share, row),
    }


def _theirs(seen: Sequence[Row], row: Row) -> list[Row]:
    """Of what others answered only that there is such an answer, once a kind."""
    kinds = sorted({each["kind"] for each in seen if theirs_alone(each)})
    return [
        {
            "uid": None,
            "kind": kind,
            "mine": False,
            "on": None,
            "until": None,
            "source": None,
            "support": None,
            "doubt": None,
            "counts": None,
            "sentence": tell.theirs(kind),
        }
        for kind in kinds
    ]
