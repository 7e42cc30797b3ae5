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


def clear(steps: Steps, stand: Standing, bodies: set[str]) -> tuple[Pairs, set[str]]:
    """Take off what these bodies were evidence of, before anything moves.

    The actors it tied, and how the uids of what was taken off begin.
    """
    if not bodies:
        return [], set()
    found = _read(steps, bodies)
    return _take_off(steps, stand, set(found)), set(found)


def evidence(
    steps: Steps, stand: Standing, bodies: set[str], cleared: set[str]
) -> tuple[Rows, Pairs]:
    """What these bodies are evidence of now, and whom it tied where it was not cleared yet.

    That is so where a new record has only now come to a body that stood. The members of the small
    bodies are held before anything is put between them.
    """
    if not bodies:
        return [], []
    found = _read(steps, bodies)
    ends = {p[end] for props in found.values() for p in props for end in ENDS} - stand.locked
    if ends:
        lock(steps, stand, ends)
        found = _read(steps, bodies)
    old = _take_off(steps, stand, found.keys() - cleared)
    return [props for each in found.values() for props in each], old


ENDS = ("from_record", "to_record")


def _take_off(steps: Steps, stand: Standing, prefixes: set[str]) -> Pairs:
    ordered = sorted(prefixes)
    lock(steps, stand, (row["uid"] for row in steps.each("load/paired", ordered)))
    return [(row["a"], row["b"]) for row in steps.each("load/unpair", ordered)]


def _read(steps: Steps, bodies: set[str]) -> dict[str, Rows]:
    """The evidence of each body and source, by how its uids begin."""
    return {
        prefix(row["source"], row["key"]): from_body(
            row["source"], row["key"], [member(each) for each in row["members"]]
        )
        for row in steps.run("load/bodies", uids=sorted(bodies))
    }
