"""Mappings between vocabularies: SSSOM files, and the one that comes with Tieline."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tieline.errors import BadInput
from tieline.loaders import source
from tieline.loaders.formats import known
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.tasks import Wish, tasks

Read = Callable[..., Any]
OURS = source.BUILT_IN / "relational-words"
BLOCK = """#mapping_set_id: https://words.example/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
#mapping_date: 2026-03-01
#creator_label:
#  - "Ada Byron"
#  - 'Bo Weft'
#object_source: words:uk-cat
#curie_map:
#  our: https://words.example/our/
#  UKCAT: "https://tags.example/"
#  words: https://words.example/
"""
HEADINGS = (
    "subject_id subject_label predicate_id object_id object_label mapping_justification confidence"
)
HAND = "semapv:ManualMappingCuration"


def table(folder: Path, *rows: str, block: str = BLOCK, headings: str = HEADINGS) -> Path:
    """Cells are parted by `|` here, by tabs in the file; a heading more for each cell more."""
    path = folder / "ours.sssom.tsv"
    lines = ["\t".join(headings.split()), *("\t".join(row.split("|")) for row in rows)]
    path.write_text(block + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_a_row_is_a_match_between_two_themes(tmp_path: Path, reading: Read) -> None:
    path = table(tmp_path, f"our:visits|visits|skos:closeMatch|UKCAT:SW106|Loneliness|{HAND}|0.7")
    assert known.guess(path) is known.STANDARDS["sssom"]
    found = reading(path, mapping='[sssom]\nschemes = { UKCAT = "uk-cat" }\n')
    assert not found.refused and found.sentences == {("visits", "MATCHES", "Loneliness")}
    (row,) = found.rows
    assert [m.ids for m in row.mentions.values()] == [
        ("theme-our-visits",), ("theme-uk-cat-SW106",),
    ]  # fmt: skip
    assert dict(row.edges[0].props) == {
        "predicate": "closeMatch", "justification": HAND, "confidence": 0.7,
        "by": "Ada Byron, Bo Weft", "at": "2026-03-01",
    }  # fmt: skip


def test_whole_addresses_and_labels_without_codes(tmp_path: Path, reading: Read) -> None:
    row = (
        f"https://words.example/our/good%20company|Good company|skos:exactMatch|UKCAT:X1|X|{HAND}|"
    )
    (found,) = reading(table(tmp_path, row)).rows
    (first, second) = found.mentions.values()
    assert first.ids == ("theme-our-good company",) and '"code"' not in first.fields
    assert second.ids == ("theme-UKCAT-X1",)


def test_that_there_is_no_word_is_kept_with_the_theme(tmp_path: Path, reading: Read) -> None:
    found = reading(
        table(tmp_path, f"our:trust|trust|skos:exactMatch|sssom:NoTermFound||{HAND}|.9")
    )
    (row,) = found.rows
    assert row.record.kind == "theme" and row.record.ids == ("theme-our-trust",)
    assert not row.edges and '"no_word_in":["uk-cat"]' in row.record.fields


def test_what_is_said_not_to_match_matches_nothing(tmp_path: Path, reading: Read) -> None:
    row = f"our:a|a|skos:closeMatch|UKCAT:B|b|{HAND}|.9|Not"
    found = reading(table(tmp_path, row, headings=f"{HEADINGS} predicate_modifier"))
    assert len(found.rows) == 1 and not found.sentences
    assert '"not":true' in found.text and "they do not match" in found.told


@pytest.mark.parametrize(
    ("row", "cell", "field", "reason"),
    [
        (f"our:a|a|owl:sameAs|UKCAT:B|b|{HAND}|", "C13", "predicate_id", "no way in which"),
        (f"our:a|a||UKCAT:B|b|{HAND}|", "C13", "predicate_id", "missing"),
        (f"visits|a|skos:exactMatch|UKCAT:B|b|{HAND}|", "A13", "subject_id", "without a known"),
        (f"our:a|a|skos:exactMatch|our:a|a|{HAND}|", "D13", "object_id", "both ends are one"),
        ("our:a|a|skos:exactMatch|UKCAT:B|b||", "F13", "mapping_justification", "missing"),
        (f"our:a|a|skos:exactMatch|UKCAT:B|b|{HAND}|1.5", "G13", "confidence", "not between"),
        (f"our:a|a|skos:exactMatch|UKCAT:B|b|{HAND}|high", "G13", "confidence", "not a number"),
    ],
)
def test_a_bad_row_is_refused_with_its_cell(
    row: str, cell: str, field: str, reason: str, tmp_path: Path, reading: Read
) -> None:
    found = reading(table(tmp_path, row, f"our:a|a|skos:exactMatch|UKCAT:B|b|{HAND}|1"))
    (refusal,) = found.refused
    assert (refusal.cell, refusal.field, refusal.where.line) == (cell, field, 13)
    assert reason in refusal.reason and refusal.mend
    assert len(found.rows) == 1


def test_what_nothing_asks_for_is_told(tmp_path: Path, reading: Read) -> None:
    row = f"our:a|a|skos:exactMatch|UKCAT:B|b|{HAND}|1|lexical"
    block = BLOCK + "#my_own_key: 1\n#: : :\n"
    found = reading(table(tmp_path, row, block=block, headings=f"{HEADINGS} mapping_tool"))
    assert found.notes.unread == {"mapping_tool": 1, "# my_own_key": 1}
    assert "a line that cannot be read" in found.told


def test_a_prefix_that_nobody_declared_is_told(tmp_path: Path, reading: Read) -> None:
    found = reading(table(tmp_path, f"mine:a|a|skos:exactMatch|UKCAT:B|b|{HAND}|1"))
    assert len(found.rows) == 1 and "does not declare" in found.told


def test_without_a_column_that_says_what_it_is_it_is_not_read(tmp_path: Path) -> None:
    path = table(
        tmp_path, "our:a|skos:exactMatch|UKCAT:B", headings="subject_id predicate_id object_id"
    )
    with pytest.raises(BadInput, match="mapping_justification"):
        list(tasks(Wish(path, slug="we"))[0].rows(Notes()))


def test_commas_will_do_and_no_block(tmp_path: Path, reading: Read) -> None:
    path = tmp_path / "ours.csv"
    heads = HEADINGS.replace(" ", ",")
    path.write_text(f'{heads}\nour:a,"a, b",skos:exactMatch,UKCAT:B,b,{HAND},1\n')
    assert reading(path).sentences == {("a, b", "MATCHES", "b")}


@pytest.fixture(scope="module")
def ours() -> dict[str, list[Any]]:
    """The rows of what comes with Tieline, by part."""
    notes = Notes(strict=True)
    return {task.part: list(task.rows(notes)) for task in tasks(Wish(Path("relational-words")))}


def test_the_fields_own_words_load_by_name(ours: dict[str, list[Any]]) -> None:
    assert list(ours) == ["words", "to-uk-cat"]
    refused = [row for rows in ours.values() for row in rows if isinstance(row, Refusal)]
    assert len(refused) == 1 and "they do not match" in refused[0].reason  # strict: a warning


def test_every_word_is_mapped_or_said_to_have_no_match(ours: dict[str, list[Any]]) -> None:
    words = {id for row in ours["words"] for id in row.record.ids if "-" in id}
    told = {row["subject_id"] for row in mapped()}
    notations = {line["Notation"] for line in written("words.csv")}
    assert {each.removeprefix("field-words:") for each in told} == notations
    assert all(f"theme-field-words-{each}" in words for each in notations)
    assert 30 <= len(notations) <= 60
    for row in mapped():
        assert 0 < float(row["confidence"]) <= 1 and row["comment"].endswith(".")


def test_labels_of_uk_cat_are_its_own(shared: Path) -> None:
    with (shared / "partners/ukcat/ukcat.csv").open(encoding="utf-8-sig") as stream:
        tags = {line["Code"]: line["tag"] for line in csv.DictReader(stream)}
    for row in mapped():
        if row["object_id"].startswith("uk-cat:"):
            assert tags[row["object_id"].removeprefix("uk-cat:")] == row["object_label"]


def written(name: str) -> list[dict[str, str]]:
    lines = (OURS / name).read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(kept, delimiter="\t" if name.endswith(".tsv") else ","))


def mapped() -> list[dict[str, str]]:
    return written("to-uk-cat.sssom.tsv")


def test_a_source_whose_data_is_not_here_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="its data is not here: fetch it"):
        tasks(Wish(Path("ukcat")))
