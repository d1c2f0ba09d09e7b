"""networkx draws the claims in two lines, with the colours and dashes of every other picture."""

from __future__ import annotations

import matplotlib as mpl
import networkx as nx
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import fot_graph
from fot_graph.core.errors import UsageError
from fot_graph.formats.style import line, looks


@pytest.fixture(scope="module")
def graph() -> fot_graph.Graph:
    return fot_graph.load()


def test_nodes_and_edges_have_label_colour_shape_and_position(graph: fot_graph.Graph) -> None:
    network = graph.to_networkx()
    shown = looks(about["kind"] for _, about in network.nodes(data=True))
    for _, about in network.nodes(data=True):
        assert (about["color"], about["shape"]) == (shown[about["kind"]].colour, shown[about["kind"]].shape)
        assert about["label"]
    places = [about["pos"] for _, about in network.nodes(data=True)]
    assert len(places) == len(set(places)) == len(network)
    for _, _, edge in network.edges(data=True):
        assert edge["color"] == line(edge["status"]).colour
        assert (edge["style"] == "solid") == (edge["status"] == "status:stated")


def test_a_graph_of_another_origin_has_no_style() -> None:
    with pytest.raises(UsageError, match="has no looks to draw it with"):
        fot_graph.style(nx.MultiDiGraph([("a", "b")]))


def test_what_a_thing_points_to_stands_on_its_right(graph: fot_graph.Graph) -> None:
    network = graph.to_networkx(focus="SERV")
    across = {node: about["pos"][0] for node, about in network.nodes(data=True)}
    assert all(across[start] < across["id:serv"] for start, _ in network.in_edges("id:serv"))


@pytest.mark.parametrize("focus", ["SERV", "Focus op Talent", "id:viona-study"])
def test_networkx_draws_it_with_labels_apart(graph: fot_graph.Graph, focus: str) -> None:
    network = graph.to_networkx(focus=focus)
    sheet = Figure()
    axes = sheet.add_axes((0, 0, 1, 1))
    with mpl.rc_context():
        nx.draw(network, ax=axes, **fot_graph.style(network))
        FigureCanvasAgg(sheet).draw()  # type: ignore[no-untyped-call]
    labels = [text.get_window_extent() for text in axes.texts]
    assert len(labels) == len(network)
    assert len(axes.patches) == len(network.edges)
    assert not [(one, other) for i, one in enumerate(labels) for other in labels[:i] if one.overlaps(other)]
    assert all(sheet.bbox.x0 <= label.x0 and label.x1 <= sheet.bbox.x1 for label in labels)


def test_a_part_that_somebody_chose_is_drawn_too(graph: fot_graph.Graph) -> None:
    network = graph.to_networkx()
    part = network.subgraph([node for node, about in network.nodes(data=True) if about["kind"] == "fot:Finding"])
    arguments = fot_graph.style(part)
    assert len(arguments["node_color"]) == len(arguments["labels"]) == len(part)
    assert fot_graph.style(nx.MultiDiGraph())["labels"] == {}
