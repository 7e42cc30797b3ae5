"""One WebSocket that speaks graphql-transport-ws: strawberry's handler, with the house's door,
limits, errors and log. Each operation is a request of its own, with a reader of its own.

What the protocol says of the order of messages, of waiting for the first, of ids and of what each
fault closes the socket with is strawberry's.
"""

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.types.unset import UNSET
from strawberry.utils.aio import aclosing

from tieline.graphql.live.open import Place, TooMany
from tieline.graphql.live.operation import Run, shape
from tieline.graphql.live.present import Present
from tieline.graphql.live.wire import Wire
from tieline.graphql.signin.door import Stranger

if TYPE_CHECKING:
    from tieline.graphql.live.transports import Transports

AWAY, FORBIDDEN, LATER, WRONG = 1001, 4403, 1013, 4400
UNKNOWN = "UNAUTHENTICATED: this sign-in opens nothing here"


class Socket(BaseGraphQLTransportWSHandler[Any, None]):
    """`context` is who is connected: strawberry notes there what the first message said."""

    def __init__(self, transports: "Transports", socket: WebSocket, present: Present) -> None:
        self.transports, self.allowed = transports, transports.open.allowed
        view: Any = transports.view
        super().__init__(
            view=self,  # type: ignore[arg-type]  # all it asks of a view is on_ws_connect
            websocket=Wire(view, socket, socket),
            context=present,
            root_value=None,
            schema=view.schema,
            connection_init_wait_timeout=timedelta(seconds=self.allowed.init),
        )
        self.place: Place | None = None
        self.runs: dict[str, Run] = {}
        self.quiet_since = time.monotonic()

    async def serve(self, place: Place) -> None:
        self.place = place
        idle = asyncio.create_task(self.idled())
        try:
            await self.handle()
        finally:
            idle.cancel()

    async def on_ws_connect(self, present: Present) -> Any:
        """
        Raises:
            ConnectionRejectionError: nobody can tell who they are; the socket is closed with 4403.
        """
        assert self.place is not None
        try:
            visitor = await present.introduced()
            self.place.give(visitor.counted)
        except Stranger:
            await self.websocket.close(FORBIDDEN, UNKNOWN)
            raise ConnectionRejectionError from None
        except TooMany as error:
            await self.websocket.close(LATER, f"{error.code}: {error}")
            raise ConnectionRejectionError from None
        return UNSET

    async def handle_message(self, message: Any) -> None:
        if wrong := shape(message):
            await self.websocket.close(WRONG, wrong)
            return
        if message["type"] == "connection_init" and message.get("payload") is None:
            message = {**message, "payload": {}}
        try:
            await super().handle_message(message)
        except ConnectionResetError as gone:
            raise WebSocketDisconnected from gone

    async def handle_subscribe(self, message: Any) -> None:
        """One more operation, if there is room for it: else it alone is refused."""
        id = message["id"]
        if not self.connection_acknowledged or id in self.operations:
            await super().handle_subscribe(message)
            return
        self.quiet_since = time.monotonic()
        payload = message["payload"]
        names = ("variables", "operationName")
        operation: Operation[Any, None] = Operation(
            self, id, payload.get("query") or "", *(payload.get(name) for name in names)
        )
        full = len(self.operations) >= self.allowed.subscriptions
        run = self.runs[id] = Run(self.transports, self.context, payload, full)
        self.operations[id] = operation
        operation.task = asyncio.create_task(self.run_operation(operation, run))
        operation.task.add_done_callback(self._task_done)

    async def run_operation(self, operation: Operation[Any, None], run: Run | None = None) -> None:
        assert run is not None
        with run.traced():
            try:
                await self.send(operation, run)
            except (WebSocketDisconnected, ConnectionResetError):
                run.ended = "gone"
            finally:
                self.quiet_since = time.monotonic()
                if self.runs.get(operation.id) is run:
                    del self.runs[operation.id]
                if self.operations.get(operation.id) is operation:
                    del self.operations[operation.id]
                run.tell()

    async def send(self, operation: Operation[Any, None], run: Run) -> None:
        """Its messages, as they come."""
        async with aclosing(run.messages()) as messages:
            async for message in messages:
                whole: Any = {"id": operation.id, **message}
                await operation.send_operation_message(whole)
        if run.stranger:
            await self.websocket.close(FORBIDDEN, UNKNOWN)

    async def cleanup_operation(self, operation_id: str) -> None:
        """Nobody waits for it any longer. A change is finished all the same."""
        run, operation = self.runs.get(operation_id), self.operations.get(operation_id)
        if run and operation and run.changing:
            operation.completed = True
            self.operations.pop(operation_id)
            return
        await super().cleanup_operation(operation_id)

    async def idled(self) -> None:
        """Close it when nothing has been asked for so long: whoever asks again opens another."""
        while True:
            left = self.quiet_since + self.allowed.idle - time.monotonic()
            if self.runs:
                left = self.allowed.idle
            elif left <= 0:
                await self.websocket.close(AWAY, "Nothing was asked for long: connect again")
                return
            await asyncio.sleep(left)

    async def goodbye(self) -> None:
        """The service ends: each operation completes, then the socket closes."""
        for operation in [*self.operations.values()]:
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
            run = self.runs.get(operation.id)
            if operation.task and not (run and run.changing):
                operation.task.cancel()
        await self.websocket.close(AWAY, "The service ends: connect again")
