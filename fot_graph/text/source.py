"""The layout of a Flemish written question and its answer, read into a tree of units.

Every unit has its range of characters [start, end) in the untouched text, so that a passage can be cited exactly and
nothing about the layout is typed by hand. `Unit.kind` is one of:

    document         the whole text: policy-field, question, answer
    policy-field     the heading with the minister's competences
    question         title, paragraphs of context, question-items
    question-item    marker, then paragraphs, lists and tables; label '1', '3a'
    answer           answer-head, paragraphs before the first item if any, answer-items
    answer-item      as a question-item; label '1', or '3-7' and '1,2' when it answers several items
    paragraph        sentences
    list, list-item  a list of list-items: marker, sentences
    table            table-header (one, over all its lines), table-rows

Leaves are policy-field, title, answer-head, marker, sentence, table-header and table-row. Every character that is not
white space lies in exactly one leaf; leaves stand in order and start and end with such a character.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core import limits
from fot_graph.core.errors import SourceLayoutError
from fot_graph.core.resources import read_text
from fot_graph.text.blocks import blocks_of, body_units, lines_in
from fot_graph.text.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

    _Fits = Callable[[str, str], bool]


class Source(NamedTuple):
    """A written question with its answer: the untouched text, its tree of units, and what its heads say.

    What the heads say has its white space folded; `passages.reflow` of a leaf also mends a word broken at a line's end.
    """

    text: str
    root: Unit
    policy_field: str
    title: str
    number: str
    date: date
    author: str

    def walk(self) -> Iterator[tuple[Unit, Unit | None]]:
        """Yield each unit with its parent, in document order; the root has none."""
        return _walk(self.root, None)

    def leaves(self) -> list[Unit]:
        """List the units without parts, in document order."""
        return [unit for unit, _ in self.walk() if not unit.children]

    def line(self, offset: int) -> int:
        """Count the lines up to the character at `offset`, its own included."""
        return _line_number(self.text, offset)

    def question_items(self) -> list[Unit]:
        """List the numbered and lettered items of the question, in order."""
        return [unit for unit, _ in self.walk() if unit.kind == "question-item"]

    def answer_items(self) -> list[Unit]:
        """List the numbered items of the answer, in order."""
        return [unit for unit, _ in self.walk() if unit.kind == "answer-item"]

    def answered_by(self, answer_item: Unit) -> list[str]:
        """List the labels of the question items that an answer item says it answers: '3-4' may give '3a', '3b', '4'."""
        return _named_labels(answer_item.label, [item.label for item in self.question_items()])


def read(path: str | PathLike[str]) -> Source:
    """Parse a UTF-8 file. A byte-order mark is dropped; a line ending becomes one character (RFC 5147).

    Raises: `InputFileError` as `resources.read_text`, `SourceLayoutError` as `parse` does.
    """
    text = read_text(path, limits.SOURCE_BYTES).replace("\r\n", "\n").replace("\r", "\n")
    try:
        return parse(text)
    except SourceLayoutError as error:
        error.path = str(path)
        raise


def parse(text: str) -> Source:
    """Parse the text of a written question and its answer.

    Raises: `SourceLayoutError`, with the line, for a text without headings, question items or the head of the answer.
    """
    head = _answer_head(text)
    policy_field, question = _question(text, head.start("all"))
    answer = _answer(text, head, [item.label for item in question.children if item.kind == "question-item"])
    title = question.children[0]
    return Source(
        text=text,
        root=Unit("document", 0, len(text), children=(policy_field, question, answer)),
        policy_field=_case_folded(text[policy_field.start : policy_field.end]),
        title=_case_folded(text[title.start : title.end]),
        number=head["number"],
        date=_date(text, head),
        author=_case_folded(head["author"]),
    )


# --- The two halves -------------------------------------------------------------------------------------------------

_ANSWER_HEAD = re.compile(
    r"^[^\S\n]*(?P<all>ANTWOORD\s+op\s+vraag\s+nr\.?\s*(?P<number>\d+)"
    r"\s+van\s+(?P<day>\d{1,2})\s+(?P<month>\w+)\s+(?P<year>\d{4})\s+van\s+(?P<author>\S(?:[^\n]*\S)?))",
    re.MULTILINE,
)
_ANSWER_WORD = re.compile(r"^[^\S\n]*ANTWOORD\b", re.MULTILINE)
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def _answer_head(text: str) -> re.Match[str]:
    match = _ANSWER_HEAD.search(text)
    if match:
        return match
    word = _ANSWER_WORD.search(text)
    line = _line_number(text, word.end() if word else len(text.rstrip()))
    raise SourceLayoutError(line, "answer-head-incomplete" if word else "answer-missing")


def _date(text: str, head: re.Match[str]) -> date:
    try:
        return date(int(head["year"]), _MONTHS.index(head["month"].lower()) + 1, int(head["day"]))
    except ValueError:
        shown = f"{head['day']} {head['month']} {head['year']}"
        line = _line_number(text, head.start("day"))
        raise SourceLayoutError(line, "no-date", date=shown) from None


def _question(text: str, end: int) -> tuple[Unit, Unit]:
    """Parse the policy field and the question, which fill the text up to `end`."""
    policy_field = _heading(text, "policy-field", 0, end)
    title = _heading(text, "title", policy_field.end, end)
    markers = _markers(text, title.end, end, _is_next)
    if not markers:
        line = _line_number(text, title.end)
        raise SourceLayoutError(line, "no-question-item")
    context = body_units(text, title.end, markers[0].start)
    items = _items(text, "question-item", markers, end)
    return policy_field, Unit("question", title.start, items[-1].end, children=(title, *context, *items))


def _answer(text: str, head: re.Match[str], asked: list[str]) -> Unit:
    """Parse the answer, from its head to the end of the text; its items have the numbers that were `asked`."""
    start, end = head.span("all")
    markers = _markers(text, end, len(text), lambda label, last: _answers_later(label, last, asked))
    before = body_units(text, end, markers[0].start if markers else len(text))
    items = _items(text, "answer-item", markers, len(text))
    children = (Unit("answer-head", start, end), *before, *items)
    return Unit("answer", start, children[-1].end, children=children)


def _heading(text: str, kind: str, start: int, end: int) -> Unit:
    """Take the first block of lines in the range."""
    lines = lines_in(text, start, end)
    if not lines or _NUMBER.match(text, lines[0].start):
        place = lines[0].start if lines else end
        raise SourceLayoutError(_line_number(text, place), f"{kind}-missing")
    block = blocks_of(text, lines)[0]
    return Unit(kind, block[0].start, block[-1].end)


def _items(text: str, kind: str, markers: list[Unit], end: int) -> list[Unit]:
    """Make an item of each marker and all that follows it up to the next one."""
    items = []
    stops = [*(marker.start for marker in markers[1:]), end]
    for marker, stop in zip(markers, stops, strict=False):
        shown = marker._replace(label=_case_folded(text[marker.start : marker.end]))
        children = (shown, *body_units(text, marker.end, stop))
        items.append(Unit(kind, marker.start, children[-1].end, marker.label, children))
    return items


# --- Numbers of items -----------------------------------------------------------------------------------------------

_REFERENCE = r"(?:\d{1,2}(?:\.?\s*[a-z](?![a-z]))?|[a-z])"
_JOINED = r"[.)]?[ \t]*(?:[-–,&/+]|tot en met|tot|t\.e\.m\.|t/m|en)[ \t]*"
# '3-7.Momenteel' needs no blank after it, but 1.500 is an amount and 'o.a.' an abbreviation.
_CLOSED = r"(?:(?<=\d)[.)](?!\d)|(?<=[a-z])(?:\)|\.(?=\s)))"
_MARKER = re.compile(rf"{_REFERENCE}(?:{_JOINED}{_REFERENCE})*{_CLOSED}")
_NUMBER = re.compile(r"\d{1,2}[.)](?!\d)")
_RANGE = re.compile(r"tot en met|tot|t\.e\.m\.|t/m|–")
_ENUMERATION = re.compile(r"en|[&/+]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MAY_PRECEDE_AN_ITEM = frozenset(".?!:;,…)”\"'")


def _markers(text: str, start: int, end: int, fits: _Fits) -> list[Unit]:
    """Find the markers of the items in the range; as yet their labels are those of the items.

    A number at the start of a line is a marker when it follows the last one (`fits`) and the line opens a block or
    the line before may end an item: a wrapped line can begin with a number too.
    """
    markers: list[Unit] = []
    before = start
    for line in lines_in(text, start, end):
        if line.opens or text[before - 1] in _MAY_PRECEDE_AN_ITEM:
            markers += _marker(text, line.start, markers[-1].label if markers else "", fits)
        before = line.end
    return markers


def _marker(text: str, start: int, last: str, fits: _Fits) -> list[Unit]:
    """Find the marker at `start`, if any. '3. a)' is the marker '3.' and some text where nobody asked for 3a."""
    for pattern in (_MARKER, _NUMBER):
        match = pattern.match(text, start)
        label = _label(match[0], last) if match else ""
        if match and label[0].isdigit() and fits(label, last):
            return [Unit("marker", start, match.end(), label)]
    return []


def _label(marker: str, last: str) -> str:
    """Write the number of an item in one form: '3. a)' is '3a', '1 en 2.' is '1,2', and 'b)' after '3a' is '3b'."""
    plain = re.sub(r"[^\da-z,-]", "", _ENUMERATION.sub(",", _RANGE.sub("-", marker)))
    parts = re.split("([,-])", plain)
    number = _first_and_last(last)[1].rstrip(_LETTERS)
    for at, part in enumerate(parts):
        if part[0].isdigit():
            number = part.rstrip(_LETTERS)
        elif part.isalpha():
            parts[at] = number + part
    return "".join(parts)


def _is_next(label: str, last: str) -> bool:
    """Tell whether a question item may follow the last one: a later number, or the next letter of that number."""
    if not label.isalnum():  # '1-2' and '1,2' number answers only
        return False
    (number, letter), (last_number, last_letter) = _key(label), _key(last or "0")
    if number == last_number:
        return letter == (chr(ord(last_letter) + 1) if last_letter else "a")
    return number > last_number and letter in ("", "a")


def _answers_later(label: str, last: str, asked: list[str]) -> bool:
    """Tell whether an answer item may follow the last one: it names items that were asked, and later ones."""
    exists = all(_named_labels(part, asked) for part in label.split(","))
    return exists and _key(_first_and_last(label)[0]) > _key(_first_and_last(last or "0")[1])


def _named_labels(label: str, asked: list[str]) -> list[str]:
    """Select those of the `asked` labels that an answer's label names; a number names all its letters."""
    ranges = [_first_and_last(part) for part in label.split(",")]
    return [item for item in asked if any(_lies_in(_key(item), *ends) for ends in ranges)]


def _lies_in(item: tuple[int, str], first: str, final: str) -> bool:
    number, letter = _key(final)
    return _key(first) <= item <= (number, letter or "~")  # '~' comes after every letter


def _first_and_last(label: str) -> tuple[str, str]:
    """Give the first and the last number of a label."""
    numbers = re.split("[,-]", label)
    return numbers[0], numbers[-1]


def _key(number: str) -> tuple[int, str]:
    """Give what the number of an item sorts by: '3a' is (3, 'a')."""
    digits = number.rstrip(_LETTERS)
    return int(digits), number[len(digits) :]


# --- Small helpers --------------------------------------------------------------------------------------------------


def _case_folded(text: str) -> str:
    return " ".join(text.split())


def _line_number(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _walk(unit: Unit, parent: Unit | None) -> Iterator[tuple[Unit, Unit | None]]:
    yield unit, parent
    for child in unit.children:
        yield from _walk(child, unit)
