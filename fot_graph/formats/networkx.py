"""The claims as a networkx graph: what they speak of as nodes, what they say of it as edges, each with its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.namespaces import expand
from fot_graph.core.statuses import known_statuses
from fot_graph.core.terms import text_of
from fot_graph.core.words import LANGUAGES
from fot_graph.evidence import asking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from fot_graph.stores.interface import StoredGraph


_LINKS = """
SELECT ?subject ?predicate ?object ?claim ?status ?quote WHERE {
  GRAPH ?claim { ?subject ?predicate ?object }
  ?claim fot:status ?status .
  OPTIONAL { ?claim fot:quote ?quote }
  FILTER (isIRI(?subject) && isIRI(?object))
}
ORDER BY ?claim ?subject ?predicate ?object
"""
_FOUND = "status:found"
_KINDS = "SELECT ?thing ?kind { ?thing a ?kind FILTER (isIRI(?thing) && isIRI(?kind)) } ORDER BY DESC(?kind)"


def to_networkx(
    graph: StoredGraph, *, lang: str = "en", statuses: Collection[str] = (), focus: str | None = None, hops: int = 1
) -> nx.MultiDiGraph[str]:
    """Give what the claims say as a `networkx.MultiDiGraph`, to count, to search or to draw.

    A node is a thing that a claim joins to another thing, named by its CURIE (its IRI where no prefix is known), with
    `label` (in `lang`: 'nl' or 'en'), `kind` (the CURIE of its class) and `type` (that class's label), both "" where
    only its address is known. An edge is a triple of a claim, with `predicate`, `status` and `claim` (CURIEs), `label`
    (the predicate's) and `quote` (what the claim's passages read, "" where it has none: it then has a source or a
    derivation). A triple that several claims state gives as many edges. Literal facts (dates, amounts) are left out:
    an attribute of a node could show neither their status nor their quote; ask for them in SPARQL.

    `statuses` keeps the claims of these statuses ('stated' or 'status:stated'), without it of all but 'found': what
    rules find joins each passage to each date that it names; `focus`, anything that `Graph.find`
    finds, keeps what lies within so many `hops` of it, along edges in either direction.

    >>> from fot_graph import load
    >>> around = to_networkx(load(), focus="SERV")
    >>> around.nodes["id:serv"]
    {'label': 'SERV', 'kind': 'org:Organization', 'type': 'organisation'}

    Raises: `UnknownNameError` for a language, status or focus that is not known; `UsageError` for a focus of several
    meanings or one that no claim joins to anything, and for less than one hop.
    """
    if lang not in LANGUAGES:
        raise UnknownNameError("language", lang, LANGUAGES)
    network = _linked(graph, lang, known_statuses(statuses))
    for node, attributes in _described(graph, network, lang):
        network.add_node(node, **attributes)
    return network if focus is None else _around(network, graph.namespaces.shorten(graph.find(focus).value), hops)


def _linked(graph: StoredGraph, lang: str, statuses: set[str]) -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    curie = graph.namespaces.shorten
    for subject, predicate, object_, claim, status, quote in _iris(graph, _LINKS):
        if curie(status) in statuses or (not statuses and curie(status) != _FOUND):
            network.add_edge(
                curie(subject),
                curie(object_),
                predicate=curie(predicate),
                label=graph.label(predicate, lang),
                status=curie(status),
                claim=curie(claim),
                quote=quote,
            )
    return network


def _described(graph: StoredGraph, network: nx.MultiDiGraph[str], lang: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the attributes of each node; of several classes one that says more than 'concept' or 'observation'."""
    kinds: dict[str, str] = {}
    for thing, kind in _iris(graph, _KINDS):
        if kind not in _BROAD or thing not in kinds:
            kinds[thing] = kind
    graph.expect([*map(graph.namespaces.expand, network), *filter(None, kinds.values())])
    for node in network:
        iri = graph.namespaces.expand(node)
        kind = kinds.get(iri, "")
        name = graph.namespaces.shorten(kind)
        yield node, {"label": graph.label(iri, lang), "kind": name, "type": graph.labels(lang).get(kind, "")}


_BROAD = (expand("skos:Concept"), expand("qb:Observation"))


def _around(network: nx.MultiDiGraph[str], name: str, hops: int) -> nx.MultiDiGraph[str]:
    if hops < 1:
        raise UsageError("no-hops", hops=hops)
    if name not in network:
        raise UsageError("joined-to-nothing", name=name)
    near = nx.ego_graph(network, name, radius=hops, undirected=True)
    part = network.copy()  # and not a subgraph, whose order differs from run to run
    part.remove_nodes_from([node for node in network if node not in near])
    return part


def _iris(graph: StoredGraph, query: str) -> Iterator[Sequence[str]]:
    """Yield rows as plain texts, "" for what is unbound."""
    for row in asking.ask(graph, query).rows:
        yield [text_of(term) for term in row]
