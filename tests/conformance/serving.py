"""A Tieline to be tried: on an embedded Neo4j of its own, with the example field, then gone."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conformance.told import Service

TIELINE = str(Path(sys.executable).parent / "tieline")


class Unserved(Exception):
    """A command of Tieline failed; this is what it said."""


@contextmanager
def served(home: Path) -> Iterator[Service]:
    """As `tieline serve` begins, but tools may ask as fast as they can, and a busy machine
    has time to answer."""
    shutil.rmtree(home, ignore_errors=True)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("TIELINE_")}
    environment = bare | {"TIELINE_HOME": str(home), "TIELINE_RATE": "0"}
    environment["TIELINE_LIMITS"] = "seconds=60"
    try:
        ran(environment, "demo", "--no-serve", "--json")
        words = ("token", "create", "conformance", "--level", "steward", "--scope", "write")
        token = json.loads(ran(environment, *words, "--json"))["token"]
        with _serving(environment) as url:
            yield Service(url, token, ours=True)
    finally:
        ran(environment, "database", "stop")
        shutil.rmtree(home, ignore_errors=True)


def ran(environment: dict[str, str], *words: str) -> str:
    """What a command answered."""
    done = subprocess.run([TIELINE, *words], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Unserved(f"tieline {' '.join(words)}: {done.stderr.strip()[-500:]}")
    return done.stdout


@contextmanager
def _serving(environment: dict[str, str]) -> Iterator[str]:
    log = Path(environment["TIELINE_HOME"]) / "serve.log"
    with log.open("w") as told:
        line = [TIELINE, "serve", "--port", "0"]
        process = subprocess.Popen(line, env=environment, stderr=told)
    try:
        while "http" not in log.read_text("utf-8"):
            if process.poll() is not None:
                raise Unserved(f"tieline serve: {log.read_text('utf-8').strip()[-500:]}")
            time.sleep(0.1)
        yield next(word for word in log.read_text("utf-8").split() if word.startswith("http"))
    finally:
        process.terminate()
        process.wait()
