"""Reading the graph for a command, as one viewer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from neo4j.exceptions import Neo4jError

from tieline.database.address import Address, find
from tieline.database.reader import Reader, open_driver
from tieline.graphql.inprocess import SECONDS, whole
from tieline.graphql.who import viewer_of
from tieline.schema.consent import Viewer

T = TypeVar("T")


def read(level: str, work: Callable[[Reader], Awaitable[T]]) -> T:
    """What `work` makes of a reader for the viewer of this name.

    Raises:
        DatabaseProblem: the model is not installed.
    """
    address = find()
    viewer = viewer_of(address, level)
    try:
        return asyncio.run(_read(address, viewer, work))
    except Neo4jError:
        whole(address)
        raise


async def _read(address: Address, viewer: Viewer, work: Callable[[Reader], Awaitable[T]]) -> T:
    async with open_driver(address) as driver:
        return await work(Reader(driver, address.database, viewer, seconds=SECONDS))
