"""The pool of workers: what runs there, and how it ends when it takes too long, too much, or nobody waits for it."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, Store
from sampling import every
from serving import write_store

from fot_graph.core.errors import InputFileError, QuerySyntaxError
from fot_graph.web.http.errors import (
    BusyError,
    EngineFailedError,
    InternalError,
    MemoryLimitError,
    TimeLimitError,
    TooMuchError,
    WebError,
)
from fot_graph.web.settings import GraphLocation, RequestLimits, Settings
from fot_graph.web.workers.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from fot_graph.api import Graph

LOCATION = GraphLocation(quads=b"<urn:s> <urn:p> <urn:o> <urn:g> .\n")
LIMITS = RequestLimits(time=1, memory=300_000_000, queue=2)


def run(
    test: Callable[[Pool], Awaitable[None]],
    limits: RequestLimits = LIMITS,
    workers: int = 1,
    location: GraphLocation = LOCATION,
) -> None:
    """Run a test on a pool, which must end quickly whatever happens in it."""

    async def whole() -> None:
        pool = Pool(Settings(location, workers, limits))
        await pool.start()
        try:
            await test(pool)
        finally:
            began = time.perf_counter()
            await pool.close()
            assert time.perf_counter() - began < 2
            assert pool.alive == 0

    asyncio.run(whole())


# --- What the workers are told to do: functions of a module, which a spawned process can import -----------------------


def count(graph: Graph) -> int:
    return len(graph.query("SELECT * { ?s ?p ?o }").rows)


def process(graph: Graph, pause: float = 0) -> int:
    time.sleep(pause)
    return os.getpid()


def grow(graph: Graph, megabytes: int) -> int:
    kept = [os.urandom(1_000_000) for _ in range(megabytes)]
    time.sleep(0.2)
    return len(kept)


def fail(graph: Graph, how: str) -> None:
    if how == "exit":
        os._exit(3)
    if how == "abort":
        os.abort()
    if how == "ours":
        graph.query("ASK {")
    if how == "memory":
        raise MemoryError
    raise ZeroDivisionError


def long(graph: Graph, size: int) -> bytes:
    return b"x" * size


async def error_of(awaitable: Awaitable[Any]) -> Exception:
    try:
        await awaitable
    except Exception as error:
        return error
    raise AssertionError


# --- Tests ------------------------------------------------------------------------------------------------------------


def test_work_is_done_in_another_process() -> None:
    async def test(pool: Pool) -> None:
        assert await pool.run(count) == 1
        assert await pool.run(process) != os.getpid()
        assert await pool.run(process) == await pool.run(process)
        assert len(await pool.run(long, size=5_000_000)) == 5_000_000

    run(test)


def test_a_worker_is_killed_at_the_time_limit_and_replaced() -> None:
    async def test(pool: Pool) -> None:
        before = await pool.run(process)
        began = time.perf_counter()
        assert isinstance(await error_of(pool.run(process, pause=60)), TimeLimitError)
        assert 1 <= time.perf_counter() - began < 1.5
        assert await pool.run(process) != before
        assert (pool.alive, pool.restarts) == (1, 1)
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)

    run(test, RequestLimits(time=1))


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("exit", EngineFailedError),
        ("abort", MemoryLimitError),
        ("memory", MemoryLimitError),
        ("ours", QuerySyntaxError),
        ("theirs", InternalError),
    ],
)
def test_a_failure_is_told_and_the_next_request_is_served(how: str, error: type[Exception]) -> None:
    async def test(pool: Pool) -> None:
        assert type(await error_of(pool.run(fail, how=how))) is error
        assert await pool.run(count) == 1

    run(test, RequestLimits(time=5))


def test_too_much_memory_ends_the_worker_only() -> None:
    async def test(pool: Pool) -> None:
        assert isinstance(await error_of(pool.run(grow, megabytes=400)), MemoryLimitError)
        assert await pool.run(count) == 1

    run(test, RequestLimits(time=5, memory=300_000_000))


def test_a_worker_that_has_grown_makes_room_for_a_fresh_one() -> None:
    async def test(pool: Pool) -> None:
        before = await pool.run(process)
        assert await pool.run(process) != before or pool.restarts == 1

    run(test, RequestLimits(time=5, memory=60_000_000))


@pytest.mark.parametrize("how", every(3, [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, None]))
def test_who_comes_after_an_idle_worker_died_is_served(how: signal.Signals | None) -> None:
    """Whether the pool has heard of it or not: nobody is blamed for it, and nobody waits for the dead."""

    async def test(pool: Pool) -> None:
        while pool.alive < 2:
            await asyncio.sleep(0.05)
        for pause in (0.0, 0.0, 0.02, 0.5):
            for each in list(pool._workers):
                os.kill(each._process.pid or 0, how or signal.SIGKILL)
                if how is None:  # the system has ended it already, and the loop has heard nothing
                    os.waitid(os.P_PID, each._process.pid or 0, os.WEXITED | os.WNOWAIT)
            await asyncio.sleep(pause)
            assert await pool.run(count) == 1

    run(test, RequestLimits(time=20), workers=2)


def test_an_idle_worker_that_died_is_replaced_though_nobody_asks() -> None:
    async def test(pool: Pool) -> None:
        (before,) = pool._workers
        os.kill(before._process.pid or 0, signal.SIGKILL)
        while before in pool._workers:
            await asyncio.sleep(0.01)
        assert pool.alive == 0
        while pool.alive < 1:
            await asyncio.sleep(0.01)
        assert pool.restarts == 1
        assert await pool.run(count) == 1

    run(test, RequestLimits(time=20))


def test_a_worker_that_ends_at_its_work_is_not_asked_again() -> None:
    async def test(pool: Pool) -> None:
        assert isinstance(await error_of(pool.run(fail, how="exit")), EngineFailedError)
        assert (await pool.run(count), pool.restarts) == (1, 1)

    run(test, RequestLimits(time=20))


def test_all_workers_open_the_graph_anew(tmp_path: Path) -> None:
    path = tmp_path / "store"

    async def test(pool: Pool) -> None:
        while pool.alive < 2:
            await asyncio.sleep(0.05)
        busy = asyncio.create_task(error_of(pool.run(process, pause=60)))
        await asyncio.sleep(0.1)
        path.rename(tmp_path / "gone")
        write_store(path, "new", more=7)
        pool.renew()
        assert [await pool.run(count) for _ in range(6)] == [9] * 6
        assert isinstance(await busy, WebError)
        while pool.alive < 2:
            await asyncio.sleep(0.05)

    run(test, RequestLimits(time=20), workers=2, location=GraphLocation.on_disk(str(write_store(path, "old"))))


def test_work_stops_when_nobody_waits_for_it() -> None:
    async def test(pool: Pool) -> None:
        worker = await pool.run(process)
        task = asyncio.create_task(pool.run(process, pause=60))
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(0.5)
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
        assert await pool.run(count) == 1

    run(test, RequestLimits(time=30))


def test_the_queue_is_bounded_and_in_order() -> None:
    async def test(pool: Pool) -> None:
        done: list[int] = []

        async def ask(number: int) -> None:
            await pool.run(process, pause=0.1)
            done.append(number)

        tasks = [asyncio.create_task(ask(number)) for number in range(3)]  # one is served and two wait
        await asyncio.sleep(0.02)
        error = await error_of(pool.run(count))
        assert isinstance(error, BusyError)
        assert (error.status, error.headers["retry-after"]) == (503, "2")
        await asyncio.gather(*tasks)
        assert done == [0, 1, 2]

    run(test)


def test_waiting_counts_for_the_time_limit() -> None:
    async def test(pool: Pool) -> None:
        began = time.perf_counter()
        first = asyncio.create_task(pool.run(process, pause=0.6))
        await asyncio.sleep(0)
        second = await error_of(pool.run(process, pause=0.8))
        assert await first
        assert isinstance(second, BusyError)
        assert time.perf_counter() - began < 1.5

    run(test)


def test_who_leaves_the_queue_loses_no_worker() -> None:
    async def test(pool: Pool) -> None:
        first = asyncio.create_task(pool.run(process, pause=0.2))
        await asyncio.sleep(0.02)
        second = asyncio.create_task(pool.run(count))
        await asyncio.sleep(0.02)
        second.cancel()
        await first
        assert await pool.run(count) == 1
        assert pool.waiting == 0

    run(test)


def test_light_work_goes_on_beside_heavy_work() -> None:
    async def test(pool: Pool) -> None:
        while pool.alive < 2:
            await asyncio.sleep(0.05)
        heavy = asyncio.create_task(error_of(pool.run(process, pause=60)))
        await asyncio.sleep(0)
        for _ in range(5):
            assert await pool.run(count) == 1
        assert isinstance(await heavy, TimeLimitError)

    run(test, workers=2)


def test_a_store_on_disk_is_opened_read_only_by_all(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.load(LOCATION.quads, RdfFormat.N_QUADS)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    store.flush()
    del store

    async def test(pool: Pool) -> None:
        found = await asyncio.gather(*(pool.run(count) for _ in range(4)))
        assert found == [1, 1, 1, 1]

    run(test, RequestLimits(time=5), workers=2, location=GraphLocation.on_disk(str(tmp_path / "store")))


def test_a_home_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    pool = Pool(Settings(GraphLocation.on_disk(str(tmp_path / "nothing"))))
    with pytest.raises(InputFileError, match="no such folder"):
        asyncio.run(pool.start())


@pytest.mark.parametrize(
    "error",
    [
        QuerySyntaxError("ASK {", 1, 5, "unexpected-token", "did-you-mean", token="{", near=["["]),
        TooMuchError("too-many-rows", 10),
        WebError(418, "long-query", headers={"retry-after": "1"}, size=64),
    ],
)
def test_errors_travel_whole(error: WebError | QuerySyntaxError) -> None:
    found = pickle.loads(pickle.dumps(error))
    assert (type(found), str(found), found.__dict__) == (type(error), str(error), error.__dict__)
