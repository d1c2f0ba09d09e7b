"""The addresses of the pages: those that the modules of this folder declare, the way in, and the static files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fot_graph.core.errors import UnknownNameError
from fot_graph.core.words import LANGUAGES
from fot_graph.web.http.negotiation import language
from fot_graph.web.pages import handlers
from fot_graph.web.pages.page import declared

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_BELOW = "/{lang:language}/"


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


async def _redirect_to_language(request: Request) -> Response:
    """Send a reader to the language that the browser prefers."""
    return RedirectResponse(f"/{language(request)}/", 302, headers={"Vary": "Accept-Language"})


async def _unknown(request: Request) -> Response:
    return handlers.failed(request, UnknownNameError("page", request.url.path, []))


class _Files(StaticFiles):
    """The style sheet and the scripts, which a browser may keep: their address has their version in it."""

    def file_response(self, *args: Any, **options: Any) -> Response:  # noqa: ANN401  as in Starlette
        answer = super().file_response(*args, **options)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def _order(route: Route) -> tuple[bool, int]:
    """Put first what is matched most exactly: whole paths before their beginnings, longer ones before shorter ones."""
    own = route.path.removeprefix(_BELOW)
    return ":path}" in own, -len(own.partition("{")[0])


_SHOWN = [Route(_BELOW + page.path, handlers.show(page)) for page in declared("PAGES")]
_HANDED_OVER = [Route(_BELOW + each.path, handlers.hand_over(each)) for each in declared("DOWNLOADS")]
routes = [
    Route("/", _redirect_to_language),
    Mount("/static", _Files(directory=handlers.STATIC), name="static"),
    *sorted([*_SHOWN, *_HANDED_OVER, *declared("ROUTES"), Route(_BELOW + "{rest:path}", _unknown)], key=_order),
]
