"""The endpoint as other people's clients use it: SPARQLWrapper, rdflib's SPARQLStore, curl."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from packaged import expand
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import FORM, Server, running
from SPARQLWrapper import GET, POST, SPARQLWrapper

if TYPE_CHECKING:
    from collections.abc import Iterator

SELECT, ASK = "SELECT ?t { id:serv a ?t }", "ASK { id:serv a ?t }"
CONSTRUCT, DESCRIBE = "CONSTRUCT WHERE { id:serv a ?t }", "DESCRIBE id:serv"
RESULTS = "application/sparql-results+"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running("--workers", "1", "--quiet") as made:
        yield made


# --- SPARQLWrapper, which sends `format`, `output` and `results`, some of them twice ----------------------------------

CALLS = [
    *((SELECT, "", RESULTS + "xml"), (SELECT, "json", RESULTS + "json"), (SELECT, "xml", RESULTS + "xml")),
    *((SELECT, "csv", "text/csv"), (SELECT, "tsv", "text/tab-separated-values"), (SELECT, "turtle", RESULTS + "json")),
    *((ASK, "", RESULTS + "xml"), (ASK, "json", RESULTS + "json"), (ASK, "rdf+xml", RESULTS + "json")),
    *(
        (query, format_, media_type)
        for query in (CONSTRUCT, DESCRIBE)
        for format_, media_type in (
            *(("", "application/rdf+xml"), ("xml", "application/rdf+xml"), ("rdf+xml", "application/rdf+xml")),
            *(("rdf", "application/rdf+xml"), ("turtle", "text/turtle"), ("json-ld", "application/ld+json")),
            *(("n3", "text/turtle"), ("json", "application/ld+json"), ("csv", "text/turtle"), ("tsv", "text/turtle")),
        )
    ),
]


@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::DeprecationWarning")  # its own
@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize(("query", "format_", "media_type"), CALLS)
def test_sparqlwrapper_gets_what_it_asks_for(
    server: Server, query: str, format_: str, media_type: str, method: str
) -> None:
    asked = SPARQLWrapper(f"{server.url}sparql")
    asked.setMethod(method)
    asked.setQuery(f"PREFIX id: <{expand('id:')}>\n{query}")
    if format_:
        asked.setReturnFormat(format_)
    found = asked.query()
    assert found.response.headers.get_content_type() == media_type
    assert found.convert()


# --- SPARQLStore ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_rows(server: Server, format_: str, method: str) -> None:
    graph = Graph(SPARQLStore(f"{server.url}sparql", method=method, returnFormat=format_))
    found = list(graph.query(f"SELECT ?t {{ <{expand('id:serv')}> a ?t }}"))
    assert URIRef(expand("org:Organization")) in {URIRef(str(row[0])) for row in found}  # type: ignore[index]


@pytest.mark.parametrize("format_", ["xml", "turtle", "n3", "nt", "json-ld"])
def test_rdflib_reads_graphs(server: Server, format_: str) -> None:
    graph = Graph(SPARQLStore(f"{server.url}sparql", returnFormat=format_))
    found = graph.query(f"CONSTRUCT WHERE {{ <{expand('id:serv')}> a ?t }}")
    assert URIRef(expand("org:Organization")) in {row[2] for row in found}  # type: ignore[index]


# --- curl, and what other servers' users write in an address ----------------------------------------------------------


def curled(server: Server, query: str, *options: str, **parameters: str) -> tuple[str, bytes]:
    """Ask by curl, and give the media type and the body of the answer."""
    address = f"{server.url}sparql?{urlencode({'query': query, **parameters})}"
    command = ["curl", "--silent", "--fail", "--write-out", "%{stderr}%{content_type}", *options, address]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stderr.decode().partition(";")[0], done.stdout


def test_curl_gets_what_its_header_asks_for(server: Server) -> None:
    assert curled(server, SELECT)[0] == RESULTS + "json"
    assert curled(server, CONSTRUCT)[0] == "text/turtle"
    media_type, body = curled(server, CONSTRUCT, "--header", "Accept: application/json")
    assert media_type == "application/json"
    assert json.loads(body)["@graph"][0]["@id"] == "id:serv"


@pytest.mark.parametrize("name", ["format", "output", "results"])
@pytest.mark.parametrize(
    ("query", "value", "media_type"),
    [
        (SELECT, "application/sparql-results+json", RESULTS + "json"),
        (SELECT, "application/sparql-results xml", RESULTS + "xml"),  # a `+` that was not escaped
        (SELECT, "sparql-results+json", RESULTS + "json"),
        (SELECT, "JSON", RESULTS + "json"),
        (SELECT, "text/csv; charset=utf-8", "text/csv"),
        (SELECT, "text/html", RESULTS + "json"),
        (SELECT, "docx", RESULTS + "json"),
        (SELECT, "auto", RESULTS + "json"),
        (SELECT, "", RESULTS + "json"),
        (SELECT, "*/*", RESULTS + "json"),
        (SELECT, "turtle,tsv", "text/tab-separated-values"),
        (ASK, "ttl", RESULTS + "json"),
        (CONSTRUCT, "Turtle", "text/turtle"),
        (CONSTRUCT, "RDF XML", "application/rdf+xml"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "n-triples", "application/n-triples"),
        (CONSTRUCT, "ntriples", "application/n-triples"),
        (CONSTRUCT, "n-quads", "application/n-quads"),
        (CONSTRUCT, "ld+json", "application/ld+json"),
        (CONSTRUCT, "text/rdf+n3", "text/rdf+n3"),
        (CONSTRUCT, "application/x-turtle", "application/x-turtle"),
        (CONSTRUCT, "application/sparql-results+json", "text/turtle"),
    ],
)
def test_a_parameter_chooses_the_form_or_is_passed_over(
    server: Server, name: str, query: str, value: str, media_type: str
) -> None:
    assert curled(server, query, **{name: value})[0] == media_type


def test_what_no_parameter_chooses_the_header_chooses(server: Server) -> None:
    assert server.ask(SELECT, "text/csv", format="turtle").type == "text/csv"
    assert server.ask(SELECT, "text/turtle", format="docx").status == 406
    assert server.ask(SELECT, "text/turtle", format="docx", output="xml").type == RESULTS + "xml"


def test_a_parameter_may_be_given_several_times(server: Server) -> None:
    content = urlencode([("query", CONSTRUCT), ("format", "tsv"), ("format", "nq"), ("format", "turtle")])
    assert server.request("POST", "/sparql", content, FORM).type == "application/n-quads"


@pytest.mark.parametrize("accept", ["application/json", "application/xml", "text/xml", "application/turtle"])
def test_every_address_of_a_graph_answers_the_plain_syntaxes(server: Server, accept: str) -> None:
    for path in ("/sparql", "/.well-known/void"):
        got = server.get(path, accept)
        assert (got.status, got.type) == (200, accept)
    suffix = {"json": "jsonld", "xml": "rdf", "turtle": "ttl"}[accept.partition("/")[2]]
    assert server.get("/id/serv", accept).headers["Location"] == f"/id/serv.{suffix}"
