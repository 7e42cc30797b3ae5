"""Is this the same thing twice, or two efforts that could be one?"""

from collections.abc import Mapping
from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.duplicates.parallel import parallel
from tieline.queries.duplicates.same import REGISTERS, Thing, pairs, things
from tieline.queries.resolve.seen import must_see

KINDS = ("same_record", "parallel_effort")
VERDICTS = {
    "same_record": ("same", "different", "unsure"),
    "parallel_effort": ("parallel", "not_parallel", "unsure"),
}
PAGE = 2_000  # identifiers read at once


async def duplicates(
    reader: Reader, kind: str, scope: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Pairs, each once: what nobody has judged first.

    `kind`: 'same_record' or 'parallel_effort' ('-' will do for '_'). `scope`: place, theme (uids).
    Returns `rows` [{left_uid, right_uid, record_uids, kind, weight, reasons [{text, weight}],
    status}], `passed_over` (there were too many pairs to compare all) and `graph_version`.
    `status` is the last verdict on two of the records, 'same' for what is joined already (left and
    right are then one), else 'open'.

    Raises:
        NotFound: a place or theme that the viewer may not see.
        WrongUse: an unknown kind or scope.
    """
    kind = kind.replace("-", "_")
    if kind not in KINDS:
        raise WrongUse(f"There is no kind {kind!r}: ask for same-record or parallel-effort.")
    version = await reader.version()
    within = {"place": None, "theme": None, **(scope or {})}
    if unknown := within.keys() - {"place", "theme"}:
        raise WrongUse(f"Duplicates are looked for in a place or a theme, not {unknown.pop()}.")
    await must_see(reader, *filter(None, within.values()))
    passed_over = False
    if kind == "same_record":
        rows = pairs(await _things(reader, within))
    else:
        rows, passed_over = await parallel(reader, within["place"], within["theme"])
    rows = await _judged(reader, rows, kind)
    return {"rows": rows, "passed_over": passed_over, "graph_version": version}


async def _things(reader: Reader, within: Mapping[str, str | None]) -> list[Thing]:
    found: list[Any] = []
    while True:
        after = found[-1][0] if found else ""
        page = await reader.pages(
            "duplicates/identified", after=after, limit=PAGE, registers=REGISTERS, **within
        )
        found += page
        if len(page) < PAGE:
            return things(found)


async def _judged(reader: Reader, rows: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The rows with their status; open ones first, otherwise in the order they had."""
    uids = sorted({uid for row in rows for uid in row["record_uids"]})
    said = await reader.rows("duplicates/judged", uids=uids) if uids else []
    verdicts = {
        frozenset((each["left"], each["right"])): each["verdict"]
        for each in said
        if each["verdict"] in VERDICTS[kind]
    }
    told = [row | {"status": _status(row, verdicts)} for row in rows]
    return sorted(told, key=lambda row: row["status"] != "open")


def _status(row: Mapping[str, Any], verdicts: Mapping[frozenset[str], str]) -> str:
    if row["left_uid"] == row["right_uid"]:
        return "same"
    records = set(row["record_uids"])
    found = [verdict for pair, verdict in verdicts.items() if pair <= records]
    return found[-1] if found else "open"
