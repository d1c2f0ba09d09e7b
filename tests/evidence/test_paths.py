"""The derivations of a path, where there are very many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from fot_graph.evidence.derivations import Derivation
from fot_graph.evidence.paths import PathDerivations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.core.terms import Term

LENGTH = 12


def steps(nodes: Sequence[Term]) -> Iterator[tuple[Term, Term, Derivation]]:
    """Lead from each node to the next by either of two claims."""
    for node in nodes:
        number = int(str(node)[len("<urn:node:") : -1])
        if number < LENGTH:
            for side in "ab":
                yield node, named(number + 1), Derivation(frozenset({f"{number}{side}"}))


def named(number: int) -> NamedNode:
    return NamedNode(f"urn:node:{number}")


def test_all_ways_are_found_where_they_are_few() -> None:
    alternatives = PathDerivations(steps, once=False, most=1_000)
    assert len(alternatives.smallest(named(LENGTH - 3), named(LENGTH), 1_000)) == 2**3
    assert not alternatives.cut


def test_after_some_time_one_way_is_enough() -> None:
    alternatives = PathDerivations(steps, once=False, most=1)
    assert len(alternatives.smallest(named(0), named(LENGTH), 10_000)) < 2**8
    assert alternatives.cut
    [alternative] = alternatives.smallest(named(0), named(LENGTH - 1), 10_000)
    assert len(alternative.claims) == LENGTH - 1
