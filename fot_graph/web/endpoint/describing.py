"""What the graph says of one thing, with the claims that say it and their quotes, as RDF. Runs in a worker."""

from __future__ import annotations

import time
from itertools import chain, islice
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from fot_graph.core.close_matches import close_matches
from fot_graph.core.errors import UnknownNameError
from fot_graph.core.namespaces import Namespaces, expand, is_layer
from fot_graph.core.terms import node
from fot_graph.formats.rdf import quads_text
from fot_graph.web.http.errors import TooMuchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad

    from fot_graph.api import Graph
    from fot_graph.core.terms import Term
    from fot_graph.web.settings import RequestLimits


_MOST_CLAIMS = 500  # that speak of a thing; of one with more the claims are shown that say something of it as subject
_LOOKING = 0.5  # seconds to look for a name like one that is not known
_COMPARED, _NEAR = 5_000, 3  # names that are compared with it, and those that are told
_TYPE, _PART = node("rdf:type"), node("dcterms:isPartOf")
_QUOTED, _SELECTOR = node("prov:wasQuotedFrom"), node("oa:hasSelector")
_ONTOLOGY = expand("fot:").rstrip("#")


def describe(graph: Graph, paths: Sequence[str], format_: str, limits: RequestLimits) -> bytes:
    """Describe the thing whose IRI ends in the first of these paths that is known, in a format that holds graphs.

    Raises: `UnknownNameError` with like names; `TooMuchError`.
    """
    found = list(dict.fromkeys(islice(_description_quads(graph, _known_node(graph, paths)[1]), limits.rows + 1)))
    if len(found) > limits.rows:
        raise TooMuchError("too-many-triples", limits.rows)
    return quads_text(found, format_, graph.namespaces).encode()


def dump(graph: Graph, limits: RequestLimits) -> bytes:
    """Give all quads as N-Quads. Raises: `TooMuchError`."""
    body = quads_text(graph.quads, "nq", graph.namespaces).encode()
    if len(body) > limits.answer:
        raise TooMuchError("too-many-megabytes", limits.answer / 1e6)
    return body


def namespaces(graph: Graph) -> Namespaces:
    """Give the namespaces of the graph, for who is not in a worker."""
    return graph.namespaces


def find(graph: Graph, paths: Sequence[str]) -> str:
    """Give the first of these paths in which the IRI of a thing ends. Raises: `UnknownNameError` with like names."""
    return _known_node(graph, paths)[0]


def is_known(graph: Graph, paths: Sequence[str]) -> bool:
    """Tell whether the IRI of a thing ends in one of these paths."""
    return any(_node(graph, path) for path in paths)


def similar_paths(graph: Graph, path: str) -> list[str]:
    """List the paths of the things whose names are most like the last part of a path that is not known."""
    paths: dict[str, list[str]] = {}
    for other in _similar_paths(graph, path):
        paths.setdefault(_last_segment(other), []).append(other)
    return [other for name in close_matches(_last_segment(path), paths) for other in paths[name]][:_NEAR]


def _known_node(graph: Graph, paths: Sequence[str]) -> tuple[str, NamedNode]:
    for path in paths:
        if node := _node(graph, path):
            return path, node
    raise UnknownNameError(
        "address", f"/{paths[-1][:200]}", (), [f"/{other}" for other in similar_paths(graph, paths[-1])]
    )


def _node(graph: Graph, path: str) -> NamedNode | None:
    """Give the thing whose IRI ends in a path, None where the graph does not know it."""
    try:
        node = NamedNode(graph.namespaces.at(path))
    except ValueError:
        return None
    places = ((node, None, None), (None, None, node))
    known = graph.store.contains_named_graph(node) or any(_one(graph, *place) for place in places)
    return node if known else None


def _one(graph: Graph, *pattern: NamedNode | None) -> Quad | None:
    return next(iter(graph.store.quads_for_pattern(*pattern)), None)


def _last_segment(path: str) -> str:
    return path.rpartition("/")[2]


def _similar_paths(graph: Graph, path: str) -> list[str]:
    """List the paths of things of the same kind, as many as a moment allows and are worth comparing."""
    kind = path.partition("/")[0]
    end = time.monotonic() + _LOOKING
    found = set()
    for quad in graph.store.quads_for_pattern(None, _TYPE, None, DefaultGraph()):
        other = graph.namespaces.path(quad.subject.value) if isinstance(quad.subject, NamedNode) else None
        if other and other.startswith(kind) and "#" not in other:
            found.add(other)
        if len(found) == _COMPARED or time.monotonic() > end:
            break
    return sorted(found)


# --- What belongs to a description -----------------------------------------------------------------------------------


def _description_quads(graph: Graph, node: NamedNode) -> Iterator[Quad]:
    layer = expand("graph:ontology") if node.value == _ONTOLOGY else node.value
    if is_layer(layer):
        yield from _named_graph_quads(graph, name=NamedNode(layer))
    said = list(_named_graph_quads(graph, node))
    yield from said
    for part in _named_graph_quads(graph, predicate=_PART, object_=node):
        yield from _named_graph_quads(graph, part.subject)
    for claim in _claims(graph, node, said):
        yield from _named_graph_quads(graph, name=claim)
        yield from _claim_quads(graph, claim)


def _claims(graph: Graph, node: NamedNode, said: Iterable[Quad]) -> list[NamedNode]:
    """Give the claims that say something of it, and itself if it is one."""
    own = {quad.graph_name for quad in said} | ({node} if graph.store.contains_named_graph(node) else set())
    others = {quad.graph_name for quad in islice(_named_graph_quads(graph, object_=node), _MOST_CLAIMS)}
    chosen = own | (others if len(others) < _MOST_CLAIMS else set())
    return sorted(
        (name for name in chosen if isinstance(name, NamedNode) and not is_layer(name.value)),
        key=lambda name: name.value,
    )


def _claim_quads(graph: Graph, claim: NamedNode) -> Iterator[Quad]:
    """Give what is said of a claim, and its passages with their quotes."""
    said = list(_named_graph_quads(graph, claim))
    passages = list(
        chain.from_iterable(_named_graph_quads(graph, quad.object) for quad in said if quad.predicate == _QUOTED)
    )
    selectors = (_named_graph_quads(graph, quad.object) for quad in passages if quad.predicate == _SELECTOR)
    return chain(said, passages, chain.from_iterable(selectors))


def _named_graph_quads(
    graph: Graph,
    subject: Term | None = None,
    predicate: NamedNode | None = None,
    object_: Term | None = None,
    name: NamedNode | None = None,
) -> Iterator[Quad]:
    """Give the quads that match, as they stand in the named graphs."""
    found = graph.store.quads_for_pattern(subject, predicate, object_, name)
    return (quad for quad in found if isinstance(quad.graph_name, NamedNode))
