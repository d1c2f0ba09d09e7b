"""Passages of a source text: find a quote, show it as a person reads it.

A passage is a `Span`, a half-open range of characters of the untouched text. Curators write quotes and never offsets;
`find` turns a quote into its span, or says why it cannot. Both are compared under one normalisation, since a source is
wrapped where its page ended and holds signs that nobody types.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from fot_graph.core.fragments import Span
from fot_graph.core.quote_errors import QuoteAmbiguousError, QuoteDividesWordError, QuoteError, QuoteNotFoundError
from fot_graph.core.words import Message
from fot_graph.text.edges import GROUPING, divided_words
from fot_graph.text.normalisation import SUSPENDED, needed_rules, normalise, without_hyphens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from fot_graph.text.normalisation import Normalised

_MOST_PLACES = 1_000  # of a quote that stands more than once; how many more there are is counted only


def find(text: str, quote: str, edges: Collection[int] = ()) -> Span:
    r"""Find the place of `quote` in `text`, where it must stand exactly once; both are normalised (`normalisation`).

    Where it stands in whole words once, it may stand within words besides; `edges` are where the units of the text
    begin and end, and with them words.

    >>> find("een viona-\nonderzoek", "viona-onderzoek")
    Span(start=4, end=20)
    >>> find("de antwoorden: Antwoord", "Antwoord")
    Span(start=15, end=23)

    Raises: `QuoteNotFoundError` with the nearest text, `QuoteAmbiguousError` with the first places (overlapping ones
    count), and `QuoteError` for a quote without a word in it.
    """
    wanted = normalise(quote).text
    if not wanted:
        raise QuoteError(quote, "quote-empty")
    spans = list(islice(_quote_spans(text, quote), _MOST_PLACES))
    if not spans:
        raise _not_found(text, quote)
    if 1 < len(spans) < _MOST_PLACES:
        whole = [span for span in spans if not divided_words(text, *span, edges)]
        if len(whole) == 1:
            return whole[0]
    if len(spans) > 1:
        rest = text[spans[-1].end :] if len(spans) == _MOST_PLACES else ""
        starts = [span.start for span in spans]
        count = len(spans) + normalise(rest).text.count(wanted)
        raise QuoteAmbiguousError(quote, starts, count, overlooked_rules(text, quote, spans[0]))
    return spans[0]


def check_words(text: str, quote: str, span: Span, edges: Collection[int] = ()) -> None:
    """Check that a quote, found at `span`, holds whole words; `edges` are where the units of the text begin and end.

    Raises: `QuoteDividesWordError` with the words.
    """
    if divided := divided_words(text, *span, edges):
        words = [reflow(text[start:end]) for start, end in divided]
        raise QuoteDividesWordError(quote, words, overlooked_rules(text, quote, span))


def overlooked_rules(text: str, quote: str, span: Span) -> list[str]:
    """Name the rules of the normalisation without which a quote would not have been found at `span`."""
    return [rule.name for rule in needed_rules(text[span.start : span.end], quote)]


def _quote_spans(text: str, quote: str) -> Iterator[Span]:
    """Yield every place of a quote, in order; one in which words are split at a line's end if there is no other."""
    whole, wanted = normalise(text), normalise(quote)
    ranges = (whole.range(at, at + len(wanted.text)) for at in _occurrences(whole.text, wanted.text))
    found = False
    for given in filter(None, ranges):
        found = True
        yield Span(*given)
    if not found and (whole.soft or wanted.soft):
        yield from _places_of_split_words(whole, wanted)


def _places_of_split_words(whole: Normalised, wanted: Normalised) -> Iterator[Span]:
    """Yield the places of a quote in which only hyphens differ, and only those that the end of a line may have left."""
    bare, sought = without_hyphens(whole.text), without_hyphens(wanted.text).text
    for at in _occurrences(bare.text, sought):
        start, end = bare.starts[at], bare.ends[at + len(sought) - 1]
        given = whole.range(start, end)
        if given and _is_same_but_for_splits(whole, start, end, wanted):
            yield Span(*given)


def _is_same_but_for_splits(whole: Normalised, start: int, end: int, wanted: Normalised) -> bool:
    at, place = start, 0
    while at < end and place < len(wanted.text):
        if whole.text[at] == wanted.text[place]:
            at, place = at + 1, place + 1
        elif at in whole.soft:
            at += 1
        elif place in wanted.soft:
            place += 1
        else:
            return False
    return at == end and place == len(wanted.text)


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


# A hyphen, soft hyphen or underscore that ends a line joins it to the next one ...
_BREAK = r"(?:(?<=[^\s-]-)|(?<=\u00ad)|(?<=\S_))[^\S\n]*\n\s*(?=[\w/%])"
# ... but the hyphen of 'in- en uitvoer' stands for the rest of the word, and its blank belongs there.
_SUSPENDED = rf"(?<=-)\s+(?={SUSPENDED})"
# The no-break space of '1 234' is a part of the number.
_IN_NUMBER = rf"(?P<number>(?<=\d)[{GROUPING}](?=\d{{3}}(?!\d)))"
_SPACE = re.compile(rf"{_SUSPENDED}|(?P<broken>{_BREAK})|{_IN_NUMBER}|\s+")


def reflow(text: str) -> str:
    r"""Put a passage on one line, as a person reads it: white space folded, broken words and addresses made whole.

    All other characters are those of the text.

    >>> reflow("via een viona-\nonderzoek  over in-\nen uitstroom")
    'via een viona-onderzoek over in- en uitstroom'
    """
    return _SPACE.sub(lambda space: "" if space["broken"] else space["number"] or " ", text.strip())


def joined_text(text: str, spans: Iterable[Span]) -> str:
    """Read passages in the order of the source; '[…]' stands for the words between them."""
    runs: list[Span] = []
    for span in sorted(spans):
        if runs and not text[runs[-1].end : span.start].strip():
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    return " […] ".join(reflow(text[run.start : run.end]) for run in runs)


def context(text: str, span: Span, width: int = 32) -> tuple[str, str]:
    """Give at most `width` characters before and after the span, verbatim.

    They are the `oa:prefix` and `oa:suffix` of a text quote selector (W3C Web Annotation), by which a reader finds the
    passage again in another copy of the source.

    >>> context("Ja. Mijn administratie voert een evaluatie uit.", Span(4, 22), width=6)
    ('Ja. ', ' voert')
    """
    return text[max(0, span.start - width) : span.start], text[span.end : span.end + width]


def _not_found(text: str, quote: str) -> QuoteNotFoundError:
    """Explain what stands there instead, as text that can be copied as a quote."""
    from fot_graph.text.nearest import difference, nearest_stretch  # noqa: PLC0415  only mistakes pay for it

    start, end = nearest_stretch(text, quote)
    found = text[start:end]
    if only := difference(found, quote):
        return QuoteNotFoundError(quote, reflow(found), Message("differ-only-in", kind=Message(only)))
    divides = normalise(quote).text in normalise(text).text
    return QuoteNotFoundError(quote, reflow(found), Message("divides-a-character") if divides else None)
