"""npm @graphql-inspector/cli: what of the schema would break whoever built on the last release."""

import subprocess
from pathlib import Path

from tests.conformance.asking import schema
from tests.conformance.fetching import said
from tests.conformance.told import HERE, Bench, Outcome, Service

ROOT = HERE.parent.parent
SDL = "graphql/schema.graphql"
PROGRAM = "node_modules/.bin/graphql-inspector"


def ask(service: Service, bench: Bench, out: Path) -> Outcome:
    """The schema that is told is the committed one; it breaks nothing of the last release's; and
    every saved operation is valid in it."""
    told = bench.out / "differences.graphql"
    told.write_text(schema(service), "utf-8")
    asked: dict[str, list[str | Path]] = {"the committed schema": ["diff", ROOT / SDL, told]}
    asked["the saved operations"] = ["validate", str(ROOT / "graphql/operations/*.graphql"), told]
    if release := last():
        old = bench.out / "release.graphql"
        old.write_text(git("show", f"{release}:{SDL}"), "utf-8")
        asked[f"the release {release}"] = ["diff", old, told]
    outcome, kept = Outcome(len(asked)), []
    for name, words in asked.items():
        status, answer = said([bench.node, PROGRAM, *words], bench.npm, out)
        kept.append(f"== {name}\n{answer}")
        same = "No changes detected" in answer or not name.endswith("schema")
        if status or not same:
            outcome.failed.append(f"{name}: {answer.strip()[-300:]}")
    out.write_text("\n".join(kept), "utf-8")
    outcome.note = f"against {', '.join(asked)}" + ("" if release else "; there is no release yet")
    return outcome


def last() -> str:
    """The tag of the last release that had a schema; nothing, before the first."""
    tags = git("tag", "--merged", "HEAD", "--list", "v*", "--sort=-version:refname").split()
    return next((tag for tag in tags if git("ls-tree", "--name-only", tag, SDL).strip()), "")


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout
