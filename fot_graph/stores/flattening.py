"""Quads without named graphs, for what knows none: Turtle, N-Triples, RDF/XML and SHACL."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from fot_graph.core.namespaces import is_layer
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

_TYPE, _STATEMENT = node("rdf:type"), node("rdf:Statement")
_REIFYING = [node(name) for name in ("rdf:subject", "rdf:predicate", "rdf:object", "dcterms:isPartOf")]


def flat(quads: Iterable[Quad]) -> list[Triple]:
    """Give all triples once, and each triple of a claim also as an `rdf:Statement` that is part of the claim.

    Statements are numbered in the order of their N-Triples (`<claim>#1`), so the same claims give the same triples.
    """
    given = list(dict.fromkeys(quads))
    triples = dict.fromkeys(quad.triple for quad in given)
    for claim, stated in _claims(given).items():
        for number, triple in enumerate(sorted(stated, key=str), start=1):
            triples.update(dict.fromkeys(_statement(claim, number, triple)))
    return list(triples)


def _claims(quads: Iterable[Quad]) -> dict[NamedNode, list[Triple]]:
    claims: dict[NamedNode, list[Triple]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and not is_layer(quad.graph_name.value):
            claims[quad.graph_name].append(quad.triple)
    return claims


def _statement(claim: NamedNode, number: int, triple: Triple) -> Iterator[Triple]:
    statement = NamedNode(f"{claim.value}#{number}")
    yield Triple(statement, _TYPE, _STATEMENT)
    for predicate, term in zip(_REIFYING, (*triple, claim), strict=True):
        yield Triple(statement, predicate, term)
