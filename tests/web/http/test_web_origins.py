"""A store in a real browser, which pages of other sites try to read: by script, by name, and by what needs no leave."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from browsing import CHROMIUM, NEEDS_CHROMIUM, OPTIONS
from serving import Server, running, write_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

WORD = "confidential"
PATH = "/sparql?query=" + quote("SELECT ?o { ?s ?p ?o }")
SITE, FRIEND, REBOUND = "evil.example", "friend.example", "rebound.example"  # all of them resolve to this machine

READ = """async ([address, options]) => {
    try { return await (await fetch(address, options)).text(); } catch (error) { return String(error); }
}"""
LOAD = """([kind, address]) => new Promise((done) => {
    const made = document.createElement(kind);
    made.onload = () => done("loaded");
    made.onerror = () => done("refused");
    if (kind === "link") { made.rel = "stylesheet"; made.href = address; }
    else if (kind === "object") made.data = address;
    else made.src = address;
    document.body.append(made);
})"""
SUBMIT = """([address, query]) => {
    const form = document.createElement("form"), field = document.createElement("input");
    form.method = "post"; form.action = address;
    field.name = "query"; field.value = query;
    form.append(field); document.body.append(form); form.submit();
}"""


class _Site(BaseHTTPRequestHandler):
    """An empty page at every address."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>A site</title>")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    """Give the port of another server, the pages of which have scripts of their own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made.server_port
        made.shutdown()


@pytest.fixture(scope="module")
def server(site: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = write_store(tmp_path_factory.mktemp("private") / "store", WORD)
    with running("--quiet", "--workers", "1", "--store", str(place), "--cors", f"http://{FRIEND}:{site}") as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give Chromium, in which every name ends on this machine."""
    from playwright.sync_api import sync_playwright

    rules = [f"MAP {name} 127.0.0.1" for name in (SITE, FRIEND, REBOUND)]
    with sync_playwright() as playwright:
        options = [*OPTIONS, f"--host-resolver-rules={', '.join(rules)}"]
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield made
        made.close()


@pytest.fixture(params=[SITE, "localhost", "127.0.0.1"])
def foreign(request: pytest.FixtureRequest, page: Page, site: int) -> Page:
    """Give a page of another origin: of another site, and of another port of the same machine."""
    page.goto(f"http://{request.param}:{site}/")
    return page


def answers(server: Server) -> float:
    """Count the answers that the server has given with what was asked for."""
    lines = server.get("/metrics").text.splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith('fot_graph_requests_total{status="200"}'))


def read(page: Page, address: str, **options: object) -> str:
    return str(page.evaluate(READ, [address, options]))


WAYS: list[dict[str, Any]] = [
    {},
    {"mode": "no-cors"},
    {"method": "POST", "headers": {"Content-Type": "application/sparql-query"}, "body": "SELECT * { ?s ?p ?o }"},
    {"method": "POST", "headers": {"Content-Type": "application/x-www-form-urlencoded"}, "body": "query=ASK{}"},
    {"headers": {"Accept": "text/csv"}, "credentials": "include"},
]


def test_a_script_of_another_origin_reads_nothing(foreign: Page, server: Server) -> None:
    for path in (PATH, "/id/serv.ttl", "/metrics", "/nl/"):
        for options in WAYS:
            before = answers(server)
            read_there = read(foreign, f"http://127.0.0.1:{server.port}{path}", **options)
            assert read_there in ("TypeError: Failed to fetch", ""), (path, options)
            assert answers(server) == before + 1  # of `answers` itself: the script caused no work


def test_nothing_of_it_can_be_built_into_another_page(foreign: Page, server: Server) -> None:
    for kind in ("script", "img", "iframe", "object", "embed", "link"):
        before = answers(server)
        foreign.evaluate(LOAD, [kind, f"http://127.0.0.1:{server.port}{PATH}"])
        assert answers(server) == before + 1, kind


def test_a_form_of_another_page_asks_nothing(foreign: Page, server: Server) -> None:
    with foreign.expect_navigation() as led:
        foreign.evaluate(SUBMIT, [f"http://127.0.0.1:{server.port}/sparql", "SELECT * { ?s ?p ?o }"])
    assert led.value is not None
    assert led.value.status == 403
    assert WORD not in foreign.content()


def test_a_link_of_another_page_can_be_followed(foreign: Page, server: Server) -> None:
    address = f"http://127.0.0.1:{server.port}{PATH}"
    with foreign.expect_navigation() as led:
        foreign.evaluate("(address) => { location.href = address; }", address)
    assert led.value is not None
    assert led.value.status == 200


def test_a_site_that_is_named_reads_all(page: Page, server: Server, site: int) -> None:
    page.goto(f"http://{FRIEND}:{site}/")
    query = {"Content-Type": "application/sparql-query"}
    address = f"http://127.0.0.1:{server.port}"
    assert WORD in read(page, address + PATH)
    assert WORD in read(page, f"{address}/sparql", method="POST", headers=query, body="SELECT * { ?s ?p ?o }")


def test_a_name_that_is_made_to_lead_here_leads_to_nothing(page: Page, server: Server) -> None:
    """The browser takes all of it for the site of that name, and would let its scripts read what comes."""
    origin = f"http://{REBOUND}:{server.port}"
    came = page.goto(f"{origin}/en/")
    assert came is not None
    assert came.status == 421
    for path in (PATH, "/id/serv.ttl", "/en/search?words=serv", "/health"):
        assert read(page, origin + path).startswith("the Host header does not name this server")
    own = page.goto(f"http://localhost:{server.port}{PATH}")
    assert own is not None
    assert own.status == 200
