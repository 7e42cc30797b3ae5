"""A row read back from the graph says what it said when it was written."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tieline.loaders.change import Said
from tieline.loaders.erasure.standing import _stands
from tieline.loaders.evidence import kept
from tieline.schema.records import STATEMENT, Edge, Record, Row, dump, mention

ENDS = [
    mention("list", "person", {"name": "Ann"}, ["name-person-list-ann"], "2026-01-01"),
    mention("list", "person", {"name": "Bob"}, ["name-person-list-bob"], "2026-01-01"),
]
LATER = st.sampled_from([None, "2026-01-01", "2025"])
OBSERVED = st.fixed_dictionaries(
    {"kind": st.sampled_from(["closeness", "felt", "joint_work"])},
    optional={
        "value": st.floats(0, 1),
        "weight": st.floats(0.1, 4),
        "answered_share": st.floats(0.1, 1),
        "reporter": st.sampled_from(["from", "to"]),
        "on": LATER,
        "until": LATER,
        "audience": st.integers(0, 4),
        "purpose": st.text(max_size=5),
    },
)
RELATED = st.fixed_dictionaries(
    {}, optional={"role": st.text(max_size=5), "from": LATER, "audience": st.integers(0, 4)}
)
EDGE = st.tuples(st.just("OBSERVED"), OBSERVED) | st.tuples(st.just("FUNDS"), RELATED)


def as_stored(row: Row) -> dict[str, Any]:
    """What queries/erasure/rows.cypher returns of it, read back by others."""
    records = {role: _record(m) | {"role": role} for role, m in row.mentions.items()}
    edges = [
        {"verb": edge.verb, "props": kept(edge, row.record.source) | {"audience": 2}}
        for edge in row.edges
    ]
    told: dict[str, Any] = {"row": _record(row.record), "loads": ["l1", None], "edges": edges}
    return told | {"mentions": list(records.values())}


def _record(record: Record) -> dict[str, Any]:
    names = ("uid", "kind", "source", "fields", "date", "branch")
    return {name: getattr(record, name) or None for name in names} | {"ids": list(record.ids)}


@given(st.lists(EDGE, max_size=1), st.integers(0, 1))
def test_written_and_read_back(said: list[tuple[str, dict[str, Any]]], first: int) -> None:
    one, other = ENDS[first].uid, ENDS[1 - first].uid
    row = Row(Record("list:1", STATEMENT, "list", dump({"a": 1}), "2026-01-01"))
    row.mentions = {"from": ENDS[0], "to": ENDS[1]}
    row.edges = [Edge(verb, one, other, "list:1", tuple(p.items())) for verb, p in said]
    again = _stands(as_stored(row))
    assert again.row.record == row.record and again.row.mentions == row.mentions
    assert again.loads == ("l1",)
    assert Said(again.row).signature == Said(row).signature
