"""Drafts: what a rule reads in an answer that a person has to judge before it says anything; never in the graph.

Kinds: 'promise' with its deadline, 'evaluation' that is announced or under way, 'refusal' of what was asked, and
'coverage', which items of the question an answer takes up as it is numbered.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.fragments import Span
from fot_graph.text.finding.dates import moments
from fot_graph.text.finding.lines import lines_of
from fot_graph.text.languages import patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.text.finding.dates import TimeExpression
    from fot_graph.text.source import Source


class Suggestion(NamedTuple):
    """A draft: its kind, its passage, and its parts, each by its name with the words or the value that it has.

    A promise has its deadline in the words of the text ('by-when') and, where the text gives it, as in ISO 8601
    ('date'); an evaluation its 'state', 'announced' or 'under way'; coverage the 'items'. All but coverage have the
    'words' by which the rule knew them.
    """

    kind: str
    span: Span
    parts: tuple[tuple[str, str], ...]


def drafts(source: Source) -> list[Suggestion]:
    """Read drafts in the answers of a document, in the order of the text."""
    lines = lines_of(source)
    found = [*_coverage(source)]
    told = [*source.values("date_answered"), *source.values("date_asked")]
    for line in re.finditer(r"[^\n]+", lines.text):
        if lines.place(line.start()) == "answer":
            found += _of_sentence(line[0], lines.span(*line.span()), *told[:1])
    return sorted(found, key=lambda draft: (draft.span, draft.kind))


def words_of(kind: str, sentence: str) -> str:
    """Give the words by which a rule knows a promise, or the state of an evaluation, in a sentence on one line.

    >>> words_of("promise", "Ik zal het plan uitbreiden."), words_of("under way", "De evaluatie is gepland.")
    ('zal', '')
    """
    found = _pattern("under_way" if kind == "under way" else "futures").search(sentence)
    deadline = _deadline(sentence, "") if kind == "promise" and not found else None
    return found[0] if found else deadline[2] if deadline else ""


def _of_sentence(sentence: str, span: Span, said_on: str = "") -> Iterator[Suggestion]:
    if deadline := _deadline(sentence, said_on):
        by_when, date, words = deadline
        dated = (("date", date),) if date else ()
        yield Suggestion("promise", span, (("by-when", by_when), *dated, ("words", words)))
    if _pattern("evaluations").search(sentence):
        if found := _pattern("under_way").search(sentence):
            yield Suggestion("evaluation", span, (("state", "under way"), ("words", found[0])))
        elif found := _pattern("futures").search(sentence):
            yield Suggestion("evaluation", span, (("state", "announced"), ("words", found[0])))
    if refusal := _pattern("refusals").search(sentence):
        yield Suggestion("refusal", span, (("words", refusal[0]),))


def _coverage(source: Source) -> Iterator[Suggestion]:
    """Say of each answer item that bears a number which items it answers."""
    for item in source.answer_items():
        if item.label:
            yield Suggestion("coverage", Span(item.start, item.end), (("items", ", ".join(source.answered_by(item))),))


def _deadline(sentence: str, said_on: str) -> tuple[str, str, str] | None:
    """Give the deadline of a promise, in words and as a date, and the words that promise; None where none do.

    What is said in the present ('wordt in 2025 vervangen') promises only what its own clause dates.
    """
    future = _pattern("futures").search(sentence)
    if _pattern("forecasts").search(sentence):
        return None
    for clause in [sentence] if future else _clauses().split(sentence):
        if promising := future or _pattern("present_passives").search(clause):
            for moment in moments(clause):
                if _is_deadline(clause, moment) and not _is_past(moment.value, said_on):
                    return clause[moment.start : moment.end], moment.value, promising[0]
    open_deadline = _pattern("open_deadlines").search(sentence) if future else None
    return (open_deadline[0], "", future[0]) if future and open_deadline else None


def _is_deadline(clause: str, moment: TimeExpression) -> bool:
    """Tell whether something is to be done by a date or in a period, and was not done then."""
    before, words = clause[max(0, moment.start - 20) : moment.start], clause[moment.start : moment.end]
    if any(each.end() == len(words) for each in _pattern("past_dates").finditer(words)):
        return False
    is_relative = not moment.value and not _pattern("past_periods").search(words)
    by_words = _pattern("before_deadlines").search(before) or _pattern("around_deadlines").match(words)
    return is_relative or bool(by_words)


def _is_past(date: str, said_on: str) -> bool:
    """Tell whether a date, a month or a year was over on the day when it is spoken of; no if either is not known.

    >>> _is_past("2020", "2021-03-01"), _is_past("2021", "2021-03-01"), _is_past("--06", "2021-03-01")
    (True, False, False)
    """
    end = date.rpartition("/")[2]
    return end[:1].isdigit() and end < said_on[: len(end)]


@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(rf"[,;:]|(?i: (?:{patterns('clause_words')}) )")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    end = " $" if key == "before_deadlines" else r"(?!\w)"
    return re.compile(rf"(?i:(?<![\w-])(?:{patterns(key)})){end}")
