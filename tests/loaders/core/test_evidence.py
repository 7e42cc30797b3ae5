"""Shared work as evidence: the rules on single rows and single bodies."""

from datetime import date
from typing import Any

import pytest

from tieline.loaders.evidence import RUNNING, Member, from_body, from_row
from tieline.schema.records import Edge, Record, Row, dump, mention
from tieline.schema.strength import Observation, ends_on

Link = tuple[str, str, str, dict[str, Any]]


def row(fields: dict[str, Any], *edges: Link) -> Row:
    """A project row; an edge is (verb, from, to, props), "me" being the row and `p:` a person."""
    me = Record("s:1", "project", "s", dump(fields))
    made = Row(me)
    for verb, one, other, props in edges:
        ends = []
        for name in (one, other):
            if name == "me":
                ends.append(me.uid)
                continue
            kind = "person" if name.startswith("p:") else "organisation"
            made.mentions[name] = mention("s", kind, {"name": name})
            ends.append(made.mentions[name].uid)
        made.edges.append(Edge(verb, ends[0], ends[1], me.uid, tuple(props.items())))
    return made


def test_a_role_ties_a_person_to_the_body() -> None:
    edge = row({}, ("LEADS", "p:ann", "aid", {"from": "2020-01-01", "role": "chair"}))
    (found,) = from_row(edge)
    props = dict(found.props)
    assert (found.from_record, found.to_record) == (
        edge.edges[0].from_record,
        edge.edges[0].to_record,
    )
    assert (props["kind"], props["weight"], props["on"], props["until"]) == (
        "role", 1.5, "2020-01-01", None,
    )  # fmt: skip
    assert props["derived"] is True


def test_a_project_is_evidence_between_each_two_of_its_actors() -> None:
    works: list[Link] = [(verb, name, "me", {}) for verb, name in (("FUNDS", "f"), ("LEADS", "l"))]
    found = from_row(row({"starts": "2024-02-29"}, *works, ("PARTNERS_ON", "p", "me", {})))
    assert len(found) == 3
    assert {dict(e.props)["weight"] for e in found} == {1.5}
    assert {(dict(e.props)["on"], dict(e.props)["until"]) for e in found} == {
        ("2024-02-29", "2025-02-28")
    }


@pytest.mark.parametrize("starts", ["2023-03-01", "2024-02-29", "2023-02-28", "2023-12-31"])
def test_a_work_without_an_end_ends_where_strength_ends_it(starts: str) -> None:
    works: list[Link] = [("FUNDS", "f", "me", {}), ("LEADS", "l", "me", {})]
    (found,) = from_row(row({"starts": starts}, *works))
    said = Observation("o", "joint_work", on=date.fromisoformat(starts))
    assert date.fromisoformat(dict(found.props)["until"]).toordinal() == ends_on(said)


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ({"starts": "2024"}, ("2024-01-01", "2025-01-01")),
        ({"starts": "2024-05", "ends": "2025-02"}, ("2024-05-01", "2025-02-28")),
        ({"starts": "2024-05-06", "ends": "2025"}, ("2024-05-06", "2025-12-31")),
        ({"ends": "2025"}, (None, "2025-12-31")),
    ],
)
def test_a_work_whose_month_or_year_is_known(said: dict[str, Any], span: tuple[Any, Any]) -> None:
    works: list[Link] = [("FUNDS", "f", "me", {}), ("LEADS", "l", "me", {})]
    props = dict(from_row(row(said, *works))[0].props)
    assert (props["on"], props["until"]) == span


@pytest.mark.parametrize(("n", "pairs"), [(1, 0), (2, 1), (30, 435), (31, 0)])
def test_more_than_thirty_on_a_project_say_nothing(n: int, pairs: int) -> None:
    works: list[Link] = [("PARTNERS_ON", f"o{k}", "me", {}) for k in range(n)]
    assert len(from_row(row({}, *works))) == pairs


def test_one_more_partner_moves_no_other_pair() -> None:
    two: list[Link] = [("LEADS", "a", "me", {}), ("FUNDS", "b", "me", {})]
    (pair,) = from_row(row({}, *two))
    assert pair in from_row(row({}, *two, ("PARTNERS_ON", "hidden", "me", {})))


def test_what_few_may_hear_of_a_membership_few_may_hear_of_its_evidence() -> None:
    works = [("LEADS", "a", "me", {"audience": 1}), ("FUNDS", "b", "me", {})]
    (found,) = from_row(row({}, *works))
    assert dict(found.props)["audience"] == 1


def members(*levels: int) -> list[Member]:
    return [Member(f"s:p{n:02}", f"s:r{n:02}", level, None, None) for n, level in enumerate(levels)]


@pytest.mark.parametrize(("n", "pairs"), [(1, 0), (2, 1), (3, 3), (12, 66), (13, 0)])
def test_bodies_of_twelve_or_fewer_tie_their_members(n: int, pairs: int) -> None:
    found = from_body("s", "s:b", members(*[4] * n))
    assert len(found) == pairs
    assert all(p["weight"] == 1.5 / (n - 1) and p["until"] == RUNNING for p in found)
    assert len({p["uid"] for p in found}) == pairs


def test_members_whom_few_may_see_move_no_figure_that_more_may_see() -> None:
    public = from_body("s", "s:b", members(4, 4, 4))
    for hidden in ([1], [2, 0], [1] * 10):
        found = from_body("s", "s:b", members(4, 4, 4, *hidden))
        assert [p for p in found if p.get("said", 4) == 4] == public
        assert all(p.get("said", 4) < 4 for p in found if p not in public)


def test_never_there_together_is_no_shared_membership() -> None:
    past = Member("s:p1", "s:r1", 4, "2001-01-01", "2005-01-01")
    later = Member("s:p2", "s:r2", 4, "2010-01-01", None)
    assert from_body("s", "s:b", [past, later]) == []
    met = Member("s:p3", "s:r3", 4, "2004-01-01", None)
    spans = {(p["on"], p["until"]) for p in from_body("s", "s:b", [past, later, met])}
    assert spans == {("2004-01-01", "2005-01-01"), ("2010-01-01", RUNNING)}
