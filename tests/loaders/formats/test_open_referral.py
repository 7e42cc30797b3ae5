"""Open Referral UK: pages, packages in folders and zips, and what older feeds call things."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tieline.errors import BadInput
from tieline.loaders.formats import known

Read = Callable[..., Any]

ORGANISATION = {
    "id": "o1", "name": "Mill", "website": "mill.example.org", "email": "ada@example.org",
    "organization_identifiers": [
        {"identifier_scheme": "UK-CHTY", "identifier": "1126147"},
        {"identifier_type": "Company number", "identifier": "212481"},
        {"identifier_scheme": "NHS-OID", "identifier": "STAR-99"},
    ],
}  # fmt: skip
SERVICE: dict[str, Any] = {
    "id": "s1", "name": "Tea at Four", "status": "active", "last_modified": "2023-03-15T10:30:45Z",
    "description": "Ring Ada Byron or write to ada@example.org", "organization": ORGANISATION,
    "contacts": [{"name": "Ada Byron"}], "phones": [{"number": "0121 496 0000"}],
    "attributes": [{"taxonomy_term": {"id": "t1", "code": "LON", "name": "Loneliness",
                                      "taxonomy": "Our Terms"}}],
    "service_areas": [{"name": "Leeds", "uri": "http://x.example/id/E08000035"}],
}  # fmt: skip
HOME = {"city": "York", "postal_code": "YO1 7HH", "address_1": "12 Home Lane", "attention": "Ada"}
AT = [{"location": {"latitude": 53.9, "longitude": -1, "addresses": [HOME]}}]


def page(folder: Path, *items: Any, name: str | None = "contents") -> Path:
    path = folder / "page.json"
    body: Any = {"total_items": 1, name: list(items)} if name else list(items)
    path.write_text(json.dumps(body))
    return path


def test_a_service_is_a_project_that_its_organisation_leads(tmp_path: Path, reading: Read) -> None:
    found = reading(page(tmp_path, SERVICE))
    assert not found.refused and found.sentences == {
        ("Mill", "LEADS", "Tea at Four"), ("Tea at Four", "WORKS_ON", "Loneliness"),
        ("Tea at Four", "SERVES", "Leeds"),
    }  # fmt: skip
    (row,) = found.rows
    assert row.record.date == "2023-03-15" and found.said["service:s1"]["status"] == "running"
    assert row.mentions["organisation"].ids == (
        "GB-CHC-1126147", "GB-COH-00212481", "local-we-organisation-o1",
        "name-organisation-we-mill",
    )  # fmt: skip
    assert row.mentions["area"].ids == ("GSS-E08000035",)
    assert row.mentions["theme"].ids == ("local-we-theme-t1", "theme-our-terms-LON")


def test_nobodys_contact_is_stored(tmp_path: Path, reading: Read) -> None:
    quiet = {key: value for key, value in SERVICE.items() if key != "service_areas"}
    quiet["description"] = "Write to ada@example.org"
    found = reading(page(tmp_path, quiet | {"service_at_locations": AT}))
    for word in ("Byron", "0121", "ada@", "Home Lane", "7HH", "53.9"):
        assert word not in found.text
    assert ("Tea at Four", "SERVES", "York") in found.sentences
    assert found.notes.left["contacts"] == found.notes.left["phones"] == 1


def test_a_sentence_is_not_a_place(tmp_path: Path, reading: Read) -> None:
    vague = {"service_areas": [{"name": "Open to all residents of the city."}]}
    found = reading(page(tmp_path, SERVICE | vague))
    assert "SERVES" not in str(found.sentences) and "a sentence" in found.told


def test_older_feeds_name_things_otherwise(tmp_path: Path, reading: Read) -> None:
    term = {"id": "t1", "name": "Loneliness", "vocabulary": "esdServiceTypes"}
    at = [{"location": {"physical_addresses": [HOME]}}]
    older = {
        "id": "s1", "name": "Tea", "organization": {"id": "o1", "name": "Mill"},
        "service_taxonomys": [{"id": "x", "taxonomy": term}], "service_at_locations": at,
        "eligibilitys": [{"minimum_age": 18}], "regular_schedules": [], "contacts": [],
    }  # fmt: skip
    found = reading(page(tmp_path, older, name="content"))
    assert {("Tea", "WORKS_ON", "Loneliness"), ("Tea", "SERVES", "York")} <= found.sentences
    (row,) = found.rows
    assert "theme-esdservicetypes-loneliness" in row.mentions["theme"].ids
    assert not found.notes.unread


def test_organisations_with_parents_and_numbers_of_no_register(
    tmp_path: Path, reading: Read
) -> None:
    child = {"id": "o2", "name": "Weft", "parent_organization_id": "o1", "ourField": "x"}
    found = reading(page(tmp_path, ORGANISATION, child, name=None))
    assert found.said["organization:o1"]["said_ids"] == ["NHS-OID-STAR-99"]
    assert ("Weft", "PART_OF", "local-we-organisation-o1") in found.sentences
    assert found.notes.unread == {"ourField": 1}


def test_one_service_alone_and_a_folder_of_pages(tmp_path: Path, reading: Read) -> None:
    (tmp_path / "pages").mkdir()
    alone = tmp_path / "pages" / "service.json"
    alone.write_text(json.dumps(SERVICE))
    assert len(reading(alone).rows) == 1
    page(tmp_path / "pages", ORGANISATION)
    found = reading(tmp_path / "pages")
    assert {"service:s1", "organization:o1"} == found.said.keys()


def test_a_service_without_id_or_name_is_refused(tmp_path: Path, reading: Read) -> None:
    found = reading(page(tmp_path, SERVICE | {"id": None}, SERVICE | {"name": ""}, 7))
    assert [each.field for each in found.refused] == ["id", "name", "(row)"]
    assert found.refused[1].where.item == "contents[1]"


def test_the_standards_own_examples(shared: Path, reading: Read) -> None:
    found = reading(shared / "partners/open-referral-uk")
    assert len(found.rows) == 11 and not found.refused and not found.notes.unread
    assert ("Example Organization Inc.", "LEADS", "Community Counselling") in found.sentences
    assert "Persona" not in found.text and "Main Street" not in found.text


TABLES = {
    "organization": "id,name,website,email\no1,Mill,mill.example.org,ada@example.org\n",
    "organization_identifier": (
        "id,organization_id,identifier_scheme,identifier\ni1,o1,GB-CHC,1126147\n"
    ),
    "service": "id,organization_id,name,status\ns1,o1,Tea,active\ns2,o1,Soup,defunct\n",
    "taxonomy_term": "id,name,taxonomy,parent_id\nt1,Loneliness,ours,\nt2,Company,ours,t1\n",
    "attribute": (
        "id,link_entity,link_id,taxonomy_term_id\na1,service,s1,t2\na2,organization,o1,t1\n"
        "a3,location,l1,t1\n"
    ),
    "service_area": "id,service_id,name\nsa1,s1,Leeds\n",
    "location": "id,organization_id,name,latitude\nl1,o1,The mill,53.9\n",
    "address": "id,location_id,address_1,city,postal_code\nad1,l1,12 Home Lane,York,YO1 7HH\n",
    "service_at_location": "id,service_id,location_id\nx1,s1,l1\nx2,s2,l1\n",
    "contact": "id,name\nc1,Ada Byron\n",
    "phone": "id,number\np1,0121 496 0000\n",
}


def package(folder: Path, tables: dict[str, str] = TABLES) -> Path:
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


def joined(found: Any) -> None:
    assert not found.refused
    org, tea, soup = (f"local-we-{k}" for k in ("organisation-o1", "project-s1", "project-s2"))
    assert found.sentences == {
        (org, "LEADS", "Tea"), (org, "LEADS", "Soup"), (tea, "SERVES", "Leeds"),
        ("Company", "BROADER", "local-we-theme-t1"), (tea, "WORKS_ON", "local-we-theme-t2"),
        (org, "WORKS_ON", "local-we-theme-t1"), (org, "BASED_IN", "York"), (soup, "SERVES", "York"),
    }  # fmt: skip
    numbered = next(r.record for r in found.rows if "identifier" in r.record.uid)
    assert numbered.ids == ("GB-CHC-1126147", "local-we-organisation-o1")
    for word in ("Byron", "0121", "Home Lane", "53.9", "ada@"):
        assert word not in found.text
    assert found.notes.left["table contact"] == found.notes.left["table phone"] == 1


def test_a_package_in_a_folder(tmp_path: Path, reading: Read) -> None:
    folder = package(tmp_path / "feed")
    assert known.guess(folder) is known.STANDARDS["openreferral"]
    joined(reading(folder))


def test_a_package_in_a_zip(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for file in package(tmp_path / "feed").iterdir():
            made.write(file, f"deep/../../{file.name}")
    joined(reading(path))
    assert not (tmp_path.parent / "service.csv").exists()


def test_a_package_as_its_description_names_its_tables(tmp_path: Path, reading: Read) -> None:
    folder = package(tmp_path / "feed")
    (folder / "service.csv").rename(folder / "our-services-2024.csv")
    resources = [{"name": "service", "path": "our-services-2024.csv"}]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    found = reading(folder)
    assert {"service:s1", "service:s2"} <= found.said.keys()
    (folder / "datapackage.json").write_text("{")
    with pytest.raises(BadInput, match="no description of a package"):
        reading(folder)


def test_an_older_package(tmp_path: Path, reading: Read) -> None:
    older = {
        "organization": TABLES["organization"],
        "service": "id,organization_id,name\ns1,o1,Tea\n",
        "taxonomy": "id,name,vocabulary\nt1,Loneliness,esd\n",
        "service_taxonomy": "id,service_id,taxonomy_id,taxonomy_detail\nx1,s1,t1,\n",
        "link_taxonomy": "id,link_type,link_id,taxonomy_id\nx2,organization,o1,t1\n",
        "physical_address": "id,location_id,city\na1,l1,York\n",
        "service_at_location": "id,service_id,location_id\ny1,s1,l1\n",
    }
    found = reading(package(tmp_path / "feed", older))
    assert not found.refused and {
        ("local-we-project-s1", "WORKS_ON", "local-we-theme-t1"),
        ("local-we-organisation-o1", "WORKS_ON", "local-we-theme-t1"),
        ("local-we-project-s1", "SERVES", "York"),
    } <= found.sentences  # fmt: skip


def test_one_table_alone_says_what_is_missing(tmp_path: Path, reading: Read) -> None:
    folder = package(tmp_path / "feed")
    with pytest.raises(BadInput, match="Load the folder or zip"):
        reading(folder / "service.csv", "openreferral")
