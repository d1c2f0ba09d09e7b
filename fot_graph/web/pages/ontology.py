"""The ontology: its classes and properties with their definitions, the terms taken from elsewhere, and the schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.namespaces import PREFIXES
from fot_graph.web.pages.common import Namer, TermView, in_language
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.api import Graph

KINDS = ("classes", "properties", "borrowed-classes", "borrowed-properties")


class OntologyTerm(NamedTuple):
    """A class or property; `id` is its place on the page; `related` pairs a relation with the terms at its end."""

    id: str
    name: str
    kind: str
    label: TermView
    definition: TermView
    related: tuple[tuple[str, tuple[TermView, ...]], ...]


class Scheme(NamedTuple):
    """A concept scheme with its concepts."""

    name: TermView
    concepts: tuple[tuple[TermView, TermView], ...]


class Ontology(NamedTuple):
    """All terms by kind, and all schemes."""

    terms: tuple[tuple[str, tuple[OntologyTerm, ...]], ...]
    schemes: tuple[Scheme, ...]


def ontology(graph: Graph, lang: str) -> Ontology:
    """Give the ontology."""
    namer, curie = Namer(graph, lang), graph.namespaces.shorten
    kinds: dict[str, str] = {}
    for term, kind in graph.rows(_TERMS):
        kinds[term.value] = _kind(term.value, kind.value)
    related: dict[str, dict[str, list[str]]] = {}
    for term, relation, other in graph.rows(_RELATED, kinds):
        related.setdefault(term.value, {}).setdefault(_RELATIONS[curie(relation.value)], []).append(other.value)
    definitions = _definitions(graph, kinds)
    namer.expect([*kinds, *(iri for told in related.values() for others in told.values() for iri in others)])
    made = {
        iri: OntologyTerm(
            curie(iri).removeprefix("fot:"),
            curie(iri),
            kind,
            namer(iri),
            in_language(definitions.get(iri, []), lang),
            tuple(
                (relation, tuple(map(namer, sorted(others))))
                for relation, others in sorted(related.get(iri, {}).items())
            ),
        )
        for iri, kind in sorted(kinds.items(), key=lambda item: curie(item[0]).casefold())
    }
    by_kind = tuple((kind, tuple(term for term in made.values() if term.kind == kind)) for kind in KINDS)
    return Ontology(by_kind, tuple(_schemes(graph, namer)))


# --- Inside ----------------------------------------------------------------------------------------------------------

_TERMS = """SELECT DISTINCT ?term ?kind {
  VALUES ?kind { owl:Class rdfs:Datatype owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty rdf:Property }
  GRAPH graph:ontology { ?term a ?kind } FILTER(isIRI(?term))
} ORDER BY ?term ?kind"""
_RELATIONS = {
    "rdfs:subClassOf": "broader",
    "rdfs:subPropertyOf": "broader",
    "rdfs:domain": "domain",
    "schema:domainIncludes": "domain",
    "rdfs:range": "range",
    "schema:rangeIncludes": "range",
    "skos:closeMatch": "close",
    "owl:inverseOf": "inverse",
}
_RELATED = f"""SELECT ?term ?relation ?other {{
  VALUES ?term {{ {{about}} }} VALUES ?relation {{ {" ".join(_RELATIONS)} }}
  GRAPH graph:ontology {{ ?term ?relation ?other }} FILTER(isIRI(?other))
}}"""
_DEFINITIONS = """SELECT ?term ?text {
  VALUES ?term { {about} } ?term skos:definition ?text
}"""
_SCHEMES = """SELECT ?scheme ?concept {
  ?scheme a skos:ConceptScheme . ?concept skos:inScheme ?scheme
} ORDER BY ?scheme ?concept LIMIT 2000"""


def _kind(term: str, kind: str) -> str:
    name = "properties" if kind.endswith("Property") else "classes"
    return name if term.startswith(PREFIXES["fot"]) else f"borrowed-{name}"


def _definitions(graph: Graph, iris: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for term, text in graph.rows(_DEFINITIONS, iris):
        found.setdefault(term.value, []).append((text.language or "", text.value))
    return found


def _schemes(graph: Graph, namer: Namer) -> Iterator[Scheme]:
    members: dict[str, list[str]] = {}
    for scheme, concept in graph.rows(_SCHEMES):
        members.setdefault(scheme.value, []).append(concept.value)
    every = [iri for scheme, concepts in members.items() for iri in (scheme, *concepts)]
    namer.expect(every)
    definitions = _definitions(namer.graph, dict.fromkeys(every, ""))
    for scheme, concepts in members.items():
        told = ((namer(iri), in_language(definitions.get(iri, []), namer.lang)) for iri in concepts)
        yield Scheme(namer(scheme), tuple(sorted(told, key=lambda pair: pair[0].text.casefold())))


PAGES = (
    Page("ontology", "ontology.html", ontology),
    Page("page/ontology", "ontology.html", ontology),
)
MENU = ((8, "ontology"),)
