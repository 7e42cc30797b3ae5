"""Cytoscape's JSON: https://js.cytoscape.org/#notation/elements-json.

Ids are one list for nodes and edges (read.py sees to it): an edge whose id is taken is lost without
a word. `name`, `value` and `key` are what networkx reads; `key` parts parallel ties there.
"""

from collections.abc import Sequence
from typing import Any

from orjson import dumps

from tieline.exports.drawn import Thing, Tie, thing_fields, tie_fields
from tieline.exports.form import Form, Items


class Written(Form):
    suffix, media = ".cyjs", "application/json"
    placed = True

    def head(self) -> bytes:
        self._items = Items()
        about = dumps({"name": self.about.title} | self.about.told())
        return b'{"directed":false,"multigraph":true,"data":' + about + b',"elements":{"nodes":[\n'

    def things(self, page: Sequence[Thing]) -> bytes:
        return self._items.more(dumps(_node(each)) for each in page)

    def middle(self) -> bytes:
        self._items = Items()
        return b'\n],"edges":[\n'

    def ties(self, page: Sequence[Tie]) -> bytes:
        return self._items.more(dumps({"data": _edge(each)}) for each in page)

    def tail(self) -> bytes:
        return b"\n]}}\n"


def _node(thing: Thing) -> dict[str, Any]:
    known = {"id": thing.uid, "value": thing.uid, "name": thing.name, "label": thing.name}
    data = {"data": known | thing_fields(thing)}
    if thing.x is None:
        return data
    return data | {"position": {"x": thing.x, "y": thing.y}}


def _edge(tie: Tie) -> dict[str, Any]:
    key = tie.uid if tie.directed else tie.kind  # to networkx both ways are one pair
    known = {"id": tie.uid, "source": tie.start, "target": tie.end, "key": key}
    return known | {"directed": tie.directed, "weight": tie.weight} | tie_fields(tie)
