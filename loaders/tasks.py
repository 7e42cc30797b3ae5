"""What a path holds to be loaded: one task a table, in the order of the mapping."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tieline.errors import BadInput, WrongUse
from tieline.loaders import mapping, read, source
from tieline.loaders.formats import known, sssom, table
from tieline.loaders.mapping import Layout, Table
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.seen import unlike
from tieline.loaders.source import Source
from tieline.schema.records import Row

FORMATS = (*known.STANDARDS, table.NAME)
WHOLE = "all"  # the part of a source that is one file


@dataclass(frozen=True, slots=True)
class Task:
    """One file (or sheet, or folder of files that belong together) of one source."""

    path: Path
    part: str
    format: str
    source: Source
    table: Table | None = None
    mapping: Layout | None = None

    @property
    def mapping_digest(self) -> str:
        """Changes when the same file would be read otherwise."""
        version = (table if self.table else known.STANDARDS[self.format]).VERSION
        text = f"{self.format} {version} {self.mapping.digest if self.mapping else ''}"
        rules = " ".join(self.source.same_when)
        return f"{text} {self.table.name if self.table else ''} {rules}".strip()

    def sha256(self) -> str:
        """Of the file, a piece at a time; of a folder, of its files' names and sums."""
        if not self.path.is_dir():
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        whole = hashlib.sha256()
        for each in sorted(path for path in self.path.iterdir() if path.is_file()):
            whole.update(f"{each.name} {replace(self, path=each).sha256()}\n".encode())
        return whole.hexdigest()

    def rows(self, notes: Notes) -> Iterator[Row | Refusal]:
        """Every row, in file order."""
        if self.table is None:
            standard = known.STANDARDS[self.format]
            return unlike(standard.rows(self.path, self.source, notes, self.mapping), notes)
        check = _check(self.source, self.path, self.table)
        return unlike(table.rows(self.path, self.source, self.table, notes, check), notes)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command was told; None where nothing was said."""

    path: Path
    slug: str | None = None
    format: str | None = None
    part: str | None = None
    retrieved: str | None = None
    mapping: Path | None = None
    sources: Path | None = None


def tasks(wish: Wish) -> list[Task]:
    """Every table to load.

    Raises:
        WrongUse: neither the command nor the folder says whose data it is, or how to read it.
        BadInput: a description, mapping or file that cannot be read.
    """
    wish = _by_name(wish)
    if not wish.path.exists():
        raise BadInput(f"There is no file or folder {wish.path}. Look at the spelling.")
    described = _source(wish)
    if wish.retrieved:
        described = replace(described, retrieved=wish.retrieved)
    layout = _layout(wish, described)
    if layout:
        table.verify(layout)
    form = wish.format or described.format
    if form not in (None, *FORMATS):
        raise WrongUse(f"No format is called {form!r}. There are {', '.join(FORMATS)}.")
    if wish.path.is_dir():
        return _folder(wish, described, layout, form)
    read.shape(wish.path)
    form = form or _guess(wish.path, layout)
    if form in known.STANDARDS:
        return [Task(wish.path, wish.part or WHOLE, form, described, mapping=layout)]
    if read.shape(wish.path) == "zip":
        read.sheets(wish.path, Notes())  # says that it is a zip, and what to do
    return _tables(wish, described, _needed(wish, described, layout))


def _by_name(wish: Wish) -> Wish:
    """A source that comes with its data is loaded by its name: tieline load field-words."""
    folder = source.BUILT_IN / wish.path.name
    named = str(wish.path) == wish.path.name and not wish.path.exists()
    if not named or not (folder / source.FILE).is_file():
        return wish
    described = source.read(folder)
    layout = mapping.read(folder / described.mapping) if described.mapping else None
    files = [each.file for each in layout.tables] if layout else []
    if not files or not all(each and (folder / each).is_file() for each in files):
        raise BadInput(
            f"Tieline describes {wish.path.name}, but its data is not here: fetch it from "
            f"{described.contact or described.publisher}, then: tieline load FILE --source "
            f"{wish.path.name}"
        )
    return replace(wish, path=folder)


def _source(wish: Wish) -> Source:
    if wish.path.is_dir() and (wish.path / source.FILE).is_file():
        found = source.read(wish.path)
        if wish.slug in (None, found.slug):
            return found
    if wish.slug is None:
        inner = sorted(folder.parent.name for folder in wish.path.glob(f"*/{source.FILE}"))
        if inner:
            raise WrongUse(
                f"{wish.path} holds several partners' folders: load one of them, such as "
                f"{wish.path / inner[0]}."
            )
        raise WrongUse(f"Whose data is {wish.path.name}? Say --source SLUG, such as my-partner.")
    return source.find(wish.slug, wish.sources or (wish.path if wish.path.is_dir() else None))


def _layout(wish: Wish, described: Source) -> Layout | None:
    if wish.mapping:
        return mapping.read(wish.mapping)
    if described.mapping and described.folder:
        return mapping.read(described.folder / described.mapping)
    return None


def _guess(path: Path, layout: Layout | None) -> str:
    if layout and layout.tables and read.shape(path) in ("xlsx", "separated"):
        return table.NAME
    found = known.guess(path)
    return found.NAME if found else table.NAME


def _needed(wish: Wish, described: Source, layout: Layout | None) -> Layout:
    if layout:
        return layout
    raise WrongUse(
        f"Nothing says which column of {wish.path.name} is what. Have a mapping proposed, correct "
        f"it and give it by --mapping: tieline mapping suggest {wish.path.name} > mapping.toml. "
        f"Or name one in {described.slug}'s {source.FILE}."
    )


def _tables(wish: Wish, described: Source, layout: Layout) -> list[Task]:
    """The tables of the mapping that this one file holds; --part picks one by name."""
    if wish.part and (one := layout.named(wish.part)):
        one = replace(one, file=None, match=None)  # told by name: whatever the file is called
        return [Task(wish.path, one.name, table.NAME, described, one, layout)]
    with read.sheets(wish.path, Notes()) as pages:
        names = [page.name for page in pages]
    fitting = [each for each in layout.tables if any(each.fits(wish.path, name) for name in names)]
    if not fitting and len(layout.tables) == 1:
        fitting = [replace(layout.tables[0], file=None, match=None)]
    if not fitting:
        tables = ", ".join(each.name for each in layout.tables)
        raise WrongUse(
            f"No table of {layout.path} names {wish.path.name}. Say --part with one of: {tables}."
        )
    if wish.part and len(fitting) == 1:
        return [Task(wish.path, wish.part, table.NAME, described, fitting[0], layout)]
    return [Task(wish.path, each.name, table.NAME, described, each, layout) for each in fitting]


def _folder(wish: Wish, described: Source, layout: Layout | None, form: str | None) -> list[Task]:
    """Every table of the mapping, each from its file in the folder; or the folder as one."""
    if form is None and layout is None and (found := known.guess(wish.path)):
        form = found.NAME
    if form in known.STANDARDS and known.STANDARDS[form].FOLDER:
        return [Task(wish.path, wish.part or WHOLE, form, described, mapping=layout)]
    if layout is None:
        raise WrongUse(
            f"{wish.path} is a folder: its {source.FILE} must name a mapping, which says which "
            "tables it holds. To load one file, give the file."
        )
    wanted = [each for each in layout.tables if wish.part in (None, each.name)]
    matches = [
        Task(_there(wish.path, name), part, sssom.NAME, described, mapping=layout)
        for name in layout.sssom.get("files", [])
        if wish.part in (None, part := name.partition(".")[0])
    ]
    if not wanted and not matches:
        names = ", ".join(each.name for each in layout.tables)
        raise WrongUse(f"No table of {layout.path} is called {wish.part!r}. It has: {names}.")
    return [
        Task(_file(wish.path, each), each.name, table.NAME, described, each, layout)
        for each in wanted
    ] + matches


def _file(folder: Path, wanted: Table) -> Path:
    if wanted.file:
        return _there(folder, wanted.file)
    kept = sorted(p for p in folder.iterdir() if p.is_file() and wanted.fits(p, None))
    if len(kept) != 1:
        raise BadInput(
            f"{folder} has {len(kept)} files for the table {wanted.name}. Say which: file = "
            '"people.csv" in the mapping.'
        )
    return kept[0]


def _there(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise BadInput(f"{folder} has no {name}, which its mapping reads.")
    if folder.resolve() not in path.resolve().parents:
        raise BadInput(
            f"{path} lies outside {folder} (it is a link, or its name leads out of it). "
            "Copy the file into the folder."
        )
    return path


def _check(described: Source, path: Path, wanted: Table) -> table.Check | None:
    """A built-in source's own script, where its mapping is not enough: sources/<slug>/check.py."""
    name = f"tieline.loaders.sources.{described.slug}.check"
    if described.folder is None or described.folder.parent != source.BUILT_IN:
        return None
    if "-" in described.slug or find_spec(name) is None:
        return None
    found: table.Check | None = import_module(name).check(path, wanted.name)
    return found
