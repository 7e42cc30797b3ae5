"""`tieline loads` and `tieline withdraw`, as typed."""

from typing import Any

import orjson
import pytest

from tieline.cli.main import main


@pytest.fixture
def loaded(world: Any, rows: Any) -> Any:
    world.load("x", [rows.project(f"x:{n}", ("LEADS", rows.body("Aid"))) for n in range(3)])
    return world


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_loads_tells_the_journal(loaded: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = typed(capsys, "loads", "--json")
    (line,) = orjson.loads(out)["loads"]
    assert status == 0
    assert (line["source"], line["part"], line["file"]) == ("x", "all", "file")
    assert (line["state"], line["rows"], line["accepted"], line["refused"]) == ("finished", 3, 3, 0)
    assert "finished" in typed(capsys, "loads")[1]


def test_withdraw_answers_on_stdout_alone(loaded: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = typed(capsys, "withdraw", "x", "--yes", "--json")
    answer = orjson.loads(out)
    assert status == 0 and "3 of 3 rows" in err
    assert answer["withdrawn"] == 3 and answer["graph_version"] == loaded.graph.version()
    assert "Nothing has been loaded" in typed(capsys, "loads")[1]


def test_withdrawing_nobody_says_where_to_look(
    loaded: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = typed(capsys, "withdraw", "nobody", "--yes")
    assert (status, out) == (2, "") and "tieline loads" in err
