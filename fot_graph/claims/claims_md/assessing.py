"""How each item of the question was answered: what follows, by rule, from the judgements on its matters.

It is a computed claim, with its derivation and the claims that it derives from, as a curator would write it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.layers import PROVENANCE
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fot_graph.claims.claims_md.names import KnownNames
    from fot_graph.core.terms import Term

DERIVATION = """\
SELECT (IF(COUNT(DISTINCT ?each) < 2, COALESCE(SAMPLE(?each), assessment:lapsed), \
IF(MAX(?each IN (assessment:answered, assessment:partly-answered)), assessment:partly-answered, \
IF(MAX(?each = assessment:deferred), assessment:deferred, assessment:referred-elsewhere))) AS ?value) \
WHERE { ?item fot:asksAbout/fot:assessedAs ?each FILTER (?each != assessment:lapsed) }"""
_ASKS, _ASSESSED, _TYPE = node("fot:asksAbout"), node("fot:assessedAs"), node("rdf:type")
_ANSWERED, _PARTLY, _DEFERRED, _ELSEWHERE, _LAPSED = (
    node(f"assessment:{name}") for name in ("answered", "partly-answered", "deferred", "referred-elsewhere", "lapsed")
)


def assessments(quads: Sequence[Quad], names: KnownNames) -> Iterator[Quad]:
    """Say of each item whose matters are all judged, and of which nothing is said yet, how it was answered."""
    asked: dict[Term, list[Quad]] = defaultdict(list)
    judged: dict[Term, list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in (_ASKS, _ASSESSED):
            (asked if quad.predicate == _ASKS else judged)[quad.subject].append(quad)
    for item, asking in asked.items():
        judging = [judged.get(quad.object, []) for quad in asking]
        if all(judging) and item not in judged and isinstance(item, NamedNode):
            answers = [quad for found in judging for quad in found]
            yield from _claim(item, [*asking, *answers], _overall({quad.object for quad in answers}), names)


def _overall(answers: Iterable[Term]) -> Term:
    """Give what follows from the judgements on the matters of an item, as the derivation computes it.

    >>> _overall([_ANSWERED, _DEFERRED, _LAPSED]) == _PARTLY, _overall([_LAPSED]) == _LAPSED
    (True, True)
    """
    told = {answer for answer in answers if answer != _LAPSED}
    if len(told) < 2:
        return next(iter(told), _LAPSED)
    return _PARTLY if told & {_ANSWERED, _PARTLY} else _DEFERRED if _DEFERRED in told else _ELSEWHERE


def _claim(item: NamedNode, premises: Sequence[Quad], answer: Term, names: KnownNames) -> Iterator[Quad]:
    claim = NamedNode(names.iri(f"c:{item.value.rpartition('#')[2]}-as-a-whole"))
    said: dict[NamedNode, NamedNode | Literal] = {
        _TYPE: node("fot:Claim"),
        node("fot:status"): node("status:computed"),
        node("fot:voice"): NamedNode(names.iri("id:editors")),
        node("fot:derivation"): Literal(DERIVATION),
    }
    yield from (Quad(claim, predicate, term, PROVENANCE) for predicate, term in said.items())
    for premise in dict.fromkeys(quad.graph_name for quad in premises):
        if isinstance(premise, NamedNode):
            yield Quad(claim, node("prov:wasDerivedFrom"), premise, PROVENANCE)
    yield Quad(item, _ASSESSED, answer, claim)
