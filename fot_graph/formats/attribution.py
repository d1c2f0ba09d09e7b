"""The triples of an answer as a dataset that tells what each of them rests on.

A triple that a claim says stands in the graph of that claim; one that follows from claims stands in a graph of its own
that derives from them (PROV-O); one that rests on no claim stands in its layer, or in none. The provenance of the
claims stands beside them, in its layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from fot_graph.core import fragments
from fot_graph.core.fragments import Span
from fot_graph.core.terms import node
from fot_graph.stores.rows import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fot_graph.evidence.claims import Claim, Evidence, Passage
    from fot_graph.stores.rows import Queryable

_DERIVATION = "urn:fot-graph:derivation:"


def quads_with_provenance(store: Queryable, triples: Sequence[Triple], evidence: Sequence[Evidence]) -> list[Quad]:
    """Put each triple into the graphs of its evidence, and add the provenance of all claims that are shown."""
    claims = {claim.iri: claim for each in evidence for claim in each.claims}
    said = _claims_by_triple(store, list(claims))
    numbers = _numbers(triples, evidence, said)
    unclaimed = [triple for triple, each in zip(triples, evidence, strict=True) if not each.claims]
    layers = _layers(store, unclaimed)
    found: dict[Quad, None] = {}
    for triple, each in zip(triples, evidence, strict=True):
        for derivation in each.derivations or ((),):
            names = _graphs(triple, derivation, said, numbers) or layers.get(triple, [DefaultGraph()])
            found.update((Quad(triple.subject, triple.predicate, triple.object, name), None) for name in names)
    provenance = [*_derivations(numbers), *(quad for claim in claims.values() for quad in _provenance(claim))]
    return list(found | dict.fromkeys(provenance))


# --- Which graph -----------------------------------------------------------------------------------------------------

_Derivation = tuple[str, ...]
_Said = dict[str, set[Triple]]


def _graphs(
    triple: Triple, derivation: Sequence[Claim], said: _Said, numbers: dict[_Derivation, int]
) -> list[NamedNode | DefaultGraph]:
    """Give the claims that say the triple, or else the graph of its derivation; none if there are no claims."""
    saying = [NamedNode(claim.iri) for claim in derivation if triple in said.get(claim.iri, ())]
    if saying or not derivation:
        return [*saying]
    return [NamedNode(f"{_DERIVATION}{numbers[_key(derivation)]}")]


def _numbers(triples: Sequence[Triple], evidence: Sequence[Evidence], said: _Said) -> dict[_Derivation, int]:
    """Give the derivations of what no claim says their numbers, in the order of their claims."""
    keys = {
        _key(derivation)
        for triple, each in zip(triples, evidence, strict=True)
        for derivation in each.derivations
        if derivation and not any(triple in said.get(claim.iri, ()) for claim in derivation)
    }
    return {key: number for number, key in enumerate(sorted(keys), start=1)}


def _key(derivation: Iterable[Claim]) -> _Derivation:
    return tuple(sorted(claim.iri for claim in derivation))


_IN_LAYERS = """SELECT * WHERE {
  VALUES (?s ?p ?o) { {about} } GRAPH ?layer { ?s ?p ?o }
  FILTER(?layer IN (graph:naming, graph:document, graph:ontology, graph:provenance))
}"""


def _claims_by_triple(store: Queryable, claims: Sequence[str]) -> _Said:
    """Look up what claims say."""
    found: _Said = {}
    for row in select(store, "SELECT * WHERE { VALUES ?claim { {about} } GRAPH ?claim { ?s ?p ?o } }", claims):
        found.setdefault(row["claim"].value, set()).add(Triple(row["s"], row["p"], row["o"]))
    return found


def _layers(store: Queryable, triples: Sequence[Triple]) -> dict[Triple, list[NamedNode | DefaultGraph]]:
    """Look up the layers that hold triples; those with a blank node, which no query can name, are left out."""
    named = [triple for triple in triples if not any(isinstance(term, (BlankNode, Triple)) for term in triple)]
    found: dict[Triple, list[NamedNode | DefaultGraph]] = {}
    for row in select(store, _IN_LAYERS, named):
        found.setdefault(Triple(row["s"], row["p"], row["o"]), []).append(row["layer"])
    return found


# --- Provenance ------------------------------------------------------------------------------------------------------

_PROVENANCE = node("graph:provenance")
_TYPE, _DERIVED_FROM = node("rdf:type"), node("prov:wasDerivedFrom")
_CLAIM, _PASSAGE = node("fot:Claim"), node("fot:Passage")
_POSITION = node("oa:TextPositionSelector")


def _derivations(numbers: dict[_Derivation, int]) -> Iterator[Quad]:
    for claims, number in numbers.items():
        for iri in claims:
            yield Quad(NamedNode(f"{_DERIVATION}{number}"), _DERIVED_FROM, NamedNode(iri), _PROVENANCE)


def _provenance(claim: Claim) -> Iterator[Quad]:
    """Give what a reader wants to know of a claim, and of those that it derives from."""
    yield _quad(claim.iri, "rdf:type", _CLAIM)
    named = {
        "fot:status": [claim.status],
        "fot:voice": [claim.voice],
        "prov:wasQuotedFrom": [passage.iri for passage in claim.passages],
        "prov:wasDerivedFrom": [base.iri for base in claim.derived_from],
        "dcterms:source": claim.sources,
    }
    for name, iris in named.items():
        yield from (_quad(claim.iri, name, NamedNode(iri)) for iri in iris if iri)
    yield from (_quad(claim.iri, "fot:rationale", Literal(said, language=lang)) for lang, said in claim.rationale)
    if claim.derivation:
        yield _quad(claim.iri, "fot:derivation", Literal(claim.derivation))
    for passage in claim.passages:
        yield from _passage(passage)
    for base in claim.derived_from:
        yield from _provenance(base)


def _passage(passage: Passage) -> Iterator[Quad]:
    """Give the quote of a passage and its place, by the names that the document layer has for them."""
    selector = fragments.selector(passage.document, "position", Span(passage.start, passage.end))
    yield _quad(passage.iri, "rdf:type", _PASSAGE)
    yield _quad(passage.iri, "prov:value", Literal(passage.quote, language="nl"))
    yield _quad(passage.iri, "oa:hasSource", NamedNode(passage.document))
    yield _quad(passage.iri, "oa:hasSelector", NamedNode(selector))
    yield _quad(selector, "rdf:type", _POSITION)
    for name, place in ("oa:start", passage.start), ("oa:end", passage.end):
        yield _quad(selector, name, Literal(place))


def _quad(subject: str, name: str, term: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), node(name), term, _PROVENANCE)
