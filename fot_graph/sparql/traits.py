"""What a query is like: whether more facts can take its rows away, and which of its values differ each time."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from fot_graph.sparql.tree import (
    Bind,
    Choice,
    Closure,
    Column,
    Exists,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Query,
    Select,
    Union,
)
from fot_graph.sparql.variables import columns, mentioned, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.sparql.tree import Element

Part = TypeVar("Part")


def is_monotone(query: Query) -> bool:
    """Tell whether more facts leave the rows of a query as they are: it looks for no absence, counts and cuts nothing.

    An OPTIONAL may put a value where there was none; that the row had none was no reason for it.

    >>> from fot_graph.sparql.reader import parse
    >>> [is_monotone(parse(f"ASK {{ ?s ?p ?o {more} }}")) for more in ("FILTER EXISTS {}", "MINUS {}")]
    [True, False]
    """
    within = [select.query for select in _parts_of(query, Select)]
    sliced = any(is_sliced(one) for one in within)
    return not (looks_for_absence(query) or query.grouped or sliced or any(one.grouped for one in within))


def is_sliced(query: Query) -> bool:
    """Tell whether LIMIT or OFFSET takes some of the rows of a query."""
    return bool(_SLICE.search(query.modifiers))


def ranks_groups(query: Query) -> bool:
    """Tell whether a query in the query takes some of its groups, by their number or order: the first three, say."""
    return any(one.query.grouped and is_sliced(one.query) for one in _parts_of(query, Select))


def is_plainly_grouped(query: Query) -> bool:
    """Tell whether a query counts solutions of which each is lost without any of its triples."""
    needless = any(True for kind in (Optional, Exists, Select, Choice, Closure) for _ in _parts_of(query, kind))
    return query.grouped and not needless


def nests_optional(query: Query) -> bool:
    """Tell whether an OPTIONAL stands in another: when it finds nothing, what the outer one found may not matter."""
    return any(True for outer in _parts_of(query, Optional) for _ in _parts_of(outer.group, Optional))


def looks_for_absence(query: Query) -> bool:
    """Tell whether a row of a query may rest on what is not there.

    MINUS does, EXISTS where it is negated or but a part of an expression, OPTIONAL where an expression looks at it.

    >>> from fot_graph.sparql.reader import parse
    >>> asks = [f"ASK {{ ?s ?p ?o OPTIONAL {{ ?o ?q ?r }} FILTER({test}) }}" for test in ("BOUND(?o)", "BOUND(?r)")]
    >>> [looks_for_absence(parse(ask)) for ask in asks]
    [False, True]
    """
    alone = [one.exists for one in _parts_of(query, Filter) if one.is_existence]
    exists = list(_parts_of(query, Exists))
    plain = sum(not each.negated for some in alone for each in some)
    return plain < len(exists) or any(True for _ in _parts_of(query, Minus)) or _examines_optional(query)


def _examines_optional(query: Query) -> bool:
    """Tell whether an expression outside of an OPTIONAL looks at a variable that only the OPTIONAL binds."""
    certain = _without_optional(query.where)
    for optional in _parts_of(query, Optional):
        outside = _expressions(query) - _expressions(optional)
        if (visible(optional.group) - certain) & mentioned(tuple(outside)):
            return True
    return False


def _expressions(part: object) -> Counter[str]:
    found = [one.expression for one in _parts_of(part, Filter)]
    found += [one.expression for one in _parts_of(part, Bind)]
    found += [one.expression for one in _parts_of(part, Column)]
    return Counter(found + [one.having for one in _parts_of(part, Query)])


def _without_optional(element: Element) -> set[str]:
    """Give the variables that a pattern can bind otherwise than by an OPTIONAL."""
    match element:
        case Optional():
            return set()
        case Group(parts) | Union(parts):
            return {name for part in parts for name in _without_optional(part)}
        case Graph(name, group):
            return _without_optional(group) | mentioned(name)
        case Select(query):
            return set(columns(query)) - (visible(query.where) - _without_optional(query.where))
        case _:
            return visible(element)


def counting(query: Query) -> str:
    """Write the query that counts the solutions behind each group of another, and how often each variable is bound."""
    keys = [f"({key.expression} AS {key.variable})" if key.expression else key.variable for key in query.keys]
    counts = " ".join(f"(COUNT({name}) AS {name}_count)" for name in ("*", *sorted(visible(query.where))))
    select = f"SELECT {' '.join(key.variable for key in query.keys)} {counts.replace('*_count', '?_count')}"
    group = f"GROUP BY {' '.join(keys)}" if keys else ""
    return f"{query.prologue} {select} {query.dataset} WHERE {query.pattern} {group}"


def volatile(query: Query) -> dict[str, str]:
    """Give the variables whose value differs when a query is asked again: 'any' value, or 'order' of what is joined.

    >>> from fot_graph.sparql.reader import parse
    >>> volatile(parse("SELECT (RAND() AS ?x) (GROUP_CONCAT(?o) AS ?y) { ?s ?p ?o }"))
    {'?y': 'order', '?x': 'any'}
    """
    made = [(bind.variable, bind.expression) for bind in _parts_of(query, Bind)]
    made += [(column.variable, column.expression) for column in _parts_of(query, Column)]
    found = {name: "order" for name, expression in made if _CONCATENATED.search(expression)}
    found |= {name: "any" for name, expression in made if _VOLATILE.search(expression)}
    for name, expression in made * len(made):  # what is computed from them differs as well
        kinds = {found[other] for other in mentioned(expression) & found.keys()}
        if kinds and found.get(name) != "any":
            found[name] = min(kinds)
    return found


def _parts_of(part: object, kind: type[Part]) -> Iterator[Part]:
    """Give all parts of a query of some kind, however deep, those of queries in it as well."""
    if isinstance(part, kind):
        yield part
    if isinstance(part, tuple):
        for inner in part:
            yield from _parts_of(inner, kind)


_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|SAMPLE)\s*\(", re.IGNORECASE)
_CONCATENATED = re.compile(r"\bGROUP_CONCAT\s*\(", re.IGNORECASE)
_SLICE = re.compile(r"\b(?:LIMIT|OFFSET)\b", re.IGNORECASE)
