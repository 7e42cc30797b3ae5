"""docs/loading.md says what the loaders do: its examples are run, its lists are whole."""

import re
import textwrap
from pathlib import Path

import pytest

from tieline.errors import BadInput
from tieline.loaders import mapping, suggest, tasks
from tieline.loaders.formats import known, table
from tieline.loaders.formats.kumu.meaning import meaning
from tieline.loaders.source import Source, built_in

PAGE = (Path(__file__).parents[3] / "docs/loading.md").read_text("utf-8")


def example(mark: str) -> str:
    """The indented block after a mark."""
    after = PAGE.split(f"<!-- {mark} -->", 1)[1]
    found = re.match(r"\n\n((?: {4}.*\n|\n)+)", after)
    assert found, f"{mark}: no example follows"
    return textwrap.dedent(found[1]).strip() + "\n"


def test_what_suggest_is_said_to_make_is_what_it_makes(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(example("suggest: people.csv"))
    made = suggest.text(path, "our-network")
    assert made.split("\n\n", 1)[1] == example("suggested")
    told = tmp_path / "m.toml"
    told.write_text(made)
    table.verify(mapping.read(told))


def test_the_kumu_mapping_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(example("kumu"))
    found = meaning(Source("we", "We"), mapping.read(path))
    assert (found.default, found.scale, found.scheme) == ("person", (1.0, 5.0), "our-words")
    path.write_text(example("kumu").replace("FUNDS", "EATS"))
    with pytest.raises(BadInput):
        meaning(Source("we", "We"), mapping.read(path))


def test_the_whole_mapping_can_be_read(tmp_path: Path) -> None:
    text = re.search(r"^ {4}missing = .*?(?=\n\n\|)", PAGE, re.MULTILINE | re.DOTALL)
    assert text
    path = tmp_path / "m.toml"
    path.write_text(textwrap.dedent(text[0]))
    table.verify(mapping.read(path))


def test_every_format_and_source_is_named() -> None:
    assert all(f"`{name}`" in PAGE for name in (*known.STANDARDS, *tasks.FORMATS))
    assert all(f"`{source.slug}`" in PAGE for source in built_in())
