"""The same three questions the usual way: strawberry objects, resolvers, a DataLoader a field.

    URI=... PASSWORD=... uvicorn --app-dir benchmarks/graphql_peers loaded:app

It reads as sparingly as it can: one statement and one record for all keys of a loader, maps of the
properties that the types declare, documents parsed and validated once, orjson.
"""

import contextlib
import os
from collections.abc import AsyncIterator
from typing import Any

import orjson
import strawberry
from neo4j import READ_ACCESS, AsyncGraphDatabase, Query
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache

PERSON = "{.uid, .name, .bio, .pronouns}"
PROJECT = (
    "{.uid, name: n.title, .title, .description, .starts, .ends, .amount, .currency, .lessons, "
    ".status}"
)
TEXTS = {
    "person": f"""
UNWIND $keys AS key MATCH (n:Person {{uid: key}}) WHERE n.consent >= $level
RETURN collect([key, n {PERSON}])""",
    "people": f"""
MATCH (n:Person) WHERE n.name >= '' AND n.consent >= $level
WITH n ORDER BY n.name, n.uid LIMIT $first RETURN collect(n {PERSON})""",
    "projects": f"""
MATCH (n:Project) WHERE n.title >= '' AND n.audience >= $level
WITH n ORDER BY n.title, n.uid LIMIT $first RETURN collect(n {PROJECT})""",
    "ties": """
UNWIND $keys AS key CALL (key) {
  MATCH (:Actor {uid: key})-[t:TIE]->(b:Actor) WHERE t.audience >= $level AND b.consent >= $level
  WITH b, CASE t.label_3 WHEN 'thick' THEN '1' WHEN 'middling' THEN '2' WHEN 'thin' THEN '3'
    ELSE '4' END + ' ' + b.name AS rank
  ORDER BY rank, b.uid LIMIT $first
  RETURN collect({to: b {.uid, .name, .bio, .pronouns}}) AS rows
} RETURN collect([key, rows])""",
    "themes": """
UNWIND $keys AS key CALL (key) {
  MATCH (:Actor {uid: key})-[r:WORKS_ON]->(t:Theme)
  WHERE r.audience >= $level AND t.audience >= $level
  WITH t ORDER BY t.label, t.uid RETURN collect(t {.uid, .label}) AS rows
} RETURN collect([key, rows])""",
}
QUERIES = {name: Query(text, timeout=5) for name, text in TEXTS.items()}
driver = AsyncGraphDatabase.driver(
    os.environ["URI"], auth=("neo4j", os.environ["PASSWORD"]), notifications_min_severity="OFF"
)


async def read(name: str, **given: Any) -> Any:
    async with driver.session(default_access_mode=READ_ACCESS, database="neo4j") as session:
        found = await (await session.run(QUERIES[name], given, level=3)).single(strict=True)
    return found[0]


def loader(info: strawberry.Info, name: str, **more: Any) -> DataLoader[str, Any]:
    """One for each field and its arguments, in each request."""
    key = (name, *more.items())
    if key not in info.context:

        async def load(keys: list[str]) -> list[Any]:
            found = dict(await read(name, keys=keys, **more))
            return [found.get(each) for each in keys]

        info.context[key] = DataLoader(load)
    made: DataLoader[str, Any] = info.context[key]
    return made


@strawberry.interface
class Node:
    uid: str


@strawberry.type
class Theme(Node):
    label: str


@strawberry.type
class Person(Node):
    name: str
    bio: str | None
    pronouns: str | None

    @strawberry.field
    async def ties(self, info: strawberry.Info, first: int = 20) -> "Ties":
        rows = await loader(info, "ties", first=first).load(self.uid)
        return Ties(nodes=[Tie(to=Person(**row["to"])) for row in rows])

    @strawberry.field
    async def themes(self, info: strawberry.Info) -> list[Theme]:
        return [Theme(**row) for row in await loader(info, "themes").load(self.uid)]


@strawberry.type
class Tie:
    to: Person


@strawberry.type
class Ties:
    nodes: list[Tie]


@strawberry.type
class People:
    nodes: list[Person]


@strawberry.type
class Project(Node):
    name: str
    title: str
    description: str | None
    starts: str | None
    ends: str | None
    amount: float | None
    currency: str | None
    lessons: str | None
    status: str | None


@strawberry.type
class Projects:
    nodes: list[Project]


@strawberry.type
class Questions:
    @strawberry.field
    async def node(self, info: strawberry.Info, id: strawberry.ID) -> Node | None:
        row = await loader(info, "person").load(str(id))
        return Person(**row) if row else None

    @strawberry.field
    async def people(self, first: int = 20) -> People:
        return People(nodes=[Person(**row) for row in await read("people", first=first)])

    @strawberry.field
    async def projects(self, first: int = 20) -> Projects:
        return Projects(nodes=[Project(**row) for row in await read("projects", first=first)])


class View(GraphQL[dict[Any, Any], None]):
    async def get_context(self, request: Any, response: Any) -> dict[Any, Any]:
        return {}

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


@contextlib.asynccontextmanager
async def life(_: Starlette) -> AsyncIterator[None]:
    async with driver:
        yield


schema = strawberry.Schema(
    query=Questions, types=[Person], extensions=[ParserCache, ValidationCache]
)
app = Starlette(routes=[Route("/graphql", View(schema))], lifespan=life)
