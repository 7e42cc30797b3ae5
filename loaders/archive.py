"""Zip files, looked at before anything of them is inflated.

    workbook(path)        whether it is a workbook, or a zip of other files
    guard(path)           refuse one that would burst, by what it declares
    Guarded(path)         a ZipFile whose XML may not run on inside one row

A zip's own list of members is measured before it is read: it is the first thing that can be huge.
Python inflates no member past what it declares; XML that declares a document type (the way to
entities) is refused here, and again by defusedxml, which openpyxl uses.
"""

import os
import re
import struct
import zipfile
from pathlib import Path
from typing import IO, Any

from tieline.errors import BadInput
from tieline.loaders.refusal import shown

LIST = 4 << 20  # bytes of the list of members
MEMBERS, INFLATED, RATIO = 2_000, 4 << 30, 100  # members, bytes, times
SMALL = 10 << 20  # bytes up to which any ratio will do
PART = 8 << 20  # bytes of a part that is read whole: neither a sheet nor its texts
MARKS, ROW, RUN = 90_000, 4 << 20, 1 << 20  # of one row: tags, bytes, bytes without a tag
LINES = 1_048_576  # rows of a sheet, as many as the format allows
# Parts that the reader of workbooks takes in whole.
_WHOLE = (
    ".rels", "workbook.xml", "styles.xml", "theme1.xml", "[content_types].xml", "core.xml",
    "custom.xml",
)  # fmt: skip
_NUMBERED = re.compile(rb'<(?:\w+:)?row [^>]{0,99}?\br="(\d{7,20})"')
_END, _FAR = b"PK\x05\x06", b"PK\x06\x07"


def workbook(path: Path) -> bool:
    """Whether the zip has a workbook's parts; a broken one is taken for one, to be told so.

    Raises:
        BadInput: its list of members is too long to read.
    """
    _listed(path)
    try:
        with zipfile.ZipFile(path) as opened:
            return any(name.startswith(("[Content_", "xl/")) for name in opened.NameToInfo)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return True


def guard(path: Path) -> list[zipfile.ZipInfo]:
    """Its members.

    Raises:
        BadInput: no zip, too many members, or one that would inflate without measure.
    """
    _listed(path)
    try:
        with zipfile.ZipFile(path) as opened:
            members = opened.infolist()
            if len(members) > MEMBERS or any(map(_bursting, members)):
                raise _burst(path)
            if sum(member.file_size for member in members) > INFLATED:
                raise BadInput(f"{path.name} inflates to over 4 GB. Save its sheets as CSV.")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _no_doctype(path, opened, member)
            return members
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: BaseException) -> BadInput:
    while error.__cause__ is not None:  # a reader's own wrapping names our folders
        error = error.__cause__
    return BadInput(
        f"{path.name} is no readable workbook ({shown(error) or type(error).__name__}). "
        "Open it in a spreadsheet program and save it as .xlsx or CSV."
    )


def _burst(path: Path) -> BadInput:
    return BadInput(
        f"{path.name} would inflate to far more than it is. If it is meant to be so large, save "
        "its sheets as CSV."
    )


def _listed(path: Path) -> None:
    """The list of members is as long as the end of the file says, or as its 64-bit end says."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(size - (1 << 16) - 64, 0))
        tail = stream.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 22:
            return
        length = struct.unpack("<L", tail[at + 12 : at + 16])[0]
        if at >= 20 and tail[at - 20 : at - 16] == _FAR:
            stream.seek(min(struct.unpack("<Q", tail[at - 12 : at - 4])[0], size))
            far = stream.read(56)
            length = struct.unpack("<Q", far[40:48])[0] if len(far) == 56 else length
        if length > LIST:
            raise _burst(path)


def _bursting(member: zipfile.ZipInfo) -> bool:
    """Declared to be huge for its size, or a part that is taken in whole and far too long."""
    if member.filename.casefold().endswith(_WHOLE) and member.file_size > PART:
        return True
    return member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1)


def _no_doctype(path: Path, opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with opened.open(member) as stream:
        head = stream.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\x00!\x00" in head:
        raise BadInput(
            f"{path.name}: {member.filename} declares a document type, which no spreadsheet needs. "
            "Save it again from a spreadsheet program."
        )


class Guarded(zipfile.ZipFile):
    """Its XML parts are streams that stop where one row or text runs on without end."""

    def open(self, name: Any, *rest: Any, **more: Any) -> Any:
        stream = super().open(name, *rest, **more)
        said = name.filename if isinstance(name, zipfile.ZipInfo) else name
        return _Bounded(stream, said) if said.endswith((".xml", ".rels")) else stream


class _Bounded:
    """A stream of XML that counts, since the last row or text ended, its tags and bytes."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream, self._name = stream, name
        self._marks = self._bytes = self._run = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._count(piece)
        if self._marks > MARKS or self._bytes > ROW or self._run > RUN:
            raise ValueError(f"{self._name} runs on without end inside one row")
        if any(int(row[1]) > LINES for row in _NUMBERED.finditer(piece)):
            raise ValueError(f"a row over {LINES:,}")  # or the rows before it are counted out
        return piece

    def _count(self, piece: bytes) -> None:
        done = max(piece.rfind(b"</row>"), piece.rfind(b"</si>"), piece.rfind(b":row>"))
        if done >= 0:
            self._marks = self._bytes = 0
        rest = piece[done:] if done >= 0 else piece
        self._marks += rest.count(b"<")
        self._bytes += len(rest)
        last = piece.rfind(b"<")
        self._run = len(piece) - last if last >= 0 else self._run + len(piece)

    def close(self) -> None:
        self._stream.close()

    def __enter__(self) -> "_Bounded":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
