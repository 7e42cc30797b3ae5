"""Run inside schemathesis: which of our codes refuse what was asked, and how often each was told.

GraphQL has no list of codes: the tool knows those of Apollo and of graphql-java. Any code that is
not among these, INTERNAL and what is said of the database too, is a failure of the server.
"""

import atexit
import json
import os
from collections import Counter
from pathlib import Path

import schemathesis
from schemathesis.specs.graphql import validation

REFUSALS = {
    "AMBIGUOUS",
    "BAD_CURSOR",
    "FORBIDDEN",
    "NOT_FOUND",
    "PAGE_SIZE",
    "SYNTAX",
    "TOO_LONG",
    "TOO_MUCH_ALIASES",
    "TOO_MUCH_COST",
    "TOO_MUCH_DEPTH",
    "TOO_MUCH_DIRECTIVES",
    "TOO_MUCH_ROOT_FIELDS",
    "WRONG_USE",
}
validation.CLIENT_ERROR_MARKERS |= REFUSALS
TOLD: Counter[str] = Counter()


@schemathesis.hook
def after_call(context, case, response):  # type: ignore[no-untyped-def]
    told = response.json()
    codes = {each["extensions"]["code"] for each in told.get("errors") or ()}
    TOLD.update(codes or {"answered"})


@atexit.register
def tell() -> None:
    Path(os.environ["TOLD"]).write_text(json.dumps(TOLD), "utf-8")
