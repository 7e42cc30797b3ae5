"""The tools, in the order in which they run. docs/conformance.md is a table of them."""

from tests.conformance import audits, clients, cop, differences, examples, lint, relay
from tests.conformance.told import Tool

TOOLS = (
    Tool("audits", "npm", "graphql-http", "GraphQL over HTTP: all 61 audits", audits.ask),
    Tool("lint", "npm", "graphql-schema-linter", "no remark of 15 rules, Relay's too", lint.ask),
    Tool(
        "differences",
        "npm",
        "@graphql-inspector/cli",
        "the schema told is the one committed, breaks nothing of the last release, and takes "
        "every saved operation",
        differences.ask,
    ),
    Tool("relay", "npm", "relay-compiler", "compiles pages, and every saved operation", relay.ask),
    Tool("gql", "PyPI", "gql", "answers, over HTTP and WebSocket", clients.gql),
    Tool("sockets", "npm", "graphql-ws", "answers and follows", clients.script("sockets.mjs")),
    Tool("events", "npm", "graphql-sse", "answers and follows", clients.script("events.mjs")),
    Tool(
        "cop",
        "",
        "graphql-cop's checks, written anew since it is published on no registry",
        "nothing found but what is deliberate",
        cop.ask,
    ),
    Tool(
        "examples",
        "PyPI",
        "schemathesis",
        f"{examples.LEAST:,} examples and more, none of which fails; each root field gives "
        "something",
        examples.ask,
    ),
)
