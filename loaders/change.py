"""What a batch does to the records: the difference between what stands and what its rows say."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tieline.database.graph import Steps
from tieline.loaders.evidence import ROLES, from_row, kept
from tieline.loaders.standing import Standing
from tieline.schema.records import STATEMENT, Edge, Record, Row, digest


@dataclass
class Said:
    """A row with all that follows from it."""

    row: Row

    @property
    def uid(self) -> str:
        return self.row.record.uid

    @cached_property
    def edges(self) -> list[dict[str, Any]]:
        """Its relationships, observations and derived evidence as the graph keeps them."""
        for edge in self.row.edges:
            self._check(edge)
        source = self.row.record.source
        found = [(e.verb, kept(e, source)) for e in (*self.row.edges, *from_row(self.row))]
        return list({p["uid"]: {"verb": verb, "props": p} for verb, p in found}.values())

    @cached_property
    def signature(self) -> str:
        """Equal where the row says what it said before."""
        record = self.row.record
        own = (record.kind, record.fields, record.date, record.ids, record.branch)
        roles = {role: m.uid for role, m in self.row.mentions.items()}
        return digest(own, roles, [(e["verb"], e["props"]) for e in self.edges])

    @cached_property
    def bodies(self) -> set[str]:
        """Records of the organisations whose members this row names."""
        return {e["props"]["to_record"] for e in self.edges if e["verb"] in ROLES}

    def _check(self, edge: Edge) -> None:
        own = {self.uid} if self.row.record.kind != STATEMENT else set()
        ends = own | {m.uid for m in self.row.mentions.values()}
        if not {edge.from_record, edge.to_record} <= ends or edge.record != self.uid:
            raise ValueError(f"{self.uid}: {edge.verb} ends at a record the row does not mention")


@dataclass
class Change:
    """Rows to write, rows and mentions to take away."""

    rows: list[Said] = field(default_factory=list)
    dropped: dict[str, list[str]] = field(default_factory=dict)  # row -> the mentions it had
    gone: set[str] = field(default_factory=set)
    put: dict[str, Record] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    stood: set[str] = field(default_factory=set)  # of these records, those that are there already
    strays: list[str] = field(default_factory=list)  # rows left alone that other parts said before
    kept: list[str] = field(default_factory=list)  # rows that this part drops and others still say

    @property
    def mentioned(self) -> dict[str, Record]:
        return {m.uid: m for said in self.rows for m in said.row.mentions.values()}

    @property
    def touched(self) -> set[str]:
        """Every record this batch has to do with."""
        lost = {m for mentions in self.dropped.values() for m in mentions}
        return {said.uid for said in self.rows} | self.dropped.keys() | lost | self.mentioned.keys()

    @property
    def ids(self) -> set[str]:
        records = (*self.mentioned.values(), *(said.row.record for said in self.rows))
        return {identifier for record in records for identifier in record.ids}


def compare(
    steps: Steps, said: Sequence[Said], gone: Sequence[str], own: Sequence[str] = ()
) -> Change:
    """Rows that say what they said before are left alone; `own` are the Loads of their part."""
    uids = [each.uid for each in said]
    known = {row["uid"]: row for row in steps.run("load/rows", uids=[*uids, *gone])}
    fresh = [s for s in said if s.uid not in known or known[s.uid]["digest"] != s.signature]
    there, mine = {uid for uid in gone if uid in known}, set(own)
    change = Change(
        fresh, gone={u for u in there if not mine or mine.issuperset(known[u]["loads"])}
    )
    change.kept = sorted(there - change.gone)
    same = {each.uid for each in said} - {each.uid for each in fresh} if own else set()
    change.strays = sorted(uid for uid in same if mine.isdisjoint(known[uid]["loads"]))
    lost = change.gone | {each.uid for each in fresh}
    change.dropped = {uid: known[uid]["mentions"] for uid in sorted(lost) if uid in known}
    return change


def settle(steps: Steps, change: Change, stand: Standing) -> None:
    """Which mentions come, stay or go, and the newest date that their standing rows give them."""
    losing = {m for mentions in change.dropped.values() for m in mentions}
    said = change.mentioned
    known = {row["uid"]: row for row in _mentions(steps, losing | said.keys(), losing, change)}
    dates = {uid: row["date"] or "" for uid, row in known.items()}
    for mention in (m for each in change.rows for m in each.row.mentions.values()):
        dates[mention.uid] = max(dates.get(mention.uid, ""), mention.date)
    alone = {uid for uid in losing - said.keys() if not known[uid]["others"]}
    change.erased = change.gone | alone
    for uid in dates.keys() - change.erased:
        if uid not in known or (known[uid]["was"] or "") != dates[uid]:
            record = said.get(uid) or stand.before[uid]
            same = record.date == dates[uid]
            change.put[uid] = record if same else replace(record, date=dates[uid])
    change.put |= {each.uid: each.row.record for each in change.rows}
    change.stood = known.keys() | change.dropped.keys()


def _mentions(
    steps: Steps, uids: set[str], losing: set[str], change: Change
) -> list[dict[str, Any]]:
    return steps.run(
        "load/mentions", uids=sorted(uids), losing=sorted(losing), dropped=sorted(change.dropped)
    )
