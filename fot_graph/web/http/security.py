"""The gate that every request passes: who may ask, how large and slow it may be, what browsers are told, the log.

A request is read whole before anything is done for it. When its client leaves, the work for it is stopped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from fot_graph.web.http import problems
from fot_graph.web.http.access import Access
from fot_graph.web.http.errors import BusyError, InternalError, WebError
from fot_graph.web.http.logs import escape_invisible

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from fot_graph.web.http.metrics import Metrics
    from fot_graph.web.settings import RequestLimits

ACCESS = logging.getLogger("fot_graph.web.access")
_LOG = logging.getLogger(__name__)

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "access-control-max-age": "86400",
    "vary": "Access-Control-Request-Method, Access-Control-Request-Headers",
}
_CLOSING = {"connection": "close"}
_VERSIONS = ("1.0", "1.1")
_PATIENCE = 0.1  # seconds after which we look whether the client is still there
_LEFT = 499  # in the log and the metrics only: nobody hears of it
_LONGEST_LINE = 500


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(
        self, app: ASGIApp, limits: RequestLimits, metrics: Metrics, access: Access | None = None, *, log: bool
    ) -> None:
        self.app, self._limits, self._metrics, self._log = app, limits, metrics, log
        self._access = access or Access()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        self._metrics.active += 1
        try:
            await self._answered(exchange, receive)
        finally:
            self._metrics.active -= 1
            self._metrics.statuses[exchange.status] += 1
            self._metrics.seconds += exchange.seconds()
            if self._log:
                ACCESS.info("%s", exchange.line())

    async def _answered(self, exchange: _Exchange, receive: Receive) -> None:
        """Answer in any case, if the client is still there to hear it."""
        try:
            await self._served(exchange, receive)
        except asyncio.CancelledError:  # the server stops
            await exchange.fail(BusyError("server-stopping"))
        except WebError as error:
            await exchange.fail(error)
        except Exception:
            _LOG.exception("a mistake of ours in the answer to %s", exchange.line())
            await exchange.fail(InternalError())
            if exchange.is_broken():
                raise  # the connection ends at once: a part is no answer

    async def _served(self, exchange: _Exchange, receive: Receive) -> None:
        self._access.check(exchange.scope, exchange.headers)
        exchange.readers, exchange.varies = self._access.headers(exchange.headers), self._access.varies
        _check_line(exchange.scope, self._limits)
        _check_headers(exchange.headers, self._limits)
        if exchange.is_preflight():
            await exchange.respond(_preflight(exchange))
            return
        body = await self._body(receive)
        if body is None:
            return
        left = asyncio.Event()
        work = asyncio.ensure_future(self.app(exchange.scope, _replay(body, left), exchange.send))
        try:
            await asyncio.wait({work}, timeout=_PATIENCE)
            if not work.done():
                await _while_there(work, receive, left)
        finally:
            if not work.done():
                work.cancel()
                await asyncio.wait({work})
        if not work.cancelled():
            work.result()

    async def _body(self, receive: Receive) -> bytes | None:
        """Read the body of a request; None when the client leaves before its end."""
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(self._limits.slow):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    parts.append(message.get("body", b""))
                    if sum(map(len, parts)) > self._limits.body:
                        raise _too_large(self._limits)
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError:
            raise WebError(408, "slow-request", headers=_CLOSING) from None


def _check_line(scope: Scope, limits: RequestLimits) -> None:
    """Refuse what stands in the first line of a request. Raises: `WebError`."""
    if scope["http_version"] not in _VERSIONS:
        raise WebError(505, "http-1.1-only", headers=_CLOSING)
    if len(scope["raw_path"]) + len(scope["query_string"]) > limits.headers:
        raise WebError(414, "long-address", size=limits.headers // 1024)


def _check_headers(headers: Headers, limits: RequestLimits) -> None:
    """Refuse a request that need not be read further. Raises: `WebError`."""
    if sum(len(name) + len(value) for name, value in headers.raw) > limits.headers:
        raise WebError(431, "large-headers", headers=_CLOSING, size=limits.headers // 1024)
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length[:20]) > limits.body:
        raise _too_large(limits)


def _preflight(exchange: _Exchange) -> Response:
    """Tell a browser what a script of another site may ask, if it may read the answer."""
    allowed = dict(_PREFLIGHT)
    asks_for_private = exchange.headers.get("access-control-request-private-network") == "true"
    if asks_for_private and "access-control-allow-origin" in exchange.readers:
        allowed["access-control-allow-private-network"] = "true"
    return Response(status_code=204, headers=allowed)


def _too_large(limits: RequestLimits) -> WebError:
    return WebError(413, "large-request", headers=_CLOSING, size=limits.body // 1024)


def _replay(body: bytes, left: asyncio.Event) -> Receive:
    """Give the application the body that was read, and then tell it when the client leaves."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await left.wait()
        return {"type": "http.disconnect"}

    return receive


async def _while_there(work: asyncio.Future[None], receive: Receive, left: asyncio.Event) -> None:
    """Wait for the work to end, or for the client to leave."""
    leaving = asyncio.create_task(_disconnected(receive))
    try:
        await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if leaving.done():
            left.set()
    finally:
        leaving.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Exchange:
    """A request, what was sent for it, and how long it took."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self._send = scope, send
        self.headers = Headers(scope=scope)
        self.status, self._size, self._began = _LEFT, 0, time.perf_counter()
        self._is_whole = False
        self.readers: dict[str, str] = {}  # headers that tell which pages may read the answer
        self.varies = False  # whether they are others for another origin

    async def send(self, message: Message) -> None:
        """Send a part of the answer, with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in (HEADERS | self.readers).items():
                headers.setdefault(name, value)
            if self.varies:
                headers.add_vary_header("Origin")
        else:
            self._size += len(message.get("body", b""))
            self._is_whole = not message.get("more_body", False)
        await self._send(message)

    async def respond(self, response: Response) -> None:
        """Send a response."""
        await response(self.scope, _nothing, self.send)

    async def fail(self, error: WebError) -> None:
        """Say what is wrong, if nothing was said yet."""
        if self.status == _LEFT:
            await self.respond(problems.response(error, self.headers.get("accept", ""), self.scope["path"]))

    def is_broken(self) -> bool:
        """Tell whether an answer was begun and not ended."""
        return self.status != _LEFT and not self._is_whole

    def is_preflight(self) -> bool:
        """Tell whether a browser asks if a script of another site may ask."""
        return self.scope["method"] == "OPTIONS" and "access-control-request-method" in self.headers

    def seconds(self) -> float:
        """Give the time since it came."""
        return time.perf_counter() - self._began

    def line(self) -> str:
        """Write it for the log: who asked, for what, the status, the bytes, the time."""
        client = (self.scope.get("client") or ("-",))[0]
        path = self.scope.get("raw_path", b"").decode("ascii", "replace")
        query = self.scope.get("query_string", b"").decode("ascii", "replace")
        asked = f"{self.scope['method']} {path}{'?' if query else ''}{query}"
        line = escape_invisible(asked[:_LONGEST_LINE])
        return f'{client} "{line}" {self.status} {self._size} {self.seconds() * 1000:.0f} ms'


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
