"""An issuer invented for the tests: real keys, told by a real server on loopback."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from tieline.graphql.signin.issued import Issued
from tieline.graphql.signin.keys import Keys
from tieline.settings import Issuer

NAME, AUDIENCE = "https://sign-in.example", "tieline"
AMARA = "p-" + "a1" * 12  # a person of the map, as uids are written
Signers = dict[str, tuple[str, Any]]


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


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


@contextmanager
def telling(issuer: Issuing) -> Iterator[Issuing]:
    """Its server, which tells what the issuer would."""

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
