"""JSON: the items of one list, one at a time, from a file of any size."""

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import ijson  # type: ignore[import-untyped]

from tieline.loaders.encoding import encoding
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal, Where, shown
from tieline.loaders.report import Notes

DEEPEST = 100  # lists and objects in one another: a grant has six


def items(path: Path, name: str, notes: Notes) -> Iterator[Raw | Refusal]:
    """The objects of the list `name` of a JSON object, or of the file's own list.

    Where the JSON breaks off, that place is refused and reading ends: what follows cannot be known.
    """
    found = encoding(path)
    notes.say(f"{path.name}: read as {found.said}")
    size = max(path.stat().st_size, 1)
    number = -1
    with path.open("rb") as raw:
        notes.share = lambda: 1.0 if raw.closed else raw.tell() / size
        prefix = "item" if _is_list(path, found.name) else f"{name}.item"
        try:
            stream = _Utf8(raw, found.name, found.errors)
            events = ijson.parse(_shallow(ijson.basic_parse(stream, use_float=True)))
            for number, value in enumerate(ijson.items(events, prefix)):
                yield _item(Where(path.name, item=f"{name}[{number}]"), value)
        except ijson.JSONError as error:
            where = Where(path.name, item=f"{name}[{number + 1}]")
            reason = f"the JSON is broken here ({str(error).strip().splitlines()[0][:60]})"
            mend = "Nothing after it was read. Ask for the file again, or correct it there."
            yield Refusal(where, "(file)", "", reason, mend)


def _shallow(events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The same events; a file that nests on and on is broken.

    The parser keeps the whole way down for each level: 100 kB of opening brackets took 25 GB.
    """
    depth = 0
    for event in events:
        if event[0].startswith("start"):
            depth += 1
            if depth > DEEPEST:
                raise ijson.JSONError(f"more than {DEEPEST} lists or objects in one another")
        elif event[0].startswith("end"):
            depth -= 1
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
    """A stream read as UTF-8, whatever it is in."""

    def __init__(self, stream: Any, name: str, errors: str) -> None:
        plain = name == "utf-8" and errors == "strict"
        self._stream = stream
        self._decoder = None if plain else codecs.getincrementaldecoder(name)("replace")

    def read(self, size: int = 65536) -> bytes:
        if not self._decoder:
            return bytes(self._stream.read(size))
        while size:
            piece = self._stream.read(size)
            text = self._decoder.decode(piece, final=not piece)
            if text or not piece:
                return text.encode("utf-8")
        return b""
