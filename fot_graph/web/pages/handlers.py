"""How pages and downloads are shown: the content from a view in a worker, then a template, or the error in words."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from fot_graph.core import media_types, tables
from fot_graph.core.errors import FotGraphError
from fot_graph.core.words import LANGUAGES, fill, texts
from fot_graph.pictures import svg
from fot_graph.web.http import errors, problems
from fot_graph.web.pages import ask, entity
from fot_graph.web.pages.page import declared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from fot_graph.web.pages.page import Download, Page

    Endpoint = Callable[[Request], Awaitable[Response]]

_FOLDER = Path(__file__).parent
STATIC = _FOLDER.parent / "static"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(svg=svg.element, fill=fill, digest=_digest(), most_facts=entity.READ)
    made.globals.update(row_formats=ask.ROW_FORMATS, graph_formats=ask.GRAPH_FORMATS)
    made.globals.update(citation_formats=media_types.formats_holding(media_types.CITATION))
    made.filters["path"] = _quoted
    made.filters["unbroken"] = lambda text: Markup(tables.unbroken_html(text))  # noqa: S704  which escapes it
    return made


def _quoted(path: str) -> str:
    return quote(path, safe="/-._~:@!$'()*+,;=")


@lru_cache(maxsize=1)
def _digest() -> str:
    """Name the version of the style sheet and the scripts, so that a browser keeps them until they change."""
    files = sorted(STATIC.iterdir())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def shown(request: Request, template: str, status: int = 200, **content: Any) -> HTMLResponse:  # noqa: ANN401  data of views
    """Fill a template: its own content, and what stands on every page."""
    lang = request.path_params.get("lang", LANGUAGES[0])
    rest = request.scope["path"].removeprefix(f"/{lang}").lstrip("/")
    query = f"?{request.url.query}" if request.url.query else ""
    menu = [
        (f"/{lang}/{path}", texts("pages", lang)[path or "read"], path == rest) for _, path in sorted(declared("MENU"))
    ]
    others = [
        (other, f"/{other}/{_quoted(rest)}{query}", texts("pages", other)["language"])
        for other in LANGUAGES
        if other != lang
    ]
    page = _templates().get_template(template)
    return HTMLResponse(
        page.render(lang=lang, t=texts("pages", lang), menu=menu, others=others, searching=rest == "search", **content),
        status,
    )


def failed(request: Request, error: FotGraphError) -> Response:
    """Say what is wrong on a page, with the status that fits."""
    status = errors.status(error)
    message, hint = problems.error_texts(error, request.path_params.get("lang", LANGUAGES[0]))
    answer = shown(request, "error.html", status, message=message, hint=hint, missing=status == 404)
    answer.headers.update(getattr(error, "headers", {}))
    return answer


def show(page: Page) -> Endpoint:
    """Make the handler of a page."""

    async def endpoint(request: Request) -> Response:
        if download := page.instead(request):
            return await hand_over(download)(request)
        state, address = request.app.state, (request.url.path, request.url.query)
        cache = state.cache  # of the present graph, even if it is replaced meanwhile
        if found := cache.get(address):
            return HTMLResponse(found)
        lang = request.path_params["lang"]
        try:
            content = await state.pool.run(page.view, lang=lang, **page.choose(request))
        except FotGraphError as error:
            return failed(request, error)
        answer = shown(request, page.template, page=content)
        cache.put(address, answer.body, len(answer.body) + 4 * len(request.url.query))
        return answer

    return endpoint


def hand_over(download: Download) -> Endpoint:
    """Make the handler of a download."""

    async def endpoint(request: Request) -> Response:
        lang = request.path_params["lang"]
        try:
            content = await request.app.state.pool.run(download.view, lang=lang, **download.choose(request))
        except FotGraphError as error:
            said = f"{problems.error_line(error, lang)}\n"
            return PlainTextResponse(said, errors.status(error), getattr(error, "headers", {}))
        return Response(content, media_type=media_types.with_charset(download.media_type))

    return endpoint
