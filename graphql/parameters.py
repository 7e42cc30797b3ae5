"""What a list's statement is given, and how it is read."""

from typing import TYPE_CHECKING, Any

from tieline.graphql.context import Asking
from tieline.graphql.marks import Fetch
from tieline.graphql.selection import Columns

if TYPE_CHECKING:
    from tieline.graphql.plan import Task


async def params(
    asking: Asking, task: "Task", mark: Fetch, columns: Columns, inner: dict[str, Columns]
) -> dict[str, Any]:
    """What every list's statement is given: parents, columns, and what the mark adds."""
    wanted = [mark.by(parent, task.args) for parent in task.parents]
    keys = [k for want in wanted for k in (want if isinstance(want, list) else [want])]
    given: dict[str, Any] = {"parents": list(dict.fromkeys(k for k in keys if k is not None))}
    given["cols"] = list(columns.values())
    for name in mark.embedded:
        given[f"{name}_cols"] = list(inner.get(name, {}).values())  # none: it is not selected
    given |= dict(mark.constants) | dict(await mark.reach(asking, task.args))
    return given | dict(await mark.among(asking, given["parents"]))


async def pages_of(asking: Asking, statement: str, given: dict[str, Any]) -> list[Any]:
    if not given["parents"]:
        return []
    pages: list[Any] = await asking.reader.pages(f"lists/{statement}", **given)
    return pages
