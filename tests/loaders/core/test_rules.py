"""Rules that a source's owner switched on: they join, contradict and are taken back as ids are."""

from pathlib import Path
from typing import Any

import pytest

from tieline.errors import BadInput
from tieline.loaders.resolve import components
from tieline.loaders.rules import RULES, ruled
from tieline.loaders.source import read
from tieline.schema.identifiers import identifier, scheme
from tieline.schema.records import Record, dump


def record(uid: str, name: str, *ids: str, rules: Any = RULES, url: str = "") -> Record:
    fields = {"name": name, "url": url}
    more = ruled(rules, "organisation", fields, ids)
    return Record(uid, "organisation", uid[0], dump(fields), "", (*ids, *more))


def joined(*records: Record) -> list[list[str]]:
    return components({each.uid: each for each in records})


def test_the_same_digits_and_name_in_two_registers() -> None:
    one = record("a:1", "The Warm Hearth", "GB-CHC-212481")
    two = record("b:1", "WARM HEARTH LTD", "GB-COH-00212481")
    other = record("b:2", "Cold Hearth", "GB-COH-00212481")
    apart = record("c:1", "Warm Hearth", "GB-COH-00212481", rules=())
    assert joined(one, two) == [["a:1", "b:1"]]
    assert joined(one, other) == [["a:1"], ["b:2"]]
    assert joined(one, apart) == [["a:1"], ["c:1"]], "only among those who switched it on"


def test_the_same_web_address_and_name_but_never_two_numbers() -> None:
    one = record("a:1", "Warm Hearth", url="https://www.hearth.example/us")
    two = record("b:1", "Warm Hearth Ltd", "GB-CHC-1000001", url="http://hearth.example")
    three = record("b:2", "Warm Hearth", "GB-CHC-1000002", url="http://hearth.example")
    assert joined(one, two) == [["a:1", "b:1"]]
    assert joined(two, three) == [["b:1"], ["b:2"]]


def test_people_are_never_joined_by_a_rule() -> None:
    assert ruled(RULES, "person", {"name": "Ann", "url": "x.example"}, ["GB-CHC-212481"]) == []


def test_a_rule_is_an_identifier_of_its_own_scheme() -> None:
    for each in ruled(RULES, "organisation", {"name": "Hearth"}, ["GB-SC-SC000123"]):
        assert scheme(each) == "rule" and identifier(each) == each


def test_the_switch(tmp_path: Path) -> None:
    path = tmp_path / "source.toml"
    path.write_text('slug = "x"\nsame_when = ["web-and-name", "number-and-name"]\n')
    assert read(tmp_path).same_when == ("number-and-name", "web-and-name")
    path.write_text('slug = "x"\nsame_when = ["looks-alike"]\n')
    with pytest.raises(BadInput, match="list any of number-and-name, web-and-name"):
        read(tmp_path)
