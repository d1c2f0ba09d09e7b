"""A graph that an answer gives, with each triple in the graph of what it rests on."""

from __future__ import annotations

import pytest
from packaged import PACKAGED, expand
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from fot_graph.api import Graph, load
from fot_graph.core.namespaces import is_layer
from fot_graph.formats import attribution, rdf

INFORMING = expand("claim:vp-sv-2019-2020-358/little-steering-informs-content-direction")
PROVENANCE = NamedNode(expand("graph:provenance"))
DERIVED_FROM = NamedNode(expand("prov:wasDerivedFrom"))
BOTH = """CONSTRUCT { ?finding <urn:leads-to> ?intention } {
  ?finding fot:informs ?theme . ?intention fot:theme ?theme
}"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def quads(graph: Graph, query: str, *, every: bool = False) -> list[Quad]:
    answer = graph.query(query)
    return attribution.quads_with_provenance(graph.store, answer.triples, answer.evidence(every=every))


def stated(found: list[Quad]) -> dict[str, str]:
    """Give the graph of each quad outside the provenance."""
    return {str(quad.triple): getattr(quad.graph_name, "value", "") for quad in found if quad.graph_name != PROVENANCE}


def test_what_a_claim_says_stands_in_its_graph(graph: Graph) -> None:
    found = quads(graph, "CONSTRUCT WHERE { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }")
    assert list(stated(found).values()) == [INFORMING]


def test_what_follows_from_claims_stands_in_a_graph_that_derives_from_them(graph: Graph) -> None:
    answer = graph.query(BOTH)
    found = attribution.quads_with_provenance(graph.store, answer.triples, answer.evidence())
    assert answer.triples
    evidence = {
        str(triple): {claim.iri for claim in each} for triple, each in zip(answer, answer.evidence(), strict=True)
    }
    graphs = stated(found)
    assert graphs.keys() == evidence.keys()
    for triple, name in graphs.items():
        assert name.startswith("urn:fot-graph:derivation:")
        bases = {
            str(quad.object)[1:-1]
            for quad in found
            if quad.predicate == DERIVED_FROM and quad.subject == NamedNode(name)
        }
        assert bases == evidence[triple]


def test_what_rests_on_no_claim_stands_in_its_layer_or_in_none(graph: Graph) -> None:
    (name,) = stated(quads(graph, "CONSTRUCT WHERE { id:serv a ?type }")).values()
    assert name == expand("graph:naming")
    made = quads(graph, "CONSTRUCT { <urn:a> <urn:b> 'c' } {}")
    assert made == [Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), DefaultGraph())]


def test_a_triple_stands_in_the_graphs_of_all_its_derivations(graph: Graph) -> None:
    query = "CONSTRUCT { theme:diversity a <urn:Informed> } { ?finding fot:informs theme:diversity }"
    one, both = quads(graph, query), quads(graph, query, every=True)
    names = [[quad.graph_name for quad in found if quad.graph_name != PROVENANCE] for found in (one, both)]
    assert [len(found) for found in names] == [1, 2]


def test_each_claim_comes_with_its_quotes_and_their_place(graph: Graph) -> None:
    found = quads(graph, "CONSTRUCT WHERE { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }")
    said = {quad.triple for quad in found if quad.graph_name == PROVENANCE}
    layers = [quad for quad in graph.quads if is_layer(str(quad.graph_name)[1:-1])]
    known = {(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in layers}
    assert {(str(t.subject), t.predicate.value, str(t.object)) for t in said} <= known
    names = {triple.predicate.value for triple in said if triple.subject == NamedNode(INFORMING)}
    assert names == {
        expand(name)
        for name in (
            "rdf:type",
            "fot:status",
            "fot:voice",
            "fot:rationale",
            "prov:wasQuotedFrom",
            "prov:wasDerivedFrom",
        )
    }
    assert {triple.predicate.value for triple in said} >= {expand("prov:value"), expand("oa:start"), expand("oa:end")}


@pytest.mark.parametrize(
    ("format_", "kind"),
    [("trig", RdfFormat.TRIG), ("nq", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)],
)
def test_the_forms_with_graphs_read_back(graph: Graph, format_: str, kind: RdfFormat) -> None:
    found = quads(graph, BOTH)
    assert set(parse(rdf.quads_text(found, format_, PACKAGED), kind)) == set(found)
    assert rdf.quads_text(found, format_, PACKAGED) == rdf.quads_text(found[::-1], format_, PACKAGED)


@pytest.mark.parametrize(("format_", "kind"), [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES)])
def test_the_others_say_it_in_statements(graph: Graph, format_: str, kind: RdfFormat) -> None:
    found = quads(graph, "CONSTRUCT WHERE { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }")
    read = {quad.triple for quad in parse(rdf.quads_text(found, format_, PACKAGED), kind)}
    assert read >= {quad.triple for quad in found}
    part_of = NamedNode(expand("dcterms:isPartOf"))
    assert {triple.object for triple in read if triple.predicate == part_of} == {NamedNode(INFORMING)}


def test_descriptions_are_attributed_as_well(graph: Graph) -> None:
    names = set(stated(quads(graph, "DESCRIBE doc:vp-sv-2019-2020-358\\/finding-little-steering")).values())
    assert INFORMING in names
    assert expand("graph:naming") in names
    assert "" not in names
