"""Two tables in one file: things and ties, as CSV in a zip, for whichever tool."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Any, ClassVar

from tieline.exports.drawn import Thing, Tie
from tieline.exports.form import Form, cell

Row = dict[str, Any]
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip: the same file from the same graph, byte by byte


class Zipped(Form):
    """A zip that is written as it goes. One member is open at a time."""

    def begin(self) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]
        self._member: IO[bytes] | None = None

    def member(self, name: str) -> None:
        """What is put from now on is in this one."""
        self.leave()
        info = zipfile.ZipInfo(name, FIRST_DAY)
        info.compress_type = zipfile.ZIP_DEFLATED
        self._member = self._zip.open(info, "w")

    def put(self, text: str) -> None:
        assert self._member is not None
        self._member.write(text.encode())

    def leave(self) -> None:
        if self._member is not None:
            self._member.close()
            self._member = None

    def end(self) -> bytes:
        self.leave()
        self._zip.close()
        return self.taken()

    def taken(self) -> bytes:
        """What has been written since the last time."""
        return self._sink.taken()


class Tables(Zipped):
    """Two CSV files and a page about them. A tool's module says the names and the columns."""

    suffix, media = ".zip", "application/zip"
    names: ClassVar[tuple[str, str]]
    heads: ClassVar[tuple[Sequence[str], Sequence[str]]]

    def thing(self, thing: Thing) -> Row:
        raise NotImplementedError

    def tie(self, tie: Tie) -> Row:
        raise NotImplementedError

    def head(self) -> bytes:
        self.begin()
        self.member("README.txt")
        self.put("".join(f"{name}: {said}\n" for name, said in self.about.told().items()))
        return self._table(0)

    def things(self, page: Sequence[Thing]) -> bytes:
        return self._rows(0, map(self.thing, page))

    def middle(self) -> bytes:
        return self._table(1)

    def ties(self, page: Sequence[Tie]) -> bytes:
        return self._rows(1, map(self.tie, page))

    def tail(self) -> bytes:
        return self.end()

    def _table(self, at: int) -> bytes:
        self.member(self.names[at])
        return self._written([self.heads[at]])

    def _rows(self, at: int, rows: Iterable[Row]) -> bytes:
        return self._written([cell(row.get(name)) for name in self.heads[at]] for row in rows)

    def _written(self, rows: Iterable[Sequence[str]]) -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        self.put(text.getvalue())
        return self.taken()


class _Sink:
    """Where a zip is written to that nobody can go back in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None: ...

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
