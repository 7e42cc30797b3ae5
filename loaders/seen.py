"""Which ids a file has had so far: hashes in a table on disk, so that memory stays flat."""

import hashlib
import sqlite3
from collections.abc import Iterator

from tieline.loaders.refusal import Refusal, shown
from tieline.loaders.report import Notes
from tieline.schema.records import Row, dump

HELD = 8 << 20  # bytes of a table that are kept in memory


class Seen:
    """Hash of id to hash of content, 8 bytes each, in a file of its own that goes with it."""

    def __init__(self) -> None:
        # Of no name: SQLite makes it on disk once it outgrows its cache, and deletes it at its end.
        self._table = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._table.execute(f"PRAGMA cache_size = -{HELD >> 10}")
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE seen (id INTEGER PRIMARY KEY, held INTEGER NOT NULL)")
        self._table.execute("BEGIN")

    def put(self, uid: str, content: str) -> bool | None:
        """None if the id is new; else whether it came with this very content."""
        key, held = _hash(uid), _hash(content)
        if self._table.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, held)).rowcount:
            return None
        (before,) = self._table.execute("SELECT held FROM seen WHERE id = ?", (key,)).fetchone()
        return bool(before == held)

    def __contains__(self, uid: str) -> bool:
        found = self._table.execute("SELECT 1 FROM seen WHERE id = ?", (_hash(uid),))
        return found.fetchone() is not None


class Uids(Seen):
    """A set of ids."""

    def add(self, uid: str) -> None:
        self.put(uid, "")


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def unlike(items: Iterator[Row | Refusal], notes: Notes) -> Iterator[Row | Refusal]:
    """A second row of one id is refused; the same row over again is let pass with a warning."""
    seen = Seen()
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
