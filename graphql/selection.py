"""What graphql-core says is selected, and which columns that needs for this viewer."""

from functools import partial
from typing import Any

from graphql import GraphQLObjectType, get_named_type, is_composite_type

from tieline.graphql.context import Asking
from tieline.graphql.kept import Kept
from tieline.graphql.marks import Fetch, Leaf
from tieline.graphql.steering import steered

Columns = dict[str, str]  # name in the row -> property read
UID: Columns = {"uid": "uid"}
_columns: Kept[tuple[Columns, dict[str, Columns]]] = Kept(2_048)
_leads: Kept[bool] = Kept(2_048)


class Selection:
    """The selections of one operation."""

    def __init__(self, executor: Any) -> None:
        self.executor = executor
        self.asking: Asking = executor.context_value
        viewer = self.asking.viewer
        self.alike = (viewer.level, viewer.numbers, steered(executor))  # who is given the same

    def fields(self, type_: Any, details: Any) -> Any:
        return self.executor.collect_subfields(type_, details).grouped_field_set

    def concrete(self, named: Any) -> list[GraphQLObjectType]:
        if isinstance(named, GraphQLObjectType):
            return [named]
        return list(self.executor.schema.get_possible_types(named))

    def columns(
        self, named: Any, details: Any, embedded: tuple[str, ...] = ()
    ) -> tuple[Columns, dict[str, Columns]]:
        """The columns selected of this type, and of the objects embedded in it. The uid is among
        them where anything further is read by it, and always in what is embedded: no columns at all
        would say that it is not wanted.

        The same again for every request of one operation: not to be changed.
        """
        which = (*self.alike, named.name, embedded, *(id(each.node) for each in details))
        found = partial(self._columns, named, details, embedded)
        return _columns.get(self.executor.operation, which, found)

    def _columns(
        self, named: Any, details: Any, embedded: tuple[str, ...]
    ) -> tuple[Columns, dict[str, Columns]]:
        columns: Columns = {}
        inner: dict[str, Columns] = {}
        for concrete in self.concrete(named):
            for ds in self.fields(concrete, details).values():
                field = self.executor.schema.get_field(concrete, ds[0].node.name.value)
                mark = field.extensions.get("mark") if field else None
                if isinstance(mark, Leaf) and mark.column in embedded:
                    deeper, _ = self.columns(get_named_type(field.type), ds)
                    inner.setdefault(mark.column, dict(UID)).update(deeper)
                elif isinstance(mark, Leaf) and (sent := self.sent(mark)):
                    columns[mark.column] = sent
                elif isinstance(mark, Fetch):
                    columns |= {mark.needs: mark.needs} if mark.needs else UID
        return columns, inner

    def leads_on(self, named: Any, details: Any) -> bool:
        """Whether anything else is to be read, or looked into, below things of this type."""
        if not is_composite_type(named):
            return False
        which = ("on", *self.alike, named.name, *(id(each.node) for each in details))
        return _leads.get(self.executor.operation, which, partial(self._leads_on, named, details))

    def _leads_on(self, named: Any, details: Any) -> bool:
        for concrete in self.concrete(named):
            for ds in self.fields(concrete, details).values():
                name = ds[0].node.name.value
                field = name != "__typename" and self.executor.schema.get_field(concrete, name)
                if field and (
                    not isinstance(field.extensions.get("mark"), Leaf)
                    or is_composite_type(get_named_type(field.type))
                ):
                    return True
        return False

    def sent(self, mark: Leaf) -> str:
        """The property this viewer reads for a leaf; empty where it is not theirs to read."""
        if mark.steward and not self.asking.viewer.numbers:
            return ""
        return self.asking.viewer.of(mark.column) if mark.by_level else mark.column
