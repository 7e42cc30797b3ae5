"""Answers as people read them: a table, its reasons, and what to do where it is empty."""

from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = dict[str, Any]
Cells = Sequence[Text | str]
CIRCLES = 10  # of whoever joins many
BUSIEST = 3  # ties of those that carry most
NARROW = {"", "tie", "chance", "weight", "cut off", "how sure", "kind", "joins", "figures", "many"}
NARROW |= {"now", "past", "asks"}


def show(data: Row, console: Console | None = None) -> None:
    """Print the answer in `data`, whichever question it answers."""
    out = console or Console(markup=False, highlight=False, emoji=False)
    from tieline.cli.fit_tables import SHOWN as OF_FIT
    from tieline.cli.word_tables import SHOWN as OF_WORDS

    for name, answer in data.items():
        (SHOWN | OF_FIT | OF_WORDS)[name](answer, out)


def table(out: Console, heads: Sequence[str], rows: Sequence[Cells]) -> None:
    made = Table(box=SIMPLE_HEAD, pad_edge=False, leading=1, header_style="bold")
    for head in heads:
        made.add_column(head, overflow="fold", no_wrap=head in NARROW, justify="left")
    for row in rows:
        made.add_row(*row)
    out.print(made)


def told(title: str, reason: str | None, more: str = "") -> Text:
    """A bold line, and under it why."""
    text = Text(title, style="bold")
    for line in filter(None, (reason, more)):
        text.append(f"\n{line}", style="not bold")
    return text


def pathways(answer: Row, out: Console) -> None:
    if not answer["routes"]:
        out.print(answer["note"] or "There is no route that you may see.")
        if answer["asOf"]:
            return
        out.print(
            "Ask someone near the one you want to reach (`tieline ask search NAME` finds their "
            "id), or load what a partner knows: `tieline load FILE`."
        )
        return
    if answer["asOf"]:
        out.print(f"Of what was recorded by {answer['asOf']}:")
    numbers = answer["routes"][0]["score"] is not None
    rows: list[Cells] = []
    for at, route in enumerate(answer["routes"], 1):
        chance = [percent(route["score"])] if numbers else []
        asks = route["hops"][0]["from"]  # none, where it is the viewer, unseen by members
        names = [asks["name"] if asks else "you", *(hop["to"]["name"] for hop in route["hops"])]
        way = told(" > ".join(names), route["reason"])
        rows.append([str(at), way, label(route["label"]), *chance])
    table(out, ["", "route", "tie", *(["chance"] if numbers else [])], rows)
    if len(rows) > 1:
        out.print("No two of these share a go-between: the others are your plan B.")
    if answer["atLeastOne"] is not None:
        which = "at least one of them" if len(rows) > 1 else "it"
        roughly = f"Roughly {percent(answer['atLeastOne'])}".replace("Roughly under", "Under")
        out.print(f"{roughly} that {which} holds.")
    rests(answer, out)
    version(answer, out)


def introducers(answer: Row, out: Console) -> None:
    if not answer["introducers"]:
        out.print(answer["note"])
        return
    numbers = answer["introducers"][0]["route"]["score"] is not None
    rows: list[Cells] = []
    for at, each in enumerate(answer["introducers"], 1):
        route = each["route"]
        chance = [percent(route["score"])] if numbers else []
        names = [hop["to"]["name"] for hop in route["hops"]]
        way = told(f"Ask {names[0]}", " > ".join(names[1:]), route["reason"])
        rows.append([str(at), way, label(route["label"]), *chance])
    table(out, ["", "whom to ask first", "tie", *(["chance"] if numbers else [])], rows)
    if answer["knows"]:
        out.print("There is a tie already: they may be asked themselves.")
    out.print("What to write: tieline ask introduce FROM TO --through NAME")
    version(answer, out)


def draft(answer: Row, out: Console) -> None:
    out.print(f"To {(answer['whom'] or answer['of'])['name']}:\n", style="bold")
    out.print(answer["text"])
    out.print("\nPut it in your own words. Once it is sent say so: the same with --sent.")


def bridges(answer: Row, out: Console) -> None:
    if not answer["nodes"]:
        gone_since(answer, out)
        out.print(
            "Nothing that you may see falls apart by the loss of one tie or one actor. If that is "
            "a surprise, ask of all the field, without a scope, or look what is loaded: "
            "tieline loads"
        )
        out.print(answer["coverage"]["sentence"])
        return
    rows: list[Cells] = [
        [
            str(at),
            told(bridge_name(row), row["reason"], second_links(row)),
            f"{row['smallerSide']:,}",
            f"{row['confidence']:.0%}",
        ]
        for at, row in enumerate(answer["nodes"], 1)
    ]
    table(out, ["", "what holds it together", "cut off", "how sure"], rows)
    gone_since(answer, out)
    more(answer, len(rows), out)
    rests(answer, out)
    version(answer, out)


def gone_since(answer: Row, out: Console) -> None:
    for each in answer["gone"] or []:
        out.print(each["reason"])


def second_links(row: Row) -> str:
    links = [link["reason"] for link in row["makeItTwo"]]
    return f"Worth acting on. Make it two: {' '.join(links)}" if links else str(row["verdict"])


def bridge_name(row: Row) -> str:
    if row["tie"]:
        return f"{row['tie']['from']['name']} - {row['tie']['to']['name']}"
    return f"{row['actor']['name']}" if row["actor"] else "someone"


def brokers(answer: Row, out: Console) -> None:
    if not answer["nodes"]:
        out.print(
            "There is nobody here whom you may see. Ask of all the field, without a scope, or look "
            "what is loaded: tieline loads"
        )
        out.print(answer["coverage"]["sentence"])
        return
    numbers = answer["busiest"] is not None
    rows: list[Cells] = []
    for at, row in enumerate(answer["nodes"], 1):
        who = told(row["actor"]["name"], row["reason"])
        rows.append([str(at), who, label(row["label"]), *([figures(row)] if numbers else [])])
    table(out, ["", "who", "joins", *(["figures"] if numbers else [])], rows)
    out.print(answer["order"])
    for each in answer["mixing"]:
        out.print(each["reason"])
    for each in (answer["busiest"] or [])[:BUSIEST]:
        if each["tie"]:
            names = f"{each['tie']['from']['name']} - {each['tie']['to']['name']}"
            out.print(f"{percent(each['betweenness'])} of the shortest routes: {names}")
    more(answer, len(rows), out)
    rests(answer, out)
    version(answer, out)


def figures(row: Row) -> str:
    if row["constraint"] is None:
        return ""
    return f"constraint {row['constraint']:.2f}\neffective size {row['effectiveSize']:.1f}"


def broker(answer: Row, out: Console) -> None:
    """Why somebody stands where they stand."""
    out.print(f"{answer['actor']['name']}: {label(answer['label'])}.", style="bold")
    out.print(f"{answer['reason']} {answer['sentence']}")
    rows: list[Cells] = [
        [str(at), each["reason"], f"{each['size']:,}"]
        for at, each in enumerate(answer["circles"][:CIRCLES], 1)
    ]
    if rows:
        table(out, ["", "who hangs together without them", "many"], rows)
    if len(answer["circles"]) > len(rows):
        out.print(f"{len(rows)} of {len(answer['circles']):,} circles shown; --json has all.")
    if answer["constraint"] is not None:
        out.print(figures(answer).replace("\n", ", ") + ".")
    rests(answer, out)
    version(answer, out)


def duplicates(answer: Row, out: Console) -> None:
    if not answer["nodes"]:
        out.print(
            "None that you may see. Ask for the other kind (--kind same-record or "
            "--kind parallel-effort), or for all of the field, without --place and --theme."
        )
        out.print(answer["coverage"]["sentence"])
        return
    rows: list[Cells] = []
    for at, row in enumerate(answer["nodes"], 1):
        reasons = " ".join(reason["text"] for reason in row["reasons"])
        records = ", ".join(record["uid"] for record in row["records"])
        joined = row["left"]["uid"] == row["right"]["uid"]  # as its reason says
        judged = not joined and row["status"] != "OPEN"
        status = f"Judged: {label(row['status'])}." if judged else ""
        why = told(pair(row), reasons, " ".join(filter(None, [status, f"Records: {records}"])))
        rows.append([str(at), why, f"{row['weight']:.2f}"])
    same = answer["nodes"][0]["kind"] == "SAME_RECORD"
    table(out, ["", "here twice" if same else "you may be allies", "weight"], rows)
    if answer["note"]:
        out.print(answer["note"])
    more(answer, len(rows), out)
    rests(answer, out)
    version(answer, out)


def similar(answer: Row, out: Console) -> None:
    parts = (
        ("allies", "you may be allies"),
        ("own", "yours already"),
        ("past", "what was done before"),
    )
    for part, head in parts:
        rows: list[Cells] = [
            [
                str(at),
                told(row["project"]["name"], row["reason"], learnt(row)),
                f"{row['weight']:.2f}",
            ]
            for at, row in enumerate(answer[part], 1)
        ]
        if rows:
            table(out, ["", head, "weight"], rows)
    out.print(answer["risk"]["reason"])
    if answer["note"]:
        out.print(answer["note"])
    rests(answer, out)
    version(answer, out)


def learnt(row: Row) -> str:
    return f"What was learnt: {row['lessons']}" if row.get("lessons") else ""


def pair(row: Row) -> str:
    left, right = row["left"]["name"], row["right"]["name"]
    return left if row["left"]["uid"] == row["right"]["uid"] else f"{left}  /  {right}"


def search(answer: Row, out: Console) -> None:
    if not answer["edges"]:
        out.print("Nothing that you may see carries these words. Try one word, or part of a name.")
        return
    rows: list[Cells] = []
    for edge in answer["edges"]:
        node = edge["node"]
        name = Text(node["name"], style="bold")
        if edge["matched"] and edge["matched"].casefold() != node["name"].casefold():
            how = f", {edge['through']}" if edge["through"] else ""
            name.append(f" (found by: {edge['matched']}{how})", style="not bold")
        rows.append([name, node["__typename"].lower(), node["uid"]])
    table(out, ["name", "kind", "id"], rows)
    more(answer, len(rows), out)


def more(answer: Row, shown: int, out: Console) -> None:
    if answer["totalCount"] > shown:
        out.print(f"{shown:,} of {answer['totalCount']:,} shown: --first {shown * 2} shows more.")


def rests(answer: Row, out: Console) -> None:
    """How far it may be off, and on whose data it rests."""
    out.print(answer["uncertainty"])
    out.print(answer["coverage"]["sentence"])


def version(answer: Row, out: Console) -> None:
    out.print(f"As the graph was at {answer['graphVersion']}.", style="dim")


def percent(value: float | None) -> str:
    if value is None:
        return ""
    return "under 1%" if 0 < value < 0.01 else f"{value:.0%}"


def label(value: str) -> str:
    return value.lower().replace("_", " ")


SHOWN = {
    "pathways": pathways,
    "introducers": introducers,
    "draftIntroduction": draft,
    "bridges": bridges,
    "brokers": brokers,
    "broker": broker,
    "duplicates": duplicates,
    "similarProjects": similar,
    "search": search,
}
