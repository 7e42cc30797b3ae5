"""The documentation says what there is: commands and options, settings, questions, links.

docs/commands.md, docs/queries.md and the tables of docs/settings.md are written by
`python tests/docs/test_pages.py`.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from tieline.cli.common import NAMES, options
from tieline.cli.main import COMMANDS, STATUSES
from tieline.settings import ROOMS as SETTINGS_ROOMS
from tieline.settings import SETTINGS, Setting

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name; a group comes before what is in it."""

    def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield name, command
        if isinstance(command, click.Group):
            for inner in sorted(command.commands):
                yield from walk(f"{name} {inner}", command.commands[inner])

    for name in COMMANDS:
        yield from walk(f"tieline {name}", import_module(f"tieline.cli.{name}").command)


def commands_page() -> str:
    """docs/commands.md: every command, its arguments and options."""
    lines = ["# Commands", "", "`tieline COMMAND --help` says more, with examples. Answers go to"]
    lines += ["stdout, all else to stderr; with `--json` stdout is one JSON document.", ""]
    lines += ["Every command takes, before or after its name:", ""]
    lines += [_option(option) for option in options() if isinstance(option, click.Option)]
    lines += ["", "What is logged names no one and holds nothing that was asked or sent.", ""]
    lines += ["| exit status | what it means |", "|---|---|"]
    lines += [f"| {status} | {what} |" for status, what in STATUSES.items()]
    lines += ["", "Ctrl-C is how `tieline serve` is ended: its status is then 0."]
    lines += [
        "`tieline completion bash` makes the tab key complete all of these: its help says",
    ]
    lines += ["where to put what it prints.", ""]
    for name, command in commands():
        context = click.Context(command, info_name=name)
        said = (command.help or "").split("\n\n")[0]
        pieces = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "").split()
        lines += [f"## `{' '.join([name, *pieces])}`", "", " ".join(said.split()), ""]
        own = [p for p in command.params if isinstance(p, click.Option) and p.name not in NAMES]
        lines += [_option(option) for option in own]
        lines += [""] if own else []
    return "\n".join(lines).rstrip() + "\n"


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    return f"- {names}: {option.help or ''}".rstrip(": ")


def queries_page() -> str:
    """docs/queries.md: every question of the graph with the file that asks it."""
    lines = ["# Questions", "", "Every question of the graph is a file of Cypher that begins with"]
    lines += ["the question in plain words.", ""]
    folders = sorted({path.parent for path in (ROOT / "queries").rglob("*.cypher")})
    for folder in folders:
        lines += [f"## {folder.relative_to(ROOT / 'queries')}", "", "| file | question |"]
        lines += ["|---|---|"]
        for path in sorted(folder.glob("*.cypher")):
            first = path.read_text("utf-8").splitlines()[0].removeprefix("//").strip()
            lines.append(f"| `{path.relative_to(ROOT)}` | {first.replace('|', '/')} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def settings_page() -> str:
    """docs/settings.md: its own words, and the tables as settings.py has them."""
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for room, held in SETTINGS_ROOMS.items():
        head = "| variable | when it is not set | what it says |\n|---|---|---|\n"
        table = head + "".join(map(_setting, held))
        old = re.compile(
            rf"(^## {re.escape(room)}\n\n(?:[^|#\n][^\n]*\n|\n)*)(?:\|[^\n]*\n)*", re.M
        )
        page = old.sub(lambda found, table=table: found[1] + table, page, count=1)  # type: ignore[misc]
    return page


def _setting(each: Setting) -> str:
    default = f"`{each.default}`" if each.default else each.otherwise
    return f"| `{each.name}` | {default} | {each.what} |\n"


PAGES = {
    "docs/commands.md": commands_page,
    "docs/queries.md": queries_page,
    "docs/settings.md": settings_page,
}


@pytest.mark.parametrize("page", PAGES)
def test_a_written_page_is_as_the_code_says(page: str) -> None:
    assert (ROOT / page).read_text("utf-8") == PAGES[page](), (
        "write it anew: .venv/bin/python tests/docs/test_pages.py"
    )


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert re.findall(r"^\| `(TIELINE_[A-Z0-9_]+)`", page, re.MULTILINE) == list(SETTINGS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    broken = [link for link in inside if not (document.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_only_commands_that_exist(document: Path) -> None:
    known = {name for name, _ in commands()} | {"tieline --help", "tieline --version"}
    groups = {name for name, command in commands() if isinstance(command, click.Group)}
    text = document.read_text("utf-8")
    said = re.findall(r"(?:^\s*\$ |`|^    )(tieline(?: [a-z-]+){1,2})", text, re.MULTILINE)
    for words in said:
        short = " ".join(words.split()[:2])
        assert (words if short in groups and words != short else short) in known, words


if __name__ == "__main__":
    for page, write in PAGES.items():
        (ROOT / page).write_text(write(), "utf-8")
