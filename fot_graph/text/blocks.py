"""What stands within an item: paragraphs, lists and tables, told apart by empty lines, markers and cells."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from fot_graph.text.sentences import is_ended, sentences
from fot_graph.text.units import Unit


class TextLine(NamedTuple):
    """A line without the white space around it.

    It `opens` when it is the first, or when an empty line or the end of a page stands before it.
    """

    start: int
    end: int
    opens: bool


_LINE = re.compile(r"\S(?:[^\n\f]*\S)?")
# Bullets of PDF and Word too: signs of their own, and those of the fonts Symbol and Wingdings
_BULLET = "[-•‣▪▫◦●○■□·➢➤✓✔∙⁃➔→\uf0a7\uf0b7\uf0d8\uf02d\uf0fc]"
_LIST_MARKER = re.compile(rf"(?:{_BULLET}|[–—*o])(?!\S)")
_MAY_BE_PROSE = frozenset("–—*o")  # a wrapped line can begin with these
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)*)(?:,\d+)?"
_AMOUNT = rf"[<>≤≥±~]?\s?(?:[€$£]\s?)?[-−+]?{_NUMBER}(?:\s?(?:[%‰€]|euro|EUR))?"
_CELL = rf"(?:{_AMOUNT}|n\.?v\.?t\.?|n\.?b\.?|[nN]/[aA]|nihil|[-–—*])"
_ROW = re.compile(rf"(?:[A-ZÀ-Þ\d<>].*\s)?{_CELL}")
_WIDE_ROW = re.compile(rf"(?:.*\s)?{_CELL}\s+{_CELL}|(?!\(?\w{{1,3}}[.):°]\t)[^\t]+\t.+|\|.*\|")
_PROSE = 60  # characters of a block that is more than a heading
_WHOLES = {"list-item": "list", "table-header": "table", "table-row": "table"}


def lines_in(text: str, start: int, end: int) -> list[TextLine]:
    """List the lines in the range that are not blank."""
    lines: list[TextLine] = []
    for match in _LINE.finditer(text, start, end):
        gap = text[lines[-1].end : match.start()] if lines else "\f"
        opens = gap.count("\n") > 1 or "\f" in gap
        lines.append(TextLine(match.start(), match.end(), opens))
    return lines


def blocks_of(text: str, lines: list[TextLine]) -> list[list[TextLine]]:
    """Split lines into blocks: empty lines part them, and so does the marker of a list item."""
    blocks: list[list[TextLine]] = []
    for line in lines:
        if line.opens or _begins_list_item(text, line, blocks[-1]):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _begins_list_item(text: str, line: TextLine, block: list[TextLine]) -> bool:
    """Tell whether a line begins with the marker of a list item; a dash may also be one within a wrapped sentence."""
    marker = _LIST_MARKER.match(text, line.start)
    if not marker or marker[0] not in _MAY_BE_PROSE:
        return bool(marker)
    before = _LIST_MARKER.match(text, block[0].start)
    alike = before and (before[0] == marker[0] or marker[0] in "o*")
    return bool(alike) or is_ended(text, block[0].start, block[-1].end)


def body_units(text: str, start: int, end: int) -> list[Unit]:
    """Parse the paragraphs, lists and tables in the range."""
    pieces: list[Unit] = []
    for block in _rejoined_blocks(text, blocks_of(text, lines_in(text, start, end))):
        pieces += _block_units(text, block, in_table=bool(pieces) and pieces[-1].kind == "table-row")
    together: list[list[Unit]] = []
    for piece in _with_headers(text, pieces):
        whole = _WHOLES.get(piece.kind)
        if whole and together and _WHOLES.get(together[-1][0].kind) == whole and piece.kind != "table-header":
            together[-1].append(piece)
        else:
            together.append([piece])
    return [_list_or_table(parts) for parts in together]


def _list_or_table(parts: list[Unit]) -> Unit:
    """Make one list or table of its parts; anything else is whole by itself."""
    whole = _WHOLES.get(parts[0].kind)
    return Unit(whole, parts[0].start, parts[-1].end, children=tuple(parts)) if whole else parts[0]


def _rejoined_blocks(text: str, blocks: list[list[TextLine]]) -> list[list[TextLine]]:
    """Put blocks together again that the end of a page cut in the middle of a sentence."""
    mended: list[list[TextLine]] = []
    for block in blocks:
        if mended and _continues(text, mended[-1], block):
            mended[-1] += block
        else:
            mended.append(block)
    return mended


def _continues(text: str, before: list[TextLine], block: list[TextLine]) -> bool:
    if is_ended(text, before[0].start, before[-1].end) or _LIST_MARKER.match(text, block[0].start):
        return False
    at_page_end = "\f" in text[before[-1].end : block[0].start] and before[-1].end - before[0].start > _PROSE
    in_sentence = text[block[0].start].islower() or (at_page_end and text[block[0].start].isalpha())
    return in_sentence and not _table_rows(text, before) and not _table_rows(text, block)


def _block_units(text: str, block: list[TextLine], *, in_table: bool) -> list[Unit]:
    """Parse a block: a list item, a paragraph, rows of a table, or rows under a paragraph (their heading)."""
    start, end = block[0].start, block[-1].end
    marker = _LIST_MARKER.match(text, start)
    if marker:
        leaf = Unit("marker", start, marker.end(), marker[0])
        return [Unit("list-item", start, end, children=(leaf, *sentences(text, marker.end(), end)))]
    rows = _table_rows(text, block, in_table=in_table)
    above = block[: len(block) - len(rows)]
    pieces = [_paragraph(text, above[0].start, above[-1].end)] if above else []
    return pieces + [Unit("table-row", row.start, row.end) for row in rows]


def _table_rows(text: str, block: list[TextLine], *, in_table: bool = False) -> list[TextLine]:
    """Find the lines at the end of a block that are rows of a table: they end in a number or 'nvt'.

    A single such line is a row only when it has two of those cells or stands alone under other rows: a line of prose
    may end in a year.
    """
    if _LIST_MARKER.match(text, block[0].start):
        return []
    rows = list(takewhile(lambda line: _is_row(text, line), reversed(block)))[::-1]
    sure = len(rows) > 1 or (in_table and len(block) == 1) or any(_is_wide_row(text, row) for row in rows)
    return rows if sure else []


def _is_row(text: str, line: TextLine) -> bool:
    return bool(_ROW.fullmatch(text, line.start, line.end)) or _is_wide_row(text, line)


def _is_wide_row(text: str, line: TextLine) -> bool:
    return bool(_WIDE_ROW.fullmatch(text, line.start, line.end))


def _with_headers(text: str, pieces: list[Unit]) -> list[Unit]:
    """Make one header of what stands above the rows of a table without ending a sentence."""
    upwards: list[Unit] = []
    for piece in reversed(pieces):
        below = upwards[-1].kind if upwards else ""
        if not below.startswith("table") or not _is_heading(text, piece):
            upwards.append(piece)
        elif below == "table-header":
            upwards[-1] = upwards[-1]._replace(start=piece.start)
        else:
            upwards.append(Unit("table-header", piece.start, piece.end))
    return upwards[::-1]


def _is_heading(text: str, piece: Unit) -> bool:
    return piece.kind == "paragraph" and not is_ended(text, piece.start, piece.end)


def _paragraph(text: str, start: int, end: int) -> Unit:
    return Unit("paragraph", start, end, children=tuple(sentences(text, start, end)))
