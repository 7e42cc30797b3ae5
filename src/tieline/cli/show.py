"""`tieline show`: everything that is known of one thing, and who says it."""

from typing import Any

import click
import orjson

from tieline.cli.ask import shared
from tieline.cli.reading import read
from tieline.database.reader import Reader
from tieline.loaders.batch import basis
from tieline.loaders.origins import origins, readable, record
from tieline.queries.show.ask import held
from tieline.schema.consent import STEWARD
from tieline.schema.identifiers import scheme

Data = dict[str, Any]


@click.command()
@click.argument("entity", nargs=-1, required=True)
@shared
def command(entity: tuple[str, ...], level: str, as_json: bool) -> None:
    """Say all that is known of ENTITY: each value, the records that say it, and which one won.

    ENTITY is a uid, a handle, a registered number, or a name that only one carries. What the viewer
    may not read is left out.

    \b
    Examples:
      tieline show Amara Thistlewood
      tieline show GB-CHC-9900002 --as anonymous
      tieline show "Amara Thistlewood" --json
    """
    told = read(level, lambda reader: shown(reader, " ".join(entity)))
    if as_json:
        click.echo(orjson.dumps(told))
        return
    from tieline.cli import voices

    voices.show(told)


async def shown(reader: Reader, text: str) -> Data:
    """The answer: uid, name, kind, values, identifiers, relationships, ties, records."""
    version = await reader.version()
    found = await held(reader, text)
    level = reader.viewer.level
    visible = [row for row in found["records"] if row["visible"]]
    readers = {row["record"]["uid"] for row in visible}
    records = [record(row) for row in found["records"]]
    sources = {row["source"]["slug"]: basis(row["source"]) for row in found["records"]}
    return {
        "uid": found["uid"],
        "name": found["name"],
        "kind": found["kind"],
        "values": list(origins(records, sources, readers, level)),
        "identifiers": _identifiers(visible),
        "relationships": found["relationships"],
        "ties": found["ties"],
        "records": [_record(row, level) for row in visible],
        "graph_version": version,
    }


def _identifiers(visible: list[Data]) -> list[Data]:
    """Each with its scheme and the records that carry it."""
    carriers: dict[str, list[str]] = {}
    for row in visible:
        for each in row["record"]["ids"]:
            carriers.setdefault(each, []).append(row["record"]["uid"])
    return [
        {"id": each, "scheme": scheme(each), "records": carriers[each]} for each in sorted(carriers)
    ]


def _record(row: Data, level: int) -> Data:
    """One record. Which row of which file it comes from is for stewards, as loads are."""
    said, source = row["record"], row["source"]
    told = {name: said[name] for name in ("uid", "kind", "date")}
    told |= {"source": source["slug"], "title": source["title"]}
    told |= {"reliability": source["reliability"], "fields": readable(said, level)}
    if level == STEWARD:
        told |= {"rows": max(row["rows"], 1), "row": row["row"], "file": row["file"]}
    return told
