"""Measure how many requests a second `fot-graph serve` answers, beside the `oxigraph` server on the same store.

    python benchmarks/load.py

Both get the questions of the catalogue in the same order and give SPARQL results JSON. wrk (Debian's package) sends
the requests, over one machine. The servers take turns, and the medians of their turns are compared.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import urllib3

from fot_graph import load
from fot_graph.questions.catalogue import bind, questions
from fot_graph.sparql import admission
from fot_graph.stores import loading

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
CONNECTIONS = (1, 16, 64)
TURNS, SECONDS = 3, 8
GOAL = 0.5  # of the throughput of the native server
STARTING = 60  # seconds that a server may take to start


class Turn(NamedTuple):
    """What wrk measured: requests a second, the time in ms within which 99 of 100 were answered, and what failed."""

    rate: float
    p99: float
    errors: int


def main() -> None:
    """Print the table line by line."""
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed (apt install wrk)")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        loading.write(store)
        wanted = _queries()
        sys.stdout.write(f"{len(wanted)} questions of the catalogue, {TURNS} turns of {SECONDS} s each.\n\n{_HEAD}")
        for connections in CONNECTIONS:
            _measure(Path(folder), store, wanted, connections)


def _measure(folder: Path, store: Path, wanted: list[str], connections: int) -> None:
    """Let all servers take turns at so many connections, and print a line for each way in which ours can run."""
    turns: dict[str, list[Turn]] = {name: [] for name in (_NATIVE, *_OURS)}
    for _ in range(TURNS):
        for name, done in turns.items():
            with _running(_command(name, store)) as url:
                script = _script(folder, url, wanted)
                _wrk(script, url, connections, 2)  # warms up
                done.append(_wrk(script, url, connections, SECONDS))
    native = turns[_NATIVE]
    for name in _OURS:
        sys.stdout.write(_line(connections, name, turns[name], native))
        sys.stdout.flush()


# --- The table ------------------------------------------------------------------------------------------------------

_HEAD = (
    "| connections | fot_graph | requests a second | of what oxigraph answers | p99 | of the p99 of oxigraph"
    " | errors | at least half |\n|---:|---|---:|---:|---:|---:|---:|---|\n"
)


def _line(connections: int, name: str, ours: list[Turn], native: list[Turn]) -> str:
    rate, p99 = median(turn.rate for turn in ours), median(turn.p99 for turn in ours)
    share, slower = rate / median(turn.rate for turn in native), p99 / median(turn.p99 for turn in native)
    errors = sum(turn.errors for turn in [*ours, *native])
    met = "yes" if share >= GOAL and not errors else "no"
    cells = [str(connections), name, f"{rate:.0f}", f"{share:.0%}", f"{p99:.1f} ms", f"{slower:.1f} times"]
    return f"| {' | '.join([*cells, str(errors), met])} |\n"


# --- Servers --------------------------------------------------------------------------------------------------------

_NATIVE = "oxigraph"
_OURS = {"as it is": [], "keeping no answers": ["--limit", "cache=1"]}


def _command(name: str, store: Path) -> tuple[list[str], str]:
    """Give a command, and the address of its endpoint."""
    port = _free_port()
    programs = Path(sys.executable).parent
    if name == _NATIVE:
        words = ["serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
        return [str(programs / "oxigraph"), *words], f"http://127.0.0.1:{port}/query"
    words = ["serve", "--store", str(store), "--port", str(port), "--quiet", *_OURS[name]]
    return [str(programs / "fot-graph"), *words], f"http://127.0.0.1:{port}/sparql"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(started: tuple[list[str], str]) -> Iterator[str]:
    command, url = started
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  our own
    try:
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        try:
            if urllib3.request("GET", url, fields={"query": "ASK {}"}, retries=False, timeout=5).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)
    sys.exit(f"{url} does not answer")


# --- Requests -------------------------------------------------------------------------------------------------------


def _queries() -> list[str]:
    """Give the questions of the catalogue as any server reads them."""
    graph = load()
    asked = (bind(each, graph, {"lang": "en"} if "lang" in each.parameters else {}) for each in questions().values())
    return [admission.standalone(query) for query in asked]


def _script(folder: Path, url: str, wanted: list[str]) -> Path:
    """Write what wrk sends: each question in its turn, however many connections there are."""
    path = url.partition("/")[2].partition("/")[2].partition("/")[2]
    lines = "".join(f"  {json.dumps(f'/{path}?query={quote(query)}')},\n" for query in wanted)
    script = folder / "requests.lua"
    script.write_text(f"paths = {{\n{lines}}}\n{(HERE / 'load.lua').read_text(encoding='utf-8')}", encoding="utf-8")
    return script


def _wrk(script: Path, url: str, connections: int, seconds: int) -> Turn:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  our own
    found = json.loads(said.rpartition("RESULT ")[2])
    return Turn(found["requests"] / found["seconds"], found["p99"], found["errors"])


if __name__ == "__main__":
    main()
