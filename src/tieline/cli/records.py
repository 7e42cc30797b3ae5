"""`tieline records`: partners' rows, as they were understood."""

from typing import Any

import click
import orjson

from tieline.cli.ask import shared
from tieline.cli.completion import slugs
from tieline.cli.reading import read
from tieline.database.reader import Reader
from tieline.loaders.origins import readable
from tieline.queries.records.ask import MOST, page
from tieline.schema.consent import STEWARD
from tieline.schema.records import LABELS, STATEMENT

Data = dict[str, Any]


@click.command()
@click.option("--source", help="Of this source alone.", shell_complete=slugs)
@click.option("--entity", help="Those that speak of it: a uid, a number, a name ...")
@click.option("--kind", type=click.Choice([*LABELS, STATEMENT]), help="Of this kind alone.")
@click.option(
    "--first",
    default=20,
    show_default=True,
    type=click.IntRange(1, MOST),
    help="How many to show.",
)
@click.option("--after", metavar="CURSOR", help="Go on behind this one: `next` of the last page.")
@shared
def command(
    source: str | None,
    entity: str | None,
    kind: str | None,
    first: int,
    after: str | None,
    level: str,
    as_json: bool,
) -> None:
    """Show partners' rows as they were understood: fields, and whom and what they name.

    \b
    Examples:
      tieline records --source lanterns --kind person --first 3
      tieline records --entity "Amara Thistlewood" --as weaver
      tieline records --source lanterns --first 2 --json
    """

    async def asked(reader: Reader) -> Data:
        version = await reader.version()
        found = await page(reader, source, entity, kind, first, after)
        rows = [told(row, reader.viewer.level) for row in found["rows"]]
        return {"rows": rows, "next": found["next"], "graph_version": version}

    answer = read(level, asked)
    if as_json:
        click.echo(orjson.dumps(answer))
        return
    from tieline.cli import voices

    voices.records(answer)


def told(row: Data, level: int) -> Data:
    """A row as this viewer may read it. The file is for stewards, as loads are."""
    mentions = [
        {**each, "fields": readable(each, level), "ids": sorted(each["ids"])}
        for each in row["mentions"]
    ]
    kept = {name: value for name, value in row.items() if name != "file" or level == STEWARD}
    read_as = {"fields": readable(row, level), "ids": sorted(row["ids"]), "mentions": mentions}
    return kept | read_as
