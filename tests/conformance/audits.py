"""npm graphql-http: whether requests and answers are as GraphQL over HTTP says."""

import json
from collections import Counter
from pathlib import Path

from tests.conformance.fetching import said
from tests.conformance.told import Bench, Outcome, Service

ALL = 61


def ask(service: Service, bench: Bench, out: Path) -> Outcome:
    line: list[str | Path] = [bench.node, "audits.mjs", service.url]
    status, told = said(line, bench.npm, out)
    if status:
        return Outcome(0, [told.strip()[-300:]])
    audits = [json.loads(each) for each in told.splitlines()]
    failed = [f"{each['id']} {each['name']}" for each in audits if each["status"] != "ok"]
    if len(audits) != ALL:
        failed.append(f"{len(audits)} audits, where there should be {ALL}")
    words = Counter(each["name"].split()[0] for each in audits)
    return Outcome(len(audits), failed, ", ".join(f"{n} {word}" for word, n in words.items()))
