"""The schema, built once. `schema.graphql` is its text: a test holds them equal."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import cache
from importlib.resources import files
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext
from strawberry.types.execution import PreExecutionError

from tieline.graphql.actors import Organisation, Person
from tieline.graphql.bind import bind
from tieline.graphql.executor import Planned
from tieline.graphql.guard import Guard
from tieline.graphql.mutation import Mutation
from tieline.graphql.query import Query
from tieline.graphql.subscription import Subscription
from tieline.graphql.things import Place, Project, Theme


class Schema(strawberry.Schema):
    """Strawberry's, without its log of whole failing documents."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: what is worth a line is logged where errors are formatted."""

    async def stream(self, *args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
        """An operation's results, also where it cannot be read at all: for answers that come one by
        one strawberry would raise what the guard says of that."""
        return results(await super().stream(*args, **kwargs))


async def results(stream: AsyncGenerator[Any, None]) -> AsyncGenerator[Any, None]:
    try:
        async with aclosing(stream):
            async for result in stream:
                yield result
    except GraphQLError as error:
        yield PreExecutionError(None, [error])
    except Exception as error:
        yield PreExecutionError(None, [GraphQLError(str(error), original_error=error)])


@cache
def schema() -> Schema:
    made = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
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
