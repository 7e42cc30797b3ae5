"""What stands around a batch: whole connected components, locked and read ring by ring.

A lock on any one record of a component keeps every other batch off the whole of it, since each
batch locks all the identifiers and records of what it touches before it reads what they say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tieline.database.graph import Steps
from tieline.loaders.resolve import SAME, Judgement
from tieline.schema.records import Record, recorded


@dataclass
class Standing:
    """Records, and the things they describe, as they are before the batch writes."""

    before: dict[str, Record] = field(default_factory=dict)
    node: dict[str, str] = field(default_factory=dict)  # record uid -> uid of what it describes
    of: dict[str, list[str]] = field(default_factory=dict)  # the other way round
    props: dict[str, dict[str, Any]] = field(default_factory=dict)  # by uid of the thing
    labels: dict[str, frozenset[str]] = field(default_factory=dict)
    degree: dict[str, int] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)
    locked: set[str] = field(default_factory=set)

    def take(self, found: dict[str, Any]) -> None:
        record = recorded(found["record"])
        thing = found["entity"]
        self.before[record.uid] = record
        self.node[record.uid] = thing
        self.of.setdefault(thing, []).append(record.uid)
        self.props[thing], self.degree[thing] = found["props"], found["degree"]
        self.labels[thing] = frozenset(found["labels"])


def reach(steps: Steps, ids: set[str], uids: set[str], stand: Standing) -> None:
    """Lock and read the components of these identifiers and records, until nothing new is met."""
    while ids or uids:
        lock(steps, stand, uids, ids)
        rows = steps.run("load/component", ids=sorted(ids), uids=sorted(uids))
        found = [row for row in rows if row["record"]["uid"] not in stand.before]
        for row in found:
            stand.take(row)
        fresh = {row["record"]["uid"] for row in found}
        near = judged(steps, uids | fresh)
        stand.judgements += near
        ids = {i for uid in fresh for i in stand.before[uid].ids} - stand.locked
        said = {uid for j in near if j.verdict == SAME for uid in (j.left, j.right)}
        uids = said - stand.locked - stand.before.keys()
        # A record found by its identifier is itself still free: hold it before going on.
        lock(steps, stand, fresh - stand.locked)


def lock(
    steps: Steps, stand: Standing, uids: Iterable[str], ids: Iterable[str] = frozenset()
) -> None:
    """Hold these records and identifiers, in uid order, until the batch ends."""
    uids, ids = set(uids) - stand.locked, set(ids) - stand.locked
    if uids or ids:
        steps.run("load/lock", ids=sorted(ids), uids=sorted(uids))
        stand.locked |= uids | ids


def judged(steps: Steps, uids: Iterable[str]) -> list[Judgement]:
    return [Judgement(**row) for row in steps.run("load/judgements", uids=sorted(uids))]
