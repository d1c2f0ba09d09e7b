"""Search: things by any of their names, and sentences of the source and rationales by their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core.fragments import Span, parse_passage
from fot_graph.web.pages.common import Namer, TermView, address
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from fot_graph.api import Graph


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was sought."""

    text: str
    hit: bool


class Hit(NamedTuple):
    """A thing, sentence or rationale in which the words were found: `found` is the text, cut where they stand."""

    thing: TermView
    kind: TermView
    found: tuple[Piece, ...]
    tongue: str


class Results(NamedTuple):
    """What was found, whole words first; `more` tells that there is more than is shown."""

    words: str
    things: tuple[Hit, ...]
    sentences: tuple[Hit, ...]
    rationales: tuple[Hit, ...]
    more: bool


def search(graph: Graph, lang: str, words: str = "") -> Results:
    """Find things, sentences and rationales that hold all these words, whatever their case."""
    sought = words.split()[:_WORDS]
    if not sought:
        return Results(words, (), (), (), more=False)
    namer = Namer(graph, lang)
    named = list(graph.rows(_NAMED.replace("{filter}", _filter(sought))))
    said = sorted(
        graph.rows(_SAID.replace("{filter}", _filter(sought))),
        key=lambda row: (_looseness(row[1].value, sought), _document_position(row[0].value)),
    )
    shown = said[: _MOST + 1]
    items = {row[0].value: row[1] for row in graph.rows(_ITEMS, [row[0].value for row in shown])}
    namer.expect(term for row in [*named, *shown] for term in row if isinstance(term, NamedNode))
    namer.expect(items.values())
    pattern = re.compile("|".join(map(re.escape, sorted(sought, key=len, reverse=True))), re.IGNORECASE)
    best: dict[str, Hit] = {}
    for thing, name, kind in sorted(named, key=lambda row: _rank(row[1], sought, lang)):
        best.setdefault(thing.value, Hit(namer(thing), namer(kind), _cut(name.value, pattern), name.language or ""))
    things = [*best.values()]
    sentences = {
        leaf.value: Hit(namer(items.get(leaf.value, document)), TermView(""), _cut(text.value, pattern), "nl")
        for leaf, text, document in shown
    }
    hits = tuple(hit._replace(thing=hit.thing._replace(href=namer(leaf).href)) for leaf, hit in sentences.items())
    reasons = _rationales(graph, sought, pattern, lang)
    more = any(len(found) > _MOST for found in (things, hits, reasons))
    return Results(words, tuple(things[:_MOST]), hits[:_MOST], reasons[:_MOST], more=more)


# --- Inside ----------------------------------------------------------------------------------------------------------

_MOST, _WORDS = 60, 8
_NAMED = """SELECT ?thing ?name ?kind {
  VALUES ?property { skos:prefLabel rdfs:label skos:altLabel skos:hiddenLabel }
  ?thing ?property ?text {filter}
  OPTIONAL { ?thing a ?kind FILTER(?kind NOT IN (skos:Concept, qb:Observation)) }
  BIND(?text AS ?name)
} LIMIT 1000"""
# Without an order, for which the engine would have to find all that a common word gives
_SAID = """SELECT ?leaf ?text ?document {
  VALUES ?class { doco:Sentence doco:Title fot:Heading fot:TableRow }
  ?leaf a ?class ; prov:value ?text ; oa:hasSource ?document {filter}
} LIMIT 2000"""
_REASONED = """SELECT ?claim ?text {
  ?claim fot:rationale ?text ; a fot:Claim {filter}
} LIMIT 2000"""
_ITEMS = """SELECT ?leaf ?item {
  VALUES ?leaf { {about} } VALUES ?whole { fot:QuestionItem fot:AnswerItem }
  ?leaf dcterms:isPartOf+ ?item . ?item a ?whole
}"""


def _filter(words: list[str]) -> str:
    tests = (f"CONTAINS(LCASE(STR(?text)), LCASE({Literal(word)}))" for word in words)
    return f"FILTER({' && '.join(tests)})"


def _rationales(graph: Graph, sought: list[str], pattern: re.Pattern[str], lang: str) -> tuple[Hit, ...]:
    """Find claims by their rationales, each in the reader's language where that holds the words."""
    rows = sorted(
        graph.rows(_REASONED.replace("{filter}", _filter(sought))),
        key=lambda row: (row[1].language != lang, _looseness(row[1].value, sought), row[0].value),
    )
    found: dict[str, Hit] = {}
    for claim, text in rows:
        name = TermView(claim.value.rpartition("/")[2], "", address(claim.value, lang, graph.namespaces))
        found.setdefault(claim.value, Hit(name, TermView(""), _cut(text.value, pattern), text.language or ""))
    return tuple(found.values())


def _looseness(text: str, sought: list[str]) -> int:
    """Tell how words stand in a text: 0 as whole words, 1 where words begin, 2 within others.

    >>> [_looseness(text, ["serv"]) for text in ("De SERV, die", "Servië", "observatie")]
    [0, 1, 2]
    """
    patterns = (r"(?<!\w){}(?!\w)", r"(?<!\w){}")
    for looseness, pattern in enumerate(patterns):
        if all(re.search(pattern.format(re.escape(word)), text, re.IGNORECASE) for word in sought):
            return looseness
    return len(patterns)


def _document_position(leaf: str) -> tuple[str, int]:
    """Put sentences in the order of their documents, and in that of the text."""
    document, span = parse_passage(leaf) or (leaf, Span(0, 0))
    return document, span.start


def _rank(name: Literal, sought: list[str], lang: str) -> tuple[bool, int, bool, bool, int, str]:
    """Put first what is named just so, then whole words, what begins so, the reader's language, and short names."""
    text, words = name.value.casefold(), " ".join(sought).casefold()
    looseness = _looseness(name.value, sought)
    return text != words, looseness, not text.startswith(words), name.language != lang, len(text), text


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[Piece, ...]:
    return tuple(_pieces(text, pattern))


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[Piece]:
    last = 0
    for match in pattern.finditer(text):
        if match.start() > last:
            yield Piece(text[last : match.start()], hit=False)
        yield Piece(match[0], hit=True)
        last = match.end()
    if last < len(text):
        yield Piece(text[last:], hit=False)


# --- The page --------------------------------------------------------------------------------------------------------

_LONGEST = 200  # characters of what is searched for


def _words(request: Request) -> dict[str, Any]:
    return {"words": request.query_params.get("words", "")[:_LONGEST]}


PAGES = (Page("search", "search.html", search, _words),)
