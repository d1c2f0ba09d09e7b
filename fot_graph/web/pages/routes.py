"""The pages for people: an address, the view that gives its content, the template that shows it.

A view runs in a worker (`request.app.state.pool`), so that no page holds up another; what it raises becomes a page too.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fot_graph.core import media_types
from fot_graph.core.errors import FotGraphError, UnknownNameError
from fot_graph.core.words import LANGUAGES, texts
from fot_graph.pictures import svg
from fot_graph.web.http import errors, problems
from fot_graph.web.http.negotiation import language
from fot_graph.web.pages import ask as asks
from fot_graph.web.pages import board as boards
from fot_graph.web.pages import claim as claims
from fot_graph.web.pages import entity as entities
from fot_graph.web.pages import figures as tables
from fot_graph.web.pages import neighbourhood as graphs
from fot_graph.web.pages import ontology as ontologies
from fot_graph.web.pages import reading as readings
from fot_graph.web.pages import search as searches
from fot_graph.web.pages import themes as maps
from fot_graph.web.pages import timeline as timelines

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    View = Callable[..., Any]
    Choose = Callable[[Request], Mapping[str, Any]]
    Endpoint = Callable[[Request], Awaitable[Response]]

_FOLDER = Path(__file__).parent
_STATIC = _FOLDER.parent / "static"
_LONGEST = 200  # characters of what is searched for
_MENU = (
    "",
    "board",
    "themes",
    "figures",
    "timeline",
    "ask",
    "graph",
    "ontology",
)  # the pages that every page links to, by their path
_NAMES = {"": "read"}


class _Language(Convertor[str]):
    """A part of a path that is one of our languages."""

    regex = "|".join(LANGUAGES)

    def convert(self, value: str) -> str:
        """Give it as it is."""
        return value

    def to_string(self, value: str) -> str:
        """Give it as it is."""
        return value


register_url_convertor("language", _Language())


# --- Showing ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(svg=svg.element, digest=_digest(), most_facts=entities.READ)
    made.globals.update(row_formats=asks.ROW_FORMATS, graph_formats=asks.GRAPH_FORMATS)
    made.globals.update(citation_formats=media_types.formats_holding(media_types.CITATION))
    made.filters["path"] = _quoted
    return made


def _quoted(path: str) -> str:
    return quote(path, safe="/-._~:@!$'()*+,;=")


@lru_cache(maxsize=1)
def _digest() -> str:
    """Name the version of the style sheet and the scripts, so that a browser keeps them until they change."""
    files = sorted(_STATIC.iterdir())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _html_response(request: Request, template: str, status: int = 200, **content: Any) -> HTMLResponse:  # noqa: ANN401  data of views
    lang = request.path_params.get("lang", LANGUAGES[0])
    rest = request.scope["path"].removeprefix(f"/{lang}").lstrip("/")
    query = f"?{request.url.query}" if request.url.query else ""
    menu = [(f"/{lang}/{path}", texts("pages", lang)[_NAMES.get(path, path)], path == rest) for path in _MENU]
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


def _error_page(request: Request, error: FotGraphError) -> Response:
    """Say what is wrong on a page, with the status that fits."""
    status = errors.status(error)
    message, hint = problems.error_texts(error, request.path_params.get("lang", LANGUAGES[0]))
    answer = _html_response(request, "error.html", status, message=message, hint=hint, missing=status == 404)
    answer.headers.update(getattr(error, "headers", {}))
    return answer


def _page(template: str, view: View, choose: Choose = lambda _: {}) -> Endpoint:
    """Make the handler of a page: `choose` takes from a request what the view wants to know besides the language."""

    async def endpoint(request: Request) -> Response:
        state, address = request.app.state, (request.url.path, request.url.query)
        kept = state.kept  # of the graph that is at home now, even if it is replaced meanwhile
        if found := kept.get(address):
            return HTMLResponse(found)
        lang = request.path_params["lang"]
        try:
            page = await state.pool.run(view, lang=lang, **choose(request))
        except FotGraphError as error:
            return _error_page(request, error)
        shown = _html_response(request, template, page=page)
        kept.put(address, shown.body, len(shown.body) + 4 * len(request.url.query))
        return shown

    return endpoint


def _download(media_type: str, view: View, choose: Choose = lambda _: {}) -> Endpoint:
    """Make the handler of what `view` gives to keep, a text or bytes."""

    async def endpoint(request: Request) -> Response:
        lang = request.path_params["lang"]
        try:
            content = await request.app.state.pool.run(view, lang=lang, **choose(request))
        except FotGraphError as error:
            said = f"{problems.error_line(error, lang)}\n"
            return PlainTextResponse(said, errors.status(error), getattr(error, "headers", {}))
        return Response(content, media_type=media_types.with_charset(media_type))

    return endpoint


# --- What a request asks for -----------------------------------------------------------------------------------------


def _reading(request: Request) -> dict[str, Any]:
    asked = request.query_params
    document = request.path_params.get("document") or asked.get("document", "")
    statuses = tuple(dict.fromkeys(filter(None, asked.getlist("status"))))
    return {"document": document, "statuses": statuses, "theme": asked.get("theme", "")}


def _document(request: Request) -> dict[str, Any]:
    return {"document": request.query_params.get("document", "")}


def _graph(request: Request) -> dict[str, Any]:
    asked = request.query_params
    several = {name: tuple(dict.fromkeys(filter(None, asked.getlist(name)))) for name in ("open", "status", "relation")}
    return {
        "focus": asked.get("focus", ""),
        "opened": several["open"],
        "statuses": several["status"],
        "relations": several["relation"],
    }


def _words(request: Request) -> dict[str, Any]:
    return {"words": request.query_params.get("words", "")[:_LONGEST]}


def _path(request: Request) -> dict[str, Any]:
    return {"path": request.path_params["path"]}


def _name(request: Request) -> dict[str, Any]:
    return {"name": request.path_params["name"]}


_show_claim = _page("claim.html", claims.claim_page, _name)


async def _claim(request: Request) -> Response:
    """Show a claim, or hand over its citation in the format that is asked for."""
    if "cite" not in request.query_params:
        return await _show_claim(request)
    name = request.query_params["cite"]
    format_ = media_types.formats_holding(media_types.CITATION).get(name)
    media_type = format_.media_types[0] if format_ else "text/plain"
    return await _download(media_type, claims.claim_citation, lambda _: {**_name(request), "format_": name})(request)


async def _redirect_to_language(request: Request) -> Response:
    """Send a reader to the language that the browser prefers."""
    return RedirectResponse(f"/{language(request)}/", 302, headers={"Vary": "Accept-Language"})


async def _unknown(request: Request) -> Response:
    return _error_page(request, UnknownNameError("page", request.url.path, []))


# --- Asking ----------------------------------------------------------------------------------------------------------

_LAST = 1_000_000  # no answer has more rows


async def _ask(request: Request) -> Response:
    """Show the catalogue, and a query with its answer and what that rests on."""
    lang, asked = request.path_params["lang"], request.query_params
    content: dict[str, Any] = dict.fromkeys(("answer", "supports", "error", "earlier", "later"))
    content.update(dict.fromkeys(("message", "hint", "trouble"), problems.ErrorText("", lang)))
    content.update(question=asked.get("question", ""), query=asked.get("query", ""), iris="iris" in asked, took="")
    content.update(summary="", headings=(), parameters=(), permalink="")
    content["questions"] = asks.questions(lang)
    try:
        await _answer(request, content)
    except FotGraphError as error:
        content["error"], (content["message"], content["hint"]) = error, problems.error_texts(error, lang)
        return _html_response(request, "ask.html", errors.status(error), **content)
    return _html_response(request, "ask.html", **content)


async def _answer(request: Request, content: dict[str, Any]) -> None:
    """Add to what a page shows the answer to what it asks, if it asks something."""
    lang, run = request.path_params["lang"], request.app.state.pool.run
    if content["question"] and not content["query"]:
        await _question(request, content)
    query = content["query"] = content["query"].replace("\r\n", "\n")
    if not query.strip():
        return
    first = _number(request.query_params.get("first", ""))
    found = await run(asks.answer_page, lang=lang, query=query, first=first, iris=content["iris"])
    took = f"{1000 * found.seconds:.1f}"
    content.update(
        answer=found, took=took.replace(".", ",") if lang == "nl" else took, **_neighbouring_pages(request, found)
    )
    content["permalink"] = f"/{lang}/ask?{urlencode(request.query_params.multi_items())}"
    try:
        content["supports"] = await run(asks.page_support, lang=lang, query=query, first=first)
    except FotGraphError as error:  # the answer is there all the same
        content["trouble"], _ = problems.error_texts(error, lang)


async def _question(request: Request, content: dict[str, Any]) -> None:
    """Load a question of the catalogue with its parameters, which come as `p_name`."""
    lang, name = request.path_params["lang"], content["question"]
    given = {key[2:]: value for key, value in request.query_params.items() if key.startswith("p_")}
    chosen = next((each for each in content["questions"] if each.name == name), None)
    if chosen:
        content["summary"] = chosen.summary
        content["parameters"] = [(key, given.get(key, value)) for key, value in chosen.parameters]
    run = request.app.state.pool.run
    content["query"], content["headings"] = await run(asks.text, lang=lang, question=name, parameters=given)


def _neighbouring_pages(request: Request, found: asks.AnswerPage) -> dict[str, str | None]:
    """Give the addresses of the rows before and after those that are shown."""

    def address(first: int) -> str:
        kept = [(key, value) for key, value in request.query_params.multi_items() if key != "first"]
        return f"{request.url.path}?{urlencode([*kept, ('first', str(first))])}"

    earlier = address(max(0, found.first - asks.ROWS)) if found.first else None
    return {
        "earlier": earlier,
        "later": address(found.first + asks.ROWS) if found.first + asks.ROWS < found.total else None,
    }


def _number(text: str) -> int:
    return min(int(text), _LAST) if text.isascii() and text.isdigit() and len(text) < 9 else 0


async def _answer_file(request: Request) -> Response:
    """Hand over a whole answer in a format."""
    suffix, asked = request.path_params["format"], request.query_params
    offered = {each.suffix: each for each in (*asks.ROW_FORMATS, *asks.GRAPH_FORMATS)}
    if suffix not in offered:
        return _error_page(request, UnknownNameError("format", suffix, offered))
    format_ = offered[suffix]
    wanted = {
        "query": asked.get("query", ""),
        "format_": format_.name,
        "evidence": "evidence" in asked,
        "iris": "iris" in asked,
    }
    return await _download(format_.media_types[0], asks.download, lambda _: wanted)(request)


async def _terms(request: Request) -> Response:
    """Give what the editor completes."""
    try:
        found = await request.app.state.pool.run(asks.terms, lang=request.path_params["lang"])
    except FotGraphError as error:
        return JSONResponse([], errors.status(error))
    return JSONResponse(found)


class _Files(StaticFiles):
    """The style sheet and the scripts, which a browser may keep: their address has their version in it."""

    def file_response(self, *args: Any, **options: Any) -> Response:  # noqa: ANN401  as in Starlette
        answer = super().file_response(*args, **options)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


routes = [
    Route("/", _redirect_to_language),
    Mount("/static", _Files(directory=_STATIC), name="static"),
    Route("/{lang:language}/", _page("reading.html", readings.reading, _reading)),
    Route("/{lang:language}/board", _page("board.html", boards.board, _document)),
    Route("/{lang:language}/board.csv", _download("text/csv", boards.csv, _document)),
    Route("/{lang:language}/board.md", _download("text/markdown", boards.markdown, _document)),
    Route("/{lang:language}/page/doc/{document}", _page("reading.html", readings.reading, _reading)),
    Route("/{lang:language}/page/claim/{name:path}", _claim),
    Route("/{lang:language}/page/ontology", _page("ontology.html", ontologies.ontology)),
    Route("/{lang:language}/page/{path:path}", _page("entity.html", entities.thing, _path)),
    Route("/{lang:language}/answer.{format}", _answer_file),
    Route("/{lang:language}/ask", _ask),
    Route("/{lang:language}/terms.json", _terms),
    Route("/{lang:language}/figures", _page("figures.html", tables.figures)),
    Route("/{lang:language}/graph", _page("graph.html", graphs.neighbourhood, _graph)),
    Route("/{lang:language}/search", _page("search.html", searches.search, _words)),
    Route("/{lang:language}/timeline", _page("timeline.html", timelines.timeline)),
    Route("/{lang:language}/ontology", _page("ontology.html", ontologies.ontology)),
    Route("/{lang:language}/themes", _page("themes.html", maps.themes)),
    Route("/{lang:language}/{rest:path}", _unknown),
]
