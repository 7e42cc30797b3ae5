"""`tieline review`: what may be here twice, pair by pair, with what speaks for it."""

import sys
from collections import Counter
from typing import Any

import click
import orjson
from rich.console import Console

from tieline.cli.saying import As, data, say
from tieline.cli.side_by_side import show, title

Row = dict[str, Any]
WORDS = {"s": "same", "d": "different", "u": "unsure", "k": "skip", "z": "undo", "q": "quit"}
STATUS = ("open", "same", "different", "unsure")
ASK = "[s]ame [d]ifferent [u]nsure s[k]ip [z] undo [q]uit, and why: "
FIRST, PAGE = 100, 500  # how many are listed, unless said; how many one request asks for


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
@click.option("--first", default=FIRST, show_default=True, help="How many to list with --json.")
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
        found = {"duplicates": paged(given, first, level)}
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


def paged(given: Row, first: int, level: str) -> Row:
    """The first so many: a request for more than a page would be refused, so page by page."""
    most = PAGE if level != "anonymous" else FIRST
    found: Row = data("review", given | {"first": min(most, first)}, level)["duplicates"]
    while found["pageInfo"]["hasNextPage"] and len(found["nodes"]) < first:
        wanted = min(most, first - len(found["nodes"]))
        after = {"first": wanted, "after": found["pageInfo"]["endCursor"]}
        more = data("review", given | after, level)["duplicates"]
        found["nodes"] += more["nodes"]
        found["pageInfo"] = more["pageInfo"]
    return found


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
        found = paged(self.given, FIRST + len(self.passed), self.level)
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
    """The two records that it rests on; of more, each thing by its id, and of one thing under many
    names its first and last record.
    """
    if row["left"]["uid"] != row["right"]["uid"] and len(row["records"]) != 2:
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
