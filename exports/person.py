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
from tieline.schema.consent import NAMES
from tieline.settings import settings

Row = dict[str, Any]
SEEN_BY = {level: name for name, level in NAMES.items()}
TIE = ("name", "label", "own_account", "kinds", "last_seen")
ANSWER = ("name", "kind", "said", "on", "stands")


async def told(reader: Reader) -> Row:
    """Of the person who reads: `reader` must be theirs, so that nobody is named whom they may not
    see.

    Raises:
        WrongUse, NotFound: the reader is nobody in particular, or not there any more.
    """
    me = await myself(reader)
    who: Any = {"me": reader.viewer.person}
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
        "ties": [_some(row, TIE) for row in await ties(reader)],
        "answers": [_some(row, ANSWER) for row in await answers(reader)],
        "said": [_said(row) for row in await reader.rows("person/said", **who)],
        "said_by_others": await reader.rows("person/heard", **who),
        **kept,
    }


def _record(row: Mapping[str, Any]) -> Row:
    held = {"uid": row["uid"], "date": row["date"], "identifiers": row["ids"]}
    return held | {"fields": orjson.loads(row["fields"]), "source": row["source"]}


def _said(row: Mapping[str, Any]) -> Row:
    return {"uid": row["uid"], "date": row["date"], "fields": orjson.loads(row["fields"])}


def _some(row: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return {name: row.get(name) for name in names}
