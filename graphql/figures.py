"""What this process counts for whoever looks after it, told at /metrics (`watching.py`).

No label holds what anybody wrote: an operation is a saved one by the name of its file, or `other`;
a route is one of ours, a code and a statement are words of this code. So there are only so many
lines however long it runs, and none of them is about anybody.
"""

import time
from collections.abc import Iterable
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, Summary
from prometheus_client.process_collector import ProcessCollector

from tieline.database.graph import LISTENING
from tieline.graphql.documents import known, sha256

OTHER = "other"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
EVENTS = "(events)"
ROUTES = {
    "/graphql": "graphql",
    EVENTS: "events",
    "/healthz": "health",
    "/readyz": "health",
    "/metrics": "metrics",
}

FIGURES = CollectorRegistry()
ProcessCollector(registry=FIGURES)
REQUESTS = Counter(
    "tieline_requests",
    "Requests, by route, saved operation (or format of an export) and status; 499: hung up; of a "
    "WebSocket's operations how they ended.",
    ("route", "operation", "status"),
    registry=FIGURES,
)
SECONDS = Histogram(
    "tieline_request_seconds",
    "How long requests took.",
    ("route",),
    buckets=BUCKETS,
    registry=FIGURES,
)
ERRORS = Counter(
    "tieline_errors", "Errors told to whoever asked, by code.", ("code",), registry=FIGURES
)
STATEMENTS = Summary(
    "tieline_statement_seconds",
    "How long statements took, by file in queries/.",
    ("statement",),
    registry=FIGURES,
)
FAILED = Counter(
    "tieline_statements_failed",
    "Statements that gave no answer: cancelled, timed out, or the database was away.",
    ("statement",),
    registry=FIGURES,
)


# A line is looked up once: to find it by its labels costs more than to count.
_requests = cache(REQUESTS.labels)
_seconds = cache(SECONDS.labels)
_statements = cache(STATEMENTS.labels)


def answered(path: str, operation: str | None, status: int, seconds: float) -> None:
    """One more request. `path`: or EVENTS, of one whose answers came one by one, however long."""
    route = route_of(path)
    _requests(route, operation or OTHER, str(status)).inc()
    _seconds(route).observe(seconds)


def route_of(path: str) -> str:
    if path.startswith("/export/"):
        return "export"
    return ROUTES.get(path, OTHER)


def operation_of(text: str) -> str | None:
    """The name of the saved operation that this document is, to the letter.

    Worked out each time, in some millionths of a second: to remember it, texts would be held.
    """
    return known().get(sha256(text))


def told(codes: Iterable[str]) -> None:
    """Errors that went out."""
    for code in codes:
        ERRORS.labels(code).inc()


def ran(name: str, began: float, ended: bool) -> None:
    """A statement was run; `began` by time.monotonic, `ended`: it gave its answer."""
    _statements(name).observe(time.monotonic() - began)
    if not ended:
        FAILED.labels(name).inc()


def listen() -> None:
    """From now on statements are counted."""
    if ran not in LISTENING:
        LISTENING.append(ran)
