"""`--report errors.xlsx`: what a partner's own staff open, read back as their program would."""

import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes, Refusals
from tieline.loaders.spreadsheet import LETTERS, REFUSED
from tieline.loaders.tasks import Wish, tasks

MAPPING = """
[[table]]
kind = "project"
id = "Ref"
[table.columns]
title = "Title"
amount = "Amount"
starts = "Starts"
ignore = ["Notes"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "m.toml").write_text(MAPPING)
    return tmp_path


def reported(folder: Path, name: str, **wish: Any) -> tuple[Any, list[Refusal]]:
    """The workbook of what is refused of a file, and the refusals themselves."""
    report, told = folder / "errors.xlsx", []
    layout = folder / "m.toml" if not name.endswith("json") else None
    with Refusals(report) as refusals:
        for task in tasks(Wish(folder / name, "partner", mapping=layout, **wish)):
            notes = Notes()
            found = [item for _, item in refusals.watch(task.rows(notes), notes)]
            told += [each for each in found if isinstance(each, Refusal)]
    return openpyxl.load_workbook(report), told


def coloured(page: Any) -> dict[str, Any]:
    """Refused cells: their place to their value."""
    return {
        cell.coordinate: cell.value
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb == REFUSED.fgColor.rgb
    }


def test_a_refused_row_stands_as_it_was_with_its_cells_coloured(folder: Path) -> None:
    (folder / "p.csv").write_text(
        "Ref,Title,Amount,Starts,Notes\n"
        "1,Good,10,2024-01-01,kept\n"
        "2,Bad,ten,soon,=1+1\n"
        "3,,5,2024-01-01,\n"
    )
    book, told = reported(folder, "p.csv")
    (page,) = book.worksheets
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    heads = ["line", "what is wrong", "how to mend it", "Ref", "Title", "Amount", "Starts", "Notes"]
    assert lines[0] == heads and page.title == "p" and page.freeze_panes == "A2"
    assert [line[0] for line in lines[1:]] == [3, 4] == [each.where.line for each in told]
    assert lines[1][3:] == ["2", "Bad", "ten", "soon", "=1+1"]
    assert coloured(page) == {"F2": "ten", "G2": "soon", "E3": None}
    wrong, mend = lines[1][1].splitlines(), lines[1][2].splitlines()
    assert [each.partition(":")[0] for each in wrong] == ["Amount", "Starts"]
    assert [each.partition(":")[0] for each in mend] == ["Amount", "Starts"]
    assert page["F2"].column_letter == "F"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "#N/A", "\tx"])
def test_what_a_partner_wrote_is_never_a_formula(folder: Path, text: str) -> None:
    (folder / "p.csv").write_text(f'Ref,Title,Amount,Starts,Notes\n1,T,ten,,"{text}"\n')
    page = reported(folder, "p.csv")[0].worksheets[0]
    cell = page["H2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@\t")
    with zipfile.ZipFile(folder / "errors.xlsx") as held:
        assert b"<f>" not in held.read("xl/worksheets/sheet1.xml")


def test_sheets_of_a_workbook_stay_apart_and_keep_their_types(folder: Path) -> None:
    book = openpyxl.Workbook()
    for at, name in enumerate(("one", "two")):
        page = book.create_sheet(name, at)
        page.append(["Ref", "Title", "Amount", "Starts", "Notes"])
        page.append([1, "Fine", 3, None, None])
        page.append([2, None, 3.5, None, f"in {name}"])
    del book["Sheet"]
    book.save(folder / "p.xlsx")
    (folder / "m.toml").write_text(
        "".join(
            MAPPING.replace("kind =", f'name = "{name}"\nsheet = "{name}"\nkind =')
            for name in ("one", "two")
        )
    )
    made, _ = reported(folder, "p.xlsx")
    assert made.sheetnames == ["one", "two"]
    for name in made.sheetnames:
        assert [cell.value for cell in made[name][2]][3:] == [2, None, 3.5, None, f"in {name}"]
        assert coloured(made[name]) == {"E2": None}


def test_grants_of_a_sheet_are_shown_as_sent(folder: Path) -> None:
    """Their cells were put where JSON has them to be read; the report shows them as sent."""
    (folder / "m.toml").unlink()
    (folder / "g.csv").write_text(
        "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Name,Funding Org:Name,"
        "Recipient Org:Identifier,Funding Org:Identifier\n"
        "360G-x-1,T,GBP,lots,2024-13-01,Us,Them,GB-CHC-1000001,GB-CHC-1000002\n"
    )
    report = folder / "errors.xlsx"
    with Refusals(report) as refusals:
        (task,) = tasks(Wish(folder / "g.csv", "partner"))
        notes = Notes()
        list(refusals.watch(task.rows(notes), notes))
    page = openpyxl.load_workbook(report).worksheets[0]
    assert coloured(page) == {"G2": "lots", "H2": "2024-13-01"}
    assert page["I1"].value == "Recipient Org:Name" and page["I2"].value == "Us"


def test_of_json_the_place_is_told(folder: Path) -> None:
    (folder / "g.json").write_text(json.dumps({"grants": [{"id": "x"}, "no"]}))
    book, told = reported(folder, "g.json")
    lines = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    heads = ["file", "place", "field", "value", "what is wrong", "how to mend it"]
    assert lines[0] == heads and len(lines) == 3 == len(told) + 1
    assert [line[1] for line in lines[1:]] == ["grants[0]", "grants[1]"]


def test_nothing_refused_is_a_workbook_too(folder: Path) -> None:
    (folder / "p.csv").write_text("Ref,Title,Amount,Starts,Notes\n1,T,1,,\n")
    assert reported(folder, "p.csv")[0].worksheets[0]["A2"].value == "Nothing was refused."


def test_odd_letters_long_texts_and_odd_sheet_names_are_written(folder: Path) -> None:
    long = "x" * (LETTERS + 10)
    (folder / "p [a]:'b'.csv").write_text(
        f"Ref,Title,Amount,Starts,Notes\n1,a\x0bb,ten,,{long}\n", encoding="utf-8"
    )
    page = reported(folder, "p [a]:'b'.csv")[0].worksheets[0]
    assert page["E2"].value == "a b" and len(page["H2"].value) == LETTERS
    assert page.title == "p  a   b"


@pytest.mark.slow
def test_memory_stays_flat(folder: Path) -> None:
    """Six thousand refused rows take no more than fifteen hundred do."""
    peaks = []
    for count in (1_500, 6_000):
        rows = "".join(f"{n},T,ten,soon,note {n}\n" for n in range(count))
        (folder / "p.csv").write_text(f"Ref,Title,Amount,Starts,Notes\n{rows}")
        tracemalloc.start()
        with Refusals(folder / "errors.xlsx") as refusals:
            (task,) = tasks(Wish(folder / "p.csv", "partner", mapping=folder / "m.toml"))
            notes = Notes()
            assert sum(1 for _ in refusals.watch(task.rows(notes), notes)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 1_000_000
