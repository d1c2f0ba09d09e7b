"""Leaves out of a pattern each OPTIONAL or BIND whose variables nothing uses, which makes no difference to the answer.

Such an OPTIONAL only repeats solutions, and such a BIND does nothing, so that a row needs no sentence because of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.sparql.tree import Bind, GraphPattern, Group, Optional, Select, Union, renamed
from fot_graph.sparql.variables import columns, mentioned, safe, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from fot_graph.sparql.tree import Element


def pruned(group: Group, needed: Collection[str]) -> Group:
    """Leave out each OPTIONAL and BIND that makes no difference to the values of the variables that are needed.

    >>> from fot_graph.sparql.reader import parse
    >>> where = parse("SELECT ?x { ?x a ?y OPTIONAL { ?x fot:about ?z } OPTIONAL { ?y fot:about ?z } }").where
    >>> len(pruned(where, ["?x"]).elements), len(pruned(where, ["?z"]).elements)
    (1, 3)
    """
    kept: set[Element] = set()
    used = {*needed, *mentioned(_keeping(group, kept)), *_agreeing(group, kept)}
    while more := {one for one, bound in _candidates(group, kept) if one not in kept and (visible(one) - bound) & used}:
        kept |= more
        used |= {name for one in more for name in mentioned(_inside(one, kept))}.union(_agreeing(group, kept))
    return _keeping(group, kept)


def _agreeing(group: Group, kept: Collection[Element]) -> Iterator[str]:
    """Give the variables in which elements of a group have to agree, whether or not anyone looks at them.

    An OPTIONAL that does not agree finds nothing; anything else that does not agree takes the solution away.
    """
    bound: set[str] = set()
    for element in group.elements:
        if not isinstance(element, Optional):
            yield from visible(element) & bound
        for inner in _groups(element) if element in kept or not isinstance(element, Optional) else ():
            yield from _agreeing(inner, kept)
        bound |= visible(element)


def opened(group: Group, fresh: Iterator[str], *, distinct: bool = False) -> Group:
    """Write each query in the query that only hides variables as a group, in which these get names of their own.

    With `distinct` also those that repeat no row; that is for where nobody counts how often a row comes.

    >>> from fot_graph.sparql.reader import parse
    >>> where = parse("ASK { { SELECT ?x { ?x a ?y } } }").where
    >>> opened(where, iter(["?h0"])) == parse("ASK { { { ?x a ?h0 } } }").where
    True
    """
    return Group(tuple(_opened(element, fresh, distinct) for element in group.elements))


def _opened(element: Element, fresh: Iterator[str], distinct: bool) -> Element:  # noqa: FBT001
    match element:
        case Select(query) if not (query.grouped or query.modifiers or (query.distinct and not distinct)):
            binds = tuple(Bind(one.expression, one.variable, one.exists) for one in query.columns if one.expression)
            whole = Group((*query.where.elements, *((query.values,) if query.values else ()), *binds))
            hidden = sorted(mentioned(query.where) - set(columns(query))) if query.columns else []
            return opened(renamed(whole, {name: next(fresh) for name in hidden}), fresh, distinct=distinct)
        case _:
            return _with_groups(element, [opened(inner, fresh, distinct=distinct) for inner in _groups(element)])


def _candidates(group: Group, kept: Collection[Element]) -> Iterator[tuple[Optional | Bind, set[str]]]:
    """Give each OPTIONAL and BIND of a group, however deep, with the variables that every solution before it binds.

    None of those in an OPTIONAL that is not kept: with that they go, whatever they bind.
    """
    bound: set[str] = set()
    for element in group.elements:
        if isinstance(element, Optional | Bind):
            yield element, set(bound)
        for inner in _groups(element) if element in kept or not isinstance(element, Optional) else ():
            yield from _candidates(inner, kept)
        bound |= safe(element)


def _groups(element: Element) -> tuple[Group, ...]:
    match element:
        case Group():
            return (element,)
        case Optional(inner) | GraphPattern(_, inner):
            return (inner,)
        case Union(inners):
            return inners
        case _:
            return ()


def _with_groups(element: Element, groups: Sequence[Group]) -> Element:
    """Put other groups in the place of those that `_groups` gives."""
    match element:
        case Group():
            return groups[0]
        case Optional():
            return Optional(groups[0])
        case GraphPattern(name):
            return GraphPattern(name, groups[0])
        case Union():
            return Union(tuple(groups))
        case _:
            return element


def _keeping(group: Group, kept: Collection[Element]) -> Group:
    elements = (one for one in group.elements if not isinstance(one, Optional | Bind) or one in kept)
    return Group(tuple(_inside(one, kept) for one in elements))


def _inside(element: Element, kept: Collection[Element]) -> Element:
    return _with_groups(element, [_keeping(inner, kept) for inner in _groups(element)])
