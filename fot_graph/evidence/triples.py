"""What the triples of CONSTRUCT and DESCRIBE rest on: on the rows behind them, and on what says them in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from fot_graph.evidence.derivations import NOTHING
from fot_graph.evidence.lookup import spelled
from fot_graph.sparql.tree import Step
from fot_graph.sparql.variables import columns, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pyoxigraph import Triple

    from fot_graph.core.terms import Term
    from fot_graph.evidence.derivations import Derivation
    from fot_graph.evidence.lookup import Solution, Spelled, StoreLookup, Values
    from fot_graph.evidence.rows import RowDerivations
    from fot_graph.sparql.tree import Query


class TripleDerivations:
    """Finds what the triples that a query makes rest on."""

    def __init__(self, rows: RowDerivations) -> None:
        """Take what finds the derivations of the rows of the query."""
        self.rows, self.query, self.lookup = rows, rows.query, rows.lookup

    def of_answer(self, triples: Sequence[Triple]) -> list[list[Derivation]]:
        """Give the derivations of the triples of CONSTRUCT, by its template, or of DESCRIBE."""
        if self.query.form == "describe":
            return self._of_description(triples)
        found: list[list[Derivation]] = [[] for _ in triples]
        for part in self.query.template:
            assert isinstance(part.path, Step)
            self._add_instances((part.subject, part.path.predicate, part.object), triples, found)
        return [self.rows.search.smallest(each) for each in found]

    def _of_description(self, triples: Sequence[Triple]) -> list[list[Derivation]]:
        """Give the derivations of the triples of DESCRIBE: what chose the thing, and what says the triple."""
        found: list[list[Derivation]] = [[] for _ in triples]
        for name in columns(self.query) if self.query.named == ("*",) else self.query.named:
            self._add_instances((name, "", ""), triples, found)
        for triple, derivations in zip(triples, found, strict=True):
            if isinstance(triple.subject, BlankNode):  # it is described with what it belongs to
                derivations.append(NOTHING)
        written = [spelled(triple.subject, triple.predicate, triple.object) for triple in triples]
        self.lookup.locate(written)
        own = [self.lookup.of_triple(triple) for triple in written]
        return [self.rows.search.product([chose, says]) for chose, says in zip(found, own, strict=True)]

    def _add_instances(self, template: Spelled, triples: Sequence[Triple], found: list[list[Derivation]]) -> None:
        """Add what derives the triples that a part of the template may have given."""
        bound = bound_in_template(self.query)
        names = sorted({name for name in template if name in bound})
        rows: dict[Values, list[int]] = {}
        for place, triple in enumerate(triples):
            solution = matched(template, triple, bound, self.lookup)
            if solution is not None:
                rows.setdefault(tuple(solution[name] for name in names), []).append(place)
        for places, derivations in zip(rows.values(), self.rows.of_rows(self.query, names, list(rows)), strict=True):
            for place in places:
                found[place] += derivations


def bound_in_template(query: Query) -> set[str]:
    """Give the variables that may have a value in the template; the others stand for blank nodes that it makes."""
    return visible(query.where) | {column.variable for column in query.keys}


def matched(
    template: Spelled, triple: Triple | Sequence[Term | None], bound: Collection[str], lookup: StoreLookup
) -> Solution | None:
    """Give the values that a part of the template has in a triple; None if it did not give the triple.

    `bound` are the variables that may have a value in the query.
    """
    solution: Solution = {}
    for text, term in zip(template, triple, strict=True):
        if text in bound:
            if solution.setdefault(text, term) != term:
                return None
        elif text[:1] == "?":
            if not isinstance(term, BlankNode):
                return None
        elif text and not lookup.means(text, term):
            return None
    return solution
