"""Changing the graph on behalf of a request: the loaders' own functions, beside its reading."""

import asyncio
import base64
import binascii
import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import orjson
from neo4j import Bookmarks

from tieline.database.address import Address
from tieline.database.graph import Graph, Steps
from tieline.errors import BadBookmark, WrongUse

if TYPE_CHECKING:
    from tieline.graphql.context import Asking

T = TypeVar("T")
SHAPE = re.compile(r"FB:[A-Za-z0-9+/=]{4,400}")  # of others its servers say that they are at fault
SECONDS = 60.0  # a change may take so long: the first one waits for its statements' plans


class ReadsOnly(WrongUse):
    code = "FORBIDDEN"


class Writer:
    """One process's way to write: its connections are opened with the first change."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._graph: Graph | None = None
        self._opening = threading.Lock()

    def write(self, work: Callable[[Steps], T]) -> tuple[T, Bookmarks]:
        """Do work in one transaction; what was done, and by what it can be waited for."""
        with self._opening:
            if self._graph is None:
                self._graph = Graph(self.address)
        return self._graph.write(work, SECONDS), self._graph.bookmarks()

    def close(self) -> None:
        if self._graph is not None:
            self._graph.close()
            self._graph = None


async def write(asking: "Asking", work: Callable[[Steps], T]) -> T:
    """Do work in one transaction. What this request reads afterwards includes it.

    Raises:
        ReadsOnly: the token of whoever asks is for reading.
    """
    if asking.reads_only:
        raise ReadsOnly("This token only reads. Ask with one of the scope write.")
    if asking.writer is None:
        raise WrongUse("Nothing can be changed here: this service only reads.")
    done, bookmarks = await asyncio.to_thread(asking.writer.write, work)
    asking.reader.after(bookmarks)
    return done


def bookmark(asking: "Asking") -> str:
    """A text that a later request gives as X-Tieline-Bookmark, to read what this one wrote."""
    held = asking.reader.bookmarks
    raw = sorted(held.raw_values) if held else []
    return base64.urlsafe_b64encode(orjson.dumps(raw)).decode()


def bookmarks_of(text: str | None) -> Bookmarks | None:
    """From a header.

    Raises:
        BadBookmark: a text that `bookmark` did not make.
    """
    if not text:
        return None
    try:
        raw = orjson.loads(base64.urlsafe_b64decode(text))
    except (ValueError, binascii.Error):
        raw = None
    if not isinstance(raw, list) or not all(SHAPE.fullmatch(str(each)) for each in raw):
        raise BadBookmark("This bookmark is not one of ours: take it from a mutation's answer.")
    return Bookmarks.from_raw_values(raw)
