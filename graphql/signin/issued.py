"""Tokens of an issuer elsewhere (JWT): whom they name, if all that they must say is so."""

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from tieline.graphql.signin.keys import ALLOWED, Keys
from tieline.graphql.signin.tokens import LEVELS
from tieline.schema.consent import STEWARD, VIEWERS, Viewer
from tieline.settings import Issuer

LEEWAY = 30  # seconds that two clocks may differ
LONGEST = 8_192  # characters
MUST: list[str] = ["exp", "iss", "aud"]
REFUSALS = (PyJWTError, ValueError, TypeError, OverflowError, RecursionError)
PERSON = re.compile(r"p-[0-9a-f]{24}")
log = logging.getLogger("tieline.signin")


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a token names. `counted`: by what their requests are counted, which names nobody."""

    viewer: Viewer
    counted: str


class Issued:
    """What one issuer says."""

    def __init__(self, by: Issuer, keys: Keys | None = None) -> None:
        self._by, self._keys = by, keys or Keys(by.jwks)

    def at_hand(self, text: str) -> bool:
        """Whether to tell needs no asking of the issuer, which may be slow to answer."""
        if len(text) > LONGEST:
            return True
        try:
            return self._keys.holds(jwt.get_unverified_header(text).get("kid"))
        except REFUSALS:
            return True

    def known(self, text: str) -> Named | None:
        """None of whatever is not wholly right; why is told at -v, to whoever runs the service."""
        try:
            claims = self._claims(text)
            return Named(self._viewer(claims), _counted(claims, text))
        except REFUSALS as error:
            log.info("a token was refused: %s", type(error).__name__)
            return None

    def _claims(self, text: str) -> dict[str, Any]:
        """
        Raises:
            REFUSALS: it is not wholly right.
        """
        if len(text) > LONGEST:
            raise ValueError("too long")
        header = jwt.get_unverified_header(text)
        kid = header.get("kid")
        if header.get("alg") not in ALLOWED:
            raise ValueError("not signed as it must be")
        key = self._keys.find(kid)
        if key is None:
            raise ValueError("signed by a key that the issuer does not name")
        claims: dict[str, Any] = jwt.decode(
            text,
            key,
            [key.algorithm_name],
            audience=self._by.audience,
            issuer=self._by.issuer,
            leeway=LEEWAY,
            options={"require": MUST, "enforce_minimum_key_length": True},
        )
        return claims

    def _viewer(self, claims: Mapping[str, Any]) -> Viewer:
        """A steward is nobody in particular: what they say of themselves they say as a person."""
        said = claim(claims, self._by.level)
        words = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        levels = [VIEWERS[word] for word in LEVELS if word in words]
        if not levels:
            raise ValueError("no level")
        person = claim(claims, self._by.person)
        if person is not None and not (isinstance(person, str) and PERSON.fullmatch(person)):
            raise ValueError("no person's uid")
        level = min(levels)
        return Viewer(level, None if level == STEWARD else person)


def claim(claims: Mapping[str, Any], name: str) -> Any:
    """The claim of this very name; else what its dots lead to."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _counted(claims: Mapping[str, Any], text: str) -> str:
    who = claims.get("sub")
    said = f"{claims['iss']} {who}" if isinstance(who, str) and who else text
    return f"issued {hashlib.sha256(said.encode()).hexdigest()[:16]}"
