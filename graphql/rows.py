"""From a statement's answer, lists of values, to the dicts that completion reads."""

from typing import Any

from tieline.graphql.marks import Row
from tieline.graphql.selection import Columns


class Shape:
    """Turns a statement's rows, lists of values, into dicts."""

    def __init__(
        self, columns: Columns, inner: dict[str, Columns], embedded: tuple[str, ...]
    ) -> None:
        self.columns = keys(columns)
        self.inner = [(name, keys(inner[name])) for name in embedded if name in inner]

    def node(self, row: list[Any]) -> Row:
        """From [key, uid, [type, *columns], {embedded: [type, *columns]}, ...]."""
        made = thing(self.columns, row[2])
        for name, columns in self.inner:
            value = row[3][name]
            made[name] = None if value is None else thing(columns, value)
        return made


def keys(columns: Columns) -> tuple[str, ...]:
    """What a thing's values are called, its type first."""
    return ("__typename", *columns)


def thing(keys: tuple[str, ...], values: list[Any]) -> Row:
    """A network is an organisation that says so; the uid is there for every further level."""
    made: Row = dict(zip(keys, values, strict=True))
    if values[0] in ("Organisation", "Network"):
        made["is_network"] = values[0] == "Network"
        made["__typename"] = "Organisation"
    return made
