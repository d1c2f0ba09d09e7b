"""What the value of an expression with EXISTS in it rests on: on what exists, and on what does not."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from fot_graph.evidence.derivations import ABSENT, Derivation, product
from fot_graph.sparql.tree import Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.tracing import Check

    Value = Callable[[Collection[int]], Term | None]


def derivations_of_value(check: Check, found: Sequence[list[Derivation]], value: Value, most: int) -> list[Derivation]:
    """Give the ways in which an expression gets the value that it has.

    `found` are the derivations of each EXISTS in it (none: it has no solution). `value` computes the expression as if
    only some of them, by their places, had a solution. At most `most` ways are given for one choice of them.
    """
    if not check.variable and Filter(check.expression, check.exists).is_existence:
        return [ABSENT] if check.exists[0].negated else found[0]
    there = [place for place, derivations in enumerate(found) if derivations]
    missing = [place for place, derivations in enumerate(found) if not derivations]
    now = value(there)
    absent = any(value([*there, *more]) != now for more in _subsets(missing) if more)
    ways = [
        one for chosen in _sufficient(there, found, value) for one in product([found[place] for place in chosen], most)
    ]
    return [derivation._replace(absent=derivation.absent or absent) for derivation in ways]


def _sufficient(there: Sequence[int], found: Sequence[list[Derivation]], value: Value) -> list[frozenset[int]]:
    """Give the smallest choices of what exists that give the value, whatever of the rest exists besides."""
    always = [place for place in there if any(not one.claims for one in found[place])]  # by the layers alone
    others = [place for place in there if place not in always]
    choices = [frozenset({*always, *more}) for more in _subsets(others)]
    now = value(there)
    giving = {chosen for chosen in choices if value(chosen) == now}
    enough: list[frozenset[int]] = []
    for chosen in choices:
        stays = all(larger in giving for larger in choices if chosen <= larger)
        if stays and not any(smaller <= chosen for smaller in enough):
            enough.append(chosen)
    return enough


def as_if(check: Check, there: Collection[int]) -> str:
    """Write the expression with true or false for each EXISTS, as if only those at some places had a solution."""
    rest, written = check.expression, ""
    for place, exists in enumerate(check.exists):
        before, rest = rest.split(exists.text, 1)
        written += f"{before} {str((place in there) != exists.negated).lower()} "
    return f"({written}{rest})" if check.variable else f"IF(({written}{rest}), true, false)"


_COMBINED = 6  # EXISTS in one expression of which all combinations are tried


def _subsets(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Give all subsets, the smallest first; of very many places the whole alone."""
    sizes = range(len(places) + 1) if len(places) <= _COMBINED else (len(places),)
    return (some for size in sizes for some in combinations(places, size))
