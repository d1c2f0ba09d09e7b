"""Compares what a claim says with its own quotes, and computes again what was computed.

SPARQL cannot tell whether '28.433,60' is the amount 28433.60. So the facts are computed here, as a few triples that
validation adds to the data and that shapes forbid or ask for (ontology/shapes/grounding.ttl): `shape:ungrounded`, a
figure, date, text or address that the quotes don't hold; `shape:unmentioned`, something that they don't name; and
`shape:recomputed`, the value that a computed claim's derivation yields.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from fot_graph.core.errors import FotGraphError
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.terms import node, text_of
from fot_graph.sparql.admission import admit
from fot_graph.stores import engine
from fot_graph.text.edges import GROUPING, is_whole_figure
from fot_graph.text.normalisation import MARKS, plain_signs
from fot_graph.text.passages import reflow
from fot_graph.validation.report import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Subject, Term


def _terms(*names: str) -> list[NamedNode]:
    return [*map(node, names)]


UNGROUNDED, UNMENTIONED, RECOMPUTED = (NamedNode(SHAPES + name) for name in ("ungrounded", "unmentioned", "recomputed"))
_DOCUMENT, _LANGUAGE = node("foaf:Document"), node("dcterms:language")
_TYPE, _SUBCLASS, _STATUS, _QUOTED, _VALUE, _PAGE, _DERIVATION, _DERIVED = _terms(
    *("rdf:type", "rdfs:subClassOf", "fot:status", "prov:wasQuotedFrom", "prov:value", "foaf:page"),
    *("fot:derivation", "prov:wasDerivedFrom"),
)
_LABELS = _terms("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
# The claims that give words of the source; interpreted, computed and background claims say what no quote says.
_IN_WORDS = set(_terms("status:stated", "status:reported", "status:quoted", "status:premise", "status:asked"))
# What these stand for is a sentence, or a table: their names are the curator's own.
_NAMED_BY_CURATORS = set(
    _terms("fot:Finding", "fot:Matter", "fot:Intention", "fot:Participation", "fot:Circumstance", "fot:Goal")
    + _terms("qb:DataSet", "fot:Figure")
)


def facts(quads: Iterable[Quad], namespaces: Namespaces) -> list[Triple]:
    """Compute what shapes/grounding.ttl speaks of, from quads in which every claim is a named graph."""
    data = _Data.of(quads)
    return [*_grounding(data), *_recomputed_triples(data, namespaces)]


class _Data(NamedTuple):
    """Quads by what is asked of them: the triples of each claim, and the values of each property of each subject."""

    graphs: dict[object, list[Triple]]
    properties: dict[NamedNode, dict[Subject, list[Term]]]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> _Data:
        graphs: dict[object, list[Triple]] = defaultdict(list)
        properties: dict[NamedNode, dict[Subject, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            graphs[quad.graph_name].append(quad.triple)
            properties[quad.predicate][quad.subject].append(quad.object)
        return cls(graphs, properties)

    def values(self, subject: Term, predicate: NamedNode) -> list[Term]:
        return [] if isinstance(subject, Literal) else self.properties[predicate].get(subject, [])


# --- Grounding ------------------------------------------------------------------------------------------------------


def _grounding(data: _Data) -> Iterator[Triple]:
    exempt, languages = _with_subclasses(data, _NAMED_BY_CURATORS), _languages_of_documents(data)
    for claim, statuses in data.properties[_STATUS].items():
        if _IN_WORDS.isdisjoint(statuses):
            continue
        said, quotes = data.graphs.get(claim, []), _quotes(data, claim)
        for value in dict.fromkeys(filter(None, (_missing_form(triple, quotes) for triple in said))):
            yield Triple(claim, UNGROUNDED, Literal(value))
        for term in dict.fromkeys(term for triple in said for term in (triple.subject, triple.object)):
            if exempt.isdisjoint(data.values(term, _TYPE)) and not _is_mentioned(
                _labels(data, term, languages), quotes
            ):
                yield Triple(claim, UNMENTIONED, term)


def _with_subclasses(data: _Data, classes: set[NamedNode]) -> set[Term]:
    below = {name for name, supers in data.properties[_SUBCLASS].items() if not classes.isdisjoint(supers)}
    return {*classes, *below}


def _quotes(data: _Data, claim: Subject) -> list[str]:
    """Give what a claim quotes, on one line each and comparable. A quote that was not found is read as written."""
    quoted = data.values(claim, _QUOTED)
    texts = (text for term in quoted for text in ([term] if isinstance(term, Literal) else data.values(term, _VALUE)))
    return [_comparable(text.value) for text in texts if isinstance(text, Literal)]


_THOUSANDS = re.compile(rf"(?<=\d)[{GROUPING}](?=\d{{3}}(?!\d))")


_MARKED = re.compile(r"(?<![^\s(\"'])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\s.,;:!?)\"'])")  # '_geen_', as for italics


def _comparable(text: str) -> str:
    """Write a text on one line, in plain letters and signs, with a point for the space between thousands."""
    return _MARKED.sub("", " ".join(plain_signs(_THOUSANDS.sub(".", reflow(text))).text.split()))


def _labels(data: _Data, term: Term, languages: Container[str]) -> list[str]:
    """Give the labels of a thing in the languages of the documents. None where it has none."""
    labels = (label for predicate in _LABELS for label in data.values(term, predicate))
    return [label.value for label in labels if isinstance(label, Literal) and label.language in languages]


def _languages_of_documents(data: _Data) -> set[str]:
    documents = (subject for subject, types in data.properties[_TYPE].items() if _DOCUMENT in types)
    return {text_of(tag) for document in documents for tag in data.values(document, _LANGUAGE)} or {"nl"}


_SIGN = rf"[\w{MARKS}]"  # of a word, in a text that `_comparable` gives


def _is_mentioned(labels: list[str], quotes: list[str]) -> bool:
    """Tell whether a quote names a thing; a name may stand inside a hyphenated compound."""
    wanted = "|".join(re.escape(_comparable(label)) for label in labels)
    pattern = rf"(?<!{_SIGN})(?:{wanted})(?!{_SIGN})"
    return not labels or any(re.search(pattern, quote, re.IGNORECASE) for quote in quotes)


def _missing_form(triple: Triple, quotes: list[str]) -> str:
    """How the source would write the value of a triple, if no quote does; '' for what need not be written."""
    value = triple.object
    if isinstance(value, Literal):
        forms, after = written_forms(value), rf"(?!{_SIGN})"
    elif triple.predicate == _PAGE and isinstance(value, NamedNode):
        forms, after = [value.value], r"(?![\w/%&=?#~+-]|\.\w)"
    else:
        return ""
    if not forms:
        return ""
    wanted = re.compile(rf"(?<!{_SIGN})(?:{'|'.join(re.escape(_comparable(form)) for form in forms)}){after}")
    found = any(is_whole_figure(quote, *match.span()) for quote in quotes for match in wanted.finditer(quote))
    return "" if found else forms[0]


# --- How Dutch writes a value ---------------------------------------------------------------------------------------

_MONTHS = ["", *"januari februari maart april mei juni juli augustus september oktober november december".split()]
_NUMERALS = ["", *"één twee drie vier vijf zes zeven acht negen tien".split()]
_UNITS = {"Y": ("jaar", "jaren"), "M": ("maanden", "maand"), "W": ("weken", "week"), "D": ("dagen", "dag")}


def written_forms(value: Literal) -> list[str]:
    """Give the ways in which a Dutch text may write a value, the most likely one first; none for a truth value.

    >>> xsd = PREFIXES["xsd"]
    >>> written_forms(Literal("707315.48", datatype=NamedNode(xsd + "decimal")))
    ['707.315,48', '707315,48']
    >>> written_forms(Literal("1500", datatype=NamedNode(xsd + "decimal")))
    ['1.500', '1500', '1.500,00', '1500,00']
    >>> written_forms(Literal("--09-30", datatype=NamedNode(xsd + "gMonthDay")))
    ['30 september']
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
    return write(*match.groups("")) if match else _text(value.value)


def _text(text: str) -> list[str]:
    return [" ".join(text.split())]


def _integer(sign: str, whole: str) -> list[str]:
    plain, grouped = whole or "0", f"{int(whole or '0'):,}".replace(",", ".")
    return [f"{sign.strip('+')}{digits}" for digits in dict.fromkeys((grouped, plain))]


def _decimal(sign: str, whole: str, fraction: str) -> list[str]:
    """Give a number with the decimals that it needs, and with the two of an amount."""
    needed = fraction.rstrip("0")
    endings = (f",{needed.ljust(2, '0')}", f",{needed}") if needed else ("", ",00")
    return [f"{digits}{ending}" for ending in dict.fromkeys(endings) for digits in _integer(sign, whole)]


def _day(year: str, month: str, day: str) -> list[str]:
    named = f"{int(day)} {_MONTHS[int(month)]}"
    days, months = (dict.fromkeys((number, number.lstrip("0"))) for number in (day, month))
    figures = [sign.join((one, other, year)) for sign in "/-." for one in days for other in months]
    return [f"{named} {year}", *figures] if year else [named]


def _span(count: str, unit: str) -> list[str]:
    numbers = [count, *_NUMERALS[int(count) :][:1]]
    return [f"{number} {name}" for number in numbers for name in _UNITS[unit]]


def _duration(years: str, months: str, count: str, unit: str) -> list[str]:
    """Give a duration in its unit, and years also in months: of "P12M" the engine makes "P1Y", of "P18M" "P1Y6M"."""
    if unit:
        return _span(count, unit)
    return [*(() if months else _span(years, "Y")), *_span(str(12 * int(years) + int(months or "0")), "M")]


_Writer = tuple[re.Pattern[str], "Callable[..., list[str]]"]
_AS_IT_IS: _Writer = (re.compile("(.*)", re.DOTALL), _text)
_INTEGER: _Writer = (re.compile(r"([+-]?)0*+([0-9]*+)"), _integer)
_DATE: _Writer = (re.compile("([0-9]{4})?-?-?(0[1-9]|1[0-2])-([0-3][0-9])"), _day)
_WRITERS: dict[str, _Writer] = {
    "integer": _INTEGER,
    "decimal": (re.compile(r"([+-]?)0*+([0-9]*+)(?:\.([0-9]++))?"), _decimal),
    "date": _DATE,
    "gMonthDay": _DATE,
    "duration": (re.compile("P(?:([0-9]{1,3})Y(?:([0-9]{1,2})M)?|([0-9]{1,3})([MWD]))"), _duration),
}


# --- Recomputing ----------------------------------------------------------------------------------------------------


def _recomputed_triples(data: _Data, namespaces: Namespaces) -> Iterator[Triple]:
    for claim, queries in data.properties[_DERIVATION].items():
        premises = [triple for name in data.values(claim, _DERIVED) for triple in data.graphs.get(name, [])]
        values = {_value_of(query.value, premises, namespaces) for query in queries if isinstance(query, Literal)}
        yield from (Triple(claim, RECOMPUTED, value) for value in values if value)


def _value_of(query: str, premises: Iterable[Triple], namespaces: Namespaces) -> Literal | NamedNode | None:
    """Give the one value that a query yields from these triples; None if it fails, is refused, or yields not one."""
    store = Store()
    store.extend(Quad(*triple) for triple in premises)
    try:
        read = admit(query, prefixes=namespaces.prefixes)
        rows = engine.run(partial(_rows, store, read.text))
    except (FotGraphError, SyntaxError, ValueError, RuntimeError, OSError):
        return None
    value = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else None
    return value if isinstance(value, Literal | NamedNode) else None


def _rows(store: Store, query: str) -> list[tuple[Term | None, ...]]:
    solutions = store.query(query, prefixes={})
    return [tuple(row) for row in solutions] if isinstance(solutions, QuerySolutions) else []
