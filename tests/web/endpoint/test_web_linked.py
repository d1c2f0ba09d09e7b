"""Linked data: the IRIs of the graph at the server's own addresses, and what their descriptions hold."""

from __future__ import annotations

import html
import re
from email.utils import formatdate, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from packaged import BASE, PREFIXES, expand
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from serving import Server, running

from fot_graph.api import load
from fot_graph.core.namespaces import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAIM = "claim/vp-sv-2019-2020-358/little-steering"
FORMATS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "trig": ("application/trig", RdfFormat.TRIG),
    "nq": ("application/n-quads", RdfFormat.N_QUADS),
}
THINGS = [
    *("id/serv", "doc/vp-sv-2019-2020-358/finding-little-steering", "theme/diversity", "status/stated"),
    *("ontology", "doc/vp-sv-2019-2020-358", "graph/naming", CLAIM, "kind/point-of-attention"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running("--workers", "2", "--quiet") as made:
        yield made


def triples(server: Server, path: str, suffix: str = "ttl") -> set[Triple]:
    got = server.get(f"/{path}.{suffix}")
    assert (got.status, got.type) == (200, FORMATS[suffix][0])
    return {quad.triple for quad in parse(got.body, FORMATS[suffix][1])}


@pytest.mark.parametrize("path", THINGS)
def test_a_thing_leads_to_a_description_of_it(server: Server, path: str) -> None:
    got = server.get(f"/{path}", "text/turtle")
    assert (got.status, got.headers["Location"]) == (303, f"/{path}.ttl")
    assert "Accept" in got.headers["Vary"]
    assert any(triple.subject == NamedNode(BASE + path) for triple in triples(server, path)) or path.startswith(
        "graph/"
    )


@pytest.mark.parametrize(("suffix", "media_type"), [(suffix, form[0]) for suffix, form in FORMATS.items()])
def test_accept_chooses_the_description(server: Server, suffix: str, media_type: str) -> None:
    assert server.get("/id/serv", media_type).headers["Location"] == f"/id/serv.{suffix}"


@pytest.mark.parametrize("accept", ["", "*/*", "text/turtle;q=0.5, application/ld+json;q=0.4", "text/*"])
def test_programs_get_turtle_unless_they_ask_for_something_else(server: Server, accept: str) -> None:
    assert server.get("/id/serv", accept).headers["Location"] == "/id/serv.ttl"


def test_what_cannot_be_had_is_406(server: Server) -> None:
    assert server.get("/id/serv", "image/png").status == 406


def test_all_descriptions_say_the_same(server: Server) -> None:
    flat = triples(server, "id/serv")
    assert flat == triples(server, "id/serv", "nt") == triples(server, "id/serv", "rdf")
    assert (
        triples(server, "id/serv", "nq") == triples(server, "id/serv", "trig") == triples(server, "id/serv", "jsonld")
    )
    assert triples(server, "id/serv", "nq") < flat


def test_the_quotes_travel_along(server: Server) -> None:
    """A description holds the claims, as the whole export writes them, with status, passage and quote."""
    found = triples(server, "doc/vp-sv-2019-2020-358/finding-little-steering")
    assert found <= set(load().flat())
    claim = NamedNode(BASE + CLAIM)
    statement = next(t.subject for t in found if t.predicate.value == expand("dcterms:isPartOf") and t.object == claim)
    assert Triple(statement, NamedNode(expand("rdf:type")), NamedNode(expand("rdf:Statement"))) in found
    passages = {t.object for t in found if t.subject == claim and t.predicate.value == expand("prov:wasQuotedFrom")}
    quotes = [t.object for t in found if t.subject in passages and t.predicate.value == expand("prov:value")]
    assert quotes
    assert all(isinstance(quote, Literal) and quote.language == "nl" for quote in quotes)


def test_a_claim_is_described_by_its_graph(server: Server) -> None:
    got = server.get(f"/{CLAIM}.nq")
    graphs = {str(quad.graph_name) for quad in parse(got.body, RdfFormat.N_QUADS)}
    assert f"<{BASE}{CLAIM}>" in graphs


def test_the_ontology_is_whole(server: Server) -> None:
    wanted = {quad.triple for quad in load().quads if quad.graph_name == NamedNode(expand("graph:ontology"))}
    assert wanted <= triples(server, "ontology", "nq")


def test_every_thing_of_ours_has_an_address(server: Server) -> None:
    """One of each kind: what has an IRI below our base is to be had."""
    subjects = {quad.subject.value for quad in load().quads if isinstance(quad.subject, NamedNode)}
    ours = sorted(iri.removeprefix(BASE) for iri in subjects if iri.startswith(BASE) and "#" not in iri)
    first = {path.partition("/")[0]: path for path in reversed(ours)}
    assert set(first) <= KINDS
    for path in first.values():
        assert server.get(f"/{path}.nt").status == 200, path
    assert {iri.removeprefix(BASE).strip("/#") for iri in PREFIXES.values() if iri.startswith(BASE)} == KINDS


ODD = ("id/x%20y", "id/x%2520y", "id/report.ttl", "id/page.html", "id/café%20y", "id/50%25")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve things whose IRIs end in escapes and suffixes."""
    place = tmp_path_factory.mktemp("odd") / "store"
    store = Store(str(place))
    label, naming = NamedNode(expand("skos:prefLabel")), NamedNode(expand("graph:naming"))
    for path in ODD:
        for graph in (naming, DefaultGraph()):
            store.add(Quad(NamedNode(BASE + path), label, Literal(f"the label of {path}", language="en"), graph))
    store.flush()
    del store
    with running("--workers", "1", "--quiet", "--store", str(place)) as made:
        yield made


@pytest.mark.parametrize("path", ODD)
def test_an_iri_with_escapes_or_a_suffix_is_its_own_thing(odd: Server, path: str) -> None:
    address = "/" + quote(path, safe="/%")
    led = odd.get(address, "text/turtle")
    assert (led.status, led.headers["Location"]) == (303, f"{address}.ttl")
    got = odd.get(led.headers["Location"])
    assert {quad.subject.value for quad in parse(got.body, RdfFormat.TURTLE)} == {BASE + path}
    assert got.headers["Link"] == f'<{address}>; rel="describes"'
    page = odd.get(address, "text/html")
    assert page.status == 303
    shown = odd.get(page.headers["Location"])
    assert f"the label of {path}" in shown.text
    for link in re.findall(r'href="(/id/[^"]+)"', shown.text):
        assert odd.get(html.unescape(link)).status == 200
    (other,) = set(re.findall(r'<a href="([^"]+)" hreflang', shown.text))
    assert f"the label of {path}" in odd.get(html.unescape(other)).text


# --- Caches -----------------------------------------------------------------------------------------------------------


def test_what_a_client_has_is_not_sent_again(server: Server) -> None:
    first = server.get("/id/serv.ttl")
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert parsedate_to_datetime(modified).timestamp() > 0
    for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"x", {tag}'}, {"If-None-Match": "*"}):
        got = server.request("GET", "/id/serv.ttl", headers=headers)
        assert (got.status, got.body, got.headers["ETag"]) == (304, b"", tag)
    assert server.request("GET", "/id/serv.ttl", headers={"If-Modified-Since": modified}).status == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": formatdate(1, usegmt=True)},
        {"If-Modified-Since": "yesterday"},
        {"If-None-Match": '"other"', "If-Modified-Since": formatdate(4e9, usegmt=True)},
    ],
)
def test_what_has_changed_is_sent(server: Server, headers: dict[str, str]) -> None:
    assert server.request("GET", "/id/serv.ttl", headers=headers).status == 200


def test_a_description_is_the_same_every_time(server: Server) -> None:
    tags = {server.get("/id/focus-op-talent.ttl").headers["ETag"] for _ in range(4)}
    assert len(tags) == 1


def test_head_and_options(server: Server) -> None:
    head, get = server.request("HEAD", "/id/serv.ttl"), server.get("/id/serv.ttl")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert server.request("DELETE", "/id/serv").status == 405


# --- What is not there ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/id/srv", "/id/srv.ttl", "/id/Serv", "/id/srv.html"])
def test_a_slip_is_told_what_was_meant(server: Server, path: str) -> None:
    got = server.get(path)
    assert got.status == 404
    assert "did you mean" in got.text
    assert "/id/serv" in got.text


@pytest.mark.parametrize(
    "path",
    [
        *("/id/", "/id/.ttl", "/claim/nothing/at/all", "/theme/%3Cscript%3E", "/id/a%20b", "/id/%00", "/id/%FF"),
        *("/id/../../../etc/passwd", "/id/..%2f..%2f..%2fetc%2fpasswd", "/doc/....//....//etc/passwd.ttl"),
        *("/id//evil.example/", "//evil.example/id/serv", "/id/serv.exe", "/ontology.exe", "/.git/config"),
    ],
)
def test_what_is_not_there_is_404(server: Server, path: str) -> None:
    got = server.get(path)
    assert got.status == 404
    assert "root:" not in got.text


def test_a_page_is_only_promised_where_there_is_one(server: Server) -> None:
    got = server.get("/id/serv", "text/html,application/xhtml+xml,*/*;q=0.8", Accept_Language="nl")
    assert got.headers["Location"] in ("/nl/page/id/serv", "/id/serv.ttl")
    assert server.get(got.headers["Location"]).status == 200


def test_a_hostile_host_leads_nowhere(server: Server) -> None:
    got = server.raw(b"GET /id/serv HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 421 ")
    assert b"evil.example" not in got


def test_a_page_leads_to_every_form_of_its_description(server: Server) -> None:
    page = server.get("/en/page/id/serv").text
    links = [f"/id/serv.{suffix}" for suffix in FORMATS]
    assert all(f'href="{link}"' in page for link in links)
    assert {server.get(link).status for link in links} == {200}
