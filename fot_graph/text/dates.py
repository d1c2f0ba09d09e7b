"""Dates as people write them, in Dutch, French and English."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from fot_graph.text.languages import any_of, languages


@cache
def date_pattern() -> str:
    """Give the pattern of a date with its day, month and year, for use in other patterns (verbose or not)."""
    month = rf"(?:{any_of('months')}|{any_of('short_months')})"
    day = r"\d{1,2}(?:st|nd|rd|th|er|ste|de|e)?"
    named = rf"(?:{day}\.?[\s.-]+{month}\.?[\s.-]+\d{{4}}|{month}\.?\s+{day},?\s+\d{{4}})"
    return rf"(?i:(?<!\d)(?:{named}|\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})(?!\d))"


def read_date(written: str) -> str:
    """Give a date in the form of ISO 8601, or '' for one that no calendar has.

    >>> read_date("3/05/2021"), read_date("1er mars 2021"), read_date("31 april 2021")
    ('2021-05-03', '2021-03-01', '')
    """
    pieces = re.findall(r"\d+|[^\W\d_]{3,}", written)
    numbers = [int(piece) for piece in pieces if piece.isdigit()]
    months = [found for piece in pieces if (found := month_number(piece))]
    if months and len(numbers) == 2:
        day, month, year = numbers[0], months[0], numbers[1]
    elif len(numbers) == 3:
        year, month, day = numbers if numbers[0] > 31 else numbers[::-1]
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def month_number(name: str) -> int:
    """Give the number of a month by its name, written out or short; 0 for what is none.

    >>> month_number("Mars"), month_number("sept."), month_number("mai")
    (3, 9, 5)
    """
    return _months().get(name.lower().rstrip("."), 0)


@cache
def _months() -> dict[str, int]:
    """Give the number of each month by its name, also by its first three or four letters."""
    found: dict[str, int] = {}
    for data in languages().values():
        names = [name.lower() for name in data["months"]]
        found |= {name: number for number, name in enumerate(names, start=1)}
        for short in data["short_months"]:
            near = [number for number, name in enumerate(names, start=1) if _plain(name).startswith(_plain(short)[:3])]
            found.setdefault(short.lower(), _SHORT.get(short.lower()) or near[0])
    return found


def _plain(word: str) -> str:
    return word.lower().replace("é", "e").replace("û", "u")


_SHORT = {"mrt": 3, "juil": 7, "jun": 6, "jul": 7}
