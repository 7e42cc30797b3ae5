"""Whatever a file holds, each row is accepted or refused: nothing else comes out, nothing stops."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tieline.loaders import mapping
from tieline.loaders.formats import table, threesixtygiving
from tieline.loaders.formats.threesixtygiving.grant import interpret
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Where
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import STATEMENT, Row

SOURCE = Source("we", "We", lawful_basis="consent", folder=Path())
HERE = Where("a.json", item="grants[0]")

WORDS = st.sampled_from(
    [
        "",
        "GB-CHC-1126147",
        "GB-COH-7",
        "360G-a-1",
        "2020-01-01",
        "E08000026",
        "CV1 2AB",
        "£5",
        "Yes",
    ]
)
PLAIN = st.one_of(WORDS, st.text(max_size=20), st.none(), st.booleans(), st.integers(), st.floats())
DEEP = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
)
PARTS = st.lists(
    st.dictionaries(
        st.sampled_from(
            "id name charityNumber companyNumber postalCode addressLocality url alternateName "
            "department location geoCode geoCodeType startDate endDate duration code title "
            "vocabulary email".split()
        ),
        DEEP,
        max_size=6,
    ),
    max_size=3,
)
GRANT = st.fixed_dictionaries(
    {"id": PLAIN, "title": PLAIN},
    optional={
        **{k: PARTS | DEEP for k in (
            "fundingOrganization recipientOrganization recipientIndividual beneficiaryLocation "
            "plannedDates actualDates grantProgramme classifications fundingType").split()},
        **{k: DEEP for k in (
            "description currency amountAwarded awardDate dateModified fromOpenCall url ours "
            "relatedDocument regrantType").split()},
    },
)  # fmt: skip


def sound(found: Any) -> None:
    """A refusal says all it should; a row's relationships stand between its own records."""
    if isinstance(found, Refusal):
        assert found.field and found.reason and found.mend.endswith(".")
        json.dumps(found.as_json())
        return
    assert isinstance(found, Row)
    known = {record.uid for record in (found.record, *found.mentions.values())}
    for edge in found.edges:
        assert {edge.from_record, edge.to_record} <= known
    for record in found.mentions.values():
        assert record.ids and record.kind != STATEMENT
        json.loads(record.fields)
        assert all(len(each.encode()) < 4000 for each in (*record.ids, record.uid))
    assert len(found.record.uid.encode()) < 4000


@settings(deadline=None, max_examples=200)
@given(GRANT)
def test_grants_of_noise(grant: dict[str, Any]) -> None:
    sound(interpret(SOURCE, Raw(HERE, grant), Notes()))


FIELDS = {
    "person": 'name = "A"\nconsent = "B"\norganisation = { column = "C", by = "id" }\nplace = "D"',
    "organisation": 'name = "A"\nidentifiers = "B"\nfounded = "C"\npart_of = "D"\nclosed = "E"',
    "project": 'title = "A"\namount = "B"\nstarts = "C"\nends = "D"\nlead = "E"',
    "place": 'name = "A"\ngss = "B"\nlatitude = "C"\nwithin = { column = "D", by = "identifier" }',
    "theme": 'label = "A"\ncode = "B"\nbroader = "C"\nalt_labels = { column = "D", split = ";" }',
    "tie": 'from = "A"\nto = "B"\nkind = "C"\nvalue = "D"\non = "E"',
    "relationship": 'from = "A"\nto = "B"\nverb = "C"\nfrom_kind = "D"\nfrom_date = "E"',
}
CELL = st.one_of(
    WORDS, st.text(max_size=30), st.just("x" * 21_000), st.just("n" * 5000), st.just("\udca3"),
    st.sampled_from(["closeness", "5", "member_of", "person", "felt", "2024-01-01", "E08000026"]),
)  # fmt: skip


@pytest.mark.parametrize("kind", FIELDS)
def test_tables_of_noise(kind: str, tmp_path: Path) -> None:
    told = tmp_path / "m.toml"
    told.write_text(f'[[table]]\nkind = "{kind}"\nid = "I"\n[table.columns]\n{FIELDS[kind]}\n')
    layout = mapping.read(told)

    @settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(st.fixed_dictionaries({letter: CELL for letter in "ABCDEI"}))
    def each(cells: dict[str, str]) -> None:
        raw = Raw(Where("a.csv", line=2), dict(cells))
        sound(table._row(raw, SOURCE, layout.tables[0], Notes(), None))

    each()


def test_lists_without_end_are_one_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    deep = "[" * 50_000 + "]" * 50_000
    path.write_text('{"grants": [{"id": "1", "title": ' + deep + "}, " + deep + ', {"id": "2"}]}')
    found = list(threesixtygiving.rows(path, SOURCE, Notes()))
    assert 1 <= len(found) <= 3
    for each in found:
        sound(each)


def test_brackets_without_end_take_no_memory(tmp_path: Path) -> None:
    """The way down is kept for each level: unbounded, these 20 kB take a gigabyte."""
    path = tmp_path / "a.json"
    path.write_text("[" * 20_000)
    tracemalloc.start()
    (found,) = threesixtygiving.rows(path, SOURCE, Notes())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Refusal) and "in one another" in found.reason
    assert peak < 20_000_000


def test_unread_fields_are_counted_in_little_memory() -> None:
    notes = Notes()
    for number in range(5000):
        notes.unasked(f"field {number}")
    assert len(notes.unread) <= 1001 and sum(notes.unread.values()) == 5000
