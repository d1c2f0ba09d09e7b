"""A real server in a process of its own, on a free port, and requests to it; what the tests of the web share."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from packaged import expand
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from http.client import HTTPMessage

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
HOST = b"Host: @\r\n"  # stands for the header with the address of the server


class Got(NamedTuple):
    """A response, and how long it took."""

    status: int
    headers: HTTPMessage
    body: bytes
    seconds: float

    @property
    def type(self) -> str:
        return str(self.headers.get_content_type())

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:  # noqa: ANN401  JSON
        return json.loads(self.body)

    def truth(self) -> bool:
        """Read the answer to an ASK."""
        return bool(self.json()["boolean"])


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[Any], url: str) -> None:
        self.process, self.url = process, url
        self.host, self.port = str(urlsplit(url).hostname), int(urlsplit(url).port or 0)

    @property
    def own_host(self) -> bytes:
        """The line of a request that names this server."""
        return f"Host: {self.host}:{self.port}\r\n".encode()

    def request(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Got:
        began = time.perf_counter()
        connection = HTTPConnection(self.host, self.port, timeout=30)
        try:
            content = body.encode() if isinstance(body, str) else body
            connection.request(method, path, content, dict(headers or {}))
            response = connection.getresponse()
            return Got(response.status, response.headers, response.read(), time.perf_counter() - began)
        finally:
            connection.close()

    def get(self, path: str, accept: str = "", **headers: str) -> Got:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("GET", path, headers=given | ({"Accept": accept} if accept else {}))

    def ask(self, query: str, accept: str = "", **parameters: str) -> Got:
        """Ask a query by GET."""
        return self.get(f"/sparql?{urlencode({'query': query, **parameters}, quote_via=quote)}", accept)

    def raw(self, content: bytes, seconds: float = 10) -> bytes:
        """Send bytes (`HOST` in them becomes ours), and give what comes until the server closes or falls silent."""
        received = bytearray()
        with socket.create_connection((self.host, self.port), timeout=seconds) as connection:
            connection.sendall(content.replace(HOST, self.own_host))
            try:
                while part := connection.recv(65536):
                    received += part
                    if b"\r\n\r\n" in received and b"Connection: keep" not in received:
                        connection.settimeout(0.3)
            except (TimeoutError, ConnectionError):
                pass
        return bytes(received)

    def metric(self, name: str) -> float:
        lines = self.get("/metrics").text.splitlines()
        return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"fot_graph_{name} "))


@contextmanager
def running(*options: str) -> Iterator[Server]:
    """Start a server with some options, and stop it."""
    command = [sys.executable, "-m", "fot_graph", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        assert "http://" in line, "the server does not start"
        yield Server(process, next(word for word in line.split() if word.startswith("http://")))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def write_store(place: Path, word: str, more: int = 0) -> Path:
    """Write a store of two facts, which all of its answers tell by a word, and of so many more."""
    serv, claim = NamedNode(expand("id:serv")), NamedNode(expand("claim:doc/one"))
    label = NamedNode(expand("skos:prefLabel"))
    facts = [
        Triple(serv, label, Literal(word, language="en")),
        Triple(serv, NamedNode(expand("rdf:type")), NamedNode("urn:thing")),
        *(Triple(NamedNode(f"urn:more:{number}"), label, Literal(word)) for number in range(more)),
    ]
    store = Store(str(place))
    store.extend([Quad(t.subject, t.predicate, t.object, graph) for t in facts for graph in (claim, DefaultGraph())])
    store.flush()
    return place


def alive() -> dict[int, int]:
    """Give the processes of this machine that have not ended, with the parent of each."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":  # ended, and waits for its parent to hear of it
                found[int(path.parent.name)] = int(parent)
    return found
