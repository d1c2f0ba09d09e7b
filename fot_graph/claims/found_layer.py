"""What rules find in a text as claims of status 'found': each a named graph that says what its passage names.

They are computed, as the document layer is. A thing that has a name or an address of its own goes by that; what only
the text points to, such as a date, an amount or a law, goes by an IRI below that of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.document_layer import passage_iri, passage_quads
from fot_graph.claims.head_layer import FOUND_CLAIM, claim_quads, head_quads
from fot_graph.claims.layers import DOCUMENT
from fot_graph.core.terms import node, time_literal
from fot_graph.text.finding.rules import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.claims.known_names import Known, Said
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term
    from fot_graph.text.finding.mention import Mention
    from fot_graph.text.source import Source

_TYPE, _STATUS, _FOUND = node("rdf:type"), node("fot:status"), node("status:found")
_QUOTED = node("prov:wasQuotedFrom")
_NAMES, _KIND = node("schema:mentions"), node("dcterms:type")
_QUOTING = frozenset((_QUOTED, node("fot:subjectPassage"), node("fot:objectPassage")))
_STANDS_IN, _PASSAGE = node("fot:standsIn"), node("fot:Passage")
_PERIOD, _NUMBER, _DATE = node("sdmx-dimension:refPeriod"), node("dcterms:identifier"), node("dcterms:issued")
_RESOLVES_TO = node("fot:resolvesTo")
_VALUE, _LEAST, _MOST = node("sdmx-measure:obsValue"), node("schema:minValue"), node("schema:maxValue")
_UNIT = node("schema:unitText")


def found_quads(name: str, source: Source, known: Known, own: Said, namespaces: Namespaces) -> list[Quad]:
    """Give all that the rules find in the text of a document, and what its head says, with the passages."""
    document = NamedNode(namespaces.document(name))
    found = findings(source, known.names)
    spans = list(dict.fromkeys(each.span for each in found))
    head = head_quads(name, source, known, own, namespaces)
    return [*passage_quads(document, source, spans), *_claims(name, document, source, found, namespaces), *head]


def _claims(
    name: str, document: NamedNode, source: Source, found: Iterable[Mention], namespaces: Namespaces
) -> Iterator[Quad]:
    for each in found:
        place = f"{each.kind}-{each.span.start}-{each.span.end}"
        claim = NamedNode(namespaces.claim(f"{name}/found-{place}"))
        passage = passage_iri(document, each.span)
        yield from claim_quads(claim, _FOUND, document, source, [each.span])
        thing = _thing(each, NamedNode(f"{document.value}/{place}"))
        yield Quad(passage, _NAMES, thing, claim)
        if each.kind != "name":
            yield Quad(thing, _KIND, node(f"mention:{each.kind}"), claim)
            yield from (Quad(thing, predicate, term, claim) for predicate, term in _facts(each))
        if each.dated:
            claim = NamedNode(f"{claim.value}-dated")
            yield from claim_quads(claim, _FOUND, document, source, sorted((each.span, each.dated)))
            yield Quad(thing, _PERIOD, time_literal(each.date), claim)


def _thing(found: Mention, own: NamedNode) -> NamedNode:
    """Give the IRI of what a passage names: that of a name, an address, or else one of its own."""
    if found.kind == "web-address":
        return NamedNode(found.value if "://" in found.value else f"http://{found.value}")
    return NamedNode(found.value) if found.kind == "name" else own


def _facts(found: Mention) -> Iterator[tuple[NamedNode, Term]]:
    """Say what the text itself says of a date, an amount or a reference."""
    if found.kind == "date" and found.value:
        yield _PERIOD, time_literal(found.value)
    elif found.kind == "amount":
        yield (_LEAST if found.upper else _VALUE), _decimal(found.value)
        if found.upper:
            yield _MOST, _decimal(found.upper)
        yield _UNIT, Literal(found.unit)
    if found.number:
        yield _NUMBER, Literal(found.number)
    if found.date and not found.dated:
        yield _DATE, time_literal(found.date)


def _decimal(value: str) -> Literal:
    return Literal(value, datatype=node("xsd:decimal" if "." in value else "xsd:integer"))


def parted(quads: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
    """Part quads into those of the claims that rules make, with what is said of these, and all others."""
    given = list(quads)
    claims = {quad.subject for quad in given if quad.predicate == _TYPE and quad.object == FOUND_CLAIM}
    parts: tuple[list[Quad], list[Quad]] = ([], [])
    for quad in given:
        parts[quad.graph_name not in claims and quad.subject not in claims].append(quad)
    return parts


def curated(quads: Iterable[Quad]) -> list[Quad]:
    """Give what is left of a graph without what rules find: neither their claims nor passages that only these quote.

    What a head says of the document stays, as part of what the text gives (`graph:document`).
    """
    found, others = parted(quads)
    kept = {quad.object for quad in others if quad.predicate in _QUOTING}
    dropped = {quad.object for quad in found if quad.predicate == _QUOTED} - kept
    stated = {quad.subject for quad in found if quad.predicate == _STATUS and quad.object != _FOUND}
    head = (
        Quad(quad.subject, quad.predicate, quad.object, DOCUMENT)
        for quad in found
        if quad.graph_name in stated and quad.predicate != _RESOLVES_TO
    )
    return [*(quad for quad in others if quad.subject not in dropped or not _is_of_passages(quad)), *head]


def told_by_heads(quads: Iterable[Quad]) -> set[Term]:
    """Give the sentences, headings and titles of which a head fact quotes some."""
    found, others = parted(quads)
    stated = {quad.subject for quad in found if quad.predicate == _STATUS and quad.object != _FOUND}
    passages = {quad.object for quad in found if quad.predicate == _QUOTED and quad.subject in stated}
    return {quad.object for quad in (*found, *others) if quad.predicate == _STANDS_IN and quad.subject in passages}


def _is_of_passages(quad: Quad) -> bool:
    """Tell what only passages have, for a part of the text may be one too."""
    return quad.predicate == _STANDS_IN or (quad.predicate == _TYPE and quad.object == _PASSAGE)
