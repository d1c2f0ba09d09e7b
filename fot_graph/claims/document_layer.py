"""What a text gives as RDF: the parts of the document, and the passages that claims quote, each with its place.

All of it stands in the layer `graph:document`. Terms: DoCO for the parts, Web Annotation for the places, OSLO and
ELI-DL for question and answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims.layers import DOCUMENT
from fot_graph.core import fragments
from fot_graph.core.fragments import Span
from fot_graph.core.namespaces import PACKAGED
from fot_graph.core.terms import literal_text, node, time_literal
from fot_graph.text.parts import is_leaf, parts, wording
from fot_graph.text.passages import context
from fot_graph.text.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.core.terms import Term
    from fot_graph.text.source import Source

_TYPE, _VALUE, _LABEL = node("rdf:type"), node("prov:value"), node("rdfs:label")
_PART_OF, _HAS_PART, _REFERENCES = node("dcterms:isPartOf"), node("dcterms:hasPart"), node("dcterms:references")
_LANGUAGE, _NOTATION = node("dcterms:language"), node("skos:notation")
_ANSWERS, _STANDS_IN = node("eli-dl:answers_to"), node("fot:standsIn")
_SOURCE, _SELECTOR = node("oa:hasSource"), node("oa:hasSelector")
_START, _END = node("oa:start"), node("oa:end")
_EXACT, _PREFIX, _SUFFIX = node("oa:exact"), node("oa:prefix"), node("oa:suffix")
_PASSAGE, _POSITION, _QUOTE = node("fot:Passage"), node("oa:TextPositionSelector"), node("oa:TextQuoteSelector")

_CLASSES = {
    "document": node("foaf:Document"),
    "policy-field": node("fot:Heading"),
    "heading": node("fot:Heading"),
    "question": node("sro:InitiatiefrechtVraag"),
    "title": node("doco:Title"),
    "question-item": node("fot:QuestionItem"),
    "answer": node("sro:InitiatiefrechtAntwoord"),
    "answer-head": node("fot:Heading"),
    "answer-item": node("fot:AnswerItem"),
    "annex": node("doco:Appendix"),
    "footnote": node("doco:Footnote"),
    "signature": node("fot:Heading"),
    "paragraph": node("doco:Paragraph"),
    "list": node("doco:List"),
    "list-item": node("fot:ListItem"),
    "table": node("doco:Table"),
    "table-header": node("fot:TableRow"),
    "table-row": node("fot:TableRow"),
    "sentence": node("doco:Sentence"),
}
# How a person calls a part that has a number, or stands alone in its document.
PART_NAMES = {
    "question": ("de vraag", "the question"),
    "question-item": ("vraag {}", "question {}"),
    "answer": ("het antwoord", "the answer"),
    "answer-item": ("antwoord {}", "answer {}"),
}
LAYOUT = f"{PACKAGED}layout/"  # below it, the name of the layout by which a document was read
_LAYOUT = node("dcterms:conformsTo")
_MOST_AUTHORS = 3  # that a document is named by
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`()\[\]”’]*[\w/]")


def part_quads(document: NamedNode, source: Source) -> Iterator[Quad]:
    """Say of each part of the text what it is, where it stands, and what it reads."""
    yield from _document_facts(document, *((_LANGUAGE, Literal(tag)) for tag in source.languages))
    yield from _document_facts(document, (_LAYOUT, NamedNode(LAYOUT + source.layout)), (_VALUE, Literal(source.text)))
    yield from _name_of_document(document, source)
    wholes = _Wholes(document, source)
    yield from wholes.quads()
    iris: dict[tuple[str, int, int], NamedNode] = {}
    for unit, fragment, parent in parts(source):
        iri = iris[_key(unit)] = NamedNode(f"{document.value}#{fragment}") if parent else document
        yield Quad(iri, _TYPE, _CLASSES[unit.kind], DOCUMENT)
        if parent:
            yield from _part(document, source, unit, iri)
            whole = wholes.of(unit, parent) or iris[_key(parent)]
            yield Quad(iri, _PART_OF, whole, DOCUMENT)
            if whole == document:
                yield Quad(document, _HAS_PART, iri, DOCUMENT)
    yield from _answer_links(source, iris, wholes)


def _name_of_document(document: NamedNode, source: Source) -> Iterator[Quad]:
    """Name a document by its number, else by who asks and when, else by its title: as its head has them."""
    authors = ", ".join([*dict.fromkeys(source.values("author"))][:_MOST_AUTHORS])
    days = [time_literal(day) for day in source.values("date_asked")[:1]]
    by_day = {lang: "".join(f", {literal_text(day, lang)}" for day in days) for lang in ("nl", "en")}
    if source.number:
        yield from _label_quads(document, f"schriftelijke vraag {source.number}", f"written question {source.number}")
    elif authors:
        dutch, english = f"van {authors}{by_day['nl']}", f"by {authors}{by_day['en']}"
        yield from _label_quads(document, f"schriftelijke vraag {dutch}", f"written question {english}")
    elif source.title:
        yield from _document_facts(document, (_LABEL, Literal(source.title, language=source.language)))


class _Wholes:
    """Question and answer as wholes where each answer follows its question: each from its first item to its last."""

    def __init__(self, document: NamedNode, source: Source) -> None:
        self._document, self._root = document, source.root
        mixed = {unit.kind.removesuffix("-item") for unit in source.root.children if unit.kind.endswith("-item")}
        self.iris = {half: NamedNode(f"{document.value}#{half}") for half in sorted(mixed)}

    def of(self, unit: Unit, parent: Unit) -> NamedNode | None:
        """Give the whole that an item of the document itself belongs to."""
        return self.iris.get(unit.kind.removesuffix("-item")) if parent == self._root else None

    def quads(self) -> Iterator[Quad]:
        """Say what they are."""
        for half, iri in self.iris.items():
            yield Quad(iri, _TYPE, _CLASSES[half], DOCUMENT)
            yield Quad(iri, _PART_OF, self._document, DOCUMENT)
            yield Quad(self._document, _HAS_PART, iri, DOCUMENT)
            yield from _label_quads(iri, *PART_NAMES[half])
            items = [unit for unit in self._root.children if unit.kind == f"{half}-item"]
            yield from _position_quads(self._document, iri, Span(items[0].start, items[-1].end))


def _key(unit: Unit) -> tuple[str, int, int]:
    return unit.kind, unit.start, unit.end


def _part(document: NamedNode, source: Source, unit: Unit, iri: NamedNode) -> Iterator[Quad]:
    yield from _position_quads(document, iri, Span(unit.start, unit.end))
    if unit.kind in PART_NAMES:
        yield from _label_quads(iri, *(name.format(unit.label).strip() for name in PART_NAMES[unit.kind]))
    if unit.label and unit.kind in ("question-item", "answer-item"):
        yield Quad(iri, _NOTATION, Literal(unit.label), DOCUMENT)
    if unit.kind in ("question-item", "answer-item") or is_leaf(unit):
        wording = " ".join(_wordings(source.text, unit))
        yield Quad(iri, _VALUE, Literal(wording, language=source.language_at(unit.start)), DOCUMENT)
    if is_leaf(unit):
        for url in _URL.findall(wording):
            yield Quad(iri, _REFERENCES, NamedNode(url), DOCUMENT)


def _wordings(text: str, unit: Unit) -> Iterator[str]:
    """Read a unit part by part, without the markers of its items, footnotes and page numbers."""
    if unit.kind in ("marker", "mark", "furniture", "footnote"):
        return
    if is_leaf(unit):
        yield wording(text, unit)
        return
    for child in unit.children:
        yield from _wordings(text, child)


def _answer_links(source: Source, iris: dict[tuple[str, int, int], NamedNode], wholes: _Wholes) -> Iterator[Quad]:
    """Say which answer item answers which question items, as the text itself numbers them."""
    asked = {item.label: iris[_key(item)] for item in source.question_items()}
    for item in source.answer_items():
        for label in source.answered_by(item):
            yield Quad(iris[_key(item)], _ANSWERS, asked[label], DOCUMENT)
    questions, answers = (
        [wholes.iris[half]] if half in wholes.iris else [iri for (kind, _, _), iri in iris.items() if kind == half]
        for half in ("question", "answer")
    )
    for answer in answers:
        for question in questions:
            yield Quad(answer, _ANSWERS, question, DOCUMENT)


def _position_quads(document: NamedNode, iri: NamedNode, span: Span) -> Iterator[Quad]:
    """Say where a part or a passage stands (Web Annotation Data Model, 4.2.5)."""
    position = NamedNode(fragments.selector(document.value, "position", span))
    yield from _document_facts(iri, (_SOURCE, document), (_SELECTOR, position))
    yield from _document_facts(position, (_TYPE, _POSITION), (_START, _count(span.start)), (_END, _count(span.end)))


def _label_quads(subject: NamedNode, dutch: str, english: str) -> Iterator[Quad]:
    yield from _document_facts(subject, (_LABEL, _dutch(dutch)), (_LABEL, Literal(english, language="en")))


def _document_facts(subject: NamedNode, *facts: tuple[NamedNode, Term]) -> Iterator[Quad]:
    for predicate, term in facts:
        yield Quad(subject, predicate, term, DOCUMENT)


def _dutch(text: str) -> Literal:
    return Literal(text, language="nl")


def _count(number: int) -> Literal:
    return Literal(number)


def passage_iri(document: NamedNode, span: Span) -> NamedNode:
    """Give the IRI of a passage (RFC 5147)."""
    return NamedNode(fragments.passage(document.value, span))


def passage_quads(document: NamedNode, source: Source, spans: list[Span]) -> Iterator[Quad]:
    """Say of each passage what it reads, where it stands, and in which parts of the text."""
    leaves: list[Unit] = []
    for unit, _, _ in parts(source):  # what stands within another leaf is a footnote at the end of a page
        if is_leaf(unit) and (not leaves or leaves[-1].end <= unit.start):
            leaves.append(unit)
    starts, ends = [leaf.start for leaf in leaves], [leaf.end for leaf in leaves]
    whole = {Span(leaf.start, leaf.end): leaf for leaf in leaves}
    for span in spans:
        iri = passage_iri(document, span)
        found = " ".join(_wordings(source.text, whole.get(span, Unit("passage", *span))))
        wording = Literal(found, language=source.language_at(span.start))
        yield from _document_facts(iri, (_TYPE, _PASSAGE), (_VALUE, wording))
        yield from _position_quads(document, iri, span)
        yield from _text_quote(document, source.text, iri, span)
        for leaf in leaves[bisect_right(ends, span.start) : bisect_left(starts, span.end)]:
            yield Quad(iri, _STANDS_IN, passage_iri(document, Span(leaf.start, leaf.end)), DOCUMENT)


def _text_quote(document: NamedNode, text: str, iri: NamedNode, span: Span) -> Iterator[Quad]:
    """Give a passage the words by which another reader finds it (Web Annotation Data Model, 4.2.4)."""
    quote = NamedNode(fragments.selector(document.value, "quote", span))
    before, after = context(text, span)
    yield Quad(iri, _SELECTOR, quote, DOCUMENT)
    yield from _document_facts(quote, (_TYPE, _QUOTE), (_EXACT, Literal(text[span.start : span.end])))
    yield from _document_facts(quote, (_PREFIX, Literal(before)), (_SUFFIX, Literal(after)))
