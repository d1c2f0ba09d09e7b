"""Where the graph that a command asks is: in files, in a store on disk, or on a server.

The files are those that `--data` names, or else those of the workspace in which the command is given, or else those
that come with fot_graph.
"""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from fot_graph.claims import cache
from fot_graph.core import workspace
from fot_graph.core.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Store

    from fot_graph.api import Graph

_ASKING = ("ask", "board", "query", "show", "path", "cite")
_ELSEWHERE = ("--store", "--endpoint", "--data", "-h", "--help")


class _Loading:
    """A snapshot on its way: the engine reads it in a thread while Python imports all that a command needs."""

    def __init__(self) -> None:
        self.kept: tuple[bytes, Store] | None = None
        self.done = allocate_lock()
        self.done.acquire()
        start_new_thread(self._load, ())

    def _load(self) -> None:
        try:
            self.kept = cache.ready()
        finally:
            self.done.release()

    def __call__(self) -> Graph:
        """Wait for the packaged graph; without a snapshot read it now."""
        from fot_graph.api import Graph, load  # noqa: PLC0415  heavy, while the snapshot is being read

        with self.done:
            return Graph(self.kept[0], store=self.kept[1]) if self.kept else load()


_begun: list[_Loading] = []


@contextmanager
def loading_ahead(words: Sequence[str]) -> Iterator[None]:
    """Begin to load the packaged graph, if a command line will ask for it; wait for it at the end in any case."""
    is_elsewhere = any(word.startswith(_ELSEWHERE) for word in words)
    if words and words[0] in _ASKING and not is_elsewhere and own_workspace() is None:
        _begun.append(_Loading())
    try:
        yield
    finally:
        while _begun:
            _begun.pop().done.acquire()  # the interpreter must not end under a thread of the engine


def own_workspace() -> Path | None:
    """Find the workspace in which a command is given; None for the one that comes with fot_graph."""
    with suppress(OSError):  # the folder was removed
        found = workspace.above(".")
        return found if found and not found.samefile(workspace.packaged()) else None
    return None


def data(args: Namespace) -> list[Path] | None:
    """Give what a command reads (`words.add_data`): what it names, or the workspace in which it is given.

    None for what comes with fot_graph.
    """
    found = own_workspace()
    return list(args.data) or ([found] if found else None)


def workspaces(args: Namespace) -> list[Path]:
    """Give the folders of the workspaces that a command reads, or in which it is given."""
    found = (workspace.above(place) for place in data(args) or ())
    return list(dict.fromkeys(workspace.read(place).folder for place in found if place))


def graph(args: Namespace) -> Graph:
    """Open the graph that the options of a command choose (`words.add_graph_choice`)."""
    if args.default_graph and not args.endpoint:
        raise UsageError("default-graph-without-server")
    if not (args.store or args.endpoint):
        places = data(args)
        if not places:
            return (_begun[-1] if _begun else _Loading())()
    from fot_graph import api  # noqa: PLC0415  heavy, while the snapshot is being read

    if not (args.store or args.endpoint):
        return api.load(places)
    opened = api.open_store(args.store) if args.store else api.connect(args.endpoint, default_graph=args.default_graph)
    opened.workspaces = workspaces(args)
    return opened


def part(whole: Graph, args: Namespace) -> Graph:
    """Give the part of a graph with the claims of the chosen statuses, where any are chosen (`words.add_statuses`)."""
    return whole.only(statuses=args.statuses) if args.statuses else whole
