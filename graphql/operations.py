"""The saved operations: `operations/*.graphql`, each beginning with the question it asks."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graphql import OperationDefinitionNode, parse, value_from_ast_untyped


@dataclass(frozen=True)
class Operation:
    """One file: `question` is its first comment line, `defaults` the defaults of its variables."""

    name: str
    question: str
    text: str
    defaults: dict[str, Any]

    def told(self) -> dict[str, Any]:
        """As the explorer lists it."""
        return {"name": self.name, "question": self.question, "query": self.text}


@cache
def saved() -> dict[str, Operation]:
    """Every saved operation by the name of its file, in the order of the files."""
    folder = files("tieline.graphql").joinpath("operations")
    found = sorted(
        (f.name.removesuffix(".graphql"), f.read_text("utf-8")) for f in folder.iterdir()
    )
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
    return Operation(name, question, text, defaults)
