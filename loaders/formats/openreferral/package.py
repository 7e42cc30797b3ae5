"""A package of tables: service.csv and the like in a folder or a zip, as its datapackage.json says.

Rows are joined by the feed's own ids, so each is read alone. Only where a location is needs looking
up: a table of towns is kept on disk meanwhile.
"""

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from tieline.errors import BadInput
from tieline.loaders import archive, read
from tieline.loaders.formats.openreferral import joins, things
from tieline.loaders.formats.openreferral.joins import Towns
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes
from tieline.loaders.source import Source
from tieline.schema.records import Row

OWN = {"organization": "organization", "service": "service"}
DESCRIBED = "datapackage.json"
_PIECE = 1 << 20
_READ_AHEAD = ("address", "physical_address", "service_area")


def tables(folder: Path) -> dict[str, Path]:
    """Table to file: as the package's description names them, else by the files' own names; none
    where there is no table of organisations or services."""
    found = {path.stem.casefold(): path for path in sorted(folder.glob("*.csv"))}
    described = folder / DESCRIBED
    if described.is_file():
        found |= _described(described)
    return found if OWN.keys() & found.keys() else {}


def _described(path: Path) -> dict[str, Path]:
    try:
        resources = orjson.loads(path.read_bytes()).get("resources", [])
        named = {str(each["name"]).casefold(): str(each["path"]) for each in resources}
    except (orjson.JSONDecodeError, AttributeError, TypeError, KeyError):
        raise BadInput(
            f"{path} is no description of a package. Correct it, or leave it out."
        ) from None
    within = {name: path.parent / Path(file).name for name, file in named.items()}
    return {name: file for name, file in within.items() if file.is_file()}


def zipped(path: Path) -> bool:
    """A zip that holds the standard's tables."""
    names = {Path(each.filename).stem.casefold() for each in archive.guard(path)}
    return bool(OWN.keys() & names)


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The tables of a zip in a folder of their own, for as long as they are read."""
    members = archive.guard(path)
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(path) as opened:
        for member in members:
            name = Path(member.filename).name
            if name.endswith(".csv") or name == DESCRIBED:
                _copied(path, opened, member, Path(place) / name)
        yield Path(place)


def _copied(path: Path, opened: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    try:
        with opened.open(member) as stream, to.open("wb") as made:
            while piece := stream.read(_PIECE):
                made.write(piece)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInput(
            f"{path.name}: {member.filename} cannot be unpacked: {error}. Send it again."
        ) from None


def rows(folder: Path, source: Source, notes: Notes) -> Iterator[Row | Refusal]:
    """Every row of every table that is read; contacts and telephones are not opened."""
    found = tables(folder)
    with tempfile.NamedTemporaryFile() as kept:
        towns = Towns(sqlite3.connect(kept.name))
        for name in _READ_AHEAD:
            if name in found:
                _look(found[name], name, towns)
        for name, path in found.items():
            if name in joins.TABLES or name in OWN:
                yield from _table(path, name, source, notes, towns)
            elif not name.endswith("address"):
                notes.left[f"table {name}"] += 1
        towns.close()


def _look(path: Path, name: str, towns: Towns) -> None:
    with read.sheets(path, Notes()) as pages:
        for page in pages:
            for raw in page.rows:
                if not isinstance(raw, Refusal):
                    towns.add(name, raw.values)


def _table(
    path: Path, name: str, source: Source, notes: Notes, towns: Towns
) -> Iterator[Row | Refusal]:
    with read.sheets(path, notes) as pages:
        for page in pages:
            for raw in page.rows:
                if isinstance(raw, Refusal):
                    yield raw
                elif name == "service":
                    yield things.service(source, raw, notes, areas=False)
                elif name == "organization":
                    yield things.organisation(source, raw, notes)
                else:
                    yield joins.TABLES[name](source, raw, notes, towns)
