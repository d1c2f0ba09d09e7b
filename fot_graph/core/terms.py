"""RDF terms: their types, and a term as text, as a reader's language writes it ('28.433,60', '21 maart 2019') or plain.

`Subject`, `Term` and `GraphName` are what may stand as subject, as object and as graph name of a quad (RDF 1.2).
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from fot_graph.core.namespaces import PREFIXES, expand
from fot_graph.core.words import fill, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Subject = NamedNode | BlankNode | Triple
Term = Subject | Literal
GraphName = NamedNode | BlankNode | DefaultGraph


class Solution(Protocol):
    """One row of what a SELECT finds: its terms, None for what is unbound, by their place or by the variable's name."""

    def __getitem__(self, key: Any, /) -> Any: ...  # noqa: ANN401  a term, as the query has it
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...


_XSD = PREFIXES["xsd"]
STRING = _XSD + "string"
DECIMAL = _XSD + "decimal"
DATE = _XSD + "date"
INTEGERS = {_XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long")}
MONEY = {PREFIXES["unit"] + "euro"}
_NUMERIC = {*INTEGERS, DECIMAL, _XSD + "double", _XSD + "float"}


def is_iri(text: str) -> bool:
    """Tell whether a text can be an IRI (RFC 3987).

    >>> is_iri("urn:x"), is_iri("x"), is_iri("urn:a b")
    (True, False, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def node(name: str) -> NamedNode:
    """Give the node of a term by its CURIE; raises as `namespaces.expand`.

    >>> node("status:stated")
    <NamedNode value=https://w3id.org/fot-graph/status/stated>
    """
    return NamedNode(expand(name))


_TIMES = {
    r"\d{4}": "gYear",
    r"\d{4}-\d\d": "gYearMonth",
    r"\d{4}-\d\d-\d\d": "date",
    r"--\d\d": "gMonth",
    r"--\d\d-\d\d": "gMonthDay",
}


def time_literal(value: str) -> Literal:
    """Write a date, a month or a year as in ISO 8601 with its datatype; a period, 'from/to', is a text.

    >>> time_literal("2020-02").datatype
    <NamedNode value=http://www.w3.org/2001/XMLSchema#gYearMonth>
    """
    kind = next((name for pattern, name in _TIMES.items() if re.fullmatch(pattern, value)), "string")
    return Literal(value, datatype=node(f"xsd:{kind}"))


def iri_of(term: object) -> str:
    """Give the IRI of a thing, '' for all else."""
    return term.value if isinstance(term, NamedNode) else ""


def text_of(term: Term | None) -> str:
    """Give the IRI of a thing or the text of a literal, '' for all else."""
    return term.value if isinstance(term, (NamedNode, Literal)) else ""


def blank_names() -> defaultdict[str, str]:
    """Names in order of first sight, because an engine's own names for blank nodes differ from run to run."""
    names: defaultdict[str, str] = defaultdict(lambda: f"b{len(names) + 1}")
    return names


def plain_text(term: Term | None, labels: Mapping[str, str], blanks: Mapping[str, str]) -> str:
    """Give the text of a cell for spreadsheets and scripts."""
    match term:
        case NamedNode():
            return labels.get(term.value, term.value)
        case Literal():
            return term.value
        case BlankNode():
            return f"_:{blanks[term.value]}"
    return "" if term is None else str(term)


def display_text(
    term: Term | None,
    labels: Mapping[str, str],
    blanks: Mapping[str, str],
    lang: str,
    name: Callable[[str], str],
    unit: str = "",
) -> str:
    """Give the text of a cell for people: a thing by its label, or else by what `name` makes of its IRI (a CURIE)."""
    if isinstance(term, NamedNode):
        return labels.get(term.value) or name(term.value)
    return literal_text(term, lang, unit) if isinstance(term, Literal) else plain_text(term, labels, blanks)


def literal_text(term: Literal, lang: str, unit: str = "") -> str:
    """Give a literal as the language writes it, a number as its unit (an IRI) has it: money has two decimals.

    >>> amount = Literal("28433.6", datatype=NamedNode(DECIMAL))
    >>> literal_text(amount, "nl", next(iter(MONEY))), literal_text(amount, "nl")
    ('28.433,60', '28.433,6')
    """
    kind, text = term.datatype.value, term.value
    if kind == DECIMAL and unit in MONEY:
        text = _two_decimals(text)
    return _SHOWN[kind](text, lang) if kind in _SHOWN else text


def all_numbers(column: Iterable[Term | None]) -> bool:
    """Tell a column of numbers, some of which may be missing."""
    kinds = {term.datatype.value if isinstance(term, Literal) else "" for term in column if term is not None}
    return bool(kinds) and kinds <= _NUMERIC


def _shown_number(value: str, lang: str) -> str:
    """Give thousands their separator, as the language has it.

    >>> _shown_number("-28433.60", "nl"), _shown_number("1500", "en")
    ('-28.433,60', '1,500')
    """
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", value):
        return value
    whole, point, fraction = value.partition(".")
    grouped = re.sub(r"([0-9]{3})(?=[0-9])", r"\1,", whole[::-1])[::-1]  # from the end
    text = grouped + point + fraction
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text


def _shown_date(value: str, lang: str) -> str:
    """Write a date, or a day of any year, in words.

    >>> _shown_date("2019-03-21", "nl"), _shown_date("--09-30", "en")
    ('21 maart 2019', '30 September')
    """
    found = re.fullmatch(r"([0-9]{4}|-)-(0[1-9]|1[0-2])-([0-3][0-9])", value)
    if not found:
        return value
    year, month, day = found.groups()
    months = texts("terms", lang)["months"].split()
    return f"{int(day)} {months[int(month) - 1]} {year}".removesuffix(" -")


def _shown_duration(value: str, lang: str) -> str:
    """Write a duration of whole years, months, weeks and days in words.

    >>> _shown_duration("P3Y", "nl"), _shown_duration("P1Y6M", "en")
    ('3 jaar', '1 year, 6 months')
    """
    found = re.fullmatch("P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?", value)
    counts = found.groups() if found else ()
    words = texts("terms", lang)
    units = ("duration-years", "duration-months", "duration-weeks", "duration-days")
    counted = (fill(words[unit], lang, int(count)) for unit, count in zip(units, counts, strict=False) if count)
    return ", ".join(counted) or value


def truth(lang: str, *, value: bool | None) -> str:
    """Say yes or no in a language.

    >>> truth("nl", value=True)
    'ja'
    """
    return texts("terms", lang)["yes" if value else "no"]


def _two_decimals(value: str) -> str:
    """Give a decimal number at least two decimals.

    >>> _two_decimals("28433.6"), _two_decimals("3"), _two_decimals("1.125")
    ('28433.60', '3.00', '1.125')
    """
    found = re.fullmatch(r"([+-]?[0-9]+)(?:\.([0-9]*))?", value)
    return f"{found[1]}.{found[2] or '':0<2}" if found else value


def _shown_truth(value: str, lang: str) -> str:
    return truth(lang, value=value in ("true", "1"))


_SHOWN: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys({*INTEGERS, DECIMAL}, _shown_number),
    DATE: _shown_date,
    _XSD + "gMonthDay": _shown_date,
    _XSD + "boolean": _shown_truth,
    **dict.fromkeys((_XSD + "duration", _XSD + "yearMonthDuration"), _shown_duration),
}


# --- As the engine writes them ----------------------------------------------------------------------------------------


def canonical(terms: Iterable[Term]) -> dict[Term, Term]:
    """Give of terms those that the engine writes otherwise, with its form: a store keeps the value of a literal only.

    >>> found = canonical([Literal("28433.60", datatype=NamedNode(DECIMAL)), Literal("7")])
    >>> [(term.value, stored.value) for term, stored in found.items()]
    [('28433.60', '28433.6')]
    """
    given = dict(enumerate(dict.fromkeys(term for term in terms if isinstance(term, Literal | Triple))))
    store, any_ = Store(), NamedNode("urn:any")
    store.extend(Quad(BlankNode(f"b{number}"), any_, term) for number, term in given.items())
    kept = {quad.subject: quad.object for quad in store}
    pairs = ((term, kept[BlankNode(f"b{number}")]) for number, term in given.items())
    return {term: stored for term, stored in pairs if stored != term}


# --- As values of Python ---------------------------------------------------------------------------------------------


def json_value(
    term: Term | None, labels: Mapping[str, str], blanks: Mapping[str, str]
) -> str | int | float | bool | None:
    """Give a number or truth value as such, None for what is missing, and the text of a cell for all else.

    >>> json_value(Literal("28433.60", datatype=NamedNode(DECIMAL)), {}, {}), json_value(Literal("x"), {}, {})
    (28433.6, 'x')
    """
    if not isinstance(term, Literal):
        return None if term is None else plain_text(term, labels, blanks)
    kind, text = term.datatype.value, term.value
    if kind == _XSD + "boolean":
        return text in ("true", "1")
    if not text.isascii() or "_" in text:  # of which Python makes numbers, and XSD does not
        return text
    try:
        return int(text) if kind in INTEGERS else float(text) if kind in _NUMERIC else text
    except ValueError:  # RDF may hold "many"^^xsd:integer
        return text


def python_value(
    term: Term | None, labels: Mapping[str, str], blanks: Mapping[str, str]
) -> str | int | float | bool | date | None:
    """Give a date of the years 1 to 9999 without time zone as such, all else as `json_value` does.

    >>> python_value(Literal("2020-02-12", datatype=NamedNode(DATE)), {}, {})
    datetime.date(2020, 2, 12)
    """
    if isinstance(term, Literal) and term.datatype.value == DATE:
        with suppress(ValueError):
            return date.fromisoformat(term.value)
    return json_value(term, labels, blanks)
