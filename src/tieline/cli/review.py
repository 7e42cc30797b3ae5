"""`tieline review`: what may be here twice, pair by pair, with what speaks for it."""

import sys
from collections import Counter
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tieline.cli.saying import As, data, say

Row = dict[str, Any]
WORDS = {"s": "same", "d": "different", "u": "unsure", "k": "skip", "z": "undo", "q": "quit"}
STATUS = ("open", "same", "different", "unsure")
ASK = "[s]ame [d]ifferent [u]nsure s[k]ip [z] undo [q]uit, and why: "
PAGE = 100


@click.command()
@click.option("--place", help="Only what is there or in a place within it.")
@click.option("--theme", help="Only what works on it or on a narrower theme.")
@click.option(
    "--status",
    type=click.Choice(STATUS),
    default="open",
    show_default=True,
    help="Those decided so.",
)
@click.option("--first", default=PAGE, show_default=True, help="How many to list with --json.")
@click.option("--json", "as_json", is_flag=True, help="List as JSON and ask nothing.")
@click.option("--as-it-is", is_flag=True, help="Do not look for candidates first.")
@click.option(
    "--judge",
    nargs=3,
    metavar="LEFT RIGHT VERDICT",
    help="Ask nothing: same, different, unsure, parallel, not_parallel; none takes back.",
)
@click.option("--why", help="The reason, with --judge.")
@click.option("--as", "level", type=As(), default="steward", show_default=True, help="Who judges.")
def command(
    place: str | None,
    theme: str | None,
    status: str,
    first: int,
    as_json: bool,
    as_it_is: bool,
    judge: tuple[str, str, str] | None,
    why: str | None,
    level: str,
) -> None:
    """Go through what may be here twice: side by side, with what speaks for it and against.

    Answers are read from the terminal or from a pipe: a letter or word, then the reason, a line
    each. Nothing is joined without an answer, and every answer can be taken back.

    \b
    Examples:
      tieline review
      tieline review --place Coventry --status unsure
      tieline review --judge lanterns:people:L01 long-table:folk:T1 different --why "two people"
    """
    if judge:
        put(*judge, why, level, as_json)
        return
    if not as_it_is:
        from tieline.cli.candidates import compare

        compare()
    scope = {"place": place, "theme": theme}
    given = {"scope": {k: v for k, v in scope.items() if v} or None, "status": status.upper()}
    if as_json:
        found = data("review", given | {"first": first}, level)
        sys.stdout.write(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() + "\n")
        return
    Session(given, level).run()


def put(
    left: str, right: str, verdict: str, why: str | None, level: str, as_json: bool = False
) -> None:
    """One judgement, from the command line."""
    if verdict == "none":
        say("unjudge", {"left": left, "right": right}, level, as_json)
        return
    words = (*STATUS[1:], "parallel", "not_parallel")
    if verdict not in words:
        raise click.UsageError(f"{verdict!r} is no verdict: {', '.join(words)}, or none.")
    said = {"left": left, "right": right, "verdict": verdict.upper(), "why": why}
    say("judge", {"input": said}, level, as_json)


class Session:
    """One sitting: what was shown, what was said, what can be undone."""

    def __init__(self, given: Row, level: str) -> None:
        self.given, self.level = given, level
        self.out = Console(markup=False, highlight=False, emoji=False)
        self.passed: set[str] = set()
        self.done: list[tuple[Row, str, str]] = []
        self.counts: Counter[str] = Counter()

    def run(self) -> None:
        rows, left = self.rows()
        while rows:
            row = rows[0]
            self.out.print(f"{left:,} to look at", style="dim")
            show(row, self.out)
            word, why = answer()
            if word == "quit":
                break
            if word == "undo":
                self.undo()
            elif word == "skip":
                self.passed.add(key(row))
                rows, left = rows[1:], left - 1
                if rows:
                    continue
            else:
                self.judge(row, word, why)
            rows, left = self.rows()
        self.tell(bool(rows))

    def rows(self) -> tuple[list[Row], int]:
        """Those still to be asked, as the graph is now."""
        first = min(1000, PAGE + len(self.passed))
        found = data("review", self.given | {"first": first}, self.level)["duplicates"]
        rows = [row for row in found["nodes"] if key(row) not in self.passed]
        return rows, found["totalCount"] - len(self.passed)

    def judge(self, row: Row, word: str, why: str | None) -> None:
        """What is refused is told, and asked no more in this sitting."""
        from tieline.errors import TielineError

        left, right = ends(row)
        said = {"left": left, "right": right, "verdict": word.upper(), "why": why}
        try:
            done = data("judge", {"input": said}, self.level)["judge"]
        except TielineError as error:
            self.passed.add(key(row))
            click.echo(f"Refused: {error}", err=True)
            return
        one, other = (record["uid"] for record in done["records"])
        self.done.append((row, one, other))
        self.counts[word] += 1
        click.echo(done["sentence"], err=True)

    def undo(self) -> None:
        if not self.done:
            click.echo("Nothing was said yet in this sitting.", err=True)
            return
        row, left, right = self.done.pop()
        done = data("unjudge", {"left": left, "right": right}, self.level)["unjudge"]
        self.counts["undone"] += 1
        click.echo(f"{title(row)}: {done['sentence']}", err=True)

    def tell(self, more: bool) -> None:
        said = ", ".join(f"{n} {word}" for word, n in sorted(self.counts.items())) or "nothing"
        click.echo(f"Said: {said}." + ("" if more else " Nothing is left to look at."))


def key(row: Row) -> str:
    return " ".join(sorted((row["left"]["uid"], row["right"]["uid"])))


def ends(row: Row) -> tuple[str, str]:
    """Of two things each by its id; of one thing under many names its first and last record."""
    if row["left"]["uid"] != row["right"]["uid"]:
        return row["left"]["uid"], row["right"]["uid"]
    return row["records"][0]["uid"], row["records"][-1]["uid"]


def answer() -> tuple[str, str | None]:
    """The next answer and its reason; the end of a pipe quits."""
    while True:
        click.echo(ASK, err=True, nl=False)
        line = sys.stdin.readline()
        if not line:
            click.echo("", err=True)
            return "quit", None
        word, _, why = line.strip().partition(" ")
        word = WORDS.get(word.casefold(), word.casefold())
        if word in WORDS.values():
            return word, why.strip() or None
        click.echo(f"{word!r} is no answer.", err=True)


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


def listed(name: str) -> Any:
    return lambda side: ", ".join(side.get(name) or [])


def plain(name: str) -> Any:
    return lambda side: str(side.get(name) or "")


def places(side: Row) -> str:
    return ", ".join(place["name"] for place in side.get("places") or [])


def sources(side: Row) -> str:
    return ", ".join(source["title"] or source["uid"] for source in side["sources"])


FIELDS = (
    ("name", plain("name")),
    ("also", listed("alsoKnownAs")),
    ("place", places),
    ("web", plain("url")),
    ("founded", plain("founded")),
    ("starts", plain("starts")),
    ("ends", plain("ends")),
    ("amount", plain("amount")),
    ("what", plain("description")),
    ("said by", sources),
    ("id", plain("uid")),
)
