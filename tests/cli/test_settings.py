"""Settings: one table in one module, and nothing named, read or documented beside it."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from tieline.settings import ROOMS, SETTINGS, settings

Typed = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parent.parent.parent
VARIABLE = re.compile(r"(?<![A-Z0-9_])TIELINE_[A-Z0-9_]+[A-Z0-9]")
NOT_SETTINGS = {"TIELINE_ERROR", "TIELINE_NEO4J"}  # an error's code; names put together in tests
CODE = ("schema", "database", "queries", "loaders", "exports", "graphql", "src")
PASSWORD = "the-secret-itself"


def texts(*folders: str) -> dict[str, str]:
    """Every committed text, or those in some folders."""
    listing = ["git", "ls-files", "--", *folders]
    told = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [name for name in told.splitlines() if (ROOT / name).is_file()]
    return {name: (ROOT / name).read_text("utf-8", errors="ignore") for name in files}


def test_every_variable_named_anywhere_is_in_the_table() -> None:
    """In code, tests, compose, pages: and each of the table is read or named beyond it."""
    named: dict[str, set[str]] = {}
    for name, text in texts().items():
        for found in VARIABLE.findall(text):
            named.setdefault(found, set()).add(name)
    assert named.keys() - NOT_SETTINGS == SETTINGS.keys()
    read = (ROOT / "src" / "tieline" / "settings.py").read_text("utf-8")
    for name in SETTINGS:
        elsewhere = named[name] - {"src/tieline/settings.py", "docs/settings.md"}
        by_us = re.search(rf'(said|_megabytes)\("{name}"', read)
        assert by_us or any(not each.startswith("docs/") for each in elsewhere), name


def test_the_environment_is_read_in_one_place() -> None:
    reading = re.compile(r"(environ|getenv)[^\n]*TIELINE_")
    found = [name for name, text in texts(*CODE).items() if reading.search(text)]
    assert found == ["src/tieline/settings.py"]


def test_defaults_are_those_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    now = settings()
    held = {
        "TIELINE_NEO4J_USER": now.neo4j_user,
        "TIELINE_NEO4J_DATABASE": now.neo4j_database,
        "TIELINE_NEO4J_VERSION": now.version,
        "TIELINE_IDLE_MINUTES": f"{now.idle_minutes:g}",
    }
    assert held == {name: SETTINGS[name].default for name in held}
    assert (now.neo4j_uri, now.neo4j_password, now.java, now.strict) == (None, None, None, False)


def test_compose_has_the_defaults_that_the_table_says() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    said = dict(re.findall(r"\$\{(TIELINE_[A-Z_]+):-([^}]*)\}", text))
    assert said == {each.name: each.default for each in ROOMS["Containers"]}


def test_they_are_shown_with_who_says_so(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIELINE_IDLE_MINUTES", "7")
    status, out, _ = typed("settings", "--json")
    found = {each["name"]: each for each in orjson.loads(out)["settings"]}
    assert status == 0 and list(found) == list(SETTINGS)
    assert (found["TIELINE_IDLE_MINUTES"]["value"], found["TIELINE_IDLE_MINUTES"]["origin"]) == (
        "7",
        "environment",
    )
    assert (found["TIELINE_LOG"]["value"], found["TIELINE_LOG"]["origin"]) == ("plain", "default")


@pytest.mark.parametrize("words", [["settings"], ["settings", "--json"]])
def test_a_secret_is_shown_nowhere(
    words: list[str], typed: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("TIELINE_NEO4J_PASSWORD", PASSWORD)
    monkeypatch.setenv("TIELINE_NEO4J_URI", f"bolt://me:{PASSWORD}@db.example:7687")
    out = typed(*words)[1]
    assert PASSWORD not in out and "bolt://db.example:7687" in out
    (tmp_path / "password").write_text(PASSWORD)
    monkeypatch.setenv("TIELINE_NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    out = typed(*words)[1]
    assert PASSWORD not in out and "not heard: TIELINE_NEO4J_PASSWORD_FILE wins" in out
