"""The SPARQL endpoint at `/sparql`, for queries only. Standard: SPARQL 1.1 Protocol.

Beyond the standard, `evidence=1` adds to each row the claims that it rests on, with their quotes, and `format`,
`output` or `results` names a form of the answer, by its name or media type (`core.media_types.meant`). Clients send
these on their own, several times and in spellings of other servers (SPARQLWrapper all three with each query), so the
first that names a form of this answer is taken, and where none does the Accept header chooses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fot_graph.core import media_types
from fot_graph.web.endpoint import answering, description
from fot_graph.web.endpoint.answering import EndpointQuery, EndpointReply
from fot_graph.web.http.errors import WebError
from fot_graph.web.http.negotiation import accepts_pages, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from fot_graph.web.settings import RequestLimits

    Parameters = list[tuple[str, str]]

_ALLOW = "GET, HEAD, POST, OPTIONS"
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_MOST_PARAMETERS = 200
_FORMATS = media_types.standard_formats(media_types.ROWS) | media_types.standard_formats(media_types.GRAPH)
_FORMAT_PARAMETERS = ("format", "output", "results")
_TRUE, _FALSE = ("1", "true", "yes"), ("0", "false", "no", "")


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service to whom asks nothing."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"allow": _ALLOW})
    if request.method == "POST":
        parameters = [*_pairs(request.scope["query_string"]), *await _body_parameters(request)]
    else:
        parameters = _pairs(request.scope["query_string"])
        if not parameters:
            return await _query_page(request)
    reply = await _reply(request, _question(request, parameters))
    return Response(reply.body, headers={"content-type": reply.media_type, "vary": "Accept"})


async def _query_page(request: Request) -> Response:
    """Show people the page where they can ask, and programs what the service can do."""
    if request.app.state.has_ask_page and accepts_pages(request.headers.get("accept", "")):
        target = f"/{language(request)}/ask"
        return RedirectResponse(target, 303, {"vary": "Accept, Accept-Language"})
    return await description.service(request)


async def _reply(request: Request, question: EndpointQuery) -> EndpointReply:
    """Take an answer that was kept, or have it worked out."""
    state = request.app.state
    cache = state.cache  # of the present graph, even if it is replaced meanwhile
    found: EndpointReply | None = cache.get(question)
    if found:
        return found
    reply: EndpointReply = await state.pool.run(answering.answer, question=question, limits=state.settings.limits)
    if reply.lasting:
        cache.put(question, reply, len(reply.body) + 4 * len(question.query))
    return reply


# --- Reading a request -----------------------------------------------------------------------------------------------


async def _body_parameters(request: Request) -> Parameters:
    """Read the body: a form, or the query itself."""
    kinds = request.headers.getlist("content-type")
    kind, *rest = [part.strip().lower() for part in (kinds[0] if len(kinds) == 1 else "").split(";")]
    if kind == _UPDATE:
        raise _read_only()
    if kind not in (_FORM, _QUERY):
        raise WebError(415, "query-of-another-type", known=[_QUERY, _FORM])
    charset = next((part[8:].strip(' "') for part in rest if part.startswith("charset=")), "utf-8")
    if charset not in ("utf-8", "utf8"):
        raise WebError(400, "query-not-utf-8")
    body = await request.body()
    return _pairs(body) if kind == _FORM else [("query", _decode_body(body).removeprefix("\ufeff"))]


def _pairs(text: bytes) -> Parameters:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeError:
        raise WebError(400, "request-not-utf-8") from None
    except ValueError:
        raise WebError(400, "many-parameters", count=_MOST_PARAMETERS) from None


def _decode_body(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise WebError(400, "query-not-utf-8") from None


def _question(request: Request, parameters: Parameters) -> EndpointQuery:
    if _values(parameters, "update"):
        raise _read_only()
    query = _value(parameters, "query")
    if query is None:
        raise WebError(400, "query-missing")
    return EndpointQuery(
        _checked_query(query, request.app.state.settings.limits),
        " ".join(",".join(request.headers.getlist("accept")).split()),
        _formats(parameters),
        tuple(dict.fromkeys(_values(parameters, "default-graph-uri"))),
        tuple(dict.fromkeys(_values(parameters, "named-graph-uri"))),
        _is_set(parameters, "evidence"),
        str(request.url.replace(query="", fragment="")),
    )


def _checked_query(query: str, limits: RequestLimits) -> str:
    if len(query.encode(errors="surrogatepass")) > limits.query:
        raise WebError(413, "long-query", size=limits.query // 1024)
    return query


def _formats(parameters: Parameters) -> tuple[str, ...]:
    """Give the names and media types of formats that are wished for, without those that no answer has."""
    given = [value for name in _FORMAT_PARAMETERS for value in _values(parameters, name)]
    wishes = (each.strip().lower() for value in given for each in value.split(","))
    return tuple(dict.fromkeys(each for each in wishes if media_types.meant(each, _FORMATS)))


def _is_set(parameters: Parameters, name: str) -> bool:
    found = (_value(parameters, name) or "").lower()
    if found not in (*_TRUE, *_FALSE):
        raise WebError(400, "neither-1-nor-0", name=name)
    return found in _TRUE


def _values(parameters: Parameters, name: str) -> Sequence[str]:
    return [value for given, value in parameters if given == name]


def _value(parameters: Parameters, name: str) -> str | None:
    found = _values(parameters, name)
    if len(found) > 1:
        raise WebError(400, "given-several-times", name=name, count=len(found))
    return found[0] if found else None


def _read_only() -> WebError:
    return WebError(403, "update-refused")


routes = [Route(path, sparql, methods=_ALLOW.split(", ")) for path in ("/sparql", "/sparql/")]
