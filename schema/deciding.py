"""What a judgement of two records rests on: while these fields stay, nobody is asked again."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from tieline.schema.records import digest

DECIDING = {
    "person": ("name", "also_known_as"),
    "organisation": ("name", "also_known_as", "url"),
    "project": ("title", "starts", "ends", "amount"),
    "place": ("name", "also_known_as", "kind"),
    "theme": ("label", "scheme", "code"),
}
Held = tuple[str, str, str, Sequence[str], bool]  # uid, kind, fields as JSON, identifiers, branch


def evidence(records: Iterable[Held]) -> str:
    """Hash of the deciding fields and identifiers of records, in whatever order they come."""
    return digest(sorted(_deciding(*record) for record in records))


def _deciding(
    uid: str, kind: str, fields: str, ids: Sequence[str], branch: bool
) -> list[list[Any] | str | bool]:
    said = orjson.loads(fields)
    held = [[name, said[name]] for name in DECIDING.get(kind, ()) if said.get(name)]
    return [uid, held, sorted(ids), bool(branch)]
