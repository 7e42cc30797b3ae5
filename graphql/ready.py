"""GET /readyz: whether the database answers, holds the model of this code, and has planned its
questions; and how pathways are answered to whoever does not sign in: others' figures are not told.

Why it is not ready, and how to mend that, is for whoever runs the service: it is said in the log,
once and not with each look. Where the database is and what it lacks is not for whoever asks.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import check, lacking
from tieline.database.keeper import Keeper
from tieline.errors import Away, TielineError
from tieline.queries.pathways.snapshot.keep import Snapshot

log = logging.getLogger("tieline.graphql")
AWAY = "No database answers just now."
ILL = "The database is not as it should be: the log of this service says how to mend it."
PLANNING = "The database answers; its questions are being planned. Ask again in a moment."


@dataclass
class Ready:
    """`pathways`: how they are answered now. `said`: why it was not ready when last asked."""

    keeper: Keeper
    planned: asyncio.Event
    pathways: Callable[[], Snapshot]
    said: str = ""

    async def answer(self, _: Request) -> Response:
        try:
            why = lacking(await asyncio.to_thread(_missing, self.keeper.address))
            told = ILL
        except TielineError as error:
            why, told = str(error), AWAY if isinstance(error, Away) else ILL
            self.keeper.away()
        if why and why != self.said:
            log.warning("not ready: %s", why)
        self.said = why
        if why or not self.planned.is_set():
            return PlainTextResponse(f"{told if why else PLANNING}\n", status_code=503)
        return PlainTextResponse(f"ready\nPathways: {self.pathways().told()}.\n")


def _missing(address: Address) -> list[str]:
    with Graph(address) as graph:
        return check(graph)
