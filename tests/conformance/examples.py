"""PyPI schemathesis: documents made from the schema, good ones and bad ones, in their hundreds."""

import json
import re
from collections import Counter
from pathlib import Path

from tests.conformance.asking import built
from tests.conformance.fetching import said
from tests.conformance.told import HERE, Bench, Outcome, Service

LEAST = 1_000
SHARES = {"positive": 0.65, "negative": 0.4}  # of so many: a few more than are needed
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
FIXED = ("--no-color", "--seed", "20261121", "--request-timeout", "90", "--continue-on-failure")
# A steward, as who it is asked, is nobody in particular, and has no answers to take back by uid.
NOBODYS = {"Query.me", "Mutation.withdrawObservation"}
Told = dict[str, Counter[str]]  # as schemathesis_hooks.py tells it


def ask(service: Service, bench: Bench, out: Path) -> Outcome:
    """At least a thousand, spread over the root fields, each of which is to give something.

    Changes too, where nothing can be harmed. Not held against us: a document that is right, and
    asks for nobody who is there, is refused.
    """
    schema = built(service)
    types = [schema.query_type, schema.mutation_type if service.ours else None]
    roots = {f"{each.name}.{name}" for each in types if each for name in each.fields}
    outcome, kept = Outcome(0), []
    told: Told = {"codes": Counter(), "reached": Counter(), "paged": Counter()}
    for mode, share in SHARES.items():
        most = -(-round(LEAST * share) // len(roots))
        kept.append(drawn(service, bench, out, mode, most, outcome, told))
    out.write_text("\n".join(kept), "utf-8")
    if outcome.checks < LEAST:
        outcome.failed.append(f"only {outcome.checks} examples")
    outcome.failed += [
        f"{each} never gave anything" for each in sorted(roots - NOBODYS - {*+told["reached"]})
    ]
    outcome.note = note(told, len(roots))
    return outcome


def drawn(
    service: Service, bench: Bench, out: Path, mode: str, most: int, outcome: Outcome, told: Told
) -> str:
    """So many good or bad ones of each root field: what the tool said of them."""
    figures = out.with_suffix(".json")
    figures.unlink(missing_ok=True)
    line: list[str | Path] = [bench.python / "st", "--config-file", HERE / "schemathesis.toml"]
    line += ["run", service.url, "--mode", mode, "--max-examples", str(most), *FIXED]
    line += ["--checks", ",".join(CHECKS), "--generation-database", "none"]
    line += [f"--header={name}: {value}" for name, value in service.headers.items()]
    if not service.ours:
        line += ["--exclude-name-regex", "^Mutation"]
    hooks = {"SCHEMATHESIS_HOOKS": f"{HERE.parent.name}.{HERE.name}.schemathesis_hooks"}
    hooks["PYTHONPATH"] = str(HERE.parent.parent)
    status, answer = said(line, bench.out, out, **hooks, TOLD=str(figures))
    found = re.search(r"(\d+) generated, (\d+) passed", answer)
    outcome.checks += int(found[1]) if found else 0
    if status or not found:
        outcome.failed.append(f"{mode}, status {status}: {answer.strip()[-500:]}")
    for name, counted in (
        json.loads(figures.read_text("utf-8")) if figures.exists() else {}
    ).items():
        told[name].update(counted)
    return f"== {mode}\n{answer}"


def note(told: Told, roots: int) -> str:
    codes = ", ".join(f"{many:,} {code}" for code, many in told["codes"].most_common())
    paged = ", ".join(f"{told['paged'][way]} with `{way}`" for way in ("last", "after", "before"))
    return f"{codes}; {len(+told['reached'])} of {roots} root fields gave something; {paged}"
