"""`tieline demo` as it is typed: figures, answers, and the way back."""

import shlex
from typing import Any

import orjson
import pytest

from tieline.cli import demo
from tieline.cli.main import main
from tieline.database.graph import Graph


def typed(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(words))
    assert ended.value.code == 0
    return capsys.readouterr().out


def data(words: str, capsys: pytest.CaptureFixture[str]) -> Any:
    return orjson.loads(typed(words, capsys))


def test_its_answers_are_those_of_ask(field: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    told = data("demo --json", capsys)
    assert sum(load["written"] for load in told["loads"]) == 0
    assert told["seconds"].keys() == {"database", "model", "load", "answers"}
    for question in demo.QUESTIONS:
        asked = data(f"ask {question.typed} --json", capsys)
        assert told["answers"][question.name] == asked


def test_it_ends_where_nobody_looks_and_says_what_is_next(
    field: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    said = typed("demo", capsys)
    assert all(question.words in said for question in demo.QUESTIONS)
    assert "tieline demo --remove" in said
    assert max(map(len, said.splitlines())) <= 80


def test_it_goes_as_it_came(field: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    rows = sum(load["accepted"] for load in data("demo --json", capsys)["loads"])
    assert data("demo --remove --json", capsys) == {"withdrawn": rows}
    assert "nothing to take back" in typed("demo --remove", capsys)
