"""Tokens that were found good, for as long as nothing at all has changed in their file.

SQLite counts the changes of a file in its head (https://www.sqlite.org/fileformat.html, 1.3.7), so
to read the head is to know that what was read before still stands: a token that is taken back opens
nothing from the next request on, and the others are not looked up anew for each.
"""

import os
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
State = tuple[int, int, bytes]
HEAD, COUNTS_CHANGES = 28, b"\x01\x01"  # with a journal that is rolled back; a WAL does not


def state(file: Path) -> State | None:
    """Which file it is and how often it was changed; None: there is no telling."""
    try:
        opened = os.open(file, os.O_RDONLY)
    except OSError:
        return None
    try:
        head, about = os.pread(opened, HEAD, 0), os.fstat(opened)
    finally:
        os.close(opened)
    if len(head) < HEAD or head[18:20] != COUNTS_CHANGES:
        return None
    return about.st_dev, about.st_ino, head[24:28]


class Remembered(Generic[T]):
    """What was read of one file, by keys, in one state of it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held: tuple[State | None, dict[str, T]] = (None, {})

    def get(self, key: str) -> T | None:
        """What has changed is forgotten whole: somebody erased may be in it."""
        held, found = self._held
        if found and held != state(self._file):
            self._held = (None, {})
            return None
        return found.get(key)

    def put(self, key: str, value: T, read_in: State | None) -> None:
        """`read_in`: the state before it was read. It is forgotten if that is no more."""
        if read_in is None or read_in != state(self._file):
            return
        held, found = self._held
        if held == read_in:
            found[key] = value
        else:
            self._held = (read_in, {key: value})
