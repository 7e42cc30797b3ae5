"""`tieline completion`: what a shell needs to complete our commands, and what completes a slug."""

from typing import Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from tieline.errors import TielineError

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print what makes SHELL complete commands, options and sources' slugs by the tab key.

    Sources are asked of a database that runs already; none is started for a tab key.

    \b
    Examples:
      tieline completion bash > ~/.local/share/bash-completion/completions/tieline
      tieline completion zsh > ~/.zfunc/_tieline
      tieline completion fish > ~/.config/fish/completions/tieline.fish
    """
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"click knows no {shell}. Choose one of {', '.join(SHELLS)}.")
    from tieline.cli.main import tieline

    click.echo(made(tieline, {}, "tieline", "_TIELINE_COMPLETE").source())


def slugs(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Sources whose slug begins so, if a database runs; nothing where anything is amiss."""
    return [
        CompletionItem(row["source"], help=row["title"])
        for row in _sources()
        if row["source"].startswith(begun)
    ]


def _sources() -> list[dict[str, Any]]:
    from tieline.database.address import find
    from tieline.database.graph import Graph

    try:
        with Graph(find(start=False)) as graph:
            return graph.read("sources/slugs")
    except TielineError:  # a tab key is no place for a sentence
        return []
