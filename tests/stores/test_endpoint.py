"""Servers as they should not be: each failure is one clear line, and nothing is asked twice or told elsewhere."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from packaged import PREFIXES
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean

from fot_graph import connect
from fot_graph.cli.main import main
from fot_graph.core import errors
from fot_graph.stores import server_answer
from fot_graph.stores.endpoint import Endpoint
from fot_graph.stores.login import Login
from fot_graph.stores.server_answer import Solutions, Triples

JSON, NT = "application/sparql-results+json", "application/n-triples"
ROW = {"s": {"type": "uri", "value": "urn:s"}, "n": {"type": "literal", "value": "een", "xml:lang": "nl"}}
SELECT = "SELECT ?s ?n { ?s skos:prefLabel ?n }"


def table(rows: int) -> bytes:
    """Give an answer to SELECT with so many rows."""
    return json.dumps({"head": {"vars": ["s", "n"]}, "results": {"bindings": [ROW] * rows}}).encode()


class Server(ThreadingHTTPServer):
    """A server that does what a test tells it to, and remembers what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, list[str]]] = []
        self.headers: list[dict[str, str]] = []
        self.acts: list[Act] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"

    def will(self, *acts: Act) -> Endpoint:
        """Let it answer so, one after the other, and the last again and again."""
        self.acts = list(acts)
        return Endpoint(self.url, timeout=0.5)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that a test broke."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.asked.append(parse_qs(body))
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        acts = self.server.acts
        (acts.pop(0) if len(acts) > 1 else acts[0])(self)

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def reply(self, status: int, type_: str, body: bytes, **headers: str) -> None:
        length = {} if {"Transfer_Encoding", "Content_Length"} & set(headers) else {"Content-Length": str(len(body))}
        self.send_response_only(status)
        for name, value in {"Content-Type": type_, **length, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


Act = Callable[[Handler], None]


def reply(status: int = 200, type_: str = JSON, body: bytes = b"", **headers: str) -> Act:
    return lambda handler: handler.reply(status, type_, body, **headers)


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def fall_silent(handler: Handler) -> None:
    time.sleep(2)


def cut(type_: str, body: bytes, at: int, *, framed: bool = True) -> Act:
    """Promise all of a body, or nothing about its length, and send the beginning of it."""

    def act(handler: Handler) -> None:
        length = {"Content_Length": str(len(body))} if framed else {"Connection": "close"}
        handler.close_connection = True
        handler.reply(200, type_, body[:at], Transfer_Encoding="identity", **length)

    return act


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(server_answer, "_PAUSE", 0.01)
    with Server() as running:
        yield running
        running.shutdown()


def rows(home: Endpoint, query: str = SELECT) -> list[tuple[object, ...]]:
    found = home.query(query)
    assert isinstance(found, Solutions)
    return [tuple(row) for row in found]


# --- What is asked, and what comes of it ---------------------------------------------------------------------------


def test_a_query_is_posted_as_a_form_with_the_prefixes_that_it_uses(server: Server) -> None:
    home = server.will(reply(body=table(2)))
    assert rows(home) == [(NamedNode("urn:s"), Literal("een", language="nl"))] * 2
    assert server.asked == [{"query": [f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#> {SELECT}"]}]
    assert server.headers[0]["content-type"] == "application/x-www-form-urlencoded"
    assert server.headers[0]["accept"].startswith(JSON)
    assert "authorization" not in server.headers[0]


def test_a_query_has_its_own_prefixes_first(server: Server) -> None:
    home = server.will(reply(body=b'{"head": {}, "boolean": true}'))
    assert home.query("PREFIX skos: <urn:x:> ASK { ?s skos:a fot:b }")
    sent = server.asked[0]["query"][0]
    assert (sent.count("PREFIX skos:"), sent.count("PREFIX fot:")) == (1, 1)


@pytest.mark.parametrize("type_", [JSON, f"{JSON}; charset=utf-8", "application/json"])
def test_results_are_read_as_they_are(server: Server, type_: str) -> None:
    assert len(rows(server.will(reply(type_=type_, body=table(3))))) == 3


def test_truth_values_of_virtuoso_read_as_truth_values(server: Server) -> None:
    kind = "http://www.w3.org/2001/XMLSchema#boolean"
    cells = [{"s": {"type": "typed-literal", "datatype": kind, "value": value}} for value in "10"]
    body = json.dumps({"head": {"vars": ["s", "n"]}, "results": {"bindings": cells}}).encode()
    for maker, read in [("Virtuoso/07.20", [True, False]), ("Other/1", ["1", "0"])]:
        found = rows(server.will(reply(body=body, Server=maker)))
        assert [(row[0].value, row[1]) for row in found] == [(str(value).lower(), None) for value in read]  # type: ignore[attr-defined]


@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_comes_as_one_or_as_a_row_of_virtuoso(server: Server, *, truth: bool) -> None:
    row = {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": str(int(truth))}
    odd = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{"__ASK_RETVAL": row}]}}
    for content in (odd, {"head": {}, "boolean": truth}):
        found = server.will(reply(body=json.dumps(content).encode())).query("ASK { ?s ?p ?o }")
        assert isinstance(found, QueryBoolean)
        assert bool(found) is truth


def test_triples_are_read_as_they_come(server: Server) -> None:
    found = server.will(reply(type_=NT, body=b"<urn:a> <urn:b> <urn:c> .\n" * 2)).query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, Triples)
    assert [str(triple.object) for triple in found] == ["<urn:c>"] * 2
    assert NT in server.headers[0]["accept"]


def test_a_long_answer_streams(server: Server) -> None:
    read = threading.Event()

    def act(handler: Handler) -> None:
        whole = table(5000)
        handler.reply(200, JSON, whole[:100_000], Content_Length=str(len(whole)))
        read.wait(5)  # the first row is read before the rest is sent
        handler.wfile.write(whole[100_000:])

    found = server.will(act).query(SELECT)
    assert isinstance(found, Solutions)
    assert tuple(next(found))
    read.set()
    assert len(list(found)) == 4999


def test_a_connection_serves_for_more_than_one_query(server: Server) -> None:
    ports: set[int] = set()

    def act(handler: Handler) -> None:
        ports.add(handler.client_address[1])
        handler.reply(200, JSON, table(3))

    home = server.will(act)
    assert [len(rows(home)) for _ in range(3)] == [3, 3, 3]
    assert len(ports) == 1


def test_patterns_are_asked_as_queries(server: Server) -> None:
    s, p, g = (NamedNode(f"urn:{name}") for name in "spg")
    answer = {"head": {"vars": ["o"]}, "results": {"bindings": [{"o": ROW["n"]}]}}
    one = reply(body=json.dumps(answer).encode())
    home = server.will(one, one, reply(body=table(0)))
    assert list(home.quads_for_pattern(s, p, None, g)) == [Quad(s, p, Literal("een", language="nl"), g)]
    assert next(iter(home.quads_for_pattern(s, p, None, DefaultGraph()))).graph_name == DefaultGraph()
    list(home.quads_for_pattern(None, None, None))
    assert list(home.quads_for_pattern(BlankNode(), None, None)) == []
    assert [asked["query"][0] for asked in server.asked] == [
        "SELECT ?o { GRAPH <urn:g> { <urn:s> <urn:p> ?o } }",
        "SELECT ?o { <urn:s> <urn:p> ?o }",
        "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    ]


def test_the_union_may_stand_in_a_named_graph(server: Server) -> None:
    server.acts = [reply(body=b'{"head": {}, "boolean": true}')]
    home = Endpoint(server.url, default_graph="urn:all")
    home.query("ASK { ?c a fot:Claim GRAPH ?c { ?s ?p ?o } }")
    home.query("ASK FROM <urn:g> { ?s ?p ?o }")
    home.query("ASK { GRAPH claim:a\\/b { ?s ?p ?o } }", prefixes=PREFIXES)
    assert server.asked[0]["default-graph-uri"] == ["urn:all"]
    assert "GRAPH ?c { ?s ?p ?o } FILTER(?c NOT IN (<urn:all>, " in server.asked[0]["query"][0]
    assert server.asked[1] == {"query": ["ASK FROM <urn:g> { ?s ?p ?o }"]}
    assert f" = <{PREFIXES['claim']}a/b>)" in server.asked[2]["query"][0]


def test_our_own_variables_are_not_in_an_answer(server: Server) -> None:
    body = table(2).replace(b'"vars": ["s", ', b'"vars": ["fot_graph_3", "s", ')
    found = server.will(reply(body=body)).query("SELECT * { GRAPH <urn:g> { ?s skos:prefLabel ?n } }")
    assert isinstance(found, Solutions)
    assert [variable.value for variable in found.variables] == ["s", "n"]
    assert [row["s"] for row in found] == [NamedNode("urn:s")] * 2


# --- What goes wrong -----------------------------------------------------------------------------------------------

HTML = b"<html><head><title>Welcome\n to nginx</title></head></html>"
FAILURES: dict[str, tuple[Act, type[errors.EndpointError], str]] = {
    "login": (reply(401, "text/plain"), errors.LoginRefusedError, "refuses the login (set FOT_GRAPH_USER"),
    "rights": (reply(403, "text/plain"), errors.LoginRefusedError, "refuses the login"),
    "digest": (reply(401, "text/plain", WWW_Authenticate="Digest realm=x"), errors.LoginRefusedError, "a Digest login"),
    "error": (
        reply(500, "text/plain", b"\n  no\x1b[31m memory\nat"),
        errors.HttpStatusError,
        "HTTP 500: no [31m memory",
    ),
    "page": (reply(500, "text/html", HTML), errors.HttpStatusError, "HTTP 500: Welcome to nginx"),
    "place": (reply(404, "text/plain"), errors.HttpStatusError, "HTTP 404: Not Found (is this the address"),
    "path": (reply(500, "text/plain", b"transitive start not given"), errors.HttpStatusError, "bind one of the two"),
    "html": (reply(200, "text/html", HTML), errors.AnswerFormError, "the answer is text/html, not RDF (is this"),
    "xml": (reply(200, "application/sparql-results+xml"), errors.AnswerFormError, "is application/sparql-results+xml"),
    "json": (reply(200, JSON, b'{"head": {"vars": ["s"]}, "res'), errors.AnswerFormError, "breaks off or is malformed"),
    "no json": (reply(200, JSON, HTML), errors.AnswerFormError, "breaks off or is malformed"),
    "limit": (reply(200, JSON, table(3), X_SPARQL_MaxRows="3"), errors.AnswerFormError, "cuts answers at 3 rows"),
    "part": (reply(200, JSON, table(3), X_SQL_State="S1TAT"), errors.AnswerFormError, "sent a part of the answer"),
    "cut json": (cut(JSON, table(900), 5000, framed=False), errors.AnswerFormError, "breaks off or is malformed"),
    "cut body": (cut(JSON, table(5000), 100_000), errors.ConnectionFailedError, "the connection broke off"),
    "silent": (fall_silent, errors.ConnectionFailedError, "the server falls silent"),
    "lost": (hang_up, errors.ConnectionFailedError, "the connection broke off (try again"),
    "created": (reply(204, JSON), errors.HttpStatusError, "HTTP 204"),
}
AGAIN = {"lost": 3}  # how often it is asked where that is more than once


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_one_clear_line(server: Server, name: str) -> None:
    act, kind, message = FAILURES[name]
    home = server.will(act)
    with pytest.raises(kind) as caught:
        rows(home)
    assert str(caught.value).startswith(f"{server.url}: ")
    assert message in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(server.asked) == AGAIN.get(name, 1)
    assert caught.value.exit_code == 3


def test_a_part_that_came_before_the_connection_broke_was_handed_on(server: Server) -> None:
    found = server.will(cut(JSON, table(5000), 100_000), reply(body=table(1))).query(SELECT)
    assert isinstance(found, Solutions)
    assert tuple(next(found))
    with pytest.raises(errors.ConnectionFailedError):
        list(found)
    assert len(server.asked) == 1


def test_triples_that_break_off_are_an_error(server: Server) -> None:
    body = b"<urn:a> <urn:b> <urn:c> .\n" * 9
    found = server.will(cut(NT, body, 40, framed=False)).query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, Triples)
    with pytest.raises(errors.AnswerFormError, match="breaks off or is malformed"):
        list(found)


def test_nobody_there_is_said_so() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as gone:
        port = gone.server_address[1]
    with pytest.raises(errors.ConnectionFailedError, match=r"the connection is refused \(is the server running\?\)"):
        Endpoint(f"http://127.0.0.1:{port}/").query(SELECT)
    with pytest.raises(errors.ConnectionFailedError, match="there is no server of that name"):
        Endpoint("http://nothing.invalid/").query(SELECT)


def test_a_server_without_tls_is_not_asked_by_https(server: Server) -> None:
    with pytest.raises(errors.ConnectionFailedError, match=r"no safe connection|falls silent|broke off"):
        Endpoint(server.url.replace("http:", "https:"), timeout=0.5).query(SELECT)


@pytest.mark.parametrize(
    "url", ["example.org/sparql", "ftp://example.org/", "http://", "file:///etc/passwd", "", "http:x"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(errors.UsageError, match="is no address of a server"):
        Endpoint(url)


def test_a_malformed_query_is_not_sent(server: Server) -> None:
    server.acts = [reply(body=table(1))]
    with pytest.raises(errors.QuerySyntaxError, match="line 1, column 8"):
        connect(server.url).query("SELECT WHERE")
    with pytest.raises(errors.QueryRefusedError, match="SERVICE"):
        connect(server.url).query("ASK { SERVICE <http://localhost/> { ?s ?p ?o } }")
    assert server.asked == []


def test_from_asks_a_graph_that_the_server_has(server: Server) -> None:
    server.acts = [reply(body=table(0))]
    with pytest.raises(errors.QueryRefusedError, match="names a graph that is not here"):
        connect(server.url).query("SELECT * FROM <urn:none> { ?s ?p ?o }")
    assert [asked["query"][0] for asked in server.asked] == ["SELECT ?s { GRAPH <urn:none> { ?s ?p ?o } } LIMIT 1"]


# --- Again, or not -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [hang_up, *(reply(status, "text/plain") for status in (429, 502, 503, 504))])
def test_what_may_pass_is_tried_again(server: Server, first: Act) -> None:
    assert len(rows(server.will(first, first, reply(body=table(2))))) == 2
    assert len(server.asked) == 3


def test_it_is_tried_three_times_and_no_more(server: Server) -> None:
    with pytest.raises(errors.HttpStatusError, match="HTTP 503: busy"):
        rows(server.will(reply(503, "text/plain", b"busy")))
    assert len(server.asked) == 3


def test_the_pause_is_as_long_as_the_server_asks(server: Server) -> None:
    begin = time.monotonic()
    rows(server.will(reply(429, "text/plain", Retry_After="1"), reply(body=table(1))))
    assert 1 <= time.monotonic() - begin < 3


def test_a_long_pause_is_not_waited_for(server: Server) -> None:
    with pytest.raises(errors.HttpStatusError, match="HTTP 429"):
        rows(server.will(reply(429, "text/plain", Retry_After="120")))
    assert len(server.asked) == 1


# --- Logins --------------------------------------------------------------------------------------------------------

SECRET = "s3cr3t-ë"


@pytest.mark.parametrize(
    ("login", "header"),
    [(Login("an", "pässword"), "Basic YW46cMOkc3N3b3Jk"), (Login(token="abc.def"), "Bearer abc.def"), (Login(), None)],
)
def test_a_login_is_sent_as_it_should(server: Server, login: Login, header: str | None) -> None:
    server.acts = [reply(body=table(1))]
    rows(Endpoint(server.url, login))
    assert server.headers[0].get("authorization") == header


def test_the_login_comes_from_the_environment() -> None:
    names = {"FOT_GRAPH_USER": "an", "FOT_GRAPH_PASSWORD": SECRET}
    assert Login.from_environment(names) == Login("an", SECRET, "")
    assert Login.from_environment({"FOT_GRAPH_TOKEN": "abc"}).headers() == {"authorization": "Bearer abc"}
    with pytest.raises(errors.UsageError) as caught:
        Login.from_environment({"FOT_GRAPH_TOKEN": "abc\ndef"})
    assert "abc" not in str(caught.value)


def test_a_login_has_no_place_in_an_address() -> None:
    with pytest.raises(errors.UsageError) as caught:
        Endpoint(f"http://an:{SECRET}@example.org/sparql")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_login_stands_in_no_message(
    server: Server, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.acts = [lambda handler: handler.reply(status, "text/plain", f"{SECRET} is wrong".encode())]
    monkeypatch.setenv("FOT_GRAPH_USER", "an")
    monkeypatch.setenv("FOT_GRAPH_PASSWORD", SECRET)
    assert main(["query", "-e", SELECT, "--endpoint", server.url]) == 3
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err + repr(Login("an", SECRET))
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_elsewhere_is_not_followed(server: Server, status: int) -> None:
    with Server() as other:
        server.acts = [reply(status, "text/plain", Location=other.url)]
        with pytest.raises(errors.EndpointError, match=f"sends on to {other.url} .give that address if you trust it"):
            rows(Endpoint(server.url, Login("an", SECRET)))
        assert other.asked == []
        other.shutdown()


def test_a_redirect_on_the_same_server_is_followed(server: Server) -> None:
    found = rows(server.will(reply(307, "text/plain", Location="/other"), reply(body=table(2))))
    assert len(found) == 2
    assert server.asked[0] == server.asked[1]
    with pytest.raises(errors.EndpointError, match="sends on and on"):
        rows(server.will(reply(308, "text/plain", Location="/other")))


def test_an_error_of_a_server_ends_a_command_with_3(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.acts = [reply(200, "text/html", HTML)]
    assert main(["query", "-e", SELECT, "--endpoint", server.url]) == 3
    assert capsys.readouterr().err.startswith(f"fot-graph: {server.url}: the answer is text/html")
