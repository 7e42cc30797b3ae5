"""`tieline demo`: the example field, three weavers' questions about it, and an explorer."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import orjson

from tieline.database.address import Address
from tieline.database.graph import Graph

FIELD = Path(str(files("tieline.examples").joinpath("through-thick-and-thin")))
FOLDERS = (
    "places",
    "words",
    "real-2021-article",
    "real-heatmap-pages",
    "hearth-fund",
    "lanterns",
    "long-table",
)
FROM, TO = "Amara Thistlewood", "Joss Penhallow-Reed"


@dataclass(frozen=True)
class Question:
    """A weaver's question, the command that asks it, and the saved operation behind both."""

    name: str
    words: str
    asked: tuple[str, ...]
    operation: str
    variables: dict[str, Any]

    @property
    def typed(self) -> str:
        """What stands behind `tieline ask`."""
        return " ".join(f'"{word}"' if " " in word else word for word in self.asked)


QUESTIONS = (
    Question(
        "connect",
        f"Who can connect {FROM} in Coventry with {TO} in Leeds?",
        ("pathways", FROM, TO),
        "pathways",
        {"from": FROM, "to": TO},
    ),
    Question(
        "holds",
        "What holds this field together?",
        ("bridges", "--first", "3"),
        "bridges",
        {"first": 3},
    ),
    Question(
        "parallel",
        "Who already does this? Others with the same purpose, in other words:",
        ("duplicates", "--first", "3"),
        "duplicates",
        {"kind": "PARALLEL_EFFORT", "first": 3},
    ),
    Question(
        "same",
        "And who is here twice?",
        ("duplicates", "--kind", "same-record", "--first", "3"),
        "duplicates",
        {"kind": "SAME_RECORD", "first": 3},
    ),
)


@dataclass
class Told:
    """What the demo did: seconds of each part, figures of each table, data of each answer."""

    seconds: dict[str, float] = field(default_factory=dict)
    loads: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str, doing: str) -> Iterator[None]:
        """Tells on stderr what goes on, since a first run takes a while; keeps the seconds."""
        click.echo(f"{doing} ...", err=True)
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 2)


@click.command()
@click.option("--no-serve", is_flag=True, help="end after the answers")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="where the explorer listens",
)
@click.option("--remove", is_flag=True, help="take the example field back")
@click.option("--json", "as_json", is_flag=True, help="figures and answers as JSON; ends")
def command(no_serve: bool, port: int, remove: bool, as_json: bool) -> None:
    """Load an example field, answer three weavers' questions, serve an explorer.

    Nearly all of the field is invented. A second run changes nothing.

    \b
    Examples:
      tieline demo
      tieline demo --no-serve
      tieline demo --remove
    """
    from tieline.database.address import find

    told = Told()
    with told.part("database", "Reaching the database, started if it is not running"):
        address = find()
    with Graph(address) as graph:
        if remove:
            _say_removed(take_back(graph), as_json)
            return
        others = brought(graph, told)
    with told.part("answers", "Asking it the weavers' questions"):
        for question in QUESTIONS:
            told.answers[question.name] = _ask(address, question)
    if as_json:
        click.echo(orjson.dumps(told.__dict__))
        return
    _print(told, others)
    if no_serve or not sys.stdout.isatty():
        _next()
    else:
        _serve(port)


def brought(graph: Graph, told: Told) -> list[str]:
    """The model installed, the field loaded, its ties of today. Slugs of what else is there."""
    from tieline.database.install import install
    from tieline.loaders.refresh import refresh, stale
    from tieline.settings import settings

    with told.part("model", "Looking that its model is there"):
        install(graph)
    with told.part("load", "Loading the example field"):
        told.loads = load_field(graph)
        if stale(graph, settings().today):
            refresh(graph, settings().today)
    ours = {row["source"] for row in told.loads}
    return sorted({row["source"] for row in graph.read("load/loads")} - ours)


def load_field(graph: Graph) -> list[dict[str, Any]]:
    """Every folder of the field, as `tieline load FOLDER` does it; the figures of each table."""
    from tieline.loaders import load
    from tieline.loaders.report import Refusals
    from tieline.loaders.tasks import Wish, tasks

    figures = []
    with Refusals() as refusals:
        for folder in FOLDERS:
            wanted = tasks(Wish(FIELD / folder))
            done = [load.run(graph, task, refusals) for task in wanted]
            figures += [each.as_json() for each in done]
            for sentence in load.unexpected(graph, wanted[0].source, done):
                click.echo(sentence, err=True)
    for refusal in refusals.first:
        click.echo(f"refused: {refusal}", err=True)
    return figures


def take_back(graph: Graph) -> int:
    """Withdraw every source of the field that is there: the number of rows taken back."""
    from tieline.loaders.source import read
    from tieline.loaders.withdraw import withdraw

    slugs = [read(FIELD / folder).slug for folder in FOLDERS]
    there = [slug for slug in slugs if graph.read("load/source", slug=slug)]
    return sum(withdraw(graph, slug).rows for slug in there)


def _say_removed(rows: int, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps({"withdrawn": rows}))
    elif rows:
        click.echo(f"The example field is taken back: {rows:,} rows, as if they had never come.")
    else:
        click.echo("The example field is not here: nothing to take back.")


def _ask(address: Address, question: Question) -> Any:
    from tieline.graphql.inprocess import answer
    from tieline.schema.consent import VIEWERS, Viewer

    viewer = Viewer(VIEWERS["steward"])
    return answer(address, viewer, question.operation, question.variables)


def _print(told: Told, others: list[str]) -> None:
    from tieline.cli.tables import show

    rows = sum(each["accepted"] for each in told.loads)
    written = sum(each["written"] for each in told.loads)
    click.echo(
        f"An example field, nearly all of it invented: {rows:,} rows in {len(told.loads)} tables "
        f"of {len(FOLDERS)} sources,\n"
        + (f"{written:,} of them written now." if written else "all of them here already.")
    )
    if others:
        click.echo(f"It stands among what else is here: {', '.join(others)}.")
    for question in QUESTIONS:
        click.secho(f"\n{question.words}", bold=True)
        click.echo(f"$ tieline ask {question.typed}")
        show(told.answers[question.name])
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in told.seconds.items())
    click.echo(f"\nSeconds: {parts}.")


def _next() -> None:
    click.echo(
        "\nNext:\n"
        "  tieline serve           an explorer of this field in the browser\n"
        "  tieline ask search tea  find anyone and anything, then ask about it\n"
        "  tieline load FILE       your own spreadsheet: docs/guide.md shows how\n"
        "  tieline demo --remove   take the example back"
    )


def _serve(port: int) -> None:
    from tieline.graphql import serving

    click.echo(
        "\nNow an explorer of what anyone may see of this field. To take the example back\n"
        "at any time: tieline demo --remove\n"
    )
    serving.serve("127.0.0.1", port, "anonymous")
