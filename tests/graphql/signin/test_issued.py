"""Tokens of an issuer (JWT): what is wholly right signs in, and nothing else does.

The issuer is invented for the test: real keys, told by a real server on loopback.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from tieline.graphql.signin.door import Door, Stranger
from tieline.graphql.signin.issued import LEEWAY, LONGEST, Issued, claim
from tieline.graphql.signin.keys import AGAIN, FRESH, MOST, Keys
from tieline.graphql.signin.keys import LONGEST as KEPT
from tieline.graphql.signin.tokens import Tokens
from tieline.schema.consent import FIELD, PUBLIC, STEWARD, WEAVER, Viewer
from tieline.settings import Issuer

NAME, AUDIENCE = "https://sign-in.example", "tieline"
AMARA = "p-" + "a1" * 12  # a person of the map, as uids are written
Signers = dict[str, tuple[str, Any]]


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@pytest.fixture(scope="module")
def signers() -> Signers:
    """By kid, the algorithm and the private key."""
    curve = ec.generate_private_key(ec.SECP256R1())
    edwards = ed25519.Ed25519PrivateKey.generate()
    return {"one": ("RS256", rsa_key()), "two": ("ES256", curve), "three": ("EdDSA", edwards)}


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Issuing:
    """`told`, `status`: what its server says in the place of its keys, after a `pause` (seconds);
    `asked`: how often it was."""

    keys: Signers
    url: str = ""
    asked: int = 0
    told: bytes | None = None
    status: int = 200
    pause: float = 0.0
    clock: Clock = field(default_factory=Clock)

    def jwks(self) -> bytes:
        kinds: Any = {"RS256": RSAAlgorithm, "ES256": ECAlgorithm, "EdDSA": OKPAlgorithm}
        said = [
            json.loads(kinds[algorithm].to_jwk(key.public_key())) | {"kid": kid, "alg": algorithm}
            for kid, (algorithm, key) in self.keys.items()
        ]
        return json.dumps({"keys": said}).encode()

    def sign(self, kid: str = "one", headers: dict[str, Any] | None = None, **more: Any) -> str:
        """A token that is right, but for what `more` says of its claims (None: left away)."""
        algorithm, key = self.keys[kid]
        payload = json.dumps(claims(**more)).encode()
        return jwt.PyJWS().encode(payload, key, algorithm, {"kid": kid} | (headers or {}))

    def issued(self) -> Issued:
        by = Issuer(NAME, AUDIENCE, self.url, "tieline_level", "tieline_person")
        return Issued(by, Keys(self.url, self.clock))


def claims(**more: Any) -> dict[str, Any]:
    now = int(time.time())
    said: dict[str, Any] = {"iss": NAME, "aud": AUDIENCE, "exp": now + 300, "iat": now}
    said |= {"sub": "someone", "tieline_level": "weaver", "tieline_person": AMARA} | more
    return {name: value for name, value in said.items() if value is not None}


@pytest.fixture
def issuing(signers: Signers) -> Iterator[Issuing]:
    issuer = Issuing(dict(signers))

    class Tells(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            time.sleep(issuer.pause)
            said = issuer.jwks() if issuer.told is None else issuer.told
            self.send_response(issuer.status)
            self.send_header("location", "/elsewhere")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Tells) as server:
        issuer.url = f"http://127.0.0.1:{server.server_port}/keys"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()


def test_each_kind_of_key_signs_in(issuing: Issuing) -> None:
    known = issuing.issued().known
    for kid in issuing.keys:
        found = known(issuing.sign(kid))
        assert found and found.viewer == Viewer(WEAVER, AMARA), kid
    assert issuing.asked == 1, "keys are kept"


@pytest.mark.parametrize(
    ("said", "viewer"),
    [
        ({"tieline_level": "member", "tieline_person": None}, Viewer(FIELD)),
        ({"tieline_level": ["offline", "member", "weaver"]}, Viewer(WEAVER, AMARA)),
        ({"tieline_level": "steward"}, Viewer(STEWARD)),
        ({"aud": ["other", AUDIENCE]}, Viewer(WEAVER, AMARA)),
    ],
)
def test_levels_and_persons(issuing: Issuing, said: dict[str, Any], viewer: Viewer) -> None:
    found = issuing.issued().known(issuing.sign(**said))
    assert found and found.viewer == viewer


NOW = time.time()
WRONG: list[dict[str, Any]] = [
    {"exp": None},
    {"exp": NOW - LEEWAY - 5},
    {"exp": "soon"},
    {"exp": float("inf")},
    {"exp": [NOW]},
    {"nbf": {}},
    {"nbf": NOW + 86_400},
    {"iat": NOW + 86_400},
    {"iss": None},
    {"iss": NAME + "/"},
    {"iss": [NAME]},
    {"aud": None},
    {"aud": "other"},
    {"aud": AUDIENCE + "2"},
    {"tieline_level": None},
    {"tieline_level": "anonymous"},
    {"tieline_level": "owner"},
    {"tieline_level": 1},
    {"tieline_level": {"weaver": True}},
    {"tieline_person": "me"},
    {"tieline_person": AMARA + "\n"},
    {"tieline_person": ["p-" + "0" * 24]},
]


@pytest.mark.parametrize("said", WRONG, ids=str)
def test_a_claim_that_is_not_right_signs_nobody_in(issuing: Issuing, said: dict[str, Any]) -> None:
    known = issuing.issued().known
    assert known(issuing.sign(**said)) is None
    assert known(issuing.sign()) is not None


def test_clocks_may_differ_a_little(issuing: Issuing) -> None:
    now, known = time.time(), issuing.issued().known
    assert known(issuing.sign(exp=now - LEEWAY / 2))
    assert known(issuing.sign(nbf=now + LEEWAY / 2))


def part(value: Any) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def forged(header: Any, signature: bytes = b"") -> str:
    return f"{part(header)}.{part(claims())}.{part(signature)}"


def test_forged_tokens(issuing: Issuing, signers: Signers) -> None:
    """No signature; the public key as a secret; another's key; a key that the token brings."""
    known = issuing.issued().known
    public = signers["one"][1].public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    mine, other = rsa_key(), Issuing({"one": ("RS256", rsa_key())})
    brought = {"jwk": json.loads(RSAAlgorithm.to_jwk(mine.public_key())), "x5u": issuing.url}
    head = part({"alg": "HS256", "kid": "one"})
    by_secret = f"{head}.{part(claims())}"
    secret = hmac.digest(pem, by_secret.encode(), hashlib.sha256)
    texts = [forged({"alg": alg, "kid": "one"}) for alg in ("none", "None", "", "RS256", "HS256")]
    texts += [f"{by_secret}.{part(secret)}", other.sign(), other.sign(headers=brought)]
    texts += [jwt.encode(claims(), mine, "RS512", headers={"kid": "one"})]
    texts += [jwt.encode(claims(), mine, "PS256", headers={"kid": "one"})]
    heads: list[Any] = [{}, [], {"alg": "RS256", "kid": 1}, {"alg": ["RS256"]}]
    texts += [forged(head) for head in heads]
    assert [text for text in texts if known(text)] == []


def test_one_changed_letter_is_another_token(issuing: Issuing) -> None:
    known, text = issuing.issued().known, issuing.sign()
    head, body, signature = text.split(".")
    level = part(claims(tieline_level="steward"))
    assert known(f"{head}.{level}.{signature}") is None
    assert known(f"{head}.{body}.{signature[:-8]}AAAAAAAA") is None


HOSTILE = [
    "..",
    "a.b.c",
    "\u00e9.\u00e9.\u00e9",
    f"{part(b'[' * 3000)}.e30.e30",
    f"{part({'alg': 'RS256', 'crit': ['exp'], 'kid': 'one'})}.e30.e30",
    f"{part({'alg': 'RS256', 'b64': False, 'crit': ['b64'], 'kid': 'one'})}.e30.e30",
    "A" * (LONGEST + 1),
    f"{'A' * LONGEST}.{'A' * LONGEST}.A",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_refused_at_once(issuing: Issuing, text: str) -> None:
    known = issuing.issued().known
    began = time.process_time()
    assert known(text) is None
    assert time.process_time() - began < 0.1


def test_a_weak_key_is_none(issuing: Issuing) -> None:
    issuing.keys["one"] = ("RS256", rsa_key(1024))
    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        text = issuing.sign()
    assert issuing.issued().known(text) is None


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
    door, issuing.pause = Door(Viewer(PUBLIC), tokens, issued), 1.0
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
    assert seconds < 0.5 and issuing.asked == 2
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
    issuing.status, issuing.pause, issuing.clock.now = 503, 0.6, issuing.clock.now + FRESH
    assert issued.known(old)
    for tries in (3, 4):
        issuing.clock.now += AGAIN
        began = time.monotonic()
        assert all(issued.known(old) for _ in range(3)) and time.monotonic() - began < 0.5
        reached(lambda tries=tries: issuing.asked == tries)  # type: ignore[misc]
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


def test_a_token_without_a_key_id_needs_the_only_key(issuing: Issuing) -> None:
    text = jwt.encode(claims(), issuing.keys["one"][1], "RS256")
    assert issuing.issued().known(text) is None
    for kid in ("two", "three"):
        del issuing.keys[kid]
    assert issuing.issued().known(text)


def test_what_requests_are_counted_by_names_nobody(issuing: Issuing) -> None:
    known = issuing.issued().known
    one, again = known(issuing.sign(sub="ana")), known(issuing.sign(sub="ana", jti="2"))
    other = known(issuing.sign(sub="ben"))
    assert one and again and other and one.counted == again.counted != other.counted
    assert "ana" not in one.counted


def test_claims_by_name_and_by_dots() -> None:
    said = {"a": {"b": {"c": 1}}, "https://x.example/level": "member", "a.b": 2}
    assert claim(said, "a.b.c") == 1
    assert claim(said, "https://x.example/level") == "member"
    assert claim(said, "a.b") == 2 and claim(said, "a.x.y") is None
