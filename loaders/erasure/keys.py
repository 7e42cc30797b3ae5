"""What is erased: a record of whose uid, identifiers or author a key is held."""

import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from tieline.database.home import Home
from tieline.errors import LoadProblem
from tieline.loaders.erasure.secret import lost
from tieline.schema.records import OWN_WORD, Record

INNER, OUTER, BLOCK = 0x36, 0x5C, 64  # of RFC 2104
MARK = "tieline"  # its key is held wherever any is: by another secret it would be another


class Keys:
    """The keys of one database, and the secret they were made with.

    Raises:
        LoadProblem: they were made with another.
    """

    def __init__(self, secret: bytes, held: Collection[str]) -> None:
        self.held = frozenset(held)
        self._inner, self._outer = (_padded(secret, with_) for with_ in (INNER, OUTER))
        if held and self.key(MARK) not in self.held:
            raise LoadProblem(lost(Home.current().erasure_secret, "another one is"))

    def key(self, text: str) -> str:
        """HMAC-SHA256, its two beginnings made beforehand: a third of hmac.digest's time."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return str(outer.hexdigest())

    def erased(self, record: Record) -> bool:
        """Whether it is of somebody who was erased, or their own word."""
        return bool(self.among(called((record,))))

    def among(self, texts: Iterable[str]) -> set[str]:
        """Those of which a key is held: as `key` makes them, in one go."""
        begin, end, held, found = self._inner.copy, self._outer.copy, self.held, set()
        for text in texts:
            inner, outer = begin(), end()
            inner.update(text.encode())
            outer.update(inner.digest())
            if outer.hexdigest() in held:
                found.add(text)
        return found

    def of(self, records: Collection[Record], shared: Collection[str]) -> set[str]:
        """The keys of somebody made of these records: of each, and of each identifier but those
        that somebody else carries too."""
        names = {record.uid for record in records}
        names |= {each for record in records for each in record.ids if each not in shared}
        return {self.key(name) for name in names} | {self.key(MARK)}


def called(records: Iterable[Record]) -> set[str]:
    """The texts by which one of them would be known as erased, each once."""
    found: set[str] = set()
    sources: set[str] = set()
    for record in records:
        found.add(record.uid)
        found.update(record.ids)
        sources.add(record.source)
    return found | {source for source in sources if source.startswith(OWN_WORD)}


def _padded(secret: bytes, sign: int) -> Any:
    held = secret if len(secret) <= BLOCK else hashlib.sha256(secret).digest()
    return hashlib.sha256(bytes(byte ^ sign for byte in held.ljust(BLOCK, b"\0")))


def digest(held: Collection[str]) -> str:
    """Of all keys that are held: another where one is."""
    return hashlib.sha256("\n".join(sorted(held)).encode()).hexdigest()
