"""Trials: one query asked of some parts of the graph, to see whether a row comes from them.

Where no claims are known that yield a row, a trial leaves claims out of the whole graph as long as the row comes back
(Zeller and Hildebrandt, Simplifying and isolating failure-inducing input, 2002). It needs no knowledge of SPARQL, so it
holds for every query that has the same answer when it is asked again.
"""

from __future__ import annotations

import re
from time import thread_time
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from fot_graph.core.namespaces import prefixes_used_in
from fot_graph.core.terms import node
from fot_graph.evidence.lookup import StoreLookup
from fot_graph.evidence.triples import bound_in_template, matched
from fot_graph.sparql.traits import counting, is_monotone, volatile
from fot_graph.sparql.tree import Select, Step
from fot_graph.sparql.variables import safe
from fot_graph.stores.parts import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import QueryTriples

    from fot_graph.core.terms import Term
    from fot_graph.sparql.tree import Query
    from fot_graph.stores.parts import Parts

    Terms = Sequence[Term | None]
    Row = tuple[Term | str | None, ...]

SECONDS = 10.0  # of the processor for the searches of one answer


class Trial:
    """One query, asked of some parts of a graph. Which rows LIMIT and OFFSET of the whole query choose does not matter.

    `monotone` tells that more facts never take a row away.
    """

    def __init__(self, parts: Parts, query: Query, names: Sequence[str]) -> None:
        """Take a query and the variables (with '?') of its rows; none for a graph or a truth."""
        self.parts, self.monotone = parts, is_monotone(query)
        self._text = query.prologue + query.unsliced
        self._prefixes = prefixes_used_in(self._text)
        changing = volatile(query)
        if "any" in changing.values() and self._samples_alike():
            changing = {name: kind for name, kind in changing.items() if kind != "any"}
        self._kinds = [changing.get(name, "") for name in names]
        self._changing = changing if query.template else {}
        self._template = [
            (part.subject, str(part.path.predicate), part.object)
            for part in query.template
            if isinstance(part.path, Step)
        ]
        self._bound, self._lookup = bound_in_template(query), StoreLookup(Store(), query)
        computed = {column.variable for column in query.columns if column.expression}
        keys = {column.variable for column in query.keys if not column.expression} if query.grouped else set(names)
        is_open = query.form == "select" and not isinstance(next(iter(query.where.elements), None), Select)
        certain = (safe(query.where) & keys) - computed if is_open else set()
        self._fixed = [(place, name) for place, name in enumerate(names) if name in certain]
        self._opening = len(query.prologue) + query.opening
        self._counting = counting(query) if query.grouped else ""
        self._shown = len(query.columns)  # of the columns of a count, those of the row
        self._counted: dict[frozenset[str], list[tuple[Term | None, ...]]] = {}  # of the last ones that were asked for
        self._known: dict[tuple[frozenset[str], str], frozenset[Row]] = {}
        self._until = thread_time() + SECONDS

    def _samples_alike(self) -> bool:
        """Tell whether SAMPLE has but one value to choose in the whole graph, which is then that of the row."""
        store = self.parts.together(self.parts.all)
        found = []
        for function in ("SAMPLE", "MIN", "MAX"):
            result = store.query(_SAMPLE.sub(f"{function}(", self._text), prefixes=self._prefixes)
            found.append(sorted(map(str, result)) if isinstance(result, QuerySolutions) else [])
        return bool(found[0]) and found[0] == found[1] == found[2]

    def row(self, terms: Terms) -> Row:
        """Write a row, or a triple, so that it compares: blank nodes have no lasting name, random numbers no value."""
        kinds = self._kinds_of_triple(terms) if self._changing else self._kinds
        if not any(kinds):
            return tuple("any" if isinstance(term, BlankNode) else term for term in terms)
        return tuple(_comparable(term, kind) for term, kind in zip(terms, kinds, strict=True))

    def _kinds_of_triple(self, triple: Terms) -> list[str]:
        """Give in which places of a triple the term differs when the query is asked again, by what may have made it."""
        makers = [part for part in self._template if matched(part, triple, self._bound, self._lookup) is not None]
        kinds = [
            [self._changing[part[place]] for part in makers if part[place] in self._changing] for place in range(3)
        ]
        return [min(found, default="") for found in kinds]

    @property
    def is_late(self) -> bool:
        """Whether the time for the searches is over."""
        return thread_time() > self._until

    def yields(self, row: Row, claims: frozenset[str], layers: frozenset[str] = LAYERS) -> bool:
        """Tell whether some claims and layers yield a row."""
        parts = (claims | layers) & self.parts.all
        many = len(self._rows(LAYERS)) > _MANY
        return row in self._rows(parts, self._given(row) if many else "")

    def stays(self, row: Row, claims: frozenset[str], pieces: int = 2, without: str = "") -> bool:
        """Tell whether claims that yield a row still do together with others: each of so many pieces of the graph.

        `without` is a claim that is in no piece. Where a row has a cell without value, more claims may give it one.
        """
        others = sorted(self.parts.claims - {without})
        more = (claims.union(others[first::pieces]) for first in range(pieces))
        return (self.monotone and None not in row) or all(self.yields(row, some) for some in more)

    def counts_alike(self, row: Row, claims: frozenset[str], fewer: frozenset[str]) -> bool:
        """Tell whether the groups behind a row have the same number of solutions over fewer claims."""
        return not self._counting or self._counts(row, claims) == self._counts(row, fewer)

    def _counts(self, row: Row, claims: frozenset[str]) -> list[tuple[Term | None, ...]]:
        """Count the solutions of each group behind a row, and how often a variable is bound in them."""
        if claims not in self._counted:
            parts = self.parts.together((claims | LAYERS) & self.parts.all)
            result = parts.query(self._counting, prefixes=self._prefixes)
            assert isinstance(result, QuerySolutions)
            self._counted = {claims: sorted((tuple(solution) for solution in result), key=str)}
        counted, shown = self._counted[claims], self._shown
        return [one[shown:] for one in counted if not shown or self.row(one[:shown]) == row]

    def searched(
        self, row: Row, likely: frozenset[str], without: frozenset[str] = frozenset()
    ) -> frozenset[str] | None:
        """Search for claims that yield a row and of which none can be left out.

        Claims are left out as long as the rest yields the row: the `likely` ones last, those in `without` from the
        start. None where the row does not come from the parts of the graph at all, or the time is over.
        """
        kept = [*sorted(self.parts.claims - likely - without), *sorted(likely - without)]
        if not self.yields(row, frozenset(kept)):
            return None
        size = len(kept)
        while size:
            before, place = len(kept), 0
            while place < len(kept):
                if self.is_late:
                    return None
                rest = kept[:place] + kept[place + size :]
                kept, place = (rest, place) if self.yields(row, frozenset(rest)) else (kept, place + size)
            size = size // 2 if size > 1 else int(len(kept) < before)  # at last until none can be left out
        return frozenset(kept)

    def layers(self, row: Row, claims: frozenset[str]) -> frozenset[str]:
        """Give the layers without which some claims do not yield a row."""
        needed = LAYERS
        for layer in sorted(LAYERS):
            if self.yields(row, claims, needed - {layer}):
                needed -= {layer}
        return needed

    def _given(self, row: Row) -> str:
        """Write the values of a row that can be given beforehand, so that not all others are found with it."""
        given = [(name, row[place]) for place, name in self._fixed if isinstance(row[place], NamedNode | Literal)]
        if not given:
            return ""
        return f" VALUES ({' '.join(name for name, _ in given)}) {{ ({' '.join(str(term) for _, term in given)}) }} "

    def _rows(self, parts: frozenset[str], given: str = "") -> frozenset[Row]:
        """Give the rows that come from some parts, where some values are `given`."""
        if (parts, given) not in self._known:
            if len(self._known) > _KEPT:
                self._known.clear()
            text = self._text[: self._opening] + given + self._text[self._opening :]
            result = self.parts.together(parts).query(text, prefixes=self._prefixes)
            self._known[parts, given] = frozenset(self._read(result))
        return self._known[parts, given]

    def _read(self, result: QuerySolutions | QueryBoolean | QueryTriples) -> Iterator[Row]:
        if isinstance(result, QueryBoolean):
            yield from [()] if result else []
        elif isinstance(result, QuerySolutions):
            yield from (self.row(tuple(solution)) for solution in result)
        else:
            yield from (self.row((triple.subject, triple.predicate, triple.object)) for triple in result)


def _comparable(term: Term | None, kind: str) -> Term | str | None:
    match term:
        case BlankNode():
            return "any"
        case Literal() if kind == "new":  # on one side of a UNION, the variable may have a value of the data on another
            return str(term.datatype)
        case Literal() if kind == "order" and term.datatype == _STRING:  # not the length of it
            return "".join(sorted(term.value))
        case NamedNode() if kind == "new" and term.value.startswith("urn:uuid:"):
            return "any"
    return "any" if term is not None and kind == "any" else term


_STRING = node("xsd:string")
_SAMPLE = re.compile(r"\bSAMPLE\s*\(", re.IGNORECASE)
_MANY = 200  # rows that the layers alone yield: with more, the query is asked with the values of the row given
_KEPT = 4_096  # answers of one query to be remembered
