"""The things that can be followed: a load, and what is said of two records."""

import time
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import NotFound
from tieline.graphql.live.listener import Event
from tieline.queries.duplicates.likely import judgement
from tieline.schema.consent import Viewer

RUNNING, ENDS = "running", ("left_uid", "right_uid")
NEVER = float("inf")
LATE = timedelta(minutes=10)  # by which the clock of whoever judges may be behind


class LoadWatch:
    """How far a load is: an event whenever that has changed, the last one when it has ended or
    was interrupted. Whoever works on it says until when that holds: it is looked at again then."""

    last_only = True

    def __init__(self, uid: str) -> None:
        self.uid, self.over, self.due = uid, False, NEVER
        self._now: Event | None = None

    @property
    def key(self) -> Hashable:
        return ("load", self.uid)

    async def look(self, reader: Reader) -> list[Event]:
        """
        Raises:
            NotFound: there is none, or none that the viewer may see.
        """
        found = await reader.rows("live/load", uid=self.uid)
        if not found:
            raise NotFound(
                "There is no such load that you may see. Stewards find each with loads { nodes { "
                "id } }."
            )
        load: Event = found[0]["load"]
        self.over = load["state"] != RUNNING
        if not self.over:
            self.due = time.monotonic() + found[0]["left"] / 1000
        if load == self._now:
            return []
        self._now = load
        return [load | {"__typename": "Load"}]


class JudgedWatch:
    """What is said of two records from now on, or taken back, in a part of the field."""

    last_only = False
    over = False
    due = NEVER

    def __init__(self, place: str | None, theme: str | None, themes: list[str] | None) -> None:
        self._place, self._theme, self._themes = place, theme, themes
        self._seen: dict[str, tuple[Any, ...]] | None = None
        self._since = _moment(datetime.now(UTC) - LATE)

    @property
    def key(self) -> Hashable:
        return ("judged", self._place, self._theme)

    async def look(self, reader: Reader) -> list[Event]:
        rows = await reader.rows("live/judged", since=self._since)
        why = reader.viewer.numbers  # is told to stewards alone, and that it changed too
        now = {row["uid"]: (row["at"], row["verdict"], why and row["why"]) for row in rows}
        before, self._seen = self._seen, now
        self._since = max(self._since, _moment(datetime.now(UTC) - LATE))
        if before is None:
            return []
        fresh = [row for row in rows if before.get(row["uid"]) != now[row["uid"]]]
        inside = await self._inside(reader, {row[end] for row in fresh for end in ENDS})
        here = [row for row in fresh if any(row[end] in inside for end in ENDS)]
        return [told(row, reader.viewer) for row in here]

    async def _inside(self, reader: Reader, uids: set[str]) -> set[str]:
        """Those that are in the part of the field that is followed."""
        if not uids or (self._place is None and self._themes is None):
            return uids
        part = {"place": self._place, "themes": self._themes}
        return set(await reader.pages("live/inside", uids=sorted(uids), **part))


def told(row: dict[str, Any], viewer: Viewer) -> Event:
    told = judgement(row, viewer.numbers)
    return told | {"change": row["change"], "__typename": "Judgement"}


def _moment(at: datetime) -> str:
    """As judgements say when they were made: texts that sort as moments do."""
    return at.isoformat(timespec="seconds")
