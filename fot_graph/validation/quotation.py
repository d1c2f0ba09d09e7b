"""How a claim quotes: whether its passages hold whole words, and what they leave out of the sentences they stand in.

Headings and the rows of a table count as sentences; the sentence that introduces a list belongs to each of its items.

SPARQL cannot tell where a word ends. So the facts are computed here, as a few triples that validation adds to the data
and that shapes forbid (ontology/shapes/quotation.ttl): `shape:divides`, a word that a passage divides, and
`shape:leavesOut`, the words that turn a sentence and that a claim leaves out of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from fot_graph.core.fragments import Span
from fot_graph.core.terms import node
from fot_graph.text.edges import divided_words
from fot_graph.text.omissions import omitted_spans, turning_omissions
from fot_graph.text.passages import reflow
from fot_graph.validation.report import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from fot_graph.core.terms import Subject, Term


def _terms(*names: str) -> list[NamedNode]:
    return [*map(node, names)]


DIVIDES, LEAVES_OUT = NamedNode(SHAPES + "divides"), NamedNode(SHAPES + "leavesOut")
_TYPE, _VALUE, _QUOTED = _terms("rdf:type", "prov:value", "prov:wasQuotedFrom")
_SOURCE, _SELECTOR, _START, _END = _terms("oa:hasSource", "oa:hasSelector", "oa:start", "oa:end")
_CLAIM, _PASSAGE, _LIST = _terms("fot:Claim", "fot:Passage", "doco:List")
_SENTENCES = set(_terms("doco:Sentence", "doco:Title", "fot:Heading", "fot:TableRow"))


def facts(quads: Iterable[Quad]) -> list[Triple]:
    """Compute what shapes/quotation.ttl speaks of, from quads with documents, passages and claims."""
    about: dict[NamedNode, dict[Subject, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate in _USED:
            about[quad.predicate][quad.subject].append(quad.object)
    texts = _texts(about)
    return [*_divided_triples(texts), *_omission_triples(about, texts)]


_USED = {_TYPE, _VALUE, _QUOTED, _SOURCE, _SELECTOR, _START, _END}
_About = dict[NamedNode, dict["Subject", list["Term"]]]


class _Text(NamedTuple):
    """A document: its text, the edges of its units, its sentences in order with their languages, and its passages.

    `introductions` has the sentence that introduces a list, for each sentence of the list: 'Er is geen geld voor:';
    `notes` those of a footnote that stand in the middle of a sentence, where its page ended.
    """

    text: str
    edges: set[int]
    sentences: dict[Span, str]
    passages: dict[Subject, Span]
    introductions: dict[Span, Span]
    notes: dict[Span, list[Span]]


def _texts(about: _About) -> list[_Text]:
    parts: dict[Term, list[tuple[Subject, Span]]] = defaultdict(list)
    for part, documents in about[_SOURCE].items():
        for document in documents:
            parts[document].extend((part, span) for span in _spans(about, part))
    found = []
    for document, placed in parts.items():
        texts = _literals(about, document, _VALUE)
        if len(texts) == 1:  # none or several are a violation that the shapes report
            found.append(_text(about, texts[0], placed))
    return found


def _text(about: _About, text: str, placed: list[tuple[Subject, Span]]) -> _Text:
    kinds = about[_TYPE]
    units = [span for part, span in placed if any(kind != _PASSAGE for kind in kinds.get(part, ()))]
    sentences = {span: _tongue(about, part) for part, span in placed if not _SENTENCES.isdisjoint(kinds.get(part, ()))}
    passages = {part: span for part, span in placed if _PASSAGE in kinds.get(part, ()) and span.end <= len(text)}
    lists = [span for part, span in placed if _LIST in kinds.get(part, ())]
    edges, order = {edge for span in units for edge in span}, sorted(sentences)
    introductions = dict(_introductions(text, order, sorted(lists)))
    return _Text(text, edges, dict(sorted(sentences.items())), passages, introductions, _notes(order))


def _introductions(text: str, sentences: list[Span], lists: list[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield each sentence of a list with the sentence that ends in a colon before it, if there is one."""
    starts = [sentence.start for sentence in sentences]
    for each in lists:
        first, after = bisect_left(starts, each.start), bisect_left(starts, each.end)
        if first and text[sentences[first - 1].end - 1] == ":":
            yield from ((sentence, sentences[first - 1]) for sentence in sentences[first:after])


def _notes(sentences: list[Span]) -> dict[Span, list[Span]]:
    """Give the sentences that stand within another one, by that one."""
    found: dict[Span, list[Span]] = defaultdict(list)
    whole = Span(0, 0)
    for sentence in sentences:
        if sentence.end <= whole.end:
            found[whole].append(sentence)
        else:
            whole = sentence
    return found


def _tongue(about: _About, part: Subject) -> str:
    """Give the language of a part, that of its words."""
    words = (term for term in about[_VALUE].get(part, ()) if isinstance(term, Literal))
    return next((term.language for term in words if term.language), "")


def _spans(about: _About, part: Subject) -> Iterator[Span]:
    for selector in about[_SELECTOR].get(part, ()):
        starts, ends = (_literals(about, selector, end) for end in (_START, _END))
        for start, end in zip(starts, ends, strict=False):
            if re.fullmatch("[0-9]{1,18}", start) and re.fullmatch("[0-9]{1,18}", end) and int(start) < int(end):
                yield Span(int(start), int(end))


def _literals(about: _About, subject: Term, predicate: NamedNode) -> list[str]:
    terms = [] if isinstance(subject, Literal) else about[predicate].get(subject, [])
    return [term.value for term in terms if isinstance(term, Literal)]


def _divided_triples(texts: Iterable[_Text]) -> Iterator[Triple]:
    for document in texts:
        for passage, span in document.passages.items():
            for start, end in divided_words(document.text, *span, document.edges):
                yield Triple(passage, DIVIDES, Literal(reflow(document.text[start:end])))


def _omission_triples(about: _About, texts: Iterable[_Text]) -> Iterator[Triple]:
    claims = {claim: set(about[_QUOTED].get(claim, ())) for claim, kinds in about[_TYPE].items() if _CLAIM in kinds}
    quoting: Mapping[Term, list[Subject]] = defaultdict(list)
    for claim, passages in claims.items():
        for passage in passages:
            quoting[passage].append(claim)
    for document in texts:
        quoted: dict[Subject, list[Span]] = defaultdict(list)
        for passage, span in document.passages.items():
            for claim in quoting.get(passage, ()):
                quoted[claim].append(span)
        for claim, spans in quoted.items():
            for words in dict.fromkeys(_turning_texts(document, spans)):
                yield Triple(claim, LEAVES_OUT, Literal(words))


def _turning_texts(document: _Text, spans: list[Span]) -> Iterator[str]:
    quoted = set(_touched(document, spans))
    introducing = {document.introductions[sentence] for sentence in quoted if sentence in document.introductions}
    for sentence in sorted(quoted | introducing):
        colon = [Span(sentence.end - 1, sentence.end)] if sentence in introducing else []
        known, language = [*spans, *colon, *document.notes.get(sentence, ())], document.sentences[sentence]
        for start, end in turning_omissions(document.text, sentence, known, language):
            yield reflow(document.text[start:end])


def _touched(document: _Text, spans: list[Span]) -> Iterator[Span]:
    """Yield the sentences of which passages quote something, other than a note in their middle."""
    order = list(document.sentences)
    starts, furthest = [sentence.start for sentence in order], [*accumulate((one.end for one in order), max)]
    for span in spans:
        for sentence in order[bisect_right(furthest, span.start) : bisect_left(starts, span.end)]:
            pieces = list(omitted_spans(sentence, document.notes.get(sentence, ()))) or [sentence]
            if any(span.start < piece.end and piece.start < span.end for piece in pieces):
                yield sentence
