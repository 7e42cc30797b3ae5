"""`tieline`: the commands by name, each imported only when it is asked for."""

import logging
import sys
import time
import traceback
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from tieline import __version__
from tieline.cli.common import everywhere, options
from tieline.errors import Ambiguous, TielineError

COMMANDS = {
    "demo": "load the example field and answer questions about it",
    "ask": "who can connect me, what holds this field together, who already does this",
    "show": "all that is known of one thing, and who says it",
    "records": "partners' rows, as they were understood",
    "load": "bring a partner's file in",
    "loads": "what has been loaded, and what came of it",
    "themes": "suggest what work is about, say what is right, write vocabularies out",
    "candidates": "find what may be here twice",
    "review": "say of pairs whether they are one thing",
    "withdraw": "take back everything a source said",
    "source": "describe a partner's data",
    "mapping": "say which column of a table is what",
    "export": "write a map that drawing tools read",
    "serve": "answer GraphQL, with an explorer in the browser",
    "token": "let somebody sign in, see who may, take it back",
    "tie": "say how a tie is, see what you said, take it back",
    "ties": "what concerns all ties at once",
    "consent": "say who may see somebody",
    "requests": "say whether somebody may be asked for introductions",
    "person": "give somebody all that is known of them; take them off the map for good",
    "add": "add a person, an organisation, a project",
    "correct": "put a field right",
    "explain": "how a tie or a broker stands and why; how strength is computed",
    "schema": "install, show or check the model in the database",
    "hash": "one line for the whole graph",
    "doctor": "say what is there, what is missing and how to mend it",
    "settings": "every setting as it is now, and where it comes from",
    "database": "start, stop and look at the database",
    "backup": "write the whole database to a file",
    "restore": "put a backup in the place of the database",
    "completion": "complete commands in bash, zsh or fish by the tab key",
}
FINE, FAILED, WRONG_USE, SOME_REFUSED, STOPPED = 0, 1, 2, 3, 130
STATUSES = {
    FINE: "done",
    FAILED: "not done, or nothing was loaded: the sentence on stderr says how to mend it",
    WRONG_USE: "the command was put wrongly, or nothing answers to a name in it",
    SOME_REFUSED: "loaded, but some rows were refused",
    STOPPED: "stopped by Ctrl-C",
}

log = logging.getLogger("tieline.command")


class Commands(click.Group):
    """A group whose commands live in modules of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"tieline.cli.{cmd_name}").command
        return everywhere(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """By name, so that a tab key imports no command."""
        fitting = [name for name in COMMANDS if name.startswith(incomplete)]
        found = [CompletionItem(name, help=COMMANDS[name]) for name in fitting]
        return found + click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    cls=Commands,
    params=options(),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="tieline")
def tieline() -> None:
    """Tieline: one honest, sourced, consent-respecting map of a field.

    \b
    Examples:
      tieline demo
      tieline load --help
      tieline hash -v
    """


def main(arguments: list[str] | None = None) -> None:
    """Run a command; an error a person can mend is one sentence on stderr, never a stack trace."""
    began = time.monotonic()
    status = run(arguments)
    spent = {"status": status, "ms": round((time.monotonic() - began) * 1000)}
    log.info("command ended", extra={"told": spent})
    sys.exit(status)


def run(arguments: list[str] | None) -> int:
    """The exit status, with the sentence for it on stderr."""
    try:
        result: Any = tieline.main(arguments, prog_name="tieline", standalone_mode=False)
    except TielineError as error:
        click.echo(f"tieline: {error}", err=True)
        if isinstance(error, Ambiguous):
            for uid, name, kind in error.candidates:
                click.echo(f"  {uid}  {name}  ({kind})", err=True)
        return error.exit_status
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except (click.exceptions.Abort, KeyboardInterrupt):
        return STOPPED
    except BrokenPipeError:
        return FINE
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        click.echo(f"tieline: {error.strerror or error}{where}. Mend that and try again.", err=True)
        return FAILED
    except Exception as error:
        click.echo(unforeseen(error), err=True)
        log.debug("an error that nobody foresaw", exc_info=error)
        return FAILED
    return result if isinstance(result, int) else FINE


def unforeseen(error: Exception) -> str:
    """Our own mistake, said so that it can be reported."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    at = f"{place.filename.rpartition('/')[2]}, line {place.lineno}"
    return (
        f"tieline: a mistake of ours: {type(error).__name__} in {at}: {error}. "
        "The same command with -vv shows the way there: please tell us of it."
    )
