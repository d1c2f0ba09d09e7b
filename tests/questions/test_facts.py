"""What the claims say of one thing, and the ways between two."""

from __future__ import annotations

import pytest
from packaged import expand
from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.api import Graph, load
from fot_graph.questions import facts
from fot_graph.questions.facts import Entity


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def node(name: str) -> NamedNode:
    return NamedNode(expand(name))


def small(*claims: tuple[str, str, str, str]) -> Graph:
    """Give a graph of claims, each a status and a triple."""
    quads = []
    for number, (status, subject, relation, object_) in enumerate(claims):
        claim = node(f"claim:d/{number}")
        quads.append(Quad(node(subject), node(relation), node(object_), claim))
        quads.append(Quad(claim, node("fot:status"), node(f"status:{status}"), node("graph:provenance")))
        quads.append(
            Quad(claim, node("fot:quote"), Literal(f"quote {number}", language="nl"), node("graph:provenance"))
        )
    return Graph(quads, {})


# --- One thing -------------------------------------------------------------------------------------------------------


def test_an_entity_has_names_types_and_facts(graph: Graph) -> None:
    serv = graph.entity("Sociaal-Economische Raad van Vlaanderen")
    assert (serv.iri, serv.label("nl"), serv.names("en")) == (expand("id:serv"), "SERV", ["SERV"])
    assert serv.other_names() == ["Sociaal-Economische Raad van Vlaanderen"]
    assert serv.types == [expand("org:Organization")]
    assert repr(serv) == "<Entity id:serv: SERV>"


def test_every_fact_of_every_claim_is_found_from_its_ends(graph: Graph) -> None:
    rows = graph.query("SELECT ?s ?p ?o ?claim { ?claim fot:status ?status . GRAPH ?claim { ?s ?p ?o } }").rows
    for name in ("id:serv", "id:focus-op-talent", "theme:diversity"):
        found = {(f.subject, f.relation, f.object, f.claim) for f in graph.entity(name).facts()}
        assert found == {tuple(row) for row in rows if node(name) in (row.s, row.p, row.o)}


def test_a_fact_has_the_status_voice_and_quote_of_its_claim(graph: Graph) -> None:
    (asked,) = [fact for fact in graph.entity("SERV").facts() if fact.status == node("status:asked")]
    assert asked.voice == node("id:tom-ongena")
    assert asked.quote is not None
    assert asked.quote.value.endswith("(SERV)?")


def test_a_relation_and_a_claim_have_their_facts_too(graph: Graph) -> None:
    informs = graph.entity("fot:informs").facts()
    assert informs
    assert {fact.relation for fact in informs} == {node("fot:informs")}
    claim = informs[0].claim
    assert informs[0] in Entity(graph, claim).facts()


def test_layers_are_no_facts(graph: Graph) -> None:
    assert graph.entity("foaf:Person").facts() == []
    assert not any(fact.claim.value.startswith(expand("graph:")) for fact in graph.entity("SERV").facts())


def test_a_triple_of_two_claims_is_two_facts() -> None:
    graph = small(("stated", "id:a", "fot:about", "id:b"), ("reported", "id:a", "fot:about", "id:b"))
    assert [fact.claim for fact in Entity(graph, node("id:a")).facts()] == [node("claim:d/0"), node("claim:d/1")]


def test_a_claim_without_quote_or_status_still_has_facts() -> None:
    graph = Graph([Quad(node("id:a"), node("fot:about"), node("id:b"), node("claim:x"))], {})
    (fact,) = Entity(graph, node("id:a")).facts()
    assert (fact.status, fact.voice, fact.quote) == (None, None, None)


# --- Two things ------------------------------------------------------------------------------------------------------


def steps(graph: Graph, start: str, end: str) -> list[int] | None:
    """Give the numbers of the claims on the way."""
    found = facts.path(graph, node(start), node(end))
    return None if found is None else [int(fact.claim.value.rpartition("/")[2]) for fact in found]


def test_the_shortest_way_runs_along_triples_in_either_direction() -> None:
    graph = small(
        ("stated", "id:a", "fot:about", "id:b"),
        ("stated", "id:c", "fot:about", "id:b"),
        ("stated", "id:c", "fot:about", "id:d"),
        ("stated", "id:b", "fot:about", "id:x"),
        ("stated", "id:x", "fot:about", "id:y"),
        ("stated", "id:y", "fot:about", "id:d"),
    )
    assert steps(graph, "id:a", "id:d") == [0, 1, 2]
    assert steps(graph, "id:d", "id:a") == [2, 1, 0]


def test_of_equal_ways_the_firmest_wins() -> None:
    graph = small(
        ("asked", "id:a", "fot:about", "id:b"),
        ("interpreted", "id:a", "fot:about", "id:b"),
        ("stated", "id:a", "fot:theme", "id:b"),
    )
    assert steps(graph, "id:a", "id:b") == [2]


def test_no_way_is_none_and_no_step_is_empty() -> None:
    graph = small(("stated", "id:a", "fot:about", "id:b"), ("stated", "id:c", "fot:about", "id:d"))
    assert steps(graph, "id:a", "id:c") is None
    assert steps(graph, "id:a", "id:elsewhere") is None
    assert steps(graph, "id:a", "id:a") == []


def test_a_way_does_not_lead_through_texts_or_layers(graph: Graph) -> None:
    found = facts.path(graph, node("id:serv"), node("id:vdab"))
    assert found
    assert all(isinstance(end, NamedNode) for fact in found for end in (fact.subject, fact.object))
    assert not any(fact.relation == node("rdf:type") for fact in found)


def test_each_step_begins_where_the_last_one_ended(graph: Graph) -> None:
    here = node("id:serv")
    for fact in facts.path(graph, here, node("id:vdab")) or []:
        assert here in (fact.subject, fact.object)
        here = fact.object if fact.subject == here else fact.subject  # type: ignore[assignment]
    assert here == node("id:vdab")
