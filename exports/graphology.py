"""graphology's JSON, which sigma.js draws: https://graphology.github.io/serialization.html.

Parallel ties are refused unless `multi`; sigma keeps `type` for itself, so ours is `kind`; it
draws nobody without a place: who has none is laid out as a sunflower's seeds are, by uid.
"""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import Any

from orjson import dumps

from tieline.exports.drawn import Thing, Tie, thing_fields, tie_fields
from tieline.exports.form import Form, Items

GOLDEN = pi * (3 - sqrt(5))  # radians from one seed to the next


class Written(Form):
    suffix, media = ".json", "application/json"
    placed = True

    def head(self) -> bytes:
        self._items, self._seeds = Items(), 0
        about = dumps(self.about.told() | {"name": self.about.title})
        options = b'{"type":"mixed","multi":true,"allowSelfLoops":true}'
        return b'{"attributes":' + about + b',"options":' + options + b',"nodes":[\n'

    def things(self, page: Sequence[Thing]) -> bytes:
        first, self._seeds = self._seeds, self._seeds + len(page)
        seeds = enumerate(page, first)
        return self._items.more(dumps(_node(each, seed)) for seed, each in seeds)

    def middle(self) -> bytes:
        self._items = Items()
        return b'\n],"edges":[\n'

    def ties(self, page: Sequence[Tie]) -> bytes:
        return self._items.more(dumps(_edge(each)) for each in page)

    def tail(self) -> bytes:
        return b"\n]}\n"


def _node(thing: Thing, seed: int) -> dict[str, Any]:
    x, y = (thing.x, thing.y) if thing.x is not None else sunflower(seed)
    place = {"label": thing.name, "x": x, "y": y}
    return {"key": thing.uid, "attributes": place | thing_fields(thing)}


def _edge(tie: Tie) -> dict[str, Any]:
    ends = {"key": tie.uid, "source": tie.start, "target": tie.end}
    said = {"weight": tie.weight} | tie_fields(tie)
    return ends | {"undirected": not tie.directed, "attributes": said}


def sunflower(seed: int) -> tuple[float, float]:
    """Where the n-th seed is: evenly apart, however many there are."""
    away, turn = sqrt(seed), seed * GOLDEN
    return round(away * cos(turn), 4), round(away * sin(turn), 4)
