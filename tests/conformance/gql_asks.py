"""Run in the tools' own environment: the client `gql`, by each of its ways to a service.

python gql_asks.py URL TOKEN LOAD: a line of JSON for each check.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport

URL, TOKEN, LOAD = sys.argv[1:4]
HEADERS = {"authorization": f"Bearer {TOKEN}"} if TOKEN else {}
WHO = gql("{ viewer { level } }")
PEOPLE = gql("query($n: Int!) { people(first: $n) { totalCount nodes { id name } } }")
PROGRESS = gql("subscription($load: ID!) { loadProgress(load: $load) { id state } }")


def opened(transport: object) -> Client:
    """Everything is checked against the schema that the service tells, before it is sent."""
    return Client(transport=transport, fetch_schema_from_transport=True)


async def by_aiohttp() -> None:
    async with opened(AIOHTTPTransport(URL, headers=HEADERS, ssl=False)) as session:
        assert session.client.schema is not None
        PEOPLE.variable_values = {"n": 3}
        told = await session.execute(PEOPLE)
        assert len(told["people"]["nodes"]) == 3, told


async def by_httpx() -> None:
    async with opened(HTTPXAsyncTransport(URL, headers=HEADERS)) as session:
        assert await session.execute(WHO) == {"viewer": {"level": "STEWARD"}}


async def an_error() -> None:
    async with Client(transport=HTTPXAsyncTransport(URL, headers=HEADERS)) as session:
        try:
            await session.execute(gql("{ nobody }"))
        except TransportQueryError as error:
            assert error.errors and error.errors[0]["extensions"]["code"] == "BAD_REQUEST"
            return
        raise AssertionError("no error")


async def by_websocket() -> None:
    address = URL.replace("http", "ws", 1)
    transport = WebsocketsTransport(address, init_payload=HEADERS)
    async with Client(transport=transport) as session:
        assert await session.execute(WHO) == {"viewer": {"level": "STEWARD"}}
        PROGRESS.variable_values = {"load": LOAD}
        got = [each async for each in session.subscribe(PROGRESS)]
        assert got[-1]["loadProgress"]["id"] == LOAD, got


CHECKS: dict[str, Callable[[], Awaitable[None]]] = {
    "by aiohttp, checked against the schema that is told": by_aiohttp,
    "by httpx": by_httpx,
    "a wrong question is an error": an_error,
    "by WebSocket, a load followed to its end": by_websocket,
}


async def main() -> None:
    for name, ask in CHECKS.items():
        told: dict[str, object] = {"name": name, "ok": True}
        try:
            await ask()
        except Exception as error:
            told |= {"ok": False, "reason": f"{type(error).__name__}: {error}"}
        print(json.dumps(told))


asyncio.run(main())
