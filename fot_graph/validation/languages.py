"""The languages that shapes ask for: those of the workspace for labels, those of the documents for their words.

The shapes are written for the packaged graph, with labels in Dutch and English and a document in Dutch. For another
graph its own languages take their place.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fot_graph.core.terms import node, text_of
from fot_graph.core.words import LANGUAGES
from fot_graph.text.languages import is_in_none_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fot_graph.core.terms import Subject, Term
    from fot_graph.stores.interface import StoredGraph


class Languages(NamedTuple):
    """The languages of a graph: of its labels and rationales, and of its documents, whose words hidden labels are."""

    labels: tuple[str, ...] = LANGUAGES
    documents: tuple[str, ...] = ("nl",)


_AS_WRITTEN = Languages()
_FIRST, _REST, _NIL = node("rdf:first"), node("rdf:rest"), node("rdf:nil")
_IN, _LEAST, _MOST = node("sh:languageIn"), node("sh:minCount"), node("sh:maxCount")


def of(graph: StoredGraph) -> Languages:
    """Give the languages of a graph, as it tells of them itself (`claims.corpus`)."""
    told = _tags(graph, f"<{graph.namespaces.base}> dcterms:language ?tag")
    labels = tuple(told) if told else LANGUAGES
    return Languages(labels, tuple(_tags(graph, "?document a foaf:Document ; dcterms:language ?tag")) or labels)


def foreign_texts(graph: StoredGraph) -> list[str]:
    """List the documents whose text is in none of the languages of the workspace, by their names."""
    spoken = of(graph).labels
    return [name for name, source in graph.sources.items() if is_in_none_of(source.text, spoken)]


def _tags(graph: StoredGraph, where: str) -> list[str]:
    return sorted({text_of(row[0]) for row in graph.rows(f"SELECT DISTINCT ?tag {{ {where} }}")})


def adapted(triples: Iterable[Triple], languages: Languages) -> list[Triple]:
    """Give the triples of shapes with these languages where they name those of the packaged graph."""
    given = list(triples)
    if languages == _AS_WRITTEN:
        return given
    values: dict[tuple[Term, NamedNode], Term] = {(triple.subject, triple.predicate): triple.object for triple in given}
    changed: dict[Triple, list[Triple]] = defaultdict(list)
    for triple in given:
        if triple.predicate == _IN:
            written = tuple(_members(triple.object, values))
            wanted = languages.labels if written == _AS_WRITTEN.labels else languages.documents
            changed[triple] = list(_list(triple.subject, wanted))
            for bound in (_LEAST, _MOST):
                if (count := values.get((triple.subject, bound))) and text_of(count) == str(len(written)):
                    changed[Triple(triple.subject, bound, count)] = [Triple(triple.subject, bound, _count(wanted))]
    return [new for triple in given for new in changed.get(triple, [triple])]


def _members(head: Term, values: dict[tuple[Term, NamedNode], Term]) -> Iterator[str]:
    while head != _NIL:
        yield text_of(values[head, _FIRST])
        head = values[head, _REST]


def _list(shape: Subject, languages: Iterable[str]) -> Iterator[Triple]:
    """Write the languages that a shape allows as a list."""
    subject, predicate = shape, _IN
    for tag in languages:
        entry = BlankNode()
        yield from (Triple(subject, predicate, entry), Triple(entry, _FIRST, Literal(tag)))
        subject, predicate = entry, _REST
    yield Triple(subject, predicate, _NIL)


def _count(languages: tuple[str, ...]) -> Literal:
    return Literal(len(languages))
