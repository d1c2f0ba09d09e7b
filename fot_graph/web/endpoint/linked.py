"""The things of the graph at their own addresses: `/id/serv` for <https://w3id.org/fot-graph/id/serv>.

A thing cannot be sent, so its address leads (303) to a page about it or to a description: `.ttl`, `.jsonld`, `.nt`,
`.rdf`, `.trig`, `.nq`. Practice: W3C Cool URIs for the Semantic Web, 4.2.
"""

from __future__ import annotations

import hashlib
from email.utils import formatdate, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fot_graph.core import media_types
from fot_graph.core.namespaces import KINDS
from fot_graph.web.endpoint import describing
from fot_graph.web.http.negotiation import best, language

if TYPE_CHECKING:
    from starlette.requests import Request

    from fot_graph.core.media_types import Format

_BY_MEDIA_TYPE = media_types.standard(media_types.GRAPH)
_BY_SUFFIX = {each.suffix: each for each in _BY_MEDIA_TYPE.values()}
_PAGE = "text/html"


async def thing(request: Request) -> Response:
    """Lead to what describes a thing, or give a description by its suffix."""
    path = request.scope["path"].removeprefix("/")
    name, _, suffix = path.rpartition(".")
    if suffix in _BY_SUFFIX and name:
        return await _description(request, name, _BY_SUFFIX[suffix])
    if suffix == "html" and name:
        path, accept = name, _PAGE
    else:
        accept = request.headers.get("accept", "")
    state = request.app.state
    await state.pool.run(describing.find, path=path)
    # A browser asks for pages by name; who takes anything is a program
    media_type = best(accept, [*_BY_MEDIA_TYPE, *([_PAGE] if state.has_entity_pages else [])])
    lang = language(request)
    if media_type == _PAGE:
        target = f"/{lang}/page/{quote(path)}"
    else:
        target = f"/{quote(path)}.{_BY_MEDIA_TYPE[media_type].suffix}"
    return RedirectResponse(target, 303, {"vary": "Accept, Accept-Language"})


async def _description(request: Request, path: str, format_: Format) -> Response:
    state = request.app.state
    body = await state.pool.run(describing.describe, path=path, format_=format_.name, limits=state.settings.limits)
    modified = state.modified
    headers = {
        "etag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        "vary": "Accept",
        "cache-control": "no-cache",  # ask again, by the tag
        "link": f'</{quote(path)}>; rel="describes"',
    }
    if modified is not None:
        headers["last-modified"] = formatdate(int(modified), usegmt=True)
    if _is_known(request, headers["etag"], modified):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, "content-type": media_types.with_charset(format_.media_types[0])})


def _is_known(request: Request, tag: str, modified: float | None) -> bool:
    """Tell whether the client has what we would send (RFC 9110, 13.2.2: the tag decides, if there is one)."""
    if given := ",".join(request.headers.getlist("if-none-match")):
        return given.strip() == "*" or tag.removeprefix("W/") in [
            each.strip().removeprefix("W/") for each in given.split(",")
        ]
    since = request.headers.get("if-modified-since")
    if not since or modified is None:
        return False
    try:
        return int(modified) <= parsedate_to_datetime(since).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


routes = [
    Route(path, thing)
    for kind in sorted(KINDS)
    for path in (f"/{kind}", f"/{kind}.{{suffix}}", f"/{kind}/{{name:path}}")
]
