"""Shared membership as evidence, on the graph: small bodies tie their members."""

from itertools import combinations
from typing import Any

import pytest


def member(rows: Any, n: int, source: str = "x", **props: Any) -> Any:
    """A row by which person n is a member of the body."""
    one = rows.person(f"P{n:02}", f"local-x-person-{n}", consent=4)
    the_body = rows.body("B", "GB-CHC-1000001")
    return rows.statement(f"{source}:m{n:02}", ("MEMBER_OF", one, the_body, props))


def between(world: Any) -> set[tuple[str, str]]:
    return {(a, b) for a, b in world.ties() if a < b and a[0] == b[0] == "P"}


def pairs(*numbers: int) -> set[tuple[str, str]]:
    return set(combinations([f"P{n:02}" for n in sorted(numbers)], 2))


@pytest.mark.parametrize(("n", "tied"), [(3, 3), (12, 66), (13, 0)])
def test_members_are_tied_in_small_bodies_only(world: Any, rows: Any, n: int, tied: int) -> None:
    told = world.load("x", [member(rows, k) for k in range(n)], size=2)
    assert len(between(world)) == tied
    assert told.ties == tied + n  # each member to the body too
    assert told.observations == tied + n


def test_a_thirteenth_member_parts_them_and_leaving_ties_them_again(world: Any, rows: Any) -> None:
    world.source("x")
    world.apply([member(rows, k) for k in range(12)])
    twelve = world.said()
    world.apply([member(rows, 12)])
    assert between(world) == set()
    world.apply(gone=["x:m12"])
    assert world.said() == twelve and len(between(world)) == 66


def test_the_weight_follows_the_number(world: Any, rows: Any) -> None:
    world.source("x")
    for k in range(3):
        world.apply([member(rows, k)])
    weights = {
        row["w"]
        for row in world.ask(
            "MATCH (:Person)-[o:OBSERVED {kind: 'joint_work'}]->(:Person) RETURN o.weight AS w"
        )
    }
    assert weights == {0.75}


def test_two_members_who_are_one_person_count_once(world: Any, rows: Any) -> None:
    """A bridge joins two members: the body is smaller by one; withdrawn, it is as it was."""
    world.source("x")
    world.source("y")
    world.apply([member(rows, k) for k in range(4)])
    apart = world.said()
    both: Any = ("person", "P00", ["local-x-person-0", "local-x-person-1"], {})
    world.apply([rows.thing("y:1", both)])
    assert between(world) == pairs(0, 2, 3)
    world.apply(gone=["y:1"])
    assert world.said() == apart and between(world) == pairs(0, 1, 2, 3)


def test_two_bodies_that_are_one_have_all_members(world: Any, rows: Any) -> None:
    world.source("x")
    world.source("y")
    one, two = rows.body("One", "GB-CHC-1000001"), rows.body("Two", "GB-COH-00000001")
    for n, name in enumerate((one, one, two, two)):
        p = rows.person(f"P{n:02}", f"local-x-person-{n}")
        world.apply([rows.statement(f"x:{n}", ("ADVISES", p, name, {}))])
    apart = world.said()
    assert between(world) == pairs(0, 1) | pairs(2, 3)
    world.apply([rows.thing("y:1", rows.body("Both", "GB-CHC-1000001", "GB-COH-00000001"))])
    assert between(world) == pairs(0, 1, 2, 3)
    world.apply(gone=["y:1"])
    assert world.said() == apart


def test_each_source_counts_its_own(world: Any, rows: Any) -> None:
    """Twelve by one source and one by another: the twelve stay tied, the thirteenth is alone."""
    world.source("x")
    world.source("y")
    world.apply([member(rows, k) for k in range(12)])
    world.apply([member(rows, 12, source="y")])
    assert between(world) == pairs(*range(12))


def test_a_membership_for_few_moves_nothing_for_many(world: Any, rows: Any) -> None:
    world.source("x")
    world.apply([member(rows, k) for k in range(3)])
    before = world.ties()["P00", "P01"]
    world.apply([member(rows, 3, audience=1)])
    after = world.ties()["P00", "P01"]
    assert after == before
    assert world.ties()["P00", "P03"]["audience"] == 1
