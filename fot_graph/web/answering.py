"""A query and its answer as bytes, whole or not at all. Runs in a worker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from fot_graph.core.errors import QuerySyntaxError, UsageError
from fot_graph.core.terms import blank_names, lexical
from fot_graph.formats import export, results
from fot_graph.formats.rdfxml import rdfxml
from fot_graph.web.dataset import choosing
from fot_graph.web.errors import TooMuchError, WebError
from fot_graph.web.negotiation import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fot_graph.api import Graph
    from fot_graph.core.terms import Term
    from fot_graph.evidence.answers import Answer, Stream
    from fot_graph.web.settings import Limits

RESULTS = {  # of SELECT and ASK, in the order in which we would rather give them
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
TRUTHS = {name: format_ for name, format_ in RESULTS.items() if format_ in ("json", "xml")}
GRAPHS = {  # of CONSTRUCT and DESCRIBE, and of descriptions
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nq",
}
FORMATS = frozenset({*RESULTS.values(), *GRAPHS.values()})


class Question(NamedTuple):
    """What a client asks. `format` is one of `FORMATS` and goes before `accept`; graphs are IRIs."""

    query: str
    accept: str = ""
    format: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    evidence: bool = False
    base: str = ""


class Reply(NamedTuple):
    """An answer: its media type and its bytes. `lasting` tells that the same question gets the same answer again."""

    media_type: str
    body: bytes
    lasting: bool = False


def answer(graph: Graph, question: Question, limits: Limits) -> Reply:
    """Answer a question whole.

    Raises: `QuerySyntaxError`, `QueryRefusedError`, `TooMuchError`, and `WebError` for a form that cannot be had and
    a graph that is not here.
    """
    found = _asked(graph, question)
    media_type = _media_type(question, found.form)
    format_ = (GRAPHS if found.form in ("construct", "describe") else RESULTS)[media_type]
    found.limit = limits.rows
    write = _with_evidence if question.evidence else _plain
    pieces = write(graph, found, format_, limits)
    body = _collected(pieces, limits.answer)
    if found.cut:
        raise _too_many(limits)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Reply(media_type + charset, body, not _CHANGING.search(question.query))


# What gives another answer each time: a clock, chance, and new names. Rather too often than too seldom
_CHANGING = re.compile(r"NOW|RAND|UUID|BNODE|\\u", re.IGNORECASE)


def _asked(graph: Graph, question: Question) -> Stream:
    """Ask, first without a base for relative IRIs, so that an error is told of at its own place."""

    def asked(query: str) -> Stream:
        return graph.stream(choosing(graph, query, question.default_graphs, question.named_graphs))

    query = question.query
    try:
        return asked(query)
    except QuerySyntaxError as error:
        if not question.base or not re.search("<[^:<>]*>", query) or re.search(r"\bBASE\b", query, re.IGNORECASE):
            raise
        try:
            return asked(f"BASE {NamedNode(question.base)} {query}")
        except QuerySyntaxError:
            raise error from None


def _media_type(question: Question, form: str) -> str:
    offered = GRAPHS if form in ("construct", "describe") else TRUTHS if form == "ask" else RESULTS
    if question.evidence:
        offered = {name: format_ for name, format_ in offered.items() if format_ not in _WITHOUT_EVIDENCE}
    if not question.format:
        return best(question.accept, list(offered))
    found = next((name for name, format_ in offered.items() if format_ == question.format), None)
    if found is None:
        code = "no-form-with-evidence" if question.evidence else "no-form"
        raise WebError(406, code, form=form.upper(), format=question.format, known=[*dict.fromkeys(offered.values())])
    return found


_WITHOUT_EVIDENCE = ("csv", "tsv", "rdf")  # no standard form of theirs has a place for it


# --- Writing ---------------------------------------------------------------------------------------------------------


def _plain(graph: Graph, found: Stream, format_: str, limits: Limits) -> Iterable[str]:
    if format_ in ("json", "xml"):
        return results.stream(found, format_, "en", iris=True)
    if format_ in ("csv", "tsv"):
        return _csv(found) if format_ == "csv" else _tsv(found)
    triples = _whole(found, limits).triples
    return [rdfxml(triples) if format_ == "rdf" else export.triples_text(triples, format_, graph.namespaces)]


def _with_evidence(graph: Graph, found: Stream, format_: str, limits: Limits) -> Iterable[str]:
    made = _whole(found, limits)
    if format_ in ("json", "xml"):
        return [results.render(made, format_, "en", iris=True, quotes=True)]
    from fot_graph.formats.attribution import attributed, text  # noqa: PLC0415  few ask for it

    return [text(attributed(graph.store, made.triples, made.evidence()), format_, graph.namespaces)]


def _whole(found: Stream, limits: Limits) -> Answer:
    made = found.answer()
    if found.cut:
        raise _too_many(limits)
    return made


def _too_many(limits: Limits) -> TooMuchError:
    return TooMuchError("too-many-rows", limits.rows)


def _collected(pieces: Iterable[str], limit: int) -> bytes:
    """Put the pieces of an answer together, as long as they are not too many."""
    parts, size = [], 0
    for piece in pieces:
        parts.append(piece.encode())
        size += len(parts[-1])
        if size > limit:
            raise TooMuchError("too-many-megabytes", limit / 1e6)
    return b"".join(parts)


# Standard: SPARQL 1.1 Query Results CSV and TSV Formats. For programs, so nothing is done for spreadsheets.


def _csv(found: Stream) -> Iterator[str]:
    yield ",".join(found.variables) + "\r\n"
    blanks = blank_names()
    for row in found:
        yield ",".join(_csv_cell(term, blanks) for term in row) + "\r\n"


def _csv_cell(term: Term | None, blanks: Mapping[str, str]) -> str:
    match term:
        case None:
            return ""
        case BlankNode():
            return f"_:{blanks[term.value]}"
        case NamedNode():
            text = term.value
        case Literal():
            text = lexical(term)
        case _:
            raise UsageError("csv-triple-term")
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text


def _tsv(found: Stream) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in found.variables) + "\n"
    blanks = blank_names()
    for row in found:
        yield "\t".join(_tsv_cell(term, blanks) for term in row) + "\n"


_NUMBERS = {  # what TSV may write without quotes, as Turtle does
    "http://www.w3.org/2001/XMLSchema#integer": re.compile(r"[+-]?\d+"),
    "http://www.w3.org/2001/XMLSchema#decimal": re.compile(r"[+-]?\d*\.\d+"),
    "http://www.w3.org/2001/XMLSchema#double": re.compile(r"[+-]?(?:\d+\.\d*|\.?\d+)[eE][+-]?\d+"),
}


def _tsv_cell(term: Term | None, blanks: Mapping[str, str]) -> str:
    match term:
        case None:
            return ""
        case BlankNode():
            return f"_:{blanks[term.value]}"
        case Literal():
            text = lexical(term)
            plain = _NUMBERS.get(term.datatype.value)
            written = text if plain and plain.fullmatch(text) else str(Literal(text, datatype=term.datatype))
            # The engine writes a literal as Turtle does, but leaves a tab as it is
            return (str(term) if term.language else written).replace("\t", "\\t")
    return str(term).replace("\t", "\\t")
