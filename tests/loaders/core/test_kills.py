"""The benchmark of kills with smaller numbers: SIGKILL, run again, SIGKILL, run again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_killed_and_run_again_ends_as_in_peace(seed: str) -> None:
    numbers = ["--rows", "4000", "--kills", "6", "--deaths", "2", "--seed", seed]
    told = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "kills.py"), *numbers],
        env=os.environ | {"TIELINE_IDLE_MINUTES": "5"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("+0 rows, hash equal") == 2
