"""How much one request may ask for, counted on the document before anything is validated or read.

A fragment is counted once and remembered, so a document of nested spreads costs no more to
refuse than its own length. Introspection is exempt from depth and cost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_list_type,
)
from graphql.type import get_nullable_type

from tieline.errors import WrongUse
from tieline.graphql.pages import DEFAULT

BODY = 100_000
TOKENS = 1_000
DEPTH = 8
ALIASES = 15
DIRECTIVES = 50
ROOT_FIELDS = 10
COST = 50_000
SECONDS = 5.0
PLANNING = 12  # times as long, while a database that has just begun plans its questions,
WITHIN = 120.0  # but not after so many seconds,
AGAIN = 600.0  # nor anew so soon: who is merely overloaded is not helped by longer questions
MANY = 10**12  # more than that is not told: JSON has no whole numbers of any length
LIST = 10  # how many a list without pages is taken to hold


def allow(said: Mapping[str, int]) -> None:
    """Other limits than usual, from now on and for this whole process.

    Raises:
        WrongUse: there is no such limit.
    """
    known = set(told(0)) - {"page_size"}
    if unknown := sorted(said.keys() - known):
        raise WrongUse(f"TIELINE_LIMITS names {unknown[0]}: there are {', '.join(sorted(known))}.")
    globals().update({name.upper(): number for name, number in said.items()})


def told(page_size: int) -> dict[str, Any]:
    """The row behind the field `limits`."""
    return {
        "body": BODY,
        "tokens": TOKENS,
        "depth": DEPTH,
        "aliases": ALIASES,
        "directives": DIRECTIVES,
        "root_fields": ROOT_FIELDS,
        "page_size": page_size,
        "cost": COST,
        "seconds": SECONDS,
    }


@dataclass
class Size:
    """What a selection asks for. `cost`: things, for one parent."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    cost: int = 0

    def add(self, other: "Size") -> None:
        """Beside each other."""
        self.depth = max(self.depth, other.depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.fields += other.fields
        self.cost += other.cost


@dataclass
class Measure:
    """Measures one document with its variables."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    known: dict[str, Size] = field(default_factory=dict)
    varies: bool = False  # it would be another with other variables

    def selection(self, selected: SelectionSetNode | None, type_: Any) -> Size:
        total = Size()
        for node in selected.selections if selected else ():
            if isinstance(node, FieldNode):
                size = self.field(node, type_)
            elif isinstance(node, FragmentSpreadNode):
                size = self.fragment(node.name.value)
            else:
                condition = getattr(node, "type_condition", None)
                inner = self.schema.get_type(condition.name.value) if condition else type_
                size = self.selection(node.selection_set, inner)  # type: ignore[attr-defined]
            total.add(size)
            total.directives += len(node.directives or ())
        return total

    def fragment(self, name: str) -> Size:
        if name not in self.known:
            self.known[name] = Size()  # a circle ends here; validation refuses it
            if found := self.fragments.get(name):
                type_ = self.schema.get_type(found.type_condition.name.value)
                self.known[name] = self.selection(found.selection_set, type_)
        return self.known[name]

    def field(self, node: FieldNode, type_: Any) -> Size:
        if node.name.value.startswith("__"):
            return Size(aliases=int(node.alias is not None), fields=1)
        declared = getattr(type_, "fields", {}).get(node.name.value)
        named = get_named_type(declared.type) if declared else None
        inner = self.selection(node.selection_set, named)
        inner.depth += 1
        inner.aliases += node.alias is not None
        inner.fields = 1
        if node.selection_set:
            inner.cost = self.many(node, declared) * (1 + inner.cost)
        return inner

    def many(self, node: FieldNode, declared: Any) -> int:
        """How many things a field gives: its page, a list's guess, or one."""
        if declared is None:
            return 1
        if "first" in declared.args:
            return self.page(node, declared)
        if not is_list_type(get_nullable_type(declared.type)):
            return 1
        if named := self.named(node):  # one for each that is named
            return named
        in_page = node.name.value in ("edges", "nodes")
        return 1 if in_page else LIST

    def named(self, node: FieldNode) -> int:
        """How many a list names in its arguments, as `nodes(ids:)` does."""
        lists = [0]
        for value in (argument.value for argument in node.arguments or ()):
            said = self.said(value)
            lists.append(len(value.values) if isinstance(value, ListValueNode) else 0)
            lists.append(len(said) if isinstance(said, list) else 0)
        return max(lists)

    def said(self, value: Any) -> Any:
        """What a variable holds; None of anything else."""
        if not isinstance(value, VariableNode):
            return None
        self.varies = True
        return self.variables.get(value.name.value)

    def page(self, node: FieldNode, declared: Any) -> int:
        """The page that is asked for, forwards or backwards; a list's usual one if neither is."""
        asked = [
            self.number(argument.value)
            for argument in node.arguments or ()
            if argument.name.value in ("first", "last")
        ]
        if given := [many for many in asked if many is not None]:
            return max(1, *given)
        usual = declared.args["first"].default_value
        return max(1, usual) if isinstance(usual, int) else DEFAULT

    def number(self, value: Any) -> int | None:
        """What is written there, or what its variable holds; None: neither is a whole number."""
        if isinstance(value, IntValueNode):
            return int(value.value[:9])
        said = self.said(value)
        return int(said) if isinstance(said, int | float) and abs(said) < 2**31 else None


def usual(operation: OperationDefinitionNode) -> dict[str, Any]:
    """The whole numbers that its variables hold where they are left out."""
    return {
        each.variable.name.value: int(each.default_value.value[:9])
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }


def check(
    schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any] | None
) -> tuple[list[GraphQLError], int]:
    """What is refused (nothing, if all is well), and the cost of the document."""
    total, _ = measured(schema, document, variables)
    return list(refusals(total)), cost(total)


def cost(total: Size) -> int:
    return min(total.cost, MANY)


def measured(
    schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any] | None
) -> tuple[Size, bool]:
    """Its size, and whether it would be another with other variables."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    total, varies = Size(), False
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            measure = Measure(schema, fragments, usual(node) | (variables or {}))
            root = schema.get_root_type(node.operation)
            size = measure.selection(node.selection_set, root)
            size.directives += len(node.directives or ())
            total.add(size)
            varies |= measure.varies
    return total, varies


def refusals(total: Size) -> Iterator[GraphQLError]:
    for name, asked, most in (
        ("depth", total.depth, DEPTH),
        ("aliases", total.aliases, ALIASES),
        ("directives", total.directives, DIRECTIVES),
        ("root fields", total.fields, ROOT_FIELDS),
        ("cost", total.cost, COST),
    ):
        if asked > most:
            said = f"{asked:,}" if asked < MANY else "far too many"
            yield GraphQLError(
                f"This asks for too much: {name} {said}, at most {most:,}. Ask in smaller parts.",
                extensions={"code": f"TOO_MUCH_{name.upper().replace(' ', '_')}"},
            )
