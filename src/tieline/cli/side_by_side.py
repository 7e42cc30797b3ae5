"""Two that may be one, side by side, and under them what speaks for it and against."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = dict[str, Any]


def show(row: Row, out: Console) -> None:
    """Both sides beside each other, and under them the evidence."""
    table = Table(title=title(row), title_justify="left", title_style="bold", show_header=False)
    sides = [row["left"], row["right"]]
    if row["left"]["uid"] == row["right"]["uid"]:
        sides = sides[:1]
    table.add_column("", style="dim")
    for _ in sides:
        table.add_column("", overflow="fold")
    for name, read in FIELDS:
        values = [read(side) for side in sides]
        if any(values):
            table.add_row(name, *values)
    out.print(table)
    for reason in row["reasons"]:
        out.print(Text(f"  {reason['text']}"))
    if row["judgement"]:
        word = row["judgement"]
        why = f": {word['why']}" if word["why"] else ""
        out.print(f"  Judged {word['verdict'].lower()} by {word['by']}{why}")
    out.print(f"  It is one thing: {row['weight']:.0%}" if row["weight"] > 0 else "")


def title(row: Row) -> str:
    left, right = row["left"]["name"], row["right"]["name"]
    return left if left == right else f"{left}  /  {right}"


def _listed(name: str) -> Any:
    return lambda side: ", ".join(side.get(name) or [])


def _plain(name: str) -> Any:
    return lambda side: str(side.get(name) or "")


def _places(side: Row) -> str:
    return ", ".join(place["name"] for place in side.get("places") or [])


def _sources(side: Row) -> str:
    return ", ".join(source["title"] or source["uid"] for source in side["sources"])


FIELDS = (
    ("name", _plain("name")),
    ("also", _listed("alsoKnownAs")),
    ("place", _places),
    ("web", _plain("url")),
    ("founded", _plain("founded")),
    ("starts", _plain("starts")),
    ("ends", _plain("ends")),
    ("amount", _plain("amount")),
    ("what", _plain("description")),
    ("said by", _sources),
    ("id", _plain("uid")),
)
