"""A load of a source, followed to its end by PyPI gql, a line of JSON an event.

python follow_gql.py URL TOKEN SOURCE, where gql[websockets] is installed
"""

import asyncio
import json
import sys

from gql import Client, gql
from gql.transport.websockets import WebsocketsTransport

LOADS = gql("{ loads(first: 5) { nodes { id source state } } }")
FOLLOW = "subscription($load: ID!) { loadProgress(load: $load) { rows state } }"


def told(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


async def main(url: str, token: str, source: str) -> None:
    said = {"Authorization": f"Bearer {token}"}
    transport = WebsocketsTransport(url.replace("http", "ws", 1), init_payload=said)
    async with Client(transport=transport) as session:
        loads = (await session.execute(LOADS))["loads"]["nodes"]
        told({"ready": True})
        while not (ours := [each["id"] for each in loads if each["source"] == source]):
            await asyncio.sleep(0.1)
            loads = (await session.execute(LOADS))["loads"]["nodes"]
        asked = gql(FOLLOW)
        asked.variable_values = {"load": ours[0]}
        async for event in session.subscribe(asked):
            told(event["loadProgress"])
        told({"complete": True})


asyncio.run(main(*sys.argv[1:4]))
