"""The few plain sentences that could be sent to the first go-between, to be put in one's own words.

Nothing is kept: only who says that it was sent makes an Ask of it (loaders/asks.py). It tells the
go-between whom the asker wishes to meet and whom they themselves could ask, and of nobody's ties
but their own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.pathways.ask import HOPS
from tieline.queries.pathways.own import own
from tieline.queries.pathways.tell import listed
from tieline.queries.resolve.seen import unknown

Who = Mapping[str, Any]


async def draft(reader: Reader, uids: Sequence[str]) -> dict[str, Any]:
    """From a route's uids, who asks first and whom they wish to meet last.

    Returns `of_uid` (the go-between it is for), `whom_uid` (whom to write to there, where that is
    an organisation and somebody may be seen), `by_uid`, `to_uid`, `sentences` and `text`.

    Raises:
        NotFound: somebody the viewer may not see, or who is not there: the same answer.
        WrongUse: no route with a go-between, a step that no recorded tie bears, or somebody who
            takes no requests.
    """
    if not 3 <= len(uids) <= HOPS + 1 or len(set(uids)) < len(uids):
        raise WrongUse(
            "A route to ask along has 3 to 5 different actors: who asks, whom to ask, and so on."
        )
    mine = await own(reader, uids[0])
    step, known = reader.viewer.of("step"), sorted(mine.ties)
    rows = await reader.rows(
        "pathways/introduction", uids=list(uids), me=mine.me, own=known, step=step
    )
    found = rows[0]
    who = {each["uid"]: each for each in found["who"]}
    for uid in uids:
        if uid not in who:
            raise unknown(uid)
    _check(found, [who[uid] for uid in uids])
    there, belong = await _there(reader, who[uids[1]], uids)
    both = {uids[0], uids[2]} <= set(belong)
    sentences = _sentences([who[uid] for uid in uids], there, found["shared"], both)
    return {
        "by_uid": uids[0],
        "of_uid": uids[1],
        "to_uid": uids[-1],
        "whom_uid": there["uid"] if there else None,
        "sentences": sentences,
        "text": "\n".join(sentences),
    }


def _check(found: Mapping[str, Any], who: Sequence[Who]) -> None:
    if found["steps"] < len(who) - 1:
        raise WrongUse("No recorded tie bears one of these steps: ask for the pathways again.")
    closed = [each["name"] for each in who[1:-1] if not each["taking_requests"]]
    if closed:
        raise WrongUse(f"{listed(closed)} takes no requests now: ask for another route.")


async def _there(
    reader: Reader, body: Who, uids: Sequence[str]
) -> tuple[Who | None, Sequence[str]]:
    """Whom to write to in an organisation, if somebody there may be seen and asked; and who of
    these belongs to it."""
    if body["person"]:
        return None, []
    rows = await reader.rows("pathways/company", uids=[body["uid"], *uids], me=None)
    row = next(row for row in rows if row["uid"] == body["uid"])
    asked = {"uid": row["ask"][0][0], "name": row["ask"][0][1]} if row["ask"] else None
    return asked, row["belong"]


def _sentences(
    who: Sequence[Who], there: Who | None, shared: Sequence[str], both: bool
) -> list[str]:
    """`both`: the asker and whoever comes after the first go-between belong to it."""
    asker, first, *rest = who
    wanted, near = rest[-1]["name"], rest[0]["name"]
    greeted = there["name"] if there else first["name"]
    meet = "meet" if rest[-1]["person"] else "get in touch with"
    said = [f"Dear {greeted},", f"I would like to {meet} {wanted}.{_both(shared)}"]
    if both and len(rest) == 1:
        said.append(
            f"As far as I can tell we both belong to {first['name']}: would you introduce us?"
        )
    elif both:
        said.append(
            f"As far as I can tell {near} and I both belong to {first['name']}, and {near} may "
            f"know a way on: would you ask {near} whether they would pass this along?"
        )
    elif len(rest) == 1:
        you = "you know them" if first["person"] else f"{first['name']} is in touch with them"
        said.append(f"As far as I can tell {you}: would you introduce us?")
    else:
        you = "you know" if first["person"] else f"{first['name']} is in touch with"
        said.append(
            f"As far as I can tell {you} {near}, who may know a way on: would you ask {near} "
            "whether they would pass this along?"
        )
    said.append("If this is not the moment, or not yours to do, that is quite all right.")
    return [*said, "With thanks,", str(asker["name"])]


def _both(shared: Sequence[str]) -> str:
    return f" Both of us have to do with {listed(shared, 3)}." if shared else ""
