"""The footnotes of a text, told from items with markers of the same form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.core.fragments import Span
from fot_graph.text.blocks import blocks_of, lines_in
from fot_graph.text.sentences import sentences
from fot_graph.text.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fot_graph.text.layouts import Layout

_MARK = re.compile(
    r"\[(?P<square>\d{1,3}(?:[ ,]+\d{1,3})*) ?\]|(?<=\S)\((?P<round>\d{1,3})\)"
    r"|(?<=[.?!;:)])[ ]?(?P<half>\d{1,3})\)|(?P<raised>[¹²³⁰-⁹]+)|(?<=[a-zà-ÿ)”»\"][.?!])(?P<glued>\d{1,2})(?!\S)"
)
_NOTE = re.compile(
    r"\[(?P<square>\d{1,3}) ?\]|\((?P<round>\d{1,3})\)|(?P<half>\d{1,3})\)|(?P<raised>[¹²³⁰-⁹]+)"
    r"|(?P<dotted>\d{1,3})[ \t]*[⸱·]|(?P<bare>\d{1,3})(?=[ \t])"
)
_RAISED = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_SQUARE = re.compile(r"^[^\S\n\f]*+(\[(\d{1,3}) ?\])(?=\s)", re.MULTILINE)
_PARAGRAPH_END = re.compile(r"\n\s*\n|\f|\n[^\S\n]*+\[|\Z")


def square_items(text: str, layout: Layout) -> list[Span]:
    """Find the markers '[1]', '[2]' … of items, which look like those of footnotes; none where nothing asks.

    Where the items of a question have them, those of its answers have them too.
    """
    runs: list[list[re.Match[str]]] = []
    for match in _SQUARE.finditer(text):
        if int(match[2]) == 1:
            runs.append([])
        if runs and int(match[2]) == len(runs[-1]) + 1:
            runs[-1].append(match)
    asking = [run for run in runs if len(run) > 1 and 2 * sum(_asks(text, match.end()) for match in run) > len(run)]
    if not asking:
        return []
    heads = [match.end() for pattern in layout.answer for match in pattern.finditer(text)]
    answering = [next((run for run in runs if run[0].start() >= head), []) for head in heads]
    return sorted({Span(*match.span(1)) for run in [*asking, *answering] for match in run})


def _asks(text: str, start: int) -> bool:
    """Tell whether a paragraph or a line before another marker has a question at its end."""
    end = _PARAGRAPH_END.search(text, start)
    return bool(end and text[start : end.start()].rstrip().endswith("?"))


def with_round_brackets(text: str, markers: Iterable[Span]) -> str:
    """Write the markers '[1]' as '(1)'."""
    pieces: list[str] = []
    place = 0
    for start, end in markers:
        pieces += [text[place:start], "(", text[start + 1 : end - 1], ")"]
        place = end
    return "".join([*pieces, text[place:]])


def footnotes(text: str, items: Iterable[Span] = ()) -> list[Unit]:
    """Find footnotes: blocks, or lines after one, that begin with the number of a mark that stands before them.

    None begins where an item does.
    """
    starts = {item.start for item in items}
    marks: dict[tuple[str, int], int] = {}
    for style, number, place in _marks(text):
        marks.setdefault((style, number), place)
    if not marks:
        return []
    found: list[Unit] = []
    for block in blocks_of(text, lines_in(text, 0, len(text))):
        begins: list[tuple[int, int]] = []
        for line in block:
            note = None if line.start in starts else _NOTE.match(text, line.start)
            number = len(found) + len(begins) + 1
            first = _NOTE.match(text, block[0].start)
            goes_on = begins and note and first and note.lastgroup == first.lastgroup and _written(note) == number
            if note and (goes_on or ((begins or line is block[0]) and _is_marked(note, number, marks))):
                begins.append((line.start, note.end()))
        ends = [*(start for start, _ in begins[1:]), block[-1].end]
        for (start, marked), end in zip(begins, ends, strict=False):
            stop = start + len(text[start:end].rstrip())
            marker = Unit("marker", start, marked, text[start:marked])
            found.append(Unit("footnote", start, stop, children=(marker, *sentences(text, marked, stop))))
    return found


def _marks(text: str) -> Iterable[tuple[str, int, int]]:
    """Give the style, number and place of each footnote mark."""
    for match in _MARK.finditer(text):
        style = match.lastgroup or ""
        for number in re.findall(r"\d+", match[style].translate(_RAISED)):
            yield style, int(number), match.start()


def _written(note: re.Match[str]) -> int:
    return int(note[note.lastgroup or 0].translate(_RAISED))


def _is_marked(note: re.Match[str], number: int, marks: Mapping[tuple[str, int], int]) -> bool:
    style, written = note.lastgroup or "", _written(note)
    styles = {"bare": ("square", "raised", "glued"), "dotted": ("square", "raised", "glued", "round")}.get(
        style, (style, "square", "raised")
    )
    return written == number and any(marks.get((kind, number), note.end()) < note.start() for kind in styles)
