"""A worker process as the server sees it: it is started, told what to do, and ended."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import signal
import socket
from contextlib import suppress
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any

from fot_graph.web.http.errors import EngineFailedError, MemoryLimitError
from fot_graph.web.workers import worker

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter, Task
    from multiprocessing.context import SpawnProcess

_SPAWN = multiprocessing.get_context("spawn")  # a fork would share the locks of the engine's threads
_LOOKS, _LOOK_EVERY = 100, 0.01


class GoneError(ConnectionError):
    """A process that had ended before it was asked."""


class _Channel(asyncio.StreamReaderProtocol):
    """The channel to a process, which closes when the process ends."""

    def eof_received(self) -> bool:
        """Close it."""
        super().eof_received()
        return False


class Worker:
    """A process and the channel to it."""

    def __init__(self, process: SpawnProcess, reader: StreamReader, writer: StreamWriter) -> None:
        self._process, self._reader, self._writer = process, reader, writer
        self._end: Task[None] | None = None

    @classmethod
    async def start(cls, memory: int) -> Worker:
        """Start a process."""
        ours, theirs = socket.socketpair()
        try:
            process = await asyncio.to_thread(_process, theirs, memory)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=2**20)
        transport, protocol = await loop.create_connection(lambda: _Channel(reader), sock=ours)
        return cls(process, reader, asyncio.StreamWriter(transport, protocol, reader, loop))

    async def ask(self, message: object) -> tuple[str, Any, bool]:
        """Send a message and wait for the reply.

        Raises: `GoneError` when the process had ended before; EOFError or OSError when it ends before it replies.
        """
        with suppress(OSError):  # what came of it shows in what we read
            self._writer.write(worker.frame(message))
            await self._writer.drain()
        try:
            await self._reader.readexactly(len(worker.BEGUN))
        except (EOFError, OSError):
            raise GoneError from None
        (size,) = worker.HEADER.unpack(await self._reader.readexactly(worker.HEADER.size))
        reply: tuple[str, Any, bool] = pickle.loads(await self._reader.readexactly(size))  # noqa: S301  from our worker
        return reply

    async def told(self, message: object) -> None:
        """Send a message to which the reply is only whether it worked. Raises what went wrong."""
        kind, value, _ = await self.ask(message)
        if kind == "error":
            raise value

    async def closed(self) -> None:
        """Wait until the process has ended, or was told to."""
        with suppress(OSError):
            await self._writer.wait_closed()

    def kill(self) -> None:
        """Stop the process at once, whatever it does."""
        with suppress(AttributeError, ValueError):  # it is closed already
            self._process.kill()
        self._writer.close()

    async def end(self) -> None:
        """Stop the process and wait until it is gone."""
        self.kill()
        await self._gone()

    async def _gone(self) -> None:
        if self._end is None:  # one thread waits, since the system tells only one of them how it ended
            self._end = asyncio.create_task(asyncio.to_thread(self._process.join))
        await asyncio.shield(self._end)

    async def failure(self) -> Exception:
        """Say why the process ended by itself."""
        await self._gone()
        for _ in range(_LOOKS):
            if self._process.exitcode is not None:
                break
            await asyncio.sleep(_LOOK_EVERY)  # whoever starts a worker just now has heard of the end before us
        killed = {worker.OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}
        return MemoryLimitError() if self._process.exitcode in killed else EngineFailedError()


def _process(channel: socket.socket, memory: int) -> SpawnProcess:
    """Start a process that an interrupt at the terminal leaves alone: the server ends it."""
    process = _SPAWN.Process(target=worker.main, args=(channel, memory), daemon=True, name="fot-graph worker")
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return process
    resource_tracker.ensure_running()  # the first process would start it, which ends the blocking of these signals
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process
