"""The text of a PDF, page by page: lines as they are drawn, with empty lines where the page has room, and cells.

pdfium gives the characters with their places. Text stays in the order in which the file draws it, which is that of
reading, columns and all; only what stands on one line of the page comes together on one line.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core import limits
from fot_graph.core.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pypdfium2 import PdfTextPage


class _Run(NamedTuple):
    """A stretch of text on one line without a wide gap, with its place; y grows upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


_Row = list[_Run]  # the runs on one line, from left to right
_SPACE, _GAP = 0.25, 1.2  # of the height of a line: what parts words, and what parts cells
_MARKER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]{1,4})[.):/°]{1,2}|[^\w\s]|o")  # of an item or a list: text follows it
_CELL = 30  # characters that a cell has at most which is drawn apart from its row
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def pages(content: bytes) -> list[str]:
    """Give the text of each page. Raises: `UnreadableError` for a file that is damaged, encrypted or too long."""
    import pypdfium2  # noqa: PLC0415  an extra

    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) > limits.PAGES:
            raise UnreadableError("many-pages", count=limits.PAGES)
        found: list[str] = []
        for page in document:
            found.append(_page(page.get_textpage()))
            if sum(map(len, found)) > limits.SOURCE_BYTES:
                break
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower()
        raise UnreadableError("pdf-encrypted" if is_locked else "pdf-damaged") from None
    return found


def _page(textpage: PdfTextPage) -> str:
    rows = _rows(_runs(textpage))
    in_table = [_is_table_row(rows, at) for at in range(len(rows))]
    opens = [at > 0 and not (in_table[at - 1] and in_table[at]) and _opens(rows, at) for at in range(len(rows))]
    separators = ["\t" if each else " " for each in in_table]
    lines = zip(opens, separators, rows, strict=True)
    return "\n".join(("\n" if opened else "") + separator.join(_cells(row)) for opened, separator, row in lines)


# --- Characters ------------------------------------------------------------------------------------------------------


def _runs(textpage: PdfTextPage) -> Iterator[_Run]:
    """Put characters together while they follow one another on a line."""
    run: _Run | None = None
    last = 0.0  # where the last character begins: those of a ligature have one place
    for char, (left, bottom, right, top) in _characters(textpage):
        if run and _follows(run, max(left, run.right) if left == last else left, bottom, top):
            space = " " if left - run.right > _SPACE * run.height and not run.text.endswith(" ") and char != " " else ""
            edge = run.right if char == " " else right
            run = _Run(run.text + space + char, run.left, min(run.bottom, bottom), edge, max(run.top, top))
        else:
            yield from [run] if run and run.text.strip() else []
            run = _Run(char, left, bottom, right, top)
        last = left
    yield from [run] if run and run.text.strip() else []


def _characters(textpage: PdfTextPage) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415  an extra

    for at in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, at)
        if code in _HYPHENS:
            code = ord("-")
        char = chr(code) if code < _SURROGATES[0] or _SURROGATES[1] < code < 0x110000 else "\ufffd"
        if char.isspace():
            char = " " if char not in "\r\n" else ""
        if char and char.isprintable():
            yield char, textpage.get_charbox(at, loose=True)


_HYPHENS = {0x02, 0xFFFE}  # by which pdfium writes a hyphen at the end of a line
_SURROGATES = (0xD800, 0xDFFF)


def _follows(run: _Run, left: float, bottom: float, top: float) -> bool:
    """Tell whether a character goes on with a run: on its line, and neither far behind its end nor before it."""
    height = max(run.height, top - bottom)
    middle = (bottom + top) / 2
    on_line = run.bottom <= middle <= run.top or bottom <= (run.bottom + run.top) / 2 <= top
    return on_line and -0.5 * height < left - run.right < _GAP * height


# --- Rows ------------------------------------------------------------------------------------------------------------


def _rows(runs: Iterable[_Run]) -> list[_Row]:
    """Put runs together that stand on one line: those drawn one after the other, and cells that are drawn by column."""
    rows: list[_Row] = []
    for run in runs:
        home = next((row for row in rows[-1:] if _is_beside(row, run)), None)
        if home is None and len(run.text) <= _CELL:
            home = next((row for row in rows if _is_beside(row, run) and all(len(r.text) <= _CELL for r in row)), None)
        if home is None:
            rows.append([run])
        else:
            home.append(run)
            home.sort(key=lambda each: each.left)
    return rows


def _is_beside(row: _Row, run: _Run) -> bool:
    on_line = abs(row[0].bottom - run.bottom) < 0.4 * min(row[0].height, run.height)
    return on_line and all(run.left >= each.right - 1 or run.right <= each.left + 1 for each in row)


def _is_table_row(rows: list[_Row], at: int) -> bool:
    """Tell whether a row has cells, as one beside it has: a wide gap on one line alone is none between cells."""
    beside = rows[max(0, at - 1) : at] + rows[at + 1 : at + 2]
    return len(_cells(rows[at])) > 1 and any(len(_cells(row)) > 1 for row in beside)


def _cells(row: _Row) -> list[str]:
    """Give the texts of a row with wide gaps between them; the marker of an item is no cell."""
    texts = [re.sub(r" +", " ", run.text.strip()) for run in row]
    return [" ".join(texts[:2]), *texts[2:]] if len(texts) > 1 and _MARKER.fullmatch(texts[0]) else texts


def _opens(rows: list[_Row], at: int) -> bool:
    """Tell whether there is more room above a row than between the lines of a paragraph, or it begins a column."""
    gaps = [above[0].bottom - below[0].top for above, below in pairwise(rows)]
    height = rows[at][0].height
    usual = [gap for gap in gaps if -height < gap < 3 * height]
    between = min(quantiles(usual, n=4)[0], 0.5 * height) if len(usual) > 1 else 0.25 * height
    return gaps[at - 1] > between + 0.35 * height or gaps[at - 1] < -height
