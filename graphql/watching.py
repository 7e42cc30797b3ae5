"""GET /metrics: figures for Prometheus and its like, in OpenMetrics where that is asked for.

Told to whoever asks from this machine, and to stewards; TIELINE_METRICS says it to others, or to
nobody. How many ties there are at a level is known by those who see them: others to whom it is said
are told of what anyone may see. What is counted is in `figures.py`; here is what stands now.
"""

import asyncio
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from prometheus_client import exposition, openmetrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import Response

from tieline.database.reader import Reader
from tieline.errors import Away, DatabaseProblem
from tieline.graphql.counted import counted
from tieline.graphql.figures import FIGURES
from tieline.graphql.logged import LEVELS
from tieline.graphql.refused import refusal
from tieline.graphql.signin.door import place
from tieline.graphql.view import View
from tieline.queries.pathways.snapshot.keep import Snapshots
from tieline.schema.consent import PUBLIC, STEWARD, Viewer

OPEN = "application/openmetrics-text"
OPEN_TYPE = f"{OPEN}; version=1.0.0; charset=utf-8"
PLAIN_TYPE = exposition.CONTENT_TYPE_PLAIN_0_0_4
SECONDS = 2.0  # whoever gathers figures is told soon that the database is away
UNTOLD = (
    "Figures are for this machine and for stewards: send a steward's token, or set TIELINE_METRICS."
)


@dataclass
class Watching:
    """`whom`: here, anyone or nobody."""

    view: View
    whom: str

    async def answer(self, request: Request) -> Response:
        levels = await self._levels(request)
        if isinstance(levels, Response):
            return levels
        version = await self._version()
        told: Any = Told(lambda: standing(version, self.view, levels))
        if OPEN in request.headers.get("accept", ""):
            openly: Callable[[Any], bytes] = openmetrics.exposition.generate_latest
            return Response(openly(told), media_type=OPEN_TYPE)
        return Response(exposition.generate_latest(told), media_type=PLAIN_TYPE)

    async def _levels(self, request: Request) -> Response | Container[int]:
        """Of which levels it is told how many ties there are; or a refusal."""
        if self.whom == "nobody":
            return refusal("Figures are not told here: TIELINE_METRICS.", 404, "NOT_FOUND")
        address = request.client.host if request.client else None
        if place(address) is None:
            return LEVELS
        openly = self.whom == "anyone"
        if openly and "authorization" not in request.headers:
            return (PUBLIC,)
        if refused := await self.view.welcome(request):
            return refused
        if request.state.visitor.viewer.level == STEWARD:
            return LEVELS
        return (PUBLIC,) if openly else refusal(UNTOLD, 403, "FORBIDDEN")

    async def _version(self) -> str | None:
        """Of the graph now; None: the database is away."""
        reader = Reader(self.view.driver, self.view.database, Viewer(STEWARD), seconds=SECONDS)
        try:
            return await asyncio.wait_for(reader.version(), SECONDS)
        except (Away, DatabaseProblem, TimeoutError):
            self.view.keeper.away()
            return None


@dataclass
class Told:
    """What is counted, and what stands now: a registry as prometheus-client reads one."""

    now: Callable[[], Iterable[Metric]]

    def collect(self) -> Iterator[Metric]:
        yield from FIGURES.collect()
        yield from self.now()


def standing(version: str | None, view: View, levels: Container[int]) -> Iterator[Metric]:
    up = GaugeMetricFamily("tieline_database_up", "1: the database answers; 0: it is away.")
    up.add_metric([], float(version is not None))
    yield up
    done = CounterMetricFamily(
        "tieline_completions",
        "How answers were put together; fell_back: begun anew.",
        labels=["way"],
    )
    for way, number in counted().items():
        done.add_metric([way], number)
    yield done
    held = "Connections held open: WebSockets, and Server-Sent Events."
    yield GaugeMetricFamily("tieline_connections_open", held, len(view.live.open))
    followed = "Subscriptions that are followed over them."
    yield GaugeMetricFamily("tieline_subscriptions_open", followed, view.live.hub.followers())
    yield from in_memory(version, view.snapshots, levels)


def in_memory(
    version: str | None, snapshots: Snapshots, levels: Container[int]
) -> Iterator[Metric]:
    """The ties kept in memory, for each level of which they are, of those that may be told."""
    ties = GaugeMetricFamily("tieline_snapshot_ties", "Ties in memory.", labels=["level"])
    size = GaugeMetricFamily("tieline_snapshot_bytes", "Memory they take.", labels=["level"])
    behind = GaugeMetricFamily(
        "tieline_snapshot_behind",
        "1: the graph has changed since; the next question brings them up.",
        labels=["level"],
    )
    built = CounterMetricFamily(
        "tieline_snapshot_reads", "Times they were read anew, or in part.", labels=["level", "how"]
    )
    for level, each in snapshots.levels():
        if level not in levels:
            continue
        name = LEVELS[level]
        ties.add_metric([name], each.ties)
        size.add_metric([name], each.size)
        behind.add_metric([name], float(each.ties > 0 and each.version != version))
        built.add_metric([name, "whole"], each.builds)
        built.add_metric([name, "part"], each.patches)
    yield from (ties, size, behind, built)
