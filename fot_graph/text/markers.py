"""Where items begin: the markers at the starts of lines, or within lines where a source has lost its line ends."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from fot_graph.text import labels
from fot_graph.text.blocks import lines_in
from fot_graph.text.languages import any_of
from fot_graph.text.languages import patterns as patterns_of
from fot_graph.text.sentences import ends_in_abbreviation


class Marker(NamedTuple):
    """Where an item begins: the characters of its marker, the label of the item, and whether it is of an answer."""

    start: int
    end: int
    label: str
    answers: bool = False


class Candidate(NamedTuple):
    """What could be a marker: its characters and its words; `opens` when it stands at the start of a block."""

    start: int
    end: int
    written: str
    opens: bool


_TABBED = re.compile(r"\(?\w{1,3}[.):°]\t")
_WRAPPED = 40  # characters of a line that the next one may go on with
_MAY_PRECEDE_AN_ITEM = frozenset(".?!:;…)]”\"'»¹²³⁰⁴⁵⁶⁷⁸⁹")


def line_candidates(text: str, start: int, end: int) -> list[list[Candidate]]:
    """List what could be a marker at the start of each line, the longest reading first.

    The line opens a block, or the line before may end an item, or is short and begins with a marker, for a letter: a
    wrapped line can begin with a number too.
    """
    found: list[list[Candidate]] = []
    before, above = start, -1
    for line in lines_in(text, start, end):
        is_short = bool(found) and found[-1][0].start == above and before - above < _WRAPPED
        is_below = is_short and not text[line.start].isdigit()
        above = line.start
        if line.opens or is_below or _may_end_an_item(text, start, before) or _TABBED.match(text, line.start, line.end):
            patterns = labels.marker_pattern(), labels.plain_marker_pattern()
            matches = filter(None, (pattern.match(text, line.start, end) for pattern in patterns))
            if each := [Candidate(*match.span(), match["inner"] or match["outer"], line.opens) for match in matches]:
                found.append(each)
        before = line.end
    return found


def _may_end_an_item(text: str, start: int, before: int) -> bool:
    last = text[before - 1] if before > start else ""
    if last == ",":
        return True
    return last in _MAY_PRECEDE_AN_ITEM and not (last == "." and ends_in_abbreviation(text, start, before - 1))


def question_markers(text: str, start: int, end: int, *, joint: bool = False) -> list[Marker]:
    """Find the markers of the items of a question: each follows the one before it.

    Those of an answer without its question may be `joint`: '2 and 3'.
    """
    found: list[Marker] = []
    for readings in line_candidates(text, start, end):
        if found and readings[0].start < found[-1].end:
            continue
        last = found[-1].label if found else ""
        for candidate in readings:
            label = labels.label_of(candidate.written, last)
            may_begin = candidate.opens or not _is_after_comma(text, candidate) or label[-1:].isalpha()
            first = labels.first_and_last(label)[0] if joint else label
            if may_begin and labels.is_next(first, labels.first_and_last(last)[1], opens=candidate.opens):
                found.append(Marker(candidate.start, candidate.end, label))
                break
    lone_letter = len(found) == 1 and found[0].label.isalpha()
    return [] if lone_letter else found


def answer_markers(text: str, start: int, end: int, asked: list[str]) -> list[Marker]:
    """Find the markers of the items of an answer: each names items that were asked, and that none before it named.

    They may stand in any order. A list within an answer begins with one again, and goes on from there.
    """
    candidates = line_candidates(text, start, end)
    later = Counter(map(_number, candidates))
    found: list[Marker] = []
    answered: set[str] = set()
    inner = 0
    for readings, following in zip_longest(candidates, candidates[1:]):
        later[_number(readings)] -= 1
        if found and readings[0].start < found[-1].end:
            continue
        last = found[-1].label if found else ""
        for candidate in readings:
            label = labels.label_of(candidate.written, last)
            named = [labels.named_labels(part, asked) for part in label.split(",")]
            if not all(named) or not (_is_later(label, last) or answered.isdisjoint(named[0])):
                continue
            if not (_is_later(label, last) or candidate.opens) and _is_after_comma(text, candidate):
                continue
            number = int(label) if label.isdigit() else 0
            begins = number == 1 and bool(last) and bool(following) and _number(following) == 2
            if begins or (number and number == inner + 1 and inner and (later[number] or not _is_later(label, last))):
                inner = number
                break
            answered.update(*named)
            found.append(Marker(candidate.start, candidate.end, label, answers=True))
            inner = 0
            break
        else:
            inner = _number(readings) if _number(readings) in (1, inner + 1) else inner
    return found


def _is_after_comma(text: str, candidate: Candidate) -> bool:
    return text[max(0, candidate.start - 200) : candidate.start].rstrip()[-1:] == ","


def _is_later(label: str, last: str) -> bool:
    return not last or labels.key(labels.first_and_last(label)[0]) > labels.key(labels.first_and_last(last)[1])


def _number(readings: list[Candidate]) -> int:
    return int(readings[-1].written) if readings[-1].written.isdigit() else -1


# --- Words as markers -----------------------------------------------------------------------------------------------


@cache
def _word_pattern() -> re.Pattern[str]:
    """Give the pattern of a heading such as 'Vraag 1', 'Antwoord op vragen 4 en 5:' or 'Antwoord'."""
    numbers = rf"(?P<numbers>{labels.NUMBERED}(?:{labels.joined()}{labels.REFERENCE})*)"
    question, answer = any_of("question"), any_of("answer")
    blank = r"[^\S\n\f]+"
    to = rf"(?:{blank}(?:{patterns_of('to_question')}))?(?:{blank}(?:{question}))?"
    person = rf"(?!\s+(?:van|de|by)\s+(?:(?:{patterns_of('articles')})\s+)?(?:{patterns_of('honorifics')})(?!\w))"
    close = r"\s*(?:[:.)]|[-–](?=\s))?(?P<rest>[^\S\n\f]*(?=[\n\f]|\Z)|(?<=[:.)–-])(?=\s))"
    number = r"(?:n(?:r|o|°|º)?s?\.?\s*)?"
    return re.compile(
        rf"(?P<head>(?i:(?P<answer>{answer}){to}|{question})){blank}{number}{numbers}(?i:{person}){close}",
    )


@cache
def _bare_answer() -> re.Pattern[str]:
    return re.compile(rf"(?i:{any_of('answer')})\s*:?[^\S\n\f]*(?=[\n\f]|\Z)")


_BARE_LINE = re.compile(r"\d{1,3}(?:[ ]?(?:,|-|–|en|t/m)[ ]?\d{1,3}){0,9}[.)]?")


def word_markers(text: str, start: int, end: int, *, bare: bool = False) -> list[Marker]:
    """Find headings that number questions and answers by words: 'Vraag 1', 'Antwoord op vragen 4 en 5'.

    An answer without a number is one to the questions before it that have none yet. With `bare` a question may be
    numbered by a number alone on its line, where answers have headings.
    """
    found: list[Marker] = []
    before = start
    for line in lines_in(text, start, end):
        is_heading = text[line.start].isupper() and _word_pattern().fullmatch(text, line.start, line.end)
        may_begin = line.opens or is_heading or _may_end_an_item(text, start, before)
        before = line.end
        if not may_begin or (found and line.start < found[-1].end):
            continue
        if match := _word_pattern().match(text, line.start, end):
            label = labels.label_of(match["numbers"])
            found.append(Marker(line.start, match.end(), label, answers=bool(match["answer"])))
        elif match := _bare_answer().match(text, line.start, end):
            found.append(Marker(line.start, match.end(), "", answers=True))
        elif bare and _BARE_LINE.fullmatch(text, line.start, line.end):
            label = labels.label_of(text[line.start : line.end])
            asked = [marker.label for marker in found if not marker.answers]
            if labels.succeeds(labels.first_and_last(label)[0], labels.first_and_last(asked[-1])[1] if asked else ""):
                found.append(Marker(line.start, line.end, label))
    return _with_labels(found) if any(marker.answers for marker in found) or not bare else []


def _with_labels(markers: list[Marker]) -> list[Marker]:
    """Give answers without a number that of the questions before them."""
    done: list[Marker] = []
    waiting: list[str] = []
    for marker in markers:
        label = marker.label or ",".join(waiting)
        waiting = [] if marker.answers else [*waiting, label]
        if label:
            done.append(marker._replace(label=label))
    return done


# --- Numbers alone --------------------------------------------------------------------------------------------------

_BARE = re.compile(r"(?P<number>\d{1,3})(?:[^\S\n\f]*(?=[\n\f])|\s+(?=[A-ZÀ-Þ“«]))")


def bare_markers(text: str, start: int, end: int) -> list[Marker]:
    """Find items that are numbered by a number without a sign: '1', alone on its line or at the start of a block."""
    found: list[Marker] = []
    for line in lines_in(text, start, end):
        match = _BARE.match(text, line.start, end)
        if match and int(match["number"]) == len(found) + 1 and (line.opens or match.end() >= line.end):
            found.append(Marker(*match.span("number"), match["number"]))
    return found


# --- Within lines ---------------------------------------------------------------------------------------------------

_INLINE = re.compile(r"(?<=[.?!:;…)\"”’])[^\S\n]*(?P<marker>(?P<number>\d{1,3})[.)°])(?=\s+[\"“‘«(]?[A-ZÀ-Þ0-9])")


def inline_markers(text: str, start: int, end: int, known: list[Marker], *, answers: bool = False) -> list[Marker]:
    """Add to the `known` markers those within lines, where a source has lost its line ends: '… bijpremies.2. Bij …'.

    Each has the number after the one before it, and opens no line.
    """
    at_lines = {marker.label: marker for marker in known}
    found = [at_lines["1"]] if "1" in at_lines else []
    for match in _INLINE.finditer(text, start, end):
        following = at_lines.get(str(len(found) + 1))
        while following:
            if following.start >= match.start("marker"):
                break
            found.append(following)
            following = at_lines.get(str(len(found) + 1))
        if following is None and match["number"] == str(len(found) + 1):
            found.append(Marker(*match.span("marker"), match["number"], answers))
    while following := at_lines.get(str(len(found) + 1)):
        found.append(following)
    return found if len(found) > max(len(known), 1) else known
