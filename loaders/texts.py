"""The list of texts that a workbook keeps, on disk: memory holds eight bytes of each."""

import os
import tempfile
from array import array

_KEPT = 4 << 20  # letters of texts in memory at once


class Texts:
    """A list of texts that are appended, then looked up by number."""

    def __init__(self) -> None:
        self._stream = tempfile.TemporaryFile()
        self._starts = array("Q", [0])
        self._kept: dict[int, str] = {}
        self._letters = 0
        self._written = False

    def append(self, text: str) -> None:
        self._starts.append(self._starts[-1] + self._stream.write(text.encode("utf-8", "replace")))
        self._written = False

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        if (known := self._kept.get(number)) is not None:
            return known
        if not 0 <= number < len(self):
            raise IndexError(f"text {number} of {len(self)}")
        if not self._written:
            self._stream.flush()
            self._written = True
        start, end = self._starts[number], self._starts[number + 1]
        text = os.pread(self._stream.fileno(), end - start, start).decode("utf-8")
        self._letters += len(text) + 64
        if self._letters > _KEPT:
            self._kept.clear()
            self._letters = len(text) + 64
        self._kept[number] = text
        return text

    def close(self) -> None:
        self._stream.close()
