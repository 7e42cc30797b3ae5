"""JSON: the items of one list, one at a time, from a file of any size."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson  # type: ignore[import-untyped]

from tieline.loaders.encoding import encoding
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Where, shown
from tieline.loaders.report import Notes

DEEPEST = 100  # lists and objects in one another: a grant has six
LONGEST = 1 << 20  # bytes of one text or number
LARGEST = 50_000  # texts, numbers, lists and objects in one item


def items(path: Path, name: str, notes: Notes) -> Iterator[Raw | Refusal]:
    """The objects of the list `name` of a JSON object, or of the file's own list; with no name, the
    file's one object.

    Where the JSON breaks off, that place is refused and reading ends: what follows cannot be known.
    """
    found = encoding(path)
    notes.say(f"{path.name}: read as {found.said}")
    size = max(path.stat().st_size, 1)
    number = -1
    with path.open("rb") as raw:
        notes.share = lambda: 1.0 if raw.closed else raw.tell() / size
        listed = _is_list(path, found.name)
        prefix = "item" if listed else f"{name}.item" if name else ""
        above = 1 if listed else 2 if name else 0
        try:
            stream = _Utf8(raw, found.name, found.errors)
            events = ijson.parse(_bounded(stream, above))
            for number, value in enumerate(ijson.items(events, prefix)):
                yield _item(Where(path.name, item=f"{name}[{number}]"), value)
        except ijson.JSONError as error:
            where = Where(path.name, item=f"{name}[{number + 1}]")
            reason = f"the JSON is broken here ({str(error).strip().splitlines()[0][:60]})"
            mend = "Nothing after it was read. Ask for the file again, or correct it there."
            yield Refusal(where, "(file)", "", reason, mend)


def events(path: Path) -> Iterator[tuple[str, str, Any]]:
    """(where, what, value) of everything in the file, until it breaks off."""
    found = encoding(path)
    with path.open("rb") as raw:
        yield from ijson.parse(_bounded(_Utf8(raw, found.name, found.errors), 2))


def _bounded(stream: "_Utf8", above: int) -> Iterator[tuple[str, Any]]:
    """What the parser says; a file that nests, or an item or text that runs on and on, is broken.

    The parser keeps the whole way down for each level: 100 kB of opening brackets took 25 GB. Items
    lie `above` levels down.
    """
    depth = held = 0
    for event in ijson.basic_parse(stream, use_float=True):
        stream.since = 0
        held += 1
        if event[0].startswith("start"):
            depth += 1
            if depth > DEEPEST:
                raise ijson.JSONError(f"more than {DEEPEST} lists or objects in one another")
        elif event[0].startswith("end"):
            depth -= 1
        if depth <= above:
            held = 0
        elif held > LARGEST:
            raise ijson.JSONError(f"more than {LARGEST:,} values in one item")
        yield event


def _item(where: Where, value: Any) -> Raw | Refusal:
    if isinstance(value, dict):
        return Raw(where, value)
    mend = 'Write each as {"id": ..., "title": ...}.'
    return Refusal(where, "(row)", shown(value), "not an object", mend)


def _is_list(path: Path, name: str) -> bool:
    with path.open("rb") as stream:
        return stream.read(512).decode(name, "ignore").lstrip("\ufeff \t\r\n").startswith("[")


class _Utf8:
    """A stream read as UTF-8, whatever it is in; `since` counts the bytes of the text in hand."""

    def __init__(self, stream: Any, name: str, errors: str) -> None:
        plain = name == "utf-8" and errors == "strict"
        self._stream = stream
        self.since = 0
        self._decoder = None if plain else codecs.getincrementaldecoder(name)("replace")

    def read(self, size: int = 65536) -> bytes:
        self.since += size
        if self.since > LONGEST:
            raise ijson.JSONError("a text without end")
        if not self._decoder:
            return bytes(self._stream.read(size))
        while size:
            piece = self._stream.read(size)
            text = self._decoder.decode(piece, final=not piece)
            if text or not piece:
                return text.encode("utf-8")
        return b""
