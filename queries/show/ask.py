"""What is known of one thing: its records and sources, what is stated of it, its ties."""

from typing import Any

from tieline.database.reader import Reader
from tieline.queries.resolve.find import find
from tieline.queries.resolve.seen import must_see


async def held(reader: Reader, text: str) -> dict[str, Any]:
    """`uid`, `name`, `kind`; `records`, every one with its source, marked `visible` or not;
    `relationships` [{verb, begins, others, times}]; `ties`, how many it has (null for no actor).

    Raises:
        NotFound, Ambiguous: nothing, or several, answer to `text`.
    """
    uid = await find(reader, text)
    thing = (await must_see(reader, uid))[uid]
    records = await reader.rows("show/records", uid=uid)
    stated = await reader.rows("show/relationships", uid=uid)
    ties = None
    if thing["kind"] in ("person", "organisation", "network"):
        every = dict.fromkeys(("label", "kinds", "since", "people"))
        every |= dict.fromkeys(("not_label", "not_kinds", "not_since"))
        pages = await reader.pages("lists/actor_ties_count", parents=[uid], narrowed=False, **every)
        ties = pages[0][1] if pages else 0
    return {**thing, "records": records, "relationships": stated, "ties": ties}
