"""Requests that mean harm: each is refused within its limit and a second, and a light query right after is answered.

The server runs with tight limits, so that what would take ten seconds takes one.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hostile import PRODUCTS, RAW, REQUESTS, Sent
from serving import HOST, Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

LIMIT = 0.7
SLOW = 2.0
LIMITS = {"time": LIMIT, "slow": SLOW, "memory": 400_000_000}
OPTIONS = ["--workers", "2", "--quiet", *(f"--limit={name}={number}" for name, number in LIMITS.items())]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(*OPTIONS) as made:
        yield made


def light(server: Server) -> None:
    """See that the server answers others."""
    got = server.ask("ASK { ?s ?p ?o }")
    assert (got.status, got.truth()) == (200, True)


@pytest.mark.parametrize("kind", REQUESTS)
def test_what_means_harm_is_refused_in_time(server: Server, kind: str) -> None:
    wrong = [said for sent in REQUESTS[kind] if (said := mistake(server, sent))]
    assert not wrong


def mistake(server: Server, sent: Sent) -> str:
    """Send a request and a light query, and say what is wrong with the answer, if anything."""
    got = sent.to(server)
    light(server)
    is_refused = 400 <= got.status < 600 and b"Traceback" not in got.body and b"root:" not in got.body
    if is_refused and got.seconds < LIMIT + 1:
        return ""
    asked = f"{sent.method} {sent.path[:100]} {(sent.body or b'')[:200]!r}"
    return f"{asked}: {got.status} {got.body[:80]!r} {got.seconds:.1f} s"


def test_there_are_enough_of_them() -> None:
    assert len(REQUESTS) >= 15
    assert sum(map(len, REQUESTS.values())) + len(RAW) >= 250


# --- Malformed HTTP, and slow clients ---------------------------------------------------------------------------------


def test_malformed_http_is_refused(server: Server) -> None:
    for content in RAW:
        began = time.perf_counter()
        answer = server.raw(content, seconds=SLOW + 2)
        assert time.perf_counter() - began < SLOW + 1, content[:80]
        assert re.match(rb"HTTP/1.1 [45]\d\d ", answer), (content[:80], answer[:200])
        assert b"Traceback" not in answer
        light(server)


def chunked(server: Server) -> bytes:
    """Send a body that never ends, in chunks that are large enough."""
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    head = b"POST /sparql HTTP/1.1\r\n" + server.own_host + b"Content-Type: application/sparql-query\r\n"
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(1000):
            try:
                connection.sendall(chunk)
            except OSError:
                break
        try:
            return connection.recv(65536)
        except OSError:
            return b""


def test_a_body_without_end_is_cut_off(server: Server) -> None:
    answer = chunked(server)
    assert not answer or b" 413 " in answer.splitlines()[0]
    light(server)


@pytest.mark.parametrize(
    "parts",
    [
        [b"G", b"E", b"T", b" ", b"/"] * 100,
        [b"GET / HTTP/1.1\r\n" + HOST, *([b"X: a\r\n"] * 500)],
        [
            b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\nContent-Type: text/plain\r\n\r\n",
            *([b"x"] * 500),
        ],
        [b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n", *([b"1\r\nx\r\n"] * 500)],
        [b""] * 500,
    ],
    ids=["line", "headers", "body", "chunks", "silence"],
)
def test_slow_clients_are_told_and_dropped(server: Server, parts: list[bytes]) -> None:
    began, answer = time.perf_counter(), b""
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.settimeout(0.05)
        for part in parts:
            try:
                connection.sendall(part.replace(HOST, server.own_host))
                received = connection.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
            answer += received
            if not received:
                break
    assert time.perf_counter() - began < SLOW + 1
    assert answer.startswith(b"HTTP/1.1 408 ") == any(parts)  # who is silent hears nothing
    light(server)


def test_a_client_that_does_not_read_is_dropped(server: Server) -> None:
    """The answer is longer than what the system takes for a connection: the rest of it stays with the server."""
    query = (
        "SELECT ?a { ?d prov:value ?t FILTER(STRLEN(?t) > 5000) ?s ?p ?o BIND(SUBSTR(?t, 1, 999) AS ?a) } LIMIT 8000"
    )
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect((server.host, server.port))
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\n".encode() + server.own_host + b"\r\n")
        time.sleep(SLOW + 2)
        light(server)
        head, received = connection.recv(65536), 0
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                received += len(part)
    length = int(next(line for line in head.split(b"\r\n") if line.startswith(b"content-length:")).split()[1])
    assert received < length - 65536


def test_work_stops_when_its_client_leaves(server: Server) -> None:
    before = server.metric("worker_restarts_total")
    with socket.create_connection((server.host, server.port)) as connection:
        path = f"/sparql?query={quote(PRODUCTS[0])}"
        connection.sendall(f"GET {path} HTTP/1.1\r\n".encode() + server.own_host + b"\r\n")
        time.sleep(0.2)
    time.sleep(0.4)
    assert server.metric("worker_restarts_total") == before + 1
    light(server)


def test_many_heavy_queries_do_not_shut_out_a_light_one() -> None:
    """With a short queue the heavy ones are told that the server is busy, and then there is room again."""
    statuses = []
    with running(*OPTIONS, "--limit=queue=4") as server:

        def heavy() -> None:
            got = server.ask(PRODUCTS[0])
            statuses.append(got.status)
            assert got.status != 503 or got.headers["Retry-After"]
            assert got.seconds < LIMIT + 1

        threads = [threading.Thread(target=heavy) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        light(server)
    assert set(statuses) == {503, 504}


def test_the_server_stops_within_five_seconds_whatever_it_does() -> None:
    with running(*OPTIONS, "--limit=time=60") as server:
        thread = threading.Thread(target=lambda: statuses.append(server.ask(PRODUCTS[0]).status))
        statuses: list[int] = []
        thread.start()
        time.sleep(0.5)
        began = time.perf_counter()
        server.process.terminate()
        assert server.process.wait(6) == 0
        assert time.perf_counter() - began < 5
        thread.join()
    assert statuses == [503]
