"""At the door: who is let in as whom, and by what they are counted."""

import asyncio
from pathlib import Path

import pytest

from tieline.graphql.signin.door import Door, Stranger, Visitor, place
from tieline.graphql.signin.tokens import Tokens
from tieline.schema.consent import FIELD, PUBLIC, Viewer

ANYONE = Viewer(PUBLIC)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "tokens.sqlite3")


def visitor(tokens: Tokens, *said: str, address: str | None = "192.0.2.7") -> Visitor:
    return asyncio.run(Door(ANYONE, tokens, None).visitor(said, address))


def test_without_a_word_one_is_anyone(tokens: Tokens) -> None:
    assert visitor(tokens) == Visitor(ANYONE, "192.0.2.7")
    assert visitor(tokens, address="127.0.0.1") == Visitor(ANYONE, None)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER  "])
def test_a_token_says_who(tokens: Tokens, scheme: str) -> None:
    made, text = tokens.create("laptop", "member", None, "read", 60)
    assert visitor(tokens, f"{scheme} {text}") == Visitor(Viewer(FIELD), f"token {made.id}", False)


def test_whatever_is_wrong_is_answered_alike(tokens: Tokens) -> None:
    """A refusal tells nobody whether a token ever was."""
    gone = tokens.create("gone", "member", None, "read", 60)[1]
    tokens.revoke("gone")
    one = tokens.create("one", "member", None, "read", 60)[1]
    words: list[tuple[str, ...]] = [
        (f"Bearer {gone}",),
        (f"Bearer {gone[:-1]}x",),
        ("Bearer",),
        ("",),
        ("Basic YTpi",),
    ]
    words += [(one,), (f"Bearer {one}", f"Bearer {one}"), (f"Bearer {one} {one}",)]
    words += [("Bearer a.b.c",), ("Bearer " + "x" * 100_000,)]
    told = set()
    for said in words:
        with pytest.raises(Stranger) as error:
            visitor(tokens, *said)
        told.add(str(error.value))
    assert len(told) == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        (None, "nowhere"),
        ("unix", "nowhere"),
    ],
)
def test_by_what_anyone_is_counted(address: str | None, counted: str | None) -> None:
    assert place(address) == counted
