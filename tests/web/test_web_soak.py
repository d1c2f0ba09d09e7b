"""A long run: many queries by several clients at once, one in a hundred of which means harm.

Every query gets the status that it should, and what it got the first time; the memory of the server and its workers
does not grow. `make soak` sends 100,000; `make test-all` sends a few, to see that the long run would work.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import sleep
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pytest
from hostile import REQUESTS, Sent
from serving import Server, alive, running

import fot_graph
from fot_graph.questions.catalogue import bind, questions

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the memory of a process on Linux only"),
]

MANY = int(os.environ.get("FOT_GRAPH_REQUESTS", "1500"))
SEED = int(os.environ.get("FOT_GRAPH_SEED", "358"))
IS_LONG = MANY >= 50_000
OPTIONS = ["--quiet", "--limit=time=2"]
BATCHES, WARM = 20, 5  # the memory is read after each batch; the first ones only warm up
CLIENTS = 8
HARMFUL = 0.01
GROWTH = 1.05
_FEW = threading.Semaphore(2)  # that mean harm at the same time: the other workers serve the other clients


class Asked(NamedTuple):
    """A request, and whether it means harm."""

    sent: Sent
    is_harmful: bool = False


# --- What is asked ----------------------------------------------------------------------------------------------------

FORMS = {
    "application/sparql-results+json": "",
    "application/sparql-results+xml": "",
    "text/csv": "",
    "text/tab-separated-values": "",
    "application/json": "&evidence=1",
}
OTHERS = [
    *("/nl/", "/en/board", "/en/themes", "/nl/figures", "/en/timeline", "/nl/page/id/serv", "/en/search?words=talent"),
    *("/id/serv.ttl", "/id/focus-op-talent.jsonld", "/ontology.ttl", "/.well-known/void", "/sparql", "/health"),
]


def harmless() -> list[Asked]:
    """Give each question of the catalogue in each form, slices of all triples, and pages."""
    graph = fot_graph.load()
    queries = [bind(each, graph, {"lang": "nl"} if "lang" in each.parameters else {}) for each in questions().values()]
    forms = [(query, kind, more) for query in queries for kind, more in FORMS.items()]
    slices = [
        (f"SELECT * {{ ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT 20 OFFSET {20 * number}", "text/csv", "")
        for number in range(200)
    ]
    asked = [
        Sent("GET", f"/sparql?query={quote(query)}{more}", {"Accept": kind}) for query, kind, more in [*forms, *slices]
    ]
    return [Asked(sent) for sent in [*asked, *(Sent("GET", path, {}) for path in OTHERS)]]


def mixture(size: int) -> Iterator[Asked]:
    """Draw requests, one in a hundred of which means harm, the same for the same seed."""
    chance = random.Random(SEED)
    light, heavy = harmless(), [Asked(sent, is_harmful=True) for kind in REQUESTS.values() for sent in kind]
    for number in range(size):
        yield chance.choice(heavy if number % round(1 / HARMFUL) == 0 else light)


# --- What comes of it -------------------------------------------------------------------------------------------------


class Run:
    """Sends requests, and keeps what is wrong with the answers."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.first: dict[str, bytes] = {}

    def send(self, asked: Asked) -> None:
        if asked.is_harmful:
            with _FEW:
                got = asked.sent.to(self.server)
            is_right = 400 <= got.status < 600
        else:
            got = asked.sent.to(self.server)
            digest = sha256(got.body).digest()
            is_right = got.status == 200 and self.first.setdefault(repr(asked.sent), digest) == digest
        self.statuses[got.status] += 1
        if not is_right:
            self.wrong.append(f"{asked.sent.method} {asked.sent.path[:200]}: {got.status} {got.body[:100]!r}")


def memory(server: Server) -> int:
    """Give the memory of the server and its workers, in kB, once all workers are there and nothing is done."""
    while server.metric("workers") < 4 or server.metric("requests_active") > 1:
        sleep(0.1)
    parent = server.process.pid
    workers = [process for process, its_parent in alive().items() if its_parent == parent]
    return sum(map(proportional, (parent, *workers)))


def proportional(process: int) -> int:
    """Give the memory of a process, of which it shares parts with others, in kB."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def test_a_long_run_ends_as_it_began() -> None:
    requests = list(mixture(MANY))
    size = len(requests) // BATCHES
    with running(*OPTIONS) as server, ThreadPoolExecutor(CLIENTS) as clients:
        run, memories = Run(server), []
        for first in range(0, len(requests), size):
            list(clients.map(run.send, requests[first : first + size]))
            memories.append(memory(server))
        restarts = server.metric("worker_restarts_total")
    before, after = median(memories[WARM : WARM + 3]), median(memories[-3:])
    counts = ", ".join(f"{status}: {count}" for status, count in sorted(run.statuses.items()))
    sizes = " ".join(f"{each / 1000:.0f}" for each in memories)
    sys.stdout.write(
        f"{MANY} requests of {CLIENTS} clients, seed {SEED}: {len(run.wrong)} wrong\n"
        f"by status: {counts}\n"
        f"workers replaced: {restarts:.0f}; memory in MB: {sizes}\n"
        f"growth after warm-up: {after / before - 1:+.1%}\n"
    )
    assert not run.wrong
    assert not IS_LONG or after <= before * GROWTH
