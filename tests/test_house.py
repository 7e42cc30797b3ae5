"""What the texts promise is there: commands, targets, settings, versions; and no address leaks."""

import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from tieline.cli.main import COMMANDS, tieline
from tieline.settings import VERSION

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    str(path.relative_to(ROOT))
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]
)
# Written in halves, or this file would be found.
HOSTS = ["pypi." + "org", "python" + "hosted", "maven." + "org", "maven." + "apache.org"]
HOSTS += ["maven" + "2", "npmjs." + "org", "crates." + "io", "sona" + "type", "docker." + "io"]
PATHS = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/", "/opt/" + "wheels"]
LISTS = ("constraints.txt", "constraints-run.txt")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pinned() -> dict[str, str]:
    """Package to version, as pyproject.toml pins them."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert all("==" in each for each in wanted)
    return dict(each.split("==") for each in wanted)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE))


def commands(page: str) -> list[list[str]]:
    """Each `tieline ...` or `make ...` that a page's code blocks and backticks hold, as words."""
    text = read(page).replace("\\\n", " ")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    lines += re.findall(r"^ {4,}(\S.*)$", text, re.MULTILINE)
    lines += re.findall(r"`([^`\n]+)`", text)
    starts = re.compile(r"^(?:\$ )?(?:[A-Z_0-9]+=\S+ )*(?:\.venv/bin/)?((?:tieline|make)(?: .*)?)$")
    found = [match[1] for line in lines if (match := starts.match(line.strip()))]
    return [shlex.split(each.partition(" #")[0].partition(" |")[0]) for each in found]


def unknown(words: list[str]) -> str | None:
    """What in a command does not exist, if anything."""
    if words[0] == "make":
        named = [word for word in words[1:] if "=" not in word]
        return next((word for word in named if word not in targets() | {"constraints"}), None)
    command: click.Command = tieline
    context = click.Context(command)
    rest = words[1:]
    while isinstance(command, click.Group) and rest and _named(rest[0]):
        step = command.get_command(context, rest[0])
        if step is None:
            return rest[0]
        command, rest = step, rest[1:]
    if "..." in rest:  # "tieline ask ... --json": which command is left open
        return None
    known = {flag for each in command.get_params(context) for flag in each.opts}
    known |= {"--help", "-h", "--version"}
    flags = [word.strip("[]").partition("=")[0] for word in rest]
    return next((flag for flag in flags if flag.startswith("--") and flag not in known), None)


def _named(word: str) -> bool:
    """A command's name, as against an option or a placeholder such as COMMAND or [ARGS]."""
    return word[0].isalpha() and not word.isupper()


@pytest.mark.parametrize("page", PAGES)
def test_commands_that_a_page_shows_exist(page: str) -> None:
    wrong = [(" ".join(words), what) for words in commands(page) if (what := unknown(words))]
    assert not wrong


def test_readme_shows_commands() -> None:
    shown = {" ".join(words[:2]) for words in commands("README.md")}
    assert "make demo" in shown
    assert len(shown) >= 3


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps(name: str) -> None:
    command = tieline.get_command(click.Context(tieline), name)
    assert command is not None
    assert command.get_help(click.Context(command, info_name=name))
    assert command.help, "says what it is for"


def test_make_alone_lists_what_can_be_made() -> None:
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    said = subprocess.run(["make"], cwd=ROOT, env=alone, text=True, capture_output=True).stdout
    listed = [line.split()[0] for line in said.splitlines()]
    words = "install demo serve web test test-all conformance lint bench dist clean"
    assert listed == words.split()


def test_settings_are_written_down() -> None:
    settings = set(re.findall(r"TIELINE_[A-Z0-9_]+", read("src/tieline/settings.py")))
    assert len(settings) > 5
    assert settings <= set(re.findall(r"TIELINE_[A-Z0-9_]+", read("docs/settings.md")))


def test_dependencies_are_written_down() -> None:
    told = read("docs/dependencies.md")
    assert [name for name in pinned() if not re.search(rf"\b{re.escape(name)}\b", told)] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_version_has_its_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", read(name).strip())
    assert all("--hash=sha256:" in each for each in entries)
    held: dict[str, str] = dict(re.findall(r"^([\w.-]+)==([\w.]+)", read(name), re.MULTILINE))
    ours = {name: version for name, version in pinned().items() if name in held}
    assert ours.items() <= held.items()
    assert name != "constraints.txt" or set(ours) == set(pinned())


def test_one_version_of_neo4j() -> None:
    assert f"neo4j:{VERSION}" in read("docker-compose.yml")
    assert f"Neo4j Community {VERSION}" in read("docs/dependencies.md")


def committed() -> list[str]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in told.splitlines() if (ROOT / name).is_file()]


def test_no_registry_and_no_machine_is_named() -> None:
    found = []
    names = committed()
    for name in names:
        try:
            text = read(name)
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {each}" for each in HOSTS + PATHS if each in text]
    assert not found
    assert len(names) > 100
