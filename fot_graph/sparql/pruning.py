"""A pattern without what makes no difference: each OPTIONAL or BIND that binds nothing anyone looks at.

Such an OPTIONAL only repeats solutions, and such a BIND does nothing, so that a row needs no sentence because of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.sparql.tree import Bind, GraphPattern, Group, Optional, Union
from fot_graph.sparql.variables import mentioned, safe, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fot_graph.sparql.tree import Element


def pruned(group: Group, needed: Collection[str]) -> Group:
    """Leave out each OPTIONAL and BIND that makes no difference to the values of the variables that are needed.

    >>> from fot_graph.sparql.reader import parse
    >>> where = parse("SELECT ?x { ?x a ?y OPTIONAL { ?x fot:about ?z } OPTIONAL { ?y fot:about ?z } }").where
    >>> len(pruned(where, ["?x"]).elements), len(pruned(where, ["?z"]).elements)
    (1, 3)
    """
    kept: set[Element] = set()
    used = {*needed, *mentioned(_keeping(group, kept))}
    while more := {one for one, bound in _candidates(group) if one not in kept and (visible(one) - bound) & used}:
        kept |= more
        used |= {name for one in more for name in mentioned(_inside(one, kept))}
    return _keeping(group, kept)


def _candidates(group: Group) -> Iterator[tuple[Optional | Bind, set[str]]]:
    """Give each OPTIONAL and BIND of a group, however deep, with the variables that every solution before it binds."""
    bound: set[str] = set()
    for element in group.elements:
        if isinstance(element, Optional | Bind):
            yield element, set(bound)
        for inner in _groups(element):
            yield from _candidates(inner)
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


def _keeping(group: Group, kept: Collection[Element]) -> Group:
    elements = (one for one in group.elements if not isinstance(one, Optional | Bind) or one in kept)
    return Group(tuple(_inside(one, kept) for one in elements))


def _inside(element: Element, kept: Collection[Element]) -> Element:
    match element:
        case Group():
            return _keeping(element, kept)
        case Optional(inner):
            return Optional(_keeping(inner, kept))
        case GraphPattern(name, inner):
            return GraphPattern(name, _keeping(inner, kept))
        case Union(inners):
            return Union(tuple(_keeping(one, kept) for one in inners))
        case _:
            return element
