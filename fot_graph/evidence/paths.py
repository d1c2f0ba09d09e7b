"""Ways over the steps of a property path of any length: which claims lead from its start to its end."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from fot_graph.evidence.derivations import NOTHING, Derivation, smallest_first, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fot_graph.core.terms import Term

    Steps = Callable[[Sequence[Term]], Iterable[tuple[Term, Term, Derivation]]]


class Ways:
    """The steps of a path, each with a derivation of it, as far as they were looked for; kept for the next start.

    `steps` gives the steps from some terms, with start and end; `once` follows one step only (path?); when more than
    `most` terms are reached the search ends with the end of the path.
    """

    def __init__(self, steps: Steps, *, once: bool, most: int) -> None:
        self.steps, self.once, self.most = steps, once, most
        self.edges: dict[Term, list[tuple[Term, Derivation]]] = {}

    def smallest(self, start: Term, end: Term, most: int) -> list[Derivation]:
        """Give the smallest sets of claims over which one gets from start to end, no more than `most`.

        After each way found, one without each of its claims is looked for, so that none is missed (Reiter, A theory of
        diagnosis from first principles, 1987: the hitting set tree).
        """
        self._explore(start, end)
        found: list[Derivation] = []
        refused: list[frozenset[str]] = [frozenset()]
        for without in refused:
            way = self._way(start, end, without=without) if len(found) <= most else None
            if way is not None:
                way = self._reduced(way, start, end)
                found.append(way)
                refused += [more for claim in sorted(way.claims) if (more := without | {claim}) not in refused]
        return smallest_first(found, most)

    def _explore(self, start: Term, end: Term) -> None:
        """Look for the steps from the start onwards, breadth first."""
        met, reached = {start}, [start]
        while reached:
            new = [node for node in reached if node not in self.edges]
            self.edges |= {node: [] for node in new}
            for node, other, derivation in self.steps(new) if new else ():
                self.edges[node].append((other, derivation))
            onward = {other for node in reached for other, _ in self.edges[node]} - met
            met |= onward
            enough = self.once or (end in onward and len(met) > self.most)
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
        waiting: list[tuple[int, int, int, Term, Derivation]] = [(0, 0, 0, start, NOTHING)]
        done: set[Term] = set()
        number = 0
        while waiting:
            _, far, _, node, so_far = heappop(waiting)
            if node == end and far:
                return so_far
            if node in done or (self.once and far):
                continue
            if far or start != end:  # a circle comes back to its start
                done.add(node)
            for other, derivation in self.edges.get(node, ()):
                claims = derivation.claims
                if other not in done and not claims & without and (among is None or claims <= among):
                    whole, number = together((so_far, derivation)), number + 1
                    heappush(waiting, (len(whole.claims), far + 1, number, other, whole))
        return None

    def _reduced(self, way: Derivation, start: Term, end: Term) -> Derivation:
        """Leave out each claim without which the others suffice."""
        for claim in sorted(way.claims):
            way = self._way(start, end, among=way.claims - {claim}) or way
        return way
