"""Where somebody fits, what is missing where, what was learnt: as people read it."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tieline.cli.tables import Cells, Row, more, table, told, version

LESSON = 200  # characters of what was learnt, in a line of fit or gaps


def fit(answer: Row, out: Console) -> None:
    who = answer["actor"]["name"] if answer["actor"] else "you"
    out.print(f"Where {who} may fit, of what is recorded", style="bold")
    for section in answer["sections"]:
        count = f" ({len(section['lines'])} of {section['total']:,})" if section["lines"] else ""
        out.print(f"\n{section['title']}{count}", style="bold")
        if section["note"]:
            out.print(Padding(section["note"], (0, 0, 0, 2), expand=False))
        for line in section["lines"]:
            out.print(Padding(_line(section["part"], line), (0, 0, 0, 2), expand=False))
    out.print()
    rests_on(answer, out)


def _line(part: str, line: Row) -> Text:
    taught = f"What was learnt: {cut(line['lesson'])}" if line["lesson"] else ""
    text = told(_named(part, line), line["reason"], taught)
    said = ", ".join(source["uid"] for source in line["sources"])
    return text.append(f" [{said}]" if said else "", style="not bold dim")


def _named(part: str, line: Row) -> str:
    """What the line is about: somebody, a project, a pair of them, a theme in a place."""
    if part == "GAPS":
        return f"{line['theme']['name']} in {line['place']['name']}"
    if part == "PARALLEL":
        return f"{line['yours']['name']}  /  {line['project']['name']}"
    named = line["who"] if part in ("ALLIES", "SUPPORT") else line["project"]
    return str(named["name"])


def gaps(answer: Row, out: Console) -> None:
    if answer["note"]:
        out.print(answer["note"])
        rests_on(answer, out)
        return
    rows: list[Cells] = [_cell(row) for row in answer["nodes"]]
    table(out, ["theme and place", "now", "past", "asks"], rows)
    more(answer, len(rows), out)
    rests_on(answer, out)


def _cell(row: Row) -> Cells:
    learn, lesson = row["learn"], row["lesson"]
    taught = (
        f"What was learnt: {cut(lesson['text'])} ({lesson['project']['name']})" if lesson else ""
    )
    why = " ".join(filter(None, [row["reason"], learn and learn["reason"]]))
    title = f"{row['theme']['name']} in {row['place']['name']}"
    figures = (row["now"], row["past"], row["asks"])
    return [told(title, why, taught), *(f"{figure:,}" for figure in figures)]


def lessons(answer: Row, out: Console) -> None:
    if answer["note"]:
        out.print(answer["note"])
        rests_on(answer, out)
        return
    rows: list[Cells] = []
    for row in answer["nodes"]:
        said = ", ".join(source["title"] or source["uid"] for source in row["sources"])
        rows.append([told(row["text"], row["reason"], f"Said by: {said}" if said else "")])
    table(out, ["what was learnt"], rows)
    more(answer, len(rows), out)
    rests_on(answer, out)


def rests_on(answer: Row, out: Console) -> None:
    out.print(answer["coverage"]["sentence"])
    out.print(answer["uncertainty"])
    version(answer, out)


def cut(text: str) -> str:
    """The text, cut at a word where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LESSON else f"{plain[:LESSON].rsplit(' ', 1)[0]} …"


SHOWN = {"fit": fit, "gaps": gaps, "lessons": lessons}
