"""A view of the ties kept in process: built in the background, and as fresh as the last commit.

    snapshots = Snapshots(driver, database, least=200_000)
    view = await snapshots.view(reader)   # None: not built yet, or changing too fast: ask Cypher

Whoever writes a tie notes which (queries/load/touch.cypher) in the same transaction. A request
reads the graph's bookmark first; if it is not the one that the view was read at, the notes since
say which pairs to read again. Notes are fetched by their stamp; one that was stamped long before
it was committed, or was swept away, shows as a number that is not right, and all is read anew.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from neo4j import AsyncDriver

from tieline.database.reader import Reader
from tieline.queries.pathways.snapshot.build import patched, read
from tieline.queries.pathways.snapshot.view import View
from tieline.schema.consent import Viewer

LATE_MS = 60_000  # how long before its commit a note may have been stamped
MOST = 5_000  # pairs touched beyond which reading anew is quicker
TRIES = 3  # times the notes are read before the view is left for the next request
SECONDS = 60.0  # a page of ties may take while everything is read
NAME = 100  # bytes an actor's uid takes, twice counted: the text and the number
CYPHER = "by Cypher"
log = logging.getLogger(__name__)


class Snapshots:
    """A snapshot for each level that is asked for; fields of fewer than `least` ties have none."""

    def __init__(self, driver: AsyncDriver, database: str, least: int) -> None:
        self._driver, self._database, self._least = driver, database, least
        self._levels: dict[int, Snapshot] = {}

    def of(self, viewer: Viewer) -> "Snapshot":
        if viewer.level not in self._levels:
            level = Viewer(viewer.level)
            patient = partial(Reader, self._driver, self._database, level, seconds=SECONDS)
            self._levels[viewer.level] = Snapshot(patient, self._least)
        return self._levels[viewer.level]

    async def view(self, reader: Reader) -> View | None:
        return await self.of(reader.viewer).view(reader)

    def levels(self) -> list[tuple[int, "Snapshot"]]:
        """Those there are, by level."""
        return sorted(self._levels.items())

    def forget(self) -> None:
        """Nothing of the ties stays in memory: the next question reads them anew."""
        for snapshot in self._levels.values():
            snapshot.forget()

    async def close(self) -> None:
        for snapshot in self._levels.values():
            await snapshot.close()


class Snapshot:
    """One a process and level. `builds` and `patches` count what it took to stay fresh."""

    def __init__(self, reader: Callable[[], Reader], least: int) -> None:
        self._reader, self._least = reader, least
        self._version = ""  # of the graph that `_view` was read from
        self._view: View | None = None
        self._next: View | None = None
        self._seen: dict[str, int] = {}
        self._lock = asyncio.Lock()
        self._building: asyncio.Task[None] | None = None
        self.builds = self.patches = 0

    @property
    def large(self) -> bool:
        """Whether the field has so many ties that they are kept in memory, or are being read."""
        return self._view is not None or self._building is not None

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return _size(self._view) if self._view else 0

    @property
    def ties(self) -> int:
        return int(self._view.outward.count.sum()) if self._view else 0

    @property
    def version(self) -> str:
        """Of the graph that is in memory; empty: none has been asked for yet."""
        return self._version

    def forget(self) -> None:
        if self._building:  # what it has read so far goes with it
            self._building.cancel()
        self._version, self._view, self._next, self._seen = "", None, None, {}

    def told(self) -> str:
        """From where this level's pathways come, and the memory that takes."""
        if self._building and not self._building.done():
            return f"{CYPHER}, while the ties are read into memory"
        if view := self._next:
            ties, actors = view.outward.count.sum(), len(view.actors.uids)
            return f"from memory, {_size(view) / 1e6:.1f} MB for {ties:,} ties of {actors:,} actors"
        return CYPHER

    async def view(self, reader: Reader) -> View | None:
        """What the graph holds now, for the level of this reader: every commit so far is in it."""
        version = await reader.version()
        if self._version != version:
            if self._building and not self._building.done():
                return None
            async with self._lock:
                if self._version != version and await self._follow(reader):
                    self._version, self._view = version, self._next
        return self._view if self._version == version else None

    async def close(self) -> None:
        if self._building:
            self._building.cancel()
            await asyncio.gather(self._building, return_exceptions=True)

    async def _follow(self, reader: Reader) -> bool:
        """Whether the view holds all that was committed before; small fields have none."""
        for _ in range(TRIES):
            noted = await self._noted(reader, self._seen)
            news = noted["news"]
            if noted["ties"] < self._least:
                self._next, self._seen = None, {}
                return True
            if self._next is None or self._lost(noted["total"], news):
                self._building = asyncio.create_task(self._build())
                return False
            if not news:
                return True
            await self._patch(reader, news)
        return False

    async def _noted(self, reader: Reader, seen: Mapping[str, int]) -> dict[str, Any]:
        since = max(seen.values(), default=LATE_MS) - LATE_MS
        recent = [uid for uid, at in seen.items() if at >= since]
        return (await reader.rows("database/touched", since=since, seen=recent))[0]

    def _lost(self, total: int, news: list[dict[str, Any]]) -> bool:
        """Whether the notes cannot say what to read again."""
        if total != len(self._seen) + len(news):
            return True
        if any(note["pairs"] is None for note in news):
            return True
        return sum(len(note["pairs"]) // 2 + len(note["actors"]) for note in news) > MOST

    async def _patch(self, reader: Reader, news: list[dict[str, Any]]) -> None:
        before = self._next
        pairs = {p for n in news for p in zip(n["pairs"][::2], n["pairs"][1::2], strict=True)}
        whole = {uid for note in news for uid in note["actors"]}
        ends = {end for pair in pairs for end in pair}
        rows = await reader.rows(
            "pathways/changed",
            pairs=sorted(map(list, pairs)),
            actors=sorted(whole),
            people=sorted(whole | ends),  # who was gone may be back
            step=reader.viewer.of("step"),
        )
        if before is None or self._next is not before:
            return  # it was forgotten meanwhile
        self._next = patched(before, pairs, whole, rows[0])
        self._seen |= {note["uid"]: note["at"] for note in news}
        self.patches += 1

    async def _build(self) -> None:
        began = time.monotonic()
        reader = self._reader()
        try:
            noted = await self._noted(reader, {})
            self._next = await read(reader)
        except Exception:  # the database went away, say: the next request tries again
            log.exception("The ties could not be read into memory. Pathways are asked of Cypher.")
            return
        self._seen = {note["uid"]: note["at"] for note in noted["news"]}
        self.builds += 1
        told = {
            "level": reader.viewer.level,
            "ties": int(self._next.outward.count.sum()),
            "actors": len(self._next.actors.uids),
            "megabytes": round(_size(self._next) / 1e6, 2),
            "ms": round((time.monotonic() - began) * 1000),
        }
        log.info("the ties are in memory", extra={"told": told})


def _size(view: View) -> int:
    return view.size + NAME * len(view.actors.uids)
