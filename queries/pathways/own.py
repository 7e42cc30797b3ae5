"""The viewer's own ties, whoever else may see them: the first step of their own pathways."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tieline.database.reader import Reader
from tieline.queries.ties.explain import myself
from tieline.queries.ties.observed import observations
from tieline.schema.records import OWN_WORD
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


async def own(reader: Reader, from_uid: str | None = None) -> Own:
    """Empty but for the viewer's own pathways: those that begin with them."""
    if not reader.viewer.person:
        return Own()
    me = str((await myself(reader))["uid"])
    if from_uid not in (None, me):
        return Own(me)
    rows = await reader.rows("ties/mine", me=reader.viewer.person)
    found = {row["uid"]: told for row in rows if row["seen_as"] == 2 and (told := _tie(row))}
    return Own(me, found)


def _tie(row: dict[str, Any]) -> dict[str, Any] | None:
    told = summary(observations(row["seen"]), date.fromisoformat(row["as_of"][:10]))
    if told is None or told.step_there <= 0:
        return None
    sources = {each["source"] for each in row["seen"] if not each["source"].startswith(OWN_WORD)}
    return {
        "from_uid": row["me"],
        "to_uid": row["uid"],
        "step": told.step_there,
        "label": told.label,
        "kinds": list(told.kinds),
        "last_seen": told.seen.isoformat() if told.seen else None,
        "source_slugs": sorted(sources),
    }
