"""Errors as responses: one clear line for people, Problem Details for programs (RFC 9457). Never a traceback."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from fot_graph.core.errors import FotGraphError, HttpStatusError, QueryRefusedError, QuerySyntaxError
from fot_graph.core.words import LANGUAGES
from fot_graph.web.http.errors import WebError, status
from fot_graph.web.http.logs import escape_invisible
from fot_graph.web.http.negotiation import accepts_json

if TYPE_CHECKING:
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

_CODES = {404: "nothing-at-address", 405: "method-not-allowed"}


class ErrorText(NamedTuple):
    """A text of an error, and the language that it is in."""

    text: str
    lang: str


def error_texts(error: FotGraphError, lang: str) -> tuple[ErrorText, ErrorText]:
    """Give the message and the hint of an error ('' for none), with the language of each: servers speak English."""
    foreign = isinstance(error, HttpStatusError) and error.said
    return ErrorText(error.message_in(lang), "en" if foreign else lang), ErrorText(error.hint_in(lang), lang)


def error_line(error: FotGraphError, lang: str) -> str:
    """Write an error in a language; what would act on a terminal is written out (`logs.escape_invisible`)."""
    return escape_invisible(error.worded(lang), keep="\t\n")


def response(error: FotGraphError, accept: str = "", path: str = "") -> Response:
    """Say what is wrong, with the status that fits; as JSON to whom asks for JSON by name.

    `path` is what was asked for: who asks for something below /nl reads Dutch.
    """
    code = status(error)
    headers = dict(error.headers) if isinstance(error, WebError) else {}
    if not accepts_json(accept):
        lang = path.strip("/").partition("/")[0]
        text = error_line(error, lang if lang in LANGUAGES else "en")
        return Response(f"{text}\n", code, {**headers, "content-type": "text/plain; charset=utf-8"})
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
    headers = {name.lower(): value for name, value in (found.headers or {}).items()}
    code = _CODES.get(found.status_code, "words")
    made = WebError(found.status_code, code, headers=headers, words=found.detail.lower())
    return response(made, request.headers.get("accept", ""), request.scope["path"])
