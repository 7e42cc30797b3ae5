"""What is no GraphQL request at all, or none that may be asked, refused in GraphQL's own shape."""

from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

from tieline.graphql.figures import told

CODES = {405: "METHOD", 413: "BODY_TOO_LARGE"}


def refusal(
    reason: str, status: int, code: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """What is no GraphQL request at all, refused in GraphQL's own shape."""
    said = code or CODES.get(status, "BAD_REQUEST")
    error = {"message": reason, "extensions": {"code": said}}
    told([said])
    if status == 405:
        headers = {"allow": "GET, POST"} | dict(headers or {})
    return JSONResponse({"errors": [error]}, status_code=status, headers=headers)
