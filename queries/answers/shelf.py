"""Arrays kept on disk, so that a second process does not read the graph again.

    FORM = Form(pack, unpack)                 # a T as arrays by name, and back
    found = await shelved(reader, key, make, FORM)

One file a key (version, level, question, arguments) in <TIELINE_HOME>/answers, mode 0600, given
its name only once it is whole. What is in it may concern people, so none outlives what it was read
from:

- whoever writes to the graph from this home removes all of them with the commit (Home.forget);
- a file is begun before the graph is read, and what was removed meanwhile gets no name any more;
- whoever asks removes those of other versions of the graph;
- `tieline database wipe` and `tieline restore` remove all.

Over MOST bytes the least lately used go.
"""

import asyncio
import hashlib
import os
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import orjson

from tieline.database.home import Home
from tieline.database.reader import Reader
from tieline.queries.answers.kept import Key

T = TypeVar("T")
Arrays = Mapping[str, npt.NDArray[Any]]
MOST = 500_000_000  # bytes in all
LEAST = 20_000  # relationships in the graph: fewer are read sooner than found
FORM = "1"  # of these files: another one is not read
ALIGN = 64  # bytes


@dataclass(frozen=True)
class Form(Generic[T]):
    """How something is told in arrays: `unpack` is given memory-mapped ones, not to be written."""

    pack: Callable[[T], Arrays]
    unpack: Callable[[Arrays], T]


async def shelved(reader: Reader, key: Key, make: Callable[[], Awaitable[T]], form: Form[T]) -> T:
    """What lies on disk under this key, else what comes of making it. Small graphs are not kept."""
    place = await _place(reader, key)
    if place is None:
        return await make()
    with place:
        arrays = await asyncio.to_thread(place.find)
        if arrays is not None:
            return form.unpack(arrays)
        found = await make()
        await asyncio.to_thread(lambda: place.keep(form.pack(found)))
        return found


@dataclass(frozen=True)
class Place:
    """Where the arrays of one key lie, or will; a context manager, since a file is begun."""

    path: Path
    name: str
    begun: Path

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.begun.unlink(missing_ok=True)

    def find(self) -> dict[str, npt.NDArray[Any]] | None:
        """The arrays; None: there are none, or none that can be read."""
        try:
            return _read(self.path, self.name)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, arrays: Arrays) -> None:
        """Put them there, unless the graph has changed since this place was asked for."""
        with suppress(OSError):  # a full disk, or a home that cannot be written: then not
            with self.begun.open("r+b") as file:
                _write(file, self.name, arrays)
            self.begun.replace(self.path)
            _bound(self.path.parent)


async def _place(reader: Reader, key: Key) -> Place | None:
    """Where the arrays of this key lie; files of other versions of the graph are removed.

    A history may be replaced from outside and its versions come again, so what the graph says of
    itself is a part of the name.
    """
    (now,) = await reader.rows("database/state")
    if now["relationships"] < LEAST:
        return None
    name = orjson.dumps([FORM, *astuple(key), now]).decode()
    return begin(Home.current().answers, key.version, name)


def begin(folder: Path, version: str, name: str) -> Place:
    """A file in this folder, of no name yet; those of other versions go."""
    path = folder / f"{version}-{hashlib.sha256(name.encode()).hexdigest()[:32]}"
    begun = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
    with suppress(OSError):  # then nothing is kept
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder, version)
        os.close(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return Place(path, name, begun)


def _sweep(folder: Path, version: str) -> None:
    for each in folder.iterdir():
        if not each.name.startswith(f"{version}-"):
            each.unlink(missing_ok=True)


def _write(file: Any, name: str, arrays: Arrays) -> None:
    """A line that says what follows, then the arrays, each where memory may be mapped."""
    about: list[tuple[str, str, list[int], int]] = []
    at = 0
    for title, array in arrays.items():
        about.append((title, array.dtype.str, list(array.shape), at))
        at += -(-array.nbytes // ALIGN) * ALIGN
    head = orjson.dumps({"name": name, "arrays": about})
    start = -(-(len(head) + 1) // ALIGN) * ALIGN
    file.write(head.ljust(start - 1) + b"\n")
    for (_, _, _, begin), array in zip(about, arrays.values(), strict=True):
        file.seek(start + begin)
        file.write(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
    file.truncate(start + at)
    file.flush()
    os.fsync(file.fileno())


def _read(path: Path, name: str) -> dict[str, npt.NDArray[Any]]:
    with path.open("rb") as file:
        line = file.readline()
        head = orjson.loads(line)
        if head["name"] != name:
            raise ValueError("another key's")
        os.utime(path)  # used just now
    whole = np.memmap(path, np.uint8, "r")
    found = {}
    for title, kind, shape, at in head["arrays"]:
        dtype, begin = np.dtype(kind), len(line) + at
        size = int(np.prod(shape)) * dtype.itemsize
        if begin + size > len(whole):
            raise ValueError("cut short")
        found[title] = whole[begin : begin + size].view(dtype).reshape(shape)
    return found


def _bound(folder: Path) -> None:
    """The least lately used go, until what is left is small enough."""
    there = sorted((p.stat().st_mtime, p.stat().st_size, p) for p in folder.iterdir())
    left = sum(size for _, size, _ in there)
    for _, size, path in there[:-1]:
        if left <= MOST:
            return
        path.unlink(missing_ok=True)
        left -= size


def packed(texts: list[str]) -> npt.NDArray[np.uint8]:
    """Texts as an array. None may hold a line feed: those are ids."""
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def unpacked(array: npt.NDArray[Any]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []
