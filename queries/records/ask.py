"""Partners' rows page by page, as they were understood."""

from typing import Any

from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.queries.resolve.find import find

LAST = "\U0010ffff"  # behind every uid
MOST = 1000  # rows a page


async def page(
    reader: Reader,
    source: str | None = None,
    entity: str | None = None,
    kind: str | None = None,
    first: int = 20,
    after: str | None = None,
) -> dict[str, Any]:
    """`rows` by uid, behind the row `after`; `next`: the uid to go on behind, or null at the end.

    A row: uid, kind, source, date, fields (JSON), ids, entity (uid), file, mentions [{role, record,
    kind, fields, ids, entity}].

    Raises:
        WrongUse: no such page.
        NotFound, Ambiguous: nothing, or several, answer to `entity`.
    """
    if not 1 <= first <= MOST:
        raise WrongUse(f"--first {first}: ask for 1 to {MOST:,} rows at once.")
    begin, until = (f"{source}:", f"{source};") if source else ("", LAST)
    bounds = {"from": max(begin, after or ""), "until": until, "kind": kind, "limit": first + 1}
    if entity is None:
        found = await reader.rows("records/page", **bounds)
    else:
        found = await reader.rows("records/of", uid=await find(reader, entity), **bounds)
    uids: list[str] = found[0]["uids"]
    rows = await reader.rows("records/read", uids=uids[:first])
    return {"rows": rows, "next": uids[first - 1] if len(uids) > first else None}
