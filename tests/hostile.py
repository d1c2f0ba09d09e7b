"""Requests that mean harm, by kind: queries, bodies, forms, paths, methods, and bytes that no client library sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from serving import FORM, HOST, QUERY

if TYPE_CHECKING:
    from serving import Got, Server

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
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: str | bytes | None = None

    def to(self, server: Server) -> Got:
        """Send it."""
        path = quote(self.path, safe="/?=&%:;.,<>") if self.method == "GET" else self.path
        return server.request(self.method, path, self.body, self.headers)


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
ASK = "/sparql?query=ASK%7B%7D"
METHODS = [Sent(method, ASK, {}) for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X")]

# --- Who may not read -------------------------------------------------------------------------------------------------

OTHER_HOSTS = [  # PORT is that of the server
    *("evil.example", "evil.example:PORT", "localhost", "127.0.0.1", "localhost:1", "localhost:PORT0"),
    *("localhost.evil.example:PORT", "127.0.0.1.evil.example:PORT", "evil-localhost:PORT", "sub.localhost:PORT"),
    *("127.0.0.1.nip.io:PORT", "127.0.0.2:PORT", "0.0.0.0:PORT", "[::2]:PORT", "[::]:PORT", "10.0.0.1:PORT", "x:PORT"),
    *("evil.example@localhost:PORT", "localhost:PORT@evil.example", "localhost:PORT, evil.example", "localhost PORT"),
    *("localhost:PORT/", "http://localhost:PORT", "localhost..:PORT", ".localhost:PORT", "localhost:", ":PORT", "*"),
    *("localhost:PORT:PORT", "localhost:+PORT", "localhost:0xPORT", "loc\u0430lhost:PORT", "localhost\t:PORT"),
    *("::1:PORT", "[::1:PORT", "[127.0.0.2]:PORT", "localhost%00.evil.example:PORT", "localhost\\:PORT"),
]
_NO_CORS = {"Sec-Fetch-Mode": "no-cors"}
OTHER_SITES = [  # what a browser says of requests that a page of another site may send without asking first
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:3333", "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    {"Origin": "https://friend.example.evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", **_NO_CORS, "Sec-Fetch-Dest": "script"},
    {"Sec-Fetch-Site": "cross-site", **_NO_CORS, "Sec-Fetch-Dest": "image"},
    {"Sec-Fetch-Site": "same-site", **_NO_CORS, "Sec-Fetch-Dest": "style"},
    {"Sec-Fetch-Site": "cross-site", **_NO_CORS, "Sec-Fetch-Dest": "empty"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "frame"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "embed"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "other"},
]

# --- What acts on a terminal, and codings that nobody has -------------------------------------------------------------

CONTROLS = [
    *("\x1b", "\x07", "\x08", "\x00", "\r", "\x0b", "\x0c", "\x7f"),
    *("\x85", "\x9b", "\x9d", "\x90"),  # C1: the end of a line, and what begins commands as ESC does
    *("\u061c", "\u200b", "\u200e", "\u200f", "\u202a", "\u202d", "\u202e", "\u2066", "\u2067", "\u2069"),
    *("\u2028", "\u2029", "\ufeff", "\U000e0041"),
]
ENCODINGS = [
    *("*;q=0", "identity;q=0", "identity;q=0, gzip;q=0", "br, *;q=0", "identity;q=0, br", "gzip;q=0, *;q=0"),
    *("identity;q=0.0, *;q=0.000", "IDENTITY;Q=0", "identity;q=high, x-gzip;q=0"),
]


# --- All of them ------------------------------------------------------------------------------------------------------


def asked(query: str) -> Sent:
    """Ask by POST, as what is long has to."""
    return Sent("POST", "/sparql", {**QUERY, "Accept": "*/*"}, query.encode("utf-8", "surrogatepass"))


REQUESTS = {
    **{kind: [asked(query) for query in queries] for kind, queries in KINDS.items()},
    "import": IMPORTS,
    "form abuse": FORMS,
    "path trick": PATH_TRICKS,
    "wrong method": METHODS,
    "other name": [Sent("GET", ASK, {"Host": name}) for name in OTHER_HOSTS if name.isascii() and "PORT" not in name],
    "unknown coding": [Sent("GET", ASK, {"Accept-Encoding": coding}) for coding in ENCODINGS],
    "control character": [asked(f"ASK {{ ?s {character} }}") for character in CONTROLS],
}


# --- What no client library sends -------------------------------------------------------------------------------------

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
    b"GET http://evil.example/health HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"GET /health HTTP/1.0\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.2\r\n",
]
