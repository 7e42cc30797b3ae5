"""Every command helps, with examples that it would take."""

import re
import shlex
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import click
import pytest

from tieline.cli.common import NAMES
from tieline.cli.demo import load_field
from tieline.cli.main import COMMANDS, tieline
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.loaders.refresh import refresh
from tieline.queries.hash.hash import graph_hash

Typed = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parent.parent.parent


def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for inner in sorted(command.commands):
            yield from walk(f"{name} {inner}", command.commands[inner])


def found() -> Iterator[tuple[str, click.Command]]:
    """Every command and what is in it, by its full name."""
    for name in COMMANDS:
        yield from walk(f"tieline {name}", import_module(f"tieline.cli.{name}").command)


ALL = dict(found())


def examples(command: click.Command) -> list[str]:
    """The lines under `Examples:` in its help; one that ends in a backslash goes on."""
    text = (command.help or "").replace("\\\n", " ")
    _, _, after = text.partition("Example:" if "Example:" in text else "Examples:")
    lines = [line.strip() for line in after.split("\n\n")[0].splitlines()]
    return [line for line in lines if line]


def words(example: str) -> list[str]:
    """What stands behind `tieline`, without settings before it and a file it is sent to."""
    bare = re.sub(r"^(?:[A-Z_0-9]+=\S+ )+", "", example)
    first, *rest = shlex.split(bare.partition(" > ")[0])
    assert first == "tieline", example
    return rest


def parse(arguments: list[str]) -> click.Context:
    """The arguments as click takes them, down to the last command; nothing is run.

    Raises:
        click.ClickException: it would not take them.
    """
    context = tieline.make_context("tieline", list(arguments))
    while isinstance(context.command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, command, rest = context.command.resolve_command(context, rest)
        assert command is not None
        context = command.make_context(name, rest, parent=context)
    return context


@pytest.mark.parametrize("name", ALL)
def test_help_ends_with_examples_of_it(name: str) -> None:
    shown = examples(ALL[name])
    assert shown, "its help has no Examples"
    assert all(each.startswith(f"{name} ") or each == name for each in map(bare, shown))


def bare(example: str) -> str:
    return " ".join(["tieline", *words(example)])


EXAMPLES = [(name, each) for name, command in ALL.items() for each in examples(command)]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[each for _, each in EXAMPLES])
def test_an_example_is_taken(
    name: str, example: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By click, with every option's type; a file that must be there is made for it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for file in ("people.csv", "grants.xlsx", "friday.tieline"):
        (tmp_path / file).touch()
    try:
        command = parse(words(example)).command
    except click.exceptions.Exit:  # --help, --version
        return
    assert command is ALL[name] or isinstance(ALL[name], click.Group)


ASKS = ("ask", "show", "records", "loads", "hash", "schema", "settings", "completion", "explain")
MORE = ("source list", "database status", "load examples/", "mapping suggest examples/")
RUN = [
    each
    for _, each in EXAMPLES
    if " ".join(words(each)).startswith((*ASKS, *MORE, "withdraw lanterns --dry-run"))
    and "person:ID" not in each
]


@pytest.fixture(scope="module")
def field(connection: Graph) -> Iterator[Graph]:
    """The example field, as `tieline demo` loads it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIELINE_TODAY", "2026-11-21")
        patch.chdir(ROOT)
        while connection.write(lambda s: s.run("database/empty", batch=20_000))[0]["deleted"]:
            pass
        install(connection)
        refresh(connection, date(2026, 11, 21))
        load_field(connection)
        yield connection


@pytest.mark.slow
@pytest.mark.parametrize("example", RUN)
def test_an_example_does_what_it_shows(example: str, field: Graph, typed: Typed) -> None:
    """On the example field: done, with an answer, and nothing of the field changed by it.

    A rehearsal that is rolled back may leave a name of a property behind that nothing carries: that
    is a version of its own, once.
    """
    before = graph_hash(field)
    status, out, err = typed(*words(example))
    assert (status, bool(out)) == (0, True), err
    assert graph_hash(field) == before
    version = field.version()
    assert typed(*words(example))[0] == 0
    assert field.version() == version


def test_enough_examples_are_run() -> None:
    assert len(RUN) > 25


def test_an_example_that_rots_is_found() -> None:
    for rotten in ("loads --nothing", "ask bridges --first many", "withdraw", "explode"):
        with pytest.raises(click.ClickException):
            parse(rotten.split())


@pytest.mark.parametrize("name", ALL)
def test_verbosity_may_stand_before_or_behind(name: str) -> None:
    command = tieline.get_command(click.Context(tieline), name.split()[1])
    for inner in name.split()[2:]:
        assert isinstance(command, click.Group)
        command = command.commands[inner]
    assert command is not None
    assert set(NAMES) <= {each.name for each in command.params}
    assert "--verbose" in command.get_help(click.Context(command, info_name=name))
