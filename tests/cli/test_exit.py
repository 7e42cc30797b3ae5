"""Exit statuses, by whole commands, and the sentence on stderr that goes with each."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tieline.cli.main import STATUSES
from tieline.database.graph import Graph

Typed = Callable[..., tuple[int, str, str]]
PEOPLE = '[[table]]\nkind = "organisation"\nid = "Ref"\n[table.columns]\nname = "Name"\n'


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], list[str]]:
    """The words that load a table of these lines."""
    (tmp_path / "m.toml").write_text(PEOPLE)

    def write(lines: str) -> list[str]:
        (tmp_path / "p.csv").write_text(f"Ref,Name\n{lines}")
        given = ["--source", "us", "--mapping", str(tmp_path / "m.toml")]
        return ["load", str(tmp_path / "p.csv"), *given]

    return write


def test_each_status_is_written_down_and_tried() -> None:
    assert list(STATUSES) == [0, 1, 2, 3, 130]


def test_0_1_and_3_of_a_load(graph: Graph, whole: Typed, table: Callable[..., list[str]]) -> None:
    assert whole(*table("1,Aid\n2,Mill\n"))[0] == 0
    status, _, err = whole(*table("3,\n4,\n"), "--part", "other")
    assert status == 1 and "Nothing was loaded" in err
    status, _, err = whole(*table("5,Shed\n6,\n"), "--part", "third")
    assert status == 3 and "refused: p.csv, line 3" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["loads", "--nothing"], "No such option"),
        (["no-such-command"], "No such command"),
        (["load", "nothing.csv", "--source", "us"], "There is no file"),
        (["settings"], "TIELINE_IDLE_MINUTES"),
    ],
)
def test_2_is_wrong_use(whole: Typed, words: list[str], sentence: str) -> None:
    status, out, err = whole(*words, TIELINE_IDLE_MINUTES="many")
    if words == ["settings"]:  # settings are shown however they are; a command that needs one fails
        status, out, err = whole("database", "status", TIELINE_TODAY="yesterday")
        sentence = "TIELINE_TODAY"
    assert (status, out) == (2, "") and sentence in err
    assert "Traceback" not in err


def test_1_when_no_database_answers(whole: Typed) -> None:
    status, out, err = whole("hash", TIELINE_NEO4J_URI="bolt://127.0.0.1:9")
    assert (status, out) == (1, "") and "No database answers" in err and "Traceback" not in err


@pytest.mark.slow
def test_130_when_stopped_by_ctrl_c(
    graph: Graph,
    table: Callable[..., list[str]],
    begun: Callable[..., "subprocess.Popen[str]"],
) -> None:
    """In the middle of a load: what is in stays, and the same command goes on."""
    words = table("".join(f"{n},Body {n}\n" for n in range(1, 20_001)))
    running = begun(*words)
    until = time.monotonic() + 120
    while time.monotonic() < until and running.poll() is None:
        rows = [each["rows"] or 0 for each in graph.read("load/loads")]
        if rows and rows[0] > 0:
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert "the same command again goes on" in err and "Traceback" not in err
    (line,) = graph.read("load/loads")
    assert line["state"] == "interrupted" and 0 < line["rows"] < 20_000


def test_a_mistake_of_ours_is_one_sentence(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise KeyError("what")

    monkeypatch.setattr("tieline.cli.settings.effective", broken)
    status, out, err = typed("settings")
    assert (status, out) == (1, "") and len(err.splitlines()) == 1
    assert "a mistake of ours: KeyError in test_exit.py" in err and "-vv" in err
