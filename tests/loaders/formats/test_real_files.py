"""Partners' real files: whole and right. Skipped where the shared data is not there."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import orjson
import pytest

from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.tasks import Wish, tasks
from tieline.schema.records import Row

Read = Callable[..., tuple[list[Row], list[Refusal], Notes]]


@pytest.fixture
def read(shared: Path) -> Read:
    """Rows and refusals of a real file, by its built-in source."""

    def reading(
        name: str, slug: str, part: str | None = None
    ) -> tuple[list[Row], list[Refusal], Notes]:
        notes = Notes()
        found = list(tasks(Wish(shared / name, slug=slug, part=part))[0].rows(notes))
        rows = [each for each in found if isinstance(each, Row)]
        return rows, [each for each in found if isinstance(each, Refusal)], notes

    return reading


def charities(rows: Iterable[Row]) -> set[str]:
    """Organisations by their registered numbers, funder and recipients."""
    found = (record for row in rows for record in row.mentions.values())
    return {each for record in found if record.kind == "organisation" for each in record.ids}


def test_the_two_funders_load_whole_and_share_133(read: Read) -> None:
    one, refused_one, notes = read("partners/360giving/abcharitabletrust.xlsx", "abct")
    other, refused_other, _ = read("partners/360giving/lloyds-bank-foundation.json", "lbfew")
    assert (len(one), len(other)) == (783, 4116)
    assert not refused_one and not refused_other
    assert sum(notes.unread.values()) == 783 + 783 + 500 + 499, "four private columns"
    shared_ids = {each for each in charities(one) & charities(other) if each.startswith("GB-")}
    assert len(shared_ids) == 133
    assert all({"funder", "recipient"} <= row.mentions.keys() for row in (*one, *other))


def test_no_street_or_full_postcode_of_a_recipient_is_kept(read: Read) -> None:
    rows, _, notes = read("partners/360giving/lloyds-bank-foundation.json", "lbfew")
    text = " ".join(record.fields for row in rows for record in row.mentions.values())
    assert "Hungerhill Road" not in text and "LE1 1AA" not in text
    assert notes.left["recipientOrganization.streetAddress"] == 4115


@pytest.mark.parametrize(
    ("name", "refused", "first"),
    [
        ("badfile_all_validation_errors.xlsx", 1, "Award Date"),
        ("bom.csv", 1, "title"),
        ("decimal_amounts.csv", 7, "id"),
        ("nulls.json", 2, "id"),
    ],
)
def test_the_standards_own_bad_files_are_refused_row_by_row(
    shared: Path, name: str, refused: int, first: str
) -> None:
    wish = Wish(shared / "partners/360giving-fixtures" / name, slug="bad", format="360giving")
    found = list(tasks(wish)[0].rows(Notes()))
    assert len(found) == refused
    assert all(isinstance(each, Refusal) and each.field == first for each in found)


def test_local_authorities(read: Read) -> None:
    rows, refused, notes = read("places/uk_local_authorities_current.csv", "uk-local-authorities")
    assert len(rows) == 470 and not refused and not notes.unread
    verbs = Counter(edge.verb for row in rows for edge in row.edges)
    assert verbs["SUCCEEDED_BY"] == 50
    assert all(any(edge.verb == "WITHIN" for edge in row.edges) for row in rows)
    assert sum(any(i.startswith("GSS-") for i in row.record.ids) for row in rows) == 445
    assert sum("latitude" in orjson.loads(row.record.fields) for row in rows) == 412


def test_a_name_means_one_council_that_stands_now(read: Read) -> None:
    """Regions, combined authorities and former counties must not take each other's names."""
    rows, _, _ = read("places/uk_local_authorities_current.csv", "uk-local-authorities")
    carried: dict[str, set[str]] = {}
    for record in (r for row in rows for r in (row.record, *row.mentions.values())):
        for name in (each for each in record.ids if each.startswith("name-")):
            anchors = {each for each in record.ids if each.startswith("GSS-")} or {record.uid}
            carried.setdefault(name, set()).update(anchors)
    assert [name for name, anchors in carried.items() if len(anchors) > 1] == []
    assert carried["name-place-west midlands"] == {"GSS-E12000005"}
    assert carried["name-place-north yorkshire"] == {"GSS-E06000065"}
    assert carried["name-place-greater manchester"] == {"GSS-E47000001"}
    assert carried["name-place-coventry"] == {"GSS-E08000026"}


def test_parliamentary_groups(read: Read) -> None:
    rows, refused, _ = read("partners/appg", "appg", "groups")
    assert len(rows) == 624 and not refused
    assert all(row.record.uid.startswith("appg:groups:uk/") for row in rows)


def test_members_of_other_parliaments_are_not_joined_by_slug(read: Read) -> None:
    groups, _, _ = read("partners/appg", "appg", "groups")
    rows, refused, _ = read("partners/appg", "appg", "members")
    assert (len(rows), len(refused)) == (10_369, 1_007)
    assert Counter(each.field for each in refused)["appg"] == 370, "slugs of no group here"
    unknown = [each for each in refused if "may be a private person" in each.reason]
    assert len(unknown) == 463, "called members, but no member's number: staff, firms, headings"
    assert all("another parliament" in e.reason or e in unknown for e in refused)
    known = {i for row in groups for i in row.record.ids if i.startswith("local-")}
    assert {i for row in rows for i in row.mentions["to"].ids} <= known
    assert {edge.verb for row in rows for edge in row.edges} == {"LEADS", "MEMBER_OF"}


def test_a_member_is_known_by_a_number_that_means_one_person(read: Read) -> None:
    """mnis_id 5038 is Josh Newbury at Westminster and someone else at Cardiff."""
    rows, _, _ = read("partners/appg", "appg", "members")
    names: dict[str, set[str]] = {}
    for record in (row.mentions["from"] for row in rows):
        for each in record.ids:
            if each.startswith("local-"):
                names.setdefault(each, set()).add(orjson.loads(record.fields)["name"])
    assert len(names) == 1141 and all(len(said) == 1 for said in names.values())


def test_uk_cat_is_two_schemes_and_a_sample_tagged_by_hand(read: Read) -> None:
    tags, refused, _ = read("partners/ukcat", "ukcat", "tags")
    assert len(tags) == 254 and not refused
    fields = [orjson.loads(row.record.fields) for row in tags]
    assert {each["scheme"] for each in fields} == {"uk-cat"}
    assert sum(edge.verb == "BROADER" for row in tags for edge in row.edges) == 230, "24 tops"
    codes = {each for row in tags for each in row.record.ids if each.startswith("local-")}
    classes, refused, _ = read("partners/ukcat", "ukcat", "icnptso")
    assert len(classes) == 127 and not refused
    assert sum(edge.verb == "BROADER" for row in classes for edge in row.edges) == 127 - 12
    assert len({each for row in classes for each in row.record.ids}) == 3 * 127, "no two are one"
    codes |= {each for row in classes for each in row.record.ids if each.startswith("local-")}
    sample, refused, _ = read("partners/ukcat", "ukcat", "sample")
    assert len(sample) == 4203 and not refused
    said = {i for row in sample for m in row.mentions.values() if m.kind == "theme" for i in m.ids}
    assert said <= codes, "every tag given is one of the schemes"
    assert len({i for row in sample for i in row.record.ids if i.startswith("GB-CHC")}) > 3000


def test_one_row_of_two_registers_is_one_charity_with_two_numbers(read: Read) -> None:
    name = "partners/charity-lookups/dual-registered-uk-charities.csv"
    rows, refused, notes = read(name, "dual-registered-charities")
    assert len(rows) == 1503 and not refused and not notes.unread
    schemes = [{each[:6] for each in row.record.ids} for row in rows]
    assert sum({"GB-CHC", "GB-SC-"} <= each for each in schemes) == 1503
