"""The backends of a graph, each started once a session: memory, a store on disk, and two servers of different make.

A server that cannot be started here is skipped, and the reason says why. Ports are free ones, folders are temporary.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
import urllib3
from packaged import expand
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from fot_graph import connect, load, open_store
from fot_graph.stores import loading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fot_graph.api import Graph
    from fot_graph.stores.disk import DiskGraph
    from fot_graph.stores.endpoint import Endpoint

UNION = expand("graph:union")  # where it stands in Virtuoso, which has no default graph of its own
SECONDS = 60  # that a server may take to start


class NoServerError(Exception):
    """Why a server cannot be started here."""


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[None]:
    """Run a server until it is no longer needed."""
    log = folder / "server.out"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait(process, url, log)
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(urllib3.exceptions.HTTPError):
            urllib3.request("GET", url, fields={"query": "ASK {}"}, retries=False, timeout=5)
            return
        time.sleep(0.1)
    raise NoServerError(f"{process.args!r} does not answer: {log.read_text(errors='replace')[-300:]}")


# --- Each backend -----------------------------------------------------------------------------------------------------


@contextmanager
def memory(folder: Path) -> Iterator[Graph]:
    """Give the graph as every command has it."""
    yield load()


@contextmanager
def disk(folder: Path) -> Iterator[Graph]:
    """Give the graph in a store on disk."""
    loading.write(folder / "store")
    yield open_store(folder / "store")


@contextmanager
def oxigraph(folder: Path) -> Iterator[Graph]:
    """Give the graph on the server `oxigraph`, which serves a store as `fot-graph load` writes it."""
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    if not program.exists():
        raise NoServerError("the server oxigraph is not installed (pip install oxigraph)")
    loading.write(folder / "store")
    port = free_port()
    command = [str(program), "serve-read-only", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    url = f"http://127.0.0.1:{port}/query"
    with running(command, url, folder):
        yield connect(url)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Graph]:
    """Give the graph on Virtuoso, with the union in a named graph."""
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        raise NoServerError("Virtuoso is not installed (apt-get install virtuoso-opensource)")
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(folder=folder, http=http, sql=sql))
    url = f"http://127.0.0.1:{http}/sparql"
    with running(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], url, folder):
        _fill(folder, sql)
        yield connect(url, default_graph=UNION)


def _fill(folder: Path, port: int) -> None:
    """Load what `Graph.store` holds, the default graph as the graph of the union."""
    union, file = NamedNode(UNION), str(folder / "all.nq")
    quads = (
        Quad(quad.subject, quad.predicate, quad.object, union if quad.graph_name == DefaultGraph() else quad.graph_name)
        for quad in load().store
    )
    serialize(quads, file, RdfFormat.N_QUADS)
    command = f"DB.DBA.TTLP(file_to_string_output('{file}'), '', '{UNION}', 512);"  # 512: these are quads
    isql = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", "verbose=off", "errors=stdout", f"exec={command}"]
    said = subprocess.run(isql, capture_output=True, text=True, check=False, timeout=SECONDS).stdout
    if "Error" in said:
        raise NoServerError(f"Virtuoso does not load the data: {said.strip()[:300]}")


_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


# --- All of them ---------------------------------------------------------------------------------------------------


class Backend(NamedTuple):
    """A graph, by the name of its backend."""

    name: str
    graph: Graph

    @property
    def options(self) -> list[str]:
        """The options of the command line that choose it."""
        if self.name == "disk":
            return ["--store", str(cast("DiskGraph", self.graph.stored).place)]
        if self.name == "memory":
            return []
        server = cast("Endpoint", self.graph.store)
        named = ["--default-graph", server.default_graph] if server.default_graph else []
        return ["--endpoint", server.url, *named]


@contextmanager
def started(name: str, folder: Path) -> Iterator[Backend]:
    """Give one of them; skips the test, and says why, where it cannot be started."""
    with ExitStack() as stack:
        try:
            graph = stack.enter_context(_HOMES[name](folder))
        except NoServerError as error:
            pytest.skip(str(error))
        yield Backend(name, graph)


_HOMES: dict[str, Callable[[Path], AbstractContextManager[Graph]]] = {
    "memory": memory,
    "disk": disk,
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
}
