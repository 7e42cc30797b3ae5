"""What a list's statement is given, and how it is read."""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from tieline.graphql.context import Asking
from tieline.graphql.marks import Fetch, own
from tieline.graphql.selection import Columns

if TYPE_CHECKING:
    from tieline.graphql.plan import Task

T = TypeVar("T")


async def together(asked: list[Coroutine[Any, Any, T]]) -> list[T]:
    """The answers in their order. One alone, as mostly, is awaited: a task for it costs more."""
    return [await asked[0]] if len(asked) == 1 else await asyncio.gather(*asked)


def wanted(task: "Task", mark: Fetch) -> list[Any]:
    """The key of each parent, or the list of its keys."""
    if mark.by is own:
        return [parent["uid"] for parent in task.parents]
    return [mark.by(parent, task.args) for parent in task.parents]


async def params(
    asking: Asking,
    task: "Task",
    mark: Fetch,
    wants: list[Any],
    columns: Columns,
    inner: dict[str, Columns],
) -> dict[str, Any]:
    """What every list's statement is given: parents, columns, and what the mark adds."""
    given: dict[str, Any] = {"parents": keys(wants)}
    given["cols"] = list(columns.values())
    for name in mark.embedded:
        given[f"{name}_cols"] = list(inner.get(name, {}).values())  # none: it is not selected
    given |= dict(mark.constants) | dict(await mark.reach(asking, task.args))
    return given | dict(await mark.among(asking, given["parents"]))


def keys(wants: list[Any]) -> list[str]:
    """Each key once."""
    flat = [k for want in wants for k in (want if isinstance(want, list) else (want,))]
    found = dict.fromkeys(flat)
    found.pop(None, None)
    return list(found)


async def pages_of(asking: Asking, statement: str, given: dict[str, Any]) -> list[Any]:
    if not given["parents"]:
        return []
    pages: list[Any] = await asking.reader.pages(f"lists/{statement}", **given)
    return pages
