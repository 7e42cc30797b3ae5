"""docs/conformance.md: its own words, and the table of what the tools said."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.conformance.told import HERE, Outcome, Tool

PAGE = HERE.parent.parent / "docs" / "conformance.md"
HEAD = "| tool | version | is held to | checks | failed | what it says |\n" + "|---" * 6 + "|\n"
TABLE = re.compile(r"^Run on \d{4}-\d\d-\d\d\.\n\n(?:\|[^\n]*\n)+", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """What one tool said."""

    tool: Tool
    outcome: Outcome
    seconds: float

    def as_json(self) -> dict[str, Any]:
        tool = {"name": self.tool.name, "package": self.tool.package, "version": self.tool.version}
        return tool | asdict(self.outcome) | {"seconds": self.seconds}

    def line(self) -> str:
        tool, outcome = self.tool, self.outcome
        of = f"{tool.registry} `{tool.package}`" if tool.registry else tool.package
        cells = (of, tool.version, tool.bar, f"{outcome.checks:,}", len(outcome.failed))
        return "".join(f"| {cell} " for cell in (*cells, outcome.note.replace("|", "/"))) + "|\n"


def table(rows: list[Row], on: date) -> str:
    return f"Run on {on}.\n\n{HEAD}" + "".join(row.line() for row in rows)


def write(rows: list[Row], on: date, page: Path = PAGE) -> None:
    """The table is written anew; what stands around it stays."""
    text = page.read_text("utf-8")
    assert TABLE.search(text), f"{page} has lost its table"
    page.write_text(TABLE.sub(lambda _: table(rows, on), text, count=1), "utf-8")
