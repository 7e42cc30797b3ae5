"""Answers about words, as people read them."""

from rich.console import Console

from tieline.cli.tables import Cells, Row, label, more, percent, rests, table, told, version


def translate(answer: Row, out: Console) -> None:
    if answer["note"]:
        out.print(answer["note"])
    rows: list[Cells] = [
        [
            told(each["theme"]["label"], each["reason"]),
            each["theme"]["scheme"] or "",
            label(each["way"]),
            percent(each["confidence"]),
        ]
        for each in answer["matches"]
    ]
    if rows:
        table(out, ["word", "vocabulary", "kind", "how sure"], rows)
    for each in answer["without"]:
        out.print(each["reason"])
    out.print(answer["coverage"]["sentence"])
    version(answer, out)


def untranslated(answer: Row, out: Console) -> None:
    if answer["note"]:
        out.print(answer["note"])
    rows: list[Cells] = []
    for each in answer["nodes"]:
        name = each["theme"]["label"] if each["theme"] else each["word"]
        titles = ", ".join(project["title"] for project in each["projects"])
        rows.append([told(name, each["reason"], titles), f"{each['used']:,}"])
    if rows:
        table(out, ["no word for", "many"], rows)
    more(answer, len(rows), out)
    rests(answer, out)
    version(answer, out)


def suggestions(answer: Row, out: Console) -> None:
    if answer["note"]:
        out.print(answer["note"])
    rows: list[Cells] = [
        [
            told(f"{each['thing']['name']}: {each['theme']['label']}", each["reason"]),
            percent(each["confidence"]),
        ]
        for each in answer["nodes"]
    ]
    if rows:
        table(out, ["may be about", "how sure"], rows)
        out.print("Say which are right: tieline themes accept THING THEME, or refuse.")
    more(answer, len(rows), out)
    rests(answer, out)
    version(answer, out)


SHOWN = {
    "translate": translate,
    "untranslated": untranslated,
    "themeSuggestions": suggestions,
}
