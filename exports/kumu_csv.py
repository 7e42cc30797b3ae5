"""Kumu's tables: elements.csv and connections.csv, the same columns as its JSON has fields.

https://docs.kumu.io/guides/import: several values in a cell are parted by |.
"""

from tieline.exports.drawn import Thing, Tie
from tieline.exports.kumu import connection, element
from tieline.exports.tables import Row, Tables

ELEMENTS = {
    "id": "ID", "label": "Label", "type": "Type", "description": "Description", "tags": "Tags",
    "Places": "Places", "Other names": "Other names", "Sort": "Sort", "Url": "Url",
}  # fmt: skip
CONNECTIONS = {
    "from": "From", "to": "To", "type": "Type", "direction": "Direction", "Strength": "Strength",
    "Thickness": "Thickness", "Evidence": "Evidence", "Seen": "Seen", "Role": "Role",
    "Since": "Since", "Until": "Until", "Unknown": "Unknown", "id": "ID",
}  # fmt: skip


class Written(Tables):
    names = ("elements.csv", "connections.csv")
    heads = (tuple(ELEMENTS.values()), tuple(CONNECTIONS.values()))

    def thing(self, thing: Thing) -> Row:
        return {ELEMENTS[name]: value for name, value in element(thing).items()}

    def tie(self, tie: Tie) -> Row:
        return {CONNECTIONS[name]: value for name, value in connection(tie).items()}
