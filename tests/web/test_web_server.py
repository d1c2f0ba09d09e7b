"""`fot-graph serve` as a process: its address, its log, its backend, its errors and its end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from serving import Server, alive, running

from fot_graph.cli.main import main
from fot_graph.web.server import _listener


def test_the_store_that_load_wrote(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert main(["load", "--store", str(store)]) == 0
    with running("--quiet", "--workers", "2", "--store", str(store)) as server:
        packaged(server)


def test_a_server_as_the_home_of_another() -> None:
    with (
        running("--quiet", "--workers", "2") as first,
        running("--quiet", "--workers", "2", "--endpoint", f"{first.url}sparql") as second,
    ):
        packaged(second)
        query = "SELECT ?x { ?x skos:inScheme <https://w3id.org/fot-graph/status> } ORDER BY ?x"
        assert second.ask(query).body == first.ask(query).body


def packaged(server: Server) -> None:
    """See that a server has the packaged graph, and serves it in every way."""
    query = "SELECT ?theme { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }"
    assert server.ask(query, evidence="1").json()["evidence"][0]
    assert server.ask("CONSTRUCT WHERE { id:serv ?p ?o }", "text/turtle").status == 200
    assert b"rdf:Statement" in server.get("/id/serv.ttl").body
    assert server.get("/id/srv").status == 404
    assert b"void:triples" in server.get("/.well-known/void").body or b"void#triples" in server.get("/sparql").body
    assert server.ask("ASK { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": "urn:x"}).status == 400


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_ends_in_good_order(how: signal.Signals, code: int) -> None:
    process, address = started()
    process.send_signal(how)
    out, log = process.communicate(timeout=5)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in log
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=1)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc lists the processes on Linux only")
def test_no_worker_hears_an_interrupt_at_the_terminal_not_even_while_it_starts() -> None:
    process, _ = started("--workers", "2")
    workers = [Path(f"/proc/{child}") for child in children(process)]
    blocked = {
        line.split()[1]
        for worker in workers
        if b"spawn_main" in (worker / "cmdline").read_bytes()
        for line in (worker / "status").read_text().splitlines()
        if line.startswith("SigBlk:")
    }
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=5)
    assert blocked
    assert all(int(mask, 16) >> (signal.SIGINT - 1) & 1 for mask in blocked)


HEAVY = f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }')}"


def children(process: subprocess.Popen[str]) -> set[int]:
    return {child for child, parent in alive().items() if parent == process.pid}


def workers_of(process: subprocess.Popen[str]) -> set[int]:
    return {child for child in children(process) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


def is_gone_soon(processes: set[int]) -> bool:
    """Wait for processes that end by themselves: Python's resource tracker does when it hears that the server has."""
    for _ in range(100):
        if not processes & alive().keys():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="/proc lists the processes on Linux only")
@pytest.mark.parametrize(("signals", "code"), [([signal.SIGINT], 130), ([signal.SIGTERM] * 2, 0)])
def test_an_interrupt_ends_it_at_once_whatever_it_does(signals: list[signal.Signals], code: int) -> None:
    """While one query runs and one waits for its turn, and a third request is not all there yet."""
    process, address = started("--limit=time=60")
    host = f"Host: localhost:{address[1]}\r\n"
    heavy = f"GET {HEAVY} HTTP/1.1\r\n{host}\r\n"
    half = f"POST /sparql HTTP/1.1\r\n{host}Content-Length: 9\r\nContent-Type: text/plain\r\n\r\n"
    server = Server(process, f"http://127.0.0.1:{address[1]}/")
    with ExitStack() as stack:
        for head in (heavy, heavy, half):
            stack.enter_context(socket.create_connection(address, timeout=5)).sendall(head.encode())
        while (server.metric("queue"), server.metric("requests_active")) != (1, 4):  # with the one that asks for it
            time.sleep(0.05)
        all_children, workers, began = children(process), workers_of(process), time.perf_counter()
        for each in signals:
            process.send_signal(each)
            time.sleep(0.05)
        _, log = process.communicate(timeout=10)
        assert time.perf_counter() - began < 2.5  # the three seconds of grace are not waited for
    assert process.returncode == code
    assert "Traceback" not in log
    assert workers
    assert not workers & alive().keys()
    assert is_gone_soon(all_children)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc lists the processes on Linux only")
def test_an_interrupt_ends_it_while_it_starts() -> None:
    """Its worker is there, but does not get to say that it is ready, as with a store that takes long to open."""
    waits = "async def told(*_): await asyncio.Event().wait()"
    program = "import asyncio, sys\nfrom fot_graph.cli.main import main\nfrom fot_graph.web.workers import pool\n"
    program += f"{waits}\npool.Worker.told = told\nsys.exit(main(['serve', '--port', '0']))"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not (workers := workers_of(process)):
        time.sleep(0.05)
    all_children = children(process)
    process.send_signal(signal.SIGINT)
    out, log = process.communicate(timeout=10)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in log
    assert not workers & alive().keys()
    assert is_gone_soon(all_children)


def test_one_line_of_log_a_request() -> None:
    process, address = started()
    with socket.create_connection(address, timeout=5) as connection:
        head = f"GET /health?x=%0d%0afake HTTP/1.1\r\nHost: localhost:{address[1]}\r\n"
        connection.sendall(f"{head}Connection: close\r\n\r\n".encode())
        while connection.recv(4096):
            pass
    process.terminate()
    _, log = process.communicate(timeout=5)
    assert log.startswith('127.0.0.1 "GET /health?x=%0d%0afake" 200 3 ')
    assert log.count("\n") == 1


def started(*options: str) -> tuple[subprocess.Popen[str], tuple[str, int]]:
    command = [sys.executable, "-m", "fot_graph", "serve", "--port", "0", "--workers", "1", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("fot-graph serves at http://127.0.0.1:")
    return process, ("127.0.0.1", int(line.split(":")[2].partition("/")[0]))


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port]) == 2
    assert f"port {port} is taken (choose another one with --port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "70000"], "'70000' is no port"),
        (["--host", "192.0.2.1"], "'192.0.2.1' is no address of this machine"),
        (["--host", "no such host"], "is no address of this machine"),
        (["--host", "caf\udce9"], "is no address of this machine"),
        (["--host", "a..b"], "'a..b' is no address of this machine"),
        (["--workers", "0"], "'0' is no number of workers"),
        (["--limit", "tim=3"], "did you mean time?"),
        (["--limit", "time=soon"], "'soon' is no number for the limit 'time'"),
        (["--limit", "rows=-1"], "the limit 'rows' is above 0"),
        (["--limit", "time=nan"], "the limit 'time' is above 0"),
        (["--store", "/no/such/store"], "there is no such folder"),
        (["--endpoint", "nonsense"], "is no address of a server"),
    ],
)
def test_wrong_words_are_told(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *words]) in (2, 3)
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_small_answers_are_sent_at_once() -> None:
    """Without it the system holds back the second packet of an answer for 40 ms."""
    with _listener("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP  # by which asyncio sets TCP_NODELAY


@pytest.mark.skipif(sys.platform != "linux", reason="/proc lists the processes on Linux only")
def test_workers_do_not_outlive_a_server_that_is_killed() -> None:
    process, address = started()
    with socket.create_connection(address, timeout=5) as connection:
        connection.sendall(f"GET {HEAVY} HTTP/1.1\r\nHost: localhost:{address[1]}\r\n\r\n".encode())
        time.sleep(0.3)
        workers = children(process)
        process.kill()
        process.communicate()
    time.sleep(1)
    assert workers
    assert not workers & alive().keys()


def test_the_limits_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--limit", "help"]) == 0
    assert "time=10\n" in capsys.readouterr().out


def test_a_limit_may_be_chosen() -> None:
    with running("--quiet", "--workers", "1", "--limit=rows=2", "--limit=depth=3") as server:
        assert server.ask("SELECT * { ?s ?p ?o } LIMIT 2").status == 200
        assert server.ask("SELECT * { ?s ?p ?o } LIMIT 3").status == 422
        assert server.ask("ASK { { { } } }").status == 200
        assert server.ask("ASK { { { { } } } }").status == 403
