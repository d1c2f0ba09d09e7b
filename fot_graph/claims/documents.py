"""One document as RDF: its text and parts, the passages that its claims quote, and the claims themselves.

Nothing of the layout is typed by hand and no offset either: the parts are computed from `source.txt`, and a quote that
a curator wrote in `claims.trig` is found there and replaced by the IRI of its passage (`<document>#char=4120,4203`,
RFC 5147). Terms: DoCO for the parts, Web Annotation for the places, PROV-O for the quoting, OSLO and ELI-DL for
question and answer. Each quad stands in a named graph: a layer (document, provenance, naming, ontology) or a claim.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import islice
from os.path import realpath  # a link to itself ends Path.resolve
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from fot_graph.claims import guard
from fot_graph.claims.guard import PassagePlace
from fot_graph.core import fragments, limits
from fot_graph.core.errors import InputFileError, QuoteError, RdfSyntaxError
from fot_graph.core.fragments import Span
from fot_graph.core.media_types import DATASET, format_named
from fot_graph.core.namespaces import Namespaces, expand, is_layer
from fot_graph.core.resources import is_there, read_text
from fot_graph.text import source as sources
from fot_graph.text.parts import is_leaf, parts
from fot_graph.text.passages import check_words, context, find, joined_text, reflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.claims.guard import AtHand, FileContent
    from fot_graph.core.terms import Subject, Term
    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit


def _node(name: str) -> NamedNode:
    return NamedNode(expand(name))


ONTOLOGY, NAMING = _node("graph:ontology"), _node("graph:naming")
DOCUMENT, PROVENANCE = _node("graph:document"), _node("graph:provenance")

_PACKAGED = Namespaces()
FORMATS = {
    format_named("ttl", DATASET).suffixes[0]: RdfFormat.TURTLE,
    format_named("trig", DATASET).suffixes[0]: RdfFormat.TRIG,
    format_named("nt", DATASET).suffixes[0]: RdfFormat.N_TRIPLES,
    format_named("nq", DATASET).suffixes[0]: RdfFormat.N_QUADS,
}

_TYPE = _node("rdf:type")
_VALUE, _QUOTED = _node("prov:value"), _node("prov:wasQuotedFrom")
_PART_OF, _HAS_PART, _REFERENCES = _node("dcterms:isPartOf"), _node("dcterms:hasPart"), _node("dcterms:references")
_LABEL = _node("rdfs:label")
_TITLE, _LANGUAGE, _NOTATION = _node("dcterms:title"), _node("dcterms:language"), _node("skos:notation")
_ANSWERS, _MENTIONS, _STANDS_IN = _node("eli-dl:answers_to"), _node("fot:mentions"), _node("fot:standsIn")
_SOURCE, _SELECTOR = _node("oa:hasSource"), _node("oa:hasSelector")
_START, _END = _node("oa:start"), _node("oa:end")
_EXACT, _PREFIX, _SUFFIX = _node("oa:exact"), _node("oa:prefix"), _node("oa:suffix")
_PASSAGE, _POSITION, _QUOTE = _node("fot:Passage"), _node("oa:TextPositionSelector"), _node("oa:TextQuoteSelector")

_CLASSES = {
    "document": _node("foaf:Document"),
    "policy-field": _node("fot:Heading"),
    "heading": _node("fot:Heading"),
    "question": _node("sro:InitiatiefrechtVraag"),
    "title": _node("doco:Title"),
    "question-item": _node("fot:QuestionItem"),
    "answer": _node("sro:InitiatiefrechtAntwoord"),
    "answer-head": _node("fot:Heading"),
    "answer-item": _node("fot:AnswerItem"),
    "annex": _node("doco:Paragraph"),
    "footnote": _node("doco:Paragraph"),
    "signature": _node("fot:Heading"),
    "paragraph": _node("doco:Paragraph"),
    "list": _node("doco:List"),
    "list-item": _node("fot:ListItem"),
    "table": _node("doco:Table"),
    "table-header": _node("fot:TableRow"),
    "table-row": _node("fot:TableRow"),
    "sentence": _node("doco:Sentence"),
}
# How a person calls a part that has a number, or stands alone in its document.
_NAMES = {
    "question": ("de vraag", "the question"),
    "question-item": ("vraag {}", "question {}"),
    "answer": ("het antwoord", "the answer"),
    "answer-item": ("antwoord {}", "answer {}"),
}
# Which property holds the wording of the passages that a claim refers to by the property on the left.
_WORDINGS = {
    _QUOTED: _node("fot:quote"),
    _node("fot:subjectPassage"): _node("fot:subjectQuote"),
    _node("fot:objectPassage"): _node("fot:objectQuote"),
}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`()\[\]”’]*[\w/]")


class DocumentFolder(NamedTuple):
    """A document folder, read: its name, its parsed text, all its quads, and the quotes that were not found."""

    id: str
    source: Source
    quads: list[Quad]
    problems: list[QuoteError]


class ClaimsFile(NamedTuple):
    """A file of claims or names, read: its quads, and the documents whose text stands in it, by name."""

    quads: list[Quad]
    sources: dict[str, Source]


def _no_text(_: str) -> None:
    """Know no other document."""


def read_document(
    folder: Path,
    claims_file: str = "claims.trig",
    *,
    strict: bool = True,
    at_hand: AtHand = _no_text,
    namespaces: Namespaces = _PACKAGED,
) -> DocumentFolder:
    """Read `source.txt` and the claims of a folder; its name is the identifier of the document.

    With `strict=False` a quote that is missing or ambiguous is collected in `problems` and stays a literal; one that
    divides a word becomes a passage. Validation tells of both. `at_hand` gives the texts of other documents, by name,
    whose passages the claims may name. `namespaces` are those of the graph that the document belongs to.

    Raises: `InputFileError`, `RdfSyntaxError`, `QuoteError` naming the claim, and
    `InventedError` for what the claims say of the text that the text does not give.
    """
    name = Path(realpath(folder)).name
    if not _ID.fullmatch(name):
        raise InputFileError(folder, "folder-name")
    source = sources.read(folder / "source.txt")
    _check_parts(folder / "source.txt", source)
    iri, path = NamedNode(namespaces.document(name)), folder / claims_file
    written = read_layer(path, PROVENANCE, namespaces)
    checked = guard.check(path, written, lambda other: source if other == name else at_hand(other), namespaces)
    spans, problems = _quotes_found(path, source, checked.own, namespaces, strict=strict)
    places = {**checked.quoted, **{quad: PassagePlace(name, span) for quad, span in spans.items()}}
    layer = {name: source} | checked.texts
    if strict:
        _check_places(checked.quoted, lambda other: layer.get(other) or at_hand(other), namespaces)
    quads = _completed_quads(path, checked, places, lambda other: layer.get(other) or at_hand(other), namespaces)
    return DocumentFolder(name, source, [*_parts(iri, source), *quads], problems)


def read_claims(
    path: Path, *, strict: bool = True, at_hand: AtHand = _no_text, namespaces: Namespaces = _PACKAGED
) -> ClaimsFile:
    """Read claims and what is said about them (graph:provenance), with the terms that each of them mentions.

    Their passages are those of documents that are `at_hand`, or whose text stands in the file (an exported graph).

    Raises: `InputFileError`, `RdfSyntaxError`, `InventedError`; `QuoteError` for a quote as a
    text, which only claims beside a source text have, unless `strict` is False.
    """
    checked = guard.check(path, read_layer(path, PROVENANCE, namespaces), at_hand, namespaces)
    if strict:
        for quad in filter(is_quote, checked.own):
            raise _name_claim(
                QuoteError(_quote(quad), "quote-without-source", file=path.name), quad.subject, namespaces
            )
        _check_places(checked.quoted, lambda name: checked.texts.get(name) or at_hand(name), namespaces)
    return _with_texts(path, checked, at_hand, namespaces)


def read_names(path: Path, *, at_hand: AtHand = _no_text, namespaces: Namespaces = _PACKAGED) -> ClaimsFile:
    """Read names, which all stand in graph:naming. Raises: as `read_claims`."""
    checked = guard.check(path, read_layer(path, NAMING, namespaces), at_hand, namespaces)
    return _with_texts(path, checked, at_hand, namespaces)


def _with_texts(path: Path, checked: FileContent, at_hand: AtHand, namespaces: Namespaces) -> ClaimsFile:
    parts: list[Quad] = []
    for name, source in checked.texts.items():
        _check_parts(path, source)
        parts += _parts(NamedNode(namespaces.document(name)), source)
    quads = _completed_quads(
        path, checked, checked.quoted, lambda name: checked.texts.get(name) or at_hand(name), namespaces
    )
    return ClaimsFile([*parts, *quads], checked.texts)


def _check_parts(path: Path, source: Source) -> None:
    if sum(1 for _ in source.walk()) > limits.PARTS:
        raise InputFileError(path, "many-parts", count=limits.PARTS)


def _completed_quads(
    path: Path, checked: FileContent, places: dict[Quad, PassagePlace], text_of: AtHand, namespaces: Namespaces
) -> list[Quad]:
    """Put passages in the place of quotes, and add what the texts and the claims give: passages, wordings, terms.

    Raises: `InventedError` where the file itself says something else.
    """
    named = guard.by_document({*checked.named, *places.values()})
    claims: set[object] = {quad.graph_name for quad in checked.own}
    layer: list[Quad] = []
    wordings: list[Quad] = []
    for name, spans in named.items():
        source = text_of(name)
        assert source is not None, "guard.check has seen it"
        iri = NamedNode(namespaces.document(name))
        layer += _passages(iri, source, spans)
        of_document = {quad: place.span for quad, place in places.items() if place.document == name}
        wordings += _wording_quads(source, of_document, claims)
    mentions = list(dict.fromkeys(_mentions(checked.own)))
    written = [quad for quad in checked.own if guard.is_derived(quad)]
    guard.same(path, written, [*wordings, *mentions], namespaces)
    guard.same(path, checked.layer, _layer_of(checked, layer, text_of, namespaces), namespaces)
    own = [quad for quad in checked.own if quad not in places and not guard.is_derived(quad)]
    return [*layer, *own, *_passage_links(places, namespaces), *wordings, *mentions]


def _layer_of(checked: FileContent, passages: list[Quad], text_of: AtHand, namespaces: Namespaces) -> Iterator[Quad]:
    """Give what a file may repeat of the document layer: what the text of each document in it gives."""
    yield from passages
    for name in {guard.document_of(quad.subject, namespaces) for quad in checked.layer}:
        source = text_of(name)
        if source is not None:
            yield from _parts(NamedNode(namespaces.document(name)), source)


def _mentions(quads: list[Quad]) -> Iterator[Quad]:
    for quad in quads:
        claim = quad.graph_name
        if isinstance(claim, NamedNode) and not is_layer(claim.value):
            for term in (quad.subject, quad.object):
                if isinstance(term, NamedNode):
                    yield Quad(claim, _MENTIONS, term, PROVENANCE)


def read_layer(path: Path, layer: NamedNode, namespaces: Namespaces = _PACKAGED) -> list[Quad]:
    """Read an RDF file; what stands in its default graph comes to stand in `layer`. Lexical forms are kept.

    What was written for the packaged graph is read as what belongs to the graph with these namespaces.

    Raises: `InputFileError` for a file that cannot be read, is beyond a limit (`limits`), or is no Turtle, TriG,
    N-Triples or N-Quads by its name; `RdfSyntaxError` with line and column.
    """
    if path.suffix not in FORMATS and is_there(path):
        raise InputFileError(path, "no-rdf-suffix")
    text = namespaces.moved(read_text(path))
    if text.count("<<") > limits.TRIPLE_TERMS:
        raise InputFileError(path, "many-triple-terms", count=limits.TRIPLE_TERMS)
    try:
        quads = list(islice(parse(text, FORMATS[path.suffix], rename_blank_nodes=True), limits.TRIPLES + 1))
    except SyntaxError as error:
        raise RdfSyntaxError(path, error.lineno or 1, error.offset or 1, error.msg.partition(": ")[2]) from None
    except MemoryError:  # so the parser says that a term is longer than 16 MiB
        raise _too_long(path) from None
    if len(quads) > limits.TRIPLES:
        raise InputFileError(path, "many-triples", count=limits.TRIPLES)
    if len(text) > limits.LITERAL and any(_length(term) > limits.LITERAL for quad in quads for term in quad):
        raise _too_long(path)
    default = DefaultGraph()
    return [_in_layer(quad, layer) if quad.graph_name == default else quad for quad in quads]


def _length(term: Term | DefaultGraph) -> int:
    """Give the characters of a term, with those of its datatype and of what stands in a triple term."""
    if isinstance(term, Triple):
        return max(map(_length, term))
    if isinstance(term, Literal):
        return max(len(term.value), len(term.datatype.value))
    return len(term.value) if isinstance(term, NamedNode) else 0


def _too_long(path: Path) -> InputFileError:
    return InputFileError(path, "long-text", count=limits.LITERAL)


def _in_layer(quad: Quad, layer: NamedNode) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, layer)


# --- The parts of a document ----------------------------------------------------------------------------------------


def _parts(document: NamedNode, source: Source) -> Iterator[Quad]:
    """Say of each part of the text what it is, where it stands, and what it reads."""
    yield from _document_facts(document, (_LANGUAGE, Literal(source.language)), (_VALUE, Literal(source.text)))
    if source.title:
        yield from _document_facts(document, (_TITLE, Literal(source.title, language=source.language)))
    if source.number:
        yield from _label_quads(document, f"schriftelijke vraag {source.number}", f"written question {source.number}")
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


class _Wholes:
    """Question and answer as wholes where no stretch of the text is one: where each answer follows its question."""

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
            yield from _label_quads(iri, *_NAMES[half])


def _key(unit: Unit) -> tuple[str, int, int]:
    return unit.kind, unit.start, unit.end


def _part(document: NamedNode, source: Source, unit: Unit, iri: NamedNode) -> Iterator[Quad]:
    yield from _position_quads(document, iri, Span(unit.start, unit.end))
    if unit.kind in _NAMES:
        yield from _label_quads(iri, *(name.format(unit.label).strip() for name in _NAMES[unit.kind]))
    if unit.label and unit.kind in ("question-item", "answer-item"):
        yield Quad(iri, _NOTATION, Literal(unit.label), DOCUMENT)
    if unit.kind in ("question-item", "answer-item") or is_leaf(unit):
        wording = " ".join(_wordings(source.text, unit))
        yield Quad(iri, _VALUE, Literal(wording, language=source.language), DOCUMENT)
    if is_leaf(unit):
        for url in _URL.findall(wording):
            yield Quad(iri, _REFERENCES, NamedNode(url), DOCUMENT)


def _wordings(text: str, unit: Unit) -> Iterator[str]:
    """Read a unit part by part, without the markers of its items, footnotes and page numbers."""
    if unit.kind in ("marker", "mark", "furniture", "footnote"):
        return
    if not unit.children:
        yield reflow(text[unit.start : unit.end])
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


def _passage_iri(document: NamedNode, span: Span) -> NamedNode:
    return NamedNode(fragments.passage(document.value, span))


# --- The passages that claims quote ---------------------------------------------------------------------------------


def _quotes_found(
    path: Path, source: Source, quads: list[Quad], namespaces: Namespaces, *, strict: bool
) -> tuple[dict[Quad, Span], list[QuoteError]]:
    """Find the passage of each quote; give the quotes too that have none.

    Raises: `QuoteError` for the first of these, if `strict`; `InputFileError` for too many quotes.
    """
    spans: dict[Quad, Span] = {}
    problems: list[QuoteError] = []
    edges = _edges(source)
    quotes = list(filter(is_quote, quads))
    if len(quotes) > limits.QUOTES:
        raise InputFileError(path, "many-quotes", count=limits.QUOTES)
    end = time.monotonic() + limits.SECONDS
    for quad in quotes:
        if time.monotonic() > end:
            raise InputFileError(path, "slow-quotes", seconds=limits.SECONDS)
        try:
            spans[quad] = find(source.text, _quote(quad))
            if strict:
                check_words(source.text, _quote(quad), spans[quad], edges)
        except QuoteError as error:
            problems.append(_name_claim(error, quad.subject, namespaces))
            if strict:
                raise
    return spans, problems


def _edges(source: Source) -> set[int]:
    """Give the places where a part of the text begins or ends, and with it a word."""
    return {edge for unit in source.leaves() for edge in (unit.start, unit.end)}


def _check_places(places: dict[Quad, PassagePlace], text_of: AtHand, namespaces: Namespaces) -> None:
    """See that no passage that is given by its IRI divides a word. Raises: `QuoteError` naming the claim."""
    edges: dict[str, set[int]] = {}
    for quad, (name, span) in places.items():
        source = text_of(name)
        assert source is not None, "guard.check has seen it"
        if name not in edges:
            edges[name] = _edges(source)
        try:
            check_words(source.text, source.text[span.start : span.end], span, edges[name])
        except QuoteError as error:
            raise _name_claim(error, quad.subject, namespaces) from None


def _quote(quad: Quad) -> str:
    assert isinstance(quad.object, Literal)
    return quad.object.value


def is_quote(quad: Quad) -> bool:
    """Tell whether a quad, of claims as they were read, gives a quote that a curator wrote."""
    return quad.predicate in _WORDINGS and quad.graph_name == PROVENANCE and isinstance(quad.object, Literal)


def _name_claim(error: QuoteError, claim: Subject, namespaces: Namespaces) -> QuoteError:
    error.claim = namespaces.shorten(claim.value) if isinstance(claim, NamedNode) else str(claim)
    return error


def _passage_links(places: dict[Quad, PassagePlace], namespaces: Namespaces) -> Iterator[Quad]:
    for quad, place in places.items():
        for predicate in {quad.predicate: None, _QUOTED: None}:
            passage = _passage_iri(NamedNode(namespaces.document(place.document)), place.span)
            yield Quad(quad.subject, predicate, passage, PROVENANCE)


def _wording_quads(source: Source, spans: dict[Quad, Span], claims: set[object]) -> Iterator[Quad]:
    """Say of each claim what its passages read together, so that an answer can show one quote a row."""
    quoted: dict[tuple[Subject, NamedNode], set[Span]] = defaultdict(set)
    for quad, span in spans.items():
        if quad.subject in claims:
            quoted[quad.subject, quad.predicate].add(span)
            quoted[quad.subject, _QUOTED].add(span)
    for (claim, predicate), together in quoted.items():
        wording = Literal(joined_text(source.text, together), language=source.language)
        yield Quad(claim, _WORDINGS[predicate], wording, PROVENANCE)


def _passages(document: NamedNode, source: Source, spans: list[Span]) -> Iterator[Quad]:
    leaves: list[Unit] = []
    for unit, _, _ in parts(source):  # what stands within another leaf is a footnote at the end of a page
        if is_leaf(unit) and (not leaves or leaves[-1].end <= unit.start):
            leaves.append(unit)
    starts, ends = [leaf.start for leaf in leaves], [leaf.end for leaf in leaves]
    for span in spans:
        iri = _passage_iri(document, span)
        wording = Literal(reflow(source.text[span.start : span.end]), language=source.language)
        yield from _document_facts(iri, (_TYPE, _PASSAGE), (_VALUE, wording))
        yield from _position_quads(document, iri, span)
        yield from _text_quote(document, source.text, iri, span)
        for leaf in leaves[bisect_right(ends, span.start) : bisect_left(starts, span.end)]:
            yield Quad(iri, _STANDS_IN, _passage_iri(document, Span(leaf.start, leaf.end)), DOCUMENT)


def _text_quote(document: NamedNode, text: str, iri: NamedNode, span: Span) -> Iterator[Quad]:
    """Give a passage the words by which another reader finds it (Web Annotation Data Model, 4.2.4)."""
    quote = NamedNode(fragments.selector(document.value, "quote", span))
    before, after = context(text, span)
    yield Quad(iri, _SELECTOR, quote, DOCUMENT)
    yield from _document_facts(quote, (_TYPE, _QUOTE), (_EXACT, Literal(text[span.start : span.end])))
    yield from _document_facts(quote, (_PREFIX, Literal(before)), (_SUFFIX, Literal(after)))
