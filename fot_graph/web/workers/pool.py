"""A pool of worker processes: what asks the graph runs in one of them, and is stopped when its time is over.

A worker that is stopped, or that dies of a query, is replaced; the others go on. Who finds no worker free waits, and
who finds too many waiting is told to come back.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import pickle
import signal
import socket
from collections import deque
from contextlib import suppress
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, TypeVar

from fot_graph.web.http.errors import BusyError, EngineFailedError, MemoryLimitError, TimeLimitError
from fot_graph.web.workers import worker

if TYPE_CHECKING:
    from asyncio import Future, StreamReader, StreamWriter, Task
    from collections.abc import Callable, Coroutine
    from multiprocessing.context import SpawnProcess

    from fot_graph.web.settings import Settings

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_SPAWN = multiprocessing.get_context("spawn")  # a fork would share the locks of the engine's threads
_START_LIMIT = 60.0  # seconds; a large store on a slow disk
_PAUSE, _LONGEST_PAUSE = 0.2, 5.0  # before the next attempt to start a worker
_LOOKS, _LOOK_EVERY = 100, 0.01
_WAITED = 0.1  # of the time limit: who waited longer is not to blame for the rest


class Pool:
    """Runs functions on the graph, each in a process of its own.

    Attributes: `restarts` (workers that were replaced), `alive` (workers that are ready or working), `waiting`.
    """

    def __init__(self, settings: Settings) -> None:
        self._location, self._limits, self._size = settings.location, settings.limits, settings.workers
        self._idle: deque[_Worker] = deque()
        self._queue: deque[Future[_Worker]] = deque()
        self._workers: set[_Worker] = set()
        self._tasks: set[Task[Any]] = set()
        self._edition = 0  # of the graph, counted by `renew`
        self._closed = False
        self.restarts = 0

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return len(self._workers)

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._queue)

    async def start(self) -> None:
        """Start the workers, and wait for the first. Raises what opening the graph does, or that it was closed."""
        first = self._later(self._started())
        try:
            self._release(await first)
        except asyncio.CancelledError:
            if self._closed:
                raise _stopping_error() from None
            raise
        for _ in range(self._size - 1):
            self._later(self._add())

    async def close(self) -> None:
        """End all workers, whatever they do."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for waiting in self._queue:
            waiting.cancel()
        await asyncio.gather(*self._tasks, *(each.end() for each in self._workers), return_exceptions=True)
        self._workers.clear()

    def renew(self) -> None:
        """Replace all workers: the graph that they opened is no longer the one that is at home."""
        self._edition += 1
        self._idle.clear()
        for each in list(self._workers):
            self._replace(each)

    async def run(self, function: Callable[..., Any], /, **kwargs: Any) -> Any:  # noqa: ANN401  what the function gives
        """Run a function of a module, `function(graph, **kwargs)`, in a worker; its result is pickled back.

        Cancelled, it stops the work. Raises: what the function does, of our own errors; `TimeLimitError`, `BusyError`,
        `MemoryLimitError`, `EngineFailedError`.
        """
        clock = asyncio.get_running_loop().time
        limit, began = self._limits.time, clock()
        while True:
            free = await self._free_worker(limit - (clock() - began))
            waited = clock() - began
            try:
                async with asyncio.timeout(limit - waited):
                    kind, value, is_grown = await free.ask((function, kwargs))
            except TimeoutError:
                self._replace(free)
                raise (TimeLimitError(limit) if waited < _WAITED * limit else _busy_error()) from None
            except _GoneError:
                self._replace(free)  # and ask another: it ended before it began
            except (EOFError, OSError):
                self._replace(free)
                raise (_stopping_error() if self._closed else await free.failure()) from None
            except BaseException:
                self._replace(free)
                raise
            else:
                break
        self._replace(free) if is_grown else self._release(free)
        if kind == "error":
            raise value
        return value

    # --- Inside -------------------------------------------------------------------------------------------------------

    async def _free_worker(self, patience: float) -> _Worker:
        """Give a worker that is free, after those who came before, within so many seconds."""
        if self._idle:
            return self._idle.popleft()
        if self._closed:
            raise _stopping_error()
        if len(self._queue) >= self._limits.queue:
            raise BusyError
        turn: Future[_Worker] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(patience):
                return await turn
        except TimeoutError:
            self._give_back(turn)
            raise _busy_error() from None
        except asyncio.CancelledError:
            self._give_back(turn)
            if self._closed:
                raise _stopping_error() from None
            raise

    def _give_back(self, turn: Future[_Worker]) -> None:
        """Leave the queue; a worker that was handed over just then goes to the next request that waits."""
        with suppress(ValueError):
            self._queue.remove(turn)
        if turn.done() and not turn.cancelled():
            self._release(turn.result())

    def _release(self, free: _Worker) -> None:
        """Let a worker do what waits, unless it was replaced."""
        if free not in self._workers:
            return
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(free)
                return
        self._idle.append(free)

    def _replace(self, spent: _Worker) -> None:
        """End a worker and start another one, unless that was done already."""
        if spent not in self._workers:
            return
        self._workers.remove(spent)
        spent.kill()
        if not self._closed:
            self.restarts += 1
            self._later(self._add())
        self._later(spent.end())

    def _later(self, work: Coroutine[Any, Any, T]) -> Task[T]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _watch(self, made: _Worker) -> None:
        """Replace a worker that ends while nobody asks it anything."""
        await made.closed()
        if made in self._idle:
            self._idle.remove(made)
            self._replace(made)

    async def _add(self) -> None:
        """Start a worker, again and again if need be."""
        pause = _PAUSE
        while not self._closed:
            try:
                self._release(await self._started())
            except Exception as error:
                _LOG.error("a worker does not start: %s", error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                return

    async def _started(self) -> _Worker:
        """Start a worker on the graph that is at home now."""
        if self._closed:
            raise _stopping_error()
        edition = self._edition
        made = await _Worker.start(self._limits.memory)
        try:
            async with asyncio.timeout(_START_LIMIT):
                await made.told((self._location, self._limits))
        except BaseException:
            await made.end()
            raise
        if edition != self._edition:
            await made.end()
            return await self._started()
        self._workers.add(made)
        self._later(self._watch(made))
        return made


def _busy_error() -> BusyError:
    return BusyError("server-busy")


def _stopping_error() -> BusyError:
    return BusyError("server-stopping")


class _GoneError(ConnectionError):
    """A process that had ended before it was asked."""


class _Channel(asyncio.StreamReaderProtocol):
    """The channel to a process, which closes when the process ends."""

    def eof_received(self) -> bool:
        """Close it."""
        super().eof_received()
        return False


class _Worker:
    """A process and the channel to it."""

    def __init__(self, process: SpawnProcess, reader: StreamReader, writer: StreamWriter) -> None:
        self._process, self._reader, self._writer = process, reader, writer
        self._end: Task[None] | None = None

    @classmethod
    async def start(cls, memory: int) -> _Worker:
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

        Raises: `_GoneError` when the process had ended before; EOFError or OSError when it ends before it replies.
        """
        with suppress(OSError):  # what came of it shows in what we read
            self._writer.write(worker.frame(message))
            await self._writer.drain()
        try:
            await self._reader.readexactly(len(worker.BEGUN))
        except (EOFError, OSError):
            raise _GoneError from None
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
