"""A vocabulary written to a file or to stdout."""

import asyncio
import sys
from pathlib import Path

import click

from tieline.database.address import Address, find
from tieline.database.reader import Reader, open_driver
from tieline.exports import skos, sssom
from tieline.exports.vocabulary import BASE, Vocabulary, read
from tieline.graphql.who import viewer_of
from tieline.schema.consent import Viewer

FORMS = {"sssom": sssom.write, "skos": skos.write}


def written(
    scheme: str, form: str, out: Path | None, base: str | None, licence: str | None, level: str
) -> None:
    """What the viewer may see of the vocabulary.

    Raises:
        NotFound: nothing of it.
    """
    address = find()
    held = asyncio.run(_read(address, viewer_of(address, level), scheme))
    text = FORMS[form](held, (base or BASE).rstrip("/") + "/", licence)
    if out:
        out.write_text(text, "utf-8")
        click.echo(f"Wrote {len(held.themes):,} words and their matches to {out}.", err=True)
    else:
        sys.stdout.write(text)
    if held.untold:
        click.echo(f"{held.untold:,} matches of no SKOS sort were left out.", err=True)


async def _read(address: Address, viewer: Viewer, scheme: str) -> Vocabulary:
    async with open_driver(address) as driver:
        return await read(Reader(driver, address.database, viewer, seconds=60.0), scheme)
