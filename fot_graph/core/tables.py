"""Rows of text as a table: aligned for people, CSV and TSV for spreadsheets, Markdown and HTML for pages.

Text only: what stands in a cell is the caller's concern. The same rows give the same bytes.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from fot_graph.core import escaping
from fot_graph.core.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

FORMATS = ("csv", "tsv", "md")

_GAP = "  "
_MOST_LINES = 5  # a cell of a terminal table that would wrap over more lines reads better as a record


def write(header: Sequence[str], rows: Sequence[Sequence[str]], format_: str, right: Collection[int] = ()) -> str:
    r"""Give rows as `csv` (RFC 4180, with line feeds), `tsv` (tabs and line ends in a cell as \t, \n, \r) or `md`.

    In CSV and TSV a cell that a spreadsheet would run as a formula begins with an apostrophe; numbers stay as they are.
    `md` is a table of GitHub Flavored Markdown, in which no cell can be markup; `right` are its columns that align
    right. Raises UnknownNameError for another format.

    >>> print(write(["a", "b"], [["=1+1", "-5"], ["x,y", ""]], "csv"), end="")
    a,b
    '=1+1,-5
    "x,y",
    """
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    return markdown_table(header, rows, right) if format_ == "md" else "".join(lines(header, rows, format_))


def lines(header: Sequence[str], rows: Iterable[Sequence[str]], format_: str) -> Iterator[str]:
    """Give the lines of `csv` or `tsv` one by one, as `write` has them together."""
    line = _tsv if format_ == "tsv" else _csv()
    yield line(header)
    for row in rows:
        yield line([_formula_guarded(cell) for cell in row])


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None = None,
    right: Collection[int] = (),
    below: Sequence[str] = (),
) -> str:
    """Give rows as an aligned table; where it would not read well in `width` columns, as one record a row.

    `right` are the columns that align right, numbers for instance; `below` is what stands below each row, as it is.

    >>> print(table(["year", "files"], [["2016", "443"], ["2017", "9"]], right=[1]), end="")
    year  files
    ────  ─────
    2016    443
    2017      9
    """
    cells = [[one_line(cell) for cell in line] for line in (header, *rows)]
    natural = [max(map(len, column)) for column in zip(*cells, strict=True)]
    least = [max(map(_longest_address, column)) for column in zip(*cells, strict=True)]
    room = (width or sum(natural) + len(_GAP) * len(natural)) - len(_GAP) * (len(natural) - 1)
    widths = _column_widths(natural, least, room)
    if sum(least) > room or any(full > fit * _MOST_LINES for full, fit in zip(natural, widths, strict=True)):
        return records(cells[0], cells[1:], width or 0, below)
    head = [_block(line, widths, right) for line in (cells[0], ["─" * size for size in widths])]
    blocks = _with_text_below([_block(line, widths, right) for line in cells[1:]], below)
    airy = bool(below) or any(block.count("\n") > 1 for block in blocks)  # rows of many lines need air between them
    return "\n".join(head) + "\n" + ("\n\n" if airy else "\n").join(blocks) + "\n"


def records(header: Sequence[str], rows: Sequence[Sequence[str]], width: int, below: Sequence[str] = ()) -> str:
    """Give one block of 'name  value' lines a row, for rows of long texts; an empty value leaves its line out."""
    names = max(map(len, header))
    widths = [names, max(20, width - names - len(_GAP))]
    blocks = ["\n".join(_block(pair, widths, ()) for pair in zip(header, row, strict=True) if pair[1]) for row in rows]
    return "\n\n".join(_with_text_below(blocks, below)) + "\n"


def indented_text(text: str, width: int | None, indent: int = 0, hang: int = 0) -> str:
    """Indent a text, and wrap it if there is a width; the lines that follow the first hang further in."""
    blank = " " * indent
    if width is None or indent + len(text) <= width:
        return blank + text
    parts = _wrapped(text, max(20, width - indent - hang), whole=False)
    return "\n".join([blank + parts[0], *(blank + " " * hang + part for part in parts[1:])])


def html(header: Sequence[str], rows: Sequence[Sequence[str]], below: Sequence[str] = ()) -> str:
    r"""Give rows as an HTML table whose cells are text and nothing else, for notebooks; `below` each row stands HTML.

    >>> html(["a"], [["<b>"]])
    '<table>\n<tr><th>a</th></tr>\n<tr><td>&lt;b&gt;</td></tr>\n</table>\n'
    """
    lines = ["".join(f"<th>{escaping.html(cell)}</th>" for cell in header)]
    wide = f'<td colspan="{len(header)}" style="text-align: left">'
    for place, row in enumerate(rows):
        lines.append("".join(f"<td>{unbroken_html(cell, _NO_WRAP)}</td>" for cell in row))
        lines += [f"{wide}\n{below[place]}</td>"] if below else []
    return "<table>\n" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>\n"


_NO_WRAP = 'style="white-space: nowrap"'


def unbroken_html(text: str, attribute: str = 'class="address"') -> str:
    """Write a text in HTML; by the attribute of the elements round them a browser breaks no addresses in it."""
    return "".join(
        f"<span {attribute}>{word}</span>" if _longest_address(word) else word
        for word in re.split(r"(\s+)", escaping.html(text))
    )


# What could steer a terminal, turn the direction of its text, or cannot be written at all. Soft hyphens, zero-width
# characters and the like are the text's own, and stay.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(cell: str) -> str:
    """Put a cell on one line, with U+FFFD for the control characters by which data could steer a terminal."""
    return _STEERING.sub("\ufffd", " ".join(cell.split()))


# --- Cells -----------------------------------------------------------------------------------------------------------


def _formula_guarded(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?", cell)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not number else cell


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _tsv(cells: Sequence[str]) -> str:
    return "\t".join(map(_escaped, cells)) + "\n"


def _csv() -> Callable[[Sequence[str]], str]:
    import csv  # noqa: PLC0415  only this form pays for it

    class Echo:  # the writer of the standard library gives back what its file does
        write = staticmethod(str)

    return csv.writer(Echo(), lineterminator="\n").writerow


def markdown_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = (), last: Sequence[str] = ()
) -> str:
    """Give a table of GitHub Flavored Markdown; `last` is one more column, of Markdown, with its heading."""
    rule = ["---:" if column in right else "---" for column in range(len(header))]
    escaped = [[markdown(cell) for cell in line] for line in (header, *rows)]
    ends = [[cell] for cell in last] or [[]] * len(escaped)
    whole = [[*line, *end] for line, end in zip(escaped, ends, strict=True)]
    whole.insert(1, rule + ["---"] * bool(last))
    return "".join(f"| {' | '.join(line)} |\n" for line in whole)


def markdown(cell: str) -> str:
    r"""Write a cell in Markdown as the text that it is; addresses, and nothing else, become links.

    >>> markdown("see https://example.org/a_b, *not* www.example.org")
    'see <https://example.org/a_b>, \\*not\\* www\\.example.org'
    """
    parts = re.split(r"(\bhttps?://[^\s<>|\\`]*[^\s<>|\\`.,;:!?'\"()\[\]{}’”»])", one_line(cell))
    return "".join(f"<{part}>" if place % 2 else _markdown_text(part) for place, part in enumerate(parts))


def _markdown_text(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~&$@])|(?<=https:)(?=//)|(?<=http:)(?=//)|(?<=www)(?=\.)", r"\\\1", text)


# --- Columns ---------------------------------------------------------------------------------------------------------


def _column_widths(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Share `room` between columns: narrow ones keep their natural width, the wide ones share what is left.

    Each is at least as wide as its longest address.
    """
    widths = list(least)
    spare = room - sum(least)
    more = [full - need for full, need in zip(natural, least, strict=True)]
    by_size = sorted(range(len(more)), key=more.__getitem__)
    for left, column in zip(range(len(more), 0, -1), by_size, strict=True):
        widths[column] = max(1, least[column] + min(more[column], spare // left))
        spare -= widths[column] - least[column]
    return widths


def _block(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    """Give the lines of one row, each cell wrapped to its column."""
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    sides = [str.rjust if column in right else str.ljust for column in range(len(widths))]
    return "\n".join(
        _GAP.join(side(part, width) for side, part, width in zip(sides, parts, widths, strict=True)).rstrip()
        for parts in zip_longest(*wrapped, fillvalue="")
    )


def _with_text_below(blocks: list[str], below: Sequence[str]) -> list[str]:
    """Put below each block what belongs there, if there is anything."""
    return [f"{block}\n{under}" for block, under in zip(blocks, below, strict=True)] if below else blocks


# A word that is an IRI, a CURIE or the address of a page, perhaps in brackets or quotation marks
_ADDRESS = re.compile(r"[^\w\s]*[A-Za-z][\w+.-]*:\S+|\S*www\.\S+")


def _longest_address(text: str) -> int:
    found = (word for word in text.split(" ") if ":" in word or "www." in word)
    return max((len(word) for word in found if _ADDRESS.fullmatch(word)), default=0)


def _wrapped(text: str, width: int, *, whole: bool = True) -> list[str]:
    """Give the lines of a text: a longer word is broken, but with `whole` no address, which is of no use in pieces."""
    if len(text) <= width:
        return [text]
    import textwrap  # noqa: PLC0415  what fits does not pay for it

    if whole:
        text = " ".join(word if _ADDRESS.fullmatch(word) else _broken(word, width) for word in text.split(" "))
    return textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=not whole) or [""]


def _broken(word: str, width: int) -> str:
    return " ".join(word[start : start + width] for start in range(0, len(word), width))
