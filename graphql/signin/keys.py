"""The public keys of an issuer, read from its address or a file, and kept.

Whoever asks chooses the id of the key (`kid`) that is looked for, so an id nobody knows has the
keys read again at most once a minute; while the issuer is away its last keys go on, for a day.
PyJWT's own client forgets its keys when a fetch fails, and fetches for every unknown id.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import requests
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

ALLOWED = ("RS256", "ES256", "EdDSA")  # never none, and never a secret that is a public key
FRESH, AGAIN, LONGEST = 600.0, 60.0, 86_400.0  # seconds
MOST, SECONDS = 100_000, 5.0  # bytes; of waiting, and of reading
log = logging.getLogger("tieline.signin")


class Keys:
    """`place`: an address or a file. Any thread may ask."""

    def __init__(self, place: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._place, self._clock = place, clock
        self._keys: list[PyJWK] = []
        self._read = self._tried = -LONGEST
        self._failing = False  # the last reading came to nothing
        self._reading = threading.Lock()

    def find(self, kid: str | None) -> PyJWK | None:
        """The key of this id; without one the only key there is."""
        if self._of(kid) is None:
            self._again(SECONDS)
        elif (age := self._clock() - self._read) >= FRESH and self._failing:
            self._beside()  # these would be taken anyway: nobody waits once more
        elif age >= FRESH:
            self._again(0)
        return self._of(kid)

    def holds(self, kid: str | None) -> bool:
        """Whether the key of this id is here: then `find` waits for nobody."""
        return self._of(kid) is not None

    def _of(self, kid: str | None) -> PyJWK | None:
        if self._clock() - self._read >= LONGEST:
            return None
        found = [key for key in self._keys if kid is None or key.key_id == kid]
        return found[0] if len(found) == 1 else None

    def _again(self, patience: float) -> None:
        """Read them, unless that was tried just now. Whose key is known waits for nobody."""
        if self._reading.acquire(timeout=patience):
            if self._due():
                self._fetch()
            else:
                self._reading.release()

    def _beside(self) -> None:
        """The same, and nobody waits for it at all."""
        if self._reading.acquire(blocking=False):
            if self._due():
                threading.Thread(target=self._fetch, daemon=True).start()
            else:
                self._reading.release()

    def _due(self) -> bool:
        """Whether they are to be read now; it is noted that they are."""
        if self._clock() - self._tried < AGAIN:
            return False
        self._tried = self._clock()
        return True

    def _fetch(self) -> None:
        """Read them, for whoever holds the lock; it is given back."""
        try:
            self._keys = usable(read(self._place))
            self._read, self._failing = self._clock(), False
        except (PyJWTError, OSError, ValueError, RecursionError) as error:
            self._failing = True
            log.warning("the issuer's keys cannot be read: %s", type(error).__name__)
        finally:
            self._reading.release()


def usable(text: bytes) -> list[PyJWK]:
    """Those that may verify a signature of the kinds that are allowed.

    Raises:
        ValueError, PyJWTError: there is none.
    """
    said = orjson.loads(text)
    keys = PyJWKSet(said["keys"] if isinstance(said, dict) and "keys" in said else []).keys
    found = [key for key in keys if key.algorithm_name in ALLOWED and _verifies(key)]
    if not found:
        raise ValueError("no key that is allowed")
    return found


def _verifies(key: PyJWK) -> bool:
    operations = key._jwk_data.get("key_ops")
    return key.public_key_use in (None, "sig") and (operations is None or "verify" in operations)


def read(place: str) -> bytes:
    """
    Raises:
        OSError: they cannot be had, or are more than keys can be.
    """
    if "://" not in place:
        return Path(place).read_bytes()[: MOST + 1]
    ends, held = time.monotonic() + SECONDS, bytearray()
    with requests.get(place, timeout=SECONDS, stream=True, allow_redirects=False) as answer:
        if answer.status_code != 200:
            raise OSError(f"status {answer.status_code}")
        for chunk in answer.iter_content(8192):
            held += chunk
            if len(held) > MOST or time.monotonic() > ends:
                raise OSError("too much, or too slow")
    return bytes(held)
