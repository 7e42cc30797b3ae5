"""A mapping: which column is what. Written in TOML, checked before the first row is read.

    [[table]]            a file or sheet: name, kind, file or match, sheet, header, id, date, ignore
    [table.columns]      field = "Column", or a table of the keys of `Spec`, or a list of these

A list gives several: of a single value the first that is there; of names, places, themes: all.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tieline.errors import BadInput
from tieline.loaders.refusal import Unreadable
from tieline.loaders.source import toml
from tieline.loaders.values import MISSING, blank, text

KINDS = ("person", "organisation", "project", "place", "theme", "tie", "relationship")
BY = ("name", "id", "identifier")
_HOLE = re.compile(r"\{([^{}]+)\}")
_TABLE_KEYS = {
    "name",
    "kind",
    "file",
    "match",
    "sheet",
    "header",
    "id",
    "date",
    "columns",
    "ignore",
}


@dataclass(frozen=True, slots=True)
class Spec:
    """Where a value comes from and how it is read.

    column, template ("uk/{slug}") or value (a constant): one of the three.
    separator, split: one cell, several values; `split` is a regular expression.
    values: what the partner's words stand for; other: what any other word stands for.
    default: where the cell is blank. when: {column: [words]}: only in rows where all hold.
    Of a thing mentioned: by (name, id or identifier), kind, scheme, verb, role, from, to, audience
    (who may see that it is said), sort (what sort of place or organisation it is), and its further
    name, id, within.
    """

    column: str | None = None
    template: str | None = None
    value: Any = None
    separator: str | None = None
    split: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    other: Any = None
    default: Any = None
    when: Mapping[str, list[str]] = field(default_factory=dict)
    by: str = "name"
    kind: str | None = None
    scheme: str | None = None
    sort: str | None = None
    verb: "tuple[Spec, ...]" = ()
    role: "tuple[Spec, ...]" = ()
    start: "tuple[Spec, ...]" = ()
    end: "tuple[Spec, ...]" = ()
    audience: "tuple[Spec, ...]" = ()
    name: "tuple[Spec, ...]" = ()
    id: "tuple[Spec, ...]" = ()
    within: "tuple[Spec, ...]" = ()

    def columns(self) -> Iterator[str]:
        """Every column it reads."""
        yield from [self.column] if self.column else []
        yield from _HOLE.findall(self.template or "")
        yield from self.when
        for name in _INNER.values():
            for spec in getattr(self, name):
                yield from spec.columns()

    def read(self, cells: Mapping[str, Any], missing: frozenset[str]) -> list[Any]:
        """The values of a row, none where it is blank.

        Raises:
            Unreadable: a word that `values` does not know.
        """
        if any(text(cells.get(c, "")) not in words for c, words in self.when.items()):
            return []
        pieces = [self._meant(piece) for piece in self._pieces(self._cell(cells, missing), missing)]
        pieces = [piece for piece in pieces if not blank(piece, missing)]
        return pieces or ([] if self.default is None else [self.default])

    def _cell(self, cells: Mapping[str, Any], missing: frozenset[str]) -> Any:
        if self.value is not None:
            return self.value
        if self.column is not None:
            return cells.get(self.column)
        holes = _HOLE.findall(self.template or "")
        if any(blank(cells.get(hole), missing) for hole in holes):
            return None
        return _HOLE.sub(lambda found: text(cells[found[1]]), self.template or "")

    def _pieces(self, cell: Any, missing: frozenset[str]) -> list[Any]:
        if blank(cell, missing):
            return []
        if self.split and isinstance(cell, str):
            return [piece.strip() for piece in re.split(self.split, cell)]
        if self.separator and isinstance(cell, str):
            return [piece.strip() for piece in cell.split(self.separator)]
        return [cell]

    def _meant(self, piece: Any) -> Any:
        if not self.values:
            return piece
        said = text(piece).casefold()
        if said not in self.values and self.other is None:
            known = ", ".join(list(self.values)[:12])
            raise Unreadable("a word that the mapping does not know", f"It knows: {known}.")
        return self.values.get(said, self.other)


@dataclass(frozen=True, slots=True)
class Table:
    """One file or sheet of the mapping; `columns` holds the specs of each field."""

    name: str
    kind: str
    columns: Mapping[str, tuple[Spec, ...]]
    file: str | None = None
    match: str | None = None
    sheet: str | None = None
    header: int | None = None
    id: tuple[Spec, ...] = ()
    date: tuple[Spec, ...] = ()
    ignore: frozenset[str] = frozenset()
    missing: frozenset[str] = MISSING

    def specs(self) -> Iterator[Spec]:
        yield from (spec for specs in self.columns.values() for spec in specs)
        yield from (*self.id, *self.date)

    def wanted(self) -> set[str]:
        """Every column that it asks for."""
        return {column for spec in self.specs() for column in spec.columns()}

    def fits(self, path: Path, sheet: str | None) -> bool:
        """This file (or sheet) is the one it speaks of."""
        if self.sheet and sheet is not None and self.sheet != sheet:
            return False
        names = [path.stem, path.name, sheet or path.stem]
        if self.match:
            return any(fnmatch(name.casefold(), self.match.casefold()) for name in names)
        return self.file is None or self.file == path.name


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables of a mapping, the digest of its text, and what it says of Kumu's fields and of
    SSSOM: `schemes` (prefix to scheme) and `files` that lie beside the tables."""

    path: Path
    tables: tuple[Table, ...]
    digest: str
    kumu: Mapping[str, Any] = field(default_factory=dict)
    sssom: Mapping[str, Any] = field(default_factory=dict)

    def named(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)


def read(path: Path) -> Layout:
    """The mapping in a file.

    Raises:
        BadInput: says which table, field or key is wrong and what is known.
    """
    said = toml(path)
    if unknown := sorted(said.keys() - {"missing", "table", "kumu", "sssom"}):
        known = "missing, [[table]], [kumu] and [sssom]"
        raise BadInput(f"{path}: {', '.join(unknown)}: unknown. Known are {known}.")
    extra = said.get("missing", [])
    if not isinstance(extra, list) or not all(isinstance(word, str) for word in extra):
        raise BadInput(f'{path}: missing: give a list of texts, such as ["NA", "No data"].')
    missing = MISSING | {word.strip().casefold() for word in extra}
    tables, kumu, sssom = said.get("table", []), said.get("kumu", {}), _sssom(path, said)
    if not isinstance(tables, list) or not isinstance(kumu, dict) or not (tables or kumu or sssom):
        raise BadInput(f"{path} has no [[table]]. See docs/loading.md for what a mapping holds.")
    found = tuple(_table(path, number, entry, missing) for number, entry in enumerate(tables, 1))
    if len({table.name for table in found}) < len(found):
        raise BadInput(f"{path}: two tables have one name. Give each [[table]] a name of its own.")
    return Layout(path, found, hashlib.sha256(path.read_bytes()).hexdigest()[:16], kumu, sssom)


def _sssom(path: Path, said: Mapping[str, Any]) -> dict[str, Any]:
    found = said.get("sssom", {})
    schemes, files = (found.get("schemes", {}), found.get("files", [])) if found else ({}, [])
    sound = isinstance(schemes, dict) and isinstance(files, list)
    if not sound or not all(isinstance(each, str) for each in (*schemes.values(), *files)):
        raise BadInput(
            f'{path}: [sssom]: write schemes = {{ UKCAT = "uk-cat" }}, files = ["ours.sssom.tsv"].'
        )
    if unknown := sorted(found.keys() - {"schemes", "files"}):
        raise BadInput(f"{path}: [sssom]: {', '.join(unknown)}: unknown. Known: schemes, files.")
    return dict(found)


def _table(path: Path, number: int, said: Any, missing: frozenset[str]) -> Table:
    at = f"{path}, table {said.get('name', number) if isinstance(said, dict) else number}"
    if not isinstance(said, dict) or not isinstance(said.get("columns"), dict):
        raise BadInput(f"{at}: it has no [table.columns]. Say there which column is what.")
    if unknown := sorted(said.keys() - _TABLE_KEYS):
        raise BadInput(
            f"{at}: {', '.join(unknown)}: unknown. Known: {', '.join(sorted(_TABLE_KEYS))}."
        )
    if said.get("kind") not in KINDS:
        raise BadInput(f"{at}: kind is {said.get('kind')!r}. Write one of {', '.join(KINDS)}.")
    columns = dict(said["columns"])
    ignore = [*said.get("ignore", []), *columns.pop("ignore", [])]
    return Table(
        name=str(said.get("name") or Path(said.get("file") or said["kind"]).stem),
        kind=said["kind"],
        columns={name: specs(f"{at}, {name}", entry) for name, entry in columns.items()},
        file=said.get("file"),
        match=said.get("match"),
        sheet=said.get("sheet"),
        header=said.get("header"),
        id=specs(f"{at}, id", said["id"]) if "id" in said else (),
        date=specs(f"{at}, date", said["date"]) if "date" in said else (),
        ignore=frozenset(ignore),
        missing=missing,
    )


_INNER = {"verb": "verb", "role": "role", "from": "start", "to": "end", "name": "name"}
_INNER |= {"id": "id", "within": "within", "audience": "audience"}
_PLAIN: tuple[str, ...] = (
    "column", "template", "value", "separator", "split", "other", "default", "by", "kind",
    "scheme", "sort",
)  # fmt: skip


def specs(at: str, said: Any) -> tuple[Spec, ...]:
    """A column's name, a table of keys, or a list of these."""
    return tuple(_spec(at, each) for each in (said if isinstance(said, list) else [said]))


def _spec(at: str, said: Any) -> Spec:
    if isinstance(said, str):
        return Spec(column=said)
    if not isinstance(said, dict):
        raise BadInput(f'{at}: {said!r}: write the name of a column, or {{value = "..."}}.')
    known = {*_PLAIN, *_INNER, "values", "when"}
    if unknown := sorted(said.keys() - known):
        raise BadInput(
            f"{at}: {', '.join(unknown)}: unknown. Known are {', '.join(sorted(known))}."
        )
    if sum(key in said for key in ("column", "template", "value")) != 1:
        raise BadInput(f"{at}: give one of column, template and value.")
    if said.get("by", "name") not in BY:
        raise BadInput(f"{at}: by = {said['by']!r}. Write one of {', '.join(BY)}.")
    plain: dict[str, Any] = {key: said[key] for key in _PLAIN if key in said}
    _pattern(at, plain.get("split"))
    words = {text(key).casefold(): value for key, value in said.get("values", {}).items()}
    when = {key: _words(value) for key, value in said.get("when", {}).items()}
    inner: dict[str, Any] = {
        _INNER[key]: _inner(f"{at}.{key}", key, said[key]) for key in _INNER if key in said
    }
    return Spec(**plain, values=words, when=when, **inner)


def _inner(at: str, key: str, said: Any) -> tuple[Spec, ...]:
    """A verb is written as itself; everything else names a column."""
    return (Spec(value=said),) if key == "verb" and isinstance(said, str) else specs(at, said)


def _words(said: Any) -> list[str]:
    return [str(word) for word in (said if isinstance(said, list) else [said])]


def _pattern(at: str, split: str | None) -> None:
    try:
        re.compile(split or "")
    except re.error as error:
        raise BadInput(f"{at}: split is no regular expression: {error}. Correct it.") from None
