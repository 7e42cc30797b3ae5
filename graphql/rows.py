"""From a statement's answer, lists of values, to the dicts that completion reads."""

from typing import Any

from tieline.graphql.marks import Row
from tieline.graphql.selection import UID, Columns


class Shape:
    """Turns a statement's rows, lists of values, into dicts."""

    def __init__(
        self, columns: Columns, inner: dict[str, Columns], embedded: tuple[str, ...]
    ) -> None:
        self.columns = tuple(columns)
        self.inner = {name: tuple(inner.get(name, UID)) for name in embedded}

    def node(self, row: list[Any]) -> Row:
        """From [key, uid, [type, *columns], {embedded: [type, *columns]}, ...]."""
        made = thing(self.columns, row[2])
        for name, columns in self.inner.items():
            value = row[3][name]
            made[name] = None if value is None else thing(columns, value)
        return made


def thing(columns: tuple[str, ...], values: list[Any]) -> Row:
    """A network is an organisation that says so; the uid is there for every further level."""
    made: Row = dict(zip(columns, values[1:], strict=True))
    network = values[0] == "Network"
    made["__typename"] = "Organisation" if network else values[0]
    made["is_network"] = network
    return made
