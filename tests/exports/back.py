"""A file read back by an ordinary parser of its syntax, under the names of drawn.py.

`back(name, content)` gives (things by id, ties, everything said about the whole as text). A value
is as the format gives it: a list where it has lists, text where it has not.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from openpyxl import load_workbook

Row = dict[str, Any]
Back = tuple[dict[str, Row], list[Row], str]
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
KUMU = {
    "id": "uid", "label": "name", "type": "kind", "tags": "themes", "from": "start", "to": "end",
    "strength": "weight", "other names": "other_names",
}  # fmt: skip
GEPHI = {"id": "uid", "label": "name", "source": "start", "target": "end", "relation": "kind"}


def back(name: str, content: bytes) -> Back:
    return READERS[name](content)


def _kumu(content: bytes) -> Back:
    data = json.loads(content)
    return _tabled(data["elements"], data["connections"], "")


def _tabled(things: list[Row], ties: list[Row], about: str) -> Back:
    rows = [_renamed(each, KUMU) for each in things]
    lines = [_renamed(each, KUMU) for each in ties]
    for line in lines:
        line["directed"] = line.pop("direction") == "directed"
    return {row["uid"]: row for row in rows}, lines, about


def _renamed(row: Row, names: dict[str, str]) -> Row:
    lowered = {key.lower(): value for key, value in row.items() if value not in (None, "")}
    return {names.get(key, key): value for key, value in lowered.items()}


def _cytoscape(content: bytes) -> Back:
    data = json.loads(content)
    nodes = [each["data"] | each.get("position", {}) for each in data["elements"]["nodes"]]
    edges = [each["data"] for each in data["elements"]["edges"]]
    for row in nodes:
        row["uid"] = row["id"]
    ties = [_ends(row) | {"uid": row["id"], "directed": row["directed"]} for row in edges]
    return {row["uid"]: row for row in nodes}, ties, json.dumps(data["data"])


def _ends(row: Row) -> Row:
    return row | {"start": row["source"], "end": row["target"]}


def _graphology(content: bytes) -> Back:
    data = json.loads(content)
    nodes = {
        each["key"]: each["attributes"] | {"uid": each["key"], "name": each["attributes"]["label"]}
        for each in data["nodes"]
    }
    ties = [
        _ends(each) | each["attributes"]
        | {"uid": each["key"], "directed": not each.get("undirected", False)}
        for each in data["edges"]
    ]  # fmt: skip
    return nodes, ties, json.dumps(data["attributes"])


def _jgf(content: bytes) -> Back:
    graph = json.loads(content)["graph"]
    nodes = {
        uid: each["metadata"] | {"uid": uid, "name": each["label"]}
        for uid, each in graph["nodes"].items()
    }
    ties = [
        _ends(each) | each["metadata"] | {"uid": each["id"], "kind": each["relation"]}
        for each in graph["edges"]
    ]
    return nodes, ties, json.dumps(graph["metadata"])


def _gexf(content: bytes) -> Back:
    root = fromstring(content)
    nodes = {}
    for node in root.iter(f"{GEXF}node"):
        place = node.find(f"{VIZ}position")
        at = {} if place is None else {axis: float(place.attrib[axis]) for axis in "xy"}
        row = _values(node) | at | {"uid": node.attrib["id"], "name": node.attrib["label"]}
        nodes[row["uid"]] = row
    ties = [
        _ends(dict(each.attrib)) | _values(each)
        | {"uid": each.attrib["id"], "directed": each.attrib["type"] == "directed",
           "kind": _values(each)["relation"]}
        for each in root.iter(f"{GEXF}edge")
    ]  # fmt: skip
    return nodes, ties, root.findtext(f".//{GEXF}description") or ""


def _values(element: Element) -> Row:
    """A list is written in square brackets."""
    return {
        each.attrib["for"]: _listed(each.attrib["value"])
        for each in element.iter(f"{GEXF}attvalue")
    }


def _listed(text: str) -> Any:
    return json.loads(text) if text.startswith("[") else text


def _graphml(content: bytes) -> Back:
    root = fromstring(content)
    nodes = {}
    for node in root.iter(f"{GRAPHML}node"):
        row = _data(node, "node") | {"uid": node.attrib["id"]}
        nodes[row["uid"]] = row | {"name": row["label"]}
    ties = [
        _ends(dict(each.attrib)) | _data(each, "edge")
        | {"uid": each.attrib["id"], "directed": each.attrib["directed"] == "true"}
        for each in root.iter(f"{GRAPHML}edge")
    ]  # fmt: skip
    graph = next(root.iter(f"{GRAPHML}graph"))
    return nodes, ties, "\n".join(str(each) for each in _data(graph, "graph").values())


def _data(element: Element, kind: str) -> Row:
    found = element.findall(f"{GRAPHML}data")
    return {each.attrib["key"].removeprefix(f"{kind}-"): each.text or "" for each in found}


def _tables(content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield name, packed.read(name).decode()


def _csv(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _gephi_csv(content: bytes) -> Back:
    found = dict(_tables(content))
    nodes = [_renamed(each, GEPHI) for each in _csv(found["nodes.csv"])]
    edges = [{k: v for k, v in each.items() if k != "Kind"} for each in _csv(found["edges.csv"])]
    ties = [_renamed(each, GEPHI) for each in edges]
    for line in ties:
        line["directed"] = line.pop("type") == "Directed"
    return {row["uid"]: row for row in nodes}, ties, found["README.txt"]


def _kumu_csv(content: bytes) -> Back:
    found = dict(_tables(content))
    things, ties = (_csv(found[f"{name}.csv"]) for name in ("elements", "connections"))
    return _tabled(things, ties, found["README.txt"])


def _xlsx(content: bytes) -> Back:
    book = load_workbook(io.BytesIO(content), read_only=True)
    things, ties = (_sheet(book[name]) for name in ("Elements", "Connections"))
    about = "\n".join(str(row[1]) for row in book["About"].iter_rows(values_only=True))
    return _tabled(things, ties, about)


def _sheet(sheet: Any) -> list[Row]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


READERS: dict[str, Callable[[bytes], Back]] = {
    "kumu": _kumu, "gexf": _gexf, "graphml": _graphml, "cytoscape": _cytoscape,
    "graphology": _graphology, "jgf": _jgf, "gephi-csv": _gephi_csv, "kumu-csv": _kumu_csv,
    "xlsx": _xlsx,
}  # fmt: skip
