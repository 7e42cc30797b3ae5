"""`tieline candidates`: find what may be here twice."""

import click
import orjson

from tieline.errors import WrongUse

KINDS = ("organisation", "person", "project")


@click.command()
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these.")
@click.option("--whole", is_flag=True, help="Compare what has not changed since, too.")
@click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")
def command(kinds: tuple[str, ...], whole: bool, as_json: bool) -> None:
    """Find what may be here twice, and keep it as candidates with what speaks for each.

    Nothing is joined: `tieline review` asks, `tieline ask duplicates` lists.

    \b
    Examples:
      tieline candidates
      tieline candidates --kind organisation --whole
    """
    found = compare(kinds, whole)
    if as_json:
        click.echo(orjson.dumps([each.as_json() for each in found]))
        return
    for each in found:
        what = f"{each.things:,} {plural(each.kind)}"
        if each.compared:
            click.echo(f"{what}: {each.pairs:,} pairs compared, {each.candidates:,} candidates")
        else:
            click.echo(f"{what}: nothing has changed, {each.candidates:,} candidates")


def compare(kinds: tuple[str, ...] = (), whole: bool = False):  # type: ignore[no-untyped-def]
    """Bring the candidates up to date, told on stderr."""
    from tieline.database.address import find
    from tieline.database.graph import Graph
    from tieline.database.install import install
    from tieline.loaders.candidates.keep import suggest

    if unknown := set(kinds) - set(KINDS):
        raise WrongUse(f"There is no kind {unknown.pop()!r} to compare.")
    with Graph(find()) as graph:
        install(graph)
        return suggest(graph, kinds, whole, lambda text: click.echo(f"comparing: {text}", err=True))


def plural(kind: str) -> str:
    return "people" if kind == "person" else f"{kind}s"
