"""My own ties and answers: always mine, and of figures my own account alone."""

from datetime import date
from typing import Any

import orjson

from tieline.database.reader import Reader
from tieline.queries.ties import tell
from tieline.queries.ties.explain import myself
from tieline.queries.ties.observed import observations
from tieline.schema.shares import NEWER, shares
from tieline.schema.strength import summary
from tieline.schema.ties import PLACES

Row = dict[str, Any]
ORDER = ("thick", "middling", "thin", "not_yet_known")


async def ties(reader: Reader) -> list[Row]:
    """[{uid, actor_uid, name, label, own_account, kinds, last_seen}], the thickest first, by name.

    `actor_uid` is None where somebody may not be seen by members, but the viewer has spoken of
    them. Whoever is hidden is in no answer.

    Raises:
        WrongUse, NotFound: the viewer is nobody in particular, or not there any more.
    """
    await myself(reader)
    rows = await reader.rows("ties/mine", me=reader.viewer.person)
    found = [told for row in rows if row["seen_as"] and (told := _tie(row))]
    return sorted(found, key=lambda t: (ORDER.index(t["label"]), t["name"] or "", t["uid"]))


def _tie(row: Row) -> Row | None:
    told = summary(observations(row["seen"]), date.fromisoformat(row["as_of"][:10]))
    if told is None:
        return None
    return {
        "uid": f"{row['me']}~{row['uid']}",
        "actor_uid": row["uid"] if row["seen_as"] == 2 else None,
        "to_uid": row["uid"],
        "name": row["name"] or _named(next(e for e in row["seen"] if e["mine"])),
        "label": told.label,
        "own_account": round(_own(row, told), PLACES),
        "kinds": list(told.kinds),
        "last_seen": told.seen.isoformat() if told.seen else None,
    }


def _own(row: Row, told: Any) -> float:
    """`forward` runs from the viewer: theirs is the first account."""
    return float(told.own_first)


async def answers(reader: Reader) -> list[Row]:
    """[{uid, name, kind, said, on, source, stands}] of what the viewer said, the newest first.

    Of somebody hidden the name is the one the viewer's own words hold.

    Raises:
        WrongUse, NotFound: the viewer is nobody in particular, or not there any more.
    """
    await myself(reader)
    rows = await reader.rows("ties/mine", me=reader.viewer.person)
    found = [answer for row in rows for answer in _answers(row)]
    found.sort(key=lambda a: (a["name"], a["kind"], a["uid"]))
    return sorted(found, key=lambda a: a["on"] or "", reverse=True)


def _answers(row: Row) -> list[Row]:
    day = date.fromisoformat(row["as_of"][:10])
    why = {s.observation.uid: s.why for s in shares(observations(row["seen"]), day)}
    return [
        {
            "uid": each["uid"],
            "name": row["name"] or _named(each),
            "kind": each["kind"],
            "said": tell.answer(each),
            "on": each["on"],
            "source": each["source"],
            "stands": why[each["uid"]] != NEWER,
        }
        for each in row["seen"]
        if each["mine"]
    ]


def _named(each: Row) -> str:
    fields = orjson.loads(each["named"]) if each["named"] else {}
    return str(fields.get("name") or "somebody who is not shown")
