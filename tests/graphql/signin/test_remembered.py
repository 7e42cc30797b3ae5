"""A token known lately is not looked up again, and is strange at once when anything has changed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tieline.graphql.signin.remembered import Remembered, state
from tieline.graphql.signin.tokens import NOTED, Tokens

DAY = 86_400


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "tokens.sqlite3"


@pytest.fixture
def tokens(file: Path, clock: Clock) -> Tokens:
    return Tokens(file, clock)


def at_hand(tokens: Tokens) -> str:
    """The text of a new one that is at hand: known, noted as used, and known again."""
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    assert tokens.at_hand(text) is None
    assert tokens.known(text) and tokens.known(text)
    assert tokens.at_hand(text)
    return text


def test_it_is_at_hand(tokens: Tokens) -> None:
    text = at_hand(tokens)
    assert tokens.at_hand(text) == tokens.known(text)
    assert tokens.at_hand(text[:-1] + ("a" if text[-1] != "a" else "b")) is None


CHANGES: dict[str, Callable[[Tokens], object]] = {
    "it is taken back": lambda other: other.revoke("laptop"),
    "another is made": lambda other: other.create("desk", "member", None, "read", DAY),
    "the file is gone": lambda other: other._file.unlink(),
    "the file is another": lambda other: other._file.replace(other._file.with_name("kept")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_it_is_looked_up_anew(
    tokens: Tokens, file: Path, clock: Clock, what: str
) -> None:
    """By another process: here by another object, which shares nothing but the file."""
    text = at_hand(tokens)
    CHANGES[what](Tokens(file, clock))
    assert tokens.at_hand(text) is None
    assert (tokens.known(text) is None) == (what != "another is made")


def test_it_runs_out_and_its_use_is_noted_again(tokens: Tokens, clock: Clock) -> None:
    text = at_hand(tokens)
    clock.now += NOTED + 1
    assert tokens.at_hand(text) is None and tokens.known(text)  # noted
    assert tokens.known(text) and tokens.at_hand(text)
    clock.now += DAY
    assert tokens.at_hand(text) is None and tokens.known(text) is None


def test_what_was_read_before_a_change_is_not_kept(tokens: Tokens, file: Path) -> None:
    text = at_hand(tokens)
    before = state(file)
    tokens.revoke("laptop")
    held: Remembered[str] = Remembered(file)
    held.put(text, "good", before)
    assert held.get(text) is None
    held.put(text, "good", state(file))
    assert held.get(text) == "good"


def test_a_file_that_does_not_count_is_not_relied_on(tokens: Tokens, file: Path) -> None:
    text = at_hand(tokens)
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
        assert state(file) is None
        assert tokens.at_hand(text) is None and tokens.known(text)
