"""The tools, fetched by their registries' own clients, by hash, into build/conformance."""

import os
import shutil
import subprocess
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from tests.conformance.told import HERE, Bench
from web.build import node, run

ROOM = HERE.parent.parent / "build" / "conformance"
LISTS = ("package.json", "package-lock.json", ".npmrc")


def fetched(room: Path = ROOM) -> Bench:
    """
    Raises:
        Unbuilt: a registry cannot be reached.
    """
    packages, python = room / "npm", room / "python"
    by = node()
    (room / "out").mkdir(parents=True, exist_ok=True)
    with fresh(packages, *LISTS) as stale:
        if stale:
            run([*by, "ci", "--silent"], packages, by[0])
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, packages)
    with fresh(python, "tools.txt") as stale:
        if stale:
            venv.create(python, with_pip=True)
            pip = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", "tools.txt"]
            run([python / "bin" / "python", *pip], python)
    return Bench(by[0], packages, python / "bin", room / "out")


@contextmanager
def fresh(folder: Path, *lists: str) -> Iterator[bool]:
    """A folder with copies of these lists; whether it is to be filled anew. It is, once that ends
    well, what these lists say."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in lists:
        shutil.copy(HERE / name, folder)
    stamp = folder / "filled.txt"
    digest = sha256(b"".join((HERE / name).read_bytes() for name in lists)).hexdigest()
    stale = not stamp.is_file() or stamp.read_text("utf-8") != digest
    yield stale
    stamp.write_text(digest, "utf-8")


def said(
    line: Sequence[str | Path], folder: Path, out: Path, **environment: str
) -> tuple[int, str]:
    """A tool's status and what it said, which is kept word for word in `out`."""
    plain = {"NO_COLOR": "1", "FORCE_COLOR": "0"}
    done = subprocess.run(
        line,
        cwd=folder,
        env=os.environ | plain | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
    )
    out.write_text(done.stdout, "utf-8")
    return done.returncode, done.stdout
