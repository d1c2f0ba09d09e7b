"""Parts of the graph: its layers, and its claims by status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from fot_graph.core.errors import UnknownNameError
from fot_graph.core.namespaces import PREFIXES, expand, is_layer
from fot_graph.core.statuses import known_statuses
from fot_graph.core.terms import iri_of, node
from fot_graph.stores.memory import MemoryGraph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from fot_graph.core.terms import Term
    from fot_graph.stores.interface import StoredGraph


LAYERS = ("claims", "background", "found", "naming", "document", "ontology", "all")

_BACKGROUND, _FOUND = node("status:background"), node("fot:FoundClaim")
_PROVENANCE = PREFIXES["graph"] + "provenance"
_TYPE, _STATUS = node("rdf:type"), node("fot:status")


def select(graph: StoredGraph, layers: Collection[str] = ("all",), statuses: Collection[str] = ()) -> list[Quad]:
    """Give the quads of some layers, and of the claims only those of some statuses, where any are named.

    'claims' are those of the documents with all that is said of them, 'background' those of other public sources with
    these sources, 'found' what rules find in the texts and what their heads say; 'naming', 'document' and 'ontology'
    are the layers of these names; 'all' is everything.

    Raises: `UnknownNameError` for a layer or status that does not exist.
    """
    for layer in layers:
        if layer not in LAYERS:
            raise UnknownNameError("layer", layer, LAYERS)
    wanted = set(LAYERS) if "all" in layers else set(layers)
    if not graph.is_here and (statuses or "all" not in layers):
        return list(dict.fromkeys(_fetched_quads(graph, wanted, set(map(expand, known_statuses(statuses))))))
    of_claims: dict[Term, Term] = {quad.subject: quad.object for quad in graph.quads if quad.predicate == _STATUS}
    named = set(map(expand, known_statuses(statuses)))
    found = {quad.subject for quad in graph.quads if quad.predicate == _TYPE and quad.object == _FOUND}
    chosen = {
        claim
        for claim, status in of_claims.items()
        if _layer(status, is_found=claim in found) in wanted and (not named or iri_of(status) in named)
    }
    sources = _sources(graph.quads, of_claims, chosen)
    if "claims" in wanted and not statuses:  # notes on passages that carry no claim belong to no status
        sources |= _unclaimed(graph.quads, of_claims)
    return [quad for quad in graph.quads if _is_chosen(quad, chosen, sources, wanted)]


def part(graph: StoredGraph, layers: Collection[str] = ("all",), statuses: Collection[str] = ()) -> MemoryGraph:
    """Give what `select` selects as a graph in memory, with the same texts."""
    return _made_of(select(graph, layers, statuses), graph)


def in_memory(graph: StoredGraph) -> StoredGraph:
    """Give the whole graph in memory: itself, or a copy of one that is elsewhere."""
    return graph if graph.is_here else _made_of(graph.quads, graph)


def _made_of(quads: Iterable[Quad], graph: StoredGraph) -> MemoryGraph:
    return MemoryGraph(quads, graph.sources, namespaces=graph.namespaces, workspaces=graph.workspaces)


def of_claims(graph: StoredGraph, claims: Collection[str]) -> MemoryGraph:
    """Give some claims, with what the provenance says of them, and all layers as a graph in memory.

    Of the provenance remains also what speaks of no claim: the sources, and the notes on passages without claims.

    Raises: `UnknownNameError` for what is no claim of the graph.
    """
    known = {_graph_name(quad) for quad in graph.quads if not is_layer(_graph_name(quad))}
    if unknown := sorted({*claims} - known):
        raise UnknownNameError("claim", unknown[0], known, hint="")
    others = {quad.subject for quad in graph.quads if quad.predicate == _STATUS and iri_of(quad.subject) not in claims}
    kept = (
        quad
        for quad in graph.quads
        if (
            quad.subject not in others
            if _graph_name(quad) == _PROVENANCE
            else is_layer(_graph_name(quad)) or _graph_name(quad) in claims
        )
    )
    return _made_of(kept, graph)


def _fetched_quads(graph: StoredGraph, layers: set[str], statuses: set[str]) -> Iterator[Quad]:
    """Ask a graph that is on disk or on a server for the same quads and for no others."""
    test = f"FILTER(?status IN ({', '.join(f'<{iri}>' for iri in sorted(statuses))}))" if statuses else ""
    for of_layer in (_OF_LAYER[layer] for layer in _OF_LAYER if layer in layers):
        chosen = f"fot:status ?status ; a {of_layer} {test}"
        yield from _quads(graph, f"?g {chosen} GRAPH ?g {{ ?s ?p ?o }}")
        for said in (f"?s {chosen}", f"?claim {chosen} GRAPH graph:provenance {{ ?claim ?way ?s }} {_NO_CLAIM}"):
            yield from _quads(graph, f"{said} GRAPH graph:provenance {{ ?s ?p ?o }}", _PROVENANCE)
    if "claims" in layers and not statuses:
        yield from _quads(graph, f"GRAPH graph:provenance {{ ?s ?p ?o }} {_NO_CLAIM} {_NOT_REFERRED}", _PROVENANCE)
    for layer in sorted(layers & {"naming", "document", "ontology"}):
        yield from _quads(graph, f"GRAPH graph:{layer} {{ ?s ?p ?o }}", PREFIXES["graph"] + layer)


_OF_LAYER = {
    "claims": "fot:Claim FILTER(?status != status:background)",
    "background": "fot:Claim FILTER(?status = status:background)",
    "found": "fot:FoundClaim",
}
_NO_CLAIM = "FILTER NOT EXISTS { ?s fot:status ?any }"
_NOT_REFERRED = "FILTER NOT EXISTS { ?other fot:status ?its . GRAPH graph:provenance { ?other ?to ?s } }"


def _quads(graph: StoredGraph, where: str, name: str = "") -> Iterator[Quad]:
    """Give the quads of a query for ?s, ?p, ?o and, unless the graph has this name, ?g."""
    query = f"SELECT DISTINCT ?s ?p ?o {'' if name else '?g'} {{ {where} }}"
    for row in graph.rows(query):
        yield Quad(row[0], row[1], row[2], NamedNode(name)) if name else Quad(*row)


def _layer(status: Term, *, is_found: bool) -> str:
    return "found" if is_found else "background" if status == _BACKGROUND else "claims"


def _sources(quads: Iterable[Quad], claims: Collection[Term], chosen: set[Term]) -> set[Term]:
    """Give what the chosen claims refer to in the provenance: the sources, but no other claims."""
    provenance = [quad for quad in quads if _graph_name(quad) == _PROVENANCE]
    return {quad.object for quad in provenance if quad.subject in chosen} - set(claims)


def _unclaimed(quads: Iterable[Quad], claims: Collection[Term]) -> set[Term]:
    """Give what the provenance speaks of and no claim refers to."""
    provenance = [quad for quad in quads if _graph_name(quad) == _PROVENANCE]
    referred = {quad.object for quad in provenance if quad.subject in claims}
    return {quad.subject for quad in provenance if quad.subject not in claims and quad.subject not in referred}


def _is_chosen(quad: Quad, claims: set[Term], sources: set[Term], layers: set[str]) -> bool:
    name = _graph_name(quad)
    if name == _PROVENANCE:
        return quad.subject in claims or quad.subject in sources
    if is_layer(name):
        return name.removeprefix(PREFIXES["graph"]) in layers
    return quad.graph_name in claims


def _graph_name(quad: Quad) -> str:
    return iri_of(quad.graph_name)
