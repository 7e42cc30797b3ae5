"""Shared work makes evidence: observations derived by rule, gone with what they came from.

A row's own (`from_row`, a pure function of the row):
    an actor works for, is a member of, leads or advises an organisation    role
    actors fund, lead or are partners on one project, 30 at most            joint_work, 1.5
Shared membership (`from_body`, of all that one source says of one body):
    n people belong to one body, n <= 12                                    joint_work, 1.5/(n-1)

What a project is evidence of does not depend on how many share it, and the n people of a body are
those at least as visible there as the pair itself: a partner or a member whom few may see never
moves the figure of a tie that more may see. A pair is as visible as both memberships are. A
membership without an end runs on (until RUNNING), as a role does.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import orjson

from tieline.schema.consent import DEFAULT, PUBLIC
from tieline.schema.records import Edge, Record, Row, digest
from tieline.schema.strength import unended
from tieline.schema.weights import KINDS, OPEN_END

ROLES = frozenset(("WORKS_FOR", "MEMBER_OF", "LEADS", "ADVISES"))
WORKS = frozenset(("FUNDS", "LEADS", "PARTNERS_ON"))
LARGEST = 12  # people of a body, for them to have worked together
TEAM = 30  # actors of a project: a row that names more lists an audience, not a team
RUNNING = OPEN_END.isoformat()

Props = dict[str, Any]


def from_row(row: Row) -> list[Edge]:
    """What a row's relationships are evidence of."""
    things = {record.uid: record for record in (row.record, *row.mentions.values())}
    roles: dict[tuple[str, str], list[Props]] = {}
    works: dict[str, dict[str, list[Props]]] = {}
    for edge in row.edges:
        if things[edge.from_record].kind not in DEFAULT:
            continue
        kind, props = things[edge.to_record].kind, dict(edge.props)
        if kind == "organisation" and edge.verb in ROLES:
            roles.setdefault((edge.from_record, edge.to_record), []).append(props)
        elif kind == "project" and edge.verb in WORKS:
            works.setdefault(edge.to_record, {}).setdefault(edge.from_record, []).append(props)
    derived = [_role(row, *ends, said) for ends, said in roles.items()]
    for project, actors in works.items():
        derived += _joint(row, things[project], actors)
    return derived


def _role(row: Row, actor: str, body: str, said: Sequence[Props]) -> Edge:
    span = _span((p.get("from") for p in said), (p.get("to") for p in said))
    return _derived("role", None, actor, body, row.record.uid, (*span, _widest(said)))


def _joint(row: Row, project: Record, actors: Mapping[str, Sequence[Props]]) -> Iterable[Edge]:
    """Between each two actors of a project."""
    if len(actors) > TEAM:
        return
    fields = orjson.loads(project.fields)
    starts, ends = _first(fields.get("starts")), _last(fields.get("ends"))
    if starts and not ends:
        ends = unended(date.fromisoformat(starts)).isoformat()
    for one, other in combinations(sorted(actors), 2):
        said = min(_widest(actors[one]), _widest(actors[other]))
        span = (starts, ends, said)
        yield _derived("joint_work", None, one, other, row.record.uid, span)


def _first(day: str | None) -> str | None:
    """Of a year or a month the first day."""
    return f"{day}-01-01"[:10] if day and len(day) < 7 else f"{day}-01"[:10] if day else None


def _last(day: str | None) -> str | None:
    """Of a year or a month the last day."""
    if not day or len(day) == 10:
        return day
    year, month = int(day[:4]), int(day[5:7] or 12)
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]}"


def _derived(
    kind: str,
    n: int | None,
    one: str,
    other: str,
    row: str,
    span: tuple[str | None, str | None, int],
) -> Edge:
    on, until, said = span
    weight = KINDS[kind].weight / (n - 1 if n else 1)
    props = {"kind": kind, "value": 1.0, "weight": weight, "answered_share": 1.0}
    props |= {"reporter": row, "on": on, "until": until, "derived": True}
    props["audience"] = said if said < PUBLIC else None
    return Edge("OBSERVED", one, other, row, tuple(props.items()))


def _widest(said: Iterable[Props]) -> int:
    """The same thing said twice is as visible as the more visible saying."""
    given = [props.get("audience") for props in said]
    return max(PUBLIC if level is None else level for level in given)


def _span(
    begins: Iterable[str | None], ends: Iterable[str | None]
) -> tuple[str | None, str | None]:
    """From the first beginning to the last end; an end that nobody gives is none."""
    given, last = list(begins), list(ends)
    return min((day for day in map(_first, given) if day), default=None), (
        max(day for day in map(_last, last) if day) if all(last) else None
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A person as one source's memberships of one body show them.

    `from_record` and `record`: the lowest records that say so; `audience`: the widest of them.
    """

    from_record: str
    record: str
    audience: int
    begins: str | None
    ends: str | None


def prefix(source: str, key: str) -> str:
    """How the uids of a body's evidence begin; `key` is the body's lowest record of the source."""
    return f"body-{digest(source, key)}-"


def from_body(source: str, key: str, members: Sequence[Member]) -> list[Props]:
    """Observations between each two members who were there together, as the graph keeps them."""
    found = []
    ordered = sorted(members, key=lambda member: member.from_record)
    for one, other in combinations(ordered, 2) if _any_pair(members) else ():
        level = min(one.audience, other.audience)
        n = sum(member.audience >= level for member in members)
        on = max((d for d in (one.begins, other.begins) if d), default=None)
        until = min(one.ends or RUNNING, other.ends or RUNNING)
        if n <= LARGEST and not (on and on > until):
            row = min(one.record, other.record)
            span = (on, until, level)
            edge = _derived("joint_work", n, one.from_record, other.from_record, row, span)
            uid = prefix(source, key) + digest(one.from_record, other.from_record)
            found.append(kept(edge, source) | {"uid": uid})
    return found


def kept(edge: Edge, source: str) -> Props:
    """As the graph keeps an edge: what the row said of its audience is `said`, since `audience`
    is the effective one; an observation has what its kind goes without saying."""
    props = edge.stored(source)
    said = props.pop("audience", None)
    props |= {"said": said} if said is not None else {}
    if edge.verb != "OBSERVED":
        return props
    usual = {"value": 1.0, "weight": float(KINDS[props["kind"]].weight), "answered_share": 1.0}
    return usual | {"reporter": edge.record} | props


def _any_pair(members: Sequence[Member]) -> bool:
    """False where even the most visible level has too many: 159 members make 12,000 pairs."""
    top = sorted((member.audience for member in members), reverse=True)[1:2]
    return bool(top) and sum(member.audience >= top[0] for member in members) <= LARGEST


def member(row: Mapping[str, Any]) -> Member:
    """From queries/load/bodies.cypher. Dates nobody gives are missing from begins and ends."""
    ends = row["ends"] if len(row["ends"]) == row["times"] else []
    return Member(
        row["from_record"],
        row["record"],
        row["audience"],
        min(row["begins"], default=None),
        max(ends, default=None),
    )
