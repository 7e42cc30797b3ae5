"""Reading on behalf of one viewer, without waiting: what GraphQL and the questions ask through."""

import time
from collections.abc import Awaitable
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    AsyncSession,
    Bookmarks,
    Query,
    unit_of_work,
)
from neo4j.exceptions import DriverError, Neo4jError

from tieline.database.address import Address
from tieline.database.driver import CONNECT, heed, mended, options, short
from tieline.database.graph import Rows, digits, heard, tell
from tieline.database.statements import given, sent
from tieline.database.waiting import lighten
from tieline.errors import DatabaseProblem
from tieline.schema.consent import Viewer
from tieline.settings import strict

SECONDS = 5.0  # of server time a statement may take
RETRY_SECONDS, FIRST_RETRY = 0.5, 0.1  # a viewer is told soon that the database is away
_where: WeakKeyDictionary[AsyncDriver, str] = WeakKeyDictionary()  # a driver does not say it


def open_driver(address: Address) -> AsyncDriver:
    """A driver for any number of readers; whoever opens it closes it.

    Raises:
        WrongUse: the address is none.
    """
    lighten()
    with mended(address.uri):
        opened = AsyncGraphDatabase.driver(
            address.uri,
            # whoever is silent on the port is no database: greeting counts as acquiring
            **options(address)
            | {"connection_timeout": CONNECT, "connection_acquisition_timeout": 2 * CONNECT},
            max_transaction_retry_time=RETRY_SECONDS,
            initial_retry_delay=FIRST_RETRY,
        )
        _where[opened] = address.uri
        return opened


class Reader:
    """One viewer's eyes, for one request: every statement is given `$level`.

    `statements`: the names that were run, in order.
    """

    def __init__(
        self,
        driver: AsyncDriver,
        database: str,
        viewer: Viewer,
        bookmarks: Bookmarks | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.viewer = viewer
        self.statements: list[str] = []
        self._driver, self._database, self._bookmarks = driver, database, bookmarks
        self._seconds = seconds
        self._where = _where.get(driver, "the address in use")
        self._strict = strict()
        self._version: str | None = None

    def seen_by(self, viewer: Viewer) -> "Reader":
        """Another's eyes, on the same graph and what was written to it."""
        given = (self._driver, self._database, viewer, self._bookmarks, self._seconds)
        return Reader(*given)

    async def rows(self, name: str, /, **params: Any) -> Rows:
        """The rows that queries/<name>.cypher returns to this viewer."""
        self.statements.append(name)
        return await self._ask(name, params)

    async def pages(self, name: str, /, **params: Any) -> Any:
        """The single value of the single record: how lists travel, since records are dear."""
        rows = await self.rows(name, **params)
        if len(rows) != 1 or len(rows[0]) != 1:
            raise DatabaseProblem(f"queries/{name}.cypher must return one value in one record.")
        return next(iter(rows[0].values()))

    async def version(self) -> str:
        """The graph's version before anything that is read from now on; asked once.

        Later statements of this reader see at least this version, on a cluster too.
        """
        if self._version is None:
            with mended(self._where):
                async with self._session() as session:
                    await self._asked(session, "database/ping", {})
                    self._bookmarks = await session.last_bookmarks()
            self._version = digits(self._bookmarks.raw_values)
        return self._version

    def after(self, bookmarks: Bookmarks) -> None:
        """What is read from now on includes what these bookmarks stand for."""
        raw = (
            self._bookmarks.raw_values if self._bookmarks else frozenset()
        ) | bookmarks.raw_values
        self._bookmarks, self._version = Bookmarks.from_raw_values(raw), None

    @property
    def bookmarks(self) -> Bookmarks | None:
        return self._bookmarks

    async def _ask(self, name: str, params: dict[str, Any]) -> Rows:
        with mended(self._where):
            async with self._session() as session:
                return await self._asked(session, name, {**params, "level": self.viewer.level})

    async def _asked(self, session: AsyncSession, name: str, params: dict[str, Any]) -> Rows:
        """By itself at first, which is half the messages of a transaction; in one where it has to
        be tried again, unless the first try took all the time there is for that."""
        began = time.monotonic()
        try:
            query = _query(name, self._seconds)
            return await self._read(name, session.run(query, given(name, short(params))))
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable() or time.monotonic() - began > RETRY_SECONDS:
                raise
        return await session.execute_read(self._work(name, params))

    def _session(self) -> AsyncSession:
        return self._driver.session(
            database=self._database, default_access_mode=READ_ACCESS, bookmarks=self._bookmarks
        )

    def _work(self, name: str, params: dict[str, Any]) -> Any:
        @unit_of_work(timeout=self._seconds)
        async def attempt(transaction: AsyncManagedTransaction) -> Rows:
            run = transaction.run(sent(name), given(name, short(params)))
            return await self._read(name, run)

        return attempt

    async def _read(self, name: str, asked: Awaitable[AsyncResult]) -> Rows:
        """Its rows, their values as the driver has them: it may take long to make them plainer."""
        began = time.monotonic()
        try:
            result = await asked
            keys = result.keys()
            rows = [dict(zip(keys, record.values(), strict=True)) async for record in result]
            summary = await result.consume()
        except BaseException:
            heard(name, began, ended=False)
            raise
        tell(name, len(rows), began)
        if self._strict:
            heed(name, summary)
        return rows


@cache
def _query(name: str, seconds: float) -> Query:
    return Query(sent(name), timeout=seconds)
