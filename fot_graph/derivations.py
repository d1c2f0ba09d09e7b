"""Derivations: sets of claims that yield something together, and of which none can be left out.

They are the minimal witnesses of why-provenance (Cheney, Chiticariu and Tan, Provenance in Databases, 2009, section 2),
with claims in place of tuples.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence


class Derivation(NamedTuple):
    """Claims that together yield something, the layers that take part, and whether it rests on an absence as well."""

    claims: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    absent: bool = False


NOTHING, ABSENT = Derivation(), Derivation(absent=True)


def smallest_first(found: Iterable[Derivation], most: int) -> list[Derivation]:
    """Keep the derivations of which no claim can be left out, the smallest first, no more than `most`.

    >>> one, both = Derivation(frozenset({"a"})), Derivation(frozenset({"a", "b"}))
    >>> smallest_first([both, one], 8) == [one]
    True
    """
    kept: list[Derivation] = []
    for one in sorted(set(found), key=_size):
        if len(kept) == most:
            break
        if not any(other.claims <= one.claims and other.absent <= one.absent for other in kept):
            kept.append(one)
    return kept


def together(parts: Iterable[Derivation]) -> Derivation:
    """Put together what is needed together, each in one way."""
    return reduce(_both, parts, NOTHING)


def product(needs: Iterable[Sequence[Derivation]], most: int) -> list[Derivation]:
    """Put together what is needed together, each in any of its ways; give the smallest of these, no more than `most`.

    >>> a, b = Derivation(frozenset({"a"})), Derivation(frozenset({"b"}))
    >>> product([[a, b], [b]], 8) == [b]
    True
    """
    found = [NOTHING]
    for ways in needs:
        found = smallest_first((_both(one, way) for one in found for way in ways), most)
    return found


def shared_out(rows: Sequence[Hashable], found: list[list[Derivation]]) -> list[list[Derivation]]:
    """Give the second of two identical rows its second derivation first, and so on."""
    met: dict[Hashable, int] = {}
    for place, row in enumerate(rows):
        turn = met[row] = met.get(row, -1) + 1
        if found[place] and turn:
            turn %= len(found[place])
            found[place] = found[place][turn:] + found[place][:turn]
    return found


def _size(one: Derivation) -> tuple[int, bool, list[str], list[str]]:
    return len(one.claims), one.absent, sorted(one.claims), sorted(one.context)


def _both(one: Derivation, other: Derivation) -> Derivation:
    return Derivation(one.claims | other.claims, one.context | other.context, one.absent or other.absent)
