"""Run inside schemathesis: what is drawn, which of our codes refuse, how often each was told.

GraphQL has no list of codes: the tool knows those of Apollo and of graphql-java. Any code that is
not among these, INTERNAL and what is said of the database too, is a failure of the server.
"""

import atexit
import json
import os
from collections import Counter
from datetime import date
from pathlib import Path
from zlib import crc32

import schemathesis
from graphql import (
    ArgumentNode,
    FieldNode,
    IntValueNode,
    NullValueNode,
    StringValueNode,
    Visitor,
    parse,
    print_ast,
    visit,
)
from hypothesis import strategies
from schemathesis.graphql import nodes
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


# Dates of this century, as the schema's Date has them.
dates = strategies.dates(date(2015, 1, 1), date(2026, 11, 21))
schemathesis.graphql.scalar("Date", dates.map(lambda day: nodes.String(day.isoformat())))
ANSWERABLE = {"last": IntValueNode, "before": StringValueNode, "after": StringValueNode}


class OneWay(Visitor):
    """Three of four lists are asked for from their beginning alone: both ways at once, or from a
    cursor that never was, is refused."""

    def enter_field(self, node: FieldNode, *_: object) -> FieldNode | None:
        if crc32(print_ast(node).encode()) % 4 == 0:
            return None
        if not any(each.name.value == "first" for each in node.arguments or ()):
            return None
        kept = [each for each in node.arguments or () if not self.spare(each)]
        values = {key: getattr(node, key) for key in node.keys}
        return FieldNode(**(values | {"arguments": tuple(kept)}))

    def spare(self, argument: ArgumentNode) -> bool:
        kind = ANSWERABLE.get(argument.name.value)
        return kind is not None and isinstance(argument.value, (kind, NullValueNode))


@schemathesis.hook
def map_case(context, case):  # type: ignore[no-untyped-def]
    """Of good documents; what was made wrong on purpose stays wrong."""
    if case.meta.generation.mode.is_positive:
        case.body = print_ast(visit(parse(case.body), OneWay()))
    return case


@schemathesis.hook
def after_call(context, case, response):  # type: ignore[no-untyped-def]
    told = response.json()
    codes = {each["extensions"]["code"] for each in told.get("errors") or ()}
    TOLD.update(codes or {"answered"})


@atexit.register
def tell() -> None:
    Path(os.environ["TOLD"]).write_text(json.dumps(TOLD), "utf-8")
