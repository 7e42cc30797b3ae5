"""`tieline source`: a description to fill in, and those that are there."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tieline.cli.main import tieline
from tieline.errors import WrongUse
from tieline.loaders import mapping, source
from tieline.loaders.formats import table


def test_a_new_description_can_be_read_as_it_stands(tmp_path: Path) -> None:
    place = tmp_path / "our-network"
    ran = CliRunner().invoke(
        tieline, ["source", "init", "our-network", "--folder", str(place)], standalone_mode=False
    )
    assert ran.exception is None and "tieline load FILE --source our-network" in ran.stdout
    found = source.read(place)
    assert (found.slug, found.title, found.format) == ("our-network", "Our network", "table")
    assert found.lawful_basis is None, "whoever names people says on what basis"
    table.verify(mapping.read(place / "mapping.toml"))


def test_a_description_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text("slug = 'mine'")
    ran = CliRunner().invoke(
        tieline, ["source", "init", "mine", "--folder", str(tmp_path)], standalone_mode=False
    )
    assert isinstance(ran.exception, WrongUse)
    assert (tmp_path / "source.toml").read_text() == "slug = 'mine'"


@pytest.mark.parametrize("slug", ["No Slug", "../up", "a--b", "-a"])
def test_slugs_are_plain(slug: str) -> None:
    ran = CliRunner().invoke(tieline, ["source", "init", "--", slug], standalone_mode=False)
    assert isinstance(ran.exception, WrongUse)


def test_the_list_names_every_source() -> None:
    ran = CliRunner().invoke(tieline, ["source", "list"], standalone_mode=False)
    assert all(each.slug in ran.stdout for each in source.built_in())
