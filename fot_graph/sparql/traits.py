"""Properties of a query: whether more facts can take rows away, and which of its values differ from run to run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from fot_graph.sparql.tree import (
    Bind,
    Choice,
    Closure,
    Exists,
    Filter,
    GraphPattern,
    Group,
    Minus,
    Optional,
    Query,
    Select,
    Step,
    Triple,
    Union,
)
from fot_graph.sparql.variables import certain, columns, examined, examined_by, joined, mentioned, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fot_graph.sparql.tree import Element

Part = TypeVar("Part")


def is_monotone(query: Query) -> bool:
    """Tell whether more facts leave the rows of a query as they are: it looks for no absence, counts and cuts nothing.

    An OPTIONAL may put a value where there was none; that the row had none was no reason for it.

    >>> from fot_graph.sparql.reader import parse
    >>> [is_monotone(parse(f"ASK {{ ?s ?p ?o {more} }}")) for more in ("FILTER EXISTS {}", "MINUS {}")]
    [True, False]
    """
    return not (looks_for_absence(query) or query.grouped or chooses_within(query))


def is_sliced(query: Query) -> bool:
    """Tell whether LIMIT or OFFSET takes some of the rows of a query."""
    return bool(_SLICE.search(query.modifiers))


class Slice(NamedTuple):
    """Which rows of a query it gives: `kind` is DISTINCT, REDUCED or nothing, `order` its ORDER BY, as written."""

    kind: str
    order: str
    offset: int
    limit: int | None


def slice_of(query: Query) -> Slice:
    """Give the order of the rows of a query, and which of them LIMIT and OFFSET take.

    >>> from fot_graph.sparql.reader import parse
    >>> slice_of(parse("SELECT DISTINCT ?x { ?x a ?y } ORDER BY ?x LIMIT 2 OFFSET 3"))
    Slice(kind='DISTINCT', order='ORDER BY ?x', offset=3, limit=2)
    """
    kind = _KIND.match(query.text)
    order, *numbers = re.split(r"\b(LIMIT|OFFSET)\s+(\d+)\s*(?=$|LIMIT|OFFSET)", query.modifiers, flags=re.IGNORECASE)
    given = {name.upper(): int(number) for name, number in zip(numbers[::3], numbers[1::3], strict=False)}
    return Slice(kind[1] if kind else "", order.strip(), given.get("OFFSET", 0), given.get("LIMIT"))


def hidden_keys(query: Query) -> list[str]:
    """Give the variables by which the rows of a query are sorted, but that it does not show."""
    if query.grouped or query.distinct or not query.columns:
        return []
    return sorted((mentioned(slice_of(query).order) & visible(query.where)) - set(columns(query)))


def chooses_within(query: Query) -> bool:
    """Tell whether a query in the query has groups, or gives only some of its rows."""
    return any(one.query.grouped or is_sliced(one.query) for one in parts_of(query, Select))


def merges_slices(query: Query) -> bool:
    """Tell whether rows that LIMIT or OFFSET takes of a query in the query are counted, or made distinct.

    >>> from fot_graph.sparql.reader import parse
    >>> inner = "{ { SELECT ?x { ?x a ?y } LIMIT 3 } }"
    >>> [merges_slices(parse(f"SELECT {kind} ?x {inner}")) for kind in ("", "DISTINCT")]
    [False, True]
    """
    merging = (one for one in parts_of(query, Query) if one.grouped or one.distinct)
    return any(is_sliced(inner.query) for one in merging for inner in parts_of(one, Select))


def ranks_groups(query: Query) -> bool:
    """Tell whether a query in the query takes some of its groups, by their number or order: the first three, say."""
    return any(one.query.grouped and is_sliced(one.query) for one in parts_of(query, Select))


def is_plainly_grouped(query: Query) -> bool:
    """Tell whether a query counts solutions of which each is lost without any of its triples."""
    needless = any(True for kind in (Optional, Exists, Select, Choice, Closure) for _ in parts_of(query, kind))
    return query.grouped and not needless


def nests_optional(query: Query) -> bool:
    """Tell whether an OPTIONAL stands in another: when it finds nothing, what the outer one found may not matter."""
    return any(True for outer in parts_of(query, Optional) for _ in parts_of(outer.group, Optional))


def looks_for_absence(query: Query) -> bool:
    """Tell whether a row of a query may rest on what is not there.

    MINUS does, EXISTS where it is negated or but a part of an expression, OPTIONAL where an expression looks at it.

    >>> from fot_graph.sparql.reader import parse
    >>> asks = [f"ASK {{ ?s ?p ?o OPTIONAL {{ ?o ?q ?r }} FILTER({test}) }}" for test in ("BOUND(?o)", "BOUND(?r)")]
    >>> [looks_for_absence(parse(ask)) for ask in asks]
    [False, True]
    """
    return takes_away(query) or _examines_optional(query)


def sought_in_vain(query: Query) -> tuple[Triple, ...]:
    """Give the triples that no row may find, where nothing looks for absence but a NOT EXISTS of plain triples.

    >>> from fot_graph.sparql.reader import parse
    >>> [len(sought_in_vain(parse(f"ASK {{ ?s ?p ?o {it} }}"))) for it in ("FILTER NOT EXISTS { ?o a ?t }", "MINUS {}")]
    [1, 0]
    """
    alone = [one.exists[0].group.elements for one in parts_of(query, Filter) if one.is_existence and takes_away(one)]
    others = len(list(parts_of(query, Exists))) > 1 or any(True for _ in parts_of(query, Minus))
    if len(alone) != 1 or others or query.grouped or chooses_within(query) or _examines_optional(query):
        return ()
    plain = [one for one in alone[0] if isinstance(one, Triple) and isinstance(one.path, Step)]
    return tuple(plain) if len(plain) == len(alone[0]) else ()


def takes_away(part: object) -> bool:
    """Tell whether a query or a pattern has MINUS, or an EXISTS that is negated or but a part of an expression."""
    alone = [one.exists for one in parts_of(part, Filter) if one.is_existence]
    exists = list(parts_of(part, Exists))
    plain = sum(not each.negated for some in alone for each in some)
    return plain < len(exists) or any(True for _ in parts_of(part, Minus))


def _examines_optional(query: Query) -> bool:
    """Tell whether it matters to something outside of an OPTIONAL whether it binds a variable.

    Where it never does, more facts only give values to what had none (Pérez, Arenas and Gutierrez, Semantics and
    complexity of SPARQL, 2009: well-designed patterns).
    """
    groups = (one.group for one in parts_of(query, Exists))
    return _tests(query, ()) or any(_tests_in(group, frozenset()) for group in groups)


def _tests(query: Query, outside: Collection[str]) -> bool:
    """Tell it of a query, of whose columns those `outside` matter to what stands around it."""
    chosen = mentioned(query.modifiers) if is_sliced(query) else set()
    return _tests_in(query.where, examined_by(query).union(outside, chosen))


def _tests_in(group: Group, outside: Collection[str]) -> bool:
    """Tell it of a group, of whose variables those `outside` matter to what stands around it."""
    tested, bound = examined(group).union(outside), set[str]()
    for element, behind, others in joined(group):
        match element:
            case Optional(inner):
                found = bool((visible(inner) - bound) & (tested | behind)) or _tests_in(inner, tested | others)
            case Group():
                found = _tests_in(element, tested | others)
            case GraphPattern(_, inner):
                found = _tests_in(inner, tested | others)
            case Union(groups):
                found = any(_tests_in(inner, tested | others) for inner in groups)
            case Select(query):
                found = _tests(query, (tested | others) & set(columns(query)))
            case _:
                found = False
        if found:
            return True
        bound |= certain(element)
    return False


def counting(query: Query) -> str:
    """Write the query that adds, behind the columns of another, how many solutions each group has, and with which."""
    own = [column.written for column in query.columns] or [key.variable for key in query.keys]
    counts = " ".join(f"(COUNT({name}) AS {name}_count)" for name in ("*", *sorted(visible(query.where))))
    group = f"GROUP BY {' '.join(key.written for key in query.keys)}" if query.keys else ""
    select = f"SELECT {' '.join(own)} {counts.replace('*_count', '?_count')} {query.dataset}"
    values = query.values.text if query.values else ""
    return f"{query.prologue} {select} WHERE {query.pattern} {group} {query.having} {values}"


def volatile(query: Query) -> dict[str, str]:
    """Give the variables whose value differs when a query is asked again, and how.

    'new' where it is made anew each time, 'any' where it is one of several, 'order' where it is several in any order.

    >>> from fot_graph.sparql.reader import parse
    >>> volatile(parse("SELECT (RAND() AS ?x) (GROUP_CONCAT(?o) AS ?y) { ?s ?p ?o }"))
    {'?x': 'new', '?y': 'order'}
    >>> volatile(parse("SELECT (COUNT(?x) AS ?n) { ?s ?p ?o BIND(UUID() AS ?x) }"))
    {}
    """
    found = _volatile_in(query.where)
    for column in (*query.keys, *query.columns):
        if column.expression:
            _note(found, column.variable, column.expression)
    return {name: kind for name, kind in found.items() if not query.columns or name in columns(query)}


def _volatile_in(element: Element) -> dict[str, str]:
    """Give the variables of a pattern whose value differs each time; no other pattern has to do with it."""
    match element:
        case Optional(group) | GraphPattern(_, group):
            return _volatile_in(group)
        case Select(query):
            return volatile(query)
        case Group(parts) | Union(parts):
            found: dict[str, str] = {}
            for part in parts:
                if isinstance(part, Bind):
                    _note(found, part.variable, part.expression)
                else:
                    found |= _volatile_in(part)
            return found
        case _:
            return {}


def _note(found: dict[str, str], name: str, expression: str) -> None:
    """Add a variable if its value differs each time, or if one does from which it is computed."""
    expression = _WHETHER_BOUND.sub("", expression)
    used, used_as_is = mentioned(expression) & found.keys(), mentioned(_HOW_MANY.sub("", expression))
    kinds = {found[other] for other in used if found[other] != "new" or other in used_as_is}
    kinds |= {kind for kind, functions in _VOLATILE.items() if functions.search(expression)}
    if kinds:
        found[name] = next(kind for kind in _VOLATILE if kind in kinds)


def parts_of(part: object, kind: type[Part]) -> Iterator[Part]:
    """Give all parts of a query of some kind, however deep, those of queries in it as well."""
    if isinstance(part, kind):
        yield part
    if isinstance(part, tuple):
        for inner in part:
            yield from parts_of(inner, kind)


_VOLATILE = {
    kind: re.compile(rf"\b(?:{functions})\s*\(", re.IGNORECASE)
    for kind, functions in (("any", "SAMPLE"), ("new", "RAND|NOW|UUID|STRUUID|BNODE"), ("order", "GROUP_CONCAT"))
}
_KIND = re.compile(r"SELECT\s+(DISTINCT|REDUCED)\b", re.IGNORECASE)
# How many values there are, and whether there is one, is the same each time; how many are different, of new ones
_WHETHER_BOUND = re.compile(r"\b(?:BOUND|COUNT)\s*\(\s*[?$]\w+\s*\)", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bCOUNT\s*\(\s*DISTINCT\s+[?$]\w+\s*\)", re.IGNORECASE)
_SLICE = re.compile(r"\b(?:LIMIT|OFFSET)\b", re.IGNORECASE)
