"""Between the document and its execution: parsed and validated once if good, measured each time."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    parse,
    specified_rules,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

from tieline.graphql import limits
from tieline.graphql.figures import operation_of
from tieline.graphql.traces import spanned

KEPT, LONGEST = 128, 20_000  # documents remembered, and characters of one
ERRORS = 5  # of one document, those that are told
UNTOLD = "This service does not tell its schema: graphql/schema.graphql in Tieline's source is it."


class Good(NamedTuple):
    """A document that was found good. `size`: where it is the same whatever its variables hold."""

    schema: GraphQLSchema
    document: DocumentNode
    size: limits.Size | None


_good: OrderedDict[str, Good] = OrderedDict()


def known(schema: GraphQLSchema, text: str) -> DocumentNode | None:
    """The document, if this very text was found good."""
    held = _good.get(text)
    if held is None or held.schema is not schema:
        return None
    _good.move_to_end(text)
    return held.document


def checked(
    schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any] | None
) -> tuple[list[GraphQLError], int]:
    """What is too much of it (nothing, if all is well), and its cost."""
    held = _held(document)
    if held is None or held.schema is not schema or held.size is None:
        return limits.check(schema, document, variables)
    return list(limits.refusals(held.size)), limits.cost(held.size)


def _held(document: DocumentNode) -> Good | None:
    held = _good.get(document.loc.source.body) if document.loc else None
    return held if held and held.document is document else None


def parsed(text: str) -> DocumentNode:
    """The very document that was found good, if this text was: of a refused one nothing is kept."""
    if held := _good.get(text):
        _good.move_to_end(text)
        return held.document
    return parse(text, max_tokens=limits.TOKENS)


def validated(schema: GraphQLSchema, document: DocumentNode) -> tuple[GraphQLError, ...]:
    held = _held(document)
    if held and held.schema is schema:
        return ()
    text = document.loc.source.body if document.loc else ""
    errors = tuple(validate_document(schema, document, tuple(specified_rules))[:ERRORS])
    if not errors and 0 < len(text) <= LONGEST:
        size, varies = limits.measured(schema, document, None)
        _good[text] = Good(schema, document, None if varies else size)
        if len(_good) > KEPT:
            _good.popitem(last=False)
    return errors


def introspects(schema: GraphQLSchema, document: DocumentNode) -> bool:
    return bool(validate_document(schema, document, (NoSchemaIntrospectionCustomRule,)))


class Guard(SchemaExtension):
    """Refuses what is too much before validating it: validation itself can be made slow."""

    cost: int | None = None

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.query and context.graphql_document is None:
            with spanned("parse"):
                context.graphql_document = parsed(context.query)
            context.context.saved = operation_of(context.query)
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        schema: Any = context.schema._schema
        document = context.graphql_document
        assert document is not None
        with spanned("validate"):
            refused, self.cost = checked(schema, document, context.variables)
            if not refused and not context.context.introspection and introspects(schema, document):
                refused = [GraphQLError(UNTOLD, extensions={"code": "INTROSPECTION_OFF"})]
            context.pre_execution_errors = refused or list(validated(schema, document))
        yield

    def get_results(self) -> dict[str, Any]:
        return {"cost": self.cost} if self.cost is not None else {}
