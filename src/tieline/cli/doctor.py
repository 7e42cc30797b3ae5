"""`tieline doctor`: what is there, what is missing, and how to mend it."""

from dataclasses import asdict

import click
import orjson

from tieline.database.doctor import FAULT, NOTE, WELL, examine

MARKS = {WELL: "well ", NOTE: "note ", FAULT: "FAULT"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def command(as_json: bool) -> int:
    """Say what is there, what is missing and how to mend it; start nothing.

    Exit status: 0 nothing must be mended (there may be notes), 1 something must (a FAULT).

    \b
    Examples:
      tieline doctor
      tieline doctor --json
    """
    found = examine()
    faults = sum(each.state == FAULT for each in found)
    if as_json:
        click.echo(orjson.dumps({"well": not faults, "findings": [asdict(f) for f in found]}))
        return 1 if faults else 0
    for each in found:
        click.echo(f"{MARKS[each.state]}  {each.name}: {each.said}")
        if each.mend:
            click.echo(f"       {each.mend}")
    click.echo(f"{faults} to mend." if faults else "All is well: nothing must be mended.")
    return 1 if faults else 0
