"""What a solution of a pattern rests on: its triples, its paths, what its expressions find, its sub-queries' rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fot_graph.evidence.conditions import as_if, derivations_of_value
from fot_graph.evidence.derivations import ABSENT, ALL, NOTHING, Derivation
from fot_graph.evidence.lookup import spelled, values, within
from fot_graph.evidence.paths import PathDerivations
from fot_graph.evidence.tracing import (
    Absent,
    Check,
    Edge,
    Inner,
    Named,
    Repeat,
    TracedPattern,
    Unmatched,
    step,
    trace_pattern,
)
from fot_graph.sparql import tree
from fot_graph.sparql.pruning import opened, pruned
from fot_graph.sparql.variables import mentioned
from fot_graph.stores.rows import chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.evidence.derivations import Search
    from fot_graph.evidence.lookup import Solution, Spelled, StoreLookup, Values
    from fot_graph.evidence.tracing import Part
    from fot_graph.sparql.tree import Exists, Group

    OfRows = Callable[[Inner, Sequence[Values], Term | None], list[list[Derivation]]]


class SolutionDerivations:
    """Finds what solutions of patterns rest on, in one store.

    `fresh` gives variables that the query does not use; `of_rows` finds what rows of a sub-query rest on.
    """

    def __init__(self, lookup: StoreLookup, search: Search, fresh: Iterator[str], of_rows: OfRows) -> None:
        self.lookup, self.search, self.fresh, self.of_rows = lookup, search, fresh, of_rows
        self._exists: dict[tuple[Exists, tuple[tuple[str, Term], ...], Term | None], list[Derivation]] = {}
        self._paths: dict[tuple[Repeat, Term | None], PathDerivations] = {}

    def of_solutions(
        self, pattern: TracedPattern, solutions: Sequence[Solution], graph: Term | None
    ) -> list[list[Derivation]]:
        """Give the derivations of each solution: of all its parts together."""
        needs: list[list[list[Derivation]]] = [[] for _ in solutions]
        self.lookup.locate(self._triples(pattern, solutions))
        for mark, part in pattern.parts:
            places = [place for place, solution in enumerate(solutions) if not mark or mark in solution]
            found = self._of_part(part, [solutions[place] for place in places], graph)
            for place, derivations in zip(places, found, strict=True):
                needs[place].append(derivations)
        return [self.search.product(need) for need in needs]

    def of_exists(self, exists: Exists, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which the pattern of an EXISTS has a solution that agrees with a solution of the whole."""
        bound = tuple(sorted(_only(solution, mentioned(exists.group)).items()))
        if (exists, bound, graph) not in self._exists:
            self._exists[exists, bound, graph] = self._agreeing(exists.group, dict(bound), graph)
        return self._exists[exists, bound, graph]

    # The parts of a solution

    def _triples(self, pattern: TracedPattern, solutions: Sequence[Solution]) -> Iterator[Spelled]:
        """Give the triples of solutions."""
        edges = [(mark, part) for mark, part in pattern.parts if isinstance(part, Edge)]
        for solution in solutions:
            found = (self._triple(edge, solution) for mark, edge in edges if not mark or mark in solution)
            yield from (triple for triple in found if triple)

    def _triple(self, edge: Edge, solution: Solution) -> Spelled | None:
        """Give a triple of a solution; None where a variable of an OPTIONAL or a UNION is unbound."""
        terms = [self.lookup.term(text, solution) for text in (edge.subject, edge.predicate, edge.object)]
        return None if None in terms else spelled(*terms)

    def _of_part(self, part: Part, solutions: Sequence[Solution], graph: Term | None) -> list[list[Derivation]]:
        """Give, for each solution, the ways in which a part of the pattern holds: none where that is not known."""
        if isinstance(part, Absent):
            return [[ABSENT]] * len(solutions)
        if isinstance(part, Unmatched):
            return [[_of_optional(part, solution)] for solution in solutions]
        name = part.graph
        graphs = [self.lookup.term(name, solution) if name else graph for solution in solutions]
        if isinstance(part, Inner):
            return self._of_inner(part, solutions, graphs)
        return [self._of_one(part, solution, at) for solution, at in zip(solutions, graphs, strict=True)]

    def _of_one(self, part: Edge | Named | Repeat | Check, solution: Solution, graph: Term | None) -> list[Derivation]:
        match part:
            case Edge():
                triple = self._triple(part, solution)
                return self.lookup.of_triple(triple, graph) if triple else [NOTHING]
            case Named():
                return self.lookup.of_graph(graph)
            case Repeat():
                return self._of_path(part, solution, graph)
            case Check():
                return self._of_check(part, solution, graph)

    def _of_inner(
        self, part: Inner, solutions: Sequence[Solution], graphs: Sequence[Term | None]
    ) -> list[list[Derivation]]:
        """Give the derivations of the rows of a sub-query."""
        found: list[list[Derivation]] = [[] for _ in solutions]
        for graph in dict.fromkeys(graphs):
            places = [place for place, other in enumerate(graphs) if other == graph]
            rows = [tuple(solutions[place].get(copy) for copy in part.row) for place in places]
            for place, derivations in zip(places, self.of_rows(part, rows, graph), strict=True):
                found[place] = derivations
        return found

    # Expressions with EXISTS

    def _of_check(self, check: Check, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which an expression gets the value that it has, by what exists and what does not."""
        seen = _only(solution, check.scope)
        found = [self.of_exists(exists, seen, graph) for exists in check.exists]
        return derivations_of_value(
            check, found, partial(self._value, check, solution), self.search.limits.alternatives
        )

    def _value(self, check: Check, solution: Solution, there: Collection[int]) -> Term | None:
        """Compute an expression as if only some of its patterns had a solution."""
        expression = as_if(check, there)
        return self.lookup.compute(expression, _only(solution, mentioned(expression)))

    def _agreeing(self, group: Group, bound: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways in which a pattern has a solution that agrees with some values."""
        pattern = trace_pattern(pruned(opened(group, self.fresh, distinct=True), ()), self.fresh, given=bound)
        own = {bind.variable for bind in tree.binds(group)}  # the pattern gives these a value itself
        given = sorted(bound.keys() - own)
        first = values(given, [tuple(bound[name] for name in given)])
        found: list[Solution] = []
        for one in self.lookup.select(f"{first} {within(graph, pattern.text)}"):
            if all(one.get(name, bound[name]) == bound[name] for name in own & bound.keys()):
                found.append(one)
            if len(found) == self.search.limits.alternatives:
                self.search.more = self.search.more or self.search.limits == ALL
                break
        of_each = self.of_solutions(pattern, found, graph)
        return self.search.smallest(derivation for derivations in of_each for derivation in derivations)

    # Paths of any length

    def _of_path(self, repeat: Repeat, solution: Solution, graph: Term | None) -> list[Derivation]:
        """Give the ways from the start of a path to its end."""
        start, end = self.lookup.term(repeat.subject, solution), self.lookup.term(repeat.object, solution)
        if start is None or end is None:
            return [NOTHING]
        most = self.search.limits.alternatives
        if repeat.path.sign in "*?" and start == end:  # no step: the term need only stand in the data
            mentions = self.lookup.of_mention(start, graph, most)
            return self.search.smallest(one for derivations in mentions for one in derivations) or [NOTHING]
        if (repeat, graph) not in self._paths:
            steps = partial(self._steps, step(repeat.path.path, self.fresh), graph)
            once = repeat.path.sign == "?"
            self._paths[repeat, graph] = PathDerivations(steps, once=once, most=self.search.limits.solutions)
        path = self._paths[repeat, graph]
        found = path.smallest(start, end, most)
        self.search.more = self.search.more or path.cut
        return found

    def _steps(
        self, pattern: TracedPattern, graph: Term | None, nodes: Sequence[Term]
    ) -> Iterator[tuple[Term, Term, Derivation]]:
        """Give the steps of a path from some nodes."""
        for chunk in chunks(nodes):
            first = values(["?from"], [(node,) for node in chunk])
            solutions = list(self.lookup.select(f"{first} {within(graph, pattern.text)}"))
            for solution, derivations in zip(solutions, self.of_solutions(pattern, solutions, graph), strict=True):
                if solution["?from"] in chunk:
                    yield from ((solution["?from"], solution["?to"], derivation) for derivation in derivations)


def _of_optional(part: Unmatched, solution: Solution) -> Derivation:
    """Tell the absence of what an OPTIONAL did not find, unless all that it could have bound had a value before."""
    had_values = part.before and all(copy in solution for copy in part.before)
    return NOTHING if part.mark in solution or had_values else ABSENT


def _only(solution: Mapping[str, Term], names: Collection[str]) -> Solution:
    """Give the values of some variables."""
    return {name: term for name, term in solution.items() if name in names}
