"""Rows asked of a store, about many things with few queries."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from fot_graph.stores.rows import NamedRow, select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THINGS = [f"urn:{number}" for number in range(450)]


class Counting:
    """A store that counts the queries that it gets."""

    def __init__(self) -> None:
        self.store, self.queries = Store(), 0
        self.store.extend(Quad(NamedNode(iri), NamedNode("urn:n"), Literal(iri)) for iri in THINGS)

    def query(self, query: str, *, prefixes: dict[str, str]) -> object:
        self.queries += 1
        return self.store.query(query, prefixes=prefixes)

    def quads_for_pattern(self, *pattern: object) -> Iterator[Quad]:
        raise NotImplementedError

    def contains_named_graph(self, graph: NamedNode, /) -> bool:
        raise NotImplementedError


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda row: pickle.loads(pickle.dumps(row))])
def test_a_row_is_copied_with_its_names(copied: Callable[[NamedRow], NamedRow]) -> None:
    row = NamedRow((Literal("x"), None), ("a", "b"))
    assert (copied(row), copied(row)["a"], copied(row).variables) == (row, Literal("x"), ("a", "b"))


@pytest.mark.parametrize("about", [THINGS, [*THINGS, *THINGS], map(NamedNode, THINGS)], ids=["iris", "twice", "terms"])
def test_many_things_cost_few_queries(about: list[str]) -> None:
    store = Counting()
    found = select(store, "SELECT ?x ?n { VALUES ?x { {about} } ?x <urn:n> ?n }", about)
    assert [row["n"].value for row in found] == THINGS
    assert store.queries == 3


def test_about_nothing_nothing_is_asked() -> None:
    store = Counting()
    assert list(select(store, "SELECT ?x ?n { VALUES ?x { {about} } ?x <urn:n> ?n }")) == []
    assert store.queries == 0


def test_a_query_about_no_things_is_asked_once() -> None:
    store = Counting()
    assert len(list(select(store, "SELECT ?x { ?x <urn:n> ?n }"))) == len(THINGS)
    assert store.queries == 1


def test_it_asks_about_triples_too() -> None:
    known = Triple(NamedNode("urn:1"), NamedNode("urn:n"), Literal("urn:1"))
    other = Triple(NamedNode("urn:1"), NamedNode("urn:n"), Literal("x"))
    (row,) = select(Counting(), "SELECT * { VALUES (?s ?p ?o) { {about} } ?s ?p ?o }", [known, other])
    assert Triple(row["s"], row["p"], row["o"]) == known


def test_what_is_no_iri_is_not_sent() -> None:
    with pytest.raises(ValueError, match="IRI"):
        list(select(Counting(), "SELECT ?x { VALUES ?x { {about} } }", ["urn:a> } #"]))
