"""XLSX: what real ones declare, and what would burst or trick a reader."""

import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tieline.errors import BadInput
from tieline.loaders import read, workbook
from tieline.loaders.read import Raw
from tieline.loaders.report import Notes
from tieline.loaders.texts import Texts


def book(folder: Path, rows: list[list[Any]], title: str = "People", **more: list[Any]) -> Path:
    path, made = folder / "a.xlsx", openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    for name, others in more.items():
        other = made.create_sheet(name)
        for row in others:
            other.append(row)
    made.save(path)
    return path


def rewritten(path: Path, member: str, change: Any) -> Path:
    """The same book with one of its files changed."""
    other = path.with_name("b.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == member else data)
    return other


def values(path: Path) -> list[dict[str, Any]]:
    with read.sheets(path, Notes()) as pages:
        return [row.values for page in pages for row in page.rows if isinstance(row, Raw)]


SHEET = "xl/worksheets/sheet1.xml"


def test_rows_have_sheet_line_and_letters(tmp_path: Path) -> None:
    path = book(tmp_path, [["Name", None, "Town"], [], ["Ada", None, "Leeds"]], Empty=[])
    with read.sheets(path, Notes()) as pages:
        page = next(pages)
        row = next(page.rows)
        assert page.headings == ["Name", "(column B)", "Town"]
        assert isinstance(row, Raw) and str(row.where) == "a.xlsx, People, line 3"
        assert row.letters["Town"] == "C"


def test_a_declared_size_is_not_believed(tmp_path: Path) -> None:
    path = book(tmp_path, [["Name", "Town"], ["Ada", "Leeds"], ["Bo", "York"]])
    small = rewritten(path, SHEET, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1"'))
    assert values(small) == [{"Name": "Ada", "Town": "Leeds"}, {"Name": "Bo", "Town": "York"}]
    wide = rewritten(path, SHEET, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:AMJ9999"'))
    assert values(wide) == values(small)


def test_a_formula_is_the_text_it_is(tmp_path: Path) -> None:
    path = book(tmp_path, [["Name"], ['=HYPERLINK("http://example.org")']])
    assert values(path) == [{"Name": '=HYPERLINK("http://example.org")'}]


def test_openpyxl_reads_through_defusedxml() -> None:
    assert openpyxl.DEFUSEDXML is True


def test_entities_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path, [["Name"], ["Ada"]])
    trick = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    tricky = rewritten(path, SHEET, lambda xml: trick + xml)
    with pytest.raises(BadInput, match="document type"):
        values(tricky)
    late = rewritten(path, SHEET, lambda xml: b"<!--" + b"x" * 9000 + b"-->" + trick + xml)
    with pytest.raises(BadInput, match="workbook"):
        values(late)


def test_a_bomb_is_refused_before_it_inflates(tmp_path: Path) -> None:
    path = book(tmp_path, [["Name"], ["Ada"]])
    bomb = rewritten(path, SHEET, lambda xml: xml + b" " * (64 << 20))
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(BadInput, match="inflate"):
        values(bomb)


def test_a_bomb_that_declares_a_small_size_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, [["Name"], ["Ada"]])
    bomb = rewritten(path, SHEET, lambda xml: xml.replace(b"</sheetData>", b" " * 9_000_000))
    data = bomb.read_bytes()
    with zipfile.ZipFile(bomb) as opened:
        real = opened.getinfo(SHEET).file_size
    lie = data.replace(real.to_bytes(4, "little"), (2000).to_bytes(4, "little"))
    bomb.write_bytes(lie)
    with pytest.raises(BadInput):
        values(bomb)


def test_a_row_beyond_what_the_format_allows(tmp_path: Path) -> None:
    path = book(tmp_path, [["Name"], ["Ada"]])
    far = rewritten(path, SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="900000000"'))
    with pytest.raises(BadInput):
        values(far)


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", b"PK\x03\x04" + b"\x00" * 500])
def test_what_is_no_workbook_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(BadInput, match="workbook"):
        values(path)


def test_many_members_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(workbook.MEMBERS + 1):
            made.writestr(f"xl/{number}.xml", b"")
    with pytest.raises(BadInput, match="inflate"):
        values(path)


def test_texts_lie_on_disk_and_come_back(tmp_path: Path) -> None:
    texts = Texts()
    for number in range(30_000):
        texts.append(f"{number} " + "\u00e9" * 300)
    assert len(texts) == 30_000
    for number in (0, 29_999, 7, 7, 15_000):
        assert texts[number] == f"{number} " + "\u00e9" * 300
    tracemalloc.start()
    assert sum(len(texts[number]) for number in range(0, 30_000, 3)) > 3_000_000
    assert tracemalloc.get_traced_memory()[1] < 20_000_000, (
        "what was looked up is not kept for good"
    )
    tracemalloc.stop()
    with pytest.raises(IndexError):
        texts[30_000]
    texts.close()
