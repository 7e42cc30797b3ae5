"""What is erased: a record of whose uid, identifiers or author a key is held."""

import hmac
from collections.abc import Collection

from tieline.database.home import Home
from tieline.errors import LoadProblem
from tieline.loaders.erasure.secret import lost
from tieline.schema.records import OWN_WORD, Record

MARK = "tieline"  # its key is held wherever any is: by another secret it would be another


class Keys:
    """The keys of one database, and the secret they were made with.

    Raises:
        LoadProblem: they were made with another.
    """

    def __init__(self, secret: bytes, held: Collection[str]) -> None:
        self._secret, self.held = secret, frozenset(held)
        if held and self.key(MARK) not in self.held:
            raise LoadProblem(lost(Home.current().erasure_secret, "another one is"))

    def key(self, text: str) -> str:
        return hmac.digest(self._secret, text.encode(), "sha256").hex()

    def erased(self, record: Record) -> bool:
        """Whether it is of somebody who was erased, or their own word."""
        own = (record.source,) if record.source.startswith(OWN_WORD) else ()
        return any(self.key(text) in self.held for text in (record.uid, *record.ids, *own))

    def of(self, records: Collection[Record], shared: Collection[str]) -> set[str]:
        """The keys of somebody made of these records: of each, and of each identifier but those
        that somebody else carries too."""
        names = {record.uid for record in records}
        names |= {each for record in records for each in record.ids if each not in shared}
        return {self.key(name) for name in names} | {self.key(MARK)}
