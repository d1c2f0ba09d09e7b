"""The quotes that curators write: found in the source text, checked, and replaced by their passages.

A curator writes words, never offsets. Each quote is found in the text, and the claim then refers to the IRI of its
passage (`<document>#char=4120,4203`, RFC 5147).
"""

from __future__ import annotations

import time
from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.document_layer import passage_iri
from fot_graph.claims.layers import PROVENANCE
from fot_graph.core import limits
from fot_graph.core.errors import InputFileError
from fot_graph.core.quote_errors import QuoteError
from fot_graph.core.terms import node, text_of
from fot_graph.text.passages import check_words, find, joined_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fot_graph.claims.guard import AtHand, PassagePlace
    from fot_graph.core.fragments import Span
    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Subject
    from fot_graph.text.source import Source

_QUOTED = node("prov:wasQuotedFrom")
# Which property holds the wording of the passages that a claim refers to by the property on the left.
_WORDINGS = {
    _QUOTED: node("fot:quote"),
    node("fot:subjectPassage"): node("fot:subjectQuote"),
    node("fot:objectPassage"): node("fot:objectQuote"),
}


def quotes_found(
    path: Path,
    source: Source,
    quads: list[Quad],
    namespaces: Namespaces,
    lines: Mapping[tuple[str, str], tuple[int, int]] = MappingProxyType({}),
    *,
    strict: bool,
) -> tuple[dict[Quad, Span], list[QuoteError]]:
    """Find the passage of each quote; give the quotes too that have none.

    `lines` has the line and the column of quotes, by the IRI of the claim and the quote, for errors to name.

    Raises: `QuoteError` for the first of these, if `strict`; `InputFileError` for too many quotes.
    """
    spans: dict[Quad, Span] = {}
    problems: list[QuoteError] = []
    edges = source.edges()
    quotes = list(filter(is_quote, quads))
    if len(quotes) > limits.QUOTES:
        raise InputFileError(path, "many-quotes", count=limits.QUOTES)
    end = time.monotonic() + limits.SECONDS
    for quad in quotes:
        if time.monotonic() > end:
            raise InputFileError(path, "slow-quotes", seconds=limits.SECONDS)
        try:
            spans[quad] = find(source.text, _quote(quad), edges)
            if strict:
                check_words(source.text, _quote(quad), spans[quad], edges)
        except QuoteError as error:
            problems.append(_name_claim(error, quad.subject, namespaces))
            if place := lines.get((text_of(quad.subject), _quote(quad))):
                error.claim = f"{path}:{place[0]}:{place[1]}: {error.claim}"
            if strict:
                raise
    return spans, problems


def check_places(places: dict[Quad, PassagePlace], text_of: AtHand, namespaces: Namespaces) -> None:
    """See that no passage that is given by its IRI divides a word. Raises: `QuoteError` naming the claim."""
    edges: dict[str, set[int]] = {}
    for quad, (name, span) in places.items():
        source = text_of(name)
        assert source is not None, "guard.check has seen it"
        if name not in edges:
            edges[name] = source.edges()
        try:
            check_words(source.text, source.text[span.start : span.end], span, edges[name])
        except QuoteError as error:
            raise _name_claim(error, quad.subject, namespaces) from None


def _quote(quad: Quad) -> str:
    assert isinstance(quad.object, Literal)
    return quad.object.value


def is_quote(quad: Quad) -> bool:
    """Tell whether a quad, of claims as they were read, gives a quote that a curator wrote."""
    return quad.predicate in _WORDINGS and quad.graph_name == PROVENANCE and isinstance(quad.object, Literal)


def refuse_quotes(path: Path, quads: list[Quad], namespaces: Namespaces) -> None:
    """Refuse quotes in a file that has no source text beside it. Raises: `QuoteError` for the first."""
    for quad in filter(is_quote, quads):
        raise _name_claim(QuoteError(_quote(quad), "quote-without-source", file=path.name), quad.subject, namespaces)


def _name_claim(error: QuoteError, claim: Subject, namespaces: Namespaces) -> QuoteError:
    error.claim = namespaces.shorten(claim.value) if isinstance(claim, NamedNode) else str(claim)
    return error


def passage_links(places: dict[Quad, PassagePlace], namespaces: Namespaces) -> Iterator[Quad]:
    """Let each claim refer to its passages, by the property that it was quoted with and by `prov:wasQuotedFrom`."""
    for quad, place in places.items():
        for predicate in {quad.predicate: None, _QUOTED: None}:
            passage = passage_iri(NamedNode(namespaces.document(place.document)), place.span)
            yield Quad(quad.subject, predicate, passage, PROVENANCE)


def wording_quads(source: Source, spans: dict[Quad, Span], claims: set[object]) -> Iterator[Quad]:
    """Say of each claim what its passages read together, so that an answer can show one quote a row."""
    quoted: dict[tuple[Subject, NamedNode], set[Span]] = defaultdict(set)
    for quad, span in spans.items():
        if quad.subject in claims:
            quoted[quad.subject, quad.predicate].add(span)
            quoted[quad.subject, _QUOTED].add(span)
    for (claim, predicate), together in quoted.items():
        wording = Literal(joined_text(source.text, together), language=source.language_at(min(together).start))
        yield Quad(claim, _WORDINGS[predicate], wording, PROVENANCE)
