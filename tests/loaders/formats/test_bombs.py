"""Over fifty bomb files: each refused with a sentence, in under 200 ms and under 150 MB.

One process reads them all, one after another, so that memory that one leaves behind counts too.
Time is the processor's: a busy machine is no bomb.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BOMBS = Path(__file__).parent / "bombs.py"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of each file, in the order they were read."""
    folder = tmp_path_factory.mktemp("bombs")
    said = ""
    for what in ("make", "read"):
        ran = subprocess.run(
            [sys.executable, BOMBS, what, folder], capture_output=True, text=True, check=True
        )
        said = ran.stdout
    return [json.loads(line) for line in said.splitlines()]


@pytest.mark.slow
def test_each_is_refused_soon_and_in_little_memory(figures: list[dict[str, Any]]) -> None:
    assert len(figures) >= 50
    for each in figures:
        assert each["accepted"] == 0 and each["said"].endswith("."), each
        assert each["ms"] < 200, each
        assert each["mb"] < 150, each


@pytest.mark.slow
def test_no_sentence_shows_what_an_entity_points_to(figures: list[dict[str, Any]]) -> None:
    said = " ".join(each["said"] for each in figures)
    assert "root:" not in said and "hahaha" not in said and str(BOMBS.parent) not in said
