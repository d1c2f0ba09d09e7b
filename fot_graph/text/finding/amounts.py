"""Finds amounts of money, percentages and other figures with their unit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.text.languages import alternatives, any_of, languages, words

if TYPE_CHECKING:
    from collections.abc import Iterator


class Amount(NamedTuple):
    """A figure with its unit in a line of text: from `value` to `upper`, if it is a range; both as plain decimals."""

    start: int
    end: int
    value: str
    upper: str
    unit: str


def amounts(text: str, language: str) -> Iterator[Amount]:
    """Find the amounts; the language tells whether a point or a comma stands before the decimals.

    >>> [(each.value, each.upper, each.unit) for each in amounts("30 tot 45 % of 1.250,5 miljoen euro", "nl")]
    [('30', '45', '%'), ('1250500000', '', 'EUR')]
    """
    before: _Figure | None = None
    for match in _figure().finditer(text):
        figure = _read(match, language)
        if before and _is_range(text, before, figure):
            low = before.times(figure.ten) if before.ten is None else before.value
            yield Amount(before.start, figure.end, low, figure.value, figure.unit)
            before = None
            continue
        if before and before.unit:
            yield Amount(before.start, before.end, before.value, "", before.unit)
        before = figure
    if before and before.unit:
        yield Amount(before.start, before.end, before.value, "", before.unit)


class _Figure(NamedTuple):
    """A number in a line, with its power of ten and its unit, if it has them."""

    start: int
    end: int
    digits: Decimal
    ten: int | None
    unit: str

    @property
    def value(self) -> str:
        return self.times(self.ten)

    def times(self, ten: int | None) -> str:
        return format((self.digits * Decimal(10) ** (ten or 0)).normalize(), "f")


def _read(match: re.Match[str], language: str) -> _Figure:
    sign, word, unit, written = match["sign"] or "", match["ten"] or "", match["unit"] or "", match["number"]
    known = _counted().get(written.lower())
    digits = Decimal(known) if known is not None else Decimal(plain(written, language))
    unit = _SIGNS.get(sign) or _units().get(unit.lower(), "")
    if word in _SHORT and not sign:  # 'm' and 'k' stand for powers of ten beside the sign of a currency only
        unit, word = "", ""
    return _Figure(*match.span(), digits, _tens()[word.lower()] if word else None, unit)


def _is_range(text: str, low: _Figure, high: _Figure) -> bool:
    link = text[low.end : high.start].strip()
    if not high.unit or low.unit not in ("", high.unit) or low.digits.scaleb(low.ten or 0) > Decimal(high.value):
        return False
    if link in ("-", *words("through"), "tot", "à", "to"):
        return True
    return link in words("and") and bool(_between().search(text[max(0, low.start - 12) : low.start]))


_SIGNS = {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "%": "%", "‰": "‰"}
_SIGNS |= {code: code for code in ("EUR", "USD", "GBP", "CHF")}
_SYMBOLS = "km km2 ha kg mg m2 m3 kW MW GW kWh MWh GWh TWh km/h dB °C ppm GB TB € EUR % £ $".split()
_SYMBOL_UNITS = {symbol.lower(): _SIGNS.get(symbol, symbol) for symbol in _SYMBOLS}
_SYMBOL_UNITS |= {"m²": "m2", "m³": "m3", "km²": "km2", "km/u": "km/h"}
_SHORT = {"m": 6, "k": 3, "bn": 9}


@cache
def _units() -> dict[str, str]:
    tables = [data[key] for data in languages().values() for key in ("currencies", "measures")]
    return {name.lower(): unit for table in tables for name, unit in table.items()} | _SYMBOL_UNITS


@cache
def unit_pattern() -> str:
    """Give a pattern for all units as they are written, small letters or capitals."""
    return rf"(?i:{alternatives(_units())})(?![\w-])"


@cache
def _tens() -> dict[str, int]:
    return {name: power for data in languages().values() for name, power in data["magnitudes"].items()} | _SHORT


@cache
def _counted() -> dict[str, int]:
    return {name: number for data in languages().values() for name, number in data["counted"].items()}


@cache
def _figure() -> re.Pattern[str]:
    minus = r"(?:(?<=[\s(])(?<![\d%] )-|(?<!-)|(?<=[\d%]-)|(?<=[\d%] -))"  # no dash of a range
    grouped, plain_digits = r"\d{1,3}(?:[., ']\d{3})+(?!\d)(?:[.,]\d{1,4})?", r"\d{1,15}(?:[.,]\d{1,6})?"
    digits = rf"(?<![\w.,/]){minus}(?:{grouped}|{plain_digits})(?!\d)"
    follows = rf"(?= (?:(?:{alternatives(_tens())})(?!\w)|{unit_pattern()}))"
    in_words = rf"(?i:(?<![\w-])(?:{alternatives(_counted())}){follows})"
    number = rf"{digits}|(?<=[€$£])\d{{1,15}}(?:[.,]\d{{1,9}})*|{in_words}"
    ten = rf"(?: ?(?P<ten>(?i:{alternatives(_tens())}))(?!\w))?"
    unit = rf"(?: ?(?:d'|de |of )?(?![€$£] ?\d)(?P<unit>{unit_pattern()}))?"
    per = rf"(?:(?<=\w) (?:{any_of('per')}) [a-zà-ÿ]{{2,30}})?"
    return re.compile(rf"(?:(?P<sign>{alternatives(_SIGNS)}) ?)?(?P<number>{number}){ten}(?:{unit}{per})")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?<!\w)(?:{any_of('between')})) (?:de |le )?$")


def plain(written: str, language: str) -> str:
    """Write a number with a point before its decimals and nothing between its thousands.

    >>> plain("1.250,5", "nl"), plain("1,250", "en"), plain("9,5", "fr"), plain("1 234", "fr")
    ('1250.5', '1250', '9.5', '1234')
    """
    written = written.replace(" ", "").replace("'", "")
    last = max(written.rfind("."), written.rfind(","))
    if last < 0:
        return written
    mark, other = written[last], "," if written[last] == "." else "."
    groups = written.split(mark)
    is_grouping = len(groups) > 2 or (
        len(groups[-1]) == 3 and other not in written and mark == ("," if language == "en" else ".")
    )
    if is_grouping:
        return written.replace(mark, "").replace(other, ".")
    return written.replace(other, "").replace(mark, ".")
