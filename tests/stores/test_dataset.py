"""The face of a store for rdflib: its queries are admitted as all others are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from fot_graph.api import load
from fot_graph.core.errors import QueryRefusedError

if TYPE_CHECKING:
    from fot_graph.api import Graph

REACHING_OUT = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }",
]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.mark.parametrize("query", REACHING_OUT)
@pytest.mark.parametrize("bound", [{}, {"s": rdflib.URIRef("urn:s")}])
def test_a_query_reaches_nothing_outside(graph: Graph, query: str, bound: dict[str, rdflib.URIRef]) -> None:
    for asked in (query, prepareQuery(query)):
        for face in (graph.dataset, graph.dataset.graph(rdflib.URIRef("urn:g"))):
            with pytest.raises(QueryRefusedError):
                list(face.query(asked, initBindings=bound))


def test_a_prepared_query_is_answered(graph: Graph) -> None:
    query = "SELECT ?theme { ?theme a fot:Theme }"
    prepared = prepareQuery(query, initNs={"fot": graph.namespaces.prefixes["fot"]})
    assert len(list(graph.dataset.query(prepared))) == len(list(graph.dataset.query(query))) == len(graph.query(query))
