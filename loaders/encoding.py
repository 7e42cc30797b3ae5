"""What encoding a file of text is in: read once, guessed in a fixed order, and reported.

A mark at the start decides; then UTF-16 by its zero bytes; then UTF-8 if every byte fits; then
UTF-8 with damage, where sound UTF-8 outweighs the rest (its bad rows are refused one by one); then
Windows-1252; charset-normalizer only for what is none of these.
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """`name` for Python; `errors` is "surrogateescape" where some bytes do not fit."""

    name: str
    errors: str = "strict"

    @property
    def said(self) -> str:
        """As a report names it."""
        spoken = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a mark", "cp1252": "Windows-1252"}
        damaged = ", damaged in places" if self.errors != "strict" else ""
        return spoken.get(self.name, self.name.upper()) + damaged


def encoding(path: Path) -> Encoding:
    """The encoding of a file; the whole file is read, a megabyte at a time."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            damaged = name == "utf-8-sig" and _utf8(path)[1]
            return Encoding(name, "surrogateescape" if damaged else "strict")
    if head and head.count(0) > len(head) // 4:
        return Encoding("utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be")
    sound, damaged = _utf8(path)
    if not damaged:
        return Encoding("utf-8")
    if sound > damaged:
        return Encoding("utf-8", "surrogateescape")
    return Encoding("cp1252") if _fits(path, "cp1252") else _guessed(path)


def _utf8(path: Path) -> tuple[int, int]:
    """(letters beyond ASCII that are sound UTF-8, bytes that are not)."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    sound = damaged = 0
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            if piece.isascii() and decoder.getstate()[0] == b"":
                continue
            for letter in filter(lambda each: each > "\x7f", decoder.decode(piece)):
                damaged, sound = (
                    (damaged + 1, sound) if "\udc80" <= letter <= "\udcff" else (damaged, sound + 1)
                )
    return sound, damaged + len(decoder.decode(b"", final=True))


def _fits(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_CHUNK):
                decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(path: Path) -> Encoding:
    with path.open("rb") as stream:
        best = charset_normalizer.from_bytes(stream.read(_CHUNK)).best()
    return Encoding(
        best.encoding if best else "utf-8", "surrogateescape" if not best else "replace"
    )
