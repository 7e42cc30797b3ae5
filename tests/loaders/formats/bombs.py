"""Files made to burst a reader: small to send, huge, endless or tricky to read.

python bombs.py make FOLDER     write them
python bombs.py read FOLDER     read each as a load would, and print what came of it as JSON
"""

import gzip
import io
import json
import random
import resource
import struct
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from tieline.errors import WrongUse
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.tasks import Wish, tasks

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGH = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
FAR = '<!DOCTYPE x [<!ENTITY far SYSTEM "file:///etc/passwd">]>'
WEB = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
END = "</sheetData></worksheet>"
MIB = 1 << 20


def make(folder: Path) -> Iterator[tuple[str, Path]]:
    """(what it is, the file), one after another."""
    yield from _zips(folder)
    yield from _sheets(folder)
    yield from _parts(folder)
    yield from _texts(folder)
    yield from _json(folder)
    yield from _others(folder)


def book() -> dict[str, bytes]:
    """A sound little workbook, part by part."""
    made, kept = openpyxl.Workbook(), io.BytesIO()
    made.worksheets[0].append(["Label", "Type"])
    made.worksheets[0].append(["Ada", "Person"])
    made.save(kept)
    with zipfile.ZipFile(kept) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


def _zips(folder: Path) -> Iterator[tuple[str, Path]]:
    whole = ("xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml")
    for name in (SHEET, TEXTS, *whole, "[Content_Types].xml"):
        parts = book() | {name: b" " * (64 * MIB)}
        yield f"zip of nothing much: {name}", packed(folder / f"{Path(name).name}.xlsx", parts)
    many = {f"xl/{n}.xml": b"" for n in range(3000)}
    yield "zip of many members", packed(folder / "many.xlsx", book() | many)
    most = {f"xl/{n:060}.xml": b"" for n in range(45_000)}
    yield "zip of 45,000 members", packed(folder / "most.xlsx", most)
    tables = {"service.csv": b"id,name\n" + b"1,a\n" * (16 * MIB)}
    yield "package that inflates", packed(folder / "service.zip", tables)
    yield "package of zeros", packed(folder / "zeros.zip", {"organization.csv": bytes(80 * MIB)})
    inner = packed(folder / "inner.zip", {"a.csv": bytes(40 * MIB)}).read_bytes()
    yield "zip within a zip", packed(folder / "outer.zip", {"b.zip": inner})
    yield "size that lies", _lying(folder)
    yield "list that lies", _listed(folder)


def _lying(folder: Path) -> Path:
    """A sheet of 9 MB that declares 2,000 bytes."""
    parts = book() | {SHEET: book()[SHEET] + b" " * 9_000_000}
    path = packed(folder / "lying.xlsx", parts)
    real = struct.pack("<L", len(parts[SHEET]))
    path.write_bytes(path.read_bytes().replace(real, struct.pack("<L", 2000)))
    return path


def _listed(folder: Path) -> Path:
    """An end that says the list of members is the whole 200 MB before it."""
    path = folder / "listed.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.seek(200 * MIB)
        stream.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 200 * MIB, 0, 0))
    return path


def _sheets(folder: Path) -> Iterator[tuple[str, Path]]:
    """Sheets whose one row, cell or tag runs on; small enough to pass as a sheet."""
    head = f"<worksheet {MAIN}><sheetData>"
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Label</t></is></c></row>'
    inside = {
        "cells in one row": row + '<row r="2">' + "<c/>" * 2_000_000,
        "nested in one row": row + '<row r="2">' + "<a>" * 2_500_000,
        "text in one cell": row + '<row r="2"><c t="inlineStr"><is><t>' + "x" * (9 * MIB),
        "tag of attributes": row + '<row r="2"' + ' a="1"' * 1_400_000,
        "entity after a comment": f"<!--{'x' * 9000}-->{LAUGH}" + row,
        "row beyond the last": '<row r="900000000"><c r="A900000000"><v>1</v></c></row>' + END,
        "column beyond the last": '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>' + END,
        "a million empty headings": '<row r="1">' + "<c/>" * 1_000_000 + "</row>" + END,
    }
    for number, (what, xml) in enumerate(inside.items()):
        parts = book() | {SHEET: (head + xml).encode()}
        yield f"sheet: {what}", packed(folder / f"sheet{number}.xlsx", parts)


def _parts(folder: Path) -> Iterator[tuple[str, Path]]:
    """Entities and the like in each part that is read."""
    names = ("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", SHEET, "_rels/.rels")
    for number, name in enumerate(names):
        for trick, text in (("laughs", LAUGH), ("file", FAR), ("web", WEB)):
            parts = book()
            head, mark, rest = parts[name].partition(b"?>")
            whole = head + mark if mark else b""
            parts[name] = whole + text.encode() + (rest if mark else parts[name])
            path = folder / f"{trick}{number}.xlsx"
            yield f"{trick} in {name}", packed(path, parts)


def _texts(folder: Path) -> Iterator[tuple[str, Path]]:
    for name, cell in (("one text", "<si><t>" + "x" * (9 * MIB)), ("nested", "<r>" * 2_500_000)):
        xml = f"<sst {MAIN}>{cell}".encode()
        types = book()["[Content_Types].xml"]
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        if kind not in types:
            part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/>'
            types = types.replace(b"</Types>", part + b"</Types>")
        parts = book() | {TEXTS: xml, "[Content_Types].xml": types}
        yield f"texts: {name}", packed(folder / f"texts-{name}.xlsx", parts)


def _json(folder: Path) -> Iterator[tuple[str, Path]]:
    texts = {
        "nested lists": '{"grants": ' + "[" * 5_000_000,
        "nested objects": '{"grants": [' + '{"a":' * 2_000_000,
        "one text": '{"grants": [{"id": "' + "x" * (40 * MIB),
        "one text of quotes": '{"grants": [{"id": "' + '\\"' * (20 * MIB),
        "one number": '{"grants": [{"amountAwarded": ' + "9" * (20 * MIB),
        "one object": '{"grants": [{' + ",".join(f'"k{n}":{n}' for n in range(900_000)),
        "one list": '{"grants": [{"id": [' + "1," * 8_000_000,
        "white space": '{"grants": [' + " " * (40 * MIB),
        "kumu nested": '{"elements": [{"label": ' + "[" * 3_000_000,
        "page nested": '{"contents": [{"organization": ' + '{"a":' * 2_000_000,
        "one service without end": '{"organization": {"x": [' + "1," * 12_000_000,
    }
    for number, (what, text) in enumerate(texts.items()):
        path = folder / f"{number}.json"
        path.write_text(text)
        yield f"JSON: {what}", path


def _others(folder: Path) -> Iterator[tuple[str, Path]]:
    graph = "<graphml>" + LAUGH + "<node>" * 1000
    for name, text in (("graphml", graph), ("gexf", '<?xml version="1.0"?>' + LAUGH + "<gexf/>")):
        path = folder / f"a.{name}"
        path.write_text(text)
        yield name, path
    path = folder / "a.csv.gz"
    path.write_bytes(gzip.compress(bytes(64 * MIB)))
    yield "gzip", path
    path = folder / "noise.xlsx"
    path.write_bytes(b"PK\x03\x04" + random.Random(1).randbytes(MIB))
    yield "noise that begins like a zip", path


def read(path: Path) -> tuple[int, str]:
    """(rows accepted, the first refusal), as `tieline load` meets them before the database."""
    form = None if path.suffix == ".zip" else "kumu" if "xlsx" in path.name else None
    try:
        found = [row for task in tasks(Wish(path, "we", form)) for row in task.rows(Notes())]
    except WrongUse as error:
        return 0, str(error)
    refused = [str(each) for each in found if isinstance(each, Refusal)]
    return len(found) - len(refused), next(iter(refused), "")


def main(what: str, folder: Path) -> None:
    if what == "make":
        names = {path.name: said for said, path in make(folder)}
        (folder / "names").write_text(json.dumps(names))
        return
    names = json.loads((folder / "names").read_text())
    for name, said in names.items():
        began, wall = time.process_time(), time.perf_counter()
        accepted, refusal = read(folder / name)
        figures = {"ms": (time.process_time() - began) * 1e3, "accepted": accepted}
        figures["wall_ms"] = (time.perf_counter() - wall) * 1e3
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"file": name, "what": said, "said": refusal, "mb": peak} | figures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
