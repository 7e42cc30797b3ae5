"""Run inside schemathesis: what is drawn, which of our codes refuse, how often each was told.

GraphQL has no list of codes: the tool knows those of Apollo and of graphql-java. Any code that is
not among these, INTERNAL and what is said of the database too, is a failure of the server.
"""

import atexit
import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import schemathesis
from graphql import parse, print_ast
from hypothesis import strategies
from schemathesis.graphql import nodes
from schemathesis.specs.graphql import validation
from tests.conformance.fitting import Cursors, fitted, remember

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
# What was told: codes; how often each root field gave something; how lists that it gave were paged.
TOLD: dict[str, Counter[str]] = {"codes": Counter(), "reached": Counter(), "paged": Counter()}


# Dates of this century, as the schema's Date has them.
dates = strategies.dates(date(2015, 1, 1), date(2026, 11, 21))
schemathesis.graphql.scalar("Date", dates.map(lambda day: nodes.String(day.isoformat())))
CURSORS: Cursors = {}


@schemathesis.hook
def map_case(context, case):  # type: ignore[no-untyped-def]
    """Of good documents; what was made wrong on purpose stays wrong."""
    if case.meta.generation.mode.is_positive:
        core = case.operation.schema.client_schema
        case.body = print_ast(fitted(parse(case.body), core, CURSORS))
    return case


@schemathesis.hook
def after_call(context, case, response):  # type: ignore[no-untyped-def]
    told = response.json()
    codes = {each["extensions"]["code"] for each in told.get("errors") or ()}
    TOLD["codes"].update(codes or {"answered"})
    if not case.meta.generation.mode.is_positive:
        return
    there = any(each is not None for each in (told.get("data") or {}).values())
    TOLD["reached"][case.operation.label] += there
    if there and not codes:
        remember(parse(case.body), case.operation.schema.client_schema, told["data"], CURSORS)
        TOLD["paged"].update(set(re.findall(r"\b(last|after|before): ", case.body)))


@atexit.register
def tell() -> None:
    Path(os.environ["TOLD"]).write_text(json.dumps(TOLD), "utf-8")
