"""What somebody added joins nothing that they may not see, or its id would tell what is known.

Worked out whenever records are resolved, and kept nowhere: so it is the same whichever came first,
and whatever is withdrawn leaves no trace. What a person adds joins what members may see, what the
stewards add what stewards may see. Whoever hides by their own word after that day stays joined, or
what was added of them would come to light. A steward who judges two the same lifts it for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tieline.loaders.compose import Basis, hearing
from tieline.loaders.own_word.author import STEWARDS
from tieline.loaders.resolve import Barred, Clusters, Judgement, added, cluster, leans
from tieline.schema.consent import FIELD, STEWARD
from tieline.schema.records import Record

Records = Mapping[str, Record]
Levels = tuple[int, int]  # who may see its name, and what is not public record of it


def unseen(
    records: Records, judgements: Sequence[Judgement], sources: Mapping[str, Basis]
) -> Barred:
    """Pairs of records, of whole components, that share an identifier and are kept apart."""
    fresh = sorted(uid for uid, record in records.items() if added(record))
    if not fresh:
        return frozenset()
    bare = {uid: replace(r, ids=()) if added(r) else r for uid, r in records.items()}
    now = cluster(bare, judgements)
    found: set[frozenset[str]] = set()
    for uid in fresh:
        for other in _sharing(records, uid):
            one = now.of.get(uid, uid) == now.of.get(other, other)  # somebody judged so
            if not one and not added(records[other]):
                members = _with(now, other, records)
                if all(
                    _hides(records[other], _levels(some, sources), sources, _sees(uid))
                    for some in (members, _then(members, records[uid].date))
                ):
                    found.add(frozenset((uid, other)))
    return frozenset(found | _between(fresh, records, bare, judgements, found, sources))


def _between(
    fresh: Sequence[str],
    records: Records,
    bare: Records,
    judgements: Sequence[Judgement],
    barred: set[frozenset[str]],
    sources: Mapping[str, Basis],
) -> set[frozenset[str]]:
    """Of two that were added: apart where one of the authors may not see what the other's is."""
    shown: dict[str, int] = {}
    found: set[frozenset[str]] = set()
    for uid in fresh:
        for other in (o for o in _sharing(records, uid) if added(records[o]) and uid < o):
            for each in (uid, other):
                if each not in shown:
                    alone = {**bare, each: records[each]}
                    its = cluster(alone, judgements, frozenset(barred))
                    shown[each] = _levels(_with(its, each, records), sources)[0]
            if shown[uid] < _sees(other) or shown[other] < _sees(uid):
                found.add(frozenset((uid, other)))
    return found


def _sharing(records: Records, uid: str) -> list[str]:
    """Others of its kind that carry one of its identifiers and are nobody's word on another."""
    mine = records[uid]
    return sorted(
        other
        for other, record in records.items()
        if other != uid
        and record.kind == mine.kind
        and not set(mine.ids).isdisjoint(record.ids)
        and not leans(record)
    )


def _with(clusters: Clusters, uid: str, records: Records) -> list[Record]:
    return [records[each] for each in clusters.members.get(clusters.of.get(uid, uid), [uid])]


def _then(members: Sequence[Record], day: str) -> list[Record]:
    """Without the own words that came after that day."""
    return [each for each in members if not (leans(each) and each.date > day)]


def _levels(members: Sequence[Record], sources: Mapping[str, Basis]) -> Levels:
    found = hearing(members, sources)[2]
    name: int = found["consent"] if "consent" in found else found["audience"]
    rest: int = found.get("consent_rest", name)
    return name, rest


def _hides(record: Record, levels: Levels, sources: Mapping[str, Basis], level: int) -> bool:
    """Whether somebody at this level may not read what this record says of its thing."""
    name, rest = levels
    basis = sources[record.source]
    return min(basis.audience, name if basis.public else rest) < level


def _sees(uid: str) -> int:
    return STEWARD if uid.startswith(f"{STEWARDS}:") else FIELD
