"""The figures of a text by their values, however a language writes them: whether a name holds one that its words lack.

Figures are numbers in digits or in words, and months: '6,5 miljoen' is 6500000, 'drie' is 3, 'maart' is the third
month, which '12/03/2024' names too.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.text.edges import GROUPING
from fot_graph.text.finding.amounts import plain
from fot_graph.text.languages import alternatives, any_of, languages

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_NUMBER = rf"\d{{1,3}}(?:[.,'{GROUPING}]\d{{3}})+(?![\d])(?:[.,]\d{{1,2}}(?![.,]?\d))?|\d+[.,]\d+(?![.,/-]?\d)|\d+"


class Figure(NamedTuple):
    """A figure as it is written, with its value, and what else it names: a number without its 'million', a month."""

    written: str
    value: str
    others: tuple[str, ...] = ()


def unquoted_figures(
    name: str, language: str, quotes: Iterable[tuple[str, str]], parts: Container[str] = ()
) -> list[str]:
    """List the figures of a name that no quote has, as they are written; each quote with its language.

    `parts` are the numbers of the document and its items, by which a name may call these ('what question 6 asks').

    >>> unquoted_figures("50 buses by March 2030, as question 6 asks", "en", [("vijftig bussen in maart", "nl")], {"6"})
    ['2030']
    """
    found = figures(_called().sub(lambda called: "" if called[1] in parts else called[0], name), language)
    if not found:
        return []
    quoted = {value for quote in quotes for figure in figures(*quote) for value in (figure.value, *figure.others)}
    return list(dict.fromkeys(figure.written for figure in found if figure.value not in quoted))


@lru_cache(maxsize=16_384)  # names and quotes come again
def figures(text: str, language: str) -> tuple[Figure, ...]:
    """Give the figures of a text, in order; of a language that is not known only those in digits."""
    found = []
    for match in _pattern(language).finditer(text):
        if month := match["month"]:
            found.append(Figure(month, f"month {_months(language)[month.lower()]}"))
        else:
            found.append(_number(match, language))
    return tuple(found)


def _number(match: re.Match[str], language: str) -> Figure:
    written, word = match["number"] or match["word"], match["ten"]
    counted = _data(language, "counted").get(written.lower())
    digits = re.sub(f"[{GROUPING}]", "", written)
    number = Decimal(counted if counted is not None else plain(digits, language))
    month = f"month {number}" if number in range(1, 13) and match["number"] else ""
    if not word:
        return Figure(written, _value(number), (month,) if month else ())
    ten = _data(language, "magnitudes")[word.lower()]
    return Figure(match[0], _value(number * 10**ten), (_value(number),))


@cache
def _called() -> re.Pattern[str]:
    """Give the pattern of the number by which a name calls a question, an answer or an item of one."""
    return re.compile(rf"(?i:(?<!\w)(?:{any_of('question')}|{any_of('answer')})) (?:(?i:nr|no)\.? ?)?(\d+)")


def _value(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _data(language: str, key: str) -> dict[str, int]:
    entries = languages().get(language, {}).get(key, {})
    return {word.lower(): number for word, number in entries.items()}


@cache
def _months(language: str) -> dict[str, int]:
    return {name.lower(): number for number, name in enumerate(languages().get(language, {}).get("months", ()), 1)}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Give the pattern of a figure; 'one' is also 'a', and 'may' only a month with a capital where months have one."""
    counted = [word for word, number in _data(language, "counted").items() if number > 1]
    ten = rf"(?:[ {GROUPING}](?P<ten>(?i:{alternatives(_data(language, 'magnitudes'))}))(?!\w))?"
    word = rf"(?<![\w-])(?P<word>(?i:{alternatives(counted)}))(?![\w-])"
    month = rf"(?<![\w-])(?P<month>{alternatives(languages().get(language, {}).get('months', ()))})(?![\w-])"
    return re.compile(rf"(?:(?P<number>{_NUMBER})|{word}){ten}|{month}")
