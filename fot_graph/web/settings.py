"""What a server is told when it starts. All of it can be pickled: a worker process opens its own graph by it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.core import limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.api import Graph
    from fot_graph.web.http.access import Host


@dataclass(frozen=True, slots=True)
class GraphLocation:
    """Where the graph is: in quads that are handed over, in a store on disk, or on a SPARQL server.

    `quads` are N-Quads of the named graphs, `workspaces` the folders that the graph is of. `modified` is the time
    (seconds since 1970) of the last change, None where nobody can tell.
    """

    quads: bytes = b""
    store: str = ""
    endpoint: str = ""
    default_graph: str = ""
    workspaces: tuple[Path, ...] = ()
    modified: float | None = None

    def open(self, timeout: float = 60.0) -> Graph:
        """Open the graph. Raises what `api.open_store` and `api.connect` do."""
        from fot_graph import api  # noqa: PLC0415  the server itself needs no graph

        if self.store:
            graph = api.open_store(self.store)
        elif self.endpoint:
            graph = api.connect(self.endpoint, default_graph=self.default_graph, timeout=timeout)
        else:
            from pyoxigraph import RdfFormat, parse  # noqa: PLC0415  the server itself needs no engine

            graph = api.Graph(tuple(parse(self.quads, RdfFormat.N_QUADS, lenient=True)))
        graph.workspaces = self.workspaces
        return graph

    @classmethod
    def taken(cls, graph: Graph, places: Iterable[Path]) -> GraphLocation:
        """Take a graph that was read from some places, as it is now, whatever happens to its files later."""
        from pyoxigraph import RdfFormat, serialize  # noqa: PLC0415  a worker on a store does without

        from fot_graph.core.resources import folder  # noqa: PLC0415  as above

        files = [path for place in (*places, folder("ontology")) for path in (place, *place.rglob("*"))]
        quads = serialize(graph.quads, None, RdfFormat.N_QUADS) or b""
        changed = _latest_change(path for path in files if path.is_file())
        return cls(quads, workspaces=tuple(graph.workspaces), modified=changed)

    @classmethod
    def on_disk(cls, store: str) -> GraphLocation:
        """Choose a store on disk. A symbolic link is kept, since it may come to lead to another store."""
        place = Path(store).absolute()
        return cls(store=str(place), modified=_placed_at(place) if place.is_dir() else None)

    @property
    def is_still(self) -> bool:
        """Whether the graph stays as it is while the server runs, so that an answer may be given twice."""
        return not self.endpoint


def _placed_at(place: Path) -> float | None:
    """Give the time at which a store came to be as it is: it was written, or put or linked where it is."""
    times = [_latest_change(place.glob("*"))]
    with suppress(OSError):
        times += [place.stat().st_ctime, place.lstat().st_ctime]
    return max((time for time in times if time is not None), default=None)


def _latest_change(files: Iterable[Path]) -> float | None:
    times = []
    for file in files:
        with suppress(OSError):
            times.append(file.stat().st_mtime)
    return max(times, default=None)


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How much a request may take. Times are in seconds, sizes in bytes."""

    time: float = 10.0
    memory: int = 3 * 2**29  # of each worker process
    rows: int = 10_000
    answer: int = 10_000_000
    body: int = 128 * 1024
    headers: int = 32 * 1024  # and of the address: a longer query comes by POST
    query: int = limits.QUERY_BYTES
    depth: int = limits.QUERY_DEPTH  # of brackets in a query
    tokens: int = limits.QUERY_TOKENS  # words and signs of a query
    queue: int = 128  # requests that wait for a worker
    connections: int = 512
    slow: float = 10.0  # how long a client may take to send a request, or leave an answer unread
    cache: int = 32_000_000  # of answers and pages that are kept


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a server is told."""

    location: GraphLocation
    workers: int = 4
    limits: RequestLimits = field(default_factory=RequestLimits)
    log: bool = True  # one line a request
    names: tuple[Host, ...] = ()  # that the server has, besides the address that it listens at (`access.host_name`)
    origins: tuple[str, ...] = ()  # of other web sites whose pages may read the answers (`access.origin`), or "*"
