"""Exports read back to the same graph, and stand in a fixed order."""

from __future__ import annotations

import json
import re
import subprocess
from shutil import which
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaged import BASE, PACKAGED, PREFIXES, curie
from pyoxigraph import BaseDirection, BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from fot_graph.api import Graph, load
from fot_graph.core import media_types
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.resources import folder
from fot_graph.formats import export, jsonld, rdf, rdfxml, turtle
from fot_graph.stores.layers import select

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def read(text: str, format_: RdfFormat) -> set[Quad]:
    return set(parse(text, format_))


# --- Round trips -----------------------------------------------------------------------------------------------------

DATASETS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
GRAPHS_ALONE = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}


@pytest.mark.parametrize("format_", DATASETS)
def test_a_dataset_reads_back_to_the_same_dataset(graph: Graph, format_: str) -> None:
    assert read(export.export(graph, format_), DATASETS[format_]) == set(graph.quads)


@pytest.mark.parametrize("format_", GRAPHS_ALONE)
def test_a_graph_reads_back_to_the_flattened_graph(graph: Graph, format_: str) -> None:
    text = export.export(graph, format_)
    assert {quad.triple for quad in read(text, GRAPHS_ALONE[format_])} == set(graph.flat())


@pytest.mark.parametrize(("format_", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdfxml", "xml")])
def test_rdflib_reads_the_graphs(graph: Graph, format_: str, name: str) -> None:
    import rdflib

    assert len(rdflib.Graph().parse(data=export.export(graph, format_), format=name)) == len(set(graph.flat()))


@pytest.mark.parametrize(("format_", "name"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_datasets(graph: Graph, format_: str, name: str) -> None:
    import rdflib

    dataset = rdflib.Dataset().parse(data=export.export(graph, format_), format=name)
    assert sum(1 for _ in dataset.quads()) == len(set(graph.quads))


@pytest.mark.parametrize("format_", media_types.formats_holding(media_types.DATASET))
def test_the_order_of_the_data_does_not_show(graph: Graph, format_: str) -> None:
    part = Graph(select(graph, ["background", "naming", "ontology"]), {})
    assert export.export(Graph(reversed(part.quads), {}), format_) == export.export(part, format_)


# --- Parts -----------------------------------------------------------------------------------------------------------


def test_a_part_is_written_as_the_graph_of_that_part(graph: Graph) -> None:
    text = export.export(graph, "trig", layers=["claims"], statuses=["stated"])
    assert read(text, RdfFormat.TRIG) == set(select(graph, ["claims"], ["stated"]))


@pytest.mark.parametrize("format_", ["graphml", "gexf", "dot", "json"])
def test_what_holds_claims_holds_no_other_layer(graph: Graph, format_: str) -> None:
    with pytest.raises(UsageError, match=f"{format_} holds claims, not the layer naming"):
        export.export(graph, format_, layers=["naming"])


def test_what_is_lost_is_said_only_where_it_is() -> None:
    said = [export.loss(*lost) for lost in (("ttl", ["all"]), ("dot", ["claims"]))]
    assert ["no named graphs" in loss.worded("en") for loss in said if loss] == [True, False]
    assert ["only the links" in loss.worded("en") for loss in said if loss] == [False, True]
    assert [export.loss("ttl", ["naming"]), export.loss("trig", ["all"])] == [None, None]


# --- For tools that know no RDF --------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_networkx_reads_the_network_back(graph: Graph, format_: str, tmp_path: Path) -> None:
    import networkx as nx

    (tmp_path / "x").write_text(export.export(graph, format_, lang="nl"), encoding="utf-8")
    read_back = nx.read_graphml(tmp_path / "x") if format_ == "graphml" else nx.read_gexf(tmp_path / "x")
    network = graph.to_networkx(lang="nl")
    for attributes in ("label", "type", "kind"):
        assert set(read_back.nodes(data=attributes)) == set(network.nodes(data=attributes))
    edges = [sorted(map(str, each.edges(data="quote", default=""))) for each in (read_back, network)]
    assert edges[0] == edges[1]


def test_a_part_of_the_network_keeps_its_names(graph: Graph) -> None:
    text = export.export(graph, "dot", layers=["background"], lang="nl")
    assert text.startswith("digraph fot_graph {\n")
    assert '"id:department-wse" [label="Departement Werk en Sociale Economie"' in text
    assert {*re.findall('status="(.*?)"', text)} == {"status:background"}


@pytest.mark.skipif(not which("dot"), reason="Graphviz is not installed")
def test_graphviz_draws_the_dot(graph: Graph) -> None:
    text = export.export(graph, "dot", lang="nl")
    drawn = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True, check=True)
    assert not drawn.stderr
    assert drawn.stdout.count(b'class="edge"') == text.count(" -> ")
    assert "talentenoffensief" in drawn.stdout.decode()


def test_dot_quotes_what_it_must() -> None:
    assert export._dot_string('a "b" \\n') == '"a \\"b\\" \\\\n"'


def test_json_has_every_claim_and_a_name_for_every_thing(graph: Graph) -> None:
    content = json.loads(export.export(graph, "json"))
    assert len(content["claims"]) == len(graph.query("SELECT ?c { ?c fot:status ?x }").rows)
    said = sum(len(claim["says"]) for claim in content["claims"])
    assert said == len(graph.query("SELECT * { GRAPH ?c { ?s ?p ?o } ?c fot:status ?x }").rows)
    terms = [term for claim in content["claims"] for triple in claim["says"] for term in triple]
    assert {term for term in terms if isinstance(term, str)} <= set(content["names"])
    assert content["names"]["id:serv"]["labels"] == {"nl": "SERV", "en": "SERV"}


# --- The context of JSON-LD ------------------------------------------------------------------------------------------


def test_the_context_has_our_prefixes_and_our_relations(graph: Graph) -> None:
    context = json.loads((folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {k: v["@id"] for k, v in context.items() if isinstance(v, dict) and "@prefix" in v} == PREFIXES
    properties = graph.query("SELECT DISTINCT ?p { ?p a owl:ObjectProperty }").rows
    refers = {name for name, about in context.items() if isinstance(about, dict) and about.get("@type") == "@id"}
    assert {curie(row.p.value) for row in properties if isinstance(row.p, NamedNode)} <= refers


def test_json_ld_reads_as_json(graph: Graph) -> None:
    content = json.loads(export.export(graph, "jsonld", layers=["naming"]))
    (naming,) = content["@graph"]
    assert naming["@id"] == "graph:naming"
    serv = next(node for node in naming["@graph"] if node["@id"] == "id:serv")
    assert serv == {
        "@id": "id:serv",
        "@type": "org:Organization",
        "skos:prefLabel": {"en": "SERV", "nl": "SERV"},
        "skos:hiddenLabel": {"nl": "Sociaal-Economische Raad van Vlaanderen"},
    }


def test_where_the_context_does_not_fit_the_value_is_written_out() -> None:
    label, about = NamedNode(PREFIXES["skos"] + "prefLabel"), NamedNode(PREFIXES["fot"] + "about")
    texts: list[Literal | NamedNode] = [Literal("x", language="nl"), Literal("y"), Literal(5), NamedNode("urn:z")]
    quads = {Quad(NamedNode("urn:a"), p, o) for p in (label, about) for o in texts}
    assert read(jsonld.jsonld(quads, PACKAGED), RdfFormat.JSON_LD) == quads


# --- Any data --------------------------------------------------------------------------------------------------------

IRIS = st.sampled_from(
    [
        *(PREFIXES["id"] + local for local in ("vdab", "a/b", "a.", ".a", "", "x,y", "é", "-a", "9", "a:b")),
        *(BASE + rest for rest in ("", "a/../b", "x:y/z", "doc/d#char=1,2", "/x", "?q", "#f", "a/.", "a?b=/c")),
        *("urn:x", "http://example.org?a=b", "mailto:a@b.c"),
    ]
).map(NamedNode)
KINDS = ["string", "integer", "decimal", "boolean", "date", "double"]
DIGITS = ["\u0661\u0662", "\uff11", "\u0663.\u0664", "1\u0665", "-\u06f1"]  # that XSD has in no number
TYPED = st.builds(
    lambda text, kind: Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind)),
    st.one_of(st.text(), st.sampled_from([*DIGITS, *"01 +1 1.50 .5 1. true 1 TRUE 1e3 --09-30".split()])),
    st.sampled_from(KINDS),
)
TAGGED = st.builds(lambda text, tag: Literal(text, language=tag), st.text(), st.sampled_from(["nl", "en", "nl-be"]))
GRAPHS = st.one_of(st.just(DefaultGraph()), IRIS)
QUADS = st.lists(st.builds(Quad, IRIS, IRIS, st.one_of(IRIS, TYPED, TAGGED), GRAPHS))


@given(QUADS)
def test_any_dataset_reads_back(quads: list[Quad]) -> None:
    for write, format_ in ((turtle.trig, RdfFormat.TRIG), (jsonld.jsonld, RdfFormat.JSON_LD)):
        text = write(quads, PACKAGED)
        assert read(text, format_) == set(quads)
        assert write(reversed(quads), PACKAGED) == text


@given(QUADS)
def test_any_graph_reads_back(quads: list[Quad]) -> None:
    triples = {quad.triple for quad in quads}
    for format_ in ("ttl", "trig", "nt", "nq", "jsonld"):
        reader = {**DATASETS, **GRAPHS_ALONE}[format_]
        assert {quad.triple for quad in read(rdf.triples_text(triples, format_, PACKAGED), reader)} == triples


@given(QUADS)
def test_rdf_xml_reads_back_or_is_refused(quads: list[Quad]) -> None:
    triples = {quad.triple for quad in quads}
    try:
        text = rdfxml.rdfxml(triples)
    except UsageError:
        return
    ET.fromstring(text)
    assert {quad.triple for quad in read(text, RdfFormat.RDF_XML)} == triples


ENDS = ("p1", "1a", "é", "a·b", "a.b", "a:b", "x?y#z", "_", "a-", "a1#_2")


def test_any_predicate_that_ends_in_an_xml_name_is_written() -> None:
    others = [PREFIXES["rdf"] + "_1", "urn:x", "tag:y"]
    predicates = [NamedNode(iri) for iri in (*(f"http://example.org/{end}" for end in ENDS), *others)]
    texts = [Literal(" a "), Literal("a\r\n\tb", language="nl"), Literal(""), Literal("<b>]]>&amp;\"'")]
    triples = {Triple(NamedNode("urn:a"), predicate, text) for predicate in predicates for text in texts}
    text = rdfxml.rdfxml(triples)
    assert {quad.triple for quad in read(text, RdfFormat.RDF_XML)} == triples
    told = [element.text or "" for element in ET.fromstring(text)[0]]
    assert sorted(told) == sorted(text.value for text in texts for _ in predicates)


def test_rdf_xml_has_one_order_and_its_blank_nodes_are_joined() -> None:
    def triples() -> list[Triple]:
        one, two = BlankNode("1a"), BlankNode()
        return [Triple(one, PREFIX_A, two), Triple(two, PREFIX_A, Literal("x"))]

    text = rdfxml.rdfxml(triples())
    assert rdfxml.rdfxml(reversed(triples())) == text
    ET.fromstring(text)
    assert {str(quad.predicate) for quad in read(text, RdfFormat.RDF_XML)} == {"<http://example.org/a>"}
    assert len({quad.subject for quad in read(text, RdfFormat.RDF_XML)}) == 2


@pytest.mark.parametrize("format_", ["graphml", "gexf", "dot"])
@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\uffff"])
def test_a_network_refuses_what_xml_cannot_hold(format_: str, character: str) -> None:
    label = NamedNode(PREFIXES["skos"] + "prefLabel")
    more = Quad(NamedNode(PREFIXES["id"] + "vdab"), label, Literal(f"a{character}b", language="en"), NAMING)
    renamed = [quad for quad in load().quads if (quad.subject, quad.predicate) != (more.subject, label)]
    with pytest.raises(UsageError, match=r"XML cannot hold the character U\+") as caught:
        export.export(Graph([*renamed, more], {}), format_)
    assert str(caught.value).startswith("DOT ") == (format_ == "dot")


@pytest.mark.parametrize("text", ["woord " * 20_000, "\u6f22" * 20_000, '"' * 20_000, "\\" * 20_000])
def test_a_label_in_dot_is_as_long_as_graphviz_reads(text: str) -> None:
    more = Quad(
        NamedNode(PREFIXES["id"] + "vdab"),
        NamedNode(PREFIXES["skos"] + "prefLabel"),
        Literal(text, language="en"),
        NAMING,
    )
    renamed = [quad for quad in load().quads if (quad.subject, quad.predicate) != (more.subject, more.predicate)]
    written = export.export(Graph([*renamed, more], {}), "dot")
    (label,) = re.findall(r'"id:vdab" \[label="((?:[^"\\]|\\.)*)"', written)
    assert 8_000 <= len(label.encode()) <= 16_383
    assert label.endswith("…")


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        *((iri, "x") for iri in ("http://example.org/2020", "urn:", PREFIXES["rdf"] + "li", PREFIXES["rdf"] + "about")),
        ("http://www.w3.org/2000/xmlns/a", "x"),
        *((f"http://example.org/{end}", "x") for end in ("1", "a/", "a?b=1", "%20", "-", "a.1#", "a:", "·", "😀")),
        ("http://example.org/a", "\x01"),
        ("http://example.org/a", "\x00"),
        ("http://example.org/a", "\x1b[0m"),
        ("http://example.org/a", "\ufffe"),
    ],
)
def test_rdf_xml_refuses_what_it_cannot_write(predicate: str, value: str) -> None:
    with pytest.raises(UsageError, match="XML cannot"):
        rdfxml.rdfxml([Triple(NamedNode("urn:a"), NamedNode(predicate), Literal(value))])


@pytest.mark.parametrize(
    "write",
    [lambda quads: jsonld.jsonld(quads, PACKAGED), lambda quads: rdfxml.rdfxml(quad.triple for quad in quads)],
)
def test_terms_of_rdf_12_are_refused_where_they_cannot_stand(write: Callable[[list[Quad]], str]) -> None:
    node = NamedNode("urn:a")
    for term in (Triple(node, node, node), Literal("x", language="ar", direction=BaseDirection.RTL)):
        with pytest.raises(UsageError, match="cannot write the"):
            write([Quad(node, NamedNode("http://example.org/a"), term)])


def test_json_ld_refuses_an_iri_that_a_prefix_would_change() -> None:
    with pytest.raises(UsageError, match="by the prefix id:"):
        jsonld.jsonld([Quad(NamedNode("id:a"), NamedNode("urn:b"), NamedNode("urn:c"))], PACKAGED)


def test_blank_nodes_keep_their_shape_and_get_stable_names() -> None:
    def triples() -> list[Triple]:
        one, two = BlankNode(), BlankNode()
        return [Triple(one, PREFIX_A, two), Triple(two, PREFIX_A, Literal("x"))]

    text = rdf.triples_text(triples(), "ttl", PACKAGED)
    assert text == rdf.triples_text(triples(), "ttl", PACKAGED)
    assert len({quad.subject for quad in read(text, RdfFormat.TURTLE)}) == 2


PREFIX_A = NamedNode("http://example.org/a")
NAMING = NamedNode(PREFIXES["graph"] + "naming")


# --- What it looks like ----------------------------------------------------------------------------------------------


def test_the_text_is_fit_to_read() -> None:
    data = """
    @prefix id: <https://w3id.org/fot-graph/id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix graph: <https://w3id.org/fot-graph/graph/> .
    @prefix c: <https://w3id.org/fot-graph/claim/d/> . @prefix dcterms: <http://purl.org/dc/terms/> .
    graph:naming { id:vdab dcterms:extent 1.50 ; skos:prefLabel "b"@nl , "a"@en ; a foaf:Group . }
    c:ten { id:vdab dcterms:isPartOf <https://w3id.org/fot-graph/doc/d#char=1,2> . }
    """
    assert turtle.trig(parse(data, RdfFormat.TRIG), PACKAGED) == (
        "@base <https://w3id.org/fot-graph/> .\n"
        "@prefix id: <https://w3id.org/fot-graph/id/> .\n"
        "@prefix graph: <https://w3id.org/fot-graph/graph/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "\n"
        "graph:naming {\n"
        "    id:vdab a foaf:Group ;\n"
        '        skos:prefLabel "a"@en , "b"@nl ;\n'
        "        dcterms:extent 1.50 .\n"
        "}\n"
        "\n"
        "<claim/d/ten> {\n"
        "    id:vdab dcterms:isPartOf <doc/d#char=1,2> .\n"
        "}\n"
    )


def test_an_unknown_format_says_which_exist(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean trig"):
        export.export(graph, "trigg")
