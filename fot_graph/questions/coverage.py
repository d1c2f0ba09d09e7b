"""Which claims quote which sentence: the proof that nothing of a document was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from fot_graph.core.terms import text_of
from fot_graph.core.words import texts
from fot_graph.evidence import asking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fot_graph.stores.interface import StoredGraph

_QUERY = """
SELECT ?document ?start ?leaf ?text ?part ?claim ?head ?reason WHERE {
  VALUES ?kind { doco:Sentence doco:Title fot:Heading fot:TableRow }
  ?leaf a ?kind ; oa:hasSource ?document ; prov:value ?text ; oa:hasSelector/oa:start ?start .
  OPTIONAL {
    ?leaf dcterms:isPartOf+ ?part .
    ?part a ?whole .
    FILTER (?whole IN (fot:QuestionItem, fot:AnswerItem, sro:InitiatiefrechtVraag, sro:InitiatiefrechtAntwoord))
  }
  OPTIONAL {
    ?passage fot:standsIn ?leaf .
    { ?claim prov:wasQuotedFrom ?passage ; a fot:Claim }
    UNION { ?head prov:wasQuotedFrom ?passage ; a fot:FoundClaim ; fot:status status:stated }
    UNION { ?mark prov:wasQuotedFrom ?passage ; a fot:NoClaim ; fot:rationale ?reason }
  }
}
ORDER BY ?document ?start DESC(STRLEN(STR(?part))) ?claim ?head ?reason
"""


_HEAD = """
SELECT DISTINCT ?start WHERE {
  ?head a fot:FoundClaim ; fot:status status:stated ; prov:wasQuotedFrom/fot:standsIn ?leaf .
  ?leaf oa:hasSource <DOCUMENT> ; oa:hasSelector/oa:start ?start .
}
"""


class CoverageLine(NamedTuple):
    """A sentence, title, heading or table row of a document, and what is known of it.

    `document` is an identifier ('written-question-41'), `item` the part it stands in ('question-3a', 'answer', or ''),
    `line` its line in the source, from 1; `claims` are the IRIs of the claims that quote some of it, `reasons` say by
    language why it carries none. Where there is neither, `claims` are those of what the head of the text says there.
    """

    document: str
    item: str
    line: int
    text: str
    claims: tuple[str, ...]
    reasons: dict[str, str]

    @property
    def covered(self) -> bool:
        """Whether a claim quotes it, or a note says with its reason that it carries none."""
        return bool(self.claims or self.reasons)


def part_name(item: str, lang: str) -> str:
    """Name the part that a line stands in, as people do; an item that has no number by its half.

    >>> part_name("question-3a", "nl"), part_name("answer-item-1", "en"), part_name("", "en")
    ('vraag 3a', 'answer', '')
    """
    part, _, number = item.partition("-")
    label = "" if number.startswith("item-") else number
    return f"{texts('coverage', lang).get(part, part)} {label}".strip()


def coverage(graph: StoredGraph) -> list[CoverageLine]:
    """Give every sentence, title, heading and table row of every document, in document order."""
    leaves: dict[str, list[_Row]] = {}
    for row in _rows(graph):
        leaves.setdefault(row.leaf, []).append(row)
    return [_line(graph, rows) for rows in leaves.values()]


def told_by_head(graph: StoredGraph, document: str) -> set[int]:
    """Give where in the text of a document, by its IRI, what its head says is quoted: the starts of sentences."""
    return {int(text_of(start)) for (start,) in asking.ask(graph, _HEAD.replace("DOCUMENT", document)).rows}


def percentage(lines: Sequence[CoverageLine]) -> float:
    """Give the share of covered lines in percent, rounded down to one decimal: 100 means every one.

    >>> percentage([CoverageLine("d", "", n, "", ("c",) if n else (), {}) for n in range(3)])
    66.6
    """
    return 1000 * sum(line.covered for line in lines) // max(1, len(lines)) / 10


class _Row(NamedTuple):
    document: str
    start: int
    leaf: str
    text: str
    part: str
    claim: str
    head: str
    reason: Literal | None


def _rows(graph: StoredGraph) -> Iterator[_Row]:
    for document, start, leaf, text, part, claim, head, reason in asking.ask(graph, _QUERY).rows:
        assert isinstance(start, Literal)
        noted = reason if isinstance(reason, Literal) else None
        said = (text_of(leaf), text_of(text), text_of(part), text_of(claim), text_of(head))
        yield _Row(text_of(document), int(start.value), *said, noted)


def _line(graph: StoredGraph, rows: Sequence[_Row]) -> CoverageLine:
    first = rows[0]  # the part with the longest name comes first: the item before the whole question
    document = graph.namespaces.document_name(first.document)
    claims = dict.fromkeys(row.claim for row in rows if row.claim)
    reasons = {row.reason.language or "": row.reason.value for row in rows if row.reason}
    if not claims and not reasons:
        claims = dict.fromkeys(row.head for row in rows if row.head)
    line = graph.sources[document].line(first.start)
    return CoverageLine(document, first.part.rpartition("#")[2], line, first.text, tuple(claims), reasons)
