"""One meaning of colour, mark and dash: the table is whole, and pages and Graphviz show what it says."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from fot_graph.api import Graph, load
from fot_graph.core.statuses import STATUSES
from fot_graph.formats import export, style

SHEET = (Path(__file__).parents[2] / "frontend" / "src" / "style.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def test_every_status_has_a_line_of_its_own() -> None:
    assert set(style.STATUS_LINES) == {f"status:{name}" for name in STATUSES}
    lines = style.STATUS_LINES.values()
    assert len({line.dashes for line in lines}) == len({line.colour for line in lines}) == len(STATUSES)


def test_no_two_types_have_one_mark() -> None:
    looks = style.looks(style.TYPES)
    assert len(style.TYPES) == len(set(style.TYPES)) == len({(look.shape, look.hollow) for look in looks.values()})


def test_every_type_in_the_table_is_one_that_the_graph_knows(graph: Graph) -> None:
    kinds = "{ ?t skos:inScheme <https://w3id.org/fot-graph/kind> }"
    query = f"SELECT DISTINCT ?t {{ {{ ?t a owl:Class }} UNION {{ ?x a ?t }} UNION {kinds} }}"
    assert set(style.TYPES) <= {graph.namespaces.shorten(row["t"].value) for row in graph.rows(query)}


def test_types_of_ones_own_look_the_same_in_any_company_and_differ_from_each_other() -> None:
    mine = [f"https://example.org/Type{number}" for number in range(10)]
    alone = style.looks(mine[:1])
    looks = style.looks([*mine, *style.TYPES])
    assert looks[mine[0]].hollow == alone[mine[0]].hollow == "bar"
    assert len({(look.shape, look.hollow) for look in looks.values()}) == len(looks)
    assert len(style.looks([f"urn:{number}" for number in range(100)])) == 100


@pytest.mark.parametrize("shape", sorted({look.shape for look in style.looks(style.TYPES).values()}))
def test_marks_are_of_one_size_around_their_middle(shape: str) -> None:
    corners = style.outline(shape)
    assert all(abs(x) <= 0.61 and abs(y) <= 0.61 for x, y in corners)
    assert not corners or max(x for x, _ in corners) > 0.3


def test_pages_have_the_colours_of_the_table() -> None:
    light, dark = SHEET.split("@media (prefers-color-scheme: dark)")[:2]
    for name, line in style.STATUS_LINES.items():
        variable = f"--{name.removeprefix('status:')}"
        assert re.search(rf"{variable}: (#\w+)", light)[1] == line.colour  # type: ignore[index]
        assert re.search(rf"{variable}: (#\w+)", dark)[1] == line.dark  # type: ignore[index]
    assert "stroke-dasharray: " not in SHEET.replace("stroke-dasharray: none", "")


def test_text_reads_well_on_every_box() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for look in style.looks(style.TYPES).values():
        assert (light(look.tint) + 0.05) / (light("#1d1c1a") + 0.05) > 7
        assert (light("#ffffff") + 0.05) / (light(look.shade) + 0.05) > 4.5


def test_graphviz_gets_the_same_colours(graph: Graph) -> None:
    text = export.export(graph, "dot")
    look = style.looks(["org:Organization"])["org:Organization"]
    (serv,) = re.findall(r'^  "id:serv" \[(.*)\];$', text, re.MULTILINE)
    assert f'color="{look.shade}", fillcolor="{look.tint}"' in serv
    for status, line in style.STATUS_LINES.items():
        edges = re.findall(rf'status="{status}".* color="(.*?)", style="(.*?)"\]', text)
        assert {colour for colour, _ in edges} <= {line.colour}
    kinds = [style.graphviz_edge(style.line(f"status:{name}"))["style"] for name in ("stated", "asked", "interpreted")]
    assert kinds == ["solid", "dotted", "dashed"]


def test_every_two_shapes_of_graphviz_differ() -> None:
    shapes = [style.graphviz_node(style.look(number))["shape"] for number in range(15)]
    assert not [pair for pair in combinations(shapes, 2) if pair[0] == pair[1]]
