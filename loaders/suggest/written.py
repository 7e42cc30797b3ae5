"""Guesses as TOML, each with its reason beside it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tieline.loaders.suggest.parts import Guess, Table


def toml(path: Path, tables: list[Table]) -> str:
    """The whole mapping."""
    lines = [
        f"# A first guess from the headings and values of {_line(path.name)}.",
        "# Correct what is wrong: docs/loading.md says what every field means. Try it out:",
        "#   tieline load FILE --source SLUG --mapping THIS --dry-run",
    ]
    for table in tables:
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> Iterable[str]:
    yield "[[table]]"
    yield f"name = {_value(table.name)}"
    if table.sheet:
        yield f"sheet = {_value(table.sheet)}"
    else:
        yield f"file = {_value(table.file)}"
    yield f"kind = {_value(table.kind)}  # {table.why}"
    if table.header:
        yield f"header = {table.header}  # the lines above it are titles"
    for guess in (table.id, table.date):
        if guess:
            yield _said(guess)
    yield from _ignored(table)
    yield "[table.columns]"
    for guess in table.columns:
        yield _said(guess)


def _ignored(table: Table) -> Iterable[str]:
    if not table.left:
        return
    reasons: dict[str, list[str]] = {}
    for name, reason in table.left:
        reasons.setdefault(reason, []).append(name)
    yield "ignore = ["
    for reason, names in reasons.items():
        yield f"    {', '.join(map(_value, names))},  # {reason}"
    yield "]"


def _said(guess: Guess) -> str:
    return f"{guess.field} = {_value(guess.spec)}  # {guess.why}"


def _value(said: Any) -> str:
    """A TOML value on one line: JSON's texts and lists are TOML's."""
    if isinstance(said, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in said.items()) + " }"
    if isinstance(said, list):
        return "[" + ", ".join(map(_value, said)) + "]"
    return json.dumps(said).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else _value(name)


def _line(text: str) -> str:
    return " ".join(text.split())
