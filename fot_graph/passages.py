"""Passages of a source text: find a quote, show it as a person reads it, address it by its characters.

A passage is a `Span`, a half-open range of characters of the untouched text. Curators write quotes and never offsets;
`find` turns a quote into its span, or says why it cannot. White space is the one thing that may differ: a source is
wrapped where its page ended, and nobody quotes that. Addresses follow RFC 5147 (`char=4120,4203`).
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.errors import QuoteAmbiguousError, QuoteError, QuoteNotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """A half-open range [start, end) of characters, as RFC 5147 counts them: a line ending is one character."""

    start: int
    end: int


def find(text: str, quote: str) -> Span:
    r"""Find the place of `quote` in `text`, where it must stand exactly once.

    A run of white space in the quote matches any run of white space in the text, and white space around the quote is
    ignored. Everything else matches exactly: a word broken at a line's end is quoted as it stands ('viona- onderzoek').

    >>> find("een viona-\nonderzoek", "viona- onderzoek")
    Span(start=4, end=20)

    Raises: `QuoteNotFoundError` with the nearest text, `QuoteAmbiguousError` with every place (overlapping ones
    count), and `QuoteError` for a quote without a word in it.
    """
    wanted = " ".join(quote.split())
    if not wanted:
        raise QuoteError(quote, "is empty", "quote the words of the source that support the claim")
    folded, offsets = _folded(text)
    at = folded.find(wanted)
    if at < 0:
        raise _not_found(quote, wanted, folded)
    if folded.find(wanted, at + 1) >= 0:
        raise QuoteAmbiguousError(quote, [offsets[start] for start in _occurrences(folded, wanted)])
    return Span(offsets[at], offsets[at + len(wanted) - 1] + 1)


# A hyphen or underscore that ends a line joins it to the next one ...
_BREAK = r"(?:(?<=[^\s-]-)|(?<=\S_))[^\S\n]*\n\s*(?=[\w/%])"
# ... but the hyphen of 'in- en uitvoer' stands for the rest of the word, and its blank belongs there.
_SUSPENDED = r"(?<=-)\s+(?=(?:en|of|en/of|naar|tot|als|dan|maar|noch|versus|respectievelijk)(?![\w-]))"
_JOINT = re.compile(f"{_SUSPENDED}|(?P<broken>{_BREAK})")


def reflow(text: str) -> str:
    r"""Put a passage on one line, as a person reads it: white space folded, broken words and addresses made whole.

    >>> reflow("via een viona-\nonderzoek  over in-\nen uitstroom")
    'via een viona-onderzoek over in- en uitstroom'
    """
    return " ".join(_JOINT.sub(lambda joint: "" if joint["broken"] else " ", text).split())


def joined(text: str, spans: Iterable[Span]) -> str:
    """Read passages in the order of the source; '[…]' stands for the words between them."""
    runs: list[Span] = []
    for span in sorted(spans):
        if runs and not text[runs[-1].end : span.start].strip():
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    return " […] ".join(reflow(text[run.start : run.end]) for run in runs)


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
        raise UsageError(f"'{identifier}' is no range of characters", "write char=START,END, as in char=4120,4203")
    span = Span(int(match[1]), int(match[2]))
    if span.end < span.start:
        raise UsageError(f"'{identifier}' ends before it starts", "the lower number comes first")
    return span


def context(text: str, span: Span, width: int = 32) -> tuple[str, str]:
    """Give at most `width` characters before and after the span, verbatim.

    They are the `oa:prefix` and `oa:suffix` of a text quote selector (W3C Web Annotation), by which a reader finds the
    passage again in another copy of the source.

    >>> context("Ja. Mijn administratie voert een evaluatie uit.", Span(4, 22), width=6)
    ('Ja. ', ' voert')
    """
    return text[max(0, span.start - width) : span.start], text[span.end : span.end + width]


@lru_cache(maxsize=16)
def _folded(text: str) -> tuple[str, list[int]]:
    """Fold the white space of a text, and give the offset in the text of each character that is left.

    Kept for the texts at hand, because hundreds of quotes are looked up in the same one.
    """
    words: list[str] = []
    offsets: list[int] = []
    for word in re.finditer(r"\S+", text):
        words.append(word[0])
        offsets.extend(range(word.start(), word.end() + 1))
    return " ".join(words), offsets


def _occurrences(folded: str, wanted: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", folded)]


def _not_found(quote: str, wanted: str, folded: str) -> QuoteNotFoundError:
    """Explain what stands there instead, as text that can be copied as a quote: folded, not joined."""
    unbroken = _apart_from_breaks(folded, wanted)
    error = QuoteNotFoundError(quote, unbroken or _nearest(folded, wanted))
    if unbroken:
        error.hint += "; only blanks after a hyphen or underscore differ: quote them as they stand"
    return error


def _apart_from_breaks(folded: str, wanted: str) -> str:
    """Find the stretch that is the quote but for blanks after hyphens and underscores; '' if there is none."""
    pieces = re.split(r"(?<=[-_])\s*", wanted)
    match = re.search(r"\s?".join(map(re.escape, pieces)), folded)
    return match[0] if match else ""


def _nearest(folded: str, wanted: str) -> str:
    """Find the stretch of whole words, about as long as the quote, that is most like it."""
    matcher = SequenceMatcher(None, b=wanted, autojunk=False)

    def likeness(stretch: str) -> float:
        matcher.set_seq1(stretch)
        return matcher.ratio()

    return max(_promising(folded, wanted), key=likeness, default="")


def _promising(folded: str, wanted: str, most: int = 8) -> list[str]:
    """Pick the stretches that share most runs of three letters with the quote: to compare all would take seconds."""
    sought = _trigrams(wanted)
    starts = [word.start() for word in re.finditer(r"\S+", folded)]
    lengths = (len(wanted), len(wanted) * 9 // 8)
    stretches = [_stretch(folded, start, length) for start in starts for length in lengths]
    return sorted(stretches, key=lambda stretch: -len(sought & _trigrams(stretch)))[:most]


def _stretch(folded: str, start: int, length: int) -> str:
    """Cut the text from `start` to the end of the word in which `length` is reached."""
    blank = folded.find(" ", start + length)
    return folded[start : blank if blank >= 0 else len(folded)]


def _trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(max(1, len(text) - 2))}
