"""A text whose passages are marked, with the claims that quote each of them.

Passages overlap, so the text is cut wherever one begins or ends, and each segment carries all claims that quote it.
Sentences are reflowed, and every segment still knows which lines of the untouched source begin in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.fragments import Span, fragment
from fot_graph.core.statuses import firmness_rank
from fot_graph.text.asides import blanked
from fot_graph.text.parts import gap, pieces
from fot_graph.text.passages import reflow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit


# A value in a table's row: '1 234', '< 5', '12 %', '€ 500', 'nvt'; and what else stands there between blanks
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d{1,2})?(?![^\s%])|\d+(?:[.,]\d+)*"
_CELL = re.compile(rf"(?:[<>≤≥±] ?)?(?:€ ?)?-?(?:{_NUMBER})(?: ?[%€])?|nvt|nb|n\.[a-z]\.(?:[a-z]\.)?|n/a|[-–—]")
_WORD = re.compile(rf"(?:{_CELL.pattern})(?!\S)|\S+")
_BETWEEN_CELLS = re.compile(r"[^\S\n]*[\t|][^\S\n]*|[^\S\n]{2,}")
_QUOTATION = re.compile("“[^“”]*”")
_OF_THE_QUESTION = ("premise", "asked")


class Segment(NamedTuple):
    """A stretch of text that the same claims quote throughout: their numbers, and the places that begin here.

    The claims stand the firmest first. `status` is that of the first which a chosen status and theme leave marked,
    `marked` tells whether there is one. `lines` tells where lines of the source begin: the character of `text`, and
    their numbers. `found` tells what rules found in it: where it begins and ends in `text`, and what it is.
    """

    text: str
    claims: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    status: str = ""
    marked: bool = True
    lines: tuple[tuple[int, tuple[int, ...]], ...] = ()
    found: tuple[tuple[int, int, str], ...] = ()

    @property
    def pieces(self) -> tuple[tuple[tuple[int, ...], str], ...]:
        """The text cut where lines begin: the numbers of the lines that begin with each piece, and its text."""
        places = [0, *(place for place, _ in self.lines), len(self.text)]
        numbers: list[tuple[int, ...]] = [(), *(numbers for _, numbers in self.lines)]
        return tuple(
            (begun, self.text[start:end]) for begun, (start, end) in zip(numbers, pairwise(places), strict=True)
        )

    @property
    def runs(self) -> tuple[tuple[tuple[int, ...], tuple[tuple[str, str], ...]], ...]:
        """The pieces, each cut where what rules found begins or ends: its texts, with what each of them names or ''."""
        place, told = 0, []
        for numbers, text in self.pieces:
            told.append((numbers, tuple(self._runs(place, place + len(text)))))
            place += len(text)
        return tuple(told)

    def _runs(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        inside = {at for each in self.found for at in each[:2] if start < at < end}
        for first, last in pairwise(sorted({start, end, *inside})):
            names = (name for begins, ends, name in self.found if begins <= first and last <= ends)
            yield self.text[first:last], "; ".join(dict.fromkeys(names))


class QuotedPassage(NamedTuple):
    """A passage, and the numbers of the claims that quote it."""

    span: Span
    claims: tuple[int, ...]


class MarkedText:
    """A text with its quoted passages.

    `statuses` are those of the claims ('stated' …), by the numbers that the passages give them; `marked` are the claims
    that a chosen status and theme leave marked; `placed` are the identifiers that the page gives to its own parts, and
    `aliases` those that passages had in an earlier version of the text.
    """

    def __init__(
        self,
        source: Source,
        passages: Sequence[QuotedPassage],
        statuses: Sequence[str],
        marked: Collection[int],
        placed: Iterable[str],
        aliases: Mapping[Span, tuple[str, ...]],
    ) -> None:
        self.source, self.text = source, source.text
        self.passages, self.statuses, self.marked = passages, statuses, marked
        self.placed, self.aliases = set(placed), aliases
        self.mark_found([])
        self.quotations = [match.span() for match in _QUOTATION.finditer(self.text)]
        self.lines = self._lines()
        self._answer_start = answer_start(source)
        self._without_furniture = blanked(source.text, [unit for unit in source.leaves() if unit.kind == "furniture"])

    def mark_found(self, found: Sequence[tuple[Span, str]]) -> None:
        """Mark passages that rules found, each with what it names, in the order of the text."""
        self._found = found
        self._longest_found = max((place.end - place.start for place, _ in found), default=0)

    def claims_at(self, span: Span) -> tuple[int, ...]:
        """Give the claims that quote some of it, the firmest first."""
        return self._firmest({n for quoted in self._overlapping(span) for n in quoted.claims}, span.start)

    def _firmest(self, numbers: Iterable[int], at: int) -> tuple[int, ...]:
        """Put first the claims that say most surely whose words stand here."""
        return tuple(sorted(numbers, key=lambda n: (self.rank(at, self.statuses[n]), n)))

    def rank(self, at: int, status: str) -> tuple[bool, bool, int]:
        """Rank a status at a place of the text, the firmest lowest.

        The words of the question are the questioner's, also where a claim of the minister quotes them: "… opgestart?"
        "Ja." And what stands between quotation marks are the words of the text that is quoted, where a claim says so.
        """
        in_question = at < self._answer_start
        in_quotation = any(start <= at < end for start, end in self.quotations)
        rank = firmness_rank(status)
        return in_question and status not in _OF_THE_QUESTION, in_quotation and status != "quoted", rank

    def _overlapping(self, span: Span) -> list[QuotedPassage]:
        return [q for q in self.passages if q.span.start < span.end and span.start < q.span.end]

    def cells(self, unit: Unit) -> tuple[tuple[Segment, ...], ...]:
        """Give the segments of a sentence, or of each cell of a table's row."""
        if unit.kind == "table-row":
            return tuple(tuple(self._segments(cell)) for cell in self._cells(unit))
        spans = pieces(unit)
        found = list(self._segments(spans[0]))
        for before, after in pairwise(spans):
            found += [Segment(" ")] * bool(gap(self.text, before, after))
            found += self._segments(after)
        return (tuple(found),)

    def _segments(self, span: Span) -> Iterator[Segment]:
        """Cut a stretch of text wherever a passage begins or ends."""
        passages = self._overlapping(span)
        inside = {at for q in passages for at in q.span if span.start < at < span.end}
        cuts = sorted({span.start, span.end, *inside})
        shown = _Reflowed(self.text[span.start : span.end])
        for start, end in pairwise(cuts):
            numbers = {n for q in passages if q.span.start <= start and end <= q.span.end for n in q.claims}
            text = shown.piece(start - span.start, end - span.start)
            before = len(shown.piece(0, start - span.start))
            lines = tuple(
                (len(shown.piece(0, at - span.start)) - before, self.lines[at])
                for at in range(start, end)
                if at in self.lines
            )
            segment = self._segment(text, self._firmest(numbers, start), self._beginning(passages, end), lines)
            yield segment._replace(found=tuple(self._found_in(shown, span.start, Span(start, end))))

    def _found_in(self, shown: _Reflowed, origin: int, span: Span) -> Iterator[tuple[int, int, str]]:
        """Give what rules found in a stretch, by the characters of its text as it is shown."""
        before = len(shown.piece(0, span.start - origin))
        begins = (span.start - self._longest_found, span.end)
        first, last = (bisect_left(self._found, at, key=lambda each: each[0].start) for at in begins)
        for place, name in self._found[first:last]:
            if span.start < place.end:
                start, end = max(place.start, span.start) - origin, min(place.end, span.end) - origin
                yield len(shown.piece(0, start)) - before, len(shown.piece(0, end)) - before, name

    def _segment(
        self,
        text: str,
        numbers: tuple[int, ...],
        ids: tuple[str, ...],
        lines: tuple[tuple[int, tuple[int, ...]], ...],
    ) -> Segment:
        marked = [number for number in numbers if number in self.marked]
        status = next((self.statuses[number] for number in marked or numbers), "")
        return Segment(text, numbers, ids, status, bool(marked), lines)

    def _beginning(self, passages: Sequence[QuotedPassage], end: int) -> tuple[str, ...]:
        """Give the places that have no element of their own yet and begin before `end`."""
        ids = [id_ for q in passages if q.span.start < end for id_ in (fragment(q.span), *self.aliases.get(q.span, ()))]
        new = tuple(dict.fromkeys(id_ for id_ in ids if id_ not in self.placed))
        self.placed.update(new)
        return new

    def _cells(self, unit: Unit) -> list[Span]:
        """Give the cells of a table's row: the values at its end, and what stands before them."""
        text = self._without_furniture
        gaps = [match.span() for match in _BETWEEN_CELLS.finditer(text, unit.start, unit.end)]
        if gaps:
            edges = [unit.start, *(edge for gap in gaps for edge in gap), unit.end]
            cells = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
            has_signs = any(sign in text[start:end] for start, end in gaps for sign in "\t|")
            if has_signs or all(_CELL.fullmatch(text[start:end]) for start, end in cells[1:]):
                return cells
        words = [Span(*match.span()) for match in _WORD.finditer(text, unit.start, unit.end)]
        values = len(words)
        while values and _CELL.fullmatch(text[words[values - 1].start : words[values - 1].end]):
            values -= 1
        if not values:  # a year is a value too, and heads its row
            values = 1
        return [Span(words[0].start, words[values - 1].end), *words[values:]]

    def _lines(self) -> dict[int, tuple[int, ...]]:
        """Give the characters with which lines begin on the page, and their numbers, that of the character's own first.

        A line that is not shown, such as an empty one, begins with the next character that is, or else with the last
        line.
        """
        leaves = [unit for unit in self.source.leaves() if unit.kind not in ("marker", "furniture")]
        shown = [at for unit in leaves for at in range(unit.start, unit.end) if not self.text[at].isspace()]
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        found: dict[int, list[int]] = {}
        for number, start in enumerate(starts, start=1):
            next_shown = bisect_left(shown, start)
            at = shown[next_shown] if next_shown < len(shown) else max(found, default=0)
            found.setdefault(at, []).append(number)
        return {at: tuple(sorted(found[at], key=lambda n: n != self.source.line(at))) for at in found}


def answer_start(source: Source) -> int:
    """Find where the answer begins; without one, that is the end of the text."""
    return next((unit.start for unit, _ in source.walk() if unit.kind.startswith("answer")), len(source.text))


class _Reflowed:
    """A text as a person reads it, of which pieces can be had by their characters in the text as it was."""

    def __init__(self, text: str) -> None:
        self.text, self.shown = text, reflow(text)

    def piece(self, start: int, end: int) -> str:
        return self.shown[self._index_of(start) : self._index_of(end)]

    def _index_of(self, at: int) -> int:
        """Find a character again: only white space was changed, so it comes after as many others as before."""
        before = len(self.text[:at]) - sum(map(str.isspace, self.text[:at]))
        if at < len(self.text) and not self.text[at].isspace():
            return self._after[before] if before < len(self._after) else len(self.shown)
        return self._after[before - 1] + 1 if before else 0

    @cached_property
    def _after(self) -> list[int]:
        """The places of all characters that are no white space."""
        return [place for place, char in enumerate(self.shown) if not char.isspace()]
