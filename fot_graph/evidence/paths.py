"""The derivations of a property path of any length: which claims lead from its start to its end."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from fot_graph.evidence.derivations import Derivation, smallest_first, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fot_graph.core.terms import Term

    Steps = Callable[[Sequence[Term]], Iterable[tuple[Term, Term, Derivation]]]


class PathDerivations:
    """The steps of a path, each with a derivation of it, as far as they were looked for; kept for the next start.

    `steps` gives the steps from some terms, with start and end; `once` follows one step only (path?); when more than
    `most` terms are reached the search ends with the end of the path. After some time (`cut`) only one way is looked
    for between two terms.
    """

    def __init__(self, steps: Steps, *, once: bool, most: int) -> None:
        self.steps, self.once, self.most = steps, once, most
        self.edges: dict[Term, list[tuple[Term, Derivation]]] = {}
        self.explored: set[Term] = set()  # terms from which all steps onwards are known
        self.looked = 0  # at so many steps of ways

    def smallest(self, start: Term, end: Term, most: int) -> list[Derivation]:
        """Give the smallest sets of claims over which one gets from start to end, no more than `most`.

        After each way found, one without each of its claims is looked for, so that none is missed (Reiter, A theory of
        diagnosis from first principles, 1987: the hitting set tree).
        """
        self._explore(start, end)
        found: list[Derivation] = []
        refused: list[frozenset[str]] = [frozenset()]
        for without in refused:
            enough = len(found) > most or (found and self.cut)
            alternative = None if enough else self._way(start, end, without=without)
            if alternative is not None:
                alternative = self._reduced(alternative, start, end)
                found.append(alternative)
                refused += [more for claim in sorted(alternative.claims) if (more := without | {claim}) not in refused]
        return smallest_first(found, most)

    @property
    def cut(self) -> bool:
        """Whether there may be more ways than were looked for."""
        return self.looked > _EACH * self.most

    def _explore(self, start: Term, end: Term) -> None:
        """Look for the steps from the start onwards, breadth first."""
        met, reached = {start}, [] if start in self.explored else [start]
        while reached:
            new = [node for node in reached if node not in self.edges]
            self.edges |= {node: [] for node in new}
            for (node, other), alternatives in _by_ends(self.steps(new) if new else ()).items():
                self.edges[node] += [(other, alternative) for alternative in smallest_first(alternatives, self.most)]
            onward = {other for node in reached for other, _ in self.edges[node]} - met
            met |= onward
            enough = self.once or (end in onward and len(met) > self.most)
            if not onward:
                self.explored.add(start)
            reached = [] if enough else sorted(onward, key=str)

    def _way(
        self,
        start: Term,
        end: Term,
        *,
        without: frozenset[str] = frozenset(),
        among: frozenset[str] | None = None,
    ) -> Derivation | None:
        """Find a way of few claims, of one step at least (Dijkstra's algorithm, the claims being the cost).

        `without` some claims, or `among` some.
        """
        waiting: list[tuple[int, int, int, Term, frozenset[str], _Link]] = [(0, 0, 0, start, frozenset(), ())]
        best: dict[Term, tuple[int, int]] = {}
        done: set[Term] = set()
        while waiting:
            _, far, _, node, so_far, link = heappop(waiting)
            if node == end and far:
                return together(_steps(link))
            if node in done or (self.once and far):
                continue
            if far or start != end:  # a circle comes back to its start
                done.add(node)
            for other, derivation in self.edges.get(node, ()):
                claims = derivation.claims
                leads_nowhere = other != end and not self.edges.get(other)
                if leads_nowhere or other in done or claims & without or not (among is None or claims <= among):
                    continue
                whole = so_far | claims
                cost = (len(whole), far + 1)
                if other not in best or cost < best[other]:
                    best[other], self.looked = cost, self.looked + 1
                    heappush(waiting, (*cost, self.looked, other, whole, (link, derivation)))
        return None

    def _reduced(self, alternative: Derivation, start: Term, end: Term) -> Derivation:
        """Leave out each claim without which the others suffice."""
        for claim in sorted(alternative.claims):
            alternative = self._way(start, end, among=alternative.claims - {claim}) or alternative
        return alternative


_EACH = 100  # steps that are looked at in all, for each term that is reached at most
_Link = tuple[()] | tuple["_Link", Derivation]  # the steps of a way, the last one outermost


def _steps(link: _Link) -> Iterator[Derivation]:
    while link:
        link, derivation = link
        yield derivation


def _by_ends(steps: Iterable[tuple[Term, Term, Derivation]]) -> dict[tuple[Term, Term], list[Derivation]]:
    found = defaultdict(list)
    for start, end, derivation in steps:
        found[start, end].append(derivation)
    return found
