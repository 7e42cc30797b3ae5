"""What makes two executions of one operation select alike: the variables its directives name.

KEPT.get(executor.operation, (*steered(executor), ...), make)     worked out once
"""

from typing import Any

from graphql import VariableNode, Visitor, visit

from tieline.graphql.kept import Kept

KEPT = 512


class Steering(Visitor):
    """The variables that the directives of a document name."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: Any, *_: Any) -> None:
        values = (argument.value for argument in node.arguments or ())
        self.names |= {value.name.value for value in values if isinstance(value, VariableNode)}


def steering(executor: Any) -> tuple[str, ...]:
    found = Steering()
    for node in (executor.operation, *executor.fragment_definitions.values()):
        visit(node, found)
    return tuple(sorted(found.names))


_names: Kept[tuple[str, ...]] = Kept(KEPT)


def steered(executor: Any) -> tuple[Any, ...]:
    """The values of @skip's and @include's variables, in the order of their names."""
    names = _names.get(executor.operation, None, lambda: steering(executor))
    values = executor.variable_values.coerced
    return tuple(values.get(name) for name in names)
