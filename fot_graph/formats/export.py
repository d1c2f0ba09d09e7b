"""The graph as a file, in the form that a person, a triple store, a program or a drawing tool reads.

Every form has one fixed order, so the same data gives the same bytes. What each can hold stands in `core.media_types`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.core import media_types
from fot_graph.core.errors import UsageError
from fot_graph.core.escaping import check_xml
from fot_graph.core.words import Message
from fot_graph.formats.plain_json import claims_as_json
from fot_graph.formats.rdf import quads_text
from fot_graph.formats.style import graphviz_edge, graphviz_node, line, looks
from fot_graph.stores.layers import in_memory, part

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from networkx import MultiDiGraph

    from fot_graph.stores.interface import StoredGraph

_NETWORKS = ("graphml", "gexf", "dot")
_OF_CLAIMS = ("claims", "background", "all")


def export(
    graph: StoredGraph,
    format_: str,
    *,
    layers: Collection[str] = ("all",),
    statuses: Collection[str] = (),
    lang: str = "en",
) -> str:
    """Give the graph in a format that holds datasets, or some of its layers and claims (see `layers.select`).

    RDF reads back to the same dataset: `trig`, `nq` and `jsonld` with a named graph for each layer and claim; `ttl`,
    `nt` and `rdfxml` as one graph in which claims are reified (`Graph.flat`). For network tools there are `graphml`,
    `gexf` and `dot`, with labels in `lang`, and for other programs `json`.

    Raises: `UnknownNameError` for a format, layer or status that does not exist; `UsageError` for a part of the graph
    that the format cannot hold.
    """
    format_ = media_types.format_named(format_, media_types.DATASET).name
    of_claims = format_ in _NETWORKS or format_ == "json"
    if of_claims and not set(_OF_CLAIMS) & set(layers):
        raise UsageError("holds-claims-only", format=format_, layers=[*layers])
    kept = (*layers, "naming", "document", "ontology") if of_claims else layers  # claims are no use without names
    chosen = in_memory(graph) if "all" in layers and not statuses else part(graph, kept, statuses)
    if format_ in _NETWORKS:
        return _network(chosen, format_, lang)
    return claims_as_json(chosen) if format_ == "json" else quads_text(chosen.quads, format_, graph.namespaces)


def loss(format_: str, layers: Collection[str]) -> Message | None:
    """Say in a sentence what a format cannot hold of these layers; None, if it holds all of them."""
    lost = media_types.format_named(format_, media_types.DATASET).loses
    if not (lost and set(_OF_CLAIMS) & set(layers)):
        return None
    return Message("format-holds", format=format_, what=Message(lost))


def _network(graph: StoredGraph, format_: str, lang: str) -> str:
    from networkx import generate_gexf, generate_graphml  # noqa: PLC0415  heavy: only these formats pay for it

    from fot_graph.formats.networkx import to_networkx  # noqa: PLC0415  as above

    network = to_networkx(graph, lang=lang)
    _check(network, "drawn-character" if format_ == "dot" else "xml-character")
    if format_ == "dot":
        return _dot(network)
    lines = generate_graphml(network) if format_ == "graphml" else generate_gexf(network)
    # Without the day of writing, by which the same graph would differ tomorrow
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(lines)) + "\n"
    )


def _check(network: MultiDiGraph[str], code: str) -> None:
    """Raise `UsageError` for a character that XML cannot hold; DOT could, but what is drawn of it is SVG."""
    for name, about in network.nodes(data=True):
        check_xml("".join([name, *about.values()]), code)
    for _, _, about in network.edges(data=True):
        check_xml("".join(about.values()), code)


def _dot(network: MultiDiGraph[str]) -> str:
    """Write the language of Graphviz; colours, shapes and kinds of line are those of every picture."""
    shown = looks(about["kind"] for _, about in network.nodes(data=True))
    nodes = [
        f"  {_dot_string(name)} [{_attributes({**about, **graphviz_node(shown[about['kind']])})}];\n"
        for name, about in network.nodes(data=True)
    ]
    edges = [
        f"  {_dot_string(a)} -> {_dot_string(b)} [{_attributes({**about, **graphviz_edge(line(about['status']))})}];\n"
        for a, b, about in network.edges(data=True)
    ]
    return f"digraph fot_graph {{\n  rankdir=LR;\n  node [style=filled];\n{''.join([*nodes, *edges])}}}\n"


def _attributes(about: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={_dot_string(_cut(value))}" for name, value in about.items() if value)


_MOST_BYTES = 8_000  # of a text; Graphviz reads none of more than 16,384, and what is escaped takes twice as many


def _cut(text: str) -> str:
    """Cut a text that Graphviz does not read, with an ellipsis."""
    content = text.encode()
    return text if len(content) <= _MOST_BYTES else f"{content[:_MOST_BYTES].decode(errors='ignore')}…"


def _dot_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
