"""The graph as a file, in the form that a person, a triple store, a program or a drawing tool reads.

Every form has one fixed order, so the same data gives the same bytes. What a form cannot hold, `LOSSES` says.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Triple

from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.order import stable, stable_triples
from fot_graph.core.words import Message
from fot_graph.formats.jsonld import jsonld
from fot_graph.formats.plain_json import listing
from fot_graph.formats.rdfxml import rdfxml
from fot_graph.formats.style import graphviz_edge, graphviz_node, line, looks
from fot_graph.formats.turtle import trig, turtle
from fot_graph.stores.layers import in_memory, part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from networkx import MultiDiGraph

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.stores.interface import StoredGraph

TRIPLE_FORMATS = ("ttl", "trig", "nt", "nq", "jsonld")
_NETWORKS = ("graphml", "gexf", "dot")
FORMATS = (*TRIPLE_FORMATS, "rdfxml", *_NETWORKS, "json")

LOSSES = {  # what is said when they are written
    **dict.fromkeys(("ttl", "nt", "rdfxml"), Message("no-named-graphs")),
    **dict.fromkeys(_NETWORKS, Message("links-only")),
    "json": Message("claims-and-names-only"),
}
_SORTED = 100_000  # triples that are put in order before they are written
_OF_CLAIMS = ("claims", "background", "all")


def export(
    graph: StoredGraph,
    format_: str,
    *,
    layers: Collection[str] = ("all",),
    statuses: Collection[str] = (),
    lang: str = "en",
) -> str:
    """Give the graph in one of `FORMATS`, or some of its layers and claims (see `layers.select`).

    RDF reads back to the same dataset: `trig`, `nq` and `jsonld` with a named graph for each layer and claim; `ttl`,
    `nt` and `rdfxml` as one graph in which claims are reified (`Graph.flat`). For network tools there are `graphml`,
    `gexf` and `dot`, with labels in `lang`, and for other programs `json`.

    Raises: `UnknownNameError` for a format, layer or status that does not exist; `UsageError` for a part of the graph
    that the format cannot hold.
    """
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    of_claims = format_ in _NETWORKS or format_ == "json"
    if of_claims and not set(_OF_CLAIMS) & set(layers):
        raise UsageError("holds-claims-only", format=format_, layers=[*layers])
    kept = (*layers, "naming", "document", "ontology") if of_claims else layers  # claims are no use without names
    chosen = in_memory(graph) if "all" in layers and not statuses else part(graph, kept, statuses)
    return _network(chosen, format_, lang) if format_ in _NETWORKS else _WRITERS[format_](chosen)


def loss(format_: str, layers: Collection[str]) -> Message | None:
    """Say in a sentence what a format cannot hold of these layers; None, if it holds all of them."""
    lost = format_ in LOSSES and set(_OF_CLAIMS) & set(layers)
    return Message("format-holds", format=format_, what=LOSSES[format_]) if lost else None


_WRITERS: dict[str, Callable[[StoredGraph], str]] = {
    "ttl": lambda graph: turtle(graph.flat(), graph.namespaces),
    "trig": lambda graph: trig(graph.quads, graph.namespaces),
    "nt": lambda graph: "".join(triples_lines(graph.flat())),
    "nq": lambda graph: "".join(f"{quad} .\n" for quad in stable(graph.quads)),
    "jsonld": lambda graph: jsonld(graph.quads, graph.namespaces),
    "rdfxml": lambda graph: rdfxml(graph.flat()),
    "json": listing,
}


def triples_text(triples: Iterable[Triple], format_: str, namespaces: Namespaces) -> str:
    """Write triples in one of `TRIPLE_FORMATS`; nothing is lost. Raises UnknownNameError for another format."""
    if format_ not in TRIPLE_FORMATS:
        raise UnknownNameError("format", format_, TRIPLE_FORMATS)
    if format_ == "ttl":
        return turtle(triples, namespaces)
    if format_ in ("nt", "nq"):
        return "".join(triples_lines(triples))
    quads = [Quad(*triple) for triple in triples]
    return trig(quads, namespaces) if format_ == "trig" else jsonld(quads, namespaces)


def triples_lines(triples: Iterable[Triple]) -> Iterator[str]:
    """Give triples as the lines of N-Triples, in one order whatever the engine's, as far as they fit into memory.

    Of more than 100,000 triples none is kept: they come as they come.
    """
    coming = iter(triples)
    first = list(islice(coming, _SORTED + 1))
    if len(first) <= _SORTED:
        yield from (f"{triple} .\n" for triple in stable_triples(first))
    else:
        yield from (f"{triple} .\n" for triple in chain(first, coming))


def _network(graph: StoredGraph, format_: str, lang: str) -> str:
    from networkx import generate_gexf, generate_graphml  # noqa: PLC0415  heavy: only these formats pay for it

    from fot_graph.formats.networkx import to_networkx  # noqa: PLC0415  as above

    network = to_networkx(graph, lang=lang)
    if format_ == "dot":
        return _dot(network)
    lines = generate_graphml(network) if format_ == "graphml" else generate_gexf(network)
    # Without the day of writing, by which the same graph would differ tomorrow
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(lines)) + "\n"
    )


def _dot(network: MultiDiGraph[str]) -> str:
    """Write the language of Graphviz; colours, shapes and kinds of line are those of every picture."""
    shown = looks(about["kind"] for _, about in network.nodes(data=True))
    nodes = [
        f"  {_dotted(name)} [{_attributes({**about, **graphviz_node(shown[about['kind']])})}];\n"
        for name, about in network.nodes(data=True)
    ]
    edges = [
        f"  {_dotted(a)} -> {_dotted(b)} [{_attributes({**about, **graphviz_edge(line(about['status']))})}];\n"
        for a, b, about in network.edges(data=True)
    ]
    return f"digraph fot_graph {{\n  rankdir=LR;\n  node [style=filled];\n{''.join([*nodes, *edges])}}}\n"


def _attributes(about: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={_dotted(value)}" for name, value in about.items() if value)


def _dotted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
