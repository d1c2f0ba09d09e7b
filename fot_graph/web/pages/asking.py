"""What the ask page does with a request: a question of the catalogue, a query, rows from the first on, a download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import JSONResponse
from starlette.routing import Route

from fot_graph.core.errors import FotGraphError, UnknownNameError
from fot_graph.web.http import errors, problems
from fot_graph.web.pages import ask
from fot_graph.web.pages.handlers import failed, hand_over, shown
from fot_graph.web.pages.page import Download

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_LAST = 1_000_000  # no answer has more rows


async def _ask(request: Request) -> Response:
    """Show the catalogue, and a query with its answer and what that rests on."""
    lang, asked = request.path_params["lang"], request.query_params
    content: dict[str, Any] = dict.fromkeys(("answer", "supports", "error", "earlier", "later"))
    content.update(dict.fromkeys(("message", "hint", "trouble"), problems.ErrorText("", lang)))
    content.update(question=asked.get("question", ""), query=asked.get("query", ""), iris="iris" in asked, took="")
    content.update(summary="", headings=(), parameters=(), permalink="")
    content["questions"] = ()
    try:
        content["questions"] = await request.app.state.pool.run(ask.questions, lang=lang)
        await _answer(request, content)
    except FotGraphError as error:
        content["error"], (content["message"], content["hint"]) = error, problems.error_texts(error, lang)
        return shown(request, "ask.html", errors.status(error), **content)
    return shown(request, "ask.html", **content)


async def _answer(request: Request, content: dict[str, Any]) -> None:
    """Add to what a page shows the answer to what it asks, if it asks something."""
    lang, run = request.path_params["lang"], request.app.state.pool.run
    if content["question"] and not content["query"]:
        await _question(request, content)
    query = content["query"] = content["query"].replace("\r\n", "\n")
    if not query.strip():
        return
    first = _number(request.query_params.get("first", ""))
    found = await run(ask.answer_page, lang=lang, query=query, first=first, iris=content["iris"])
    took = f"{1000 * found.seconds:.1f}"
    content.update(answer=found, took=took.replace(".", ",") if lang == "nl" else took, **_around(request, found))
    content["permalink"] = f"/{lang}/ask?{urlencode(request.query_params.multi_items())}"
    try:
        content["supports"] = await run(ask.page_support, lang=lang, query=query, first=first)
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
    content["query"], content["headings"] = await run(ask.text, lang=lang, question=name, parameters=given)


def _around(request: Request, found: ask.AnswerPage) -> dict[str, str | None]:
    """Give the addresses of the rows before and after those that are shown."""

    def address(first: int) -> str:
        kept = [(key, value) for key, value in request.query_params.multi_items() if key != "first"]
        return f"{request.url.path}?{urlencode([*kept, ('first', str(first))])}"

    earlier = address(max(0, found.first - ask.ROWS)) if found.first else None
    return {
        "earlier": earlier,
        "later": address(found.first + ask.ROWS) if found.first + ask.ROWS < found.total else None,
    }


def _number(text: str) -> int:
    return min(int(text), _LAST) if text.isascii() and text.isdigit() and len(text) < 9 else 0


async def _whole_answer(request: Request) -> Response:
    """Hand over a whole answer in a format."""
    suffix, asked = request.path_params["format"], request.query_params
    offered = {each.suffix: each for each in (*ask.ROW_FORMATS, *ask.GRAPH_FORMATS)}
    if suffix not in offered:
        return failed(request, UnknownNameError("format", suffix, offered))
    format_ = offered[suffix]
    wanted = {
        "query": asked.get("query", ""),
        "format_": format_.name,
        "evidence": "evidence" in asked,
        "iris": "iris" in asked,
    }
    return await hand_over(Download("", format_.media_types[0], ask.download, lambda _: wanted))(request)


async def _terms(request: Request) -> Response:
    """Give what the editor completes."""
    try:
        found = await request.app.state.pool.run(ask.terms, lang=request.path_params["lang"])
    except FotGraphError as error:
        return JSONResponse([], errors.status(error))
    return JSONResponse(found)


ROUTES = (
    Route("/{lang:language}/answer.{format}", _whole_answer),
    Route("/{lang:language}/ask", _ask),
    Route("/{lang:language}/terms.json", _terms),
)
MENU = ((6, "ask"),)
