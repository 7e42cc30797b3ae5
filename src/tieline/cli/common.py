"""What every command takes: -v, -vv and --log, before or after its name."""

from typing import Any

import click

from tieline import logs
from tieline.settings import JSON, PLAIN, logged

NAMES = ("verbose", "log_form")  # of the parameters that all commands share
_VERBOSE, _FORM = (f"tieline.{name}" for name in NAMES)


def options() -> list[click.Parameter]:
    """Fresh ones: a parameter belongs to one command."""
    return [
        click.Option(
            ["-v", "--verbose", "verbose"],
            count=True,
            expose_value=False,
            callback=_more,
            help="Log what is done to stderr; -vv every statement too.",
        ),
        click.Option(
            ["--log", "log_form"],
            type=click.Choice([PLAIN, JSON]),
            expose_value=False,
            callback=_form,
            help="Log plain lines, or a JSON object a line.",
        ),
    ]


def everywhere(command: click.Command) -> click.Command:
    """The command, and all that are in it, with these options."""
    if all(each.name not in NAMES for each in command.params):
        command.params += options()
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        everywhere(inner)
    return command


def _more(context: click.Context, _: click.Parameter, count: int) -> None:
    context.meta[_VERBOSE] = context.meta.get(_VERBOSE, 0) + count
    _set_up(context)


def _form(context: click.Context, _: click.Parameter, form: str | None) -> None:
    if form:
        context.meta[_FORM] = form
    _set_up(context)


def _set_up(context: click.Context) -> None:
    """`meta` is shared by a command and the groups it is in: both places add up."""
    if context.resilient_parsing:  # a tab key asks what may follow: nothing is run
        return
    meta: dict[str, Any] = context.meta
    much, form = logged()
    logs.set_up(much + meta.get(_VERBOSE, 0), meta.get(_FORM) or form)
