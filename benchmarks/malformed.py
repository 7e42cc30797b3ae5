"""10,000 malformed rows of 20 kinds among 90,000 good ones, in one sheet of grants (CSV).

Claim (docs/loading.md): each malformed row is one report with file, line, column, value, reason and
how to mend it; no good row is lost with it, and none is taken that should not be.

    python benchmarks/malformed.py [ROWS]           reading and interpreting, no database
    python benchmarks/malformed.py [ROWS] --load    and loaded whole, on a server of its own

Prints one report of each kind as the partner's staff would read it, and ends with 1 if a figure is
not as it should be.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import orjson

from tieline.cli.main import tieline
from tieline.database import server
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.tasks import Wish, tasks

HEADINGS = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
    "Planned Dates:Start Date", "Planned Dates:End Date", "Funding Org:Identifier",
    "Funding Org:Name", "Recipient Org:Identifier", "Recipient Org:Name",
)  # fmt: skip
# What is done to a row: the column, and what stands there instead.
CELLS: dict[str, tuple[int, str]] = {
    "no identifier": (0, ""),
    "identifier of 500 letters": (0, "x" * 500),
    "identifier that came before": (0, "360G-made-0"),
    "no title": (1, " "),
    "title of 500 letters": (1, "tea " * 125),
    "description of 30,000 letters": (2, "words " * 5000),
    "currency in words": (3, "pounds sterling"),
    "amount in words": (4, "five hundred"),
    "amount that is a formula": (4, "=SUM(E2:E9)"),
    "amount without end": (4, "inf"),
    "date of no calendar": (5, "31/02/2024"),
    "date with the month first": (5, "04/25/2024"),
    "date as the spreadsheet counts": (5, "45402"),
    "start date in words": (6, "spring"),
    "end date in words": (7, "when it is done"),
    "no funder's name": (9, ""),
    "no recipient's name": (11, ""),
}
WHOLE = ("a cell too many", "a quote that is never closed", "bytes that are no text")
KINDS = (*CELLS, *WHOLE)
SHARE = 10  # one row in ten is malformed


def make(path: Path, rows: int) -> Counter[str]:
    """Write the sheet; how many there are of each kind."""
    made: Counter[str] = Counter()
    order = random.Random(7)
    wrong = set(order.sample(range(1, rows), rows // SHARE))
    with path.open("wb") as stream:
        stream.write((",".join(HEADINGS) + "\r\n").encode())
        for number in range(rows):
            kind = KINDS[sum(made.values()) % len(KINDS)] if number in wrong else None
            stream.write(_line(number, kind))
            if kind:
                made[kind] += 1
    return made


def _line(number: int, kind: str | None) -> bytes:
    charity = 200_000 + number % 900
    cells = [
        f"360G-made-{number}", f"Tea at number {number}", f"Tea, and company, for £{number % 90}",
        "GBP", str(500 + number % 9000), "2024-04-25", "2024-05-01", "2025-04-30",
        "GB-CHC-1000147", "The Invented Fund", f"GB-CHC-{charity}", f"Invented group {charity}",
    ]  # fmt: skip
    if kind in CELLS:
        column, said = CELLS[kind]
        cells[column] = said
    if kind == "a cell too many":
        cells.append("and one more")
    text = ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)
    if kind == "a quote that is never closed":
        text = text.replace(",GBP,", ',"GBP,', 1)
    data = text.encode()
    return (data.replace(b"Tea at", b"Th\xe9 at") if kind == WHOLE[2] else data) + b"\r\n"


def wanting(refusal: dict[str, object]) -> list[str]:
    """What a report lacks for somebody to act on it."""
    lacking = sorted({"file", "line", "cell", "field", "value", "reason", "mend"} - refusal.keys())
    return lacking if str(refusal["mend"]).endswith(".") else [*lacking, "a sentence"]


def interpreted(path: Path) -> tuple[int, list[Refusal], float]:
    """(rows accepted, refusals, processor seconds): as a load does, but kept nowhere."""
    (task,) = tasks(Wish(path, "made-up", "360giving"))
    began, accepted, refused = time.process_time(), 0, []
    for row in task.rows(Notes()):
        if isinstance(row, Refusal):
            refused.append(row)
        else:
            accepted += 1
    return accepted, refused, time.process_time() - began


def loaded(path: Path) -> tuple[int, int]:
    """(exit status, reports) of `tieline load`, on a server of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["TIELINE_HOME"] = home
        report = Path(home) / "refused.jsonl"
        words = ["load", str(path), "--source", "made-up", "--report", str(report)]
        try:
            status = tieline.main(words, standalone_mode=False)
            return int(status or 0), len(report.read_bytes().splitlines())
        finally:
            server.stop()


def main() -> int:
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    rows = numbers[0] if numbers else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grants.csv"
        made = make(path, rows)
        accepted, refused, seconds = interpreted(path)
        wrong = sum(made.values())
        by_line = {each.where.line: each for each in refused}
        told = [orjson.loads(orjson.dumps(each.as_json())) for each in refused]
        lacking = [(each, lack) for each in told if (lack := wanting(each))]
        print(f"{rows:,} rows, {wrong:,} malformed of {len(made)} kinds: {accepted:,} accepted, ")
        print(f"{len(refused):,} reports, {seconds:.1f} s of processor time")
        _show(by_line)
        failed = (accepted, len(refused), len(by_line)) != (rows - wrong, wrong, wrong) or lacking
        for each, lack in lacking[:5]:
            print("lacking", lack, each)
        if "--load" in sys.argv:
            status, reports = loaded(path)
            print(f"loaded: exit {status}, {reports:,} reports")
            failed = failed or (status, reports) != (3, wrong)
        return 1 if failed else 0


def _show(by_line: dict[int | None, Refusal]) -> None:
    """One report of each field and reason."""
    seen: set[tuple[str, str]] = set()
    for each in by_line.values():
        key = (each.field, each.reason)
        if key not in seen and len(seen) < 30:
            seen.add(key)
            print(f"  {each}")


if __name__ == "__main__":
    sys.exit(main())
