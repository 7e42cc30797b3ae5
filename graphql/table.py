"""A list's things by column, as the statements of the root's lists and of ties give them.

Completion takes whole columns of it (columnar.py). Whoever wants a row after all, graphql-core for
one, gets rows made once, just like those of any other list.
"""

from collections.abc import Iterator
from itertools import repeat
from typing import Any

from tieline.graphql.marks import Row

BODIES = ("Organisation", "Network")


class Table:
    """So many things of one type; nothing further is read below them."""

    def __init__(self, typename: str, columns: dict[str, list[Any]], many: int) -> None:
        self.typename, self.columns, self.many = typename, columns, many
        self._rows: list[Row] | None = None

    def rows(self) -> list[Row]:
        """Each as a row, the same ones again."""
        if self._rows is None:
            names = ("__typename", *self.columns)
            values = zip(repeat(self.typename, self.many), *self.columns.values(), strict=True)
            self._rows = [dict(zip(names, each, strict=True)) for each in values]
        return self._rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows())


def typed(kinds: str | list[str], columns: dict[str, list[Any]], many: int) -> Table:
    """Of one type, or each of its own: a network is an organisation that says so."""
    if isinstance(kinds, str):
        return Table(kinds, columns, many)
    columns["is_network"] = [kind == "Network" for kind in kinds]
    return Table(BODIES[0], columns, many)
