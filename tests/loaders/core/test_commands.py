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
    told = typed(capsys, "loads", "x")[1]
    assert all(
        word in told for word in ("x", "all", "file", "finished", "3", line["finished"][:10])
    )
    assert orjson.loads(typed(capsys, "loads", "y", "--json")[1]) == {"loads": []}
    assert "Nothing of y is loaded" in typed(capsys, "loads", "y")[1]


def test_withdraw_answers_on_stdout_alone(loaded: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = typed(capsys, "withdraw", "x", "--yes", "--json")
    answer = orjson.loads(out)
    assert status == 0 and "3 of 3 rows" in err
    assert answer["withdrawn"] == 3 and answer["graph_version"] == loaded.graph.version()
    assert "Nothing has been loaded" in typed(capsys, "loads")[1]


def test_a_rehearsed_withdrawal_tells_the_same_and_does_nothing(
    loaded: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    version = loaded.graph.version()
    _, out, _ = typed(capsys, "withdraw", "x", "--dry-run", "--json")
    told = orjson.loads(out)
    assert loaded.graph.version() == version == told["graph_version"] and told["dry_run"]
    assert told["entities"]["project"] == {"gone": 3, "begun": 0, "stay": 0, "changed": 0}
    assert told["entities"]["organisation"]["gone"] == 1 and told["relationships"] == 3
    assert "3 rows of x would be taken back" in typed(capsys, "withdraw", "x", "--dry-run")[1]
    done = orjson.loads(typed(capsys, "withdraw", "x", "--yes", "--json")[1])
    differ = {"dry_run", "seconds", "graph_version"}
    assert {k: v for k, v in done.items() if k not in differ} == {
        k: v for k, v in told.items() if k not in differ
    }


def test_withdrawing_nobody_says_where_to_look(
    loaded: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = typed(capsys, "withdraw", "nobody", "--yes")
    assert (status, out) == (2, "") and "tieline loads" in err
