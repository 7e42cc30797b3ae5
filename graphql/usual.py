"""The usual request by a short way: a query that was found good before, as JSON, answered once.

It does what strawberry's view and schema do for it, in their order: it reads the body, knows the
document again, measures it, executes it. It leaves out what serves other requests (uploads,
batches, streams, an extension around each step). Whatever is not usual, and whatever is refused,
goes their way from the beginning: nothing has been done yet.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from graphql import DocumentNode, OperationDefinitionNode, OperationType, execute
from graphql import ExecutionResult as Executed
from starlette.requests import Request
from starlette.responses import Response
from strawberry.execution import optimized_is_awaitable
from strawberry.types import ExecutionResult

from tieline.graphql.documents import document as allowed
from tieline.graphql.executor import Planned
from tieline.graphql.figures import operation_of
from tieline.graphql.guard import checked, known
from tieline.graphql.schema import schema
from tieline.graphql.traces import spanned

if TYPE_CHECKING:
    from tieline.graphql.view import View

JSON = ("application/json", "application/json; charset=utf-8", "application/json;charset=utf-8")
STREAMED = "event-stream"


class Asked(NamedTuple):
    text: str
    variables: dict[str, Any] | None
    operation: str | None


async def answered(view: "View", request: Request) -> Response | None:
    """None: it is not usual."""
    asked = read(request)
    if asked is None or not view.allowed.introspection:
        return None
    core = schema()._schema
    with spanned("parse"):
        document = known(core, allowed(asked.text, None, view.allowed.saved) or "")
    if document is None or not queries(document, asked.operation):
        return None
    with spanned("validate"):
        refused, cost = checked(core, document, asked.variables)
    if refused:
        return None
    asking = await view.get_context(request, Response())
    asking.saved = operation_of(asked.text)
    result = execute(
        core,
        document,
        context_value=asking,
        variable_values=asked.variables,
        operation_name=asked.operation,
        executor_class=Planned,
        is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]
    )
    done = result if isinstance(result, Executed) else await result
    told = ExecutionResult(done.data, done.errors, {"cost": cost})
    body = view.encode_json(await view.process_result(request, told))
    return Response(body, media_type="application/json")


def read(request: Request) -> Asked | None:
    """What is asked, if it is as most clients write it."""
    if request.method != "POST" or not plainly(request.headers):
        return None
    try:
        said = orjson.loads(request._body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(said, dict) or said.get("extensions") is not None:
        return None
    text, variables, operation = (said.get(k) for k in ("query", "variables", "operationName"))
    if not isinstance(text, str) or not isinstance(variables, dict | None):
        return None
    return Asked(text, variables, operation) if isinstance(operation, str | None) else None


def plainly(headers: Mapping[str, str]) -> bool:
    """JSON comes, and one answer is wished for."""
    json = headers.get("content-type", "").lower() in JSON
    return json and STREAMED not in headers.get("accept", "").lower()


def queries(document: DocumentNode, operation: str | None) -> bool:
    """It is one query alone, by this name if by any."""
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if len(found) != 1 or found[0].operation is not OperationType.QUERY:
        return False
    return operation is None or (found[0].name is not None and found[0].name.value == operation)
