"""`tieline`: the commands by name, each imported only when it is asked for."""

import sys
from importlib import import_module
from typing import Any

import click

from tieline import __version__
from tieline.errors import Ambiguous, TielineError

COMMANDS = {
    "demo": "load the example field and answer questions about it",
    "ask": "who can connect me, what holds this field together, who already does this",
    "load": "bring a partner's file in",
    "loads": "what has been loaded, and what came of it",
    "withdraw": "take back everything a source said",
    "source": "describe a partner's data",
    "serve": "answer GraphQL, with an explorer in the browser",
    "explain": "how tie strength is computed",
    "schema": "install, show or check the model in the database",
    "hash": "one line for the whole graph",
    "doctor": "say what is there, what is missing and how to mend it",
    "database": "start, stop and look at the database",
    "backup": "write the whole database to a file",
    "restore": "put a backup in the place of the database",
}


class Commands(click.Group):
    """A group whose commands live in modules of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"tieline.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tieline")
def tieline() -> None:
    """Tieline: one honest, sourced, consent-respecting map of a field.

    Try: tieline demo
    """


def main(arguments: list[str] | None = None) -> None:
    """Run a command; an error a person can mend is one sentence on stderr, never a stack trace."""
    try:
        result: Any = tieline.main(arguments, standalone_mode=False)
    except TielineError as error:
        click.echo(f"tieline: {error}", err=True)
        if isinstance(error, Ambiguous):
            for uid, name, kind in error.candidates:
                click.echo(f"  {uid}  {name}  ({kind})", err=True)
        sys.exit(error.exit_status)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        click.echo(f"tieline: {error.strerror or error}{where}. Mend that and try again.", err=True)
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)
