"""Which ids a file has had so far, in 16 to 48 bytes a row: a table of hashes, never of texts."""

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from tieline.loaders.refusal import Refusal, shown
from tieline.loaders.report import Notes
from tieline.schema.records import Row, dump

_START, _FULL = 1 << 12, 0.6


@dataclass(slots=True)
class Uids:
    """A set of ids by their 8-byte hashes, in 14 to 27 bytes each, by open addressing."""

    _keys: "array[int]"
    _count: int = 0

    @classmethod
    def none(cls) -> "Uids":
        return cls(array("Q", bytes(8 * _START)))

    def __contains__(self, uid: str) -> bool:
        key = _hash(uid)
        return self._keys[_place(self._keys, key)] == key

    def add(self, uid: str) -> None:
        if self._count > _FULL * len(self._keys):
            old, self._keys = self._keys, array("Q", bytes(16 * len(self._keys)))
            for key in old:
                if key:
                    self._keys[_place(self._keys, key)] = key
        key = _hash(uid)
        at = _place(self._keys, key)
        self._count += not self._keys[at]
        self._keys[at] = key


@dataclass(slots=True)
class Seen:
    """Hash of id to hash of content, by open addressing."""

    _keys: "array[int]"
    _held: "array[int]"
    _count: int = 0

    @classmethod
    def none(cls) -> "Seen":
        return cls(array("Q", bytes(8 * _START)), array("Q", bytes(8 * _START)))

    def put(self, uid: str, content: str) -> bool | None:
        """None if the id is new; else whether it came with this very content."""
        if self._count > _FULL * len(self._keys):
            self._grow()
        key, held = _hash(uid), _hash(content)
        at = _place(self._keys, key)
        if self._keys[at]:
            return self._held[at] == held
        self._keys[at], self._held[at] = key, held
        self._count += 1
        return None

    def _grow(self) -> None:
        keys, held = self._keys, self._held
        self._keys = array("Q", bytes(16 * len(keys)))
        self._held = array("Q", bytes(16 * len(keys)))
        for key, content in zip(keys, held, strict=True):
            if key:
                at = _place(self._keys, key)
                self._keys[at], self._held[at] = key, content


def _place(keys: "array[int]", key: int) -> int:
    """Where the key is, or is to be put."""
    mask = len(keys) - 1
    at = key & mask
    while keys[at] not in (0, key):
        at = (at + 1) & mask
    return at


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) or 1


def unlike(items: Iterator[Row | Refusal], notes: Notes) -> Iterator[Row | Refusal]:
    """A second row of one id is refused; the same row over again is let pass with a warning."""
    seen = Seen.none()
    for item in items:
        again = None
        if isinstance(item, Row):
            again = seen.put(item.record.uid, _content(item))
        if again is False and isinstance(item, Row):
            yield _second(notes, item.record.uid)
            continue
        if again:
            notes.warn("(row)", "the same row came before", notes.where)
        yield item


def _content(row: Row) -> str:
    edges = [(edge.verb, edge.from_record, edge.to_record, edge.props) for edge in row.edges]
    return dump([row.record.fields, row.record.ids, edges])


def _second(notes: Notes, uid: str) -> Refusal:
    """The second row of an id, with the cell that holds it, if one does as it stands."""
    reason = "another row of this file has the same id and says otherwise"
    mend = "Give each row an id of its own, or take one of the two out."
    where, field, local, cell = notes.where, "id", uid.split(":", 1)[1], None
    for heading, value in notes.row.values.items() if notes.row else ():
        if (
            str(value).strip()
            and local.endswith(str(value).strip())
            and heading in notes.row.letters
        ):
            field, local = heading, str(value)
            cell = f"{notes.row.letters[heading]}{where.line}" if where.line else None
            break
    return Refusal(where, field, shown(local), reason, mend, cell)
