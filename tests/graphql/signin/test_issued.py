"""Tokens of an issuer (JWT): what is wholly right signs in, and nothing else does."""

import base64
import gc
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from tests.graphql.signin.issuing import AMARA, AUDIENCE, NAME, Issuing, Signers, claims, rsa_key

from tieline.graphql.signin.issued import LEEWAY, LONGEST, claim
from tieline.schema.consent import FIELD, STEWARD, WEAVER, Viewer


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
    gc.collect()  # what other tests left is not looked through meanwhile
    began = time.process_time()
    assert known(text) is None
    assert time.process_time() - began < 0.1


def test_a_weak_key_is_none(issuing: Issuing) -> None:
    issuing.keys["one"] = ("RS256", rsa_key(1024))
    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        text = issuing.sign()
    assert issuing.issued().known(text) is None


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
