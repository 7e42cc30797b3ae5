"""Clients of other people: PyPI gql, npm graphql-ws, npm graphql-sse."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.conformance.asking import put
from tests.conformance.fetching import said
from tests.conformance.told import HERE, Bench, Outcome, Service

LOADS = "{ loads(first: 1) { nodes { id } } }"
Ask = Callable[[Service, Bench, Path], Outcome]


def gql(service: Service, bench: Bench, out: Path) -> Outcome:
    return _ran([bench.python / "python", HERE / "gql_asks.py"], service, bench, out)


def script(name: str) -> Ask:
    """A script for Node, in this folder."""
    return lambda service, bench, out: _ran([bench.node, name], service, bench, out)


def _ran(line: list[str | Path], service: Service, bench: Bench, out: Path) -> Outcome:
    """Each line of its output is a check."""
    load = put(service, LOADS)["loads"]["nodes"][0]["id"]
    status, told = said([*line, service.url, service.token, load], bench.npm, out)
    checks = [json.loads(each) for each in told.splitlines() if each.startswith("{")]
    failed = [f"{each['name']}: {each['reason']}" for each in checks if not each["ok"]]
    if status:
        failed.append(told.strip()[-300:])
    return Outcome(len(checks), failed, "; ".join(each["name"] for each in checks))
