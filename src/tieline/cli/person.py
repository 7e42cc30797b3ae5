"""`tieline person`: all that is known of somebody; taking them off the map for good."""

import sys
from pathlib import Path

import click
import orjson

from tieline.cli.ask import shared
from tieline.cli.saying import Data, data
from tieline.errors import WrongUse


@click.group()
def command() -> None:
    """Give somebody all that is known of them; take them off the map for good.

    \b
    Examples:
      tieline person export "Amara Thistlewood" amara.json
      tieline person erase "Amara Thistlewood" --dry-run
    """


@command.command()
@click.argument("who")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@shared
def export(who: str, file: Path, force: bool, level: str, as_json: bool) -> None:
    """Write all that is known of WHO to FILE, as JSON, for them to take away.

    Their records in full and where each comes from, what they said, their ties; what others
    answered is others'. A steward's copy leaves out what is theirs alone, and says how they get it.
    Only you can read the file. "me" is whoever --as names.

    \b
    Examples:
      tieline person export "Amara Thistlewood" amara.json
      tieline person export me mine.json --as person:ID
    """
    from tieline.database.private import put

    if not file.parent.is_dir() or (file.exists() and not force):
        raise WrongUse(f"{file} is there, or its folder is not: choose another, or --force.")
    if file.exists() and not file.is_file():
        raise WrongUse(f"{file} is no file: only you could read one. Choose another.")
    told = _asked("export-person", who, level)
    put(file.resolve(), told["document"].encode())
    if as_json:
        click.echo(orjson.dumps({"file": str(file), "sentence": told["sentence"]}))
    else:
        click.echo(told["sentence"])


@command.command()
@click.argument("who")
@click.option("--dry-run", is_flag=True, help="Tell what would go; keep all.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@shared
def erase(who: str, dry_run: bool, yes: bool, level: str, as_json: bool) -> None:
    """Take WHO off the map for good: their records, and all that was said by them and of them.

    Others' ties stand. No file that is loaded later, and no backup, brings them back. It cannot be
    undone. "me" is whoever --as names.

    \b
    Examples:
      tieline person erase "Amara Thistlewood" --dry-run
      tieline person erase me --yes --as person:ID
    """
    told = _asked("erase", who, level, dryRun=True)
    if not dry_run:
        _agreed(told, yes)
        told = _asked("erase", who, level, confirm=told["name"])
    if as_json:
        click.echo(orjson.dumps(told))
        return
    click.echo(told["sentence"])
    if dry_run:
        click.echo("Nothing was changed. To do it: the same without --dry-run.")


def _agreed(told: Data, yes: bool) -> None:
    if yes:
        return
    question = f"{told['sentence']} This cannot be undone."
    if not sys.stdin.isatty():
        raise WrongUse(f"{question} Say --yes if it is meant.")
    click.confirm(f"{question} Go on?", abort=True, err=True)


def _asked(operation: str, who: str, level: str, **more: object) -> Data:
    given = {} if who.casefold() == "me" and level.startswith("person:") else {"who": who}
    answer = data(operation, {"input": given | more}, level)
    told: Data = next(iter(answer.values()))
    return told
