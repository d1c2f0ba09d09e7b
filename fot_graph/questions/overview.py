"""What a graph holds, in five lines that are counted and not written: documents, claims, findings, themes, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.core.terms import text_of
from fot_graph.core.words import fill, texts
from fot_graph.evidence import asking
from fot_graph.questions.coverage import coverage, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fot_graph.stores.interface import StoredGraph


_DOCUMENTS = """
SELECT ?document ?title {
  ?document a foaf:Document ; prov:value ?text OPTIONAL { ?document dcterms:title ?title }
} ORDER BY ?document
"""
_CLAIMS = """
SELECT ?status (COUNT(*) AS ?n) { ?claim a fot:Claim ; fot:status ?status } GROUP BY ?status ORDER BY DESC(?n) ?status
"""
_FINDINGS = "SELECT ?kind (COUNT(*) AS ?n) { ?finding fot:findingKind ?kind } GROUP BY ?kind ORDER BY DESC(?n) ?kind"
_THEMES = """
SELECT (COUNT(*) AS ?links) (COUNT(DISTINCT ?theme) AS ?themes) (SUM(IF(?s = strength:strong, 1, 0)) AS ?strong)
  (SUM(IF(?s = strength:plausible, 1, 0)) AS ?plausible) (SUM(IF(?s = strength:weak, 1, 0)) AS ?weak) {
  GRAPH ?claim { ?finding fot:informs ?theme } ?claim fot:strength ?s
}
"""


def overview(graph: StoredGraph, lang: str = "en") -> list[tuple[str, str]]:
    """Say what a graph holds, in 'nl' or 'en': five pairs of a heading and a text.

    >>> from fot_graph import load
    >>> [heading for heading, _ in overview(load())]
    ['documents', 'claims', 'findings', 'themes', 'coverage']
    """
    documents, lines = list(_documents(graph, lang)), coverage(graph)
    facts: dict[str, tuple[object, ...]] = {
        "documents": (len(documents), "; ".join(documents)),
        "claims": _count_text(graph, _CLAIMS, lang),
        "findings": _count_text(graph, _FINDINGS, lang),
        "themes": tuple(int(text_of(term)) for term in asking.ask(graph, _THEMES).rows[0]),
        "coverage": (f"{percentage(lines):g}", len(lines)),
    }
    words = texts("overview", lang)
    return [(words[name], fill(words[f"{name}-said"], lang, *values).rstrip(" :")) for name, values in facts.items()]


def _documents(graph: StoredGraph, lang: str) -> Iterator[str]:
    for document, title in asking.ask(graph, _DOCUMENTS).rows:
        name, read = graph.label(text_of(document), lang), " ".join(text_of(title).split())
        yield f"{name}, ‘{read}’" if read else name


def _count_text(graph: StoredGraph, query: str, lang: str) -> tuple[int, str]:
    """Give a sum, and what it is the sum of."""
    counts = [(graph.label(text_of(row[0]), lang), int(text_of(row.n))) for row in asking.ask(graph, query).rows]
    return sum(n for _, n in counts), ", ".join(f"{n} {name}" for name, n in counts)
