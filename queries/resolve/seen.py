"""One answer for what is hidden and for what never was: not found."""

from tieline.database.reader import Reader
from tieline.errors import NotFound


def unknown(text: str) -> NotFound:
    """The error for a name or id that leads to nothing the viewer may see."""
    return NotFound(
        f"Nothing here answers to {text!r}. Search for it by name or by part of one (`tieline ask "
        "search`; over GraphQL: search), and use the id it shows."
    )


async def must_see(reader: Reader, *uids: str) -> dict[str, dict[str, str]]:
    """{uid, name, kind} of each, by uid.

    Raises:
        NotFound: one that the viewer may not see, or that is not there.
    """
    rows = await reader.rows("resolve/known", ids=sorted(uids)) if uids else []
    known = {row["uid"]: row for row in rows}
    for uid in uids:
        if uid not in known:
            raise unknown(uid)
    return known
