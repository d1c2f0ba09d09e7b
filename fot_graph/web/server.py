"""The server process: it listens, serves the application, drops clients that are too slow, and ends when told to."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from fot_graph.core.errors import UsageError
from fot_graph.web.app import application
from fot_graph.web.http.logs import escape_invisible

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from fot_graph.web.settings import Settings
    from fot_graph.web.workers.pool import Pool

_BACKLOG = 256
_GRACE = 3  # seconds that requests have to end when the server is stopped
_LOOK_EVERY = 1.0
_SLOW = b"the request takes too long to arrive\n"
_TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: %d\r\n\r\n%s" % (len(_SLOW), _SLOW)
)


def serve(settings: Settings, host: str, port: int, ready: Callable[[str], object]) -> None:
    """Serve until the process is told to stop; `ready` is called with the address once there is an answer to be had.

    Raises: `UsageError` for an address that is taken or not ours; what opening the graph does; KeyboardInterrupt.
    """
    listener = _listener(host, port)
    app = application(settings, host)
    config = uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # the gate writes its own
        proxy_headers=False,
        server_header=False,
        limit_concurrency=settings.limits.connections,
        h11_max_incomplete_event_size=settings.limits.headers,
        timeout_graceful_shutdown=_GRACE,
        backlog=_BACKLOG,
    )
    with listener:
        server = _Server(config, app.state.pool, settings.limits.slow, lambda: ready(_address(host, listener)))
        try:
            server.run(sockets=[listener])
        except SystemExit:  # it was interrupted while it started
            if not server.is_interrupted:
                raise
        if server.is_interrupted:
            raise KeyboardInterrupt


def _listener(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # By its name: asyncio sends small packets at once (TCP_NODELAY) only on what says that it is TCP
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise UsageError("no-address-of-this-machine", host=escape_invisible(host)) from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise _listen_error(host, port, error) from None
    return made


def _listen_error(host: str, port: int, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError("port-taken", port=port)
    if error.errno == errno.EACCES:
        return UsageError("port-not-for-everyone", port=port)
    return UsageError("no-address-of-this-machine", host=host)


def _address(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/"


class _Server(uvicorn.Server):
    """A server that says when it is ready, and looks after its connections."""

    def __init__(self, config: uvicorn.Config, pool: Pool, slow: float, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._pool, self._slow, self._ready = pool, slow, ready
        self.is_interrupted = False

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until the process is told to stop."""
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.should_exit:
            return
        self._watch = asyncio.create_task(self._drop_slow_clients())
        self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  as uvicorn calls it
        """Stop in good order, at once when the user interrupts or the signal comes again.

        It is left at that: uvicorn would raise the signal again.
        """
        self.is_interrupted = self.is_interrupted or sig == signal.SIGINT
        if self.is_interrupted or self.should_exit:
            self.config.timeout_graceful_shutdown = 0
            self._loop.call_soon_threadsafe(self._end_workers)
        self.should_exit = True

    def _end_workers(self) -> None:
        """Stop all work, also that of starting, so that nothing keeps the server."""
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # what breaks off now is no error
        self._ending = self._loop.create_task(self._pool.close())

    async def _drop_slow_clients(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(min(_LOOK_EVERY, self._slow / 4))
            for connection in list(self.server_state.connections):
                if isinstance(connection, _Protocol):
                    connection.drop_if_slow(clock(), self._slow)


class _Protocol(H11Protocol):
    """A connection that knows since when it waits for its client: to end a request, or to read an answer."""

    _since: float | None = None
    _has_begun = False  # to send a request, the headers of which are not all there
    _unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._since = self.loop.time()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request."""
        before = self.cycle
        super().data_received(data)
        self._has_begun = self.cycle is before
        if not self._has_begun:
            self._since = None  # its headers are there, and the gate waits for the rest
        elif self._since is None and (self.cycle is None or self.cycle.response_complete):
            self._since = self.loop.time()

    def drop_if_slow(self, now: float, patience: float) -> None:
        """End the connection when the client has not moved for too long."""
        unread = self.transport.get_write_buffer_size()
        if unread and unread != self._unread:
            self._since = now
        elif not unread and self._unread:
            self._since = None
        self._unread = unread
        if self._since is None or now - self._since <= patience:
            return
        if self._has_begun and not unread:
            self.transport.write(_TOO_SLOW)
            self.transport.close()
        else:
            self.transport.abort()
