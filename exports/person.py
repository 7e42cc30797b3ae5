"""All that is known of one person, as they may take it away: one JSON document.

Their records in full with where each comes from, what they said, what they belong to, their ties,
requests and judgements. Of what others said of them the kind alone: what they answered is theirs.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from tieline.database.reader import Reader
from tieline.queries.ties.explain import myself
from tieline.queries.ties.mine import answers, ties
from tieline.schema.consent import HIDDEN, NAMES, STEWARD
from tieline.settings import settings

Row = dict[str, Any]
SEEN_BY = {level: name for name, level in NAMES.items()}
TIE = ("name", "label", "own_account", "kinds", "last_seen")
LEFT_OUT = (
    "This copy was made by a steward, and is not all. What only the person may see, what they "
    "answered, what they said and their own account of their ties are in the one they take by a "
    "token of their own. Whoever runs the service makes them one: "
    'tieline token create "to take a copy" --person {uid} --expires 7d'
)
ANSWER = ("name", "kind", "said", "on", "stands")


async def told(reader: Reader, whole: bool = True) -> Row:
    """Of the person who reads: `reader` must be theirs, so that nobody is named whom they may not
    see. Not `whole`: a steward has it for them; what only they may see is then left out.

    Raises:
        WrongUse, NotFound: the reader is nobody in particular, or not there any more.
    """
    me = await myself(reader)
    who: Any = {"me": reader.viewer.person, "least": HIDDEN if whole else STEWARD}
    records = await reader.rows("person/records", **who)
    kept = (await reader.rows("person/kept", **who))[0]
    return {
        "made": settings().today.isoformat(),
        "graph_version": await reader.version(),
        "person": {name: value for name, value in me.items() if name != "level"},
        "name_seen_from": SEEN_BY.get(me["consent"]),
        "handles": sorted({row["handle"] for row in records}),
        "records": [_record(row) for row in records],
        "relationships": await reader.rows("person/related", **who),
        **(await _own(reader) if whole else {"left_out": LEFT_OUT.format(uid=me["uid"])}),
        "said_by_others": await reader.rows("person/heard", **who),
        **kept,
    }


async def _own(reader: Reader) -> Row:
    """What they said, and their ties as that makes them: theirs alone."""
    said = await reader.rows("person/said", me=reader.viewer.person)
    return {
        "ties": [_some(row, TIE) for row in await ties(reader)],
        "answers": [_some(row, ANSWER) for row in await answers(reader)],
        "said": [_said(row) for row in said],
    }


def _record(row: Mapping[str, Any]) -> Row:
    held = {"uid": row["uid"], "date": row["date"], "identifiers": row["ids"]}
    return held | {"fields": orjson.loads(row["fields"]), "source": row["source"]}


def _said(row: Mapping[str, Any]) -> Row:
    return {"uid": row["uid"], "date": row["date"], "fields": orjson.loads(row["fields"])}


def _some(row: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return {name: row.get(name) for name in names}
