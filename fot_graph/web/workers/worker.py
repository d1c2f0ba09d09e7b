"""A worker process: it opens its own graph and runs the functions that the server sends, until that closes the channel.

Nothing within a process can stop a query, nor survive what overflows the engine's stack or the memory. So queries run
here, and `workers.Pool` ends the process when it must.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import struct
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fot_graph.core import limits
from fot_graph.core.errors import EngineError, FotGraphError, InputFileError
from fot_graph.web.http import logs
from fot_graph.web.http.errors import EngineFailedError, InternalError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from fot_graph.api import Graph
    from fot_graph.web.settings import GraphLocation, RequestLimits

_LOG = logging.getLogger(__name__)
OUT_OF_MEMORY = 80  # the exit code that says so
BEGUN = b"\x06"  # is sent when a message has come, before it is acted on
HEADER = struct.Struct("!Q")  # the length of the message that follows
_LOOK_EVERY = 0.05  # seconds
_GROWN = 3  # a worker that keeps more than a third of its memory makes room for a fresh one


def main(channel: socket.socket, memory: int) -> None:
    """Open the graph that the first message names, and answer the messages that follow, one by one."""
    _configure_process(memory)
    guard = _Guard(memory)
    with channel, suppress(EOFError, OSError):
        location, allowed = _receive(channel)
        graph = _open_graph(channel, location, allowed)
        while graph is not None:
            function, kwargs = _receive(channel)
            with guard:
                reply = _reply(function, graph, kwargs)
            _send(channel, (*reply, guard.is_grown()))


def frame(message: object) -> bytes:
    """Write a message with its length before it."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(content)) + content


# --- Inside ----------------------------------------------------------------------------------------------------------


def _configure_process(memory: int) -> None:
    """Leave signals to the server, log as it does, and never dump a gigabyte of core."""
    logs.configure()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):
        # Addresses, of which more are taken than memory: only what jumps over the guard stops here
        resource.setrlimit(resource.RLIMIT_AS, (memory + 2**31, memory + 2**31))


def _open_graph(channel: socket.socket, location: GraphLocation, allowed: RequestLimits) -> Graph | None:
    """Open the graph, and import what every query needs, so that the first one need not wait for it."""
    limits.QUERY_BYTES, limits.QUERY_DEPTH, limits.QUERY_TOKENS = allowed.query, allowed.depth, allowed.tokens
    try:
        graph = location.open(allowed.time)
        from fot_graph.web.endpoint import answering, describing  # noqa: F401, PLC0415
    except FotGraphError as error:
        _send(channel, ("error", error, False))
        return None
    _send(channel, ("done", None, False))
    return graph


def _reply(function: Callable[..., Any], graph: Graph, kwargs: dict[str, Any]) -> tuple[str, Any]:
    try:
        return "done", function(graph, **kwargs)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EngineError, InputFileError):  # whose words may name paths, and are for the log
        _LOG.exception("the engine failed in a worker")
        return "error", EngineFailedError()
    except FotGraphError as error:
        return "error", error
    except (RuntimeError, OSError):  # of the engine, on what we ask ourselves
        _LOG.exception("the engine failed in a worker")
        return "error", EngineFailedError()
    except Exception:
        _LOG.exception("a mistake of ours in a worker")
        return "error", InternalError()


def _send(channel: socket.socket, message: object) -> None:
    channel.sendall(frame(message))


def _receive(channel: socket.socket) -> Any:  # noqa: ANN401  as pickle
    (size,) = HEADER.unpack(_receive_bytes(channel, HEADER.size))
    content = _receive_bytes(channel, size)
    channel.sendall(BEGUN)
    return pickle.loads(content)  # noqa: S301  from our own server


def _receive_bytes(channel: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = channel.recv(min(size - len(parts), 2**20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


class _Guard:
    """Ends the process while it works when it takes too much memory, or when the server is gone."""

    def __init__(self, memory: int) -> None:
        self._memory, self._server = memory, os.getppid()
        self._working = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> None:
        self._working.set()

    def __exit__(self, *_: object) -> None:
        self._working.clear()

    def is_grown(self) -> bool:
        """Tell whether the process keeps so much memory that a fresh one does better."""
        return _memory() > self._memory // _GROWN

    def _watch(self) -> None:
        pause = threading.Event()
        while self._working.wait():
            if _memory() > self._memory:
                os._exit(OUT_OF_MEMORY)
            if os.getppid() != self._server:
                os._exit(1)
            pause.wait(_LOOK_EVERY)


def _memory() -> int:
    """Give the memory that the process has taken, where the system tells it (Linux)."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
