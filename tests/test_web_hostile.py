"""Requests that mean harm: each is refused within its limit and a second, and a light query right after is answered.

The server runs with tight limits, so that what would take ten seconds takes one.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from serving import FORM, QUERY, Server, running

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


# --- Queries ----------------------------------------------------------------------------------------------------------

ALL = "?s ?p ?o"
MANY = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(4))
DOUBLED = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(60))

SERVICE = [
    f"SELECT * {{ {call} {{ ?s ?p ?o }} }}"
    for call in [
        *("SERVICE <http://127.0.0.1:1/>", "service <http://127.0.0.1:1/>", "SeRvIcE SILENT <file:///etc/passwd>"),
        *("SERVICE ?s", "SERVICE id:serv", "SERVICE<http://127.0.0.1:1/>", "SERVICE #\n <http://127.0.0.1:1/>"),
        *("\\u0053ERVICE <http://127.0.0.1:1/>", "SERV\\u0049CE <urn:x>", "\\U00000053ERVICE <urn:x>"),
        *("SERVICE SILENT ?x", "FILTER EXISTS { SERVICE <urn:x> { ?a ?b ?c } }", "OPTIONAL { SERVICE <urn:x> {} }"),
        *("{ SELECT * { SERVICE <urn:x> {} } }", "MINUS { SERVICE <urn:x> {} }", "GRAPH ?g { SERVICE <urn:x> {} }"),
        *("?a ?b true.SERVICE <urn:x>", "?a ?b 1 SERVICE <urn:x>", "VALUES ?q { 1 } SERVICE ?q", "SERVICE <>"),
    ]
]
ELSEWHERE = [
    f"SELECT * {clause} {{ ?s ?p ?o }}"
    for clause in [
        *("FROM <http://127.0.0.1:1/x>", "FROM <file:///etc/passwd>", "FROM NAMED <http://example.org/>"),
        *("FROM <https://example.org/> FROM NAMED <ftp://example.org/>", "FROM <urn:x>", "FROM NAMED <urn:x>"),
        *("FROM <file:///proc/self/environ>", "FROM <data:text/turtle,>", "FROM graph:nothing", "FROM <../../x>"),
        *("FROM NAMED <file:data/entities.ttl>", "FROM <jar:file:x!/y>", "FROM <\\u0066ile:///etc/passwd>"),
    ]
]
UPDATES = [
    *("CLEAR ALL", "DROP ALL", "DROP SILENT DEFAULT", "LOAD <file:///etc/passwd>", "LOAD <http://127.0.0.1:1/>"),
    *("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DELETE WHERE { ?s ?p ?o }", "CREATE GRAPH <urn:x>"),
    *("COPY DEFAULT TO <urn:x>", "MOVE DEFAULT TO <urn:x>", "ADD DEFAULT TO <urn:x>", "CLEAR NAMED"),
    *("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", "WITH <urn:x> DELETE { ?s ?p ?o } WHERE {}", "ASK {} ; CLEAR ALL"),
    *("LOAD SILENT <urn:x> INTO GRAPH <urn:y>", "PREFIX a: <urn:a> CLEAR ALL", "# ASK\nDROP ALL", "\\u0043LEAR ALL"),
]
NESTED = [
    query
    for depth in (100, 1_000, 9_000)
    for query in [
        f"ASK {{ FILTER({'!' * depth}true) }}",
        f"ASK {{ FILTER({'(' * depth}1{')' * depth}) }}",
        f"ASK {'{' * depth}{'}' * depth}",
        f"ASK {{ {'OPTIONAL {' * depth}{'}' * depth} }}",
        f"ASK {{ ?s {'(' * depth}<urn:p>{')' * depth} ?o }}",
        f"ASK {{ ?s {'^' * depth}<urn:p> ?o }}",
        f"ASK {{ BIND({'-' * depth}1 AS ?x) }}",
        f"ASK {{ ?s ?p {'[ ?p ' * depth}1{']' * depth} }}",
        f"ASK {{ ?s ?p {'( ' * depth}1{')' * depth} }}",
        f"ASK {{ FILTER({'ABS(' * depth}1{')' * depth} > 0) }}",
        f"SELECT * {{ {'{ SELECT * { ' * depth}{'} }' * depth} }}",
        f"ASK {{ {'GRAPH ?g { ' * depth}{'}' * depth} }}",
        f"ASK {{ {'FILTER EXISTS { ' * depth}{'}' * depth} }}",
        f"ASK {{ {'MINUS { ' * depth}{'}' * depth} }}",
        f"ASK {{ {'<< ' * depth}?s ?p ?o{' >>' * depth} ?p ?o }}",
    ]
]
PRODUCTS = [
    f"SELECT (COUNT(*) AS ?n) {{ {MANY} }}",
    f"SELECT * {{ {MANY} FILTER(?o0 = ?o3 && ?o0 != ?o3) }}",
    f"ASK {{ {MANY} FILTER(STR(?o0) = CONCAT(STR(?o1), STR(?o2), 'x')) }}",
    f"SELECT DISTINCT ?o0 ?o1 ?o2 {{ {MANY} }}",
    f"SELECT * {{ {{ {ALL} }} {{ ?a ?b ?c }} {{ ?d ?e ?f }} FILTER(STR(?f) = CONCAT(STR(?o), STR(?c))) }}",
    f"SELECT (SUM(STRLEN(STR(?o0))) AS ?n) {{ {MANY} }}",
    f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} WHERE {{ {MANY} }}",
    "SELECT (COUNT(*) AS ?n) { ?a a ?t . ?b a ?t . ?c a ?t . ?d a ?t . ?e a ?t }",
    f"SELECT (COUNT(?f) AS ?n) {{ {ALL} OPTIONAL {{ ?a ?b ?c }} OPTIONAL {{ ?d ?e ?f FILTER(?f != ?c) }} }}",
    f"SELECT (MAX(CONCAT(STR(?o0), STR(?o1))) AS ?n) {{ {MANY} FILTER(?o0 != ?o1) }}",
    f"SELECT ?x (COUNT(*) AS ?n) {{ {MANY} BIND(RAND() AS ?x) }} GROUP BY ?x HAVING (COUNT(*) > 5)",
]
PATHS = [
    "SELECT (COUNT(*) AS ?n) { ?a !<urn:x>* ?b . ?c !<urn:x>* ?d }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
    "SELECT (COUNT(*) AS ?n) { ?a ((!<urn:x>)+)+ ?b . ?b (!<urn:x>)+ ?c . ?c (!<urn:x>)+ ?d }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>/^!<urn:x>/!<urn:y>/^!<urn:y>)+ ?b . ?c (!<urn:x>/^!<urn:x>)+ ?d }",
    "ASK { ?a (!<urn:x>|^!<urn:x>)+ ?b . ?c (!<urn:x>|^!<urn:x>)+ ?d FILTER(?b = 'x' && ?d = 'y') }",
    "SELECT (COUNT(*) AS ?n) { ?a (a/^a)* ?b . ?c (a/^a)* ?d . ?e (a/^a)* ?f }",
]
REGEX = [
    f"SELECT (COUNT(*) AS ?n) {{ {MANY} FILTER(REGEX(CONCAT(STR(?o0), STR(?o1)), '{pattern}')) }}"
    for pattern in ("(a*)*b", "(a|a)*b", "(.*)(.*)(.*)(.*)x{50}", "([a-z]+)*$", "^(([a-z])+.)+[A-Z]([a-z])+$")
] + ["SELECT (REPLACE(STR(?o), '(x{1000}){1000}', '') AS ?r) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"]
MEMORY = [
    f"SELECT ?x60 {{ BIND('aaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS ?x0) {DOUBLED} }}",
    f"ASK {{ BIND('a' AS ?x0) {DOUBLED} FILTER(STRLEN(?x60) > 0) }}",
    f"SELECT * {{ {MANY} }} ORDER BY ?o0 ?o1 ?o2",
    f"SELECT (GROUP_CONCAT(CONCAT(STR(?o0), STR(?o1), STR(?o2))) AS ?x) {{ {MANY} }}",
    f"SELECT ?x {{ {ALL} . ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?o), STR(?c), STR(?f)) AS ?x) }} ORDER BY DESC(?x)",
    f"SELECT (COUNT(DISTINCT CONCAT(STR(?o0), STR(?o1), STR(?s2))) AS ?n) {{ {MANY} }}",
    f"SELECT DISTINCT ?s0 ?s1 ?s2 ?s3 {{ {MANY} }} ORDER BY ?s3",
    f"SELECT (REPLACE(?x20, 'a', ?x20) AS ?y) {{ BIND('a' AS ?x0) {DOUBLED[: DOUBLED.index('?x30, ') - 12]} }}",
]
TOO_LONG = [
    f"SELECT * {{ {ALL} . ?a ?b ?c }}",
    f"CONSTRUCT {{ ?s ?p ?c }} WHERE {{ {ALL} . ?a ?b ?c }}",
    f"SELECT ?o0 {{ {MANY} }} LIMIT 100000",
    "SELECT * { VALUES ?a { " + "1 " * 200 + "} VALUES ?b { " + "2 " * 200 + "} }",
    "SELECT ?t ?s { ?d prov:value ?t FILTER(STRLEN(?t) > 5000) ?s a ?k }",
    "CONSTRUCT { ?s ?p ?t } WHERE { ?d prov:value ?t FILTER(STRLEN(?t) > 5000) ?s ?p ?k }",
    "DESCRIBE ?s ?o { ?s ?p ?o . ?x ?y ?z }",
]
MALFORMED = [
    *(
        "",
        " ",
        "ASK",
        "SELECT",
        "ASK {",
        "ASK }",
        "ASK { ?s ?p }",
        "SELEKT * {}",
        "ASK { 'x }",
        "\x00ASK {}",
        "ASK {}\x00",
    ),
    *("ASK { ?s ?p '\\q' }", "ASK { <a b> ?p ?o }", "ASK { ?s undeclared:x ?o }", "ASK {} ASK {}", "{}", "%00", "💥"),
    *("ASK { ?s ?p \ud7ff\uffff }", "SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }", "ASK { ?s ?p “x” }", "A" * 60_000),
    *(
        "SELECT (COUNT(?x) AS ?y) ?z { ?x ?y ?z }",
        "ASK { FILTER(<urn:f>(1)) } }",
        "'" * 5_000,
        "ASK { ?s ?p <x",
        "()" * 99,
    ),
    *("<script>alert(1)</script>", 'ASK { ?s ?p """ }', "' OR 1=1 --", "../../etc/passwd", "ASK { \\u{0} }", "\ufffe"),
]
HUGE = [
    "ASK { ?s ?p '" + "x" * 70_000 + "' }",
    "ASK { " + "?s ?p ?o . " * 7_000 + "}",
    "ASK { VALUES ?x { " + "1 " * 30_000 + "} }",
    "ASK { ?s ?p " + " , ".join(["1"] * 10_000) + " }",
    "ASK {} #" + "é" * 40_000,
    "SELECT " + "?x " * 9_000 + "{}",
    "PREFIX a: <urn:a> " * 3_000 + "ASK {}",
    "ASK { FILTER(" + " || ".join(["1"] * 9_000) + ") }",
]
KINDS = {
    "SERVICE in disguise": SERVICE,
    "FROM elsewhere": ELSEWHERE,
    "update": UPDATES,
    "deep nesting": NESTED,
    "Cartesian product": PRODUCTS,
    "path bomb": PATHS,
    "regex bomb": REGEX,
    "memory bomb": MEMORY,
    "answer without end": TOO_LONG,
    "malformed query": MALFORMED,
    "huge query": HUGE,
}


# --- Bodies, headers, paths -------------------------------------------------------------------------------------------


class Sent(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: str | bytes | None = None


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;&b;</x>'
IMPORTS = [
    Sent("POST", path, {"Content-Type": kind}, body)
    for path in ("/sparql", "/id/serv", "/sparql?graph=urn:x")
    for kind, body in [
        ("application/rdf+xml", BOMB),
        ("application/ld+json", '{"@context": "http://127.0.0.1:1/context", "@id": "urn:x"}'),
        ("text/turtle", "<urn:s> <urn:p> <urn:o> ."),
        ("application/trig", "<urn:g> { <urn:s> <urn:p> <urn:o> }"),
        ("application/xml", BOMB),
        (
            "multipart/form-data; boundary=x",
            '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\nASK {}\r\n--x--\r\n',
        ),
    ]
]
FORMS = [
    *(Sent("POST", "/sparql", FORM, body) for body in ("", "query", "query=", "quer=ASK{}", "&&&&", "=ASK{}", "%")),
    *(Sent("POST", "/sparql", FORM, body) for body in ("query=ASK{}&query=ASK{}", "update=x&query=ASK{}", "query=%FF")),
    Sent("POST", "/sparql", FORM, "a=b&" * 20_000),
    Sent("POST", "/sparql", FORM, "query=ASK{}" + "&x=y" * 500),
    Sent("POST", "/sparql", FORM, b"query=\xff\xfe"),
    Sent("POST", "/sparql", FORM, "query=ASK%7B%7D&default-graph-uri=" + "x" * 50_000),
    Sent("POST", "/sparql", FORM, "query=ASK%7B%7D&named-graph-uri=%3E%20%7B%7D"),
    Sent("POST", "/sparql", FORM, urlencode({"query": "ASK {}", "default-graph-uri": "urn:x> { ?s ?p ?o } #"})),
    Sent("POST", "/sparql", QUERY, "x" * 200_000),
    Sent("POST", "/sparql", {**QUERY, "Content-Type": "application/sparql-query; charset=utf-7"}, "ASK {}"),
    Sent("POST", "/sparql", {**QUERY, "Content-Encoding": "gzip"}, b"\x1f\x8b\x08\x00"),
    Sent("POST", "/sparql?query=ASK%7B%7D", FORM, "query=ASK%7B%7D"),
]
PATH_TRICKS = [
    Sent("GET", path, {})
    for path in [
        *("/../../../../etc/passwd", "/static/../../../etc/passwd", "/static/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/x"),
        *("/id/../../etc/passwd", "/id/%00.ttl", "/id/x%0d%0aSet-Cookie:a=b", "/en/page/../../../x", "/nl/page/%00"),
        *("//etc/passwd", "/id/" + "x" * 8_000, "/id/" + "../" * 500, "/.env", "/wp-login.php", "/id/<script>", "/%FF"),
        *("/static/%00", "/static/" + "a/" * 900, "/en/document/..%2f..%2fetc", "/id/serv.ttl/../x", "/sparql/../x"),
    ]
]
METHODS = [
    Sent(method, "/sparql?query=ASK%7B%7D", {}) for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X")
]


def asked(query: str) -> Sent:
    """Ask by POST, as what is long has to."""
    return Sent("POST", "/sparql", {**QUERY, "Accept": "*/*"}, query.encode("utf-8", "surrogatepass"))


REQUESTS = {
    **{kind: [asked(query) for query in queries] for kind, queries in KINDS.items()},
    "import": IMPORTS,
    "form abuse": FORMS,
    "path trick": PATH_TRICKS,
    "wrong method": METHODS,
}


@pytest.mark.parametrize("kind", REQUESTS)
def test_what_means_harm_is_refused_in_time(server: Server, kind: str) -> None:
    wrong = [said for sent in REQUESTS[kind] if (said := mistake(server, sent))]
    assert not wrong


def mistake(server: Server, sent: Sent) -> str:
    """Send a request and a light query, and say what is wrong with the answer, if anything."""
    path = quote(sent.path, safe="/?=&%:;.,<>") if sent.method == "GET" else sent.path
    got = server.request(sent.method, path, sent.body, sent.headers)
    light(server)
    is_refused = 400 <= got.status < 600 and b"Traceback" not in got.body and b"root:" not in got.body
    if is_refused and got.seconds < LIMIT + 1:
        return ""
    asked = f"{sent.method} {sent.path[:100]} {(sent.body or b'')[:200]!r}"
    return f"{asked}: {got.status} {got.body[:80]!r} {got.seconds:.1f} s"


def test_there_are_enough_of_them() -> None:
    assert len(REQUESTS) + 3 >= 15
    assert sum(map(len, REQUESTS.values())) + len(RAW) >= 250


# --- What no client library sends -------------------------------------------------------------------------------------

HOST = b"Host: x\r\n"
RAW = [
    b"\r\n\r\n\r\nX\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evil/?x=\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: <script>\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Na me: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b": x\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n",
    b"G\xc3T / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 20_000 + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: x\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999999999\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + b"F" * 40 + b"\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET http://evil.example/x HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.2\r\n",
]


def test_malformed_http_is_refused(server: Server) -> None:
    for content in RAW:
        began = time.perf_counter()
        answer = server.raw(content, seconds=SLOW + 2)
        assert time.perf_counter() - began < SLOW + 2, content[:80]
        if answer:
            status = int(answer.split(b" ", 2)[1])
            assert 400 <= status < 600, (content[:80], answer[:200])
            assert b"Traceback" not in answer
        light(server)


def chunked(server: Server) -> bytes:
    """Send a body that never ends, in chunks that are large enough."""
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
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
        [b"GET / HTTP/1.1\r\nHost: x\r\n", *([b"X: a\r\n"] * 500)],
        [
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nContent-Type: text/plain\r\n\r\n",
            *([b"x"] * 500),
        ],
        [b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"1\r\nx\r\n"] * 500)],
        [b""] * 500,
    ],
    ids=["line", "headers", "body", "chunks", "silence"],
)
def test_slow_clients_are_dropped(server: Server, parts: list[bytes]) -> None:
    began = time.perf_counter()
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.settimeout(0.05)
        for part in parts:
            try:
                connection.sendall(part)
                if not connection.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    assert time.perf_counter() - began < SLOW + 2
    light(server)


def test_a_client_that_does_not_read_is_dropped(server: Server) -> None:
    """The answer is longer than what the system takes for a connection: the rest of it stays with the server."""
    query = (
        "SELECT ?a { ?d prov:value ?t FILTER(STRLEN(?t) > 5000) ?s ?p ?o BIND(SUBSTR(?t, 1, 999) AS ?a) } LIMIT 8000"
    )
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.connect((server.host, server.port))
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
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
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
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
