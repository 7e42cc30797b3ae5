"""One task, one statement (two with a total): parameters out, rows in, answers attached."""

import asyncio
from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType, get_named_type, is_list_type, is_non_null_type
from graphql.type import get_nullable_type

from tieline.errors import WrongUse
from tieline.graphql.context import Asking
from tieline.graphql.cursors import cursor, start
from tieline.graphql.ids import local
from tieline.graphql.marks import Args, Fetch, Leaf, Row

if TYPE_CHECKING:
    from tieline.graphql.plan import Task

Columns = dict[str, str]  # name in the row -> property read


class PageSize(WrongUse):
    code = "PAGE_SIZE"


class Forbidden(WrongUse):
    code = "FORBIDDEN"


class Selection:
    """What graphql-core says is selected, and which columns that needs for this viewer."""

    def __init__(self, executor: Any) -> None:
        self.executor = executor
        self.asking: Asking = executor.context_value

    def fields(self, type_: Any, details: Any) -> Any:
        return self.executor.collect_subfields(type_, details).grouped_field_set

    def concrete(self, named: Any) -> list[GraphQLObjectType]:
        if isinstance(named, GraphQLObjectType):
            return [named]
        return list(self.executor.schema.get_possible_types(named))

    def columns(
        self, named: Any, details: Any, embedded: tuple[str, ...] = ()
    ) -> tuple[Columns, dict[str, Columns]]:
        """The columns selected of this type, and of the objects embedded in it; uid always."""
        columns: Columns = {"uid": "uid"}
        inner: dict[str, Columns] = {}
        for concrete in self.concrete(named):
            for ds in self.fields(concrete, details).values():
                field = self.executor.schema.get_field(concrete, ds[0].node.name.value)
                mark = field.extensions.get("mark") if field else None
                if isinstance(mark, Leaf) and mark.column in embedded:
                    deeper, _ = self.columns(get_named_type(field.type), ds)
                    inner.setdefault(mark.column, {}).update(deeper)
                elif isinstance(mark, Leaf) and (sent := self.sent(mark)):
                    columns[mark.column] = sent
                elif isinstance(mark, Fetch) and mark.needs:
                    columns[mark.needs] = mark.needs
        return columns, inner

    def sent(self, mark: Leaf) -> str:
        """The property this viewer reads for a leaf; empty where it is not theirs to read."""
        if mark.steward and not self.asking.viewer.numbers:
            return ""
        return self.asking.viewer.of(mark.column) if mark.by_level else mark.column


async def read(selection: Selection, task: "Task") -> None:
    """Answer a task for all its parents."""
    asking = selection.asking
    if not isinstance(task.mark, Fetch):
        answer = await task.mark.question(asking, task.args)
        for parent in task.parents:
            parent[task.key] = answer
        return
    if task.mark.steward and not asking.viewer.numbers:
        raise Forbidden("This is for stewards of the data: ask one, or sign in as one.")
    if "first" in task.args:
        page_size(asking, task.args)
    if is_connection(task):
        await connection(selection, task, task.mark)
    else:
        await plain(selection, task, task.mark)


def is_connection(task: "Task") -> bool:
    return get_named_type(task.field.type).name.endswith("Connection")


async def params(
    asking: Asking, task: "Task", mark: Fetch, columns: Columns, inner: dict[str, Columns]
) -> dict[str, Any]:
    """What every list's statement is given: parents, columns, and what the mark adds."""
    wanted = [mark.by(parent, task.args) for parent in task.parents]
    keys = [k for want in wanted for k in (want if isinstance(want, list) else [want])]
    given: dict[str, Any] = {"parents": list(dict.fromkeys(k for k in keys if k is not None))}
    given["cols"] = list(columns.values())
    for name in mark.embedded:
        given[f"{name}_cols"] = list(inner.get(name, {"uid": "uid"}).values())
    return given | dict(mark.constants) | dict(await mark.reach(asking, task.args))


async def plain(selection: Selection, task: "Task", mark: Fetch) -> None:
    """A list or one object a parent, without pages."""
    named = get_named_type(task.field.type)
    columns, inner = selection.columns(named, task.details, mark.embedded)
    given = await params(selection.asking, task, mark, columns, inner)
    if mark.statement == "entities":  # person(id:) of an organisation's uid is null
        given["kinds"] = [concrete.name for concrete in selection.concrete(named)]
    pages = await pages_of(selection.asking, mark.statement, given)
    shape = Shape(columns, {name: inner.get(name, {"uid": "uid"}) for name in mark.embedded})
    got = {parent: [shape.node(row) for row in rows] for parent, rows in pages}
    kind = get_nullable_type(task.field.type)
    for parent in task.parents:
        parent[task.key] = chosen(kind, got, mark.by(parent, task.args))


async def pages_of(asking: Asking, statement: str, given: dict[str, Any]) -> list[Any]:
    if not given["parents"]:
        return []
    pages: list[Any] = await asking.reader.pages(f"lists/{statement}", **given)
    return pages


def chosen(kind: Any, got: dict[str, list[Row]], want: Any) -> Any:
    """A parent's own answer: all rows of one key, the first of one, or one for each of several."""
    if not is_list_type(kind):
        return next(iter(got.get(want, ())), None)
    if not isinstance(want, list):
        return got.get(want, [])
    found = [next(iter(got.get(key, ())), None) for key in want]
    return [row for row in found if row is not None] if is_non_null_type(kind.of_type) else found


class Shape:
    """Turns a statement's rows, lists of values, into dicts."""

    def __init__(self, columns: Columns, inner: dict[str, Columns]) -> None:
        self.columns, self.inner = tuple(columns), {k: tuple(v) for k, v in inner.items()}

    def node(self, row: list[Any]) -> Row:
        """From [key, uid, [type, *columns], {embedded: [type, *columns]}, ...]."""
        made = thing(self.columns, row[2])
        for name, columns in self.inner.items():
            value = row[3][name]
            made[name] = None if value is None else thing(columns, value)
        return made


def thing(columns: tuple[str, ...], values: list[Any]) -> Row:
    """A network is an organisation that says so; the uid is there for every further level."""
    made: Row = dict(zip(columns, values[1:], strict=True))
    network = values[0] == "Network"
    made["__typename"] = "Organisation" if network else values[0]
    made["is_network"] = network
    return made


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
    shape = Shape(columns, {name: inner.get(name, {"uid": "uid"}) for name in mark.embedded})
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
    columns: Columns = {"uid": "uid"}
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


def named_key(row: Row, args: Args) -> str:
    """The key of a root field that names one thing: its `id` argument."""
    return local(args["id"])


def named_keys(row: Row, args: Args) -> list[str]:
    return [local(text) for text in args["ids"]]
