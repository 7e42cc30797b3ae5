"""10,000 malformed rows of 20 kinds among 90,000 good ones: 10,000 reports, 90,000 rows taken."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[3] / "benchmarks/malformed.py"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_each_malformed_row_is_one_report_and_no_good_row_is_lost() -> None:
    ran = subprocess.run([sys.executable, BENCHMARK], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "10,000 malformed of 20 kinds: 90,000 accepted" in ran.stdout
    assert "10,000 reports" in ran.stdout


def test_fewer_of_the_same() -> None:
    ran = subprocess.run([sys.executable, BENCHMARK, "2000"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "200 malformed of 20 kinds: 1,800 accepted" in ran.stdout
