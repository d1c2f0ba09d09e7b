"""Computes again what was computed, and whether that rests on its premises.

The facts are a few triples that validation adds to the data and that shapes ask for or forbid
(ontology/shapes/grounding.ttl): `shape:recomputed`, the value that the derivation of a claim yields from the claims
that it is derived from, and `shape:constant`, the value that it yields whatever these say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from fot_graph.core.errors import FotGraphError
from fot_graph.core.namespaces import expand
from fot_graph.core.terms import node
from fot_graph.sparql.admission import admit
from fot_graph.stores import engine
from fot_graph.validation.report import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Subject, Term

RECOMPUTED, CONSTANT = NamedNode(SHAPES + "recomputed"), NamedNode(SHAPES + "constant")
_DERIVATION, _DERIVED = node("fot:derivation"), node("prov:wasDerivedFrom")
_NUMBERS = {expand(f"xsd:{kind}") for kind in ("integer", "decimal", "double", "float")}
_FAR = 10**6  # added to and taken from a number, to see whether the result changes
_MOST_TRIALS = 400


def facts(quads: Iterable[Quad], namespaces: Namespaces) -> list[Triple]:
    """Compute them from quads in which every claim is a named graph."""
    graphs: dict[object, list[Triple]] = defaultdict(list)
    derivations: dict[Subject, list[str]] = defaultdict(list)
    bases: dict[Subject, list[Term]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(quad.triple)
        if quad.predicate == _DERIVATION and isinstance(quad.object, Literal):
            derivations[quad.subject].append(quad.object.value)
        elif quad.predicate == _DERIVED:
            bases[quad.subject].append(quad.object)
    found: list[Triple] = []
    for claim, queries in derivations.items():
        premises = [triple for base in bases[claim] for triple in graphs.get(base, [])]
        for query in dict.fromkeys(queries):
            if value := _value_of(query, premises, namespaces):
                found.append(Triple(claim, RECOMPUTED, value))
                if not any(_changes(query, value, premises, namespaces)):
                    found.append(Triple(claim, CONSTANT, value))
    return found


def _changes(query: str, value: Term, premises: Sequence[Triple], namespaces: Namespaces) -> Iterator[bool]:
    """Tell whether without the premises, or without one, or with another object in one, another value follows."""
    for others in islice(_other_premises(premises), _MOST_TRIALS):
        other = _value_of(query, others, namespaces)
        yield other is not None and other != value


def _other_premises(premises: Sequence[Triple]) -> Iterator[list[Triple]]:
    yield []
    by_use = sorted(range(len(premises)), key=lambda at: not _is_number(premises[at].object))
    for at in by_use:
        triple = premises[at]
        for changed in [*(Triple(triple.subject, triple.predicate, term) for term in _others(triple.object)), None]:
            yield [*premises[:at], *([changed] if changed else ()), *premises[at + 1 :]]


def _others(term: Term) -> Iterator[NamedNode | Literal]:
    """Give what else might stand in the place of a term: of a number a far higher and a far lower one."""
    if isinstance(term, NamedNode):
        yield NamedNode("urn:fot-graph:something-else")
    elif isinstance(term, Literal):
        kind = term.datatype
        if _is_number(term):
            yield from (Literal(str(Decimal(term.value) + far), datatype=kind) for far in (_FAR, -_FAR))
        elif found := re.search(r"\d{4}", term.value):  # the year of a date
            years = (str((int(found[0]) + far) % 10_000).zfill(4) for far in (1000, -1000))
            yield from (Literal(term.value.replace(found[0], year, 1), datatype=kind) for year in years)


def _is_number(term: Term) -> bool:
    numeric = isinstance(term, Literal) and term.datatype.value in _NUMBERS
    return numeric and bool(re.fullmatch(r"[+-]?\d+(?:\.\d+)?", str(getattr(term, "value", ""))))


def _value_of(query: str, premises: Iterable[Triple], namespaces: Namespaces) -> Literal | NamedNode | None:
    """Give the one value that a query yields from these triples; None if it fails, is refused, or yields not one."""
    store = Store()
    store.extend(Quad(*triple) for triple in premises)
    try:
        read = admit(query, prefixes=namespaces.prefixes)
        rows = engine.run(partial(_rows, store, read.text))
    except (FotGraphError, SyntaxError, ValueError, RuntimeError, OSError):
        return None
    value = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else None
    return value if isinstance(value, Literal | NamedNode) else None


def _rows(store: Store, query: str) -> list[tuple[Term | None, ...]]:
    solutions = store.query(query, prefixes={})
    return [tuple(row) for row in solutions] if isinstance(solutions, QuerySolutions) else []
