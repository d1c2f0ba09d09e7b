"""A query and its answer as bytes, whole or not at all. Runs in a worker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from fot_graph.core import media_types
from fot_graph.core.errors import QuerySyntaxError
from fot_graph.formats import rdf, results, sparql_results
from fot_graph.web.http.errors import TooMuchError
from fot_graph.web.http.negotiation import best

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fot_graph.api import Graph
    from fot_graph.evidence.answers import Answer, Stream
    from fot_graph.web.settings import RequestLimits

_HELD = {"select": media_types.ROWS, "ask": media_types.TRUTH}  # by the form of the query; of the others it is a graph


class EndpointQuery(NamedTuple):
    """What a client asks; graphs are IRIs.

    `formats` are names or media types: the first of them in which there is an answer goes before `accept`.
    """

    query: str
    accept: str = ""
    formats: tuple[str, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    evidence: bool = False
    base: str = ""


class EndpointReply(NamedTuple):
    """An answer: its media type and its bytes. `lasting` tells that the same question gets the same answer again."""

    media_type: str
    body: bytes
    lasting: bool = False


def answer(graph: Graph, question: EndpointQuery, limits: RequestLimits) -> EndpointReply:
    """Answer a question whole.

    Raises: `QuerySyntaxError`, `QueryRefusedError`, `TooMuchError`, `UsageError` for a graph that is not here,
    and `WebError` for a form that cannot be had.
    """
    found = _execute(graph, question)
    media_type = _media_type(question, found.form)
    format_ = media_types.standard_formats(_result_kind(found.form))[media_type]
    found.limit = limits.rows
    write = _with_evidence if question.evidence else _plain
    body = _joined_bytes(write(graph, found, format_.name, limits), limits.answer)
    if found.cut:
        raise _too_many(limits)
    return EndpointReply(media_types.with_charset(media_type), body, not _CHANGING.search(question.query))


# What gives another answer each time: a clock, chance, and new names. Rather too often than too seldom
_CHANGING = re.compile(r"NOW|RAND|UUID|BNODE|\\u", re.IGNORECASE)


def _execute(graph: Graph, question: EndpointQuery) -> Stream:
    """Ask, first without a base for relative IRIs, so that an error is told of at its own place."""

    def asked(query: str) -> Stream:
        return graph.stream(query, question.default_graphs, question.named_graphs)

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


def _media_type(question: EndpointQuery, form: str) -> str:
    offered = media_types.standard_formats(_result_kind(form))
    if question.evidence:
        offered = {name: format_ for name, format_ in offered.items() if format_.name not in _WITHOUT_EVIDENCE}
    wished = (media_types.meant(each, offered) for each in question.formats)
    return next(filter(None, wished), None) or best(question.accept, list(offered))


_WITHOUT_EVIDENCE = ("csv", "tsv")  # no standard form of theirs has a place for it


def _result_kind(form: str) -> str:
    return _HELD.get(form, media_types.GRAPH)


# --- Writing ---------------------------------------------------------------------------------------------------------


_WRITERS: dict[str, Callable[[Stream], Iterable[str]]] = {
    "json": sparql_results.json,
    "xml": sparql_results.xml,
    "csv": sparql_results.csv,
    "tsv": sparql_results.tsv,
}


def _plain(graph: Graph, found: Stream, format_: str, limits: RequestLimits) -> Iterable[str]:
    if found.form in _HELD:
        return _WRITERS[format_](found)
    return [rdf.triples_text(_complete_answer(found, limits).triples, format_, graph.namespaces)]


def _with_evidence(graph: Graph, found: Stream, format_: str, limits: RequestLimits) -> Iterable[str]:
    made = _complete_answer(found, limits)
    if format_ in ("json", "xml"):
        return [results.render(made, format_, "en", iris=True, quotes=True)]
    from fot_graph.formats.attribution import quads_with_provenance  # noqa: PLC0415  few ask for it

    return [
        rdf.quads_text(quads_with_provenance(graph.store, made.triples, made.evidence()), format_, graph.namespaces)
    ]


def _complete_answer(found: Stream, limits: RequestLimits) -> Answer:
    made = found.answer()
    if found.cut:
        raise _too_many(limits)
    return made


def _too_many(limits: RequestLimits) -> TooMuchError:
    return TooMuchError("too-many-rows", limits.rows)


def _joined_bytes(pieces: Iterable[str], limit: int) -> bytes:
    """Put the pieces of an answer together, as long as they are not too many."""
    parts, size = [], 0
    for piece in pieces:
        parts.append(piece.encode())
        size += len(parts[-1])
        if size > limit:
            raise TooMuchError("too-many-megabytes", limit / 1e6)
    return b"".join(parts)
