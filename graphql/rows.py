"""From a statement's answer, lists of values, to the dicts that completion reads."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from tieline.graphql.marks import Row
from tieline.graphql.selection import Columns
from tieline.graphql.table import BODIES, Table, typed


class Shape:
    """Turns a statement's rows, lists of values, into dicts."""

    def __init__(
        self, columns: Columns, inner: dict[str, Columns], embedded: tuple[str, ...]
    ) -> None:
        self.columns = keys(columns)
        self.inner = [(name, keys(inner[name])) for name in embedded if name in inner]

    def nodes(self, rows: list[list[Any]]) -> list[Row]:
        """Each from [key, uid, [type, *columns], {embedded: [type, *columns]}, ...]."""
        made = self.things([row[2] for row in rows])
        for name, columns in self.inner:
            inside = [row[3][name] for row in rows]
            found = iter(things(columns, [values for values in inside if values is not None]))
            for one, values in zip(made, inside, strict=True):
                one[name] = None if values is None else next(found)
        return made

    def nothing(self) -> tuple[int, list[Any], str, list[list[Any]]]:
        """The columns of a parent that has none."""
        return 0, [], "", [[] for _ in self.columns[1:]]

    def table(self, kinds: str | list[str], columns: list[list[Any]], many: int) -> Table:
        """From whole columns, of one type or with the type of each."""
        return typed(kinds, dict(zip(self.columns[1:], columns, strict=True)), many)

    def embed(
        self, rows: list[Row], inside: dict[str, Any], here: Callable[[list[Any]], list[Any]]
    ) -> None:
        """Into rows made from a table what is embedded in them: {embedded: [types, columns]}.

        `here`: of a column, what is on the page.
        """
        for name, columns in self.inner:
            kinds, values = inside[name]
            found = things(columns, list(zip(*map(here, (kinds, *values)), strict=True)))
            for row, one in zip(rows, found, strict=True):
                row[name] = one

    def things(self, rows: list[list[Any]]) -> list[Row]:
        """Each from [type, *columns]."""
        return things(self.columns, rows)


def keys(columns: Columns) -> tuple[str, ...]:
    """What a thing's values are called, its type first."""
    return ("__typename", *columns)


def things(keys: tuple[str, ...], rows: Collection[Sequence[Any]]) -> list[Row]:
    """A network is an organisation that says so."""
    made: list[Row] = [dict(zip(keys, values, strict=True)) for values in rows]
    if {values[0] for values in rows}.isdisjoint(BODIES):
        return made
    for one in made:
        if one["__typename"] in BODIES:
            one["is_network"] = one["__typename"] == "Network"
            one["__typename"] = "Organisation"
    return made
