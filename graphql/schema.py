"""The schema, built once. `schema.graphql` is its text: a test holds them equal."""

from functools import cache
from importlib.resources import files

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext

from tieline.graphql.actors import Organisation, Person
from tieline.graphql.bind import bind
from tieline.graphql.executor import Planned
from tieline.graphql.guard import Guard
from tieline.graphql.mutation import Mutation
from tieline.graphql.query import Query
from tieline.graphql.things import Place, Project, Theme


class Schema(strawberry.Schema):
    """Strawberry's, without its log of whole failing documents."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: what is worth a line is logged where errors are formatted."""


@cache
def schema() -> Schema:
    made = Schema(
        query=Query,
        mutation=Mutation,
        types=[Person, Organisation, Project, Place, Theme],
        execution_context_class=Planned,
        extensions=[Guard],
    )
    bind(made)
    return made


def sdl() -> str:
    """The schema's text."""
    return schema().as_str() + "\n"


def committed() -> str:
    return files("tieline.graphql").joinpath("schema.graphql").read_text("utf-8")
