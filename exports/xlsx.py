"""A spreadsheet: Elements, Connections (as Kumu reads them) and About. Written as it goes, a sheet
after the other: a zip of XML by ECMA-376, texts in their cells. Another sheet begins where one is
full, and a text ends where a cell does."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tieline.exports.drawn import Thing, Tie
from tieline.exports.form import cell, xml
from tieline.exports.kumu import connection, element
from tieline.exports.kumu_csv import CONNECTIONS, ELEMENTS
from tieline.exports.tables import Zipped

ROWS = 1_048_576  # of a sheet, the head among them
LETTERS = 32_767  # of a cell
_LETTER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # "_x003D_" would be read as "="
NS = "http://schemas.openxmlformats.org/"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN, RELATIONS = f"{NS}spreadsheetml/2006/main", f"{NS}officeDocument/2006/relationships"
PACKAGE = f"{NS}package/2006/"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>\n'


class Written(Zipped):
    suffix = ".xlsx"
    media = f"{OFFICE}.sheet"

    def head(self) -> bytes:
        self.begin()
        self._sheets: list[str] = []
        self._begin("Elements", ELEMENTS)
        return self.taken()

    def things(self, page: Sequence[Thing]) -> bytes:
        self._rows([element(each) for each in page])
        return self.taken()

    def middle(self) -> bytes:
        self._finish()
        self._begin("Connections", CONNECTIONS)
        return self.taken()

    def ties(self, page: Sequence[Tie]) -> bytes:
        self._rows([connection(each) for each in page])
        return self.taken()

    def tail(self) -> bytes:
        self._finish()
        told = self.about.told()
        self._begin("About", {"what": "What", "said": "Said"})
        self._rows([{"what": name, "said": said} for name, said in told.items()])
        self._finish()
        for name, text in parts(self._sheets).items():
            self.member(name)
            self.put(XML + text)
        return self.end()

    def _begin(self, title: str, columns: Mapping[str, str], part: int = 1) -> None:
        self._title, self._columns, self._part, self._row = title, columns, part, 1
        self._sheets.append(title if part == 1 else f"{title} {part}")
        self.member(f"xl/worksheets/sheet{len(self._sheets)}.xml")
        self.put(SHEET + row(list(columns.values())))

    def _finish(self) -> None:
        self.put("</sheetData></worksheet>")

    def _rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        while rows:
            here, rows = rows[: ROWS - self._row], rows[ROWS - self._row :]
            self.put("".join(row([each.get(n) for n in self._columns]) for each in here))
            self._row += len(here)
            if rows:
                self._finish()
                self._begin(self._title, self._columns, self._part + 1)


def row(values: Sequence[Any]) -> str:
    return f"<row>{''.join(map(written, values))}</row>\n"


def written(value: Any) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, float | int):
        return f"<c><v>{value}</v></c>"
    text = _LETTER.sub("_x005F_", fitted(cell(value)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{xml(text)}</t></is></c>'


def fitted(text: str) -> str:
    """As much as a cell holds: its letters are UTF-16's, of which an emoji takes two."""
    units = text.encode("utf-16-le", "ignore") if len(text) > LETTERS // 2 else b""
    if len(units) <= 2 * LETTERS:
        return text
    return units[: 2 * (LETTERS - 1)].decode("utf-16-le", "ignore") + "…"


def parts(sheets: Sequence[str]) -> dict[str, str]:
    """What makes sheets a book."""
    numbered = list(enumerate(sheets, 1))
    of_book = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{OFFICE}.worksheet+xml"/>'
        for at, _ in numbered
    )
    listed = "".join(f'<sheet name="{n}" sheetId="{at}" r:id="r{at}"/>' for at, n in numbered)
    related = "".join(related_to(f"r{at}", "worksheet", f"worksheets/sheet{at}.xml")
                      for at, _ in numbered)  # fmt: skip
    return {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(related),
        "_rels/.rels": relations(related_to("r1", "officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>'
        f"{of_book}</Types>",
    }


def related_to(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def relations(inside: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}relationships">{inside}</Relationships>'
