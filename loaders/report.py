"""What a load tells people: oddities counted by name, refusals written out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import orjson

from tieline.errors import BadInput
from tieline.loaders.refusal import Refusal, Where

if TYPE_CHECKING:
    from tieline.loaders.spreadsheet import Spreadsheet

NAMES = 1000  # unread fields counted by name
FIRST = 5  # refusals and warnings shown on a terminal; all are in the report


@dataclass(slots=True)
class Notes:
    """What was noticed in one file, by name and count; where each was first seen.

    unread: fields that nothing asked for. left: fields not stored on purpose (contact details).
    warnings: (field, what was odd). share: how much of the file has been read, 0 to 1.
    """

    strict: bool = False
    said: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    warnings: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str], Where] = field(default_factory=dict)
    share: Callable[[], float] = lambda: 0.0
    where: Where = field(default_factory=lambda: Where(""))  # of the row read last
    row: Any = None  # that row as it stood: its `where`, `values` and `letters`

    def say(self, sentence: str) -> None:
        """A fact about the whole file, said once."""
        if sentence not in self.said:
            self.said.append(sentence)

    def unasked(self, name: str) -> None:
        """A field that nothing asks for; beyond a thousand names they are counted together."""
        more = len(self.unread) >= NAMES and name not in self.unread
        self.unread["(others)" if more else name] += 1

    def warn(self, field: str, text: str, where: Where) -> None:
        self.warnings[field, text] += 1
        self.first.setdefault((field, text), where)

    def lines(self) -> Iterator[str]:
        """Everything noticed, one sentence each."""
        yield from self.said
        for (name, text), count in self.warnings.most_common():
            yield f"warning: {name}: {text} ({_times(count)}, first in {self.first[name, text]})"
        if self.unread:
            yield f"not read, for nothing asks for them: {_counted(self.unread)}"
        if self.left:
            yield f"not stored, on purpose: {_counted(self.left)}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} ({count:,})" for name, count in counts.most_common())


class Refusals:
    """Counts refusals, keeps the first few, writes each where a report is wanted: as a JSON line,
    or in a workbook if its name ends in .xlsx.

    A context manager.

    Raises:
        BadInput: the report cannot be written there.
    """

    def __init__(self, report: Path | None = None) -> None:
        self._report = report
        self._stream: IO[bytes] | None = None
        self._sheets: Spreadsheet | None = None
        self.count = 0
        self.first: list[Refusal] = []

    def __enter__(self) -> "Refusals":
        if self._report:
            try:
                self._stream = self._report.open("wb")
            except OSError as error:
                raise BadInput(
                    f"The report {self._report} cannot be written: {error.strerror}. "
                    "Choose a folder that exists."
                ) from None
            if self._report.suffix.lower() == ".xlsx":
                from tieline.loaders.spreadsheet import Spreadsheet

                self._sheets = Spreadsheet(self._report)
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream:
            self._stream.close()
        if self._sheets:
            self._sheets.close()

    def add(self, refusal: Refusal, notes: Notes | None = None) -> None:
        """`notes` of the file: the row they hold is the refused one's if it stands there."""
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(refusal)
        if self._sheets:
            row = notes.row if notes and notes.row and notes.row.where == refusal.where else None
            self._sheets.add(refusal, row.values if row else {}, row.letters if row else {})
        elif self._stream:
            self._stream.write(orjson.dumps(refusal.as_json(), option=orjson.OPT_APPEND_NEWLINE))

    def watch(self, items: Iterable[Any], notes: Notes | None = None) -> Iterator[tuple[str, Any]]:
        """(position, item) of each, refusals noted on their way; `notes` are of the same file."""
        for item in items:
            if isinstance(item, Refusal):
                self.add(item, notes)
                yield str(item.where), item
            else:
                yield "", item
