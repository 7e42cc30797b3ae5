"""The keys of an issuer: found when they turn, kept while it is away, and no others."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.graphql.signin.issuing import Issuing, rsa_key

from tieline.graphql.signin.door import Door, Stranger
from tieline.graphql.signin.keys import AGAIN, FRESH, MOST
from tieline.graphql.signin.keys import LONGEST as KEPT
from tieline.graphql.signin.tokens import Tokens
from tieline.schema.consent import PUBLIC, WEAVER, Viewer


def test_keys_turn(issuing: Issuing) -> None:
    """A new key is found at once, the old one goes when the keys are read again."""
    issued, old = issuing.issued(), issuing.sign()
    assert issued.known(old)
    issuing.keys["four"] = ("RS256", rsa_key())
    del issuing.keys["one"]
    issuing.clock.now += AGAIN
    assert issued.known(issuing.sign("four")) and issuing.asked == 2
    assert issued.known(old) is None


def test_a_key_taken_away_opens_nothing_after_a_while(issuing: Issuing) -> None:
    issued, old = issuing.issued(), issuing.sign()
    assert issued.known(old)
    del issuing.keys["one"]
    issuing.clock.now += FRESH
    assert issued.known(old) is None


def test_unknown_keys_are_asked_for_once_a_minute(issuing: Issuing) -> None:
    issued = issuing.issued()
    for n in range(50):
        issuing.clock.now += 1
        assert issued.known(issuing.sign(headers={"kid": f"made-up-{n}"})) is None
    assert issuing.asked == 1
    issuing.clock.now += AGAIN
    assert issued.known(issuing.sign()) and issuing.asked == 1
    issued.known(issuing.sign(headers={"kid": "made-up"}))
    assert issuing.asked == 2


def test_a_slow_issuer_holds_up_nobody_whose_key_is_here(
    issuing: Issuing, tmp_path: Path, run: Callable[..., Any]
) -> None:
    """Forty name keys nobody has; whoever has a token of ours, or a key that is here, gets in."""
    issued, tokens = issuing.issued(), Tokens(tmp_path / "tokens.sqlite3")
    assert issued.known(issuing.sign())
    own = tokens.create("own", "weaver", None, "read", 600)[1]
    door, issuing.pause = Door(Viewer(PUBLIC), tokens, issued), 2.0
    issuing.clock.now += AGAIN

    async def asked() -> tuple[float, list[Any]]:
        made_up = [f"Bearer {issuing.sign(headers={'kid': f'x{n}'})}" for n in range(40)]
        others = [asyncio.create_task(door.visitor([text], "192.0.2.1")) for text in made_up]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        for text in (own, issuing.sign()):
            assert (await door.visitor([f"Bearer {text}"], "192.0.2.2")).viewer.level == WEAVER
        return time.monotonic() - began, await asyncio.gather(*others, return_exceptions=True)

    seconds, refused = run(asked())
    assert seconds < 1.5 and issuing.asked == 2
    assert all(isinstance(each, Stranger) for each in refused)


def test_an_issuer_that_is_away_leaves_its_last_keys(issuing: Issuing) -> None:
    """For a day; PyJWT's own client forgets them at once."""
    issued = issuing.issued()
    assert issued.known(issuing.sign())
    issuing.status = 503
    for _ in range(5):
        issuing.clock.now += FRESH
        assert issued.known(issuing.sign())
    issuing.clock.now += KEPT
    assert not issued.at_hand(issuing.sign()), "who waits for it does so where none is in the way"
    assert issued.known(issuing.sign()) is None
    issuing.status, issuing.clock.now = 200, issuing.clock.now + AGAIN
    assert issued.known(issuing.sign())


def test_while_an_issuer_is_ill_nobody_whose_key_is_here_waits_for_it(issuing: Issuing) -> None:
    """But for the first who finds it so; and once it is well again its keys are read."""
    issued, old = issuing.issued(), issuing.sign()
    assert issued.known(old)
    issuing.status, issuing.pause, issuing.clock.now = 503, 1.5, issuing.clock.now + FRESH
    assert issued.known(old)
    for tries in (3, 4):
        issuing.clock.now += AGAIN
        began = time.monotonic()
        assert all(issued.known(old) for _ in range(3)) and time.monotonic() - began < 1.2
        reached(lambda tries=tries: bool(issued.known(old)) and issuing.asked == tries)  # type: ignore[misc]
        time.sleep(issuing.pause + 0.2)
    del issuing.keys["one"]
    issuing.status, issuing.pause, issuing.clock.now = 200, 0.0, issuing.clock.now + AGAIN
    issued.known(old)
    reached(lambda: issued.known(old) is None)


def reached(it: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not it():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (b"", 200),
        (b"[]", 200),
        (b'{"keys": 1}', 200),
        (b'{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "one", "alg": "HS256"}]}', 200),
        (b"[" * 50_000, 200),
        (b" " * (MOST + 1), 200),
        (None, 302),
        (None, 404),
    ],
)
def test_keys_that_are_none(issuing: Issuing, told: bytes | None, status: int) -> None:
    issuing.told, issuing.status = told, status
    assert issuing.issued().known(issuing.sign()) is None
    assert issuing.asked == 1, "no address that they lead to is asked"


def test_keys_that_are_not_for_signatures(issuing: Issuing) -> None:
    said = json.loads(issuing.jwks())
    for key, more in zip(said["keys"], ({"use": "enc"}, {"key_ops": ["sign"]}, {}), strict=True):
        key |= more
    issuing.told = json.dumps(said).encode()
    known = issuing.issued().known
    assert [kid for kid in issuing.keys if known(issuing.sign(kid))] == ["three"]


def test_keys_in_a_file(issuing: Issuing, tmp_path: Path) -> None:
    issuing.url = str(tmp_path / "keys.json")
    issued = issuing.issued()
    assert issued.known(issuing.sign()) is None
    (tmp_path / "keys.json").write_bytes(issuing.jwks())
    issuing.clock.now += AGAIN
    assert issued.known(issuing.sign())
