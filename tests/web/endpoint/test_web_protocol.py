"""The SPARQL endpoint: SPARQL 1.1 Protocol in a read-only profile, Service Description, negotiation and errors."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from packaged import expand
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from serving import FORM, QUERY, Got, Server, running

from fot_graph.api import load

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMING, DOCUMENT, ONTOLOGY = (expand(f"graph:{name}") for name in ("naming", "document", "ontology"))
SERV, ITEM, TERM = "id:serv a ?a", "?item a fot:AnswerItem", "fot:Claim a ?c"  # each stands in one of them only
SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running("--workers", "2", "--quiet") as made:
        yield made


def dataset(*, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> str:
    pairs = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
    return urlencode(pairs, quote_via=quote)


# --- The cases of the W3C's protocol suite, by their names, on graphs of ours -----------------------------------------


class Case(NamedTuple):
    name: str
    method: str = "GET"
    parameters: str = ""
    headers: dict[str, str] = {}  # noqa: RUF012  never changed
    body: str | None = None


DEFAULTS = f"ASK {{ {SERV} . {ITEM} }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ {SERV} }} GRAPH ?g2 {{ {ITEM} }} }}"
ONE = dataset(default=(NAMING,))
TRUE = [
    Case("query_post_form", "POST", ONE, FORM, "query=ASK%20%7B%7D"),
    Case(
        "query_dataset_default_graphs_get",
        parameters=f"query={quote(DEFAULTS)}&{dataset(default=(NAMING, DOCUMENT))}",
    ),
    Case("query_dataset_default_graphs_post", "POST", dataset(default=(NAMING, DOCUMENT)), QUERY, DEFAULTS),
    Case("query_dataset_named_graphs_post", "POST", dataset(named=(NAMING, DOCUMENT)), QUERY, NAMED),
    Case("query_dataset_named_graphs_get", parameters=f"query={quote(NAMED)}&{dataset(named=(NAMING, DOCUMENT))}"),
    Case(
        "query_dataset_full",
        "POST",
        dataset(default=(ONTOLOGY,), named=(NAMING, DOCUMENT)),
        QUERY,
        f"ASK {{ {TERM} GRAPH ?g1 {{ {SERV} }} GRAPH ?g2 {{ {ITEM} }} }}",
    ),
    Case(
        "query_multiple_dataset",
        "POST",
        dataset(named=(NAMING, DOCUMENT)),
        QUERY,
        f"ASK FROM <{ONTOLOGY}> {{ GRAPH ?g1 {{ {SERV} }} GRAPH ?g2 {{ {ITEM} }} FILTER NOT EXISTS {{ {TERM} }} }}",
    ),
    Case("query_get", parameters=f"query=ASK%20%7B%7D&{ONE}"),
    Case("query_post_direct", "POST", "", QUERY, "ASK {}"),
]
TYPED = [
    (
        Case("query_content_type_select", "POST", ONE, QUERY, "SELECT (1 AS ?value) {}"),
        "application/sparql-results+json",
    ),
    (Case("query_content_type_ask", "POST", ONE, QUERY, "ASK {}"), "application/sparql-results+json"),
    (Case("query_content_type_describe", "POST", ONE, QUERY, "DESCRIBE <http://example.org/>"), "text/turtle"),
    (Case("query_content_type_construct", "POST", ONE, QUERY, "CONSTRUCT { <s> <p> 1 } WHERE {}"), "text/turtle"),
]
UPDATE = {"Content-Type": "application/sparql-update"}
UTF16 = {name: {"Content-Type": f"application/sparql-{name}; charset=UTF-16"} for name in ("query", "update")}
INSERT = "INSERT DATA { <urn:s> <urn:p> <urn:o> }"
BAD = [
    Case("bad_query_method", "PUT", f"query=ASK%20%7B%7D&{ONE}", FORM),
    Case("bad_multiple_queries", parameters="query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"),
    Case("bad_query_wrong_media_type", "POST", "", {"Content-Type": "text/plain"}, "ASK {}"),
    Case("bad_query_missing_form_type", "POST", "", {}, "query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", "POST", "", {}, "ASK {}"),
    Case("bad_query_non_utf8", "POST", "", UTF16["query"], "ASK {}"),
    Case("bad_query_syntax", parameters="query=ASK%20%7B"),
    Case("bad_update_get", parameters="update=CLEAR%20ALL"),
    Case("bad_multiple_updates", "POST", "", FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"),
    Case("bad_update_wrong_media_type", "POST", "", {"Content-Type": "text/plain"}, "CLEAR NAMED"),
    Case("bad_update_missing_form_type", "POST", "", {}, "update=CLEAR%20NAMED"),
    Case("bad_update_non_utf8", "POST", "", UTF16["update"], "CLEAR NAMED"),
    Case("bad_update_syntax", "POST", "", FORM, "update=CLEAR%20XYZ"),
    Case("bad_update_dataset_conflict", "POST", "using-named-graph-uri=urn:g", UPDATE, f"WITH <urn:g> {INSERT}"),
]
UPDATES = [  # which the suite wants to succeed: here they are refused, and change nothing
    Case("update_dataset_default_graph", "POST", "using-graph-uri=urn:g", UPDATE, f"CLEAR ALL ; {INSERT}"),
    Case("update_dataset_default_graphs", "POST", "using-graph-uri=urn:g&using-graph-uri=urn:h", UPDATE, "DROP ALL"),
    Case("update_dataset_named_graphs", "POST", "using-named-graph-uri=urn:g", UPDATE, f"DROP ALL ; {INSERT}"),
    Case("update_dataset_full", "POST", "using-graph-uri=urn:g&using-named-graph-uri=urn:h", UPDATE, INSERT),
    Case("update_post_form", "POST", "", FORM, "update=CLEAR+ALL"),
    Case("update_post_direct", "POST", "", UPDATE, "CLEAR ALL"),
    Case("update_base_uri", "POST", "", UPDATE, "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> <test> } }"),
]


def sent(server: Server, case: Case) -> Got:
    path = f"/sparql/?{case.parameters}" if case.parameters else "/sparql/"
    content = None if case.body is None else case.body.encode("utf-16" if case.headers in UTF16.values() else "utf-8")
    return server.request(case.method, path, content, case.headers)


def test_all_cases_of_the_suite_are_here() -> None:
    assert len({case.name for case in (*TRUE, *(case for case, _ in TYPED), *BAD, *UPDATES)}) == 34


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case.name)
def test_a_query_is_answered(server: Server, case: Case) -> None:
    got = sent(server, case)
    assert (got.status, got.type) == (200, "application/sparql-results+json")
    assert got.truth()


@pytest.mark.parametrize(("case", "media_type"), TYPED, ids=[case.name for case, _ in TYPED])
def test_an_answer_has_the_type_of_its_form(server: Server, case: Case, media_type: str) -> None:
    got = sent(server, case)
    assert (got.status, got.type) == (200, media_type)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_request_is_refused_in_one_line(server: Server, case: Case) -> None:
    got = sent(server, case)
    assert 400 <= got.status < 500
    assert got.type == "text/plain"
    assert "Traceback" not in got.text


@pytest.mark.parametrize("case", UPDATES, ids=lambda case: case.name)
def test_an_update_is_refused_and_changes_nothing(server: Server, case: Case) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    before = server.ask(count).json()
    got = sent(server, case)
    assert got.status == 403
    assert "would change the graph" in got.text
    assert server.ask(count).json() == before
    assert not server.ask("ASK { <urn:s> ?p ?o }").truth()


def test_a_dataset_hides_all_other_graphs(server: Server) -> None:
    assert not server.ask(f"ASK {{ {TERM} }}", **{"default-graph-uri": NAMING}).truth()
    assert not server.ask("ASK { ?s ?p ?o }", **{"named-graph-uri": NAMING}).truth()
    assert not server.ask("ASK { GRAPH ?g { ?s ?p ?o } }", **{"default-graph-uri": NAMING}).truth()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/fot-graph/graph/ontology> WHERE { ?s ?p ?o }",
        "SELECT(COUNT(*)AS?n){?s ?p ?o}",
        "SELECT (COUNT(*) AS ?n) (EXISTS { ?a ?b ?c } AS ?x) FROM NAMED fot:x\nFROM graph:ontology { ?s ?p ?o }",
    ],
)
def test_the_dataset_of_the_request_goes_before_that_of_the_query(server: Server, query: str) -> None:
    got = server.ask(query, **{"default-graph-uri": NAMING}).json()
    wanted = server.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{NAMING}> {{ ?s ?p ?o }} }}").json()
    assert got["results"]["bindings"][0]["n"] == wanted["results"]["bindings"][0]["n"]


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("DESCRIBE id:serv", True),
        ("DESCRIBE ?x WHERE { ?x a fot:AnswerItem } LIMIT 1", False),
        ("DESCRIBE id:serv LIMIT 1", True),
        ("DESCRIBE id:serv # WHERE {}", True),
        ("DESCRIBE id:serv # WHERE {}\nFROM NAMED fot:x", True),
        ("CONSTRUCT { id:serv a ?t } { id:serv a ?t }", True),
        ("CONSTRUCT WHERE { id:serv a ?t }", True),
        ("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t ; a fot:AnswerItem }", False),
    ],
)
def test_a_dataset_holds_for_graphs_too(server: Server, query: str, size: bool) -> None:  # noqa: FBT001
    got = server.ask(query, "application/n-triples", **{"default-graph-uri": NAMING})
    assert got.status == 200
    assert bool(got.body) == size


def test_a_query_without_a_form_is_told_before_its_graphs_are_chosen(server: Server) -> None:
    got = server.ask("SELECTDISTINCT ?s { ?s ?p ?o }", **{"default-graph-uri": NAMING})
    assert got.status == 400
    assert "'SELECTDISTINCT' is no kind of query (did you mean SELECT?)" in got.text


@pytest.mark.parametrize(("iri", "said"), [("urn:nowhere", "no graph"), ("not an iri", "no IRI"), ("", "no IRI")])
def test_a_graph_that_is_not_here_is_an_error(server: Server, iri: str, said: str) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        got = server.ask("ASK {}", **{name: iri})
        assert got.status == 400
        assert said in got.text


# --- Service description ----------------------------------------------------------------------------------------------


def described(server: Server) -> set[tuple[str, str, str]]:
    got = server.get("/sparql", "text/turtle")
    quads = parse(got.body, RdfFormat.TURTLE)
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}


def test_has_endpoint_triple(server: Server) -> None:
    endpoints = {o for _, p, o in described(server) if p == f"<{SD}endpoint>"}
    assert endpoints == {f"<{server.url}sparql>"}


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("", RdfFormat.TURTLE),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/n-triples", RdfFormat.N_TRIPLES),
    ],
)
def test_returns_rdf(server: Server, accept: str, format_: RdfFormat) -> None:
    got = server.get("/sparql", accept)
    assert got.status == 200
    assert len(list(parse(got.body, format_))) == len(described(server))


def test_conforms_to_schema(server: Server) -> None:
    """What the recommendation asks of the domains and ranges of its terms."""
    triples = described(server)
    types = {(s, o) for s, p, o in triples if p == f"<{expand('rdf:type')}>"}
    ranges = {"defaultDataset": "Dataset", "defaultGraph": "Graph", "namedGraph": "NamedGraph", "graph": "Graph"}
    domains = {"endpoint": "Service", "defaultGraph": "Dataset", "name": "NamedGraph", "resultFormat": "Service"}
    for s, p, o in triples:
        term = p.removeprefix(f"<{SD}").rstrip(">")
        assert term not in ranges or (o, f"<{SD}{ranges[term]}>") in types
        assert term not in domains or (s, f"<{SD}{domains[term]}>") in types
    assert {"endpoint", "supportedLanguage", "resultFormat", *ranges} <= {
        p.removeprefix(f"<{SD}").rstrip(">") for _, p, _ in triples
    }


def test_void_and_dcat_at_the_well_known_place(server: Server) -> None:
    got = server.get("/.well-known/void")
    said = {(quad.predicate.value, quad.object) for quad in parse(got.body, RdfFormat.TURTLE)}
    assert ("http://rdfs.org/ns/void#sparqlEndpoint", NamedNode(f"{server.url}sparql")) in said
    assert ("http://www.w3.org/ns/dcat#endpointURL", NamedNode(f"{server.url}sparql")) in said
    triples = [int(term.value) for name, term in said if name == "http://rdfs.org/ns/void#triples"]
    assert max(triples) > 1000
    [example] = [term for name, term in said if name == "http://rdfs.org/ns/void#exampleResource"]
    assert example in {quad.subject for quad in load().quads}


def test_the_description_tells_licence_dump_and_partitions(server: Server) -> None:
    void, dcat = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
    found = parse(server.get("/.well-known/void").body, RdfFormat.TURTLE)
    said = {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in found}
    about, licence = f"{server.url}.well-known/void#dataset", "https://creativecommons.org/licenses/by/4.0/"
    assert (about, expand("dcterms:license"), licence) in said
    (address,) = (o for s, p, o in said if (s, p) == (about, f"{void}dataDump"))
    assert address in {o for _, p, o in said if p == f"{dcat}downloadURL"}
    dump = server.get(address.removeprefix(server.url.rstrip("/")))
    assert (dump.status, dump.type) == (200, "application/n-quads")
    triples = {quad.triple for quad in parse(dump.body, RdfFormat.N_QUADS)}
    sizes = {s: int(o) for s, p, o in said if p == f"{void}triples"}
    assert sizes[about] == len(triples)
    used = {triple.predicate.value for triple in triples}
    parts = {s: o for s, p, o in said if p == f"{void}property"}
    assert set(parts.values()) == used
    assert {o for s, p, o in said if (s, p) == (about, f"{void}propertyPartition")} == parts.keys()
    assert sum(sizes[part] for part in parts) == len(triples)
    assert {o for s, p, o in said if (s, p) == (about, f"{void}properties")} == {str(len(used))}


# --- Forms of the answer ----------------------------------------------------------------------------------------------

ROWS = "SELECT ?x ?y { VALUES (?x ?y) { (id:serv 'a\t\"b\",\\n=1+1'@nl) (UNDEF 28433.60) (true 7) } }"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
        ("text/csv;q=0, text/*", "text/tab-separated-values"),
        ("application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("application/*;q=0.5, text/csv;q=0.4", "application/sparql-results+json"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;charset=utf-8;q=1, application/json;q=0.5", "application/json"),
        ("nonsense, ;;, text/csv;q=high, text/tab-separated-values;q=0.001", "text/tab-separated-values"),
    ],
)
def test_the_accept_header_chooses(server: Server, accept: str, given: str) -> None:
    got = server.ask("SELECT * {} LIMIT 1", accept)
    assert (got.status, got.type, got.headers["Vary"]) == (200, given, "Accept")


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("SELECT * {}", "text/turtle"),
        ("SELECT * {}", "text/html"),
        ("SELECT * {}", "*/*;q=0"),
        ("ASK {}", "text/csv"),
        ("CONSTRUCT WHERE { ?s a fot:Claim }", "application/sparql-results+json"),
        ("CONSTRUCT WHERE { ?s a fot:Claim }", "application/json;q=0"),
        ("DESCRIBE id:serv", "image/png"),
    ],
)
def test_a_form_that_cannot_be_had_is_406(server: Server, query: str, accept: str) -> None:
    got = server.ask(query, accept)
    assert got.status == 406
    assert "choose one of" in got.text


@pytest.mark.parametrize(
    ("media_type", "read_as"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)
def test_rows_read_back_the_same_in_every_form(server: Server, media_type: str, read_as: QueryResultsFormat) -> None:
    rows = parse_query_results(server.ask(ROWS, media_type).body, format=read_as)
    assert isinstance(rows, QuerySolutions)
    assert [tuple(row) for row in rows] == [
        (NamedNode(expand("id:serv")), Literal('a\t"b",\n=1+1', language="nl")),
        (None, Literal("28433.6", datatype=NamedNode(expand("xsd:decimal")))),
        (Literal(True), Literal(7)),  # noqa: FBT003
    ]


def test_csv_is_the_w3c_form_and_raw(server: Server) -> None:
    rows = list(csv.reader(io.StringIO(server.ask(ROWS, "text/csv").text, newline="")))
    assert rows[0] == ["x", "y"]
    assert [expand("id:serv"), 'a\t"b",\n=1+1'] in rows
    assert ["", "28433.6"] in rows


@pytest.mark.parametrize(
    ("format_", "media_type", "read_as"),
    [
        ("ttl", "text/turtle", RdfFormat.TURTLE),
        ("nt", "application/n-triples", RdfFormat.N_TRIPLES),
        ("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
        ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
        ("trig", "application/trig", RdfFormat.TRIG),
        ("nq", "application/n-quads", RdfFormat.N_QUADS),
    ],
)
def test_a_graph_in_every_form(server: Server, format_: str, media_type: str, read_as: RdfFormat) -> None:
    query = "CONSTRUCT WHERE { ?finding fot:informs ?theme ; a ?class }"
    wanted = {quad.triple for quad in parse(server.ask(query, "application/n-triples").body, RdfFormat.N_TRIPLES)}
    for got in (server.ask(query, media_type), server.ask(query, "text/html", format=format_)):
        assert (got.status, got.type) == (200, media_type)
        assert {quad.triple for quad in parse(got.body, read_as)} == wanted


def test_evidence_stands_beside_the_rows(server: Server) -> None:
    query = "SELECT ?theme { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }"
    plain, with_evidence = server.ask(query).json(), server.ask(query, evidence="1").json()
    assert "evidence" not in plain
    assert with_evidence["results"] == plain["results"]
    assert "focus op talent-beleid" in json.dumps(with_evidence["evidence"][0], ensure_ascii=False)
    assert (
        "evidence"
        in server.ask(
            "ASK { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }", evidence="1"
        ).json()
    )
    assert server.ask(query, "text/csv", evidence="1").status == 406


def test_a_graph_with_evidence_names_its_claims(server: Server) -> None:
    query = "CONSTRUCT WHERE { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }"
    quads = parse(server.ask(query, "application/n-quads", evidence="1").body, RdfFormat.N_QUADS)
    assert any("/claim/" in str(quad.graph_name) for quad in quads)


# --- Requests ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("GET", "/sparql?default-graph-uri=urn:g", {}, None, 400),
        ("GET", "/sparql?query=", {}, None, 400),
        ("POST", "/sparql", FORM, "", 400),
        ("POST", "/sparql", QUERY, "", 400),
        ("POST", "/sparql?query=ASK%7B%7D", QUERY, "ASK {}", 400),
        ("POST", "/sparql", QUERY, b"ASK { ?s ?p '\xff' }", 400),
        ("GET", "/sparql?query=ASK%7B%7D%FF", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&evidence=maybe", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&" + "&".join(["a=b"] * 300), {}, None, 400),
        ("DELETE", "/sparql", {}, None, 405),
        ("PATCH", "/sparql", {}, "", 405),
        ("POST", "/sparql", {"Content-Type": "multipart/form-data; boundary=x"}, "--x--", 415),
        ("POST", "/sparql", QUERY, "ASK {} #" + "x" * 65_600, 413),
        ("POST", "/sparql", QUERY, "ASK {} #" + "x" * 140_000, 413),
        ("GET", "/sparql?query=SELECT%20*%20%7B%20SERVICE%20%3Curn:x%3E%20%7B%7D%20%7D", {}, None, 403),
    ],
)
def test_a_wrong_request_has_its_status(
    server: Server, method: str, path: str, headers: dict[str, str], body: str | bytes | None, status: int
) -> None:
    got = server.request(method, path, body, headers)
    assert got.status == status
    assert got.text.count("\n") <= 3
    assert got.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_405_names_the_methods(server: Server) -> None:
    assert set(server.request("PUT", "/sparql").headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_head_is_get_without_the_body(server: Server) -> None:
    path = "/sparql?query=ASK%7B%7D"
    head, get = server.request("HEAD", path), server.get(path)
    assert (head.status, head.body) == (200, b"")
    assert [head.headers[name] for name in ("Content-Type", "Content-Length")] == [
        get.headers[name] for name in ("Content-Type", "Content-Length")
    ]


def test_options_and_cors(server: Server) -> None:
    plain = server.request("OPTIONS", "/sparql")
    assert (plain.status, plain.headers["Allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    preflight = server.request(
        "OPTIONS", "/sparql", headers={"Origin": "https://x.example", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    for got in (plain, preflight, server.ask("ASK {}"), server.ask("ASK {")):
        assert got.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in got.headers


def test_an_error_tells_programs_its_place(server: Server) -> None:
    got = server.ask("ASK {\n  ?s ?p }\n}", "application/sparql-results+json")
    assert (got.status, got.type) == (400, "application/problem+json")
    problem = got.json()
    assert (problem["status"], problem["line"], problem["column"]) == (400, 2, 9)


def test_a_byte_order_mark_is_no_part_of_a_query(server: Server) -> None:
    assert server.request("POST", "/sparql", b"\xef\xbb\xbfASK {}", QUERY).truth()


def test_a_charset_may_be_quoted(server: Server) -> None:
    kind = {"Content-Type": 'Application/SPARQL-Query; Charset="UTF-8"'}
    assert server.request("POST", "/sparql", "ASK {}", kind).truth()


def test_an_answer_that_changes_is_not_kept(server: Server) -> None:
    query = "SELECT (STRUUID() AS ?x) {}"
    assert server.ask(query).body != server.ask(query).body
    before = server.metric("answers_kept_total")
    assert server.ask("ASK { ?kept ?p ?o }").body == server.ask("ASK { ?kept ?p ?o }").body
    assert server.metric("answers_kept_total") == before + 1


def test_a_browser_is_led_to_the_ask_page_when_there_is_one(server: Server) -> None:
    got = server.get("/sparql", "text/html,*/*;q=0.8", Accept_Language="nl-BE,nl;q=0.9")
    assert (got.status, got.headers["Location"] or got.type) in [(303, "/nl/ask"), (200, "text/turtle")]


def test_health_and_metrics(server: Server) -> None:
    assert server.get("/health").text == "ok\n"
    text = server.get("/metrics").text
    for name in ("requests_total", "errors_total", "queue", "workers", "worker_restarts_total"):
        assert f"# TYPE fot_graph_{name} " in text
