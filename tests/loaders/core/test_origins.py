"""Why one value stands and not another: each reason, and what a viewer is not told."""

from typing import Any

import pytest

from tieline.loaders.compose import Basis, compose
from tieline.loaders.origins import origins, readable
from tieline.schema.records import OWN_WORD, STATEMENT, Record, dump

OWN = f"{OWN_WORD}p-1"
SOURCES = {
    "good": Basis(1.0),
    "fair": Basis(0.5),
    "also": Basis(0.5),
    "narrow": Basis(1.0, audience=2),
    OWN: Basis(1.0),
}


def record(uid: str, day: str = "", kind: str = "organisation", **fields: Any) -> Record:
    return Record(uid, kind, uid.rpartition(":")[0], dump(fields), day)


def told(*records: Record, level: int = 1, hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    visible = {each.uid for each in records} - set(hidden)
    return {each["field"]: each for each in origins(records, SOURCES, visible, level)}


@pytest.mark.parametrize(
    ("records", "value", "why"),
    [
        ([record("good:1", name="A")], "A", "the only one who says so"),
        ([record("good:1", name="A"), record("fair:1", name="A")], "A", "2 records say the same"),
        (
            [record("fair:1", "2026-01-01", name="B"), record("good:1", name="A")],
            "A",
            "its source is more reliable: 1 over 0.5",
        ),
        (
            [record("fair:1", "2025-01-01", name="A"), record("also:1", "2026-01-01", name="B")],
            "B",
            "newer: 2026-01-01 over 2025-01-01",
        ),
        (
            [record("fair:1", name="A"), record("also:1", "2026-01-01", name="B")],
            "B",
            "newer: 2026-01-01 over no date",
        ),
        (
            [record("fair:1", name="A"), record("also:1", name="B")],
            "B",
            "neither more reliable nor newer: first in the order of record ids",
        ),
    ],
)
def test_why_it_stands(records: list[Record], value: str, why: str) -> None:
    name = told(*records)["name"]
    assert (name["value"], name["why"]) == (value, why)
    assert name["value"] == compose(records, SOURCES).props["name"]
    assert [each["value"] for each in name["said"] if each["wins"]] == [value]


def test_other_names_are_all_that_is_said_but_for_the_name() -> None:
    found = told(record("good:1", name="A", also_known_as=["C"]), record("fair:1", name="B"))[
        "also_known_as"
    ]
    assert found["value"] == ["B", "C"]
    assert {(each["value"], each["record"]) for each in found["said"]} == {
        ("B", "fair:1"),
        ("C", "good:1"),
    }


def test_what_fewer_may_see_is_told_as_such() -> None:
    """Its record may be read by weavers; the thing is not made of it."""
    records = [record("narrow:1", name="N", url="https://n.example"), record("fair:1", name="A")]
    name = told(*records)["name"]
    assert name["value"] == "A" == compose(records, SOURCES).props["name"]
    assert {each["record"]: each["counts"] for each in name["said"]} == {
        "narrow:1": False,
        "fair:1": True,
    }
    assert "url" not in told(*records)


def test_of_words_that_are_not_yours_to_read_only_the_value() -> None:
    records = [
        record(f"{OWN}:me", "2026-01-01", kind="person", name="Ada", consent=4),
        record("fair:1", kind="person", name="Ada L.", consent=4),
    ]
    name = told(*records, level=4, hidden=(records[0].uid,))["name"]
    assert (name["value"], name["why"]) == ("Ada", "said by a source that is not yours to read")
    assert [each["record"] for each in name["said"]] == ["fair:1"]
    assert OWN not in dump(list(told(*records, level=4, hidden=(records[0].uid,)).values()))


def test_consent_is_for_stewards() -> None:
    records = [record("good:1", kind="person", name="Ada", consent=3, capacity=2)]
    assert told(*records)["consent"]["value"] == 3
    assert told(*records)["consent"]["why"] == "the lowest that any source gives"
    assert {"consent", "capacity"} & told(*records, level=2).keys() == set()


def test_a_row_is_read_without_what_is_for_others() -> None:
    row = {"kind": "person", "source": "good", "fields": dump({"name": "A", "consent": 1})}
    assert readable(row, 1) == {"name": "A", "consent": 1} and readable(row, 2) == {"name": "A"}
    felt = {"observed": [{"kind": "felt", "value": 1.0}, {"kind": "closeness", "value": 0.5}]}
    row = {"kind": STATEMENT, "source": "good", "fields": dump(felt)}
    assert readable(row, 1)["observed"] == [{"kind": "felt"}, {"kind": "closeness", "value": 0.5}]
    assert readable(row, 2)["observed"] == [{"kind": "felt"}, {"kind": "closeness"}]
    assert readable(row | {"source": OWN}, 1) == {}
