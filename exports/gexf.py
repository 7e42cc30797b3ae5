"""GEXF 1.3, Gephi's own: https://gexf.net. Lists are lists; colours and places come along.

Weights are above 0 (Gephi stopped at a weight of 0). Gephi makes one line of parallel ties of one
kind, so each has a `kind` of its own; and drops what is directed in a file that says it is not.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from tieline.exports.drawn import Thing, Tie, thing_fields, tie_fields
from tieline.exports.form import Form, xml

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta lastmodifieddate="{date}"><creator>Tieline</creator>
<description>{description}</description></meta>
<graph mode="static"{way} idtype="string">
"""
THING = {name: "string" for name in ("kind", "sort", "description", "url")} | {
    name: "liststring" for name in ("other_names", "places", "themes")
}
TIE = {name: "string" for name in ("thickness", "seen", "role", "since", "until", "relation")} | {
    "evidence": "liststring", "strength": "double", "unknown": "double",
}  # fmt: skip
# of Okabe and Ito, which those who see fewer colours tell apart too
COLOURS = {
    "person": (0, 114, 178), "organisation": (230, 159, 0), "network": (204, 121, 167),
    "project": (0, 158, 115), "place": (86, 180, 233), "theme": (240, 228, 66),
}  # fmt: skip


class Written(Form):
    suffix, media = ".gexf", "application/gexf+xml"
    placed = True

    def head(self) -> bytes:
        told = "\n".join(f"{name}: {said}" for name, said in self.about.told().items())
        way = "" if self.about.mixed else ' defaultedgetype="undirected"'
        head = HEAD.format(date=self.about.date, description=xml(told), way=way)
        return (head + _declared("node", THING) + _declared("edge", TIE) + "<nodes>\n").encode()

    def things(self, page: Sequence[Thing]) -> bytes:
        return "".join(map(_node, page)).encode()

    def middle(self) -> bytes:
        return b"</nodes>\n<edges>\n"

    def ties(self, page: Sequence[Tie]) -> bytes:
        return "".join(map(_edge, page)).encode()

    def tail(self) -> bytes:
        return b"</edges>\n</graph>\n</gexf>\n"


def _declared(kind: str, fields: Mapping[str, str]) -> str:
    lines = (
        f'<attribute id="{name}" title="{name}" type="{as_}"/>' for name, as_ in fields.items()
    )
    return f'<attributes class="{kind}">{"".join(lines)}</attributes>\n'


def _node(thing: Thing) -> str:
    red, green, blue = COLOURS[thing.kind]
    look = f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
    if thing.x is not None:
        look += f'<viz:position x="{thing.x}" y="{thing.y}" z="0.0"/>'
    said = _values(thing_fields(thing))
    return f'<node id="{xml(thing.uid)}" label="{xml(thing.name)}">{said}{look}</node>\n'


def _edge(tie: Tie) -> str:
    said = tie_fields(tie)
    said["relation"] = said.pop("kind")
    ends = f'id="{xml(tie.uid)}" source="{xml(tie.start)}" target="{xml(tie.end)}"'
    way = "directed" if tie.directed else "undirected"
    return (
        f'<edge {ends} type="{way}" kind="{xml(tie.sole_kind)}" weight="{tie.weight}">'
        f"{_values(said)}</edge>\n"
    )


def _values(said: Mapping[str, Any]) -> str:
    lines = (f'<attvalue for="{name}" value="{_value(each)}"/>' for name, each in said.items())
    return f"<attvalues>{''.join(lines)}</attvalues>"


def _value(each: Any) -> str:
    """Gephi reads a list as `["a", "b"]`."""
    return xml(orjson.dumps(each).decode() if isinstance(each, list) else str(each))
