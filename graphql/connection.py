"""A connection: a page for each parent, and the total beside it, each only if selected."""

import asyncio
from typing import TYPE_CHECKING, Any

from graphql import get_named_type

from tieline.errors import WrongUse
from tieline.graphql.context import Asking
from tieline.graphql.cursors import cursor, start
from tieline.graphql.marks import Args, Fetch, Row
from tieline.graphql.parameters import pages_of, params
from tieline.graphql.rows import Shape
from tieline.graphql.selection import UID, Columns, Selection

if TYPE_CHECKING:
    from tieline.graphql.plan import Task


class PageSize(WrongUse):
    code = "PAGE_SIZE"


def is_connection(task: "Task") -> bool:
    return get_named_type(task.field.type).name.endswith("Connection")


async def connection(selection: Selection, task: "Task", mark: Fetch) -> None:
    """A page a parent, and the total beside it, each only if selected."""
    asking, named = selection.asking, get_named_type(task.field.type)
    first: int = task.args["first"]
    fields = selection.fields(named, task.details)
    wanted = {ds[0].node.name.value for ds in fields.values()}
    columns, inner = node_columns(selection, named, fields, mark)
    given = await params(asking, task, mark, columns, inner)
    key, uid = start(task.args.get("after"))
    paged = given | {"k": key, "u": uid, "limit": first + 1}
    jobs = []
    if wanted - {"totalCount", "__typename"}:
        jobs.append(pages_of(asking, mark.statement, paged))
    if "totalCount" in wanted:
        counted = {k: v for k, v in given.items() if not k.endswith("cols")}
        jobs.append(pages_of(asking, f"{mark.statement}_count", counted))
    got = await asyncio.gather(*jobs)
    totals = dict(got.pop()) if "totalCount" in wanted else {}
    pages = dict(got[0]) if got else {}
    shape = Shape(columns, inner, mark.embedded)
    made: dict[str, Row] = {}
    for parent in task.parents:
        at = mark.by(parent, task.args)
        if at not in made:
            made[at] = page(pages.get(at, []), shape, totals.get(at, 0), first, task.args)
        parent[task.key] = made[at]


def page_size(asking: Asking, args: Args) -> int:
    """How many to give.

    Raises:
        PageSize: below 1 or above what this viewer may have at once.
    """
    first: int = args["first"]
    if not 1 <= first <= asking.page_limit:
        raise PageSize(
            f"first is {first}: ask for 1 to {asking.page_limit} at a time and go on with after."
        )
    return first


def node_columns(
    selection: Selection, named: Any, fields: Any, mark: Fetch
) -> tuple[Columns, dict[str, Columns]]:
    """The columns wanted of a connection's nodes, under `nodes` and under `edges { node }`."""
    columns: Columns = dict(UID)
    inner: dict[str, Columns] = {}
    for type_, details in node_selections(selection, named, fields):
        found, deeper = selection.columns(type_, details, mark.embedded)
        columns.update(found)
        for name, more in deeper.items():
            inner.setdefault(name, {}).update(more)
    return columns, inner


def node_selections(selection: Selection, named: Any, fields: Any) -> list[tuple[Any, Any]]:
    found = []
    for ds in fields.values():
        name = ds[0].node.name.value
        if name == "nodes":
            found.append((get_named_type(named.fields["nodes"].type), ds))
        elif name == "edges":
            edge = get_named_type(named.fields["edges"].type)
            for inner in selection.fields(edge, ds).values():
                if inner[0].node.name.value == "node":
                    found.append((get_named_type(edge.fields["node"].type), inner))
    return found


def page(rows: list[Any], shape: Shape, total: int, first: int, args: Args) -> Row:
    """edges and nodes get rows of their own: their selections may differ."""
    here = rows[:first]
    ends = [cursor(row[0], row[1]) for row in here]
    edges = [
        {"cursor": at, "node": shape.node(row), **(row[4] if len(row) > 4 else {})}
        for at, row in zip(ends, here, strict=True)
    ]
    return {
        "total_count": total,
        "edges": edges,
        "nodes": [shape.node(row) for row in here],
        "page_info": page_info(ends, len(rows) > first, args.get("after") is not None),
    }


def page_info(ends: list[str], more: bool, before: bool) -> Row:
    return {
        "has_next_page": more,
        "has_previous_page": before,
        "start_cursor": ends[0] if ends else None,
        "end_cursor": ends[-1] if ends else None,
    }
