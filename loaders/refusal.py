"""What is said of a row that is not loaded: where it stands, what is wrong, how to mend it."""

from dataclasses import asdict, dataclass
from dataclasses import field as kept
from typing import Any

SHOWN = 80  # characters of a value that a report repeats


class Unreadable(Exception):
    """A value that cannot be what its column says. `reason` is why, `mend` what to do."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(f"{reason}. {mend}")
        self.reason, self.mend = reason, mend


@dataclass(frozen=True, slots=True)
class Where:
    """A row's place: a line of a table or sheet (from 1), or an item such as `grants[3]`."""

    file: str
    sheet: str | None = None
    line: int | None = None
    item: str | None = None

    def __str__(self) -> str:
        place = self.item or f"line {self.line}"
        return f"{self.file}, {self.sheet}, {place}" if self.sheet else f"{self.file}, {place}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row; `column` is a spreadsheet's name for where, such as D."""

    field: str
    reason: str
    mend: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row of a file that was not loaded; `cell` is a spreadsheet's name for it, such as D12.

    `faults`: all that is wrong with it, where more than the one thing is known.
    """

    where: Where
    field: str
    value: str
    reason: str
    mend: str
    cell: str | None = None
    faults: tuple[Fault, ...] = kept(default=(), compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        """file, sheet, line, item, cell (those that apply), field, value, reason, mend."""
        said = {key: value for key, value in asdict(self.where).items() if value is not None}
        if self.cell:
            said["cell"] = self.cell
        names = ("field", "value", "reason", "mend")
        return said | {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        at = f"{self.where}, cell {self.cell}" if self.cell else str(self.where)
        value = f" {self.value!r}" if self.value else ""
        return f"{at}: {self.field}{value}: {self.reason}. {self.mend}"


def printable(value: Any) -> str:
    """Text that can be written out, whatever bytes it came from; of a list only that it is one."""
    if isinstance(value, list | dict):
        return "[...]" if isinstance(value, list) else "{...}"
    return str(value).encode("utf-8", "replace").decode("utf-8")


def shown(value: Any) -> str:
    """A value as a report repeats it: one line, shortened; nothing for a blank."""
    text = " ".join(printable("" if value is None else value).split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
