"""What a partner said: records, their addresses, and what stands between them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

PREFIX = {"person": "p", "organisation": "o", "place": "l", "theme": "t", "project": "j"}
LABELS = {
    "person": ["Person", "Actor"],
    "organisation": ["Organisation", "Actor"],
    "place": ["Place"],
    "theme": ["Theme"],
    "project": ["Project"],
}
OWN_WORD = "own-word:"  # begins the slug of what somebody says through Tieline
OF = "of"  # a field of own words: the handle of the record they were said of
STATEMENT = "statement"  # a row that is no thing itself: a tie, a membership


def dump(value: Any) -> str:
    """JSON with sorted keys: equal values, equal text."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def digest(*parts: Any) -> str:
    """24 hexadecimal digits of sha256 over the parts."""
    return hashlib.sha256(dump(parts).encode()).hexdigest()[:24]


@lru_cache(maxsize=1 << 14)
def handle(kind: str, record_uid: str) -> str:
    """The name a record lends the entity it describes: the lowest lends it its uid (compose)."""
    return f"{PREFIX.get(kind, 's')}-{digest(record_uid)}"


@dataclass(frozen=True, slots=True)
class Record:
    """A row (`slug:local id`) or what a row mentions (`slug:kind/hash`). `fields` is JSON."""

    uid: str
    kind: str
    source: str
    fields: str
    date: str = ""
    ids: tuple[str, ...] = ()
    branch: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship or an observation between two records of one row (`record`)."""

    verb: str
    from_record: str
    to_record: str
    record: str
    props: tuple[tuple[str, Any], ...] = ()

    def stored(self, source: str) -> dict[str, Any]:
        """As the graph keeps it: its uid includes the row, or two rows could not part ways."""
        props = {k: v for k, v in self.props if v is not None}
        key = (source, self.verb, self.from_record, self.to_record, self.record)
        parts = (*key, *(props.get(name) for name in ("role", "from", "kind", "reporter", "on")))
        ends = {"from_record": self.from_record, "to_record": self.to_record}
        return props | ends | {"uid": digest(*parts), "source": source, "record": self.record}


@dataclass(slots=True)
class Row:
    """One row read: its own record, what it mentions by role, and what it says of them."""

    record: Record
    mentions: dict[str, Record] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)


def mention(
    source: str,
    kind: str,
    fields: Mapping[str, Any],
    ids: Iterable[str] = (),
    date: str = "",
    branch: bool = False,
) -> Record:
    """Content-addressed: the same words in a thousand rows are one record."""
    kept = {k: v for k, v in fields.items() if v not in (None, "", [])}
    known = tuple(sorted(set(ids)))
    uid = f"{source}:{kind}/{digest(kept, known, branch)}"
    return Record(uid, kind, source, dump(kept), date, known, branch)


def recorded(row: Mapping[str, Any]) -> Record:
    """A record as the statements bring it: its properties, and the uids of its identifiers."""
    return Record(
        row["uid"],
        row["kind"],
        row["source"],
        row["fields"],
        str(row["date"] or ""),
        tuple(sorted(row["ids"])),
        bool(row["branch"]),
    )
