"""Commands as typed, in this process or in one of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tieline import logs
from tieline.cli.main import main

Typed = Callable[..., tuple[int, str, str]]
TIELINE = Path(sys.executable).parent / "tieline"


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """(exit status, stdout, stderr) of a command in this process."""

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def whole() -> Typed:
    """(exit status, stdout, stderr) of a command in a process of its own."""

    def run(*words: str, **more: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [TIELINE, *words],
            env=os.environ | more,
            capture_output=True,
            text=True,
            timeout=240,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def begun() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts a command that runs on; whatever still runs is ended."""
    running: list[subprocess.Popen[str]] = []

    def start(*words: str) -> "subprocess.Popen[str]":
        piped = subprocess.PIPE
        made = subprocess.Popen([TIELINE, *words], stdout=piped, stderr=piped, text=True)
        running.append(made)
        return made

    yield start
    for each in running:
        if each.poll() is None:
            each.kill()
        each.communicate()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What a test made the logs say, the next does not hear."""
    yield
    logs.set_up(0, "plain")
