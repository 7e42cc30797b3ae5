"""Between the document and its execution: parsed and validated once if good, measured each time."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

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


_good: OrderedDict[str, tuple[GraphQLSchema, DocumentNode]] = OrderedDict()


def parsed(text: str) -> DocumentNode:
    """The very document that was found good, if this text was: of a refused one nothing is kept."""
    if held := _good.get(text):
        _good.move_to_end(text)
        return held[1]
    return parse(text, max_tokens=limits.TOKENS)


def validated(schema: GraphQLSchema, document: DocumentNode) -> tuple[GraphQLError, ...]:
    text = document.loc.source.body if document.loc else ""
    held = _good.get(text)
    if held and held[0] is schema and held[1] is document:
        return ()
    errors = tuple(validate_document(schema, document, tuple(specified_rules))[:ERRORS])
    if not errors and 0 < len(text) <= LONGEST:
        _good[text] = (schema, document)
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
            refused, self.cost = limits.check(schema, document, context.variables)
            if not refused and not context.context.introspection and introspects(schema, document):
                refused = [GraphQLError(UNTOLD, extensions={"code": "INTROSPECTION_OFF"})]
            context.pre_execution_errors = refused or list(validated(schema, document))
        yield

    def get_results(self) -> dict[str, Any]:
        return {"cost": self.cost} if self.cost is not None else {}
