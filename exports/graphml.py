"""GraphML: http://graphml.graphdrawing.org. Keys are declared, with types; it knows no list
(several values are parted by |) and no null (nothing is said then)."""

from collections.abc import Mapping, Sequence
from typing import Any

from tieline.exports.drawn import Thing, Tie, thing_fields, tie_fields
from tieline.exports.form import Form, joined, xml

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
TEXTS, NUMBERS = "string", "double"
THING = {name: TEXTS for name in (
    "label", "kind", "sort", "description", "url", "other_names", "places", "themes",
)} | {"x": NUMBERS, "y": NUMBERS}  # fmt: skip
TIE = {name: TEXTS for name in (
    "kind", "thickness", "evidence", "seen", "role", "since", "until",
)} | {"weight": NUMBERS, "strength": NUMBERS, "unknown": NUMBERS}  # fmt: skip


class Written(Form):
    suffix, media = ".graphml", "application/graphml+xml"
    placed = True

    def head(self) -> bytes:
        told = self.about.told()
        keys = _declared("graph", dict.fromkeys(told, TEXTS))
        keys += _declared("node", THING) + _declared("edge", TIE)
        begun = '<graph id="tieline" edgedefault="undirected">\n'
        return (HEAD + keys + begun + _data("graph", told) + "\n").encode()

    def things(self, page: Sequence[Thing]) -> bytes:
        return "".join(map(_node, page)).encode()

    def middle(self) -> bytes:
        return b""

    def ties(self, page: Sequence[Tie]) -> bytes:
        return "".join(map(_edge, page)).encode()

    def tail(self) -> bytes:
        return b"</graph>\n</graphml>\n"


def _declared(kind: str, fields: Mapping[str, str]) -> str:
    return "".join(
        f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{as_}"/>\n'
        for name, as_ in fields.items()
    )


def _node(thing: Thing) -> str:
    said = {"label": thing.name} | thing_fields(thing)
    if thing.x is not None:
        said |= {"x": thing.x, "y": thing.y}
    return f'<node id="{xml(thing.uid)}">{_data("node", said)}</node>\n'


def _edge(tie: Tie) -> str:
    """An id is a name token there, which has no ~."""
    said = {"weight": tie.weight} | tie_fields(tie)
    ends = f'source="{xml(tie.start)}" target="{xml(tie.end)}"'
    uid = xml(tie.uid.replace("~", ":"))
    way = "true" if tie.directed else "false"
    return f'<edge id="{uid}" {ends} directed="{way}">{_data("edge", said)}</edge>\n'


def _data(kind: str, said: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{xml(_value(each))}</data>' for name, each in said.items()
    )


def _value(each: Any) -> str:
    return joined(each) if isinstance(each, list) else str(each)
