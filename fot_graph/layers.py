"""Parts of the graph: its layers, and its claims by status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from fot_graph.errors import UnknownNameError
from fot_graph.namespaces import PREFIXES, expand, is_layer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad, Triple

    from fot_graph.graph import Graph

    Term = NamedNode | BlankNode | Literal | Triple

LAYERS = ("claims", "background", "naming", "document", "ontology", "all")

_BACKGROUND = PREFIXES["status"] + "background"
_PROVENANCE = PREFIXES["graph"] + "provenance"
_STATUS = NamedNode(expand("fot:status"))


def select(graph: Graph, layers: Collection[str] = ("all",), statuses: Collection[str] = ()) -> list[Quad]:
    """Give the quads of some layers, and of the claims only those of some statuses, where any are named.

    'claims' are those of the documents with all that is said of them, 'background' those of other public sources with
    these sources; 'naming', 'document' and 'ontology' are the layers of these names; 'all' is everything.

    Raises: `UnknownNameError` for a layer or status that does not exist.
    """
    for layer in layers:
        if layer not in LAYERS:
            raise UnknownNameError("layer", layer, LAYERS)
    wanted = set(LAYERS) if "all" in layers else set(layers)
    of_claims: dict[Term, Term] = {quad.subject: quad.object for quad in graph.quads if quad.predicate == _STATUS}
    named = _statuses(graph, statuses)
    chosen = {claim for claim, status in of_claims.items() if _is_wanted(status, wanted, named)}
    sources = _sources(graph.quads, of_claims, chosen)
    if "claims" in wanted and not statuses:  # notes on passages that carry no claim belong to no status
        sources |= _unclaimed(graph.quads, of_claims)
    return [quad for quad in graph.quads if _is_chosen(quad, chosen, sources, wanted)]


def of_claims(graph: Graph, claims: Collection[str]) -> list[Quad]:
    """Give the quads of some claims, with what the provenance says of them, and those of all layers.

    Of the provenance remains also what speaks of no claim: the sources, and the notes on passages without claims.
    """
    others = {quad.subject for quad in graph.quads if quad.predicate == _STATUS and _iri(quad.subject) not in claims}
    return [
        quad
        for quad in graph.quads
        if (
            quad.subject not in others if _name(quad) == _PROVENANCE else is_layer(_name(quad)) or _name(quad) in claims
        )
    ]


def _statuses(graph: Graph, names: Collection[str]) -> set[str]:
    found = (row.status for row in graph.query("SELECT ?status { ?status a fot:ClaimStatus }").rows)
    known = [status.value for status in found if isinstance(status, NamedNode)]
    local = {iri.removeprefix(PREFIXES["status"]): iri for iri in known}
    wanted = [name.removeprefix("status:") for name in names]
    for name in wanted:
        if name not in local:
            raise UnknownNameError("status", name, local)
    return {local[name] for name in wanted}


def _is_wanted(status: Term, layers: set[str], statuses: set[str]) -> bool:
    iri = status.value if isinstance(status, NamedNode) else ""
    return ("background" if iri == _BACKGROUND else "claims") in layers and (not statuses or iri in statuses)


def _sources(quads: Iterable[Quad], claims: Collection[Term], chosen: set[Term]) -> set[Term]:
    """Give what the chosen claims refer to in the provenance: the sources, but no other claims."""
    provenance = [quad for quad in quads if _name(quad) == _PROVENANCE]
    return {quad.object for quad in provenance if quad.subject in chosen} - set(claims)


def _unclaimed(quads: Iterable[Quad], claims: Collection[Term]) -> set[Term]:
    """Give what the provenance speaks of and no claim refers to."""
    provenance = [quad for quad in quads if _name(quad) == _PROVENANCE]
    referred = {quad.object for quad in provenance if quad.subject in claims}
    return {quad.subject for quad in provenance if quad.subject not in claims and quad.subject not in referred}


def _is_chosen(quad: Quad, claims: set[Term], sources: set[Term], layers: set[str]) -> bool:
    name = _name(quad)
    if name == _PROVENANCE:
        return quad.subject in claims or quad.subject in sources
    if is_layer(name):
        return name.removeprefix(PREFIXES["graph"]) in layers
    return quad.graph_name in claims


def _name(quad: Quad) -> str:
    return _iri(quad.graph_name)


def _iri(term: Term | DefaultGraph) -> str:
    return term.value if isinstance(term, NamedNode) else ""
