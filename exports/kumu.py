"""Kumu's JSON: elements and connections. A link to it is read anew each time the map is opened.

https://docs.kumu.io/guides/import/blueprints. Ends are ids, since names repeat. Kumu takes no
field called YES, NO, ON, OFF, TRUE or FALSE; it has no place for a licence.
"""

from collections.abc import Sequence
from typing import Any

from orjson import dumps

from tieline.exports.drawn import TIE, Thing, Tie, named, thing_fields, tie_fields
from tieline.exports.form import Form, Items


class Written(Form):
    suffix, media = ".json", "application/json"

    def head(self) -> bytes:
        self._items = Items()
        return b'{"elements":[\n'

    def things(self, page: Sequence[Thing]) -> bytes:
        return self._items.more(dumps(element(each)) for each in page)

    def middle(self) -> bytes:
        self._items = Items()
        return b'\n],"connections":[\n'

    def ties(self, page: Sequence[Tie]) -> bytes:
        return self._items.more(dumps(connection(each)) for each in page)

    def tail(self) -> bytes:
        return b"\n]}\n"


def element(thing: Thing) -> dict[str, Any]:
    """Themes are what Kumu calls tags."""
    said = thing_fields(thing)
    return named(
        {
            "id": thing.uid,
            "label": thing.name,
            "type": said["kind"],
            "description": said.get("description"),
            "tags": said.get("themes"),
            "Places": said.get("places"),
            "Other names": said.get("other_names"),
            "Sort": said.get("sort"),
            "Url": said.get("url"),
        }
    )


def connection(tie: Tie) -> dict[str, Any]:
    said = tie_fields(tie)
    return named(
        {
            "id": tie.uid,
            "from": tie.start,
            "to": tie.end,
            "type": said["kind"],
            "direction": "directed" if tie.directed else "undirected",
            "Strength": tie.weight,
            "Thickness": said.get("thickness"),
            "Evidence": said.get("evidence"),
            "Seen": said.get("seen"),
            "Role": said.get("role"),
            "Since": said.get("since"),
            "Until": said.get("until"),
            "Unknown": said.get("unknown") if tie.kind == TIE else None,
        }
    )
