"""Who said what, as people read it: the answers of `tieline show` and `tieline records`."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tieline.schema.relationships import VERBS

Row = dict[str, Any]
WON, MORE = "* ", 6  # values of a field shown, records listed


def show(answer: Row, out: Console | None = None) -> None:
    """One thing: its values with who says them, numbers, relationships and ties."""
    out = out or Console(markup=False, highlight=False, emoji=False)
    out.print(Text(f"{answer['name']}  ({answer['kind']}, {answer['uid']})", style="bold"))
    out.print(_values(answer["values"]))
    numbers = [each["id"] for each in answer["identifiers"] if each["scheme"] not in ("name",)]
    if numbers:
        out.print(f"Known by: {', '.join(numbers)}")
    for stated in answer["relationships"]:
        out.print(f"{stated['others']:,} x {aloud(stated)}")
    if answer["ties"] is not None:
        out.print(f"{answer['ties']:,} ties: `tieline ask pathways` finds the way along them.")
    out.print(f"{_count(len(answer['records']), 'record')} that you may read say so:")
    for each in answer["records"][:MORE]:
        out.print(f"  {each['uid']}  {_behind(each)}", soft_wrap=True)
    if len(answer["records"]) > MORE:
        out.print(f"  and {len(answer['records']) - MORE:,} more: --json lists them all.")
    out.print(f"The rows themselves: tieline records --entity {answer['uid']}", style="dim")


def records(answer: Row, out: Console | None = None) -> None:
    """A page of rows."""
    out = out or Console(markup=False, highlight=False, emoji=False)
    if not answer["rows"]:
        out.print("No row that you may read. `tieline loads` shows what has been loaded.")
        return
    for row in answer["rows"]:
        more = ", ".join(filter(None, (row["kind"], row["date"], row.get("file"))))
        out.print(Text(row["uid"], style="bold"), Text(f"({more})"), soft_wrap=True)
        for name, value in row["fields"].items():
            out.print(f"  {name}: {_short(value)}", soft_wrap=True)
        for each in row["mentions"]:
            what = ", ".join(f"{k} {_short(v)}" for k, v in each["fields"].items())
            told = f"  {each['role']} > {each['name'] or 'no name yet'} ({each['kind']})"
            out.print(f"{told}: {what}" if what else told, soft_wrap=True)
        if row["ids"]:
            out.print(f"  known by: {', '.join(row['ids'])}", soft_wrap=True)
    if answer["next"]:
        out.print(f"More: --after {answer['next']}", style="dim", soft_wrap=True)


def aloud(stated: Row) -> str:
    """A relationship with its ends left open: `... works for it`, `it works for ...`."""
    ends = ("it", "...") if stated["begins"] else ("...", "it")
    return VERBS[stated["verb"]].told(*ends)


def _values(values: list[Row]) -> Table:
    """A line for each value that anyone gives; the one that stands is starred."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head in ("field", "value", "said by", "why"):
        table.add_column(head, overflow="fold")
    for field in values:
        lines = sorted(field["said"], key=lambda each: not each["wins"])
        if not lines:
            table.add_row(field["field"], WON + _short(field["value"]), "", field["why"])
        for at, each in enumerate(lines):
            why = field["why"] if at == 0 else ""
            if not each["counts"]:
                why = "read as a record only: fewer may see it"
            star = WON if each["wins"] else "  "
            table.add_row(
                field["field"] if at == 0 else "", star + _short(each["value"]), _by(each), why
            )
    return table


def _by(each: Row) -> str:
    return f"{each['source']} ({each['reliability']:g}), {each['date'] or 'no date'}"


def _behind(each: Row) -> str:
    if "rows" not in each:
        return str(each["title"])
    rows = "" if each["rows"] == 1 else f" and {_count(each['rows'] - 1, 'more row')}"
    return f"{each['title']}: {each['file'] or 'no file'}, {each['row']}{rows}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 100 else f"{text[:99]}…"
