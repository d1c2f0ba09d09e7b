"""The patterns of the rules, from the data of each language (`languages/*.toml`), with their short-hands written out.

In these patterns a blank stands for one blank of a line (`lines`), and

    (?&date)    is a date with day, month and year, or with month and year
    (?&year)    is a year
    (?&moment)  is any of these
    (?&number)  is the number of a question, (?&code) one that has letters too: 'E-2966/97', 'S4W-12051'
    (?&title)   is a title between quotation marks
    (?&more)    is a further word of a title: none that a sentence goes on with (`not_in_titles`)
    (?&proper)  stands before a word of a name: none that only a sentence begins with (`not_in_names`)
    (?&name)    is what stands before the last word of a name: words with a capital, up to another one
    (?&rest)    is a character within a clause
"""

from __future__ import annotations

import re
from functools import cache

from fot_graph.text.dates import date_pattern
from fot_graph.text.languages import any_of, languages

YEAR = r"(?<![\w/.,-])(?:19|20)\d\d(?![\w/]|[.,]\d)"
_CODE = r"(?<![\w-])[A-Z]{1,3}(?:\d[A-Z]{1,2})?-\d{1,6}(?:/(?:19|20)?\d\d)?|(?<![\w-])\d{2}[KS]\d{3,6}P?|20\d\dZ\d{5}"


@cache
def patterns(key: str) -> list[re.Pattern[str]]:
    """Give the patterns that the languages have for a kind of thing, in the order of the files."""
    written = [each for data in languages().values() for each in data[key]]
    return [re.compile(_written_out(each)) for each in written]


@cache
def month_pattern() -> str:
    """Give a pattern for the name of a month, written out or short."""
    return rf"(?i:{any_of('months')}|(?:{any_of('short_months')})\.?)"


def _written_out(pattern: str) -> str:
    for name, meaning in _short_hands().items():
        pattern = pattern.replace(f"(?&{name})", meaning)
    return pattern


@cache
def _short_hands() -> dict[str, str]:
    month_and_year = rf"(?:{month_pattern()}(?: van| de| of|,)? {YEAR})"
    proper = rf"(?!(?:{any_of('not_in_names')})\b)"
    full = date_pattern().replace(r"[\s.-]", "[ .-]").replace(r"\s", " ")
    return {
        "date": f"(?:{full}|{month_and_year})",
        "moment": rf"(?:{full}|{month_and_year}|{YEAR})",
        "year": YEAR,
        "code": f"(?:{_CODE})",
        "number": rf"(?:{_CODE}|\d[\d./-]{{0,12}}\d|\d)",
        "title": r'"[^"\n]{3,250}"',
        "more": rf"(?!(?:{any_of('not_in_titles')})\b)[a-zà-ÿ][\w'-]*",
        "proper": proper,
        "name": rf"(?:(?:{proper}[A-ZÀ-Þ][a-zà-ÿ-]+ ){{1,4}}(?=[A-ZÀ-Þ]))",
        "rest": r"[^\n;:?!]",
    }
