"""`tieline load`: bring a partner's file in."""

from datetime import date
from pathlib import Path

import click
import orjson

from tieline.database.address import find
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.errors import WrongUse
from tieline.loaders import load
from tieline.loaders.load import Loaded
from tieline.loaders.report import Refusals
from tieline.loaders.tasks import FORMATS, Task, Wish, tasks

SOME_REFUSED, NOTHING_LOADED = 3, 1
_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", "slug", help="whose data it is: a slug such as my-partner")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="guessed where not given")
@click.option("--part", help="which table of the source it is, or only this one of a folder")
@click.option("--retrieved", help="the day the file was fetched, as 2026-07-01")
@click.option("--allow-shrink", is_flag=True, help="even if over a fifth of the rows are gone")
@click.option("--mapping", type=_FILE, help="which column is what (TOML)")
@click.option("--sources", type=_FOLDER, help="a folder of sources' descriptions")
@click.option("--dry-run", is_flag=True, help="do all, keep nothing")
@click.option("--strict", is_flag=True, help="refuse rows with anything odd about them")
@click.option(
    "--report",
    type=_FILE,
    help="write every refusal there: .xlsx to open and mend, else JSON lines",
)
@click.option("--json", "as_json", is_flag=True, help="figures as JSON")
def command(
    path: Path,
    slug: str | None,
    format_: str | None,
    part: str | None,
    retrieved: str | None,
    allow_shrink: bool,
    mapping: Path | None,
    sources: Path | None,
    dry_run: bool,
    strict: bool,
    report: Path | None,
    as_json: bool,
) -> int:
    """Bring a partner's file in, or a folder of them with its source.toml.

    Good rows load; each refused one is told with its place, the reason and how to mend it. The same
    file again changes nothing. A newer file of the same part takes the earlier one's place: what it
    no longer says is taken away.

    Exit status: 0 all accepted, 3 some refused, 1 nothing loaded, 2 wrong use.

    \b
    Examples:
      tieline load examples/through-thick-and-thin/lanterns
      tieline load grants.xlsx --source our-funder --dry-run
      tieline load grants.xlsx --source our-funder --report errors.xlsx
    """
    if report and report.resolve() == path.resolve():
        raise WrongUse(f"--report {report} is the file to load. Name another file.")
    wish = Wish(path, slug, format_, part, _day(retrieved), mapping, sources)
    wanted = tasks(wish)
    ways = {"strict": strict, "dry_run": dry_run, "allow_shrink": allow_shrink}
    with Refusals(report) as refusals, Graph(find()) as graph:
        install(graph)
        done = _each(graph, wanted, refusals, ways, as_json)
        told = [] if part else list(load.unexpected(graph, wanted[0].source, done))
        for sentence in (*load.nameless(graph, wanted[0].source, done), *told):
            click.echo(sentence, err=True)
    if as_json:
        figures = [each.as_json() for each in done]
        click.echo(orjson.dumps(figures[0] if len(done) == 1 and path.is_file() else figures))
    _refused(refusals, report)
    return _status(done) or (SOME_REFUSED if strict and told else 0)


def _each(
    graph: Graph, wanted: list[Task], refusals: Refusals, ways: dict[str, bool], as_json: bool
) -> list[Loaded]:
    """Load one table after the other, told of as each is done."""
    done: list[Loaded] = []
    try:
        for task in wanted:
            done.append(load.run(graph, task, refusals, **ways))
            if not as_json:
                _tell(done[-1])
            _remark(done[-1])
    except KeyboardInterrupt:
        click.echo("Stopped. What is in stays; the same command again goes on.", err=True)
        raise click.exceptions.Abort from None
    return done


def _day(retrieved: str | None) -> str | None:
    try:
        return date.fromisoformat(retrieved).isoformat() if retrieved else None
    except ValueError:
        raise WrongUse(f"--retrieved {retrieved}: write a date such as 2026-07-01.") from None


def _tell(loaded: Loaded) -> None:
    """The answer, for people: one line a table."""
    task, outcome = loaded.task, loaded.outcome
    part = "" if task.part == "all" else f" {task.part}"
    things = ", ".join(
        f"{kind} {count['created']:,} new {count['matched']:,} known"
        for kind, count in outcome.entities.items()
    )
    gone = f", {outcome.gone:,} no longer said and taken away" if outcome.gone else ""
    click.echo(
        f"{task.source.slug}{part}: {outcome.read:,} rows read, {outcome.accepted:,} accepted, "
        f"{outcome.refused:,} refused, {outcome.written:,} written{gone} "
        f"in {outcome.seconds:.1f} s"
    )
    if things:
        click.echo(
            f"  {things}; {outcome.relationships:,} relationships, "
            f"{outcome.observations:,} observations, {outcome.ties:,} ties"
        )


def _remark(loaded: Loaded) -> None:
    for sentence in loaded.notes.lines():
        click.echo(sentence, err=True)
    if loaded.outcome.note:
        click.echo(loaded.outcome.note, err=True)


def _refused(refusals: Refusals, report: Path | None) -> None:
    for refusal in refusals.first:
        click.echo(f"refused: {refusal}", err=True)
    hidden = refusals.count - len(refusals.first)
    if hidden:
        where = f"all are in {report}" if report else "--report FILE.jsonl writes them all"
        click.echo(f"and {hidden:,} more refused ({where}).", err=True)


def _status(done: list[Loaded]) -> int:
    accepted = sum(each.outcome.accepted for each in done)
    if not accepted:
        click.echo("Nothing was loaded: no row was accepted.", err=True)
        return NOTHING_LOADED
    return SOME_REFUSED if any(each.outcome.refused for each in done) else 0
