"""What is asked of everybody: the documents, and the plain answers that all must give alike."""

from typing import Any

PERSON = "p-00042"
NODE = f'{{ node(id: "{PERSON}") {{ __typename ... on Person {{ uid name bio pronouns }} }} }}'
FLAT = (
    "{ projects(first: 1000) { nodes "
    "{ uid name title description starts ends amount currency lessons status } } }"
)
NESTED = (
    "{ people(first: 50) { nodes { name ties(first: 20) { nodes { to { name themes { label } } } } "
    "} } }"
)
OURS = {"node": NODE, "1,000 x 10": FLAT, "50 x 20 nested": NESTED}
OFFERED = {
    "node": f'{{ people(where: {{uid: {{eq: "{PERSON}"}}}}) '
    "{ __typename uid name bio pronouns } }",
    "1,000 x 10": "{ projects(limit: 1000, sort: [{title: ASC}, {uid: ASC}]) "
    "{ uid name title description starts ends amount currency lessons status } }",
    "50 x 20 nested": "{ people(limit: 50, sort: [{name: ASC}, {uid: ASC}]) { name "
    "tiesConnection(first: 20, sort: [{edge: {rank: ASC}}, {node: {uid: ASC}}]) "
    "{ edges { node { name themes(sort: [{label: ASC}, {uid: ASC}]) { label } } } } } }",
}


def plain(data: dict[str, Any]) -> Any:
    """An answer without its own wrapping: rows, and rows in them."""
    found = next(iter(data.values()))
    if isinstance(found, dict) and "nodes" in found:
        found = found["nodes"]
    rows = found if isinstance(found, list) else [found]
    return [_row(each) for each in rows]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    row = dict(row)
    if "ties" in row:
        row["ties"] = [_to(each["to"]) for each in row["ties"]["nodes"]]
    if "tiesConnection" in row:
        row["ties"] = [_to(each["node"]) for each in row.pop("tiesConnection")["edges"]]
    return row


def _to(actor: dict[str, Any]) -> dict[str, Any]:
    return {"name": actor["name"], "themes": [theme["label"] for theme in actor["themes"]]}
