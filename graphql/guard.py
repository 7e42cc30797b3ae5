"""Between the document and its execution: parsed and validated once, measured every time."""

from collections.abc import Iterator
from functools import lru_cache
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

KEPT = 256  # documents remembered
ERRORS = 5  # of one document, those that are told
UNTOLD = "This service does not tell its schema: graphql/schema.graphql in Tieline's source is it."


@lru_cache(KEPT)
def parsed(text: str) -> DocumentNode:
    return parse(text, max_tokens=limits.TOKENS)


@lru_cache(KEPT)
def validated(schema: GraphQLSchema, document: DocumentNode) -> tuple[GraphQLError, ...]:
    return tuple(validate_document(schema, document, tuple(specified_rules))[:ERRORS])


@lru_cache(KEPT)
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
