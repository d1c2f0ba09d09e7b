"""Derivations: sets of claims that yield something together, and of which none can be left out.

They are the minimal witnesses of why-provenance (Cheney, Chiticariu and Tan, Provenance in Databases, 2009, section 2),
with claims in place of tuples.
"""

from __future__ import annotations

from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence


class Derivation(NamedTuple):
    """Claims that together yield something, the layers that take part, and whether it rests on an absence as well."""

    claims: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    absent: bool = False


class Limits(NamedTuple):
    """How many derivations are looked for: those of the smallest, or all.

    At most `derivations` are pursued for a solution at a time, and `alternatives` for a row or for one part of the
    pattern; `solutions` are read for the rows of an answer together, beyond the first of each; `counted` where an
    aggregate rests on all.
    """

    derivations: int
    alternatives: int
    solutions: int
    counted: int


SMALLEST = Limits(derivations=16, alternatives=1_000, solutions=1_000, counted=4_000)
ALL = Limits(derivations=4_096, alternatives=4_096, solutions=20_000, counted=80_000)


class Search:
    """A search for derivations within limits; `more` tells that there may be others than those it found."""

    def __init__(self, limits: Limits) -> None:
        """Take the limits, SMALLEST or ALL."""
        self.limits, self.more = limits, False

    def smallest(self, found: Iterable[Derivation]) -> list[Derivation]:
        """Keep the smallest ways in which a row, or a part of a pattern, holds."""
        kept = smallest_first(found, self.limits.alternatives)
        self.more = self.more or len(kept) == ALL.alternatives
        return kept

    def product(self, needs: Iterable[Sequence[Derivation]]) -> list[Derivation]:
        """Combine one derivation of each part that is needed: in every choice, or in those of the smallest result."""
        found = product(needs, self.limits.derivations)
        self.more = self.more or len(found) == ALL.derivations
        return found


_ROOM = 4  # times as many as are kept are looked at
NOTHING, ABSENT = Derivation(), Derivation(absent=True)


def smallest_first(found: Iterable[Derivation], most: int) -> list[Derivation]:
    """Keep the derivations of which no claim can be left out, the smallest first, no more than `most`.

    >>> one, both = Derivation(frozenset({"a"})), Derivation(frozenset({"a", "b"}))
    >>> smallest_first([both, one], 8) == [one]
    True
    """
    kept: list[Derivation] = []
    for _, of_size in groupby(sorted(set(found), key=_size), key=lambda one: len(one.claims)):
        smaller, same = list(kept), set[frozenset[str]]()
        for one in of_size:
            if len(kept) == most:
                return kept
            if one.claims not in same and not any(_within(other, one) for other in smaller):
                same.add(one.claims)
                kept.append(one)
    return kept


def together(parts: Iterable[Derivation]) -> Derivation:
    """Give one derivation with all claims and layers of several; it rests on an absence if any of them does."""
    return reduce(_both, parts, NOTHING)


def product(needs: Iterable[Sequence[Derivation]], most: int) -> list[Derivation]:
    """Combine one derivation of each part that is needed, in every choice; give at most `most` results, smallest first.

    >>> a, b = Derivation(frozenset({"a"})), Derivation(frozenset({"b"}))
    >>> product([[a, b], [b]], 8) == [b]
    True
    """
    found = [NOTHING]
    for alternatives in sorted(needs, key=len):
        if not alternatives:
            return []  # it is not known how this part holds, so neither is it of the whole
        room = max(1, _ROOM * most // len(found))
        found = smallest_first((whole for one in found for whole in _with_one_of(one, alternatives, room)), most)
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


def _with_one_of(one: Derivation, alternatives: Sequence[Derivation], room: int) -> Iterator[Derivation]:
    """Add one of the alternatives to a derivation; if it holds one already, any other would only make it larger."""
    free = next((alternative for alternative in alternatives if _within(alternative, one)), None)
    yield from (_both(one, alternative) for alternative in ([free] if free else alternatives[:room]))


def _within(one: Derivation, other: Derivation) -> bool:
    return one.claims <= other.claims and one.absent <= other.absent


def _both(one: Derivation, other: Derivation) -> Derivation:
    return Derivation(one.claims | other.claims, one.context | other.context, one.absent or other.absent)
