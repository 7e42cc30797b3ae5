"""The tab key: the script that `tieline completion` prints, in a real shell."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import BashComplete

from tieline.cli.main import COMMANDS, tieline
from tieline.database.graph import Graph

Typed = Callable[..., tuple[int, str, str]]


def offered(line: str) -> list[str]:
    """What may follow the last word, as the shell's script is told."""
    words = line.split(" ")
    asked = BashComplete(tieline, {}, "tieline", "_TIELINE_COMPLETE")
    return [each.value for each in asked.get_completions(words[1:-1], words[-1])]


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("tieline wi", ["withdraw"]),
        ("tieline load", ["load", "loads"]),
        ("tieline database st", ["start", "status", "stop"]),
        ("tieline ask duplicates --kind ", ["same-record", "parallel-effort"]),
        ("tieline withdraw --d", ["--dry-run"]),
        ("tieline completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_what_may_follow(line: str, want: list[str]) -> None:
    found = offered(line)
    assert set(want) <= set(found)
    assert all(each.startswith(line.rpartition(" ")[2]) for each in found)


def test_every_command_is_offered() -> None:
    assert set(offered("tieline ")) >= set(COMMANDS)


def test_slugs_of_a_running_database(graph: Graph, raw: Any) -> None:
    raw("CREATE (:Source {slug: 'lanterns', title: 'x'}), (:Source {slug: 'long-table'})")
    raw("CREATE (:Source {slug: 'own-word:p-1'})")
    assert offered("tieline withdraw la") == ["lanterns"]
    assert offered("tieline records --source lo") == ["long-table"]
    assert offered("tieline loads ") == ["lanterns", "long-table"]


def test_no_database_is_started_for_a_tab_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "none"
    monkeypatch.setenv("TIELINE_HOME", str(home))
    monkeypatch.delenv("TIELINE_NEO4J_URI", raising=False)
    assert offered("tieline withdraw ") == []
    assert not (home / "neo4j" / "server.json").exists()
    assert not (home / "neo4j" / "data").exists()


def test_a_real_bash_completes(whole: Typed, tmp_path: Path) -> None:
    """`tieline wi<TAB>` typed at its prompt."""
    status, script, _ = whole("completion", "bash")
    assert status == 0
    (tmp_path / "tieline.bash").write_text(script)
    home = str(tmp_path)
    environment = os.environ | {"PS1": "> ", "TERM": "dumb", "HOME": home, "TIELINE_HOME": home}
    environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ours, its = pty.openpty()
    bash = subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(its)
    try:
        os.write(ours, f"source {tmp_path}/tieline.bash; echo rea''dy\n".encode())
        assert "ready" in heard(ours, "ready")
        os.write(ours, b"tieline wi\t")
        assert "withdraw" in heard(ours, "withdraw")
    finally:
        bash.kill()
        bash.wait()
        os.close(ours)


def heard(terminal: int, until: str, seconds: float = 60) -> str:
    text, end = "", time.monotonic() + seconds
    while until not in text and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            text += os.read(terminal, 4096).decode(errors="replace")
    return text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_sound(whole: Typed, tmp_path: Path, shell: str) -> None:
    status, script, _ = whole("completion", shell)
    assert status == 0 and f"_TIELINE_COMPLETE={shell}_complete" in script
    if shutil.which(shell):
        (tmp_path / "script").write_text(script)
        subprocess.run([shell, "-n", tmp_path / "script"], check=True)
