"""A text as the rules of finding read it: one line a sentence, heading, list item or table row, in plain signs.

White space is one blank, a word that was broken after its hyphen at a line's end is whole, and quotation marks, dashes
and apostrophes are those of a keyboard (`normalisation`). Each character keeps its place in the untouched text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.fragments import Span
from fot_graph.text.normalisation import MARKS, RULES, Tracked
from fot_graph.text.parts import is_leaf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit


class _Line(NamedTuple):
    """A line: where it begins in `Lines.text`, and where it stands: 'head', 'question', 'answer' or 'other'."""

    start: int
    place: str


class Lines(NamedTuple):
    """A text in lines, which end with a line feed; nothing else does."""

    tracked: Tracked
    lines: list[_Line]

    @property
    def text(self) -> str:
        """All lines."""
        return self.tracked.text

    def place(self, start: int) -> str:
        """Tell where the line stands that holds a character."""
        return self.lines[bisect_right(self.lines, start, key=lambda line: line.start) - 1].place

    def span(self, start: int, end: int) -> Span:
        """Give the characters of the untouched text that a stretch of a line comes from."""
        return Span(self.tracked.starts[start], self.tracked.ends[end - 1])


def lines_of(source: Source) -> Lines:
    """Put a text into lines. Markers, marks of footnotes and page numbers are left out."""
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    places: list[str] = []
    for unit, place in _leaves(source.root, "other"):
        places.append(place)
        for at, part in enumerate(_pieces(unit)):
            blank = " " if at else ""
            pieces += (blank, source.text[part.start : part.end])
            starts += array("I", [part.start] * len(blank)) + array("I", range(part.start, part.end))
            ends += array("I", [part.start] * len(blank)) + array("I", range(part.start + 1, part.end + 1))
        pieces.append(_END)
        starts.append(unit.end)
        ends.append(unit.end)
    tracked = Tracked("".join(pieces), starts, ends)
    for rule in _RULES:
        tracked = tracked.sub(*rule)
    begins = [0, *(end.end() for end in re.finditer("\n", tracked.text))]
    return Lines(tracked, [_Line(*each) for each in zip(begins, places, strict=False)])


_END = "\ufdd1"  # ends a line while white space is being folded: no text has it, for it is no character
_RULES = (
    *((rule.pattern, rule.write) for rule in RULES if rule.name != "combined letters"),
    (re.compile(rf".[{MARKS}]{{1,30}}"), lambda found: unicodedata.normalize("NFC", found[0])),
    (re.compile("\ufdd0"), lambda _: "-"),
    (re.compile(_END), lambda _: "\n"),
)
_PLACES = {
    **dict.fromkeys(("policy-field", "heading", "title", "answer-head", "signature"), "head"),
    **dict.fromkeys(("question", "question-item"), "question"),
    **dict.fromkeys(("answer", "answer-item"), "answer"),
    **dict.fromkeys(("footnote", "annex"), "other"),
}


def _leaves(unit: Unit, place: str) -> Iterator[tuple[Unit, str]]:
    if unit.kind in ("marker", "mark", "furniture"):
        return
    place = _PLACES.get(unit.kind, place)
    if is_leaf(unit):
        yield unit, place
    for child in unit.children:
        if not child.kind.endswith("-part"):
            yield from _leaves(child, place)


def _pieces(unit: Unit) -> list[Unit]:
    """Give a leaf, or the pieces of it that a page number or footnote left; a footnote is a leaf of its own."""
    return [child for child in unit.children if child.kind == f"{unit.kind}-part"] or [unit]
