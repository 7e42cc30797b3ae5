"""The viewer's own ties, whoever else may see them: the first step of their own pathways."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.ties.explain import myself
from tieline.queries.ties.observed import observations
from tieline.schema.records import OWN_WORD
from tieline.schema.shares import dated_by
from tieline.schema.strength import summary


@dataclass(frozen=True)
class Own:
    """`me`: the viewer's uid, if it is a person; `ties` by uid, as `hops` tells of one."""

    me: str | None = None
    ties: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def firsts(self) -> list[list[Any]]:
        """[uid, how good asking them is]."""
        return [[uid, tie["step"]] for uid, tie in sorted(self.ties.items())]


async def own(reader: Reader, from_uid: str | None = None, as_of: date | None = None) -> Own:
    """Empty but for the viewer's own pathways: those that begin with them."""
    if not reader.viewer.person:
        return Own()
    me = str((await myself(reader))["uid"])
    if from_uid not in (None, me):
        return Own(me)
    rows = await reader.rows("ties/mine", me=reader.viewer.person)
    found = {row["uid"]: told for row in rows if row["seen_as"] == 2 and (told := _tie(row, as_of))}
    return Own(me, found)


def _tie(row: dict[str, Any], as_of: date | None) -> dict[str, Any] | None:
    heard, day = observations(row["seen"]), as_of or date.fromisoformat(row["as_of"][:10])
    told = summary(dated_by(heard, as_of) if as_of else heard, day)
    if told is None or told.step_there <= 0:
        return None
    by = {o.source for o in heard if not as_of or o.on is None or o.on <= as_of}
    sources = {source for source in by if not source.startswith(OWN_WORD)}
    return {
        "from_uid": row["me"],
        "to_uid": row["uid"],
        "step": told.step_there,
        "label": told.label,
        "kinds": list(told.kinds),
        "last_seen": told.seen.isoformat() if told.seen else None,
        "source_slugs": sorted(sources),
    }
