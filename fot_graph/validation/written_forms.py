"""How Dutch, French and English write a value: a number, a date, a duration.

What a language does its own way stands in fot_graph/text/languages/*.toml.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from fot_graph.core.namespaces import PREFIXES
from fot_graph.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Literal


def thousands_sign(language: str) -> str:
    """Give the sign that a language puts between thousands where it puts no space.

    >>> thousands_sign("nl"), thousands_sign("en")
    ('.', ',')
    """
    return str(_data(language)["thousands"])


def decimal_sign(language: str) -> str:
    """Give the sign that a language puts before decimals."""
    return str(_data(language)["decimal"])


def written_forms(value: Literal, language: str = "nl") -> list[str]:
    """Give the ways in which a language may write a value, the most likely one first; none for a truth value.

    >>> from pyoxigraph import Literal, NamedNode
    >>> xsd = PREFIXES["xsd"]
    >>> written_forms(Literal("707315.48", datatype=NamedNode(xsd + "decimal")))
    ['707.315,48', '707315,48']
    >>> written_forms(Literal("1500", datatype=NamedNode(xsd + "decimal")), "en")
    ['1,500', '1500', '1,500.00', '1500.00', '1.5 thousand']
    >>> written_forms(Literal("--09-30", datatype=NamedNode(xsd + "gMonthDay")), "fr")
    ['30 septembre']
    >>> written_forms(Literal("P3Y", datatype=NamedNode(xsd + "duration")))
    ['3 jaar', '3 jaren', 'drie jaar', 'drie jaren', '36 maanden', '36 maand']

    How many decimals the source gives, and whether it counts years in months, a value does not tell.
    A text stands for itself, and so does a value that is not well-formed. Datatypes: XML Schema 1.1 Part 2.
    """
    kind = value.datatype.value.removeprefix(PREFIXES["xsd"])
    if kind == "boolean":
        return []
    pattern, write = _WRITERS.get(kind, _AS_IT_IS)
    match = pattern.fullmatch(value.value)
    written = write(_Words(_data(language)), *match.groups("")) if match else [value.value]
    return [" ".join(form.split()) for form in written]


def _data(language: str) -> dict[str, Any]:
    """Give what is known of a language; of one that is not known, what is of Dutch."""
    known = languages()
    return known.get(language) or known["nl"]


class _Words(NamedTuple):
    """What a language has for numbers and dates, as its file tells it."""

    data: dict[str, Any]

    def number(self, sign: str, whole: str) -> list[str]:
        plain = whole or "0"
        grouped = f"{int(plain):,}".replace(",", self.data["thousands"])
        return [f"{sign.strip('+')}{digits}" for digits in dict.fromkeys((grouped, plain))]

    def in_words(self, sign: str, number: str) -> list[str]:
        """Write a number with a power of ten in words: '6,5 miljoen'."""
        forms = []
        for word, power in self.data["magnitudes"].items():
            value = (Decimal(number) / 10**power).normalize()
            least = Decimal(1) if power == _THOUSAND else Decimal("0.1")
            if value >= least and value.as_tuple().exponent in _DECIMALS:
                forms.append(f"{sign.strip('+')}{format(value, 'f').replace('.', self.data['decimal'])} {word}")
        return forms

    def lasting(self, count: str, unit: str) -> list[str]:
        numbers = [count, *self.data["numerals"][int(count) - 1 :][:1]] if int(count) else [count]
        return [f"{number} {name}" for number in numbers for name in self.data["lasting"][unit]]


def _text(_: _Words, text: str) -> list[str]:
    return [text]


def _integer(words: _Words, sign: str, whole: str) -> list[str]:
    return [*words.number(sign, whole), *words.in_words(sign, whole or "0")]


def _decimal(words: _Words, sign: str, whole: str, fraction: str) -> list[str]:
    """Give a number with the decimals that it needs, and with the two of an amount."""
    needed, point = fraction.rstrip("0"), words.data["decimal"]
    endings = (f"{point}{needed.ljust(2, '0')}", f"{point}{needed}") if needed else ("", f"{point}00")
    figures = [f"{digits}{ending}" for ending in dict.fromkeys(endings) for digits in words.number(sign, whole)]
    return [*figures, *words.in_words(sign, f"{whole or '0'}.{fraction or '0'}")]


def _day(words: _Words, year: str, month: str, day: str) -> list[str]:
    name = words.data["months"][int(month) - 1]
    numbers = [str(int(day)), day, *words.data["ordinal_days"].split()[int(day) - 1 :][:1]]
    forms = [form.format(day=each, month=name, year=year) for each in numbers for form in words.data["day_forms"]]
    named = list(dict.fromkeys(forms))
    days, months = (dict.fromkeys((number, number.lstrip("0"))) for number in (day, month))
    figures = [sign.join((one, other, year)) for sign in "/-." for one in days for other in months]
    return [*named, *figures] if year else [form.strip(" ,") for form in named]


def _month(words: _Words, year: str, month: str) -> list[str]:
    return [f"{words.data['months'][int(month) - 1]} {year}"]


def _duration(words: _Words, years: str, months: str, count: str, unit: str) -> list[str]:
    """Give a duration in its unit, and years also in months: of "P12M" the engine makes "P1Y", of "P18M" "P1Y6M"."""
    if unit:
        return words.lasting(count, unit)
    in_months = words.lasting(str(12 * int(years) + int(months or "0")), "M")
    return [*(() if months else words.lasting(years, "Y")), *in_months]


_THOUSAND = 3  # its power of ten
_DECIMALS = range(-3, 3)  # exponents of ten that leave at most three decimals, or two zeros
_Writer = tuple[re.Pattern[str], "Callable[..., list[str]]"]
_AS_IT_IS: _Writer = (re.compile("(.*)", re.DOTALL), _text)
_INTEGER: _Writer = (re.compile(r"([+-]?)0*+([0-9]*+)"), _integer)
_DATE: _Writer = (re.compile("([0-9]{4})?-?-?(0[1-9]|1[0-2])-([0-3][0-9])"), _day)
_WRITERS: dict[str, _Writer] = {
    "integer": _INTEGER,
    "decimal": (re.compile(r"([+-]?)0*+([0-9]*+)(?:\.([0-9]++))?"), _decimal),
    "date": _DATE,
    "gMonthDay": _DATE,
    "gYearMonth": (re.compile("([0-9]{4})-(0[1-9]|1[0-2])"), _month),
    "duration": (re.compile("P(?:([0-9]{1,3})Y(?:([0-9]{1,2})M)?|([0-9]{1,3})([MWD]))"), _duration),
}
