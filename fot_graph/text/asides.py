"""What stands in a text beside what it says: page numbers, running heads, notes, signatures and annexes.

Each is found with its characters and blanked for the parser, which then reads the rest as one text. Its unit is put
back into the tree where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from fot_graph.core.fragments import Span
from fot_graph.text.blocks import blocks_of, body_units, lines_in
from fot_graph.text.languages import any_of, patterns
from fot_graph.text.sentences import is_ended
from fot_graph.text.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fot_graph.text.blocks import TextLine
    from fot_graph.text.layouts import Layout


def blanked(text: str, units: Iterable[Unit]) -> str:
    """Put a blank for each character of some units, but for the ends of lines and pages."""
    pieces: list[str] = []
    place = 0
    for unit in sorted(units, key=lambda unit: unit.start):
        pieces += [text[place : unit.start], re.sub(r"[^\n\f]", " ", text[unit.start : unit.end])]
        place = unit.end
    return "".join([*pieces, text[place:]])


# --- Page numbers and running heads ----------------------------------------------------------------------------------


@cache
def _page_number() -> re.Pattern[str]:
    page, of = any_of("page"), any_of("of_pages")
    return re.compile(
        rf"(?i:(?:{page})\s*\d{{1,4}}(?:\s*(?:/|{of})\s*\d{{1,4}})?|\d{{1,4}}\s*/\s*\d{{1,4}}|[-–—]\s*\d{{1,4}}\s*[-–—])"
    )


_NEAR = 200  # characters before and after a page number that are looked at
_RULE = re.compile(r"[-_=*]{3,}")
_BARE = re.compile(r"\d{1,4}")


def furniture(text: str, layout: Layout) -> list[Unit]:
    """Find page numbers, rules, running heads and feet, and what the layout calls noise."""
    spans = [Span(*match.span()) for pattern in layout.noise for match in pattern.finditer(text)]
    blocks = blocks_of(text, lines_in(text, 0, len(text)))
    lines = [line for block in blocks for line in block]
    spans += [
        Span(line.start, line.end)
        for line in lines
        if _RULE.fullmatch(text, line.start, line.end) or _page_number().fullmatch(text, line.start, line.end)
    ]
    alone = [Span(block[-1].start, block[-1].end) for block in blocks if len(block) == 1 or _is_cut(text, block)]
    spans += [span for span in alone if _BARE.fullmatch(text, *span) and _is_page_number(text, span, layout)]
    return _units(text, "furniture", [*spans, *_running(text)])


def _is_cut(text: str, block: list[TextLine]) -> bool:
    """Tell whether the last line of a block stands in the middle of a sentence that goes on after it."""
    after = text[block[-1].end : block[-1].end + 200].lstrip()[:1]
    return after.islower() and not is_ended(text, block[0].start, block[-2].end)


def _is_page_number(text: str, span: Span, layout: Layout) -> bool:
    """Tell whether a number alone between empty lines numbers a page: at the page's edge, or between two of prose."""
    before = text[max(0, span.start - _NEAR) : span.start].rstrip(" \n\t")
    after = text[span.end : span.end + _NEAR].lstrip(" \n\t")
    if before[-1:] == "\f" or after[:1] == "\f":
        return True
    ends = not before or not before[-1].isdigit()
    return bool(before and after and ends and not layout.bare and not after[0].isdigit())


def _running(text: str) -> list[Span]:
    """Find lines that stand at the head or foot of two pages or more, but for their numbers."""
    edges = [0, *(match.end() for match in re.finditer("\f", text)), len(text) + 1]
    pages = [lines_in(text, start, end - 1) for start, end in pairwise(edges)]
    ends = [line for page in pages if len(page) > 2 for line in (page[0], page[-1])]
    plain = [re.sub(r"\d+", "0", text[line.start : line.end]) for line in ends]
    counts = Counter(plain)
    return [Span(line.start, line.end) for line, words in zip(ends, plain, strict=True) if counts[words] > 1]


def _units(text: str, kind: str, spans: Iterable[Span]) -> list[Unit]:
    """Make units of stretches, without white space at their ends, that do not overlap."""
    found: list[Unit] = []
    for start, end in sorted(spans):
        written = text[start:end]
        inner = Span(start + len(written) - len(written.lstrip()), start + len(written.rstrip()))
        if inner.start < inner.end and (not found or found[-1].end <= inner.start):
            found.append(Unit(kind, *inner))
    return found


# --- Notes and signatures -------------------------------------------------------------------------------------------


def notes(text: str, layout: Layout, start: int, end: int) -> list[Unit]:
    """Find the notes that the layout tells of, such as 'Deze vraag werd ook gesteld aan …'."""
    spans = [Span(*match.span()) for pattern in layout.notes for match in pattern.finditer(text, start, end)]
    return [unit for span in _units(text, "note", spans) for unit in body_units(text, span.start, span.end)]


@cache
def office_pattern() -> re.Pattern[str]:
    """Give the pattern of the name of an office, in any of the languages."""
    return re.compile(rf"(?i:(?<![^\W\d_])(?:{patterns('office')})(?![^\W\d_]))")


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?:{patterns('greeting')})[^\n]{{0,40}})")


_NAME = re.compile(r"(?:(?:[A-ZÀ-Þ][^\W\d_]*+[.'’-]*+)+|de|den|der|van|von|le|la|d[’']|ter|ten)(?:\s+|\Z|(?<=\.))")
_LONGEST = 160  # characters of a line of a signature
_INDENT = 40  # of them before its office


def signature(text: str, start: int, end: int) -> Unit | None:
    """Find the signature that closes a range: lines of a name and an office, or a greeting, that end no sentence."""
    blocks = blocks_of(text, lines_in(text, start, end))
    first, signed = len(blocks), False
    for at in range(len(blocks) - 1, max(0, len(blocks) - 5), -1):
        block = blocks[at]
        place = block[0].start, block[-1].end
        written = text[place[0] : place[1]]
        if len(block) > 5 or any(line.end - line.start > _LONGEST for line in block):
            break
        is_open = not is_ended(text, *place)
        of_office = is_open and bool(office_pattern().search(written)) and _begins_as_signature(written)
        if of_office or _greeting().fullmatch(written.partition("\n")[0].rstrip(" ,.")):
            first, signed = at, True
        elif _is_name(written):
            first = min(first, at) if not signed else at
        else:
            break
    return Unit("signature", blocks[first][0].start, blocks[-1][-1].end) if signed else None


def without_greeting(text: str, signed: Unit) -> int:
    """Give where the name or office of a signature begins, after its greeting if it has one and more."""
    first, _, rest = text[signed.start : signed.end].partition("\n")
    if not rest.strip() or not _greeting().fullmatch(first.rstrip(" ,.")):
        return signed.start
    return signed.end - len(rest.lstrip())


def _begins_as_signature(written: str) -> bool:
    """Tell whether what names an office does so at its start, or after a name on a line of its own."""
    head, _, rest = written.partition("\n")
    offices = [office_pattern().search(part) for part in ([head, rest] if _is_name(head) else [head])]
    return any(office and office.start() < _INDENT for office in offices)


def _is_name(written: str) -> bool:
    place, count = 0, 0
    written = written.strip(" ,\n")
    while place < len(written):
        match = _NAME.match(written, place)
        if not match:
            return False
        place, count = match.end(), count + 1
    return 1 < count < 7


# --- Annexes --------------------------------------------------------------------------------------------------------


@cache
def _annex() -> re.Pattern[str]:
    return re.compile(rf"(?i:{any_of('annex')})(?:\s+(?:\d{{1,2}}|[A-Z]|[IVX]{{1,4}}))?\s*(?:[:.–-][^\n]{{0,100}})?")


def annex_start(text: str, start: int) -> int:
    """Find where the annexes begin: a line that says 'Bijlage 2' or 'Annex: …' and opens a block; or the end."""
    for line in lines_in(text, start, len(text)):
        if line.opens and _annex().fullmatch(text, line.start, line.end):
            return line.start
    return len(text)


# --- Back into the tree ---------------------------------------------------------------------------------------------


def with_asides(text: str, unit: Unit, asides: Sequence[Unit]) -> Unit:
    """Put asides back into a tree, each into the innermost unit that it stands in; a sentence is then cut into parts.

    A sign of Markdown that touches a unit stands in it too. `text` has blanks in the place of the asides.
    """
    if not asides:
        return unit
    if not unit.children:
        return unit._replace(children=tuple(_cut(text, unit, asides)))
    placed: list[Unit] = []
    at = 0
    for child in unit.children:
        first = bisect_left(asides, child.start, at, key=lambda aside: aside.start)
        last = bisect_left(asides, child.end, first, key=lambda aside: aside.start)
        start, end = child.start, child.end
        if child.kind not in ("marker", "mark"):
            while first > at and asides[first - 1].end == start:
                first, start = first - 1, asides[first - 1].start
            while last < len(asides) and asides[last].start == end:
                last, end = last + 1, asides[last].end
        placed += [*asides[at:first], with_asides(text, child._replace(start=start, end=end), asides[first:last])]
        at = last
    return unit._replace(children=(*placed, *asides[at:]))


def _cut(text: str, leaf: Unit, asides: Sequence[Unit]) -> Iterable[Unit]:
    edges = [leaf.start, *(edge for aside in asides for edge in (aside.start, aside.end)), leaf.end]
    for at in range(0, len(edges), 2):
        yield from _units(text, f"{leaf.kind}-part", [Span(edges[at], edges[at + 1])])
        if at // 2 < len(asides):
            yield asides[at // 2]
