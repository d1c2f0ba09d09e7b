"""`fot-graph load --store DIR [PATH …]`: write a store on disk, to ask with --store or to serve."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from fot_graph.cli import opening, output, words
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

T = TypeVar("T")


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("files", metavar="PATH", nargs="*", type=Path, help="load.files")
    parser.add_argument("--store", metavar="DIR", required=True, help="load.store")
    words.add_data(parser)
    words.add_base(parser)
    parser.add_argument("--replace", action="store_true", help="load.replace")
    words.add_language(parser)
    parser.epilog = "load.epilog"


def run(args: Namespace) -> int:
    """Write the store, and say what it holds. Interrupted, it ends at once and leaves what was there."""
    from fot_graph.stores import loading  # noqa: PLC0415  --help does not pay for reading documents

    progress = _Progress(args.lang)
    write = partial(loading.write, args.store, [*args.files, *args.data] or opening.data(args))
    work = _Work(lambda: write(replace=args.replace, base=args.base, told=progress.told))
    signs = [each for each in _ENDING if signal.getsignal(each) != signal.SIG_IGN]  # as nohup does with SIGHUP
    for sign in signs:
        signal.signal(sign, signal.default_int_handler)
    try:
        written = work.result()
    except KeyboardInterrupt:
        for sign in signs:  # a second one would leave something behind
            signal.signal(sign, signal.SIG_IGN)
        progress.end()
        loading.abandon()
        os._exit(130)  # the engine goes on in its thread until the process ends
    finally:
        progress.end()
    counted = Message("loaded", place=args.store, **written._asdict())
    return output.say(f"{counted.worded(args.lang)}\n")


_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Work(Generic[T]):
    """Work in a thread: the engine keeps the one that it runs in from seeing a Ctrl-C, for minutes if there is much."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._made: list[T] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self._made.append(self._work())
        except BaseException as error:
            self._error = error

    def result(self) -> T:
        """Do the work and give what comes of it. Raises: what it raises, and KeyboardInterrupt, whatever it does."""
        self._thread.start()
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._made[0]


class _Progress:
    """The number of documents that were read, on a terminal."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._shows = sys.stderr is not None and sys.stderr.isatty()
        self._last, self._shown = time.monotonic(), False

    def told(self, documents: int) -> None:
        """Say it, but not more than five times a second."""
        if self._shows and time.monotonic() - self._last > 0.2:
            self._last, self._shown = time.monotonic(), True
            said = Message("documents-read", count=documents).worded(self._lang)
            print(f"\r{said}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._shown = False
            print("\r\033[K", end="", file=sys.stderr, flush=True)
