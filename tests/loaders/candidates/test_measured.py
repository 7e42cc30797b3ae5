"""Anyone's own file can be measured with `benchmarks/identity.py`: one that is invented here."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "identity.py"
WORDS = ("amber", "birch", "cobalt", "dune", "ember", "fern", "garnet", "hazel")


def measured(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Splink beside it is given no time: what is tried is whether the file is understood."""
    command = [sys.executable, str(SCRIPT), *map(str, arguments), "--seconds", "0"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """64 bodies, half of them there twice; who those are that are there once, nobody says."""
    path = tmp_path / "bodies.csv"
    with path.open("w", encoding="utf-16", newline="") as out:
        lines = csv.writer(out, delimiter=";")
        lines.writerow(["Key", "Name", "Town", "Who"])
        for n, (one, two) in enumerate((a, b) for a in WORDS for b in WORDS):
            name, town = f"{one}{n} {two} trust", f"{two}ford"
            lines.writerow([f"a{n}", name, town, n if n % 2 else ""])
            if n % 2:
                lines.writerow([f"b{n}", f"The {name.title()} Ltd", town, n])
    return path


def test_one_file_whose_column_says_who_is_who(file: Path) -> None:
    said = measured("--left", file, "--cluster", "who")
    assert said.returncode == 0, said.stderr
    line = next(line for line in said.stdout.splitlines() if " tieline " in line)
    pairwise_f1 = float(line.split("tieline")[1].split()[2])
    assert line.startswith("bodies") and pairwise_f1 > 0.95, said.stdout
    assert "UTF-16" in said.stderr and "96 rows by ';'" in said.stderr


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--cluster", "whom"), "no column 'whom' beside the ids. There are name, town, who."),
        ((), "Say what is true: --truth FILE of two columns of ids, or --cluster COLUMN."),
        (("--cluster", "who", "--truth", "x.csv"), "leave out --right and --truth."),
    ],
)
def test_what_cannot_be_measured_is_said(file: Path, more: tuple[str, ...], sentence: str) -> None:
    said = measured("--left", file, *more)
    assert said.returncode == 1 and sentence in said.stderr
