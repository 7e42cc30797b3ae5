"""Logs, on stderr: plain lines, or one JSON object a line. Only warnings, until more is asked for.

A line names commands, statements, requests and figures, never what they were asked with: no
parameter, no variable, no query string, nobody's name, no password. So of an error it tells the
type and where it was raised, not its message, and the driver's own account of what goes over the
wire, which holds every parameter, is never switched on.

    log.info("loaded", extra={"told": {"rows": 783, "ms": 912}})    {"message": "loaded", ...}
"""

import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import orjson

from tieline.settings import JSON

LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
OURS = ("tieline", "uvicorn", "neo4j")  # whose lines -v and -vv let through
WIRE = "neo4j.io"  # logs each message with its parameters
SOCKETS = "uvicorn.error"  # of a WebSocket: who it is, its query string, at -vv each message
FRAMES = 12  # places of an error told, the innermost

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)  # the one being answered
Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def set_up(verbose: int, form: str) -> None:
    """Log to stderr from now on: `verbose` 0 warnings, 1 what is done, 2 or more statements too.

    Once more changes it. Other handlers (a test's, an application's around us) stay.
    """
    handler = Stderr()
    handler.setFormatter(Json() if form == JSON else Plain())
    handler.set_name("tieline")
    root = logging.getLogger()
    for old in [each for each in root.handlers if each.get_name() == "tieline"]:
        root.removeHandler(old)
    root.addHandler(handler)
    level = LEVELS[min(verbose, len(LEVELS) - 1)]
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.getLogger(WIRE).setLevel(logging.WARNING)
    logging.getLogger(SOCKETS).addFilter(_no_wire)


def _no_wire(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or "websockets" not in record.pathname


def told(record: logging.LogRecord) -> dict[str, Any]:
    """A line as an object: time, level, logger, message, request, what it tells, error."""
    at = datetime.fromtimestamp(record.created, UTC)
    line: dict[str, Any] = {
        "time": at.isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": record.getMessage(),
    }
    if request := REQUEST.get():
        line["request"] = request
    line |= getattr(record, "told", {})
    return line | (traced(record.exc_info) if record.exc_info else {})


def traced(caught: Caught) -> dict[str, Any]:
    """Its type, the database's code for it, and the places it came through; never its message."""
    kind, cause, _ = caught
    if kind is None or cause is None:
        return {}
    frames = traceback.extract_tb(cause.__traceback__)[-FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    code = getattr(cause, "code", None)
    named = {"code": code} if isinstance(code, str) else {}
    return {"error": f"{kind.__module__}.{kind.__qualname__}", **named, "places": places}


class Stderr(logging.Handler):
    """Whatever stderr is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
        except Exception:
            self.handleError(record)


class Json(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return orjson.dumps(told(record), default=str).decode()


class Plain(logging.Formatter):
    """`14:02:11 info tieline.load loaded rows=783 ms=912`; the places of an error under it."""

    def format(self, record: logging.LogRecord) -> str:
        line = told(record)
        places = line.pop("places", [])
        head = (line.pop("time")[11:19], line.pop("level"), line.pop("logger"), line.pop("message"))
        more = [f"{name}={value}" for name, value in line.items()]
        first = " ".join([*map(str, head), *more])
        clean = "".join(letter if letter.isprintable() else " " for letter in first)
        return "\n".join([clean, *(f"    {place}" for place in places)])
