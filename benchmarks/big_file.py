"""Memory stays flat however large the file: JSON, CSV and XLSX, read and interpreted, kept nowhere.

Claim (docs/loading.md): under 300 MB at the peak, and no growth with the file but for the 8 bytes a
text of a workbook. Measured is what a load does before the database: the sha256 of the file, its
encoding, and every row to records.

    python benchmarks/big_file.py [MEGABYTES] [json|csv|xlsx ...]     default 200, all three

Each format is a process of its own, which writes the file in a temporary folder first. Prints its
size, rows, processor seconds, the memory (RSS) at every fifth of the way and at the peak; ends with
1 if the peak is over 300 MB or the last fifth stands more than 20 MB over the first.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.tasks import Wish, tasks

PEAK, GROWTH = 300, 20  # MB
WORDS = "Tea and company at four in the afternoon, with whoever comes. "
ABOUT = WORDS * 60  # 3.7 kB a row: a file of 5 GB has 1.3 million
HEADINGS = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
    "Funding Org:Identifier", "Funding Org:Name", "Recipient Org:Identifier", "Recipient Org:Name",
)  # fmt: skip
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cells(number: int) -> list[str]:
    """A grant; no two descriptions are the same text."""
    charity = 200_000 + number % 900
    return [
        f"360G-made-{number}", f"Tea at number {number}", f"{number}: {ABOUT}", "GBP",
        str(500 + number % 9000), "2024-04-25", "GB-CHC-1000147", "The Invented Fund",
        f"GB-CHC-{charity}", f"Invented group {charity}",
    ]  # fmt: skip


def grant(number: int) -> str:
    held = cells(number)
    return json.dumps(
        {
            "id": held[0], "title": held[1], "description": held[2], "currency": held[3],
            "amountAwarded": int(held[4]), "awardDate": held[5],
            "fundingOrganization": [{"id": held[6], "name": held[7]}],
            "recipientOrganization": [{"id": held[8], "name": held[9]}],
        }
    )  # fmt: skip


def write(path: Path, wanted: int) -> None:
    """A file of about so many bytes; of a workbook, so many when it is inflated."""
    rows = wanted // (len(ABOUT) + 250)
    if path.suffix == ".xlsx":
        _workbook(path, rows)
        return
    with path.open("w", encoding="utf-8") as stream:
        if path.suffix == ".json":
            stream.write('{"grants": [')
            for number in range(rows):
                stream.write(("," if number else "") + grant(number))
            stream.write("]}")
        else:
            stream.write(",".join(HEADINGS) + "\n")
            for number in range(rows):
                stream.write(",".join(f'"{cell}"' for cell in cells(number)) + "\n")


def _workbook(path: Path, rows: int) -> None:
    """Descriptions as the shared texts of a workbook, all other cells in place."""
    part = f'ContentType="{TYPE}'
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" {part}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" {part}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" {part}.styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" {part}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": f'<Relationships {RELS}><Relationship Id="r1" Type="{KINDS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {RELS}>'
        f'<Relationship Id="r1" Type="{KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{KINDS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{KINDS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{KINDS}"><sheets>'
        '<sheet name="Grants" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/styles.xml": f"<styleSheet {MAIN}></styleSheet>",
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, text in parts.items():
            made.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
        with made.open("xl/sharedStrings.xml", "w", force_zip64=True) as stream:
            stream.write(f"<sst {MAIN}>".encode())
            for number in range(rows):
                stream.write(f"<si><t>{number}: {_unlike(number)}</t></si>".encode())
            stream.write(b"</sst>")
        with made.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            for text in _sheet(rows):
                stream.write(text.encode())


def _unlike(number: int) -> str:
    """Text that a zip does not shrink to nothing, or it would be taken for a bomb."""
    return " ".join(
        f"{word} {number * 7919 % 99_991:x}{at}" for at, word in enumerate(ABOUT.split())
    )


def _sheet(rows: int) -> Iterator[str]:
    def put(row: int, held: list[str], shared: int | None) -> str:
        inner = "".join(
            f'<c t="s"><v>{shared}</v></c>'
            if at == 2 and shared is not None
            else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
            for at, cell in enumerate(held)
        )
        return f'<row r="{row}">{inner}</row>'

    yield f"<worksheet {MAIN}><sheetData>" + put(1, list(HEADINGS), None)
    for number in range(rows):
        yield put(number + 2, cells(number), number)
    yield "</sheetData></worksheet>"


def measure(path: Path, wanted: int) -> bool:
    """In a process of its own: write, read, print; whether memory stayed flat."""
    write(path, wanted)
    expected = wanted // (len(ABOUT) + 250)
    here, began = psutil.Process(), time.process_time()
    (task,) = tasks(Wish(path, "made-up", "360giving"))
    task.sha256()
    steps: list[float] = []
    rows = 0
    for row in task.rows(Notes()):
        if isinstance(row, Refusal):
            raise SystemExit(f"refused: {row}")
        rows += 1
        if rows % max(expected // 5, 1) == 0:
            steps.append(here.memory_info().rss / 1e6)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    flat = rows == expected and peak < PEAK and steps[-1] - steps[0] < GROWTH
    print(
        f"{path.suffix[1:]:5} {path.stat().st_size / 1e6:8,.0f} MB {rows:9,} rows "
        f"{time.process_time() - began:7.1f} s   RSS {' '.join(f'{mb:.0f}' for mb in steps)} MB, "
        f"peak {peak:.0f} MB{'' if flat else '   NOT FLAT'}",
        flush=True,
    )
    return flat


def main() -> int:
    words = sys.argv[1:]
    if words[:1] == ["--one"]:
        return 0 if measure(Path(words[1]), int(words[2])) else 1
    wanted = int(next((word for word in words if word.isdigit()), "200")) * 10**6
    kinds = [word for word in words if word in ("json", "csv", "xlsx")] or ["json", "csv", "xlsx"]
    failed = 0
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"grants.{kind}"
            ran = subprocess.run([sys.executable, __file__, "--one", path, str(wanted)])
            failed |= ran.returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
