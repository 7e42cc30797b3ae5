"""Gephi's tables: nodes.csv and edges.csv. No column is called interval, timestamp or timeset:
Gephi takes those for its own time."""

from tieline.exports.drawn import Thing, Tie, thing_fields, tie_fields
from tieline.exports.tables import Row, Tables


class Written(Tables):
    placed = True
    names = ("nodes.csv", "edges.csv")
    heads = (
        ("Id", "Label", "kind", "sort", "description", "url", "other_names", "places", "themes",
         "x", "y"),
        ("Source", "Target", "Type", "Id", "Kind", "Weight", "relation", "thickness", "evidence",
         "seen", "role", "since", "until", "strength", "unknown"),
    )  # fmt: skip

    def thing(self, thing: Thing) -> Row:
        said = thing_fields(thing)
        return said | {"Id": thing.uid, "Label": thing.name, "x": thing.x, "y": thing.y}

    def tie(self, tie: Tie) -> Row:
        way = "Directed" if tie.directed else "Undirected"
        ends = {"Source": tie.start, "Target": tie.end, "Type": way, "Id": tie.uid}
        said = tie_fields(tie)
        return said | ends | {"Kind": tie.sole_kind, "Weight": tie.weight, "relation": tie.kind}
