"""Claims and names as plain JSON, for programs that know nothing of RDF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from fot_graph.core.namespaces import expand, is_layer
from fot_graph.core.order import by_graph, sorted_triples
from fot_graph.core.words import LANGUAGES
from fot_graph.questions.facts import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term
    from fot_graph.stores.interface import StoredGraph


def claims_as_json(graph: StoredGraph) -> str:
    """Give the claims of a graph, each with what it says and rests on, and the names of all that they speak of.

    Things go by their CURIE; a text or number is an object with its value and its language or datatype.
    """
    claims = [(Entity(graph, claim), triples) for claim, triples in _claims(graph)]
    written = [_claim(claim, triples, graph.namespaces) for claim, triples in claims]
    spoken_of = {term for _, triples in claims for triple in triples for term in triple}
    spoken_of |= {term for claim, _ in claims for name in ("fot:status", "fot:voice") for term in claim.values(name)}
    iris = sorted({term.value for term in spoken_of if isinstance(term, NamedNode)}, key=graph.namespaces.shorten)
    things = [Entity(graph, NamedNode(iri)) for iri in iris]
    content = {"claims": written, "names": {thing.name: _names(thing, graph.namespaces) for thing in things}}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _claims(graph: StoredGraph) -> Iterator[tuple[NamedNode, list[Triple]]]:
    for name, triples in by_graph(graph.quads):
        if isinstance(name, NamedNode) and not is_layer(name.value):
            yield name, triples


def _claim(claim: Entity, triples: Iterable[Triple], namespaces: Namespaces) -> dict[str, object]:
    said = {
        "claim": claim.name,
        **{_local(name): _first(claim, name, namespaces) for name in ("fot:status", "fot:voice", *_QUOTES)},
        **{
            _local(name): [_term(term, namespaces) for term in sorted(claim.values(name), key=str)]
            for name in _RESTS_ON
        },
        "rationale": {lang: text for lang in LANGUAGES for text in claim.texts("fot:rationale", lang)},
        "says": [[_term(term, namespaces) for term in triple] for triple in sorted_triples(triples)],
    }
    return {name: value for name, value in said.items() if value}


_QUOTES = ("fot:quote", "fot:subjectQuote", "fot:objectQuote")
_RESTS_ON = ("dcterms:source", "prov:wasDerivedFrom")


def _local(name: str) -> str:
    return name.partition(":")[2]


def _first(claim: Entity, name: str, namespaces: Namespaces) -> str | None:
    value = min(claim.values(name), key=str, default=None)
    if isinstance(value, NamedNode):
        return namespaces.shorten(value.value)
    return value.value if isinstance(value, Literal) else None


def _names(thing: Entity, namespaces: Namespaces) -> dict[str, object]:
    said = {
        "labels": {lang: name for lang in LANGUAGES for name in thing.names(lang)},
        "alsoNamed": thing.other_names(),
        "types": [namespaces.shorten(iri) for iri in thing.types],
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
