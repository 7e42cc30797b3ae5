"""The file of a backup: a zip of two, stored as they are (the dump is compressed already).

tieline.json    what is in the dump, and what made it: `Contents`
neo4j.dump      as Neo4j's own tool wrote it, so that this tool alone can load it too
"""

import errno
import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import orjson

from tieline import __version__
from tieline.database.admin import DUMP
from tieline.errors import BadInput, DatabaseProblem, WrongUse
from tieline.schema.declared import migrations
from tieline.settings import settings

FORMAT = 1
CONTENTS = "tieline.json"
CONTENTS_BYTES = 1_000_000  # no list of contents is longer
CHUNK = 1 << 20
# all that zipfile says of a file in which any byte may be another
BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Facts:
    """What a graph holds. `counts`: by the names of the model; `migrations`: name to checksum."""

    graph_hash: str
    counts: dict[str, int]
    migrations: dict[str, str]


@dataclass(frozen=True)
class Contents:
    """tieline.json. `made`: when, as ISO 8601; `sha256` and `bytes` are the dump's."""

    format: int
    tieline: str
    neo4j: str
    made: str
    sha256: str
    bytes: int
    facts: Facts

    @classmethod
    def of(cls, dump: Path, made: str, facts: Facts) -> "Contents":
        with dump.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = dump.stat().st_size
        return cls(FORMAT, __version__, settings().version, made, sha256, size, facts)


def refuse_to_overwrite(file: Path, force: bool) -> None:
    """Before any work is done for a file that cannot be.

    Raises:
        WrongUse: the file is there, or its folder is not.
    """
    if file.is_dir() or not file.parent.is_dir():
        raise WrongUse(f"{file} cannot be written. Name a file in a folder that is there.")
    if file.exists() and not force:
        raise WrongUse(f"{file} is there already. Name another, or say --force to replace it.")


def write(file: Path, dump: Path, contents: Contents, force: bool) -> None:
    """The whole file or none: it gets its name when every byte of it is on disk.

    Raises:
        DatabaseProblem: the disk is full or the folder cannot be written.
    """
    part = file.with_name(f"{file.name}.part-{os.getpid()}")
    try:
        with _private(part) as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(
                    CONTENTS, orjson.dumps(asdict(contents), option=orjson.OPT_INDENT_2)
                )
                archive.write(dump, DUMP)
            out.flush()
            os.fsync(out.fileno())
        if force:
            part.replace(file)
        else:
            _named(part, file)
    except FileExistsError:
        raise WrongUse(f"{file} has appeared meanwhile. Name another.") from None
    except OSError as error:
        raise DatabaseProblem(
            f"{file} could not be written ({error.strerror}). Make room, or name another folder."
        ) from None
    finally:
        part.unlink(missing_ok=True)


def read(file: Path) -> Contents:
    """What a backup says of itself.

    Raises:
        BadInput: it is none, it is broken, or it is of another kind than this Tieline can restore.
    """
    with _opened(file) as archive:
        held = {each.filename: each.file_size for each in archive.infolist()}
        if held.keys() != {CONTENTS, DUMP} or held[CONTENTS] > CONTENTS_BYTES:
            raise BadInput(f"{file} is no backup by Tieline: name one that `tieline backup` made.")
        said = archive.read(CONTENTS)
    try:
        fields = orjson.loads(said)
        if fields["format"] != FORMAT:
            by = fields["tieline"]
            raise BadInput(f"{file} is a backup by a newer Tieline ({by}). Update Tieline.")
        return _fitting(file, Contents(**{**fields, "facts": Facts(**fields["facts"])}))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadInput(f"{file} is broken: what it says of itself cannot be read.") from None


def extract(file: Path, contents: Contents, folder: Path) -> Path:
    """The dump, in a folder, once it is certain to be the one that was backed up.

    Raises:
        BadInput: a byte of it differs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with _opened(file) as archive, archive.open(DUMP) as dump, (folder / DUMP).open("wb") as out:
        while chunk := dump.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != contents.sha256:
        raise BadInput(f"{file} is broken: its dump is not the one that was backed up.")
    return folder / DUMP


def _fitting(file: Path, contents: Contents) -> Contents:
    known = {each.name: each.checksum for each in migrations()}
    for name, checksum in sorted(contents.facts.migrations.items()):
        if name not in known:
            raise BadInput(
                f"{file} has had the migration {name}, which this Tieline does not have: it was "
                f"made by a newer one ({contents.tieline}). Update Tieline, then restore."
            )
        if known[name] != checksum:
            raise BadInput(
                f"The migration {name} has been edited since {file} was made by Tieline "
                f"{contents.tieline}. Restore it with that version."
            )
    _same_neo4j(file, contents.neo4j, settings().version)
    return contents


def _same_neo4j(file: Path, made_by: str, ours: str) -> None:
    newer = _numbers(made_by) > _numbers(ours)
    if _line(made_by) != _line(ours):
        raise BadInput(
            f"{file} was made by Neo4j {made_by}, and the one here is {ours}: between these a dump "
            f"cannot simply be restored. Set TIELINE_NEO4J_VERSION={made_by}, if this Tieline can "
            "run that, and restore it in an empty TIELINE_HOME; or load the partners' files anew."
        )
    if newer:
        raise BadInput(
            f"{file} was made by Neo4j {made_by}, which is newer than {ours} here. Update Tieline, "
            "then restore."
        )


def _line(version: str) -> str:
    """The major version; those named for a year (2025.01 and on) are one."""
    major = version.partition(".")[0]
    return "of years" if len(major) == 4 else major


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")[:3]]


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        stream = file.open("rb")
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from None
    try:
        with stream, zipfile.ZipFile(stream) as archive:
            yield archive
    except (*BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise  # EINVAL: it leads to a place before its own beginning
        raise BadInput(
            f"{file} is broken, cut short or no backup at all. Fetch it again, or use another."
        ) from None


def _private(path: Path) -> IO[bytes]:
    """What is in it concerns people: readable by its owner alone from the first byte."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _named(part: Path, file: Path) -> None:
    """The file's name, unless somebody has taken it: a link is refused where a rename is not."""
    with suppress(PermissionError, NotImplementedError):
        os.link(part, file)
        return
    if file.exists():  # a file system without links
        raise FileExistsError(file)
    part.rename(file)
