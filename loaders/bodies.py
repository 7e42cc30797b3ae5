"""Evidence of shared membership, kept right as bodies and their members come, go, join and part."""

from collections.abc import Iterable
from typing import Any

from tieline.database.graph import Steps
from tieline.loaders.evidence import from_body, member, prefix
from tieline.loaders.standing import Standing, lock

Rows = list[dict[str, Any]]
Pairs = list[tuple[str, str]]


def touched(
    steps: Steps, stand: Standing, bodies: Iterable[str], people: Iterable[str]
) -> set[str]:
    """Records of every body whose members may be others now: these, and those of the people."""
    known, asked = set(bodies), sorted(people)
    if asked:
        known |= {row["uid"] for row in steps.run("load/memberships", uids=asked)}
    lock(steps, stand, known)
    return known


def clear(steps: Steps, stand: Standing, bodies: set[str]) -> Pairs:
    """Take off what these bodies were evidence of, before anything moves. The actors it tied."""
    if not bodies:
        return []
    found = steps.run("load/bodies", uids=sorted(bodies))
    prefixes = sorted({prefix(row["source"], row["key"]) for row in found})
    lock(steps, stand, (row["uid"] for row in steps.each("load/paired", prefixes)))
    return [(row["a"], row["b"]) for row in steps.each("load/unpair", prefixes)]


def evidence(steps: Steps, stand: Standing, bodies: set[str]) -> Rows:
    """What these bodies are evidence of now; the members of the small ones are held first."""
    if not bodies:
        return []
    props = _read(steps, bodies)
    ends = {p[end] for p in props for end in ("from_record", "to_record")} - stand.locked
    if ends:
        lock(steps, stand, ends)
        props = _read(steps, bodies)
    return props


def _read(steps: Steps, bodies: set[str]) -> Rows:
    found = steps.run("load/bodies", uids=sorted(bodies))
    return [
        props
        for row in found
        for props in from_body(row["source"], row["key"], [member(each) for each in row["members"]])
    ]
