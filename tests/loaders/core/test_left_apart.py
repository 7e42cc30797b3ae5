"""A union that would hold two said to differ is refused, and what it left in doubt is asked.

Invented. One and two carry one identifier, two and three another: nothing but what is in between
holds one and three together, and somebody says that those are two.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.loaders.judge import Contradicted, decide, retract
from tieline.queries.duplicates.ask import duplicates
from tieline.queries.hash.hash import graph_hash

FAR, NEAR = ("x:one", "z:three"), ("y:two", "z:three")
Say = Callable[..., None]
Asked = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def say(world: Any) -> Say:
    for slug in "xyz":
        world.source(slug)
    minutes = count(10)

    def put(left: str, right: str, verdict: str | None) -> None:
        at = f"2026-11-21T12:{next(minutes)}:00+00:00"
        if verdict is None:
            world.graph.write(lambda steps: retract(steps, left, right, "steward", at))
        else:
            world.graph.write(lambda steps: decide(steps, left, right, verdict, "steward", "", at))

    return put


@pytest.fixture
def asked(run: Any, reader: Callable[[int], Reader]) -> Asked:
    """Rows of what is here twice, of two things."""

    def put(level: int = 1, status: str | None = None) -> list[dict[str, Any]]:
        rows = run(duplicates(reader(level), "same_record", status=status))["rows"]
        return [row for row in rows if row["left_uid"] != row["right_uid"]]

    return put


def chain(world: Any, rows: Any, first: str, second: str) -> None:
    own = ("local-x-a-1", "local-y-a-2", "local-z-a-3")
    for uid, ids in zip(
        ("x:one", "y:two", "z:three"), ((first,), (first, second), (second,)), strict=True
    ):
        name = uid.partition(":")[2]
        world.apply([rows.thing(uid, rows.body(name, own["xyz".index(uid[0])], *ids))])


def texts(row: dict[str, Any]) -> str:
    return " ".join(reason["text"] for reason in row["reasons"])


@pytest.mark.parametrize(
    ("first", "second", "called"),
    [
        ("GB-EDU-100001", "GB-UKPRN-10000002", "GB-UKPRN-10000002"),
        ("rule-web-and-name-a.example-one", "rule-web-and-name-b.example-two", "rule-web-and-name"),
        ("local-x-organisation-1", "local-x-organisation-2", "one id of their source's own"),
    ],
)
def test_what_is_between_two_said_to_differ_is_asked(
    world: Any, rows: Any, say: Say, asked: Asked, first: str, second: str, called: str
) -> None:
    chain(world, rows, first, second)
    assert world.partition() == [["x:one", "y:two", "z:three"]] and not asked()
    before = graph_hash(world.graph)
    say(*FAR, "different")
    assert world.partition() == [["x:one", "y:two"], ["z:three"]]
    (row,) = asked(status="open")
    assert row["record_uids"] == [*NEAR] and row["judgement"]["verdict"] == "different"
    assert "Left apart: x:one and z:three were judged different, yet y:two and z:three" in texts(
        row
    )
    assert called in texts(row) and "speaks against it" not in texts(row)
    for command in ("y:two z:three different", "x:one z:three none"):
        assert f"`tieline review --judge {command}`" in texts(row)
    (seen,) = asked(4, "open")
    assert "were judged different" in texts(seen) and "tieline" not in texts(seen)

    say(*FAR, None)
    assert graph_hash(world.graph) == before and not asked(), "the one command mends it"
    say(*FAR, "different")
    say(*NEAR, "different")
    assert not asked(status="open"), "and so does the other"
    (row,) = asked(status="different")
    assert "y:two and z:three carry" in texts(row) and "y:two z:three none" in texts(row)


def test_what_was_judged_the_same_on_both_sides_is_asked(
    world: Any, rows: Any, say: Say, asked: Asked
) -> None:
    chain(world, rows, "local-x-b-1", "local-z-b-1")
    for uid in ("x:one", "y:two", "z:three"):
        name = uid.partition(":")[2]
        world.apply([rows.thing(uid, rows.body(name, f"local-{uid[0]}-own-1"))])
    say("x:one", "y:two", "same")
    say(*NEAR, "same")
    assert world.partition() == [["x:one", "y:two", "z:three"]]
    say(*FAR, "different")
    (row,) = asked(status="open")
    assert row["record_uids"] == [*NEAR] and "y:two and z:three were judged the same" in texts(row)
    assert "`tieline review --judge y:two z:three none`" in texts(row)
    with pytest.raises(Contradicted, match="x:one z:three none"):
        say(*NEAR, "same")
    say(*NEAR, None)
    assert not asked(status="open") and world.partition() == [["x:one", "y:two"], ["z:three"]]


def test_who_is_unsure_of_it_is_not_asked_again(
    world: Any, rows: Any, say: Say, asked: Asked
) -> None:
    chain(world, rows, "GB-EDU-100001", "GB-UKPRN-10000002")
    say(*FAR, "different")
    say(*NEAR, "unsure")
    assert not asked(status="open") and len(asked(status="unsure")) == 1


def test_of_what_numbers_part_anyway_nobody_is_asked(
    world: Any, rows: Any, say: Say, asked: Asked
) -> None:
    chain(world, rows, "GB-EDU-100001", "GB-UKPRN-10000002")
    for uid, number, shared in (
        ("x:one", "GB-CHC-1000001", "GB-EDU-100001"),
        ("z:three", "GB-CHC-1000002", "GB-UKPRN-10000002"),
    ):
        world.apply([rows.thing(uid, rows.body(uid[2:], number, shared))])
    assert [row["status"] for row in asked()] == ["open"], "as numbers leave it"
    say(*FAR, "different")
    assert [row["status"] for row in asked()] == ["different"]


def test_a_carrier_that_was_judged_itself_is_not_asked(
    world: Any, rows: Any, say: Say, asked: Asked
) -> None:
    """All three carry one number: whoever says that two of them differ has spoken of it."""
    chain(world, rows, "GB-EDU-100001", "GB-EDU-100001")
    say(*FAR, "different")
    (row,) = asked()
    assert row["status"] == "different"
    assert "x:one and z:three carry GB-EDU-100001, but were judged different" in texts(row)
