"""Where the values of a query's variables come from: the triple patterns and expressions that give them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.sparql.reader import parse
from fot_graph.sparql.tokens import tokenize
from fot_graph.sparql.traits import parts_of
from fot_graph.sparql.tree import Bind, Chain, Choice, Column, Step, Triple, variable_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fot_graph.sparql.tree import Path


class Computation(NamedTuple):
    """The variables from which a value is computed, as often as they stand there.

    `scales` tells that there is a multiplication or a division.
    """

    variables: tuple[str, ...]
    scales: bool


class Origins(NamedTuple):
    """What gives values to the variables of a query, wherever in the query it stands.

    `patterns` are, by variable, subject and property of triple patterns, as written; the subject is '' where a path of
    several steps leads to the value.
    """

    patterns: Mapping[str, Sequence[tuple[str, str]]]
    computations: Mapping[str, Sequence[Computation]]


def origins(text: str) -> Origins:
    """Find what gives values to the variables of a query.

    >>> found = origins("SELECT (SUM(?cost) AS ?total) { ?x a/<urn:cost> ?cost }")
    >>> found.patterns["?cost"], found.computations["?total"]
    ([('', '<urn:cost>')], [Computation(variables=('?cost',), scales=False)])

    Raises: `UsageError` for what goes beyond SPARQL 1.1.
    """
    query = parse(text)
    patterns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in parts_of(query, Triple):
        patterns[triple.object] += _last_steps(triple.subject, triple.path)
    computations: dict[str, list[Computation]] = defaultdict(list)
    parts: list[Bind | Column] = [*parts_of(query, Bind), *parts_of(query, Column)]
    for part in parts:
        tokens = tokenize(part.expression)
        names = tuple(variable_of(token[0]) for token in tokens if token.lastgroup == "variable")
        computations[part.variable].append(Computation(names, any(token[0] in ("*", "/") for token in tokens)))
    return Origins(patterns, computations)


def _last_steps(subject: str, path: Path) -> Iterator[tuple[str, str]]:
    match path:
        case Step(property_):
            yield subject, property_
        case Chain(paths):
            yield from _last_steps("", paths[-1])
        case Choice(paths):
            for each in paths:
                yield from _last_steps(subject, each)
