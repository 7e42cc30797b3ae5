"""What README and the guide show of the terminal is what the terminal says.

A console block behind `<!-- run -->` is run line by line: each line that begins with `$ ` is a
command, the lines under it must appear in its output in this order; `…` stands for any lines, or at
the end of one for its rest.

When the wording of an answer changes: `TIELINE_TODAY=2026-11-21 tieline demo --no-serve`, then
`TIELINE_TODAY=2026-11-21 python tests/examples/test_told.py` writes the blocks anew.
"""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from tieline.cli.main import main
from tieline.database.graph import Graph

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"^<!-- run -->\n```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENTS = ("README.md", "docs/guide.md", "docs/words.md")  # the last one loads more
SHOWN = [
    pytest.param(block, id=f"{name}-{number}")
    for name in DOCUMENTS
    for number, block in enumerate(BLOCK.findall((ROOT / name).read_text("utf-8")), 1)
]


def told(command: str) -> list[str]:
    """What a command prints for people."""
    words = shlex.split(command)
    assert words[0] == "tieline"
    with contextlib.redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit) as ended:
        main(words[1:])
    assert ended.value.code == 0, command
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("block", SHOWN)
def test_the_terminal_says_what_is_shown(
    block: str, field: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)
    for asked in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = asked.partition("\n")
        said = told(command)
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


def test_the_mapping_shown_in_the_guide_is_the_examples() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    shown = re.findall(r"^ {7}(\S.*)$", guide, re.MULTILINE)
    folder = ROOT / "examples" / "through-thick-and-thin" / "hearth-fund"
    sent = (folder / "mapping.toml").read_text("utf-8").splitlines()
    assert len(shown) >= 8
    assert not set(shown) - set(sent)


def anew(block: str) -> str:
    """The block with what the terminal says now, cut where it was cut."""
    lines = []
    for asked in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = asked.partition("\n")
        old = shown.splitlines()
        if command.startswith("tieline ask"):  # what a load says depends on what is there
            said = [line for line in told(command) if not line.startswith("As the graph was")]
            said = "\n".join(said).strip("\n").splitlines()
            old = [*said[: len(old) - 1], "…"] if old[-1:] == ["…"] else said
        lines += [f"$ {command}", *old]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for name in DOCUMENTS:
        text = (ROOT / name).read_text("utf-8")
        write = BLOCK.sub(lambda found: found[0].replace(found[1], anew(found[1])), text)
        (ROOT / name).write_text(write, "utf-8")
