"""What to ask of the example field by each saved operation; somebody is erased last."""

from collections.abc import Callable
from typing import Any

from tests.web.conftest import put

from tieline.cli.demo import FROM, TO
from tieline.graphql.operations import saved

OTHER = "Ravi Copperwick"
Given = dict[str, Any] | Callable[[str], dict[str, Any]]


def uid(name: str) -> Callable[[str], dict[str, Any]]:
    return lambda url: {"id": _found(url, name)}


def _found(url: str, name: str) -> str:
    edges = put(url, saved()["search"].text, text=name)["search"]["edges"]
    return str(edges[0]["node"]["id"])


def pair(url: str) -> dict[str, Any]:
    """Two that may be one."""
    asked = "{ duplicates(kind: SAME_RECORD, first: 1) { nodes { left { uid } right { uid } } } }"
    (node,) = put(url, asked)["duplicates"]["nodes"]
    return {"left": node["left"]["uid"], "right": node["right"]["uid"]}


def answer(url: str) -> dict[str, Any]:
    """What the person who asks has said: it is told to nobody else."""
    return {"uid": put(url, saved()["my-ties"].text)["me"]["answers"][0]["uid"]}


def words(url: str) -> dict[str, Any]:
    """Two words of different vocabularies."""
    nodes = put(url, "{ themes(first: 100) { nodes { uid scheme } } }")["themes"]["nodes"]
    other = next(node for node in nodes if node["scheme"] != nodes[0]["scheme"])
    return {"theme": nodes[0]["uid"], "other": other["uid"]}


def route(url: str) -> dict[str, Any]:
    """The best one, step by step."""
    found = put(url, saved()["pathways"].text, **{"from": FROM, "to": TO})["pathways"]["routes"]
    hops = found[0]["hops"]
    return {"route": [hops[0]["from"]["uid"], *(hop["to"]["uid"] for hop in hops)]}


READ: dict[str, Given] = {
    "pathways": {"from": FROM, "to": TO},
    "pathways-theme": {"from": FROM, "theme": "kindness", "place": "Scotland"},
    "search": {"text": "a"},
    "actor": uid(FROM),
    "slipped": lambda url: {"actor": _found(url, FROM)},
    "place": uid("Leeds"),
    "theme": uid("kindness"),
    "tie": {"from": FROM, "to": OTHER},
    "introducers": {"from": FROM, "to": TO},
    "introduce": route,
    "broker": {"actor": FROM},
    "fit": {"actor": "Ninepin House"},
    "similar": {"draft": {"title": "Company at tea", "themes": ["kindness"]}},
    "translate": {"term": "good company"},
}
FIX = {"id": "Ninepin House", "field": "url", "value": "https://ninepin.example"}
SAID = {"thing": "Ninepin House", "theme": "kindness"}
CHANGE: dict[str, Given] = {
    "set-consent": {"input": {"who": OTHER, "audience": "MEMBERS"}},
    "taking-requests": {"input": {"who": OTHER, "taking": True}},
    "add": {"input": {"kind": "PROJECT", "name": "Tea at Four", "themes": ["kindness"]}},
    "correct": FIX,
    "withdraw-correction": FIX,
    "judge": lambda url: {"input": {**pair(url), "verdict": "UNSURE"}},
    "unjudge": pair,
    "record-ask": {"input": {"from": FROM, "of": OTHER, "to": TO}},
    "say-theme": SAID,
    "unsay-theme": SAID,
    "map-theme": lambda url: {"input": {**words(url), "predicate": "RELATED_MATCH"}},
    "unmap-theme": lambda url: words(url),
    "export-person": {"input": {"who": OTHER}},
    "erase": {"input": {"who": OTHER, "confirm": OTHER}},
}


# What only a person can say, of their own ties.
OWN: dict[str, Given] = {
    "describe-tie": {"input": {"to": OTHER, "closeness": 4}},
    "my-ties": {},
    "withdraw-observation": answer,
}


# What is told while it happens; and what has to happen for it.
FOLLOWED: dict[str, Given] = {
    "load-progress": lambda url: {"load": _load(url)},
    "question-progress": {"question": "BROKERS"},
    "judged": {},
}
HAPPENS: dict[str, tuple[str, ...]] = {"judged": ("judge", "unjudge")}


def _load(url: str) -> str:
    found = put(url, "{ loads(first: 1) { nodes { id } } }")["loads"]["nodes"]
    return str(found[0]["id"])


def asked() -> dict[str, Given]:
    """Every other saved operation, in an order in which each has something to work on."""
    questions = [name for name, operation in saved().items() if operation.reads]
    return {name: READ.get(name, {}) for name in questions if name not in OWN} | CHANGE
