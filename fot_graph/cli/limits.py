"""The time limit of a command: when it is over the whole process ends, because nothing within it can stop a query."""

from __future__ import annotations

import os
from _thread import TIMEOUT_MAX, allocate_lock, start_new_thread
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from fot_graph import files

if TYPE_CHECKING:
    from _thread import LockType
    from collections.abc import Iterator

EXIT_CODE = 4


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End the process if what is done here takes longer than so many seconds (0: never)."""
    done = allocate_lock()
    done.acquire()
    if seconds:
        start_new_thread(_watch, (done, seconds))
    try:
        yield
    finally:
        done.release()


def _watch(done: LockType, seconds: float) -> None:
    if done.acquire(timeout=min(seconds, TIMEOUT_MAX)):
        return
    message = f"fot-graph: the time limit of {seconds:g} s is over (--timeout SECONDS sets another, 0 none)\n"
    with suppress(OSError):
        os.write(2, message.encode())  # not by sys.stderr, which may be held by what hangs
    files.abandon()
    os._exit(EXIT_CODE)
