"""The graph in part: every quad belongs to one layer, and a status keeps whole claims."""

from __future__ import annotations

import pytest
from packaged import expand

from fot_graph.api import Graph, load
from fot_graph.core.errors import UnknownNameError
from fot_graph.stores.layers import LAYERS, select


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def test_the_layers_share_out_the_graph(graph: Graph) -> None:
    parts = [select(graph, [layer]) for layer in LAYERS if layer != "all"]
    assert all(parts)
    assert sum(map(len, parts)) == len(graph.quads)
    assert {quad for part in parts for quad in part} == set(graph.quads)
    assert select(graph) == list(graph.quads)


def test_two_layers_are_both(graph: Graph) -> None:
    both = select(graph, ["naming", "claims"])
    assert set(both) == {*select(graph, ["naming"]), *select(graph, ["claims"])}


def test_a_status_keeps_its_claims_with_all_that_is_said_of_them(graph: Graph) -> None:
    kept = Graph(select(graph, ["claims"], ["stated", "quoted"]), {})
    wanted = "FILTER(?s IN (status:stated, status:quoted))"
    claims = f"SELECT ?claim ?p ?o {{ ?claim a fot:Claim ; fot:status ?s ; ?p ?o {wanted} }}"
    assert set(kept.query(claims).rows) == set(graph.query(claims).rows)
    statuses = kept.query("SELECT DISTINCT ?s { ?claim fot:status ?s }").rows
    assert {str(row.s) for row in statuses} == {f"<{expand(f'status:{name}')}>" for name in ("stated", "quoted")}
    assert not kept.query("ASK { ?note a fot:NoClaim }").truth


def test_a_status_leaves_the_layers_alone(graph: Graph) -> None:
    assert set(select(graph, ["naming", "document"])) <= set(select(graph, ["all"], ["stated"]))


def test_background_has_its_sources_and_the_claims_have_not(graph: Graph) -> None:
    publisher = "ASK { ?source a foaf:Document ; dcterms:publisher ?publisher }"
    assert Graph(select(graph, ["background"]), {}).query(publisher).truth
    assert not Graph(select(graph, ["claims"]), {}).query(publisher).truth
    assert Graph(select(graph, ["claims"]), {}).query("ASK { ?note a fot:NoClaim }").truth


@pytest.mark.parametrize(
    ("layers", "statuses", "message"),
    [(["claim"], [], "unknown layer 'claim' .did you mean claims"), (["all"], ["statd"], "did you mean stated")],
)
def test_unknown_names_have_a_hint(graph: Graph, layers: list[str], statuses: list[str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        select(graph, layers, statuses)
