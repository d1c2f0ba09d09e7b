"""The blocks of a `claims.md`: headings with their paragraphs, quotes, list items and fenced code, each with its place.

A Markdown parser (CommonMark) tells the blocks apart. What a quote or an item says is the text of its lines as it
stands, never Markdown: so '1)', '-' or '#' may begin a quote. A backslash before such a first mark keeps viewers from
reading it as Markdown, and is no part of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.core import limits
from fot_graph.core.errors import InputFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Text(NamedTuple):
    """A stretch of the file: its text, where it begins in that of its block, and the places of the lines of the block.

    Each place is the first character of a line in the text of the block, and its line and column in the file, from 1.
    """

    text: str
    start: int
    lines: tuple[tuple[int, int, int], ...]

    def place(self, offset: int = 0) -> tuple[int, int]:
        """Give the line and the column in the file of the character at `offset` of the text."""
        at = self.start + max(offset, 0)
        start, line, column = self.lines[bisect_right(self.lines, at, key=lambda each: each[0]) - 1]
        return line, column + at - start

    def part(self, start: int, end: int) -> Text:
        """Give the characters from `start` to `end`, without the blanks around them."""
        piece = self.text[start:end]
        return Text(piece.strip(), self.start + start + len(piece) - len(piece.lstrip()), self.lines)


class Fence(NamedTuple):
    """Fenced code: the name of its language, and the code; `line` is that of its first line."""

    language: str
    code: str
    line: int


class Section(NamedTuple):
    """A heading with all that stands below it up to the next one; before the first heading its level is 0."""

    level: int
    title: Text
    paragraphs: list[Text]
    quotes: list[Text]
    items: list[Text]
    fences: list[Fence]


_BLOCK_RULES = ["fence", "blockquote", "hr", "list", "html_block", "heading"]  # and paragraph; indented code is text
_MARK = re.compile(r"(\d{0,9})\\([^\w\s])")
_BEGINS_A_BLOCK = re.compile(r"\d{0,9}\\[^\w\s]|\d{1,9}[.)](?=\s|$)|[-+*#>`~<]")


def read(path: Path, text: str) -> list[Section]:
    """Read the blocks of a file.

    Raises: `ClaimsFileError` for what has no meaning there; `InputFileError` for a file that is too long.
    """
    if len(text) > limits.CLAIMS_MD_CHARACTERS:
        raise InputFileError(path, "long-text", count=limits.CLAIMS_MD_CHARACTERS)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    sections = [Section(0, Text("", 0, ((0, 1, 1),)), [], [], [], [])]
    tokens = _parser().parse(text)
    for token, inside in _blocks(tokens):
        first, end = token.map
        match token.type:
            case "heading_open":
                sections.append(Section(len(token.markup), _heading(lines[first], first + 1), [], [], [], []))
            case "paragraph_open":
                _check_paragraph(path, lines, first, end)
                sections[-1].paragraphs.append(_text(lines, first, end, _BLANKS))
            case "blockquote_open":
                sections[-1].quotes.append(_text(lines, first, end, _QUOTE_MARK, joined="\n"))
            case "list_item_open":
                _check_item(path, inside, lines)
                sections[-1].items.append(_text(lines, first, end, _BULLET))
            case "fence":
                sections[-1].fences.append(Fence(token.info.strip(), token.content.removesuffix("\n"), first + 2))
            case "html_block" if not token.content.lstrip().startswith("<!--"):
                raise ClaimsFileError(path, first + 1, 1, "html-in-claims")
    return sections


def unmarked(text: str) -> str:
    r"""Give a text without the backslash that stands before its first mark.

    >>> unmarked(r"\- een streepje"), unmarked(r"1\) een nummer"), unmarked("een - streepje")
    ('- een streepje', '1) een nummer', 'een - streepje')
    """
    return _MARK.sub(r"\1\2", text, count=1) if _MARK.match(text) else text


def marked(text: str) -> str:
    r"""Put a backslash before the first mark of a text that would else begin a block of Markdown; `unmarked` undoes it.

    >>> marked("- een streepje"), marked("1) een nummer"), marked("een - streepje"), marked(r"\-")
    ('\\- een streepje', '1\\) een nummer', 'een - streepje', '\\\\-')
    """
    if not _BEGINS_A_BLOCK.match(text):
        return text
    digits = re.match(r"\d{0,9}", text)
    at = digits.end() if digits else 0
    return f"{text[:at]}\\{text[at:]}"


@cache
def _parser() -> Any:  # noqa: ANN401  a MarkdownIt, which is imported only here
    """Give a parser of blocks alone: what stands within a paragraph is not Markdown here."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  heavy, and only a claims.md needs it

    parser = MarkdownIt("zero", {"html": True}).enable(_BLOCK_RULES)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _blocks(tokens: Sequence[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the outer blocks and the items of outer lists, each with the blocks that stand in it."""
    at = 0
    while at < len(tokens):
        token, end = tokens[at], at + 1
        if token.nesting == 1 and token.type not in ("bullet_list_open", "ordered_list_open"):
            while not (tokens[end].nesting == -1 and tokens[end].level == token.level):
                end += 1
        if token.map and token.type not in ("bullet_list_open", "ordered_list_open"):
            yield token, list(tokens[at + 1 : end])
        at = end


def _check_paragraph(path: Path, lines: list[str], first: int, end: int) -> None:
    """See that no line of a paragraph is meant as a heading, which has a blank behind its '#', and no line below."""
    for number in range(first, end):
        if found := re.match(r"\s*(#{1,6})[^#\s]", lines[number]):
            raise ClaimsFileError(path, number + 1, found.start(1) + 1, "heading-without-blank")
    if end < len(lines) and re.fullmatch(r"\s*(?:-{2,}|={2,})\s*", lines[end]):
        raise ClaimsFileError(path, end + 1, 1, "heading-by-line")


def _check_item(path: Path, inside: list[Any], lines: list[str]) -> None:
    """See that an item of a list is one line of text, which may be wrapped."""
    blocks = [token for token in inside if token.map and token.type not in ("inline", "paragraph_open")]
    if blocks:
        line = blocks[0].map[0]
        before = _BULLET.match(lines[line])
        raise ClaimsFileError(path, line + 1, before.end() + 1 if before else 1, "block-in-item")


_BLANKS = re.compile(r"\s*")
_QUOTE_MARK = re.compile(r"\s*>[ \t]?|\s{0,3}")
_BULLET = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])(?:\s+|$)")


def _heading(line: str, number: int) -> Text:
    found = re.fullmatch(r"(\s*#{1,6}\s*)(.*?)(?:\s+#+)?\s*", line)
    return Text(found[2], 0, ((0, number, len(found[1]) + 1),)) if found else Text(line, 0, ((0, number, 1),))


def _text(lines: list[str], first: int, end: int, before: re.Pattern[str], joined: str = " ") -> Text:
    """Put the lines of a block together, each without what stands `before` it (on later lines of an item, blanks)."""
    pieces: list[str] = []
    places: list[tuple[int, int, int]] = []
    length = 0
    while end > first + 1 and not lines[end - 1].strip(" \t>"):
        end -= 1
    for number in range(first, end):
        start = (_BLANKS if before is _BULLET and number > first else before).match(lines[number])
        column = start.end() if start else 0
        pieces.append(lines[number][column:].rstrip())
        places.append((length, number + 1, column + 1))
        length += len(pieces[-1]) + len(joined)
    return Text(joined.join(pieces), 0, tuple(places))
