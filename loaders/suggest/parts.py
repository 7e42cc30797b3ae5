"""What a guess is made of: a field, a table, and the columns that are still free."""

from dataclasses import dataclass, field
from typing import Any

from tieline.loaders.suggest.columns import Column

LIKE = ("organisation", "organization", "person", "project", "place", "theme", "charity", "group")


@dataclass
class Guess:
    """A field, what it is read from (as TOML would say it) and why."""

    field: str
    spec: Any
    why: str


@dataclass
class Table:
    """A [[table]] in the making; `left` are columns not read, with the reason."""

    name: str
    kind: str
    why: str
    file: str
    sheet: str | None = None
    header: int | None = None
    id: Guess | None = None
    date: Guess | None = None
    columns: list[Guess] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


class Reading:
    """The columns that are not yet spoken for."""

    def __init__(self, columns: list[Column], kind: str = "") -> None:
        self.kind = kind
        self.free = list(columns)

    def called(self, names: tuple[str, ...]) -> Column | None:
        """The first free column that goes by one of these, with or without its table's kind."""
        for name in names:
            for column in self.free:
                if name in (column.plain, bare(column.plain)):
                    return column
        return None

    def take(self, names: tuple[str, ...]) -> Column | None:
        found = self.called(names)
        if found:
            self.free.remove(found)
        return found


def bare(plain: str) -> str:
    first, _, rest = plain.partition(" ")
    return rest if first in LIKE and rest else plain
