"""Errors as responses: one clear line for people, Problem Details for programs (RFC 9457). Never a traceback."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from fot_graph.core.errors import FotGraphError, QueryRefusedError, QuerySyntaxError
from fot_graph.web import dutch
from fot_graph.web.errors import WebError, status
from fot_graph.web.negotiation import accepts_json

if TYPE_CHECKING:
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

_HINTS = {404: "/.well-known/void says what there is", 405: "the Allow header says which can be used"}


def response(error: FotGraphError, accept: str = "", path: str = "") -> Response:
    """Say what is wrong, with the status that fits; as JSON to whom asks for JSON by name.

    `path` is what was asked for: who asks for something below /nl reads Dutch.
    """
    code = status(error)
    headers = dict(error.headers) if isinstance(error, WebError) else {}
    if not accepts_json(accept):
        said = dutch.plain(error, path.strip("/").partition("/")[0])
        return Response(f"{said}\n", code, {**headers, "content-type": "text/plain; charset=utf-8"})
    content: dict[str, object] = {"title": HTTPStatus(code).phrase, "status": code, "detail": error.message}
    if error.hint:
        content["hint"] = error.hint
    if isinstance(error, (QuerySyntaxError, QueryRefusedError)) and error.line:
        content |= {"line": error.line, "column": error.column}
    text = json.dumps(content, indent=2) + "\n"  # in ASCII, so that nothing in it acts on a terminal
    return Response(text, code, {**headers, "content-type": "application/problem+json"})


async def on_error(request: Request, error: Exception) -> Response:
    """Answer a request that ended in an error of ours."""
    assert isinstance(error, FotGraphError)
    return response(error, request.headers.get("accept", ""), request.scope["path"])


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer a request that found no page, or no method."""
    found: HTTPException = error  # type: ignore[assignment]
    said = "there is nothing at this address" if found.status_code == 404 else found.detail.lower()
    headers = {name.lower(): value for name, value in (found.headers or {}).items()}
    made = WebError(found.status_code, said, _HINTS.get(found.status_code, ""), headers)
    return response(made, request.headers.get("accept", ""), request.scope["path"])
