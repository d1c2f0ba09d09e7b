"""The things of the graph at their own addresses: `/id/some-name` for <https://w3id.org/fot-graph/id/some-name>.

A thing cannot be sent, so its address leads (303) to a page about it or to a description: `.ttl`, `.jsonld`, `.nt`,
`.rdf`, `.trig`, `.nq`. Practice: W3C Cool URIs for the Semantic Web, 4.2. An IRI that ends in such a suffix itself
leads to its own thing, and one with escapes (`%20`) is taken as it is written before it is read.
"""

from __future__ import annotations

import hashlib
import re
from email.utils import formatdate, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from fot_graph.core import media_types
from fot_graph.core.namespaces import KINDS
from fot_graph.web.endpoint import describing
from fot_graph.web.http.negotiation import best, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from fot_graph.core.media_types import Format

_BY_MEDIA_TYPE = media_types.standard_formats(media_types.GRAPH)
_BY_SUFFIX = {each.suffix: each for each in _BY_MEDIA_TYPE.values()}
_PAGE = "text/html"


async def thing(request: Request) -> Response:
    """Lead to what describes a thing, or give a description by its suffix."""
    state, accept = request.app.state, request.headers.get("accept", "")
    paths = _spellings(request.scope["raw_path"].decode("ascii", "replace").removeprefix("/"))
    name, _, suffix = paths[0].rpartition(".")
    if name and suffix in (*_BY_SUFFIX, "html") and not await state.pool.run(describing.is_known, paths=paths):
        paths = [path.removesuffix(f".{suffix}") for path in paths]
        if suffix in _BY_SUFFIX:
            return await _description(request, paths, _BY_SUFFIX[suffix])
        accept = _PAGE
    path = await state.pool.run(describing.find, paths=paths)
    # A browser asks for pages by name; who takes anything is a program
    media_type = best(accept, [*_BY_MEDIA_TYPE, *([_PAGE] if state.has_entity_pages else [])])
    lang = language(request)
    if media_type == _PAGE:
        target = f"/{lang}/page/{quote(path)}"
    else:
        target = f"/{_as_address(path)}.{_BY_MEDIA_TYPE[media_type].suffix}"
    return RedirectResponse(target, 303, {"vary": "Accept, Accept-Language"})


def _spellings(path: str) -> list[str]:
    """Give the ways in which an IRI may be spelt that a client asks for by a path with escapes, the likeliest first.

    >>> _spellings("id/caf%C3%A9%20y")
    ['id/café%20y', 'id/caf%C3%A9%20y', 'id/café y']
    """
    letters = _LETTERS.sub(lambda match: unquote(match[0]), path)  # an IRI has those beyond ASCII as they are
    return list(dict.fromkeys((letters, path, unquote(path))))


_LETTERS = re.compile("(?:%[89a-f][0-9a-f])+", re.IGNORECASE)


def _as_address(path: str) -> str:
    """Write the path of an IRI as that of an address, in which its own escapes stay as they are."""
    return quote(path, safe="/%")


async def _description(request: Request, paths: Sequence[str], format_: Format) -> Response:
    state = request.app.state
    body = await state.pool.run(describing.describe, paths=paths, format_=format_.name, limits=state.settings.limits)
    modified = state.modified
    headers = {
        "etag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        "vary": "Accept",
        "cache-control": "no-cache",  # ask again, by the tag
        "link": f'</{_as_address(paths[0])}>; rel="describes"',
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
