"""A saved operation executed here, through the same schema and planner as over HTTP."""

import asyncio
from typing import Any

from strawberry.types import ExecutionResult

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import check, lacking
from tieline.database.reader import Reader, open_driver
from tieline.errors import DatabaseProblem, TielineError
from tieline.graphql.context import Asking
from tieline.graphql.errors import told
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.graphql.writing import Writer
from tieline.schema.consent import Viewer

SECONDS = 60.0  # a statement: a young server plans each text once, which may take it seconds


def answer(
    address: Address, viewer: Viewer, operation: str, variables: dict[str, Any]
) -> dict[str, Any]:
    """Exactly the `data` of the saved operation.

    Raises:
        TielineError: the first error, as itself where it is ours.
    """
    result = asyncio.run(_answer(address, viewer, operation, variables))
    for error in result.errors or ():
        if isinstance(error.original_error, TielineError):
            raise error.original_error
        whole(address)
        raise TielineError(told(error)[0])
    data: dict[str, Any] = result.data or {}
    return data


def whole(address: Address) -> None:
    """A statement failed: was it for want of the model?

    Raises:
        DatabaseProblem: it is not installed, or not all of it.
    """
    with Graph(address) as graph:
        if why := lacking(check(graph)):
            raise DatabaseProblem(why)


async def _answer(
    address: Address, viewer: Viewer, operation: str, variables: dict[str, Any]
) -> ExecutionResult:
    async with open_driver(address) as driver:
        reader, writer = Reader(driver, address.database, viewer, seconds=SECONDS), Writer(address)
        try:
            asking = Asking(reader, writer=writer)
            return await schema().execute(saved()[operation].text, variables, asking)
        finally:
            writer.close()
