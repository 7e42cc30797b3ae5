"""One spelling a real-world id; what is not one is refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieline.schema.identifiers import (
    SCHEMES,
    by_local,
    by_name,
    by_theme,
    checked,
    identifier,
    scheme,
)

GOOD = {
    "GB-CHC-1090095": "GB-CHC-1090095",
    "GB-CHC- 115305": "GB-CHC-115305",
    "gb-chc-\n1090095 ": "GB-CHC-1090095",
    "GB-SC-SC042386": "GB-SC-SC042386",
    "GB-SC-042386": "GB-SC-SC042386",
    "GB-NIC-NIC100012": "GB-NIC-100012",
    "GB-COH-212481": "GB-COH-00212481",
    "GB-COH-SC12345": "GB-COH-SC012345",
    "GB-COH-IP12345R": "GB-COH-IP12345R",
    "GB-UKPRN-10007774": "GB-UKPRN-10007774",
    "GB-LAE-BIR": "GB-LAE-BIR",
    "XI-ROR-https://ror.org/052gg0110": "XI-ROR-052gg0110",
    "XI-ROR-03vek6s52": "XI-ROR-03vek6s52",
    "XI-WIKIDATA-q42": "XI-WIKIDATA-Q42",
    "GSS-E08000026": "GSS-E08000026",
    "360G-LBFEW-Org 12": "360G-LBFEW-Org12",
    "name-place-Great  Yarmouth": "name-place-great yarmouth",
    "local-our-list-person-A 1": "local-our-list-person-A 1",
    "theme-ukcat-AR100": "theme-ukcat-AR100",
}
BAD = [
    "GB-CHC-123",
    "GB-CHC-12345678",
    "GB-CHC-SC042386",
    "GB-NIC-",
    "GB-COH-ABCDEFGH",
    "GB-COH-00000000",
    "GB-UKPRN-20007774",
    "XI-ROR-052gg0111",
    "XI-ROR-i52gg0110",
    "GSS-B08000026",
    "GB-CHC-٣٢٣٤٥٦",
    "GB-GOVUK-cabinet",
    "1090095",
    "local-" + "x-" * 400,
]


@pytest.mark.parametrize(("said", "kept"), GOOD.items())
def test_one_spelling(said: str, kept: str) -> None:
    assert checked(said) == (kept, None)
    assert scheme(kept) in SCHEMES


@pytest.mark.parametrize("said", BAD)
def test_a_bad_one_is_no_identifier_and_a_sentence_says_how_to_mend(said: str) -> None:
    kept, warning = checked(said)
    assert kept is None
    assert warning and warning.endswith(".") and len(warning) < 300


@pytest.mark.parametrize("blank", [None, "", " \n"])
def test_a_blank_is_nothing_and_no_warning(blank: str | None) -> None:
    assert checked(blank) == (None, None)


@given(st.sampled_from([*SCHEMES, "GB-XYZ", ""]), st.text(max_size=12))
def test_the_normal_form_is_its_own(name: str, value: str) -> None:
    kept = identifier(f"{name}-{value}")
    assert kept is None or identifier(kept) == kept


def test_the_schemes_of_which_a_thing_has_one() -> None:
    exclusive = {each.name for each in SCHEMES.values() if each.exclusive}
    assert exclusive == {"GB-CHC", "GB-SC", "GB-NIC", "GB-COH", "GSS", "XI-ROR"}
    assert [each.name for each in SCHEMES.values() if each.weak] == ["name"]
    assert max(SCHEMES.values(), key=lambda each: each.rank).name == "name"
    assert len({each.rank for each in SCHEMES.values()}) == len(SCHEMES)


def test_references_inside_a_source() -> None:
    assert by_local("our-list", "person", " A  1 ") == "local-our-list-person-A 1"
    assert by_name("place", "Great  Yarmouth") == "name-place-great yarmouth"
    assert by_name("person", "Ada X", "our-list") == "name-person-our-list-ada x"
    assert by_theme("ukcat", "AR100") == "theme-ukcat-AR100"
    for made in (by_local("a", "person", "1"), by_name("place", "B"), by_theme("c", "d")):
        assert identifier(made) == made
