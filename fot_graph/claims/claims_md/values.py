"""Values as people write them in a `claims.md`: numbers, amounts, shares, dates, periods, texts, addresses.

They are read as the language of the document writes them: `1.500` is fifteen hundred in Dutch, one and a half in
English. What has another form stands as in Turtle: `"0488"`, `"nvt"@nl`, `"2016"^^xsd:gYear`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.terms import is_iri, node
from fot_graph.text.dates import date_pattern, month_number, read_date
from fot_graph.text.languages import alternatives, languages

if TYPE_CHECKING:
    from collections.abc import Callable

    from fot_graph.core.terms import Term


class Value(NamedTuple):
    """A value, and the unit that was written with it, if any."""

    term: Term
    unit: NamedNode | None = None


EURO, _PER_CENT = node("unit:euro"), node("unit:per-cent")
CURRENCIES = {"EUR": EURO, "GBP": node("unit:pound-sterling"), "USD": node("unit:us-dollar")}
_UNITS = {**CURRENCIES, "%": _PER_CENT}
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "%": "%", **dict(zip(CURRENCIES, CURRENCIES, strict=True))}
_XSD = PREFIXES["xsd"]
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)|\^\^(\S+))?', re.DOTALL)
_SMART = re.compile(r"[“”„«]\s?([^“”„«»\"]*?)\s?[“”»](@\S+|\^\^\S+|)")  # as a word processor makes of '"'
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_NUMBER = r"[+-]?\d(?:[\d.,\u00a0\u202f ]*\d)?"
_DURATION = re.compile(r"(\d{1,6}) (jaar|jaren|year|years|maand|maanden|month|months|dag|dagen|day|days)")
_OF_DURATIONS = {"j": "Y", "y": "Y", "m": "M", "d": "D"}
_TRUE, _FALSE = ("true", "ja", "yes"), ("false", "nee", "neen", "no")


def read(text: str, language: str, expand: Callable[[str], str]) -> Value | None:
    """Read a value; None for what is none, and may be a name. `expand` gives the IRI of a CURIE.

    >>> read("€ 28.433,60", "nl", str).term.value, read("1.500", "en", str).term.value
    ('28433.60', '1.500')
    >>> read("6,5 miljoen euro", "nl", str).term.value, read("£5 million", "en", str).unit.value.rpartition("/")[2]
    ('6500000', 'pound-sterling')
    >>> read("12 februari 2020", "nl", str).term.value, read("SERV", "nl", str)
    ('2020-02-12', None)
    """
    if smart := _SMART.fullmatch(text):
        text = f'"{smart[1]}"{smart[2]}'
    if text.startswith('"'):
        return _quoted(text, expand)
    if text.startswith("<") or re.match(r"https?://\S+$", text):
        iri = text.removeprefix("<").removesuffix(">")
        return Value(NamedNode(iri)) if is_iri(iri) else None
    return _dated(text) or _counted(text, language) or _truth(text)


def written(term: Literal, language: str, shorten: Callable[[str], str]) -> str:
    """Write a literal so that `read` gives the same one.

    >>> written(Literal("28433.60", datatype=node("xsd:decimal")), "nl", str), written(Literal("x"), "nl", str)
    ('28433,60', '"x"')
    """
    kind = term.datatype.value
    if kind.startswith(_XSD):
        plain = term.value.replace(".", ",") if kind == _XSD + "decimal" and _has_comma(language) else term.value
        value = read(plain, language, str)
        if value and value.term == term and not value.unit:
            return plain
    return quoted(term, shorten)


def quoted(term: Literal, shorten: Callable[[str], str]) -> str:
    """Write a literal as Turtle has it, on one line."""
    kind = term.datatype.value
    escaped = term.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    tag = f"@{term.language}" if term.language else "" if kind == _XSD + "string" else f"^^{shorten(kind)}"
    return f'"{escaped}"{tag}'


def figure(term: Literal, language: str) -> str:
    """Write a value as a label has it: a number with the signs of a language in it, all else as it is.

    >>> figure(Literal(1200000), "nl"), figure(Literal("28433.60", datatype=node("xsd:decimal")), "en")
    ('1.200.000', '28,433.60')
    """
    if term.datatype.value not in (f"{_XSD}integer", f"{_XSD}decimal") or language not in languages():
        return term.value
    whole, point, rest = term.value.partition(".")
    signs, digits = languages()[language], whole.lstrip("+-")
    grouped = f"{int(digits or 0):,}".replace(",", signs["thousands"])
    return ("-" if whole.startswith("-") else "") + grouped + (signs["decimal"] + rest if point else "")


def unit_words(unit: Term) -> list[str]:
    """Give the words and signs by which texts write a unit; none for another thing.

    >>> "%" in unit_words(node("unit:per-cent")), unit_words(node("unit:people"))
    (True, [])
    """
    return [word for word, each in units().items() if each == unit]


def year(text: str) -> Literal | None:
    """Read a year, such as a period or a date may be."""
    return Literal(text, datatype=NamedNode(_XSD + "gYear")) if re.fullmatch(r"\d{4}", text) else None


def _quoted(text: str, expand: Callable[[str], str]) -> Value | None:
    found = _QUOTED.fullmatch(text)
    if not found:
        return None
    value = re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), found[1], flags=re.DOTALL)
    if found[2]:
        return Value(Literal(value, language=found[2]))
    kind = expand(found[3].removeprefix("<").removesuffix(">")) if found[3] else ""
    if kind and not is_iri(kind):
        return None
    return Value(Literal(value, datatype=NamedNode(kind)) if kind else Literal(value))


def _dated(text: str) -> Value | None:
    """Read a day, a month of a year, a day of any year, a duration."""
    if re.fullmatch(date_pattern(), text):
        found = read_date(text)
        return Value(_typed(found, "date")) if found else None
    if counted := _DURATION.fullmatch(text):
        return Value(_typed(f"P{int(counted[1])}{_OF_DURATIONS[counted[2][0]]}", "duration"))
    kind = next((kind for kind, pattern in _WRITTEN.items() if re.fullmatch(pattern, text)), "")
    return Value(_typed(text, kind)) if kind else _part_of_date(text)


_WRITTEN = {"gYearMonth": r"\d{4}-(?:0[1-9]|1[0-2])", "gMonthDay": r"--\d{2}-\d{2}", "duration": r"P(?:\d+[YMD])+"}


def _part_of_date(text: str) -> Value | None:
    """Read a month of a year, 'maart 2019', or a day of any year, '30 september'."""
    words = text.lower().split()
    if len(words) != 2:
        return None
    first, second = map(month_number, words)
    if first and re.fullmatch(r"\d{4}", words[1]):
        return Value(_typed(f"{words[1]}-{first:02}", "gYearMonth"))
    if second and re.fullmatch(r"0?[1-9]|[12]\d|3[01]", words[0]):
        return Value(_typed(f"--{second:02}-{int(words[0]):02}", "gMonthDay"))
    return None


def _counted(text: str, language: str) -> Value | None:
    """Read a number, with the unit before or behind it, and perhaps a power of ten in words: '6,5 miljoen euro'."""
    found = _amount().fullmatch(text)
    number = _number(found["number"], language) if found else ""
    if not found or not number or (found["sign"] and found["unit"]):
        return None
    if ten := found["ten"]:
        number = format((Decimal(number) * 10 ** _tens()[ten.lower()]).normalize(), "f")
    unit = found["unit"] or found["sign"]
    return Value(_typed(number, "decimal" if "." in number else "integer"), units()[unit.lower()] if unit else None)


@cache
def _amount() -> re.Pattern[str]:
    """Give the pattern of a number with its power of ten and its unit, in any language that is known."""
    signs, tens, words = (alternatives(each) for each in (_SIGNS, _tens(), units()))
    behind = rf"(?:\s?(?P<ten>{tens}))?(?:\s?(?P<unit>{words}))?"
    return re.compile(rf"(?i:(?P<sign>{signs})?\s?(?P<number>{_NUMBER}){behind})")


@cache
def _tens() -> dict[str, int]:
    return {name.lower(): power for data in languages().values() for name, power in data["magnitudes"].items()}


@cache
def units() -> dict[str, NamedNode]:
    """Give the unit of each word and sign that texts write for one, in small letters."""
    tables = [_SIGNS, *(data[key] for data in languages().values() for key in ("currencies", "measures"))]
    return {name.lower(): _UNITS[code] for table in tables for name, code in table.items() if code in _UNITS}


def _number(text: str, language: str) -> str:
    """Give a number with a point before its decimals, '' for what is none.

    >>> _number("28.433,60", "nl"), _number("28433.60", "nl"), _number("1,500", "en"), _number("1.2.3", "nl")
    ('28433.60', '28433.60', '1500', '')
    """
    decimal, group = (",", ".") if _has_comma(language) else (".", ",")
    thousands = rf"[+-]?\d{{1,3}}(?:[{re.escape(group)}\u00a0\u202f ]\d{{3}})+"
    if re.fullmatch(rf"(?:{thousands}|[+-]?\d+)(?:{re.escape(decimal)}\d+)?", text):
        whole, point, rest = text.partition(decimal)
        return re.sub(r"[^\d+-]", "", whole) + ("." + rest if point else "")
    return text if re.fullmatch(r"[+-]?\d+\.\d+", text) else ""  # as programs write it


def _truth(text: str) -> Value | None:
    if text.lower() in _TRUE + _FALSE:
        return Value(_typed("true" if text.lower() in _TRUE else "false", "boolean"))
    return None


def _has_comma(language: str) -> bool:
    return language != "en"


def _typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(_XSD + kind))
