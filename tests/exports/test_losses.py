"""The table of what formats cannot carry is as the tests find it, and what must be kept is."""

from pathlib import Path

import pytest
from tests.exports.losses import KEPT, LOST, losses, page

from tieline.exports.written import FORMATS

PAGE = Path(__file__).parent.parent.parent / "docs" / "exports.md"
EVERYWHERE = (
    "kind", "a tie's direction", "its kind", "its weight", "its thickness in words",
    "parallel ties", "last seen", "role", "since", "until",
)  # fmt: skip


def test_the_page_has_the_table_as_it_is() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text, "write it anew: python -m tests.exports.losses docs/exports.md"


@pytest.mark.parametrize("name", FORMATS)
def test_what_every_format_keeps(name: str) -> None:
    found = losses(name)
    assert {told: found[told] for told in EVERYWHERE} == dict.fromkeys(EVERYWHERE, KEPT)


def test_only_kumu_has_no_place_for_a_licence() -> None:
    lost = [name for name in FORMATS if losses(name)["licence, sources, date"] == LOST]
    assert lost == ["kumu"]


@pytest.mark.parametrize("name", ["cytoscape", "graphology", "jgf"])
def test_some_lose_nothing(name: str) -> None:
    assert set(losses(name).values()) == {KEPT}
