"""The saved operations: `operations/*.graphql`, each beginning with the question it asks."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graphql import OperationDefinitionNode, OperationType, parse, value_from_ast_untyped

FIRST = ("pathways", "bridges", "duplicates", "brokers", "search", "people")  # in the explorer


@dataclass(frozen=True)
class Operation:
    """One file: `question` is its first comment line, `defaults` the defaults of its variables.

    `changes`: it is a mutation.
    """

    name: str
    question: str
    text: str
    defaults: dict[str, Any]
    changes: bool = False

    def told(self) -> dict[str, Any]:
        """As the explorer lists it."""
        return {"name": self.name, "question": self.question, "query": self.text}


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
    changes = node.operation is OperationType.MUTATION
    return Operation(name, question, text, defaults, changes)
