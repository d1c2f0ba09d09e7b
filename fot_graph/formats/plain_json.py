"""Claims and names as plain JSON, for programs that know nothing of RDF."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.core.canonical_order import by_graph, sorted_triples
from fot_graph.core.namespaces import expand, is_layer
from fot_graph.core.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Subject, Term
    from fot_graph.stores.interface import StoredGraph


def claims_as_json(graph: StoredGraph) -> str:
    """Give the claims of a graph, each with what it says and rests on, and the names of all that they speak of.

    Things go by their CURIE; a text or number is an object with its value and its language or datatype.
    """
    known, spaces = _Values(graph.quads), graph.namespaces
    graphs = ((name, triples) for name, triples in by_graph(graph.quads) if isinstance(name, NamedNode))
    claims = {name: triples for name, triples in graphs if not is_layer(name.value)}
    written = [_claim(claim, triples, known, spaces) for claim, triples in claims.items()]
    spoken_of = {term for triples in claims.values() for triple in triples for term in triple}
    spoken_of |= {term for claim in claims for name in ("fot:status", "fot:voice") for term in known.of(claim, name)}
    things = sorted({term for term in spoken_of if isinstance(term, NamedNode)}, key=lambda t: spaces.shorten(t.value))
    names = {spaces.shorten(thing.value): _names(thing, known, spaces) for thing in things}
    return json.dumps({"claims": written, "names": names}, ensure_ascii=False, indent=2) + "\n"


class _Values:
    """The values of each property of each thing, whoever says so."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._found: dict[tuple[Subject, str], list[Term]] = defaultdict(list)
        for triple in dict.fromkeys(quad.triple for quad in quads):
            self._found[triple.subject, triple.predicate.value].append(triple.object)

    def of(self, thing: Subject, name: str) -> list[Term]:
        """Give the values of a property (a CURIE), in one order."""
        return sorted(self._found.get((thing, expand(name)), []), key=str)

    def texts(self, thing: Subject, name: str) -> dict[str, str]:
        """Give the texts of a property by their languages, 'nl' and 'en' first."""
        found = [each for each in self.of(thing, name) if isinstance(each, Literal) and each.language]
        found.sort(key=lambda each: [each.language != lang for lang in LANGUAGES])
        return {each.language or "": each.value for each in found}


def _claim(claim: Subject, triples: Iterable[Triple], known: _Values, namespaces: Namespaces) -> dict[str, object]:
    said = {
        "claim": _term(claim, namespaces),
        **{_local(name): _first(known.of(claim, name), namespaces) for name in ("fot:status", "fot:voice", *_QUOTES)},
        **{_local(name): [_term(term, namespaces) for term in known.of(claim, name)] for name in _RESTS_ON},
        "rationale": known.texts(claim, "fot:rationale"),
        "says": [[_term(term, namespaces) for term in triple] for triple in sorted_triples(triples)],
    }
    return {name: value for name, value in said.items() if value}


_QUOTES = ("fot:quote", "fot:subjectQuote", "fot:objectQuote")
_RESTS_ON = ("dcterms:source", "prov:wasDerivedFrom")


def _local(name: str) -> str:
    return name.partition(":")[2]


def _first(values: list[Term], namespaces: Namespaces) -> str | None:
    if not values:
        return None
    if isinstance(values[0], NamedNode):
        return namespaces.shorten(values[0].value)
    return values[0].value if isinstance(values[0], Literal) else None


def _names(thing: Subject, known: _Values, namespaces: Namespaces) -> dict[str, object]:
    also = (each for name in ("skos:altLabel", "skos:hiddenLabel") for each in known.of(thing, name))
    said = {
        "labels": known.texts(thing, "rdfs:label") | known.texts(thing, "skos:prefLabel"),
        "alsoNamed": sorted({each.value for each in also if isinstance(each, Literal)}),
        "types": [_term(each, namespaces) for each in known.of(thing, "rdf:type") if isinstance(each, NamedNode)],
    }
    return {name: value for name, value in said.items() if value}


def _term(term: Term, namespaces: Namespaces) -> object:
    match term:
        case NamedNode():
            return namespaces.shorten(term.value)
        case Literal(language=str(tag)):
            return {"value": term.value, "language": tag}
        case Literal():
            text = term.datatype.value == expand("xsd:string")
            return {"value": term.value} | ({} if text else {"datatype": namespaces.shorten(term.datatype.value)})
    return str(term)
