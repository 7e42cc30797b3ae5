"""The one door: every error leaves as a sentence that says what to do, with a code.

Never a stack trace, never Cypher: what is not ours to tell is logged under a short mark, and the
answer names the mark.
"""

import logging
import secrets
from typing import Any

from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from tieline.errors import Ambiguous, Away, DatabaseProblem, TielineError, TookTooLong, Unknown
from tieline.graphql import limits
from tieline.logs import traced

log = logging.getLogger("tieline.graphql")
# Of answers that come one by one: no document, none of that name, or of a kind not for this way.
NOT_ASKED = (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError)
INTERNAL = "INTERNAL"
AWAY = "The database is away just now. Ask again in some seconds."
LOST = (
    "The database went away while this was written: it may be in, or not. Say it again in some "
    "seconds: what is in is not done twice."
)
ILL = "The database does not answer as it should. Tell whoever runs this service."


def formatted(error: GraphQLError) -> dict[str, Any]:
    """An error as it goes out: message, locations, path, extensions.code."""
    out: dict[str, Any] = dict(error.formatted)
    out["message"], extensions = told(error)
    out["extensions"] = extensions
    return out


def told(error: GraphQLError) -> tuple[str, dict[str, Any]]:
    """The sentence and the extensions."""
    cause = error.original_error
    if isinstance(cause, NOT_ASKED):
        return shortened(error.message), {"code": "BAD_REQUEST"}
    if isinstance(cause, TielineError):
        return sentence(cause), {"code": cause.code, **candidates(cause)}
    if error.extensions and "code" in error.extensions:
        return error.message, {"code": error.extensions["code"]}
    if error.message.startswith("Syntax Error: Document contains more than"):
        most = f"at most {limits.TOKENS:,} words and signs"
        return f"This document is too long: {most}. Ask in smaller parts.", {"code": "TOO_LONG"}
    if error.message.startswith("Syntax Error"):
        return shortened(error.message), {"code": "SYNTAX"}
    if cause is None or (error.path is None and isinstance(cause, GraphQLError | ValueError)):
        return shortened(error.message), {"code": "BAD_REQUEST"}
    return internal(cause)


def sentence(error: TielineError) -> str:
    """What of an error of ours goes out. Where the database is, and what it refuses there, is for
    whoever runs the service: it is in the log."""
    if isinstance(error, Away):
        return LOST if isinstance(error, Unknown) else AWAY
    if isinstance(error, DatabaseProblem) and not isinstance(error, TookTooLong):
        log.warning("the database: %s", error)
        return ILL
    return str(error)


def candidates(error: TielineError) -> dict[str, Any]:
    if not isinstance(error, Ambiguous):
        return {}
    found = [dict(zip(("uid", "name", "kind"), c, strict=True)) for c in error.candidates]
    return {"candidates": found}


def internal(cause: BaseException) -> tuple[str, dict[str, Any]]:
    mark = secrets.token_hex(4)
    # Its message may hold what was asked, so it stays out of the log: its places lead to the cause.
    places = traced((type(cause), cause, cause.__traceback__))
    log.error("an error of ours: %s", mark, extra={"told": places})
    return (
        f"Something went wrong on our side. Tell whoever runs this service: error {mark}.",
        {"code": INTERNAL},
    )


def shortened(message: str) -> str:
    """A document's own words come back in errors: not all of a hostile one.

    What of the schema resembles them does not: the schema is told by introspection, or not at all.
    """
    message = message.partition(" Did you mean ")[0]
    return message if len(message) <= 300 else message[:297] + "..."
