"""`tieline loads` and `tieline withdraw`, as typed."""

from pathlib import Path
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


def file(folder: Path, name: str, numbers: range) -> str:
    """A 360Giving file of an invented funder."""
    grants = [
        {
            "id": f"360G-lamp-{n}",
            "title": f"Grant {n}",
            "description": "For lamps.",
            "currency": "GBP",
            "amountAwarded": 10,
            "awardDate": "2024-05-01",
            "fundingOrganization": [{"id": "GB-CHC-1000001", "name": "Lamp Fund"}],
            "recipientOrganization": [{"id": "GB-CHC-1000002", "name": "Lamplighters"}],
        }
        for n in numbers
    ]
    (folder / name).write_bytes(orjson.dumps({"grants": grants}))
    return str(folder / name)


def test_a_newer_file_an_older_one_and_one_that_shrank(
    world: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = file(tmp_path, "old.json", range(5)), file(tmp_path, "new.json", range(3, 8))
    load = ("load", "--source", "lamp", "--json")
    assert typed(capsys, *load, old, "--retrieved", "2026-05-01")[0] == 0
    status, out, err = typed(capsys, *load, new, "--retrieved", "2026-06-01")
    assert (status, out) == (1, "") and "3 of the 5 rows" in err and "--allow-shrink" in err
    status, out, _ = typed(capsys, *load, new, "--retrieved", "2026-06-01", "--allow-shrink")
    answer = orjson.loads(out)
    assert (status, answer["written"], answer["gone"]) == (0, 3, 3)
    status, out, err = typed(capsys, *load, old, "--retrieved", "2026-05-01", "--allow-shrink")
    assert (status, out) == (1, "") and "2026-05-01" in err and "2026-06-01" in err
    status, out, _ = typed(capsys, *load, new, "--retrieved", "2026-06-01")
    again = orjson.loads(out)
    assert (status, again["written"], again["gone"]) == (0, 0, 0)
    assert again["graph_version"] == answer["graph_version"]
