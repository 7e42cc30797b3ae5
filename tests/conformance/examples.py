"""PyPI schemathesis: documents made from the schema, good ones and bad ones, in their hundreds."""

import json
import re
from pathlib import Path

from tests.conformance.asking import built
from tests.conformance.fetching import said
from tests.conformance.told import HERE, Bench, Outcome, Service

LEAST = 1_000
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)


def ask(service: Service, bench: Bench, out: Path) -> Outcome:
    """At least a thousand, spread over the root fields; changes too, where nothing can be harmed.

    Not held against us: a document that is right, and asks for nobody who is there, is refused.
    """
    types = [built(service).query_type, built(service).mutation_type if service.ours else None]
    roots = sum(len(each.fields) for each in types if each)
    told, each = out.with_suffix(".json"), str(-(-LEAST // roots))
    told.unlink(missing_ok=True)
    line: list[str | Path] = [bench.python / "st", "--config-file", HERE / "schemathesis.toml"]
    line += ["run", service.url, "--max-examples", each, "--seed", "20261121", "--no-color"]
    line += [
        "--request-timeout",
        "90",
        "--checks",
        ",".join(CHECKS),
        "--continue-on-failure",
        "--generation-database",
        "none",
    ]
    line += [f"--header={name}: {value}" for name, value in service.headers.items()]
    if not service.ours:
        line += ["--exclude-name-regex", "^Mutation"]
    hooks = {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(HERE), "TOLD": str(told)}
    status, said_ = said(line, bench.out, out, **hooks)
    found = re.search(r"(\d+) generated, (\d+) passed", said_)
    count = int(found[1]) if found else 0
    failed = [f"status {status}: {said_.strip()[-500:]}"] if status else []
    if count < LEAST:
        failed.append(f"only {count} examples")
    codes = json.loads(told.read_text("utf-8")) if told.exists() else {}
    often = sorted(codes.items(), key=lambda pair: -pair[1])
    return Outcome(count, failed, ", ".join(f"{n:,} {code}" for code, n in often))
