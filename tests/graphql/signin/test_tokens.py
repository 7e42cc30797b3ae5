"""Personal tokens: shown once, kept as digests, run out, taken back, and known by every process."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tieline.errors import NotFound, WrongUse
from tieline.graphql.signin.tokens import DAYS, NOTED, SHAPE, Tokens
from tieline.schema.consent import FIELD, STEWARD, Viewer

DAY = 86_400
ANA = "p-" + "0" * 24


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(tmp_path: Path, clock: Clock) -> Tokens:
    return Tokens(tmp_path / "home" / "tokens.sqlite3", clock)


def file(tokens: Tokens) -> Path:
    return tokens._file


def test_nothing_is_made_until_one_is(tokens: Tokens) -> None:
    assert tokens.all() == [] and tokens.known("tieline_00000000_" + "a" * 43) is None
    assert tokens.forget([ANA]) == 0 and not file(tokens).exists()


def test_one_opens_what_it_says(tokens: Tokens) -> None:
    made, text = tokens.create("laptop", "member", ANA, "write", DAY)
    found = tokens.known(text)
    assert found and found.viewer == Viewer(FIELD, ANA) and found.scope == "write"
    assert SHAPE.fullmatch(text) and made.id in text
    other = tokens.create("desk", "steward", None, "read", DAY)[1]
    assert (held := tokens.known(other)) and held.viewer == Viewer(STEWARD)


def test_its_text_is_kept_nowhere_and_nobody_else_reads_the_file(tokens: Tokens) -> None:
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    secret = text[-43:].encode()
    for path in file(tokens).parent.iterdir():
        assert secret not in path.read_bytes()
    assert stat.S_IMODE(file(tokens).stat().st_mode) == 0o600


def test_no_two_are_alike(tokens: Tokens) -> None:
    made = [tokens.create(f"t{n}", "member", None, "read", DAY)[1] for n in range(20)]
    assert len(set(made)) == 20 and all(len(each) == 60 for each in made)


@pytest.mark.parametrize("at", range(8, 60, 3))
def test_any_other_text_opens_nothing(tokens: Tokens, at: int) -> None:
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    other = "b" if text[at] == "a" else "a"
    assert tokens.known(text[:at] + other + text[at + 1 :]) is None
    assert tokens.known(text[:at]) is None and tokens.known(text + "a") is None
    assert tokens.known(text) is not None


def test_it_runs_out(tokens: Tokens, clock: Clock) -> None:
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    clock.now += DAY - 1
    assert tokens.known(text)
    clock.now += 1
    assert tokens.known(text) is None
    assert tokens.all()[0].state(clock.now) == "run out"
    tokens.create("laptop", "member", None, "read", DAY)  # its name is free again


def test_it_is_taken_back_for_every_process_at_once(tokens: Tokens, clock: Clock) -> None:
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    other = Tokens(file(tokens), clock)  # as another process opens it
    assert other.known(text)
    gone = tokens.revoke("laptop")
    assert gone.revoked and other.known(text) is None and tokens.known(text) is None
    assert gone.state(clock.now) == "taken back"
    again = tokens.create("laptop", "member", None, "read", DAY)
    assert tokens.revoke("laptop").id == again[0].id, "of one name, the one that stands"
    with pytest.raises(NotFound, match="token list"):
        tokens.revoke("lap")


def test_use_is_noted_once_a_minute(tokens: Tokens, clock: Clock) -> None:
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    assert tokens.all()[0].used is None
    began = clock.now
    for seconds, noted in ((0, began), (NOTED - 1, began), (1, began + NOTED)):
        clock.now += seconds
        tokens.known(text)
        assert tokens.all()[0].used == noted


def test_use_that_cannot_be_noted_is_use(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tieline.graphql.signin.tokens.PATIENCE", 0.01)
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    with closing(sqlite3.connect(file(tokens))) as another:
        another.execute("BEGIN IMMEDIATE")
        assert tokens.known(text)
    assert tokens.all()[0].used is None


def test_many_at_once(tokens: Tokens) -> None:
    text = tokens.create("laptop", "member", None, "read", DAY)[1]
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: tokens.known(text), range(200)))


def test_a_name_that_stands_is_not_given_twice(tokens: Tokens) -> None:
    tokens.create("laptop", "member", None, "read", DAY)
    with pytest.raises(WrongUse, match="another name"):
        tokens.create("laptop", "weaver", None, "read", DAY)


@pytest.mark.parametrize("seconds", [0, -1, DAYS * DAY + 1])
def test_none_lasts_for_ever(tokens: Tokens, seconds: int) -> None:
    with pytest.raises(WrongUse, match="--expires"):
        tokens.create("laptop", "member", None, "read", seconds)


def test_a_steward_is_nobody_in_particular(tokens: Tokens) -> None:
    with pytest.raises(WrongUse, match="--person"):
        tokens.create("laptop", "steward", ANA, "read", DAY)


def test_whoever_is_erased_has_none_left(tokens: Tokens) -> None:
    text = tokens.create("the laptop of Ana", "member", ANA, "read", DAY)[1]
    tokens.create("desk", "weaver", None, "read", DAY)
    assert tokens.forget([ANA, "p-" + "1" * 24]) == 1
    assert tokens.known(text) is None and [each.name for each in tokens.all()] == ["desk"]
    held = file(tokens).read_bytes()
    assert b"the laptop of Ana" not in held and ANA.encode() not in held


def test_what_was_cut_off_is_settled_later(tokens: Tokens) -> None:
    """Noted before they go: those who went have none, those who did not keep theirs."""
    ben, nobody = "p-" + "2" * 24, "p-" + "3" * 24
    assert tokens.settled(lambda noted: noted) == 0
    tokens.leave([ANA])
    assert not file(tokens).exists()
    texts = [tokens.create(who, "member", who, "read", DAY)[1] for who in (ANA, ben)]
    assert tokens.settled(lambda noted: noted) == 0
    tokens.leave([ANA, ben, nobody])
    tokens.leave([ANA])
    assert tokens.settled(lambda noted: [ben] if noted == [ANA, ben] else []) == 1
    assert tokens.known(texts[0]) is None and tokens.known(texts[1])
    assert tokens.settled(lambda noted: []) == 0, "nobody is noted any longer"
    assert ANA.encode() not in file(tokens).read_bytes()


def test_nothing_of_whoever_is_erased_is_left_in_the_file(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where SQLite was not built to wipe what is written over, as some are."""
    usual = sqlite3.connect

    def careless(*args: Any, **more: Any) -> sqlite3.Connection:
        opened: sqlite3.Connection = usual(*args, **more)
        opened.execute("PRAGMA secure_delete = OFF")
        return opened

    monkeypatch.setattr(sqlite3, "connect", careless)
    mine = tokens.create("Ana's laptop", "member", ANA, "read", DAY)[1]
    other = tokens.create("another's", "member", "p-" + "2" * 24, "read", DAY)[1]
    assert tokens.known(mine), "that it was used is noted, in another place of the file"
    assert b"Ana's" in file(tokens).read_bytes()
    assert tokens.forget([ANA]) == 1
    held = b"".join(each.read_bytes() for each in file(tokens).parent.iterdir())
    assert b"Ana's" not in held and ANA.encode() not in held
    assert tokens.known(other)
