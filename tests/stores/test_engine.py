"""The engine is asked in a thread of its own: with room for any query, and with clear errors when it fails."""

from __future__ import annotations

import gc
import importlib.util
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sampling import every

from fot_graph.api import Graph, load
from fot_graph.core.errors import EngineError, InputFileError
from fot_graph.stores import engine
from fot_graph.stores.disk import _open_error
from fot_graph.web.http.errors import EngineFailedError
from fot_graph.web.workers import worker

if TYPE_CHECKING:
    from collections.abc import Generator

STACK = Path(__file__).parents[2] / "benchmarks" / "stack.py"
spec = importlib.util.spec_from_file_location("stack", STACK)
assert spec
assert spec.loader
stack = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stack)

# Asks a query in a thread with a small stack, and tells that it lives; the limit of time ends what takes long
PROGRAM = """
import sys, threading, os
from fot_graph.api import load
graph, query = load(), sys.stdin.read()
def ask():
    answer = graph.query(query)
    answer.evidence() if "evidence" in sys.argv else list(answer)
threading.stack_size(2**18)
thread = threading.Thread(target=ask, daemon=True)
thread.start()
thread.join(4)
print("alive", flush=True)
os._exit(0)
"""


@pytest.mark.exhaustive
def test_the_stack_is_eight_times_what_is_needed() -> None:
    assert stack.needed(stack.query("DESCRIBE")) * 8 <= engine.STACK


@pytest.mark.slow
@pytest.mark.parametrize("name", every(8, stack.CONSTRUCTS))
def test_no_construct_ends_the_process(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=stack.query(name), capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "alive\n"), ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", every(2, ["sum", "list", "UNION", "VALUES", "IN", "brackets, 60 deep, with sums"]))
def test_no_evidence_ends_the_process(name: str) -> None:
    command = [sys.executable, "-c", PROGRAM, "evidence"]
    ran = subprocess.run(command, input=stack.query(name), capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "alive\n"), ran.stderr


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT (" + " + ".join(["1"] * 3_900) + " AS ?n) {}", "3900"),
        ("SELECT (COUNT(*) AS ?n) { VALUES ?x { % } }", "7000"),
    ],
)
def test_what_is_long_is_answered(query: str, rows: str) -> None:
    [row] = load().query(query.replace("%", "1 " * 7_000)).rows
    assert getattr(row.n, "value", "") == rows


# --- Handing over ----------------------------------------------------------------------------------------------------


def numbers(most: int, closed: list[int]) -> Generator[int]:
    try:
        yield from range(most)
    finally:
        closed.append(threading.get_ident())


@pytest.mark.parametrize("most", [0, 1, 2, 3, 7, 1_022, 1_023, 1_024, 5_000])
def test_all_items_come_in_their_order(most: int) -> None:
    assert list(engine.stream(numbers(most, []))) == list(range(most))


def test_items_are_made_as_they_are_asked_for() -> None:
    made = []

    def making() -> Generator[int]:
        for number in range(10_000):
            made.append(number)
            yield number

    items = engine.stream(making())
    assert next(items) == 0
    assert made == [0]


def test_what_is_left_is_closed_where_it_was_made() -> None:
    closed: list[int] = []
    items = engine.stream(numbers(10_000, closed))
    next(items)
    del items
    gc.collect()
    for thread in threading.enumerate():
        assert thread.ident not in closed
    deadline = threading.Event()
    for _ in range(500):
        if closed:
            break
        deadline.wait(0.01)
    assert len(closed) == 1
    assert closed != [threading.get_ident()]


def test_an_error_is_raised_where_it_is_waited_for() -> None:
    def failing() -> Generator[int]:
        yield 1
        raise KeyError("x")

    items = engine.stream(failing())
    assert next(items) == 1
    with pytest.raises(KeyError):
        next(items)
    with pytest.raises(ZeroDivisionError):
        engine.run(lambda: 1 // 0)


# --- Errors of the engine --------------------------------------------------------------------------------------------


class _Failing:
    """A store that fails when it is asked."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def query(self, *_: object, **__: object) -> None:
        raise self.error


@pytest.mark.parametrize("error", [RuntimeError("no\nway"), OSError("no way"), ValueError("no way")])
def test_an_error_of_the_engine_is_one_clear_line(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = load()
    monkeypatch.setattr(graph.stored, "store", _Failing(error))
    with pytest.raises(EngineError) as caught:
        graph.query("ASK { ?s ?p ?o }")
    said = "the engine failed on this query: no way (ask in another way, or in smaller steps)"
    assert (str(caught.value), caught.value.exit_code) == (said, 3)


def test_a_failure_while_rows_arrive_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaking(_Failing):
        variables = ()

        def query(self, *_: object, **__: object) -> Breaking:  # type: ignore[override]
            return self

        def __iter__(self) -> Generator[tuple[()]]:
            yield ()
            raise self.error

    graph = load()
    monkeypatch.setattr(graph.stored, "store", Breaking(RuntimeError("broken")))
    rows = iter(graph.stream("SELECT * { ?s ?p ?o }"))
    next(rows)
    with pytest.raises(EngineError, match="broken"):
        list(rows)


def failing(graph: Graph, error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    "error",
    [
        *(RuntimeError("/secret/x"), OSError("/secret/x")),
        *(EngineError("/secret/x"), InputFileError("/secret/x", "is-no-file")),
    ],
)
def test_the_server_tells_no_path(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    kind, told = worker._reply(failing, load(), {"error": error})
    assert (kind, type(told), "/secret" in str(told)) == ("error", EngineFailedError, False)
    assert "/secret/x" in caplog.text  # the log has it


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("Corruption: block checksum mismatch in /s/1.sst"), "the store is damaged (remove it and write"),
        (OSError("IO error: No such file or directory: While open: /s/1.sst"), "the store is damaged (remove it"),
        (OSError("IO error: While open a file: /s/1.sst: Permission denied"), "IO error: While open a file: /s/1"),
        (PermissionError(13, "Permission denied"), "Permission denied (the store itself may be whole)"),
        (RuntimeError("The custom function <urn:f> is not supported"), "The custom function <urn:f> is not supported"),
        (OSError("IO error: Too many open files"), "IO error: Too many open files"),
    ],
)
def test_a_store_is_damaged_only_if_the_engine_says_so(tmp_path: Path, error: Exception, said: str) -> None:
    assert str(_open_error(tmp_path, tmp_path, error)).startswith(f"cannot read {tmp_path}: {said}")
