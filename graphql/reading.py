"""One task, one statement (two with a total): parameters out, rows in, answers attached."""

from itertools import islice
from typing import TYPE_CHECKING, Any

from graphql import get_named_type, is_list_type, is_non_null_type
from graphql.type import get_nullable_type

from tieline.errors import WrongUse
from tieline.graphql.connection import connection, is_connection
from tieline.graphql.ids import local
from tieline.graphql.marks import Args, Fetch, Row, own
from tieline.graphql.pages import page_size
from tieline.graphql.parameters import pages_of, params, together, wanted
from tieline.graphql.rows import Shape
from tieline.graphql.selection import Selection

if TYPE_CHECKING:
    from tieline.graphql.plan import Task


class Forbidden(WrongUse):
    code = "FORBIDDEN"


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
    if is_connection(task):
        await connection(selection, task, task.mark)
    else:
        if "first" in task.args:
            page_size(asking, task.args)
        await plain(selection, task, task.mark)


async def plain(selection: Selection, task: "Task", mark: Fetch) -> None:
    """A list or one object a parent, without pages."""
    named = get_named_type(task.field.type)
    columns, inner = selection.columns(named, task.details, mark.embedded)
    wants = wanted(task, mark)
    given = await params(selection.asking, task, mark, wants, columns, inner)
    if mark.statement == "entities":  # person(id:) of an organisation's uid is null
        given.setdefault("kinds", [concrete.name for concrete in selection.concrete(named)])
    asked = by_form(mark, given)
    answers = await together([pages_of(selection.asking, *each) for each in asked])
    got: dict[str, list[Row]] = {}
    for (statement, _), pages in zip(asked, answers, strict=True):
        inside = () if mark.also and statement != "ties" else mark.embedded
        shape = Shape(columns, inner, inside)
        got |= dealt(shape, pages, given["parents"]) if mark.shared else owned(shape, pages)
    kind, key = get_nullable_type(task.field.type), task.key
    if mark.by is own and is_list_type(kind):  # as `chosen` does it, for hundreds of parents
        for parent, want in zip(task.parents, wants, strict=True):
            parent[key] = got.get(want, [])
        return
    for parent, want in zip(task.parents, wants, strict=True):
        parent[key] = chosen(kind, got, want)


def owned(shape: Shape, pages: list[Any]) -> dict[str, list[Row]]:
    """From [parent, rows] each: each parent's own rows."""
    made = iter(shape.nodes([row for _, rows in pages for row in rows]))
    return {parent: list(islice(made, len(rows))) for parent, rows in pages if rows}


def dealt(shape: Shape, pages: list[Any], parents: list[str]) -> dict[str, list[Row]]:
    """From [row, places of its parents] each, in order: rows that parents have in common."""
    found: list[list[Row]] = [[] for _ in parents]
    for row, (_, whose) in zip(shape.things([row for row, _ in pages]), pages, strict=True):
        for at in whose:
            found[at].append(row)
    return dict(zip(parents, found, strict=True))


def by_form(mark: Fetch, given: Args) -> list[tuple[str, Args]]:
    """The statements that may know the keys, with what each is given."""
    if not mark.also:
        return [(mark.statement, given)] if given["parents"] else []
    bare = {k: v for k, v in given.items() if k in ("cols", "kinds")}
    found = [(mark.statement, bare | {"parents": [k for k in given["parents"] if "~" not in k]})]
    for sign, statement in mark.also.items():
        more = {k: v for k, v in given.items() if statement == "ties" or k == "cols"}
        more.pop("kinds", None)
        found.append((statement, more | {"parents": [k for k in given["parents"] if sign in k]}))
    return [each for each in found if each[1]["parents"]]


def chosen(kind: Any, got: dict[str, list[Row]], want: Any) -> Any:
    """A parent's own answer: all rows of one key, the first of one, or one for each of several."""
    if not is_list_type(kind):
        return next(iter(got.get(want, ())), None)
    if not isinstance(want, list):
        return got.get(want, [])
    found = [next(iter(got.get(key, ())), None) for key in want]
    return [row for row in found if row is not None] if is_non_null_type(kind.of_type) else found


def named_key(row: Row, args: Args) -> str:
    """The key of a root field that names one thing: its `id` argument."""
    return local(args["id"])


def named_keys(row: Row, args: Args) -> list[str]:
    return [local(text) for text in args["ids"]]
