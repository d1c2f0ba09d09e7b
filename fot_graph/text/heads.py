"""The fields of a head: number, dates, authors, addressees, answerer and title, each with its characters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.fragments import Span
from fot_graph.text.asides import office_pattern
from fot_graph.text.dates import read_date
from fot_graph.text.languages import any_of, languages, patterns
from fot_graph.text.passages import reflow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.text.layouts import Layout


class HeadField(NamedTuple):
    """What a head says: the name of the field (`layouts.FIELDS`), its value, and its characters in the text.

    A date is written as in ISO 8601, all else as it reads.
    """

    name: str
    value: str
    start: int
    end: int


class Head(NamedTuple):
    """What was found of a head, or of the head of an answer: its stretches and its fields."""

    stretches: list[Span]
    fields: list[HeadField]


def question_head(text: str, layout: Layout, end: int) -> Head:
    """Find the head of the question, in the text up to `end`."""
    found = Head([], [])
    gap = _GAP.search(text, 0, end)
    place, end = 0, min(end, _LONGEST, gap.start() if gap else end)
    for each in layout.head:
        while match := _match(each.pattern, text, place, end, adjacent=each.next):
            found.stretches.append(Span(*match.span()))
            found.fields.extend(fields_of(text, match))
            is_over = not each.repeat or match.end() == place
            place = match.end()
            if is_over:
                break
    return found


def _match(pattern: re.Pattern[str], text: str, place: int, end: int, *, adjacent: bool) -> re.Match[str] | None:
    if adjacent:
        blank = _BLANK.match(text, place, end)
        match = pattern.match(text, blank.end() if blank else place, end)
    else:
        match = pattern.search(text, 0, end)
    return match if match and (match[0].strip() or any(match.groupdict().values())) else None


_LONGEST = 6_000  # characters from the start of the text to the end of a head
_BLANK = re.compile(r"\s*")
_GAP = re.compile(r"\s{200}")  # more than stands in any head: patterns that allow blanks twice would try each division


def answer_heads(text: str, layout: Layout) -> list[Head]:
    """Find the head of each answer, in order.

    After the first of them a further answer begins only below a heading that calls it one: who 'Answered by …' or
    'Minister for Transport (…):' names within an answer is quoted or speaks in it. Straight below such a heading these
    are part of it.
    """
    matches = [match for pattern in layout.answer for match in pattern.finditer(text)]
    alone = [match for match in matches if not _in_a_sentence(text, match)]
    found: list[Head] = []
    for match in sorted(alone, key=lambda match: match.start()):  # of two at one place the pattern that comes first
        stretch, fields = _stripped(match), list(fields_of(text, match))
        last = found[-1] if found else None
        if last is None or (match.start() >= last.stretches[0].end and _is_called_answer(match[0])):
            found.append(Head([stretch], fields))
        elif not last.fields and not text[last.stretches[0].end : stretch.start].strip():
            found[-1] = Head([Span(last.stretches[0].start, stretch.end)], fields)
    return found


def _is_called_answer(heading: str) -> bool:
    return bool(_answer_word().search(heading))


@cache
def _answer_word() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?<![^\W\d_])(?:{any_of('answer')})(?![^\W\d_]))")


def of_this_question(answers: list[Head], asked: Head) -> list[Head]:
    """Leave out the heads of answers to other questions, which the text quotes.

    They tell neither the number nor the date of this question (where these are not told, not its author), or were given
    before it was asked, and others after it. Where the question has no head, the first answer tells which it is.
    """
    known = _told(asked.fields or [field for answer in answers[:1] for field in answer.fields])
    told = [_told(answer.fields) for answer in answers]
    asked_on = min(known["date_asked"], default="")
    given_on = max((date for each in told for date in each["date_answered"]), default="")
    return [
        answer
        for answer, each in zip(answers, told, strict=True)
        if _is_of(known, each) and (given_on < asked_on or asked_on <= max(each["date_answered"], default=asked_on))
    ]


def _told(fields: list[HeadField]) -> dict[str, set[str]]:
    names = ("number", "date_asked", "author", "date_answered")
    return {name: {each.value.casefold().lstrip("0") for each in fields if each.name == name} for name in names}


def _is_of(known: dict[str, set[str]], told: dict[str, set[str]]) -> bool:
    compared = [name for name in ("number", "date_asked") if known[name] and told[name]]
    compared = compared or [name for name in ("author",) if known[name] and told[name]]
    return not compared or any(known[name] & told[name] for name in compared)


def _in_a_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence runs on into a match from the line above it, or out of it into the line below it."""
    stretch = _stripped(match)
    goes_on = any(match.groupdict().values()) and _GOES_ON.match(text, stretch.end)
    above = _LINE_ABOVE.search(text[max(0, stretch.start - 200) : stretch.start])
    is_lower = above and _is_lower(text[stretch.start]) and _is_lower(above[1])
    return bool(goes_on or is_lower or (above and _is_open().search(above[0])))


def _is_lower(character: str) -> bool:
    return character in ",;" or character.islower()


@cache
def _is_open() -> re.Pattern[str]:
    """Give the pattern of a line that cannot end a sentence: by a comma, or a word that stands before a noun."""
    return re.compile(rf"(?:,|\b(?:{patterns('determiners')}))[^\S\n]*\n")


_LINE_ABOVE = re.compile(r"(?<!\w)\w*(\S)[^\S\n]*\n[^\S\n]*\Z")
_GOES_ON = re.compile(r"[^\S\n]*\n[^\S\n]*[a-zà-ÿ]{2,}[ ]")


def _stripped(match: re.Match[str]) -> Span:
    written = match[0]
    return Span(match.start() + len(written) - len(written.lstrip()), match.start() + len(written.rstrip()))


def fields_of(text: str, match: re.Match[str]) -> Iterator[HeadField]:
    """Give the fields that a match names, several where it names several persons."""
    for name, written in match.groupdict().items():
        if not written or not written.strip():
            continue
        start, end = match.span(name)
        if name in ("date_asked", "date_answered"):
            if date := read_date(written):
                yield HeadField(name, date, start, end)
        elif name in ("author", "addressee"):
            for span in names(text, start, end) if name == "author" else offices(text, start, end):
                yield _field(text, name, *span)
        elif name == "answered_by":
            yield from (_field(text, name, *span) for span in _answerers(text, start, end))
        elif name == "number":
            yield from (_field(text, name, *each.span()) for each in _NUMBER.finditer(text, start, end))
        else:
            yield _field(text, name, start, end)


def _answerers(text: str, start: int, end: int) -> Iterator[Span]:
    """Give each of several who answer: below an empty line, where an office stands above and below it."""
    place = start
    for gap in _EMPTY_LINES.finditer(text, start, end):
        below = _EMPTY_LINES.search(text, gap.end(), end)
        parts = Span(place, gap.start()), Span(gap.end(), below.start() if below else end)
        if all(office_pattern().search(text, *part) for part in parts):
            yield parts[0]
            place = gap.end()
    yield Span(place, end)


_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*+\n)+")
_NUMBER = re.compile(r"[\w./-]{0,40}\d")  # there are several in the head of a joint answer


def _field(text: str, name: str, start: int, end: int) -> HeadField:
    written = text[start:end]
    start, end = start + len(written) - len(written.lstrip()), start + len(written.rstrip())
    return HeadField(name, reflow(text[start:end]), start, end)


@cache
def _between_names() -> re.Pattern[str]:
    """Give the pattern of what stands between names: commas, 'en', and brackets with parties or places."""
    brackets = r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]"
    return re.compile(rf"(?<!\s)(?:\s*(?:{brackets}|[,;&/]|(?<=\s)(?![A-ZÀ-Þ][a-zà-ÿ])(?i:{any_of('and')})(?=\s)))+\s*")


@cache
def on_behalf() -> re.Pattern[str]:
    """Give the pattern of what stands before those for whom somebody speaks: they do not ask or answer themselves."""
    return re.compile(rf"(?i)(?<!\w)(?:{patterns('on_behalf')})(?!\w)")


@cache
def _title_of_a_person() -> re.Pattern[str]:
    article, title = patterns("articles"), patterns("honorifics")
    return re.compile(rf"(?i:(?:(?:(?:{article})(?:\s+|(?<=['’])))*(?:{title})(?:\s+|(?<=\.)))+)")


def names(text: str, start: int, end: int) -> list[Span]:
    """Give each name in a range, without the party in brackets or the form of address.

    >>> text = "de leden Peeters (XY), Maes en mevrouw An De Smet"
    >>> [text[start:end] for start, end in names(text, 0, len(text))]
    ['Peeters', 'Maes', 'An De Smet']
    """
    behalf = on_behalf().search(text, start, end)
    end = behalf.start() if behalf else end
    found: list[Span] = []
    place = start
    for gap in _between_names().finditer(text, start, end):
        found += _name(text, place, gap.start())
        place = gap.end()
    return [*found, *_name(text, place, end)]


def offices(text: str, start: int, end: int) -> list[Span]:
    """Give each of several offices in a range: a new one begins with an article, as in 'and the Minister'.

    >>> text = "the Tánaiste and Minister for Trade, the Minister for Health and the Minister for Finance"
    >>> [text[start:end] for start, end in offices(text, 0, len(text))]
    ['the Tánaiste and Minister for Trade', 'the Minister for Health', 'the Minister for Finance']
    """
    found: list[Span] = []
    place = start
    for gap in _between_offices().finditer(text, start, end):
        found.append(Span(place, gap.start()))
        place = gap.end()
    return [*found, Span(place, end)]


@cache
def _between_offices() -> re.Pattern[str]:
    """Give the pattern of what stands between offices that each have an article."""
    offices = "|".join(data["office"] for data in languages().values())
    link = rf"(?:\s*[,;]\s*(?:(?:{any_of('and')})\s+)?|\s+(?:{any_of('and')})\s+)"
    article = rf"(?:aan\s+|to\s+|à\s+)?(?:{patterns('articles')}|aux?)\s*"
    return re.compile(rf"(?xi)(?<!\s){link}(?={article}(?:[\w-]+\s+)?(?:{offices})(?!\w))")


def _name(text: str, start: int, end: int) -> list[Span]:
    blank = _BLANK.match(text, start, end)
    start = blank.end() if blank else start
    if title := _title_of_a_person().match(text, start, end):
        start = title.end()
    written = text[start:end].rstrip(" \t\n\r.:;,")
    return [Span(start, start + len(written))] if re.search(r"[^\W\d_]", written) else []


_SINGLE = ("number", "date_asked", "title", "policy_field")  # the first of these is that of the document


def distinct(fields: Sequence[HeadField]) -> list[HeadField]:
    """Leave out what was said before, of some fields all but the first; in the order of the text."""
    kept: list[HeadField] = []
    for field in fields:
        alike = [each for each in kept if each.name == field.name]
        if field.name in _SINGLE and alike:
            continue
        if all(each.value.casefold() != field.value.casefold() for each in alike):
            kept.append(field)
    return sorted(kept, key=lambda field: field.start)
