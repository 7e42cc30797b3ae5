"""A statement composed by hand for each question, which returns the answer itself; no GraphQL.

    URI=... PASSWORD=... uvicorn --app-dir benchmarks/graphql_peers hand:app

What a server could win at most that composes one statement a document and knows it beforehand.
"""

import contextlib
import os
from collections.abc import AsyncIterator

import orjson
from asked import FLAT, NESTED, NODE, PERSON
from neo4j import READ_ACCESS, AsyncGraphDatabase, Query
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

TEXTS = {
    NODE: f"""
OPTIONAL MATCH (n:Person {{uid: '{PERSON}'}}) WHERE n.consent >= $level
RETURN {{node: n {{__typename: 'Person', .uid, .name, .bio, .pronouns}}}} AS data""",
    FLAT: """
MATCH (n:Project) WHERE n.title >= '' AND n.audience >= $level
WITH n ORDER BY n.title, n.uid LIMIT 1000
RETURN {projects: {nodes: collect({uid: n.uid, name: n.title, title: n.title,
  description: n.description, starts: n.starts, ends: n.ends, amount: n.amount,
  currency: n.currency, lessons: n.lessons, status: n.status})}} AS data""",
    NESTED: """
MATCH (n:Person) WHERE n.name >= '' AND n.consent >= $level
WITH n ORDER BY n.name, n.uid LIMIT 50
RETURN {people: {nodes: collect({name: n.name, ties: {nodes: COLLECT {
  MATCH (n)-[t:TIE]->(b:Actor) WHERE t.audience >= $level AND b.consent >= $level
  WITH b, CASE t.label_3 WHEN 'thick' THEN '1' WHEN 'middling' THEN '2' WHEN 'thin' THEN '3'
    ELSE '4' END + ' ' + b.name AS key
  ORDER BY key, b.uid LIMIT 20
  RETURN {to: {name: b.name, themes: COLLECT {
    MATCH (b)-[r:WORKS_ON]->(x:Theme) WHERE r.audience >= $level AND x.audience >= $level
    WITH x ORDER BY x.label, x.uid RETURN {label: x.label}
  }}}
}}})}} AS data""",
}
QUERIES = {document: Query(text, timeout=5) for document, text in TEXTS.items()}
driver = AsyncGraphDatabase.driver(
    os.environ["URI"], auth=("neo4j", os.environ["PASSWORD"]), notifications_min_severity="OFF"
)


@contextlib.asynccontextmanager
async def life(_: Starlette) -> AsyncIterator[None]:
    async with driver:
        yield


async def answer(request: Request) -> Response:
    document = orjson.loads(await request.body())["query"]
    async with driver.session(default_access_mode=READ_ACCESS, database="neo4j") as session:
        found = await (await session.run(QUERIES[document], level=3)).single(strict=True)
    return Response(orjson.dumps({"data": found["data"]}), media_type="application/json")


app = Starlette(routes=[Route("/graphql", answer, methods=["POST"])], lifespan=life)
