"""Real partners' files loaded together: what each brings, in any order, by halves, and taken back.

Claim (design `reliability.md`, docs/loading.md): two funders' grants, the parliamentary groups with
their members, the hand-tagged charities and those on two registers, loaded one by one, are one
graph; the same graph, by `tieline hash`, when four commands load them at once, from the last to the
first and the largest file in two halves; and a source that is withdrawn leaves what there would be
had it never been loaded.

    python benchmarks/together.py [FOLDER]      by default the shared data beside the repository

Runs on a server of its own in a temporary folder, and leaves nothing behind.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tieline.database import server
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.queries.hash.hash import graph_hash

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
COMMAND = [sys.executable, "-c", "from tieline.cli.main import main; main()"]
TAKEN, HALVED = "abct", "lbfew"  # the source that is withdrawn; the one in two halves
FILES = {
    "abct": "360giving/abcharitabletrust.xlsx",
    "lbfew": "360giving/lloyds-bank-foundation.json",
    "appg groups": "appg/groups_uk.csv",
    "appg members": "appg/members_uk.csv",
    "ukcat": "ukcat/sample.csv",
    "dual-registered-charities": "charity-lookups/dual-registered-uk-charities.csv",
}
Load = tuple[str, Path, str]  # name, file, part


def main() -> None:
    shared = Path(sys.argv[1] if sys.argv[1:] else os.environ.get("TIELINE_SHARED_DATA") or SHARED)
    given = [(name, shared / "partners" / file, "") for name, file in FILES.items()]
    if missing := [path for _, path, _ in given if not path.is_file()]:
        print(f"skipped: {missing[0]} is not here; name the folder or set TIELINE_SHARED_DATA")
        return
    os.environ.pop("TIELINE_NEO4J_URI", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TIELINE_HOME"] = str(Path(folder) / "home")
        try:
            sys.exit(compare(given, Path(folder)))
        finally:
            server.stop()


def compare(given: list[Load], folder: Path) -> int:
    """1 if anything is not as it should be."""
    print("| loaded | rows | refused | new | joined | relationships | observations | pairs | s |")
    print("|---|---|---|---|---|---|---|---|---|")
    one_by_one = fresh(lambda: [print(row(load(each)), flush=True) for each in given])
    took, at_once = time.monotonic(), fresh(lambda: together(halved(given, folder)))
    print(f"four at once, last first, in halves: {time.monotonic() - took:.0f} s, ", end="")
    print("equal" if at_once == one_by_one else "NOT EQUAL", flush=True)
    took = time.monotonic()
    ran(["withdraw", TAKEN, "--yes"])
    took, left = time.monotonic() - took, now()
    without = fresh(lambda: [load(each) for each in given if source(each[0]) != TAKEN])
    print(f"{TAKEN} withdrawn: {took:.0f} s, ", end="")
    print("equal to never loaded" if left == without else "NOT EQUAL to never loaded")
    return int(at_once != one_by_one or left != without)


def fresh(work: Callable[[], object]) -> str:
    """The hash of what this leaves in an empty graph."""
    server.wipe()
    with Graph(server.start()) as graph:
        install(graph)
    work()
    return now()


def now() -> str:
    with Graph(server.start()) as graph:
        return graph_hash(graph)


def source(name: str) -> str:
    return name.partition(" ")[0]


def load(one: Load) -> dict[str, Any]:
    name, path, part = one
    slug, _, table = name.partition(" ")
    part = part or table
    said = ["load", str(path), "--source", slug, "--json", *(["--part", part] if part else [])]
    found = json.loads(ran(said))
    told: dict[str, Any] = found[0] if isinstance(found, list) else found
    return {"name": name} | told


def ran(words: list[str]) -> str:
    """What the command prints. Exit status 3 is of files in which rows are refused."""
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"tieline {' '.join(words)}: {done.stderr}")
    return done.stdout


def row(told: dict[str, Any]) -> str:
    kinds = told["entities"]
    new = ", ".join(f"{k['created']:,} {kind}" for kind, k in kinds.items() if k["created"])
    known = ", ".join(f"{k['matched']:,} {kind}" for kind, k in kinds.items() if k["matched"])
    figures = [f"{told[key]:,}" for key in ("read", "refused")]
    more = [f"{told[key]:,}" for key in ("relationships", "observations", "ties")]
    cells = [str(told["name"]), *figures, new or "none", known or "none", *more]
    return "| " + " | ".join([*cells, f"{told['seconds']:.0f}"]) + " |"


def halved(given: list[Load], folder: Path) -> list[Load]:
    """From the last to the first; the grants of one funder in two files, a part each."""
    found: list[Load] = []
    for name, path, part in reversed(given):
        if name != HALVED:
            found.append((name, path, part))
            continue
        grants = json.loads(path.read_text(encoding="utf-8"))["grants"]
        for n, some in enumerate((grants[len(grants) // 2 :], grants[: len(grants) // 2])):
            half = folder / f"half-{n}.json"
            half.write_text(json.dumps({"grants": some}))
            found.append((name, half, f"half-{n}"))
    return found


def together(given: list[Load]) -> None:
    with ThreadPoolExecutor(4) as four:
        list(four.map(load, given))


if __name__ == "__main__":
    main()
