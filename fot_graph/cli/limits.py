"""What ends a command while it works: its time limit, and an interrupt (Ctrl-C).

The whole process ends, because nothing within it can stop a query.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # what `signal` dresses in enumerations, which take longer
import os
from _thread import TIMEOUT_MAX, allocate_lock, start_new_thread
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

from fot_graph.core import ending, files
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from _thread import LockType
    from collections.abc import Iterator

EXIT_CODE, INTERRUPTED = 4, 130


@contextmanager
def time_limit(seconds: float, lang: str) -> Iterator[None]:
    """End the process if what is done here takes longer than so many seconds (0: never), and say so in a language."""
    done = allocate_lock()
    done.acquire()
    if seconds:
        start_new_thread(_watch, (done, seconds, lang))
    try:
        yield
    finally:
        done.release()


@contextmanager
def interruptible() -> Iterator[None]:
    """End the process as soon as it is interrupted, also while the main thread waits for the engine.

    The system tells the main thread only when that runs Python again, but it writes at once to a pipe, which another
    thread reads. Where somebody else listens to interrupts, or outside the main thread, nothing changes.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        before = signal.set_wakeup_fd(writing)
    except ValueError:  # not the main thread
        os.close(writing)
        os.close(reading)
        yield
        return
    start_new_thread(_listen, (reading, int(signal.SIGINT)))
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_ours:  # which raises KeyboardInterrupt, and some libraries make another error of that while they are imported
        signal.signal(signal.SIGINT, _leave_to_thread)
    try:
        yield
    except KeyboardInterrupt:
        _end(INTERRUPTED)
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.set_wakeup_fd(before)
        os.close(writing)


def _leave_to_thread(*_: object) -> None:
    """Do nothing here: the thread that listens ends the process."""


def _listen(reading: int, interrupt: int) -> None:
    """End the process when the number of the interrupt arrives; the end of the pipe says that nobody waits any more."""
    while number := os.read(reading, 1):
        if number[0] == interrupt:
            _end(INTERRUPTED)
    os.close(reading)


def _watch(done: LockType, seconds: float, lang: str) -> None:
    if done.acquire(timeout=min(seconds, TIMEOUT_MAX)):
        return
    message = Message("time-limit-of-command", seconds=seconds).worded(lang)
    with suppress(OSError):
        os.write(2, f"fot-graph: {message}\n".encode())  # not by sys.stderr, which may be held by what hangs
    _end(EXIT_CODE)


def _end(code: int) -> NoReturn:
    ending.undo_all()
    files.abandon()
    os._exit(code)
