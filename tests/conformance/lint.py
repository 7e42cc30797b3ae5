"""npm graphql-schema-linter: whether connections are Relay's and everything is described."""

import json
from pathlib import Path

from tests.conformance.asking import schema
from tests.conformance.fetching import said
from tests.conformance.told import Bench, Outcome, Service

# All its rules but the four that want fields and values in alphabetical order: ours are in the
# order in which a reader wants them.
RULES = (
    "arguments-have-descriptions",
    "defined-types-are-used",
    "deprecations-have-a-reason",
    "descriptions-are-capitalized",
    "enum-values-all-caps",
    "enum-values-have-descriptions",
    "fields-are-camel-cased",
    "fields-have-descriptions",
    "input-object-values-are-camel-cased",
    "input-object-values-have-descriptions",
    "relay-connection-arguments-spec",
    "relay-connection-types-spec",
    "relay-page-info-spec",
    "types-are-capitalized",
    "types-have-descriptions",
)


def ask(service: Service, bench: Bench, out: Path) -> Outcome:
    """Of the schema that the service itself tells."""
    text = bench.out / "lint.graphql"
    text.write_text(schema(service), "utf-8")
    line: list[str | Path] = [bench.node, "node_modules/.bin/graphql-schema-linter", text]
    line += ["--format", "json", "--rules", ",".join(RULES)]
    _, told = said(line, bench.npm, out)
    found = json.loads(told[told.index("{") :])["errors"]
    failed = [f"{each['rule']}: {each['message']}" for each in found]
    return Outcome(len(RULES), failed, "rules; not those that want alphabetical order")
