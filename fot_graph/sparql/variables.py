"""The variables of a pattern: those it mentions, can bind, or binds in every solution (SPARQL 1.1 Query, 18.2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.sparql.tree import (
    Bind,
    Filter,
    GraphPattern,
    Group,
    Minus,
    Optional,
    Query,
    Select,
    Triple,
    Union,
    Values,
)

if TYPE_CHECKING:
    from fot_graph.sparql.tree import Element

_VARIABLE = re.compile(r"[?$](\w+)")


def mentioned(part: object) -> set[str]:
    """Give the variables that stand anywhere in a part of a query; of a query in it only those that it gives."""
    if isinstance(part, str):
        return {f"?{name}" for name in _VARIABLE.findall(part)}
    if isinstance(part, Query):
        return set(columns(part))
    return {name for inner in part for name in mentioned(inner)} if isinstance(part, tuple) else set()


def examined(group: Group) -> set[str]:
    """Give the variables of which it matters to a group whether they have a value.

    Its expressions look at them. Of the groups in it only the filters of an OPTIONAL look outside, at what the OPTIONAL
    itself does not bind (6.1).
    """
    expressions = (element for element in group.elements if isinstance(element, Filter | Bind))
    found = {name for element in expressions for name in mentioned(element.expression)}
    for inner in (element.group for element in group.elements if isinstance(element, Optional)):
        filters = tuple(element.expression for element in inner.elements if isinstance(element, Filter))
        found |= mentioned(filters) - visible(inner)
    return found


def columns(query: Query) -> list[str]:
    """Give the variables that a query gives, in their order; those of SELECT * by their names."""
    return [column.variable for column in query.columns] or sorted(visible(query.where))


def joined(group: Group) -> list[tuple[Element, set[str], set[str]]]:
    """Give each element of a group with the variables that those behind it bind, and that all others bind.

    What is bound behind an OPTIONAL has to agree with it; what is bound before an OPTIONAL is not changed by it.
    """
    bound = [visible(element) for element in group.elements]
    behind = [set[str]().union(*bound[place + 1 :]) for place in range(len(bound))]
    return [
        (element, behind[place], behind[place].union(*bound[:place])) for place, element in enumerate(group.elements)
    ]


def examined_by(query: Query) -> set[str]:
    """Give the variables of which it matters to a query whether they have a value, beyond showing them.

    Its expressions look at them, its groups go by them, or VALUES at its end gives them a value.
    """
    others = [*(key.variable for key in query.keys), *(query.values.variables if query.values else ())]
    return mentioned((*(column.expression for column in (*query.columns, *query.keys)), *others, query.having))


def visible(element: Element) -> set[str]:  # noqa: PLR0911  a line for each kind of element
    """Give the variables that a pattern can bind (18.2.1)."""
    match element:
        case Filter() | Minus():
            return set()
        case Bind(_, variable):
            return {variable}
        case Values(_, variables):
            return set(variables)
        case Group(parts) | Union(parts):
            return {name for part in parts for name in visible(part)}
        case Optional(group):
            return visible(group)
        case GraphPattern(name, group):
            return visible(group) | mentioned(name)
        case Select(query):
            computed = {column.variable for column in (*query.columns, *query.keys) if column.expression}
            given = visible(query.values) if query.values else set()
            return (visible(query.where) | computed | given) & set(columns(query))
        case _:
            return mentioned(element)


def certain(element: Element) -> set[str]:  # noqa: PLR0911  as above
    """Give the variables that a pattern binds in every solution."""
    match element:
        case Triple():
            return mentioned(element)
        case Values():
            return set(element.bound)
        case Group(parts):
            return {name for part in parts for name in certain(part)}
        case Union(groups):
            return set.intersection(*(certain(group) for group in groups))
        case GraphPattern(name, group):
            return certain(group) | (mentioned(name) if certain(group) else set())
        case Select(query):
            return certain(query.where) & set(columns(query))
        case _:
            return set()


def safe(element: Element) -> set[str]:  # noqa: PLR0911  as above
    """Give the variables that can be bound beforehand with no other effect than to choose among the solutions.

    Such a variable is bound in every solution by the first thing that mentions it.
    """
    match element:
        case Triple():
            return mentioned(element)
        case Values():
            return set(element.bound)
        case Union(groups):
            return set.intersection(*(safe(group) for group in groups))
        case GraphPattern(name, group):
            return safe(group) | (
                mentioned(name) if any(isinstance(part, Triple) for part in group.elements) else set()
            )
        case Select(query):
            certain, plain = safe(query.where), {column.variable for column in query.columns if not column.expression}
            return certain & plain if query.columns else certain
        case Group(elements):
            return _safe_in_order(elements)
        case _:
            return set()


def _safe_in_order(elements: tuple[Element, ...]) -> set[str]:
    found: set[str] = set()
    met: set[str] = set()
    for element in elements:
        if not isinstance(element, Filter):  # a filter looks at the whole group
            found |= safe(element) - met
            met |= mentioned(element)
    return found
