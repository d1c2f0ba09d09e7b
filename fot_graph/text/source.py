"""A parliamentary question, its answer, or any other text, read into a tree of units.

Every unit has its range of characters [start, end) in the untouched text, so that a passage can be cited exactly and
nothing about the layout is typed by hand. `Unit.kind` is one of:

    document         the whole text: its head, question, answer and annex; or items, where each answer follows its
                     question; or blocks, where the text fits no layout
    policy-field     the heading with the minister's competences
    heading          other lines of the head or above an annex
    question         title, headings, paragraphs of context, question-items
    question-item    marker, then paragraphs, lists and tables; label '1', '3a', or '' where the question has no numbers
    answer           answer-head, paragraphs before the first item if any, answer-items; there may be several
    answer-item      as a question-item; label '1', '3-7' or '1,2' where it answers several items, '' where all
    annex            heading, then paragraphs, lists and tables
    paragraph        sentences, and marks after them
    list, list-item  a list of list-items: marker, sentences
    table            table-header (one, over all its lines), table-rows
    footnote         marker, sentences; it stands where the page ended
    signature        name and office of who signs
    furniture        a page number, a running head, a rule, a sign of Markdown
    mark             of a footnote, after a sentence; or a reference number

Leaves are policy-field, heading, title, answer-head, marker, sentence, mark, table-header, table-row, signature and
furniture. Where furniture or a footnote stands in the middle of a leaf, such as a sentence, its parts are leaves
(sentence-part). Every character that is not white space lies in exactly one leaf; leaves stand in order and start and
end with such a character.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core import limits
from fot_graph.core.resources import read_text
from fot_graph.text.asides import blanked
from fot_graph.text.labels import named_labels
from fot_graph.text.languages import language_of
from fot_graph.text.layouts import layout_of
from fot_graph.text.markdown import markdown_signs
from fot_graph.text.structure import structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike

    from fot_graph.text.heads import HeadField
    from fot_graph.text.units import Unit


class Place(NamedTuple):
    """Where a passage begins: its page, and its line on that page, both from 1. A text without pages is one page."""

    page: int
    line: int


class Source(NamedTuple):
    """A text that was read: untouched, its tree of units, the layout that it has, and what its head says.

    `missing` names what texts of this layout have and this one has not: fields of the head, 'question', 'answer'. Where
    there is no answer, that nobody gave it on a day is not told besides.
    `languages` are those of the text (ISO 639-1), the one that most of it is in first; where there are several,
    `tongues` gives for each of its paragraphs and lines where it begins and which of them it is in.
    """

    text: str
    root: Unit
    layout: str
    languages: tuple[str, ...]
    fields: tuple[HeadField, ...]
    missing: tuple[str, ...]
    tongues: tuple[tuple[int, str], ...] = ()

    @property
    def language(self) -> str:
        """The language that most of the text is in."""
        return self.languages[0]

    def language_at(self, offset: int) -> str:
        """Give the language of what stands at a place."""
        before = bisect_right(self.tongues, offset, key=lambda tongue: tongue[0])
        return self.tongues[before - 1][1] if before else self.language

    def values(self, field: str) -> list[str]:
        """List what the head says in a field (`layouts.FIELDS`): there may be several authors, addressees, answers."""
        return [each.value for each in self.fields if each.name == field]

    @property
    def number(self) -> str:
        """The number of the question as it is written ('41', 'S4W-12051'), or ''."""
        return next(iter(self.values("number")), "")

    @property
    def title(self) -> str:
        """The title, or ''."""
        return next(iter(self.values("title")), "")

    def walk(self) -> Iterator[tuple[Unit, Unit | None]]:
        """Yield each unit with its parent, in document order; the root has none."""
        return _walk(self.root, None)

    def leaves(self) -> list[Unit]:
        """List the units without parts, in document order."""
        return [unit for unit, _ in self.walk() if not unit.children and unit != self.root]

    def edges(self) -> set[int]:
        """Give the places where a unit without parts begins or ends, and with it a word."""
        return {edge for unit in self.leaves() for edge in (unit.start, unit.end)}

    def line(self, offset: int) -> int:
        """Count the lines up to the character at `offset`, its own included."""
        return self.text.count("\n", 0, offset) + 1

    def place(self, offset: int) -> Place:
        """Give the page and the line on it of the character at `offset`; pages end with a form feed.

        The end of the line that a form feed stands on is no line of the next page.
        """
        page = self.text.rfind("\f", 0, offset) + 1
        lines = self.text[page:offset].count("\n") + 1
        return Place(self.text.count("\f", 0, offset) + 1, lines - (page > 0 and self.text.startswith("\n", page)))

    def question_items(self) -> list[Unit]:
        """List the items of the question, in order; a question without numbers is one item."""
        return self._items("question")

    def answer_items(self) -> list[Unit]:
        """List the items of the answers, in order; an answer without numbers is one item."""
        return self._items("answer")

    def _items(self, half: str) -> list[Unit]:
        """List the items of a half; they stand in it, or in the document where each answer follows its question."""
        wholes = (unit.children if unit.kind == half else (unit,) for unit in self.root.children)
        return [unit for whole in wholes for unit in whole if unit.kind == f"{half}-item"]

    def answered_by(self, answer_item: Unit) -> list[str]:
        """List the labels of the question items that an answer item says it answers: '3-4' may give '3a', '3b', '4'.

        One without a number answers all, and so does each part of an answer to a question without numbers.
        """
        asked = [item.label for item in self.question_items()]
        if not answer_item.label or not any(asked):
            return asked
        return named_labels(answer_item.label, asked)


def read(
    path: str | PathLike[str],
    layouts: Iterable[str | PathLike[str]] = (),
    layout: str = "",
    languages: Sequence[str] = (),
) -> Source:
    """Parse a UTF-8 file. A byte-order mark is dropped; a line ending becomes one character (RFC 5147).

    Raises: as `parse`; `InputFileError` as `resources.read_text`.
    """
    text = read_text(path, limits.SOURCE_BYTES).replace("\r\n", "\n").replace("\r", "\n")
    return parse(text, layouts, layout, languages)


def parse(
    text: str,
    layouts: Iterable[str | PathLike[str]] = (),
    layout: str = "",
    languages: Sequence[str] = (),
) -> Source:
    """Parse a text. Nothing is refused: what has no known layout is read as plain paragraphs, lists and tables.

    `layouts` are folders with layouts of the caller's own (`layouts`), beside those that come with fot_graph. The name
    of the layout that the text has, and its languages, are found where they are not given.

    Raises: `UnknownNameError` for a layout that is not known; `InputFileError` for one that cannot be read.
    """
    chosen = layout_of(blanked(text, markdown_signs(text)), layouts, layout)
    found = structure(text, chosen)
    given = tuple(sorted(set(languages))) or ((chosen.language,) if chosen.language else ())
    main = given[0] if len(given) == 1 else language_of(text, given, *given[:1])
    spoken = (main, *(tag for tag in given if tag != main))
    tongues = tuple(_tongues(text, found.root, spoken)) if len(spoken) > 1 else ()
    names = {field.name for field in found.fields}
    kinds = {unit.kind.removesuffix("-item") for unit, _ in _walk(found.root, None)}
    expected = [*chosen.expects, *(("question", "answer") if chosen.is_question else ())]
    implied = () if "answer" in kinds else ("answered_by", "date_answered")
    missing = tuple(name for name in expected if name not in names | kinds and name not in implied)
    return Source(text, found.root, chosen.name, spoken, tuple(found.fields), missing, tongues)


def _tongues(text: str, unit: Unit, spoken: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Give where each paragraph, list item, row or line begins, and which of some languages it is in."""
    inner = [child for child in unit.children if child.kind not in _PIECES]
    if inner:
        for child in inner:
            yield from _tongues(text, child, spoken)
    elif unit.kind not in _PIECES:
        yield unit.start, language_of(text[unit.start : unit.end], spoken, spoken[0])


_PIECES = ("sentence", "sentence-part", "marker", "furniture", "mark")


def _walk(unit: Unit, parent: Unit | None) -> Iterator[tuple[Unit, Unit | None]]:
    yield unit, parent
    for child in unit.children:
        yield from _walk(child, unit)
