"""The whole application: the endpoint, linked data and the pages behind one gate, over one pool of workers."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from fot_graph.core.errors import FotGraphError
from fot_graph.web.endpoint import description, linked, protocol
from fot_graph.web.http import problems
from fot_graph.web.http.access import Access
from fot_graph.web.http.cache import ResponseCache
from fot_graph.web.http.errors import WebError
from fot_graph.web.http.metrics import Metrics
from fot_graph.web.http.negotiation import codings
from fot_graph.web.http.security import Gate
from fot_graph.web.pages import routes as pages
from fot_graph.web.settings import GraphLocation
from fot_graph.web.workers.following import Following, StoreFolder
from fot_graph.web.workers.pool import Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from fot_graph.web.settings import Settings

_SMALLEST, _LEVEL = 1_000, 6  # bytes that are worth compressing, and how well: 1 to 9


def application(settings: Settings, address: str = "") -> Starlette:
    """Make the application; `address` is what the server listens at. The workers start and end with it."""
    metrics, pool = Metrics(), Pool(settings)
    access = Access(address, settings.names, settings.origins)
    place = StoreFolder(settings.location.store) if settings.location.store else None
    routes: list[BaseRoute] = [*protocol.routes, *description.routes, *linked.routes, *_OWN, *pages.routes]

    def renew() -> None:
        _renew(made, settings.location.store)

    made = Starlette(
        routes=routes,
        lifespan=_lifespan,
        middleware=[
            Middleware(Gate, limits=settings.limits, metrics=metrics, access=access, log=settings.log),
            Middleware(_Compressing),
            *([Middleware(Following, place=place, renew=renew)] if place else []),
        ],
        exception_handlers={FotGraphError: problems.on_error, HTTPException: problems.on_http_error},
    )
    made.router.redirect_slashes = False  # it would send on to whatever host the client names
    made.state.settings, made.state.metrics, made.state.pool = settings, metrics, pool
    made.state.cache = ResponseCache(settings.limits.cache if settings.location.is_still else 0)
    made.state.modified, made.state.place = settings.location.modified, place
    paths = [getattr(route, "path", "") for route in routes]
    made.state.has_ask_page = any(path.endswith("/ask") for path in paths)
    made.state.has_entity_pages = any("}/page/" in path for path in paths)
    return made


def _renew(app: Starlette, store: str) -> None:
    """Forget what is known of the store that was there before."""
    state, before = app.state, app.state.modified or 0.0
    state.cache = state.cache.emptied()
    # Later than before, whatever the files say, so that nobody takes the one for the other
    state.modified = max(GraphLocation.on_disk(store).modified or 0.0, before + 1)
    state.pool.renew()


class _Compressing:
    """ASGI middleware that compresses pages and descriptions, as far as a client can read that.

    Answers of megabytes are not, for which all others would have to wait, but for who can read nothing else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress what comes of a request, or leave it as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        gzip, identity = codings(",".join(Headers(scope=scope).getlist("accept-encoding")))
        if not gzip and not identity:
            raise WebError(406, "gzip-or-as-it-is")
        app = self.app
        if not identity:
            app = GZipResponder(app, 1, _LEVEL)
        elif not scope["path"].startswith("/sparql"):
            app = GZipResponder(app, _SMALLEST, _LEVEL) if gzip >= identity else IdentityResponder(app, _SMALLEST)
        await app(scope, receive, send)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    try:
        await app.state.pool.start()
        yield
    finally:
        await app.state.pool.close()
        if app.state.place:
            app.state.place.close()


async def _health(request: Request) -> Response:
    """Tell whether there is a worker to ask."""
    alive = request.app.state.pool.alive > 0
    return PlainTextResponse("ok\n" if alive else "no worker\n", 200 if alive else 503)


async def _metrics(request: Request) -> Response:
    """Tell what was counted."""
    state = request.app.state
    return PlainTextResponse(state.metrics.text(state.pool, state.cache), headers={"cache-control": "no-store"})


_OWN = [Route("/health", _health), Route("/metrics", _metrics)]
