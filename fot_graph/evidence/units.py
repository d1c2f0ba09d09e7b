"""The units of values, by which people read them: an amount of money has two decimals.

A value has the unit that the graph gives (`sdmx-attribute:unitMeasure`) to the thing that has the value, or else to the
property: the RDF Data Cube vocabulary attaches it to an observation or to a measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from fot_graph.core.errors import UsageError
from fot_graph.core.terms import DECIMAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fot_graph.core.terms import Term
    from fot_graph.sparql.origins import Origins
    from fot_graph.stores.interface import StoredGraph

    Bound = Mapping[str, Term | None]  # the values of a row, by variable

_OF_VALUES = """SELECT ?property ?value ?unit {
  VALUES ?value { {about} }
  ?thing ?property ?value OPTIONAL { ?thing sdmx-attribute:unitMeasure ?unit }
}"""
_UNITS = "SELECT ?of ?unit { VALUES ?of { {about} } ?of sdmx-attribute:unitMeasure ?unit } ORDER BY ?of ?unit"


class Units:
    """The units of some things and properties, looked up together, and of values whose thing a row does not show."""

    def __init__(self, graph: StoredGraph, things: Iterable[Term | None], values: Iterable[Term] = ()) -> None:
        rows = graph.rows(_UNITS, [thing.value for thing in things if isinstance(thing, NamedNode)])
        self._units = {row["of"]: row["unit"].value for row in rows if isinstance(row["unit"], NamedNode)}
        self._of_values: dict[tuple[Term, Term], set[str]] = {}
        given = set(values)
        for row in graph.rows(_OF_VALUES, given) if given else ():
            unit = row["unit"].value if row["unit"] else ""
            self._of_values.setdefault((row["property"], row["value"]), set()).add(unit)

    def of(self, subject: Term | None, property_: Term | None, value: Term | None = None) -> str:
        """Give the IRI of the unit of what a thing has as the value of a property, '' where none is known.

        A thing that is not known is any that has the value, if all of them have it in one unit.
        """
        found = self._units.get(subject) or self._units.get(property_, "")
        if found or subject or not property_ or not value:
            return found
        units = self._of_values.get((property_, value), set())
        return next(iter(units)) if len(units) == 1 else ""


def units_of(graph: StoredGraph, triples: Iterable[Sequence[Term | None]]) -> Units:
    """Look up the units of the decimal numbers among the objects of triples; all else is written without one."""
    return Units(graph, [term for triple in triples if _is_decimal(triple[2]) for term in triple[:2]])


def units_in_triples(graph: StoredGraph, triples: Sequence[Sequence[Term | None]]) -> dict[tuple[int, int], str]:
    """Give the units (IRIs) of decimal numbers in triples, by the places of row and column, as `units_in_rows` does."""
    units = units_of(graph, triples)
    found = ((row, units.of(*triple[:2])) for row, triple in enumerate(triples) if _is_decimal(triple[2]))
    return {(row, 2): unit for row, unit in found if unit}


def units_in_rows(
    graph: StoredGraph, query: str, variables: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> dict[tuple[int, int], str]:
    """Give the units (IRIs) of decimal numbers in the rows of a SELECT, by the places of row and column.

    A value has the unit of the triple in which the query finds it, as far as the query and the row tell that triple.
    What is computed has the unit of what goes into it, unless several values with a unit are multiplied or divided.
    """
    cells = [(row, column) for row, terms in enumerate(rows) for column, term in enumerate(terms) if _is_decimal(term)]
    if not cells:
        return {}
    from fot_graph.sparql.origins import origins  # noqa: PLC0415  only answers with decimal numbers pay for it

    try:
        sources = origins(query)
    except UsageError:
        return {}
    names = [f"?{name}" for name in variables]
    bound = {row: dict(zip(names, rows[row], strict=True)) for row, _ in cells}
    reached = {name for _, column in cells for name in _inputs(names[column], sources)}
    patterns = sorted({each for name in reached for each in sources.patterns.get(name, ())})
    things = [term for row in bound.values() for each in patterns for term in _terms(each, row)]
    units = Units(graph, things, _decimals(row.get(name) for row in bound.values() for name in reached))
    found = (((row, column), _unit(names[column], sources, bound[row], units)) for row, column in cells)
    return {cell: unit for cell, unit in found if unit}


def _is_decimal(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value == DECIMAL


def _decimals(terms: Iterable[Term | None]) -> Iterator[Term]:
    return (term for term in terms if term is not None and _is_decimal(term))


def _inputs(variable: str, sources: Origins) -> set[str]:
    """Give the variables that go into the value of one, itself included."""
    reached, waiting = {variable}, [variable]
    while waiting:
        for computation in sources.computations.get(waiting.pop(), ()):
            waiting += set(computation.variables) - reached
            reached.update(computation.variables)
    return reached


def _unit(variable: str, sources: Origins, bound: Bound, units: Units, within: frozenset[str] = frozenset()) -> str:
    """Give the unit of the value of a variable in a row, '' where none is known; `within` are those it goes into."""
    found = [units.of(*_terms(each, bound), bound.get(variable)) for each in sources.patterns.get(variable, ())]
    outer = within | {variable}
    for variables, scales in sources.computations.get(variable, ()):
        inner = [_unit(name, sources, bound, units, outer) for name in variables if name not in outer]
        known = [unit for unit in inner if unit]
        if len(known) == 1 or (len(set(known)) == 1 and not scales):
            found.append(known[0])
    return next(filter(None, found), "")


def _terms(pattern: tuple[str, str], bound: Bound) -> tuple[Term | None, Term | None]:
    """Give subject and property of a pattern, None for what a row does not tell."""
    subject, property_ = (NamedNode(each[1:-1]) if each.startswith("<") else bound.get(each) for each in pattern)
    return subject, property_
