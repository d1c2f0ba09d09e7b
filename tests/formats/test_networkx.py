"""The networkx graph says what the claims say, no more and no less, each edge with its own status and quote."""

from __future__ import annotations

import pytest
from packaged import curie
from pyoxigraph import NamedNode

from fot_graph.api import Graph, load
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.terms import node
from fot_graph.formats.networkx import to_networkx


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def between(graph: Graph, start: str, end: str) -> list[dict[str, str]]:
    return list(to_networkx(graph).get_edge_data(start, end, default={}).values())


def test_an_edge_carries_what_the_source_says(graph: Graph) -> None:
    (edge,) = between(graph, "id:focus-op-talent", "id:jobkanaal")
    assert edge == {
        "predicate": "dcterms:replaces",
        "label": "succeeds",
        "status": "status:premise",
        "claim": "claim:vp-sv-2019-2020-358/predecessors",
        "quote": "Het programma Focus op Talent werd tijdens de vorige legislatuur geïntroduceerd als opvolger van "
        "onder meer de diversiteitsconsulenten en Jobkanaal.",
    }


def test_an_interpretation_quotes_the_source_on_both_sides(graph: Graph) -> None:
    (edge,) = between(graph, "doc:vp-sv-2019-2020-358/finding-diversity-uptake-limited", "theme:diversity")
    assert edge["status"] == "status:interpreted"
    assert "De opname van de KMO Portefeuille" in edge["quote"]
    assert "diversiteit verder mee te nemen" in edge["quote"]


def test_every_triple_of_a_claim_between_two_things_is_an_edge_and_nothing_else_is(graph: Graph) -> None:
    claims = {quad.subject for quad in graph.quads if quad.object == node("fot:Claim")}
    stated = [
        tuple(curie(term.value) for term in (quad.subject, quad.predicate, quad.object, quad.graph_name))
        for quad in graph.quads
        if quad.graph_name in claims
        and isinstance(quad.graph_name, NamedNode)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    ]
    edges = to_networkx(graph).edges(data=True)
    assert sorted((start, edge["predicate"], end, edge["claim"]) for start, end, edge in edges) == sorted(stated)


def test_quotes_stand_in_the_source(graph: Graph) -> None:
    """A quote joins its passages with ' […] ' or the like, so each edge's quote begins with words of the source."""
    (source,) = graph.sources.values()
    text = " ".join(source.text.split())
    quotes = {edge["quote"] for _, _, edge in to_networkx(graph).edges(data=True)} - {""}
    assert len(quotes) > 100
    assert all(" ".join(quote.split())[:25] in text for quote in quotes)


@pytest.mark.parametrize(
    ("lang", "label", "type_"),
    [("nl", "talentenoffensief", "maatregel"), ("en", "talent offensive", "measure")],
)
def test_nodes_are_named_and_typed_in_the_language(graph: Graph, lang: str, label: str, type_: str) -> None:
    node = to_networkx(graph, lang=lang).nodes["id:talent-offensive"]
    assert node == {"label": label, "kind": "fot:Measure", "type": type_}


def test_every_node_has_its_attributes_as_text(graph: Graph) -> None:
    """Also what only its address is known of: GraphML and GEXF take no None."""
    for _, about in to_networkx(graph).nodes(data=True):
        assert set(about) == {"label", "kind", "type"}
        assert all(isinstance(value, str) for value in about.values())
        assert about["label"]


def test_statuses_keep_their_claims(graph: Graph) -> None:
    for name in ("quoted", "status:quoted"):
        quoted = to_networkx(graph, statuses=[name])
        assert {edge["status"] for _, _, edge in quoted.edges(data=True)} == {"status:quoted"}
    assert "id:serv" not in quoted


def test_a_focus_keeps_what_is_near(graph: Graph) -> None:
    near = to_networkx(graph, focus="SERV")
    further = to_networkx(graph, focus="SERV", hops=2)
    assert {"id:serv", *near.predecessors("id:serv"), *near.successors("id:serv")} == set(near)
    assert set(near) < set(further)


def test_the_same_graph_gives_the_same_network(graph: Graph) -> None:
    one, other = to_networkx(graph), to_networkx(load())
    assert list(one.edges(data=True)) == list(other.edges(data=True))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))


def test_what_is_not_known_is_said_with_near_names(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean Jobkanaal"):
        to_networkx(graph, focus="Jobkanal")
    with pytest.raises(UnknownNameError, match="did you mean interpreted"):
        to_networkx(graph, statuses=["interpretd"])
    with pytest.raises(UnknownNameError, match="language 'fr'"):
        to_networkx(graph, lang="fr")


def test_a_focus_that_nothing_is_joined_to_and_no_hop_at_all(graph: Graph) -> None:
    with pytest.raises(UsageError, match="no claim joins id:serv to another thing"):
        to_networkx(graph, focus="SERV", statuses=["quoted"])
    with pytest.raises(UsageError, match="at least one"):
        to_networkx(graph, focus="SERV", hops=0)


def test_what_rules_find_is_left_out_unless_it_is_asked_for(graph: Graph) -> None:
    assert "status:found" not in {edge["status"] for _, _, edge in to_networkx(graph).edges(data=True)}
    found = to_networkx(graph, statuses=["found"])
    (edge,) = found.get_edge_data("doc:vp-sv-2019-2020-358#char=5051,5055", "id:vdab").values()
    assert (edge["predicate"], edge["quote"]) == ("schema:mentions", "VDAB")
