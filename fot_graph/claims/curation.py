"""Who curated the claims and on which day: said once, of a workspace or of a document, and true of each of its claims.

A claim that says it itself (`pav:curatedBy`, `pav:curatedOn`) is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.claims_md.names import slug
from fot_graph.claims.layers import NAMING, PROVENANCE
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.core.namespaces import Namespaces

_TYPE, _CLAIM, _LABEL = node("rdf:type"), node("fot:Claim"), node("rdfs:label")
_BY, _ON, _DAY = node("pav:curatedBy"), node("pav:curatedOn"), node("xsd:date")


def quads(claims: Iterable[Quad], curator: str, day: str, namespaces: Namespaces) -> Iterator[Quad]:
    """Say of each claim among some quads who curated it and when, unless it says so itself or nothing is told."""
    given = list(claims)
    told = {(quad.subject, quad.predicate) for quad in given if quad.predicate in (_BY, _ON)}
    of_all: dict[NamedNode, NamedNode | Literal] = {}
    if curator:
        of_all[_BY] = NamedNode(namespaces.expand(curie_of(curator)))
    if day:
        of_all[_ON] = Literal(day, datatype=_DAY)
    for quad in given:
        if quad.predicate == _TYPE and quad.object == _CLAIM and quad.graph_name == PROVENANCE:
            for predicate, value in of_all.items():
                if (quad.subject, predicate) not in told:
                    yield Quad(quad.subject, predicate, value, PROVENANCE)
    if curator and not _is_name(curator):
        yield Quad(NamedNode(namespaces.expand(curie_of(curator))), _LABEL, Literal(curator), NAMING)


def curie_of(curator: str) -> str:
    """Give the name of a curator among the shared names: the one that is given (`id:jan`), or one made of the name.

    It is made as that of any shared name; letters of other scripts are kept where there are no others.

    >>> curie_of("id:jan"), curie_of("José Peeters"), curie_of("Иван")
    ('id:jan', 'id:jose-peeters', 'id:иван')
    """
    local = slug(curator) or re.sub(r"\W+", "-", curator.casefold()).strip("-") or "curator"
    return curator if _is_name(curator) else f"id:{local}"


def _is_name(curator: str) -> bool:
    return bool(re.fullmatch(r"id:\S+", curator))
