"""Entities are components: which records are one thing. Pure functions over the records that stand.

Unions come in one fixed order, whatever the order of loading: judged same; then identifiers by
(rank of their scheme, identifier), the holders of each in uid order, each into the first earlier
cluster that does not contradict it; names last, and only where at most one anchored cluster (one
that carries any other identifier) bears the name. What contradicts, and why: `Clusters.contradict`.
Own words come after all others (`_lean`): they follow whom they were said of, and join no two.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from tieline.schema.identifiers import SCHEMES, Scheme, scheme
from tieline.schema.records import OF, OWN_WORD, Record, handle

SAME, DIFFERENT = "same", "different"
_UNKNOWN = Scheme("", 50, "", "", "")

Claims = dict[str, set[frozenset[str]]]
Barred = frozenset[frozenset[str]]  # pairs of record uids that nothing but a judgement joins


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two records, `left` the lower uid: same or different."""

    left: str
    right: str
    verdict: str


def components(
    records: Mapping[str, Record],
    judgements: Sequence[Judgement] = (),
    unseen: Barred = frozenset(),
) -> list[list[str]]:
    """Every entity among whole connected sets of records, as sorted lists of record uids."""
    clusters = cluster(records, judgements, unseen)
    alone = [[uid] for uid in records.keys() - clusters.of.keys()]
    return sorted([*alone, *(sorted(members) for members in clusters.members.values())])


def cluster(
    records: Mapping[str, Record],
    judgements: Sequence[Judgement] = (),
    unseen: Barred = frozenset(),
) -> "Clusters":
    """Those that something joins, with what was left out on the way; the others are alone.

    `unseen`: pairs that no identifier joins, for whoever added one may not see the other.
    """
    leaning = {uid for uid, record in records.items() if leans(record)}
    firm = {uid: r for uid, r in records.items() if uid not in leaning} if leaning else records
    shared = _shared(firm)
    said = {(j.left, j.right) for j in judgements if j.verdict == SAME}
    said = {pair for pair in said if records.keys() >= set(pair)}
    some = {uid for uids in (*shared.values(), *said) for uid in uids}
    some = set(records) if leaning else some
    barred = {frozenset((j.left, j.right)) for j in judgements if j.verdict == DIFFERENT}
    clusters = Clusters({uid: records[uid] for uid in some}, barred | unseen)
    for left, right in sorted(said):
        clusters.union(left, right)
    for identifier in sorted(shared, key=_order):
        _join(clusters, identifier, shared[identifier])
    _lean(clusters, firm, {uid: records[uid] for uid in sorted(leaning)})
    return clusters


def leans(record: Record) -> bool:
    """Somebody's own word on what others name, or an echo of a name: not what they added."""
    return record.source.startswith(OWN_WORD) and not added(record)


def added(record: Record) -> bool:
    """What somebody added through Tieline."""
    own = record.source.startswith(OWN_WORD)
    return own and record.uid.startswith(f"{record.source}:added/")


def _lean(clusters: "Clusters", firm: Mapping[str, Record], leaning: Mapping[str, Record]) -> None:
    """Each own word to the record it was said of; without that, to the first holder of an
    identifier that will have it; where nobody else is left, to its like."""
    if not leaning:
        return
    named = {handle(record.kind, uid): uid for uid, record in firm.items()}
    holders = defaultdict(list)
    for uid in sorted(firm):
        for identifier in firm[uid].ids:
            holders[identifier].append(uid)
    alone = {}
    for uid, record in leaning.items():
        first = named.get(orjson.loads(record.fields).get(OF, ""))
        near = [_bearers(clusters, i, holders.get(i, [])) for i in sorted(record.ids, key=_order)]
        choices = [*([first] if first else []), *(each for held in near for each in held)]
        if not any(clusters.union(each, uid, quietly=True) for each in choices):
            alone[uid] = record
    left = _shared(alone)
    for identifier in sorted(left, key=_order):
        _join(clusters, identifier, left[identifier])


def _shared(records: Mapping[str, Record]) -> dict[str, list[str]]:
    """The holders, in uid order, of each identifier that more than one record carries."""
    holders = defaultdict(list)
    for uid in sorted(records):
        for identifier in records[uid].ids:
            holders[identifier].append(uid)
    return {identifier: uids for identifier, uids in holders.items() if len(uids) > 1}


def known(identifier: str) -> Scheme:
    """The scheme of an identifier; of one that is in no table, a scheme that claims nothing."""
    return SCHEMES.get(scheme(identifier), _UNKNOWN)


def _order(identifier: str) -> tuple[int, str]:
    return known(identifier).rank, identifier


def _bearers(clusters: "Clusters", identifier: str, uids: list[str]) -> list[str]:
    """Of a name not those in anchored clusters, where several of these bear it."""
    if known(identifier).weak:
        anchored = {clusters.of[uid] for uid in uids} & clusters.anchored
        if len(anchored) > 1:
            return [uid for uid in uids if clusters.of[uid] not in anchored]
    return uids


def _join(clusters: "Clusters", identifier: str, uids: list[str]) -> None:
    """Each holder into the first cluster of earlier holders that will have it: not all pairs."""
    uids = _bearers(clusters, identifier, uids)
    heads: set[str] = set()
    for uid in uids:
        any(clusters.union(earlier, uid) for earlier in sorted(heads))
        heads = {clusters.of[head] for head in heads | {uid}}


class Clusters:
    """Union-find that refuses a union which would put a contradicting pair together."""

    def __init__(self, records: Mapping[str, Record], barred: set[frozenset[str]]) -> None:
        self.of = {uid: uid for uid in records}
        self.members = {uid: [uid] for uid in records}
        self.kind = {uid: record.kind for uid, record in records.items()}
        self.claims = {uid: _claims(record) for uid, record in records.items()}
        self.anchored = {uid for uid, record in records.items() if _is_anchored(record)}
        self.barred = barred
        self.left_out: list[tuple[str, str]] = []

    def union(self, one: str, other: str, quietly: bool = False) -> bool:
        """True when both end in one cluster, named by the lower uid; else it is noted."""
        keeps, goes = sorted((self.of[one], self.of[other]))
        if keeps == goes:
            return True
        if self.contradict(keeps, goes):
            self.left_out += [] if quietly else [(keeps, goes)]
            return False
        for uid in self.members[goes]:
            self.of[uid] = keeps
        self.members[keeps] += self.members.pop(goes)
        for name, values in self.claims.pop(goes).items():
            self.claims[keeps].setdefault(name, set()).update(values)
        if goes in self.anchored:
            self.anchored.add(keeps)
        return True

    def contradict(self, one: str, other: str) -> bool:
        """Two kinds; none shared of an exclusive scheme; a branch and a whole; judged apart."""
        mine, theirs = self.claims[one], self.claims[other]
        return (
            self.kind[one] != self.kind[other]
            or any(_apart(mine[name], theirs[name]) for name in mine.keys() & theirs.keys())
            or (bool(self.barred) and self._judged_apart(one, other))
        )

    def _judged_apart(self, one: str, other: str) -> bool:
        return any(
            frozenset((left, right)) in self.barred
            for left in self.members[one]
            for right in self.members[other]
        )


def _apart(mine: set[frozenset[str]], theirs: set[frozenset[str]]) -> bool:
    return any(left.isdisjoint(right) for left in mine for right in theirs)


def _claims(record: Record) -> Claims:
    """By exclusive scheme, the values a record holds; being a branch or not is a claim too."""
    values = defaultdict(set)
    for identifier in record.ids:
        if known(identifier).exclusive:
            values[scheme(identifier)].add(identifier)
    claims = {name: {frozenset(held)} for name, held in values.items()}
    return claims | {"branch": {frozenset([str(record.branch)])}}


def _is_anchored(record: Record) -> bool:
    return any(not known(identifier).weak for identifier in record.ids)
