"""A connection: a page for each parent, and the total beside it, each only if selected."""

from functools import partial
from typing import TYPE_CHECKING, Any

from graphql import get_named_type

from tieline.graphql.cursors import FIRST, LAST, cursor, including, start
from tieline.graphql.marks import Args, Fetch, Row
from tieline.graphql.orders import UP, Order
from tieline.graphql.pages import Page, page_of
from tieline.graphql.parameters import pages_of, params, together, wanted
from tieline.graphql.ranked import page_info
from tieline.graphql.rows import Shape
from tieline.graphql.selection import Columns, Selection
from tieline.graphql.table import Table

if TYPE_CHECKING:
    from tieline.graphql.plan import Task


JOBS = ("rows", "beyond", "total")  # what a connection may have to read
CURSORS = {"edges", "pageInfo"}  # where they are


def is_connection(task: "Task") -> bool:
    return get_named_type(task.field.type).name.endswith("Connection")


async def connection(selection: Selection, task: "Task", mark: Fetch) -> None:
    """A page a parent, and what is beside it, each only if selected."""
    asking, named = selection.asking, get_named_type(task.field.type)
    page, order = page_of(asking, task.args), ordered(mark, task.args)
    of = mark.statement + order.suffix
    fields = selection.fields(named, task.details)
    asked = {ds[0].node.name.value for ds in fields.values()}
    below = node_selections(selection, named, fields)
    columns, inner = node_columns(selection, below, mark)
    wants = wanted(task, mark)
    given = await params(asking, task, mark, wants, columns, inner)
    jobs = {}
    if asked - {"totalCount", "__typename"}:
        jobs["rows"] = reading(of, order, page, given | keyed(mark, bool(asked & CURSORS)))
    if page.cursor is not None and other_way(selection, named, fields, page):
        jobs["beyond"] = behind(of, order, page, given | keyed(mark, False))
    if "totalCount" in asked:
        jobs["total"] = (f"{mark.statement}_count", without_columns(given))
    told = await together([pages_of(asking, *job) for job in jobs.values()])
    got = dict(zip(jobs, map(dict, told), strict=True))
    shape = Shape(columns, inner, mark.embedded)
    turned = paged
    if mark.by_column:
        turned = partial(tabled, whole=not any(selection.leads_on(*each) for each in below))
    made: dict[str, Row] = {}
    for parent, at in zip(task.parents, wants, strict=True):
        if at not in made:
            rows, beyond, total = (got.get(name, {}).get(at) for name in JOBS)
            made[at] = turned(rows or [], shape, page, of, bool(beyond and beyond[0]), asked)
            made[at]["total_count"] = total or 0
        parent[task.key] = made[at]


def keyed(mark: Fetch, wanted: bool) -> Args:
    """Whether a list by columns is to send its sort keys."""
    return {"keyed": wanted} if mark.by_column else {}


def ordered(mark: Fetch, args: Args) -> Order:
    """The order asked for, or the list's first."""
    if not mark.orders:
        return UP
    asked = args.get("orderBy") or next(iter(mark.orders))
    return mark.orders[str(getattr(asked, "value", asked))]


def reading(of: str, order: Order, page: Page, given: Args) -> tuple[str, Args]:
    """The statement of a page and its parameters: one row more tells whether there are others."""
    descending = order.descending != page.back
    key, uid = start(page.cursor, of) if page.cursor else LAST if descending else FIRST
    return directed(of, descending), given | {"k": key, "u": uid, "limit": page.size + 1}


def behind(of: str, order: Order, page: Page, given: Args) -> tuple[str, Args]:
    """Whether anything stands on the other side of the cursor, its own row among it."""
    descending = order.descending == page.back
    key, uid = including(start(page.cursor, of), descending)
    none: Args = {name: [] for name in given if name.endswith("cols")}
    return directed(of, descending), given | none | {"k": key, "u": uid, "limit": 1}


def directed(of: str, descending: bool) -> str:
    return f"{of}_desc" if descending else of


def without_columns(given: Args) -> Args:
    return {name: value for name, value in given.items() if not name.endswith("cols")}


def other_way(selection: Selection, named: Any, fields: Any, page: Page) -> bool:
    """Whether it is asked if there is more where the page was not read to."""
    wanted = "hasNextPage" if page.back else "hasPreviousPage"
    return any(
        inner[0].node.name.value == wanted
        for ds in fields.values()
        if ds[0].node.name.value == "pageInfo"
        for inner in selection.fields(get_named_type(named.fields["pageInfo"].type), ds).values()
    )


def node_columns(
    selection: Selection, below: list[tuple[Any, Any]], mark: Fetch
) -> tuple[Columns, dict[str, Columns]]:
    """The columns wanted of a connection's nodes, under `nodes` and under `edges { node }`."""
    columns: Columns = {}
    inner: dict[str, Columns] = {}
    for type_, details in below:
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


def paged(
    rows: list[Any], shape: Shape, page: Page, of: str, beyond: bool, wanted: set[str]
) -> Row:
    """What is wanted of it. edges and nodes get rows of their own: their selections may differ."""
    here, more = rows[: page.size], len(rows) > page.size
    here = here[::-1] if page.back else here
    edged = here if "edges" in wanted else here[:1] + here[-1:]
    ends = [cursor(row[0], row[1], of) for row in edged]
    before, after = (more, beyond) if page.back else (beyond, more)
    made: Row = {"page_info": page_info(ends, before, after)}
    if "edges" in wanted:
        made["edges"] = [
            {"cursor": at, "node": node, **(row[4] if len(row) > 4 else {})}
            for at, row, node in zip(ends, here, shape.nodes(here), strict=True)
        ]
    if "nodes" in wanted:
        made["nodes"] = shape.nodes(here)
    return made


def tabled(
    found: list[Any],
    shape: Shape,
    page: Page,
    of: str,
    beyond: bool,
    wanted: set[str],
    whole: bool = True,
) -> Row:
    """The same from [how many, [[sort key, uid], ...], type or types, columns, {embedded: [types,
    columns]}]; nodes as a `whole` table, where nothing is read below them."""
    many, keys, kinds, columns, *inside = found or shape.nothing()

    def here(values: list[Any]) -> list[Any]:
        return values[: page.size][::-1] if page.back else values[: page.size]

    def table() -> Table:
        each = kinds if isinstance(kinds, str) else here(kinds)
        return shape.table(each, [here(column) for column in columns], min(many, page.size))

    def rows() -> list[Row]:
        made = table().rows()
        for embedded in inside:
            shape.embed(made, embedded, here)
        return made

    shown = here(keys)
    edged = shown if "edges" in wanted else shown[:1] + shown[-1:]
    ends = [cursor(key, uid, of) for key, uid in edged]
    more = many > page.size
    made: Row = {"page_info": page_info(ends, *((more, beyond) if page.back else (beyond, more)))}
    if "edges" in wanted:
        both = zip(ends, rows(), strict=True)
        made["edges"] = [{"cursor": at, "node": node} for at, node in both]
    if "nodes" in wanted:
        made["nodes"] = table() if whole else rows()
    return made
