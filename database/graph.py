"""Reading and writing the graph, for everything but the GraphQL service (see reader.py)."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Self, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Bookmarks,
    GraphDatabase,
    ManagedTransaction,
    ResultSummary,
    Session,
    Transaction,
    exceptions,
    unit_of_work,
)

from tieline.database.address import Address
from tieline.database.driver import heed, mended, options, short
from tieline.database.home import Home
from tieline.database.statements import cypher
from tieline.settings import settings

T = TypeVar("T")
Rows = list[dict[str, Any]]

log = logging.getLogger("tieline.database")
READ_SECONDS = 60.0
WRITE_SECONDS = 300.0
STREAM_SECONDS = 86_400.0
AGAIN = 3
# Whoever wishes to know that a statement was run: its name, when it began, whether it was answered.
LISTENING: list[Callable[[str, float, bool], None]] = []


class Steps:
    """A transaction whose statements have names.

    `made`: nodes and relationships created so far. `changed`: whether any counter moved.
    """

    def __init__(self, transaction: ManagedTransaction | Transaction) -> None:
        self._transaction = transaction
        self._strict = settings().strict
        self.made = 0
        self.changed = False

    def run(self, name: str, /, **params: Any) -> Rows:
        """The rows that queries/<name>.cypher returns."""
        began = time.monotonic()
        result = self._transaction.run(cypher(name), short(params))
        keys = result.keys()
        rows = [dict(zip(keys, record.values(), strict=True)) for record in result]
        self._count(name, result.consume())
        tell(name, len(rows), began)
        return rows

    def each(self, name: str, rows: Sequence[Any]) -> Rows:
        """The statement over `$rows`, unless there are none."""
        return self.run(name, rows=list(rows)) if rows else []

    def stream(self, name: str, /, **params: Any) -> Iterator[dict[str, Any]]:
        began, rows = time.monotonic(), 0
        result = self._transaction.run(cypher(name), short(params))
        keys = result.keys()
        for record in result:
            rows += 1
            yield dict(zip(keys, record.values(), strict=True))
        self._count(name, result.consume())
        tell(name, rows, began)

    def _count(self, name: str, summary: ResultSummary) -> None:
        counters = summary.counters
        self.made += counters.nodes_created + counters.relationships_created
        self.changed |= counters.contains_updates
        if self._strict:
            heed(name, summary)


class Graph:
    """The graph at an address; a context manager, since it holds connections.

    What it reads includes what it wrote, on a cluster too: its sessions share bookmarks.

    Raises:
        DatabaseProblem: nobody answers there, or not to us.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        with mended(address.uri):
            self._driver = GraphDatabase.driver(address.uri, **options(address))
            self._bookmarks = GraphDatabase.bookmark_manager()
            try:
                self._driver.verify_connectivity()
            except BaseException:
                self._driver.close()
                raise
        log.info("connected", extra={"told": {"database": address.database}})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._driver.close()

    def read(self, name: str, /, **params: Any) -> Rows:
        """The rows that a statement returns; asked again by the driver if the server falters."""
        with mended(self.address.uri), self._session(READ_ACCESS) as session:
            asked = _within(READ_SECONDS, lambda s: s.run(name, **params))
            return _patiently(lambda: session.execute_read(asked))

    def stream(self, name: str, /, **params: Any) -> Iterator[dict[str, Any]]:
        """The rows one by one, in little memory.

        The one transaction that the driver does not manage: rows handed out cannot be taken
        back, so this cannot be asked again. It may last as long as its rows are being read.
        """
        with mended(self.address.uri), self._session(READ_ACCESS) as session:
            with session.begin_transaction(timeout=STREAM_SECONDS) as transaction:
                yield from Steps(transaction).stream(name, **params)

    def write(self, work: Callable[[Steps], T], seconds: float = WRITE_SECONDS) -> T:
        """Do work in one transaction: all of it or nothing.

        The driver calls `work` again after a deadlock or a lost connection, each time in a new
        transaction: it must have no effect but through its steps.
        """
        try:
            with mended(self.address.uri), self._session(WRITE_ACCESS) as session:
                return session.execute_write(_within(seconds, work))
        finally:  # a lost reply may hide a commit
            Home.current().forget()

    def bookmarks(self) -> Bookmarks:
        """What was last written or read here: a reader elsewhere can wait for it."""
        return Bookmarks.from_raw_values(self._bookmarks.get_bookmarks())

    def version(self) -> str:
        """Twelve digits that stay equal while nothing is committed and differ after any commit."""
        with mended(self.address.uri), self._session(READ_ACCESS) as session:
            asked = _within(READ_SECONDS, lambda s: s.run("database/ping"))
            _patiently(lambda: session.execute_read(asked))
            return digits(session.last_bookmarks().raw_values)

    def _session(self, access: str) -> Session:
        return self._driver.session(
            database=self.address.database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
        )


def tell(name: str, rows: int, began: float) -> None:
    """Log that a statement was run, never what with."""
    heard(name, began)
    if log.isEnabledFor(logging.DEBUG):
        ms = round((time.monotonic() - began) * 1000, 1)
        log.debug("statement", extra={"told": {"statement": name, "rows": rows, "ms": ms}})


def heard(name: str, began: float, ended: bool = True) -> None:
    for each in LISTENING:
        each(name, began, ended)


def _patiently(ask: Callable[[], T]) -> T:
    """A reading whose last word was lost is asked again: the driver does not, since a writing might
    be in."""
    for _ in range(AGAIN):
        with suppress(exceptions.IncompleteCommit):
            return ask()
    return ask()


def digits(bookmarks: frozenset[str]) -> str:
    """The graph's version: a digest of the bookmark that a read came back with."""
    return hashlib.sha256("\n".join(sorted(bookmarks)).encode()).hexdigest()[:12]


def _within(seconds: float, work: Callable[[Steps], T]) -> Callable[[ManagedTransaction], T]:
    @unit_of_work(timeout=seconds)
    def attempt(transaction: ManagedTransaction) -> T:
        return work(Steps(transaction))

    return attempt
