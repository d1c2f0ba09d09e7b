"""Of which year a sentence gives a figure, where it names several: '514 in 2018 and 37 in 2019'.

A figure is of the year in its own clause, the nearest one that no other figure parts it from; else of the last year
before it in the sentence, else of the next one. Years in a row ('2018 en 2019', '2016-2018') are one: which of them is
meant is not told. In a row of a table below a row of years a figure is of the year in its column.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.fragments import Span
from fot_graph.text.edges import is_whole_figure
from fot_graph.text.languages import alternatives, languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_YEAR = r"(?<![\w.,/])(?:19|20)\d\d(?![\w/%]|[.,]\d)"
_FIGURE = re.compile(r"(?<![\w])\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"[^.?!;]+(?:[.?!;](?!\s)[^.?!;]*)*")


class _Years(NamedTuple):
    """Years in a row, and where they stand."""

    span: Span
    years: frozenset[str]


def other_year(texts: Sequence[str], language: str, forms: Iterable[str], year: str) -> str:
    """Give the year of which some texts give a figure, if that is not the one that is named; '' where it may be it.

    The texts are each on one line; `forms` are the ways in which the figure may be written. Where no text has the year
    that is named nothing is told.

    >>> told = ["514 in 2018 and 37 in 2019"]
    >>> other_year(told, "en", ["37"], "2018"), other_year(told, "en", ["514"], "2018")
    ('2019', '')
    """
    if not any(year in years for text in texts for years in re.findall(_YEAR, text)):
        return ""
    wanted = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in forms) or r"(?!)")
    found: list[frozenset[str]] = []
    for text in texts:
        for sentence in _SENTENCE.finditer(text):
            words = sentence[0]
            spans = [Span(*each.span()) for each in wanted.finditer(words) if is_whole_figure(words, *each.span())]
            found += [_of_figure(words, span, language) or _of_column(texts, text, words, span) for span in spans]
    is_told = found and all(found) and not any(year in years for years in found)
    return ", ".join(sorted(set.union(*map(set, found)))) if is_told else ""


def _of_figure(sentence: str, figure: Span, language: str) -> frozenset[str]:
    """Give the years of which a sentence may give a figure; none where it names no year."""
    groups = [
        each for each in _groups(sentence, language) if each.span.end <= figure.start or figure.end <= each.span.start
    ]
    if not groups:
        return frozenset()
    inside = [group.span for group in groups]
    edges = [each.span() for each in _edges(language).finditer(sentence)]
    edges = [edge for edge in edges if not any(span.start <= edge[0] < span.end for span in inside)]
    start = max((end for _, end in edges if end <= figure.start), default=0)
    stop = min((begin for begin, _ in edges if begin >= figure.end), default=len(sentence))
    near = [
        group for group in groups if start <= group.span.start < stop and _is_reached(sentence, figure, group, groups)
    ]
    if near:
        least = min(_distance(figure, group.span) for group in near)
        return frozenset().union(*(group.years for group in near if _distance(figure, group.span) == least))
    before = [group for group in groups if group.span.end <= figure.start]
    return (before[-1] if before else groups[0]).years


def _groups(sentence: str, language: str) -> list[_Years]:
    found = _years_in_a_row(language).finditer(sentence)
    return [_Years(Span(*each.span()), frozenset(re.findall(r"\d{4}", each[0]))) for each in found]


def _is_reached(sentence: str, figure: Span, group: _Years, groups: Sequence[_Years]) -> bool:
    """Tell whether no other figure stands between a figure and years."""
    first, second = sorted((figure, group.span))
    between = [each.start() for each in _FIGURE.finditer(sentence, first.end, second.start)]
    return all(any(other.span.start <= at < other.span.end for other in groups) for at in between)


def _distance(figure: Span, years: Span) -> int:
    return max(years.start - figure.end, figure.start - years.end)


def _of_column(texts: Sequence[str], text: str, row: str, figure: Span) -> frozenset[str]:
    """Give the year above a figure: of a text with as many years, and no other figures, as this one has figures."""
    cells = [each.start() for each in _FIGURE.finditer(row)]
    for other in texts:
        years = [each[0] for each in _FIGURE.finditer(other)]
        if other != text and len(years) == len(cells) > 1 and all(re.fullmatch(_YEAR, each) for each in years):
            return frozenset({years[cells.index(figure.start)]} if figure.start in cells else ())
    return frozenset()


@cache
def _years_in_a_row(language: str) -> re.Pattern[str]:
    words = _any_of(language, "and", "through")
    return re.compile(rf"{_YEAR}(?:(?:\s*[,/&–-]\s*|\s+(?:(?:{words})\s+)?){_YEAR})*", re.IGNORECASE)


@cache
def _edges(language: str) -> re.Pattern[str]:
    """Give the pattern of what begins another clause or the other side of a comparison."""
    words = _any_of(language, "and", "through", "comparing")
    return re.compile(rf",\s|(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _any_of(language: str, *lists: str) -> str:
    known = languages()
    data = known.get(language) or known["nl"]
    return alternatives(word for key in lists for word in data[key])
