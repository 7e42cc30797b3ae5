"""JSON Graph Format 2.1: https://jsongraphformat.info. Its schema allows no key of ours: all that
it has no word for is in `metadata`."""

from collections.abc import Sequence
from typing import Any

from orjson import dumps

from tieline.exports.drawn import Thing, Tie, named, thing_fields, tie_fields
from tieline.exports.form import Form, Items


class Written(Form):
    suffix, media = ".jgf.json", "application/vnd.jgf+json"
    placed = True

    def head(self) -> bytes:
        self._items = Items()
        label, about = dumps(self.about.title), dumps(self.about.told())
        begun = b'{"graph":{"label":' + label + b',"type":"tieline","directed":false,"metadata":'
        return begun + about + b',"nodes":{\n'

    def things(self, page: Sequence[Thing]) -> bytes:
        return self._items.more(dumps(each.uid) + b":" + dumps(_node(each)) for each in page)

    def middle(self) -> bytes:
        self._items = Items()
        return b'\n},"edges":[\n'

    def ties(self, page: Sequence[Tie]) -> bytes:
        return self._items.more(dumps(_edge(each)) for each in page)

    def tail(self) -> bytes:
        return b"\n]}}\n"


def _node(thing: Thing) -> dict[str, Any]:
    place = named({"x": thing.x, "y": thing.y})
    return {"label": thing.name, "metadata": thing_fields(thing) | place}


def _edge(tie: Tie) -> dict[str, Any]:
    said = tie_fields(tie)
    relation = said.pop("kind")
    return {
        "id": tie.uid,
        "source": tie.start,
        "target": tie.end,
        "relation": relation,
        "directed": tie.directed,
        "metadata": {"weight": tie.weight} | said,
    }
