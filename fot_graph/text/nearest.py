"""The stretch of a text that is most like a quote that it does not hold, and in what the two differ.

The time and the memory that this takes are bounded: of a long quote a few pieces are looked for in the whole text,
and the quote is held against the places that they point to, up to LONGEST characters of it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from fot_graph.text.edges import divided_word
from fot_graph.text.normalisation import MARKS, Normalised, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 4_000  # characters of a quote that are compared
_PIECE = 60  # rapidfuzz compares up to 64 characters at once
_PIECES = 8
_AROUND = 40  # characters around the ends of the best place, among which the best ends are looked for


# In what one thing alone a quote can differ from a stretch of text; `languages/` has these words in each language.
CAPITALS = "capitals"
ONE_SIGN = "one letter or sign"
# What is left out of both before they are compared, the least first.
_DIFFERENCES = (
    ("white space", re.compile(" ")),
    ("hyphens", re.compile("[- ]")),
    ("accents", re.compile(f"[{MARKS}]")),
    ("punctuation", re.compile(rf"[^\w{MARKS}]")),
)


def nearest_stretch(text: str, quote: str) -> tuple[int, int]:
    """Find the stretch of whole words that is most like a quote, as its start and end; the first of equals.

    >>> text = "Mijn administratie voert een evaluatie uit."
    >>> text[slice(*nearest_stretch(text, "administratie doet een evaluatie"))]
    'administratie voert een evaluatie'
    """
    whole, wanted = normalise(text), normalise(quote).text[:LONGEST].lower()
    lower = whole.text.lower()  # of the same length: what changes its length in lower case has been taken apart
    if not lower:
        return 0, 0
    start = max(_likely_starts(lower, wanted), key=lambda at: fuzz.ratio(wanted, lower[at : at + len(wanted)]))
    end = min(len(lower), start + len(wanted))
    for _ in range(2):  # the best end depends on the start, and the other way round
        starts = (at for at in _offsets_around(start, len(lower)) if at < end and _may_begin(text, whole, at))
        start = max(starts, key=lambda at: fuzz.ratio(wanted, lower[at:end]), default=start)
        ends = (at for at in _offsets_around(end, len(lower)) if at > start and _may_end(text, whole, at))
        end = max(ends, key=lambda at: fuzz.ratio(wanted, lower[start:at]), default=end)
    return whole.tracked.starts[start], whole.tracked.ends[end - 1]


def difference(stretch: str, quote: str) -> str | None:
    """Tell in what one thing alone a quote differs from a stretch of text, if it is only one."""
    one, other = normalise(stretch).text, normalise(quote).text
    if one.casefold() == other.casefold():
        return CAPITALS
    for kind, left_out in _DIFFERENCES:
        if left_out.sub("", one) == left_out.sub("", other):
            return kind
    return ONE_SIGN if is_one_slip(stretch, quote) else None


def is_one_slip(stretch: str, quote: str) -> bool:
    """Tell whether one typing error makes a quote of a stretch: a sign too many, too few, another, or two swapped."""
    one, other = normalise(stretch).text, normalise(quote).text
    return abs(len(one) - len(other)) < 2 and OSA.distance(one, other, score_cutoff=1) == 1


def changes(quote: str, stretch: str) -> list[tuple[str, str]]:
    """Give the words of a quote that a stretch of text has otherwise, each with what stands there instead.

    >>> changes("Mijn administratie doet het", "Mijn administratie voert het uit")
    [('doet', 'voert'), ('', 'uit')]
    """
    one, other = quote[:LONGEST].split(), stretch[:LONGEST].split()
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [(" ".join(one[a:b]), " ".join(other[c:d])) for step, a, b, c, d in steps if step != "equal"]


def _likely_starts(text: str, wanted: str) -> Iterator[int]:
    """Yield where the quote may begin, by where its pieces stand."""
    last = max(0, len(wanted) - _PIECE)
    places: Iterable[int] = range(0, last + 1, max(1, last // (_PIECES - 1)))
    for place in places if last else (0,):
        found = fuzz.partial_ratio_alignment(wanted[place : place + _PIECE], text)
        if found:
            yield min(max(0, found.dest_start - place), len(text) - 1)


def _offsets_around(place: int, length: int) -> list[int]:
    """Give the places around one, the nearest first, so that of equals it is taken."""
    return sorted(range(max(0, place - _AROUND), min(length, place + _AROUND) + 1), key=lambda at: abs(at - place))


def _may_begin(text: str, whole: Normalised, at: int) -> bool:
    return whole.text[at] != " " and not divided_word(text, whole.tracked.starts[at])


def _may_end(text: str, whole: Normalised, at: int) -> bool:
    return whole.text[at - 1] != " " and not divided_word(text, whole.tracked.ends[at - 1])
