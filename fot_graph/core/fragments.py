"""The addresses of passages within a document: by their characters (RFC 5147).

>>> passage("https://example.org/doc/a", Span(4120, 4203))
'https://example.org/doc/a#char=4120,4203'
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fot_graph.core.errors import UsageError


class Span(NamedTuple):
    """A half-open range [start, end) of characters, as RFC 5147 counts them: a line ending is one character."""

    start: int
    end: int


def fragment(span: Span) -> str:
    """Write the fragment identifier of a span, as RFC 5147 writes it, without the '#'.

    >>> fragment(Span(4120, 4203))
    'char=4120,4203'
    """
    return f"char={span.start},{span.end}"


# Eighteen digits are more than any text has, and fewer than Python refuses to read.
_FRAGMENT = re.compile(r"char=([0-9]{1,18}),([0-9]{1,18})")


def parse_fragment(identifier: str) -> Span:
    """Read the span from a fragment identifier of the form that `fragment` writes.

    >>> parse_fragment("char=4120,4203")
    Span(start=4120, end=4203)

    Raises: `UsageError` for anything else, and for a range that ends before it starts.
    """
    match = _FRAGMENT.fullmatch(identifier)
    if not match:
        raise UsageError("no-range", word=identifier)
    span = Span(int(match[1]), int(match[2]))
    if span.end < span.start:
        raise UsageError("range-ends-first", word=identifier)
    return span


def passage(document: str, span: Span) -> str:
    """Give the IRI of a passage of a document."""
    return f"{document}#{fragment(span)}"


def parse_passage(iri: str) -> tuple[str, Span] | None:
    """Read the document and the span from the IRI of a passage; None for any other IRI.

    >>> parse_passage("https://example.org/doc/a#char=0,4")
    ('https://example.org/doc/a', Span(start=0, end=4))
    """
    document, _, identifier = iri.partition("#")
    try:
        return document, parse_fragment(identifier)
    except UsageError:
        return None


def selector(document: str, kind: str, span: Span) -> str:
    """Give the IRI of the selector of a passage: of kind 'position' or 'quote' (Web Annotation Data Model, 4.2)."""
    return f"{document}/{kind}/{span.start}-{span.end}"


_SELECTOR = re.compile(r"[^/#]+/(?:position|quote)/.*")


def is_selector(local: str) -> bool:
    """Tell whether an IRI, without the namespace of its document, is one that `selector` gives."""
    return bool(_SELECTOR.fullmatch(local))
