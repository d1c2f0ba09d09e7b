"""A pool of worker processes: what asks the graph runs in one of them, and is stopped when its time is over.

A worker that is stopped, or that dies of a query, is replaced; the others go on. Who finds no worker free waits, and
who finds too many waiting is told to come back.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from fot_graph.web.http.errors import BusyError, TimeLimitError
from fot_graph.web.workers.process import GoneError, Worker

if TYPE_CHECKING:
    from asyncio import Future, Task
    from collections.abc import Callable, Coroutine

    from fot_graph.web.settings import Settings

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_START_LIMIT = 60.0  # seconds; a large store on a slow disk
_PAUSE, _LONGEST_PAUSE = 0.2, 5.0  # before the next attempt to start a worker
_WAITED = 0.1  # of the time limit: who waited longer is not to blame for the rest


class Pool:
    """Runs functions on the graph, each in a process of its own.

    Attributes: `restarts` (workers that were replaced), `alive` (workers that are ready or working), `waiting`.
    """

    def __init__(self, settings: Settings) -> None:
        self._location, self._limits, self._size = settings.location, settings.limits, settings.workers
        self._idle: deque[Worker] = deque()
        self._queue: deque[Future[Worker]] = deque()
        self._workers: set[Worker] = set()
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
        """Replace all workers: another graph has taken the place of the one that they opened."""
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
            except GoneError:
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

    async def _free_worker(self, patience: float) -> Worker:
        """Give a worker that is free, after those who came before, within so many seconds."""
        if self._idle:
            return self._idle.popleft()
        if self._closed:
            raise _stopping_error()
        if len(self._queue) >= self._limits.queue:
            raise BusyError
        turn: Future[Worker] = asyncio.get_running_loop().create_future()
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

    def _give_back(self, turn: Future[Worker]) -> None:
        """Leave the queue; a worker that was handed over just then goes to the next request that waits."""
        with suppress(ValueError):
            self._queue.remove(turn)
        if turn.done() and not turn.cancelled():
            self._release(turn.result())

    def _release(self, free: Worker) -> None:
        """Let a worker do what waits, unless it was replaced."""
        if free not in self._workers:
            return
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(free)
                return
        self._idle.append(free)

    def _replace(self, spent: Worker) -> None:
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

    async def _watch(self, made: Worker) -> None:
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

    async def _started(self) -> Worker:
        """Start a worker on the present graph."""
        if self._closed:
            raise _stopping_error()
        edition = self._edition
        made = await Worker.start(self._limits.memory)
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
