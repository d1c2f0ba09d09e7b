"""Runs what asks the engine in a thread of its own, with a stack that no admitted query fills.

The engine recurses over a query, also over what is long and not nested (a sum, a list, the names of DESCRIBE), and a
full stack ends the process. `benchmarks/stack.py` measures how much each construct takes: with the 8,000 tokens that a
query may have it is 32 MiB at most, of the names of DESCRIBE. And a thread that runs the engine cannot be interrupted,
while one that waits for it can: Ctrl-C (SIGINT) in the main thread raises KeyboardInterrupt at once.
"""

from __future__ import annotations

import _thread
from _queue import SimpleQueue
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from fot_graph.core.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

T = TypeVar("T")
_Some = tuple[list[T], BaseException | None]  # items, and the error that came after them

STACK = 256 * 2**20  # bytes, which are addresses only until they are used: eight times what was measured
_FASTER, _LONGEST = 8, 512  # times as many items are handed over together as before, up to so many

_starting = _thread.allocate_lock()


def run(function: Callable[[], T]) -> T:
    """Call a function there, and give what it gives, or raise what it raises."""

    def once() -> Generator[T]:
        yield function()

    return next(stream(once()))


def stream(items: Generator[T]) -> Iterator[T]:
    """Iterate a generator there, as its items are asked for, and close it there: the engine's answers stay in a thread.

    Raises: what the generator raises; `EngineError` where there is no room for a thread.
    """
    wanted: SimpleQueue[int] = SimpleQueue()  # how many items at most; 0 for no more
    found: SimpleQueue[_Some[T]] = SimpleQueue()
    _start(items, wanted, found)
    size = 1
    try:
        while True:
            wanted.put(size)
            some, error = found.get()
            yield from some
            if error is not None:
                raise error
            if len(some) < size:
                return
            size = min(_FASTER * size, _LONGEST)
    finally:
        wanted.put(0)


def _start(items: Generator[T], wanted: SimpleQueue[int], found: SimpleQueue[_Some[T]]) -> None:
    with _starting:
        before = _thread.stack_size(STACK)
        try:
            _thread.start_new_thread(_hand_over, (items, wanted, found))
        except RuntimeError as error:
            raise EngineError(str(error)) from None
        finally:
            _thread.stack_size(before)


def _hand_over(items: Generator[T], wanted: SimpleQueue[int], found: SimpleQueue[_Some[T]]) -> None:
    """Hand over so many items as are wanted, until there are no more, or until one fails."""
    error: BaseException | None = None
    while error is None and (size := wanted.get()):
        some: list[T] = []
        try:
            some.extend(islice(items, size))
        except BaseException as caught:
            _drop_frames(caught)
            error = caught
        found.put((some, error))
    items.close()


def _drop_frames(error: BaseException | None) -> None:
    """Let an error hold no answer of the engine, which could end in another thread than its own only badly."""
    from traceback import clear_frames  # noqa: PLC0415  only errors pay for it

    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__context__
