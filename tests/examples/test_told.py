"""What README and the guide show of the terminal is what the terminal says.

A console block behind `<!-- run -->` is run line by line: each line that begins with `$ ` is a
command, the lines under it must appear in its output in this order; `…` stands for any lines, or at
the end of one for its rest.
"""

import re
import shlex
from pathlib import Path

import pytest

from tieline.cli.main import main
from tieline.database.graph import Graph

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"^<!-- run -->\n```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = [
    pytest.param(block, id=f"{name}-{number}")
    for name in ("README.md", "docs/guide.md", "examples/through-thick-and-thin/README.md")
    for number, block in enumerate(BLOCK.findall((ROOT / name).read_text("utf-8")), 1)
]


def told(command: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a command prints for people."""
    words = shlex.split(command)
    assert words[0] == "tieline"
    with pytest.raises(SystemExit) as ended:
        main(words[1:])
    printed = capsys.readouterr()
    assert ended.value.code == 0, printed.err
    return [line.rstrip() for line in printed.out.splitlines()]


@pytest.mark.parametrize("block", SHOWN)
def test_the_terminal_says_what_is_shown(
    block: str,
    field: Graph,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)
    for asked in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = asked.partition("\n")
        said = told(command, capsys)
        place = 0
        for line in (line.rstrip() for line in shown.splitlines() if line.strip("… ")):
            found = [n for n in range(place, len(said)) if fits(line, said[n])]
            assert found, f"`{command}` does not say: {line}"
            place = found[0] + 1


def fits(shown: str, said: str) -> bool:
    whole = shown.removesuffix("…")
    return said.startswith(whole) if whole != shown else said == shown


def test_enough_is_shown() -> None:
    assert len(SHOWN) >= 8
