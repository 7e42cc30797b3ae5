"""Plan, read, attach: one fixed statement for each list selected, batched over all its parents.

The executor asks graphql-core itself which fields are selected (aliases, fragments, interfaces,
@skip, @include and merged fields by its own rules), level by level, on the rows just read. Rows
stay plain dicts. A fetched field's answer lies on its parent under "@" + response key, so two
aliases of one field never meet. Once everything is attached, completion awaits nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_composite_type,
)
from graphql.execution.values import get_argument_values

from tieline.graphql.marks import Args, Ask, Fetch, Row
from tieline.graphql.parameters import together
from tieline.graphql.reading import read
from tieline.graphql.selection import Selection
from tieline.graphql.table import Table

Details = list[Any]  # graphql-core's FieldDetails, as collect_subfields merged them
Key = tuple[Any, ...]


@dataclass(eq=False)
class Task:
    """One selected field with one set of arguments, and every parent row that wants it."""

    field: GraphQLField
    mark: Fetch | Ask
    args: Args
    details: Details
    key: str
    parents: list[Row]


class Plan:
    """What one operation reads. An object of its own: the executor's names are graphql-core's."""

    def __init__(self, executor: Any) -> None:
        self.executor = executor
        self.selection = Selection(executor)

    def walk(
        self, type_: GraphQLObjectType, fields: Any, rows: list[Row], out: dict[Key, Task]
    ) -> dict[Key, Task]:
        """Walk what is in memory; hand back, in `out`, what has to be read next."""
        for response_key, details in fields.items():
            field = self.executor.schema.get_field(type_, details[0].node.name.value)
            if field is None:
                continue  # validation has refused it, or it is __typename
            mark = field.extensions.get("mark")
            if isinstance(mark, Fetch | Ask):
                self.task(field, mark, response_key, details, rows, out)
            elif is_composite_type(named := get_named_type(field.type)) and mark is not None:
                self.descend(named, details, within(rows, mark.column), out)
        return out

    def task(
        self,
        field: GraphQLField,
        mark: Fetch | Ask,
        response_key: str,
        details: Details,
        rows: list[Row],
        out: dict[Key, Task],
    ) -> None:
        """One task a (mark, selected nodes): reached through two types, it is still one."""
        key = (id(mark), *(id(d.node) for d in details))
        if key in out:
            out[key].parents.extend(rows)
            return
        try:
            args = get_argument_values(
                field,
                details[0].node,
                self.executor.variable_values,
                details[0].fragment_variable_values,
            )
        except GraphQLError:
            return  # completion meets the same error, at its path
        out[key] = Task(field, mark, args, details, "@" + response_key, list(rows))

    def descend(self, named: Any, details: Details, rows: list[Row], out: dict[Key, Task]) -> None:
        """Into rows of an object type, or of each concrete type behind an interface."""
        groups: dict[str, list[Row]] = {}
        if isinstance(named, GraphQLObjectType):
            groups[named.name] = rows
        else:
            for row in rows:
                groups.setdefault(row["__typename"], []).append(row)
        for name, group in groups.items():
            if group:
                concrete = self.executor.schema.type_map[name]
                fields = self.selection.fields(concrete, details)
                self.walk(concrete, fields, group, out)

    async def fetch(self, tasks: dict[Key, Task]) -> None:
        """Level by level until nothing is left to read."""
        while tasks:
            level = list(tasks.values())
            await together([self.run(task) for task in level])
            tasks = {}
            for task in level:
                named = get_named_type(task.field.type)
                if self.selection.leads_on(named, task.details):
                    rows = fresh(parent.get(task.key) for parent in task.parents)
                    self.descend(named, task.details, rows, tasks)

    async def run(self, task: Task) -> None:
        """Attach the answer; a failure is attached too, and completion raises it at its path."""
        try:
            await read(self.selection, task)
        except Exception as error:  # located, coded and nulled as if a resolver had raised it
            for parent in task.parents:
                parent[task.key] = error


def within(rows: Iterable[Row], column: str) -> list[Row]:
    """The objects under a column, lists of them flattened. Below a table nothing is read."""
    found: list[Row] = []
    for row in rows:
        value = row.get(column)
        if isinstance(value, list):
            found.extend(value)
        elif value is not None and not isinstance(value, Table):
            found.append(value)
    return found


def fresh(answers: Iterable[Any]) -> list[Row]:
    """The rows attached, each once: two parents may share one answer, two answers a row."""
    each = {id(answer): answer for answer in answers}
    rows: dict[int, Row] = {}
    for answer in each.values():
        if isinstance(answer, list):
            rows.update((id(row), row) for row in answer if isinstance(row, dict))
        elif isinstance(answer, dict):
            rows[id(answer)] = answer
    return list(rows.values())
