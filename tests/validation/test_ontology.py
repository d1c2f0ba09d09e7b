"""The ontology as OWL: consistent with the data under OWL 2 RL, and described as an ontology should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import owlrl
import pytest
from packaged import expand
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef, term

from fot_graph import load
from fot_graph.claims.layers import DOCUMENT, PROVENANCE
from fot_graph.validation.shapes import to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable

_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")  # how owlrl reports an inconsistency
FOT = expand("fot:")


@pytest.fixture(scope="module")
def world() -> Graph:
    """Give ontology, names and claims in one graph; where text stands in a document is nothing to reason about."""
    quads = load().quads
    return to_rdflib(quad.triple for quad in quads if quad.graph_name not in (DOCUMENT, PROVENANCE))


def _inconsistencies(graph: Graph) -> list[str]:
    closed = Graph()
    closed += graph
    conversions = dict(term._toPythonMapping)
    try:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    finally:  # owlrl leaves its own reading of dates behind in rdflib, for all tests that follow
        term._toPythonMapping.clear()
        term._toPythonMapping.update(conversions)
    errors = [str(text) for node in closed.subjects(RDF.type, _ERROR) for text in closed.objects(node)]
    return [text for text in errors if text != str(_ERROR)] + [str(x) for x in closed.subjects(RDF.type, OWL.Nothing)]


@pytest.mark.slow
def test_ontology_and_claims_are_consistent_under_owl_rl(world: Graph) -> None:
    assert _inconsistencies(world) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "contradiction",
    [
        ("id:finding-no-focus", "rdf:type", "fot:Intention"),  # disjoint classes
        ("id:focus-op-talent", "fot:informs", "theme:diversity"),  # a policy is no finding
    ],
)
def test_a_contradiction_is_seen(world: Graph, contradiction: tuple[str, str, str]) -> None:
    subject, predicate, object_ = (URIRef(expand(name)) for name in contradiction)
    broken = Graph()
    broken += world
    broken.add((subject, predicate, object_))
    assert _inconsistencies(broken)


def _terms(world: Graph) -> Iterable[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    found = {named for kind in kinds for named in world.subjects(RDF.type, kind)}
    return sorted(named for named in found if isinstance(named, URIRef) and str(named).startswith(FOT))


def test_every_term_has_label_and_definition_in_both_languages(world: Graph) -> None:
    for named in _terms(world):
        for described in (RDFS.label, SKOS.definition):
            texts = [text for text in world.objects(named, described) if isinstance(text, Literal)]
            assert sorted(str(text.language) for text in texts) == ["en", "nl"], f"{named} {described}"
            assert all(text.strip() for text in texts)


def test_the_ontology_says_which_version_it_is_under_which_licence_and_prefix(world: Graph) -> None:
    ontology = URIRef(FOT.removesuffix("#"))
    assert (ontology, RDF.type, OWL.Ontology) in world
    for name in ("owl:versionIRI", "dcterms:license", "vann:preferredNamespacePrefix", "vann:preferredNamespaceUri"):
        assert world.value(ontology, URIRef(expand(name))), name


def test_the_vocabulary_stays_small(world: Graph) -> None:
    """What a published term or another term of ours says gets no term of its own."""
    classes = [named for named in _terms(world) if (named, RDF.type, OWL.Class) in world]
    properties = [named for named in _terms(world) if (named, RDF.type, OWL.Class) not in world]
    assert 30 < len(classes) <= 40
    assert 40 < len(properties) <= 60


def test_no_term_is_likened_to_another_by_what_likens_concepts(world: Graph) -> None:
    """`skos:closeMatch` makes both its ends concepts."""
    assert not [named for named in _terms(world) if (named, SKOS.closeMatch, None) in world]
