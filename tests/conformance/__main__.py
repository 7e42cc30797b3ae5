"""`make conformance`: a served Tieline, held against the tools of other people.

Their own output is kept in build/conformance/out; docs/conformance.md is written when all have run
and none has failed.
"""

import json
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

import click
from tests.conformance import page
from tests.conformance.fetching import ROOM, fetched
from tests.conformance.serving import Unserved, served
from tests.conformance.told import Bench, Outcome, Service, Tool
from tests.conformance.tools import TOOLS
from web.build import Unbuilt


def asked(tool: Tool, service: Service, bench: Bench) -> page.Row:
    click.echo(f"{tool.name}: {tool.package} {tool.version}", err=True)
    began = time.monotonic()
    try:
        outcome = tool.ask(service, bench, bench.out / f"{tool.name}.txt")
    except Exception as error:  # a tool that breaks is a failure, and the others are still asked
        outcome = Outcome(0, [f"{type(error).__name__}: {error}"])
    row = page.Row(tool, outcome, round(time.monotonic() - began, 1))
    for failure in outcome.failed:
        click.echo(f"  failed: {failure}", err=True)
    return row


def run(names: tuple[str, ...], where: AbstractContextManager[Service]) -> list[page.Row]:
    bench = fetched()
    with where as service:
        return [asked(tool, service, bench) for tool in TOOLS if not names or tool.name in names]


@click.command()
@click.option("--only", multiple=True, type=click.Choice([tool.name for tool in TOOLS]))
@click.option("--address", help="The GraphQL of a Tieline that runs: no change is tried there.")
@click.option("--token", default="", help="A steward's token for it.")
@click.option("--json", "as_json", is_flag=True, help="What was said, as JSON.")
def main(only: tuple[str, ...], address: str | None, token: str, as_json: bool) -> None:
    """Hold a served Tieline against the tools of other people."""
    ours = served(ROOM / "home")
    try:
        rows = run(only, nullcontext(Service(address, token)) if address else ours)
    except Unbuilt as error:
        raise click.ClickException(f"The tools cannot be fetched: {error}.") from None
    except Unserved as error:
        raise click.ClickException(f"There is nothing to ask: {error}") from None
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], indent=2))
    else:
        click.echo("".join(row.line() for row in rows), nl=False)
    well = all(row.outcome.well for row in rows)
    if well and not only and not address:  # the page says what held, not what is being mended
        page.write(rows, datetime.now(UTC).date())
    sys.exit(not well)


if __name__ == "__main__":
    main()
