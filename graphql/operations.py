"""The saved operations: `operations/*.graphql`, each beginning with the question it asks."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graphql import (
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    TypeNode,
    parse,
    value_from_ast_untyped,
)

FIRST = ("pathways", "bridges", "duplicates", "brokers", "search", "people")  # in the explorer


@dataclass(frozen=True)
class Operation:
    """One file: `question` is its first comment line, `defaults` the defaults of its variables.

    `blanks`: those that must be given, to be filled in. `changes`: it is a mutation. `followed`: a
    subscription, for the ways on which more than one answer comes.
    """

    name: str
    question: str
    text: str
    defaults: dict[str, Any]
    blanks: dict[str, Any]
    changes: bool = False
    followed: bool = False

    @property
    def reads(self) -> bool:
        """It has one answer, and changes nothing."""
        return not self.changes and not self.followed

    def told(self) -> dict[str, Any]:
        """As the explorer lists it."""
        told = {"name": self.name, "question": self.question, "query": self.text}
        return told | {"variables": self.blanks}


@cache
def saved() -> dict[str, Operation]:
    """Every saved operation by the name of its file, the great questions first."""
    folder = files("tieline.graphql").joinpath("operations")
    found = sorted(
        (f.name.removesuffix(".graphql"), f.read_text("utf-8")) for f in folder.iterdir()
    )
    found.sort(key=lambda f: FIRST.index(f[0]) if f[0] in FIRST else len(FIRST))
    return {name: read(name, text) for name, text in found}


def read(name: str, text: str) -> Operation:
    question = text.partition("\n")[0].removeprefix("#").strip()
    node = parse(text).definitions[0]
    assert isinstance(node, OperationDefinitionNode)
    defaults = {
        variable.variable.name.value: value_from_ast_untyped(variable.default_value)
        for variable in node.variable_definitions or ()
        if variable.default_value is not None
    }
    blanks = {
        variable.variable.name.value: blank(variable.type.type)
        for variable in node.variable_definitions or ()
        if variable.default_value is None and isinstance(variable.type, NonNullTypeNode)
    }
    kinds = (OperationType.MUTATION, OperationType.SUBSCRIPTION)
    changes, followed = (node.operation is kind for kind in kinds)
    return Operation(name, question, text, defaults, blanks, changes, followed)


BLANKS: dict[str, Any] = {"ID": "", "String": "", "Int": 0, "Float": 0.0, "Boolean": False}


def blank(type_: TypeNode) -> Any:
    """What to fill in for a variable of this type: an input is an object."""
    if isinstance(type_, ListTypeNode):
        return []
    return BLANKS.get(type_.name.value, {}) if isinstance(type_, NamedTypeNode) else None
