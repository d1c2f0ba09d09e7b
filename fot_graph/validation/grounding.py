"""Compares what a claim says with its own quotes.

SPARQL cannot tell whether '28.433,60' is the amount 28433.60. So the facts are computed here, as a few triples that
validation adds to the data and that shapes forbid or ask for (ontology/shapes/grounding.ttl): `shape:ungrounded`, a
figure, date, text or address that the quotes don't hold; `shape:unmentioned`, something that they don't name;
`shape:denied`, a word by which they deny how firm something is, its stage or a verdict; `shape:ofOtherYear`, a figure
that they give for another year; and `shape:unquoted`, a figure in the name of something that no quote of a claim on it
holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from fot_graph.claims.claims_md.values import CURRENCIES, unit_words, units
from fot_graph.core.terms import iri_of, node, text_of
from fot_graph.text.denials import denials, denies
from fot_graph.text.edges import is_whole_figure
from fot_graph.text.figures import unquoted_figures
from fot_graph.text.languages import languages
from fot_graph.text.normalisation import MARKS
from fot_graph.text.omissions import word_lists
from fot_graph.text.years import other_year
from fot_graph.validation.quotes import QuotedText, comparable, with_joined_thousands
from fot_graph.validation.report import SHAPES
from fot_graph.validation.written_forms import written_forms

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Subject, Term


def _terms(*names: str) -> list[NamedNode]:
    return [*map(node, names)]


UNGROUNDED, UNMENTIONED, DENIED, OF_OTHER_YEAR, UNQUOTED = (
    NamedNode(SHAPES + name) for name in ("ungrounded", "unmentioned", "denied", "ofOtherYear", "unquoted")
)
_DOCUMENT, _LANGUAGE = node("foaf:Document"), node("dcterms:language")
_TYPE, _SUBCLASS, _STATUS, _QUOTED, _SOURCE, _VALUE, _PAGE = _terms(
    "rdf:type", "rdfs:subClassOf", "fot:status", "prov:wasQuotedFrom", "oa:hasSource", "prov:value", "foaf:page"
)
_LABELS = _terms("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
_HIDDEN = _LABELS[-1]
_VALUES = set(_terms("sdmx-measure:obsValue", "schema:minValue", "schema:maxValue"))
_PERIOD = node("sdmx-dimension:refPeriod")
_SAID_OF = set(_terms("fot:firmness", "fot:stage", "fot:verdict"))  # by words that a sentence may deny
_NOTATION, _TITLE = _terms("skos:notation", "rdfs:label")
_FIGURE, _UNIT = _terms("sdmx-measure:obsValue", "sdmx-attribute:unitMeasure")
_STANDS_IN, _ROW = _terms("fot:standsIn", "fot:TableRow")
# The claims that give words of the source; interpreted, computed and background claims say what no quote says.
_IN_WORDS = set(_terms("status:stated", "status:reported", "status:quoted", "status:premise", "status:asked"))
# What these stand for is a sentence, or a table: their names are curators' own, but for wordings among shared names.
_NAMED_BY_CURATORS = set(
    _terms("fot:Finding", "fot:Matter", "fot:Intention", "fot:Participation", "fot:Circumstance", "fot:Goal")
    + _terms("qb:DataSet", "fot:Figure")
)


def facts(quads: Iterable[Quad], namespaces: Namespaces) -> list[Triple]:
    """Compute what shapes/grounding.ttl speaks of, from quads in which every claim is a named graph."""
    return [*_grounding(_Data.of(quads), namespaces)]


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


def _grounding(data: _Data, namespaces: Namespaces) -> Iterator[Triple]:
    exempt, spoken = _with_subclasses(data, _NAMED_BY_CURATORS), _languages(data)
    of_names: dict[Term, list[tuple[Subject, list[QuotedText]]]] = defaultdict(list)
    for claim, statuses in data.properties[_STATUS].items():
        if _IN_WORDS.isdisjoint(statuses) or any(isinstance(quote, Literal) for quote in data.values(claim, _QUOTED)):
            continue  # a quote that is not in the source is told already
        languages = _languages_quoted(data, claim) or spoken
        said, quotes = data.graphs.get(claim, []), list(_quotes(data, claim, languages))
        measured = {(triple.subject, triple.object) for triple in said if triple.predicate == _UNIT}
        for value in dict.fromkeys(filter(None, (_missing_form(triple, quotes, measured) for triple in said))):
            yield Triple(claim, UNGROUNDED, Literal(value))
        for word in dict.fromkeys(word for triple in said for word in _denying(data, triple, quotes)):
            yield Triple(claim, DENIED, Literal(word))
        yield from (Triple(claim, OF_OTHER_YEAR, Literal(told)) for told in dict.fromkeys(_misdated(said, quotes)))
        for term in dict.fromkeys(term for triple in said for term in (triple.subject, triple.object)):
            has_wordings = data.values(term, _HIDDEN) and not namespaces.document_name(iri_of(term))
            is_named = has_wordings or exempt.isdisjoint(data.values(term, _TYPE))
            if is_named and not _is_mentioned([*_labels(data, term, languages), *unit_words(term)], quotes):
                yield Triple(claim, UNMENTIONED, term)
            if "/" in namespaces.document_name(iri_of(term)):
                of_names[term].append((claim, [*quotes, *_values_and_names(data, said, term)]))
    yield from _unquoted_triples(data, of_names, namespaces)


def _denying(data: _Data, triple: Triple, quotes: Iterable[QuotedText]) -> Iterator[str]:
    """Give the words by which quotes deny what a triple says, unless the name of its subject denies it too."""
    if triple.predicate in _SAID_OF:
        names = _own_labels(data, triple.subject)
        is_negative = any(denies(name.value, name.language or "") for name in names)
        for quote in quotes:
            found = denials(quote.text, quote.language, _labels(data, triple.object, [quote.language]))
            yield from (each.words for each in found if not (each.of_content and is_negative))


def _misdated(said: Sequence[Triple], quotes: Sequence[QuotedText]) -> Iterator[str]:
    """Give the figures that quotes give for another year than the one that is their period, with that year."""
    periods = {triple.subject: triple.object for triple in said if triple.predicate == _PERIOD}
    for triple in said:
        year = re.match(r"\d{4}", text_of(periods.get(triple.subject)))
        if triple.predicate not in _VALUES or not year or not isinstance(triple.object, Literal):
            continue
        for language in dict.fromkeys(quote.language for quote in quotes):
            forms = [comparable(form, language) for form in written_forms(triple.object, language)]
            texts = [quote.text for quote in quotes if quote.language == language]
            if other := other_year(texts, language, forms, year[0]):
                yield f"{forms[0]}: {other}"


def _values_and_names(data: _Data, said: Iterable[Triple], thing: Term) -> Iterator[QuotedText]:
    """Give the values of a claim and the names of what else it speaks of, of which a template makes a name."""
    for term in {term for triple in said for term in (triple.subject, triple.object)} - {thing}:
        for label in [term] if isinstance(term, Literal) else _own_labels(data, term):
            yield QuotedText(label.value, label.language or "en")


def _unquoted_triples(
    data: _Data, claims: Mapping[Term, list[tuple[Subject, list[QuotedText]]]], namespaces: Namespaces
) -> Iterator[Triple]:
    """Find the figures in the names of things of a document that no claim on them quotes; told of the first claim."""
    numbers: dict[str, set[str]] = defaultdict(set)  # of each document and its items
    for predicate in (_NOTATION, _TITLE):
        for part, labels in data.properties[predicate].items():
            document = namespaces.document_name(iri_of(part)).partition("#")[0]
            numbers[document].update(number for label in labels for number in re.findall(r"\d+", text_of(label)))
    for thing, speaking in claims.items():
        quotes = [quote for _, quoted in speaking for quote in quoted]
        parts = numbers[namespaces.document_name(iri_of(thing)).partition("/")[0]]
        for name in _own_labels(data, thing):
            for figure in unquoted_figures(name.value, name.language or "", quotes, parts):
                yield Triple(speaking[0][0], UNQUOTED, Literal(f"{figure} ({name.value})"))


def _with_subclasses(data: _Data, classes: set[NamedNode]) -> set[Term]:
    below = {name for name, supers in data.properties[_SUBCLASS].items() if not classes.isdisjoint(supers)}
    return {*classes, *below}


def _quotes(data: _Data, claim: Subject, languages: Iterable[str]) -> Iterator[QuotedText]:
    """Give what a claim quotes. A quote that was not found is read as written, in any language of its document."""
    for term in data.values(claim, _QUOTED):
        of_table = any(_ROW in data.values(leaf, _TYPE) for leaf in data.values(term, _STANDS_IN))
        for text in [term] if isinstance(term, Literal) else data.values(term, _VALUE):
            if isinstance(text, Literal):
                words = text.value if of_table else with_joined_thousands(text.value)
                for language in [text.language] if text.language else languages:
                    yield QuotedText(comparable(words, language), language)


def _own_labels(data: _Data, term: Term) -> list[Literal]:
    return [label for predicate in _LABELS for label in data.values(term, predicate) if isinstance(label, Literal)]


def _labels(data: _Data, term: Term, languages: Container[str]) -> list[str]:
    """Give the labels of a thing in some languages, or all of them where it has none in these."""
    found = _own_labels(data, term)
    return [label.value for label in found if label.language in languages] or [label.value for label in found]


def _languages(data: _Data) -> list[str]:
    """List the languages of all documents."""
    documents = [subject for subject, types in data.properties[_TYPE].items() if _DOCUMENT in types]
    return sorted({text_of(tag) for document in documents for tag in data.values(document, _LANGUAGE)}) or ["nl"]


def _languages_quoted(data: _Data, claim: Subject) -> list[str]:
    """List the languages of the documents that a claim quotes."""
    documents = {document for passage in data.values(claim, _QUOTED) for document in data.values(passage, _SOURCE)}
    return sorted({text_of(tag) for document in documents for tag in data.values(document, _LANGUAGE)})


_SIGN = rf"[\w{MARKS}]"  # of a word, in a text that `comparable` gives


@cache
def _around_word() -> tuple[str, str]:
    """Give the patterns of what stands before a word and behind it.

    It may be in a hyphenated compound ('Talent-middelen'), but in none that denies it ('niet-begeleid').
    """
    lists = [word_lists(language) for language in languages()]
    before, behind = ({word for each in lists for word in each[key]} for key in ("before_names", "behind_names"))
    denied = "".join(rf"(?<!\b{word}-)" for word in sorted(before))
    return rf"(?<!{_SIGN}){denied}", rf"(?!{_SIGN}|-(?:{'|'.join(sorted(behind))})(?!{_SIGN}))"


def _is_mentioned(labels: list[str], quotes: list[QuotedText]) -> bool:
    """Tell whether a quote names a thing; a name may stand inside a hyphenated compound."""
    for quote in quotes:
        wanted = "|".join(_whole(comparable(label, quote.language)) for label in labels)
        if re.search(wanted, quote.text, re.IGNORECASE):
            return True
    return not labels


def _whole(label: str) -> str:
    """Give the pattern of a name that is no part of a longer word; a sign such as '€' may stand beside a figure."""
    before, after = (label[at : at + 1] for at in (0, len(label) - 1))
    is_word, (ahead, behind) = re.compile(_SIGN).match, _around_word()
    return (ahead if is_word(before) else "") + re.escape(label) + (behind if is_word(after) else "")


def _missing_form(triple: Triple, quotes: list[QuotedText], measured: Container[tuple[Subject | Triple, Term]]) -> str:
    """How the source would write the value of a triple, if no quote does; '' for what need not be written.

    A percentage or an amount of money, by the sign or word beside it, is the value of something in that unit only.
    """
    missing = ""
    for quote in quotes or [QuotedText("", "nl")]:
        forms, after = _forms(triple, quote.language)
        if not forms:
            return ""
        wanted = "|".join(re.escape(comparable(form, quote.language)) for form in forms)
        found = [match.span() for match in re.finditer(rf"{_around_word()[0]}(?:{wanted}){after}", quote.text)]
        if any(
            is_whole_figure(quote.text, *span)
            and (triple.predicate != _FIGURE or _is_of_unit(quote.text, *span, triple.subject, measured))
            for span in found
        ):
            return ""
        missing = missing or forms[0]
    return missing


def _is_of_unit(
    text: str, start: int, end: int, figure: Subject | Triple, measured: Container[tuple[Subject | Triple, Term]]
) -> bool:
    """Tell whether a figure has the unit of the sign or word that stands right beside it, if there is one."""
    beside = [
        unit
        for unit, before, after in _units_beside()
        if before.search(text[max(0, start - _LONGEST_UNIT) : start]) or after.match(text[end : end + _LONGEST_UNIT])
    ]
    return not beside or any((figure, unit) in measured for unit in beside)


_LONGEST_UNIT = 40  # letters that the words of a unit take at most


@cache
def _units_beside() -> list[tuple[Term, re.Pattern[str], re.Pattern[str]]]:
    """Give each unit with the pattern of its signs and codes before a figure, and of its words behind it.

    Those of the last figure of a range are of the first one too: '5-10%'.
    """
    found: list[tuple[Term, re.Pattern[str], re.Pattern[str]]] = []
    for unit in dict.fromkeys(units().values()):
        words = unit_words(unit)
        signs = "|".join(re.escape(word) for word in words if not word[-1].isalnum()) or r"(?!)"
        codes = "|".join(word.upper() for word in words if word.upper() in CURRENCIES) or r"(?!)"
        behind = "|".join(_whole(word) for word in words)
        ahead = rf"(?:(?:{signs})|(?<!\d )(?<!{_SIGN})(?:{codes})) ?(?:\d[\d.,]* ?- ?)?-?\Z"
        to = r"(?:(?: ?- ?| (?:a\u0300|tot|to) )\d[\d.,]*)?"
        found.append((unit, re.compile(ahead), re.compile(rf"{to}[ -]?(?:{behind})", re.IGNORECASE)))
    return found


def _forms(triple: Triple, language: str) -> tuple[list[str], str]:
    """Give the ways in which a language writes the value of a triple, if any, and a pattern of what may follow."""
    value = triple.object
    if isinstance(value, Literal):
        return written_forms(value, language), _around_word()[1]
    is_page = triple.predicate == _PAGE and isinstance(value, NamedNode)
    return [text_of(value)] if is_page else [], r"(?![\w/%&=?#~+-]|\.\w)"
