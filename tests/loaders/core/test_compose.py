"""What a thing is called and who may see it, worked by hand."""

from typing import Any

import pytest

from tieline.loaders.compose import Basis, compose
from tieline.schema.records import Record, dump, handle

SOURCES = {
    "register": Basis(1.0, 4, public=True),
    "partner": Basis(0.9, 4),
    "second": Basis(0.9, 4),
    "weavers": Basis(0.9, 2),
    "closed": Basis(1.0, 1),
    "own-word:ann": Basis(1.0, 4),
}


def person(*said: tuple[str, dict[str, Any]], kind: str = "person") -> dict[str, Any]:
    """The composed thing of records given as (source, fields), each with a name."""
    named = ((source, {"name": "Ann"} | fields, "") for source, fields in said)
    props: dict[str, Any] = thing(*named, kind=kind).props
    return props


def thing(*said: tuple[str, dict[str, Any], str], kind: str) -> Any:
    records = [
        Record(f"{source}:{n}", kind, source, dump(fields), date)
        for n, (source, fields, date) in enumerate(said)
    ]
    return compose(records, SOURCES)


@pytest.mark.parametrize(
    ("said", "consent", "rest"),
    [
        ([("partner", {})], 2, None),  # the default for people
        ([("partner", {"consent": 3})], 3, None),
        ([("partner", {"consent": 3}), ("weavers", {"consent": 1})], 1, None),  # the lowest said
        ([("closed", {"consent": 3})], 1, None),  # never more than the widest audience
        ([("register", {})], 4, 2),
        ([("register", {}), ("partner", {"consent": 1})], 4, 1),
        ([("register", {}), ("partner", {"consent": 4})], 4, None),
        ([("partner", {"consent": 1}), ("own-word:ann", {"consent": 3})], 3, None),
        ([("register", {}), ("own-word:ann", {"consent": 0})], 0, None),
    ],
)
def test_consent_of_a_person(
    said: list[tuple[str, dict[str, Any]]], consent: int, rest: int | None
) -> None:
    props = person(*said)
    assert (props["consent"], props.get("consent_rest")) == (consent, rest)


def test_an_organisation_is_public_unless_a_source_says_less() -> None:
    assert person(("partner", {"name": "Aid"}), kind="organisation")["consent"] == 4
    refuge = person(("partner", {}), ("weavers", {"consent": 1}), kind="organisation")
    assert refuge["consent"] == 1


def test_fields_come_only_from_those_whom_the_same_people_may_hear() -> None:
    """The register names them to anyone; what weavers wrote of them is for weavers."""
    props = person(
        ("weavers", {"name": "Annie", "bio": "moved house in May"}), ("register", {"name": "Ann"})
    )
    assert props["name"] == "Ann" and "bio" not in props and "also_known_as" not in props


def test_a_partner_open_to_all_does_not_widen_what_is_not_public_record() -> None:
    """At audience 4, but no public record: what it says of her is for weavers (consent_rest)."""
    props = person(("partner", {"name": "A. Lee", "bio": "knits"}), ("register", {"name": "Ann"}))
    assert props["consent_rest"] == 2 and "bio" not in props and "also_known_as" not in props


@pytest.mark.parametrize("kind", ["person", "organisation", "project", "place", "theme"])
def test_what_nobody_has_named_is_hidden(kind: str) -> None:
    props = thing(("register", {}, ""), ("closed", {"bio": "knits"}, ""), kind=kind).props
    assert props.get("consent", props.get("audience")) == 0


def test_a_thing_is_as_narrow_as_the_widest_source_that_names_it() -> None:
    """The open source has an id alone; the name is the closed one's, and so for stewards."""
    props = thing(("partner", {}, ""), ("closed", {"name": "Ann"}, ""), kind="organisation").props
    assert (props["name"], props["consent"]) == ("Ann", 1)
    props = thing(("partner", {}, ""), ("weavers", {"title": "Teas"}, ""), kind="project").props
    assert (props["title"], props["audience"]) == ("Teas", 2)


def test_a_uid_tells_of_no_narrower_source() -> None:
    """closed:0 is the lowest record; whoever guessed its name must not find it in a uid."""
    said = [("closed", {"name": "Ann"}, ""), ("register", {"name": "Ann"}, "")]
    assert thing(*said, kind="person").uid == handle("person", "register:1")
    assert thing(said[0], kind="person").uid == handle("person", "closed:0")


def test_taking_requests_counts_whoever_said_it() -> None:
    props = person(
        ("register", {"name": "Ann"}), ("weavers", {"taking_requests": False, "capacity": 2})
    )
    assert props["taking_requests"] is False and props["capacity"] == 2


def test_most_reliable_then_newest_then_uid_and_lists_are_unions() -> None:
    found = thing(
        ("partner", {"name": "Aid", "url": "b", "also_known_as": ["AA"]}, "2024-01-01"),
        ("second", {"name": "The Aid", "url": "c"}, "2025-01-01"),
        ("second", {"name": "Aid!", "founded": "1999"}, ""),
        kind="organisation",
    )
    assert (found.props["name"], found.props["url"]) == ("The Aid", "c")
    assert found.props["founded"] == "1999"
    assert found.props["also_known_as"] == ["AA", "Aid", "Aid!"]
    best = thing(
        ("register", {"name": "Old but sure"}, ""),
        ("second", {"name": "New"}, "2026-01-01"),
        kind="organisation",
    )
    assert best.props["name"] == "Old but sure"


def test_a_project_says_what_its_widest_sources_say() -> None:
    found = thing(
        ("closed", {"title": "Working title", "lessons": "ours alone"}, "2025-01-01"),
        ("partner", {"title": "Open title"}, ""),
        kind="project",
    )
    assert found.props["title"] == "Open title" and found.props["audience"] == 4
    assert "lessons" not in found.props


def test_a_network_is_a_second_label_and_undeclared_fields_stay_on_the_record() -> None:
    found = thing(("partner", {"name": "N", "network": True, "odd": 1}, ""), kind="organisation")
    assert found.labels == ("Organisation", "Actor", "Network")
    assert set(found.props) == {"name", "consent", "uid"}


def test_other_labels_of_a_theme_and_the_point_of_a_place() -> None:
    theme = thing(
        ("partner", {"label": "Grief", "alt_labels": ["Loss"]}, "2025-01-01"),
        ("weavers", {"label": "Mourning"}, "2026-01-01"),
        ("register", {"label": "Bereavement"}, ""),
        kind="theme",
    )
    assert theme.props["label"] == "Bereavement"
    assert theme.props["alt_labels"] == ["Grief", "Loss"]  # weavers' word is for weavers
    place = thing(("partner", {"name": "X", "latitude": 52.5, "longitude": -1.9}, ""), kind="place")
    assert tuple(place.props["location"]) == (-1.9, 52.5)
