"""A networkx graph of claims, ready to be drawn: `nx.draw(network, **fot_graph.style(network))`."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from fot_graph.formats.networkx import to_networkx
from fot_graph.formats.style import line, looks
from fot_graph.pictures.columns import connected_parts, heights
from fot_graph.pictures.views import columns

if TYPE_CHECKING:
    from collections.abc import Collection

    from networkx import MultiDiGraph

    from fot_graph.stores.interface import StoredGraph

_LETTERS = 34  # of a line of a label
_COLUMN, _GAP = 3.0, 0.6  # the distance of columns, and of rows, in lines of text
_SHEET = (6.4 * 72, 4.8 * 72)  # matplotlib's usual sheet, in points
_LETTER = 0.56  # the width of a letter, in sizes


def styled_network(
    graph: StoredGraph, *, lang: str, statuses: Collection[str], focus: str | None, hops: int
) -> MultiDiGraph[str]:
    """Give what `formats.networkx.to_networkx` gives, with its looks.

    Each node has also `color`, `shape` (of matplotlib) and `pos` (x, y), each edge `color` and `style`, which is a line
    style of matplotlib: 'solid', or a pair with its dashes. They mean what they mean in every other picture (see
    `formats.style`). Positions stand in columns, what a thing points to on its right.
    """
    network = to_networkx(graph, lang=lang, statuses=statuses, focus=focus, hops=hops)
    shown = looks(about["kind"] for _, about in network.nodes(data=True))
    places = _positions(network)
    for node, about in network.nodes(data=True):
        about.update(color=shown[about["kind"]].colour, shape=shown[about["kind"]].shape, pos=places[node])
    for _, _, edge in network.edges(data=True):
        style = line(edge["status"])
        dashes = tuple(length / 1.6 for length in style.dashes)
        edge.update(color=style.colour, style=(0, dashes) if dashes else "solid")
    return network


def style(network: MultiDiGraph[str]) -> dict[str, Any]:
    """Give the arguments with which `networkx.draw` draws a graph that `Graph.to_networkx` gave, or a part of it.

    Labels are broken into lines, and small enough for matplotlib's usual sheet. matplotlib, which the extra `plot`
    brings, draws all nodes of a call in one shape; `network.nodes[node]["shape"]` has that of each, for a call a shape.

    >>> from fot_graph import load
    >>> network = load().to_networkx(focus="SERV")
    >>> style(network)["labels"]["id:serv"]
    'SERV'
    """
    nodes, edges = network.nodes(data=True), network.edges(data=True)
    rows = [about["pos"][1] for _, about in nodes]
    lines = max(rows, default=0.0) - min(rows, default=0.0) + 2
    size = round(max(2.0, min(9.0, 0.7 * _SHEET[1] / lines)), 1)
    labels = {node: _label(about["label"]) for node, about in nodes}
    longest = max((len(line) for label in labels.values() for line in label.split("\n")), default=0)
    half = longest * _LETTER * size / _SHEET[0] / 2  # of the longest label, of the sheet
    return {
        "pos": {node: about["pos"] for node, about in nodes},
        "labels": labels,
        "with_labels": True,
        "font_family": "DejaVu Sans",
        "font_size": size,
        "bbox": {"facecolor": "white", "edgecolor": "none", "alpha": 0.6, "pad": 0.2},
        "node_color": [about["color"] for _, about in nodes],
        "node_size": 90,
        "edge_color": [edge["color"] for _, _, edge in edges],
        "style": [edge["style"] for _, _, edge in edges],
        "width": 0.9,
        "connectionstyle": "arc3,rad=0.12",  # so that lines between nodes of one column are seen
        "margins": (round(half / (1 - 2 * half), 2), 0.06),  # no label is cut at the sides
    }


def _label(text: str) -> str:
    return fill(text, _LETTERS)


def _positions(network: MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    """Place nodes in columns, the parts that hang together one below the other."""
    tall = {node: 1 + _label(about["label"]).count("\n") for node, about in network.nodes(data=True)}
    links = list(dict.fromkeys((start, end) for start, end, _ in network.edges(keys=True) if start != end))
    column_of = columns(network) if network else {}
    found: dict[str, tuple[float, float]] = {}
    top = 0.0
    for part in connected_parts(network, links, {}):
        inside = [link for link in links if link[0] in part]
        numbers = sorted({column_of[node] for node in part})
        ranked = [[node for node in part if column_of[node] == number] for number in numbers]
        down = heights(ranked, inside, lambda upper, lower: (tall[upper] + tall[lower]) / 2 + _GAP)
        found |= {node: (_COLUMN * column_of[node], -(top + height)) for node, height in down.items()}
        top += max(down.values()) + 3 * _GAP
    return found
