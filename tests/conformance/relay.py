"""npm relay-compiler: whether Relay's own compiler takes the schema, lists that go on, rows asked
anew by id, and every saved operation."""

import shutil
from pathlib import Path
from typing import TypeVar

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    NameNode,
    Node,
    NonNullTypeNode,
    OperationDefinitionNode,
    VariableDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)
from tests.conformance.asking import schema
from tests.conformance.fetching import said
from tests.conformance.told import HERE, Bench, Outcome, Service

from tieline.graphql.operations import saved

N = TypeVar("N", bound=Node)
CONFIG = '{"src": "src", "schema": "schema.graphql", "language": "javascript"}'


def ask(service: Service, bench: Bench, out: Path) -> Outcome:
    room = bench.npm / "relay"
    shutil.rmtree(room, ignore_errors=True)
    shutil.copytree(HERE / "relay", room / "src")
    (room / "relay.config.json").write_text(CONFIG, "utf-8")
    (room / "schema.graphql").write_text(schema(service), "utf-8")
    for name, operation in saved().items():
        module = "saved" + "".join(part.capitalize() for part in name.split("-"))
        text = print_ast(renamed(parse(operation.text), module)).replace("`", "")
        (room / "src" / f"{module}.js").write_text(f"graphql`\n{text}\n`\n", "utf-8")
    line = [bench.node, bench.npm / "node_modules/.bin/relay-compiler"]
    status, told = said(line, room, out)
    made = len(list((room / "src").rglob("*.graphql.js")))
    failed = [told.strip()[-300:]] if status else []
    if made < len(saved()):
        failed.append(f"only {made} documents were compiled")
    asked = f"{len(saved())} saved operations and {len(list((HERE / 'relay').glob('*.js')))} pages"
    return Outcome(made, failed, f"documents compiled, of {asked}")


def renamed(document: DocumentNode, module: str) -> DocumentNode:
    """Relay wants names to begin with their module's, an operation's to end with its kind; and,
    other than GraphQL, a default only for a variable that may be null."""

    class Rename(Visitor):
        def enter_operation_definition(
            self, node: OperationDefinitionNode, *_: object
        ) -> OperationDefinitionNode:
            return changed(
                node, name=NameNode(value=f"{module}{node.operation.value.capitalize()}")
            )

        def enter_fragment_definition(
            self, node: FragmentDefinitionNode, *_: object
        ) -> FragmentDefinitionNode:
            return changed(node, name=NameNode(value=f"{module}_{node.name.value}"))

        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> FragmentSpreadNode:
            return changed(node, name=NameNode(value=f"{module}_{node.name.value}"))

        def enter_variable_definition(
            self, node: VariableDefinitionNode, *_: object
        ) -> VariableDefinitionNode:
            if node.default_value is None or not isinstance(node.type, NonNullTypeNode):
                return node
            return changed(node, type=node.type.type)

    found: DocumentNode = visit(document, Rename())
    return found


def changed(node: N, **values: Node) -> N:
    """A copy, since nodes are never altered."""
    return type(node)(**({key: getattr(node, key) for key in node.keys} | values))
