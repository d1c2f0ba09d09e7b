"""How far the work on a document is: a draft, curated, or reviewed; and what the next level needs.

draft     nobody has written claims of it yet, or not of all of it, or validation finds something to mend
curated   each sentence, title, heading and table row is quoted by a claim, has the reason why it carries none, or is
          of the head and gives one of its facts; each claim that quotes the document says who curated it and on
          which day; validation finds nothing
reviewed  besides, a person who did not curate it has reviewed each of these claims

Pages and `coverage` tell a level without validation, which takes longer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.terms import text_of
from fot_graph.evidence import asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fot_graph.core.terms import Term
    from fot_graph.questions.coverage import CoverageLine
    from fot_graph.stores.interface import StoredGraph

DRAFT, CURATED, REVIEWED = "draft", "curated", "reviewed"
_CLAIMS = """
SELECT DISTINCT ?document ?claim ?curator ?day ?reviewer WHERE {
  ?passage oa:hasSource ?document ; a fot:Passage .
  ?claim prov:wasQuotedFrom ?passage ; a fot:Claim .
  OPTIONAL { ?claim pav:curatedBy ?curator }
  OPTIONAL { ?claim pav:curatedOn ?day }
  OPTIONAL { ?claim fot:reviewedBy ?reviewer }
}
"""


class Signed(NamedTuple):
    """How many claims quote a document, how many lack a curator, a day, or a reviewer who is not their curator."""

    claims: int = 0
    without_curator: int = 0
    without_day: int = 0
    without_reviewer: int = 0


class Stretch(NamedTuple):
    """Lines that nothing covers and that follow each other in one part of a document: `item`, as in `CoverageLine`."""

    item: str
    first: int
    last: int
    sentences: int
    text: str


class DocumentLevel(NamedTuple):
    """A document, by its identifier, with what its level depends on; `mistakes` are what validation finds in it."""

    document: str
    signed: Signed
    uncovered: tuple[Stretch, ...]
    mistakes: int = 0

    @property
    def level(self) -> str:
        """The level that it meets: 'draft', 'curated' or 'reviewed'."""
        return level(self.signed, covered=not self.uncovered and not self.mistakes)


def level(signed: Signed, *, covered: bool) -> str:
    """Give the level of a document.

    >>> level(Signed(), covered=False), level(Signed(3, 0, 0, 3), covered=True), level(Signed(3), covered=True)
    ('draft', 'curated', 'reviewed')
    """
    if not covered or not signed.claims or signed.without_curator or signed.without_day:
        return DRAFT
    return CURATED if signed.without_reviewer else REVIEWED


def levels(
    graph: StoredGraph, lines: Iterable[CoverageLine], mistakes: Mapping[str, int] | None = None
) -> list[DocumentLevel]:
    """Give the level of each document of which there are lines (`coverage.coverage`), in their order.

    `mistakes` counts by document what validation found, where it was asked.
    """
    signed, found = signatures(graph), mistakes or {}
    by_document: dict[str, list[CoverageLine]] = defaultdict(list)
    for line in lines:
        by_document[line.document].append(line)
    return [
        DocumentLevel(name, signed.get(name, Signed()), tuple(_uncovered(of_document)), found.get(name, 0))
        for name, of_document in by_document.items()
    ]


def signatures(graph: StoredGraph, document: str = "") -> dict[str, Signed]:
    """Count the claims that quote each document, or the one of an IRI, and those that lack what the levels ask for."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    query = _CLAIMS.replace("?document ;", f"<{document}> ;") if document else _CLAIMS
    claims: dict[tuple[str, str], tuple[set[Term | None], ...]] = defaultdict(lambda: (set(), set(), set()))
    for where, claim, *said in asking.ask(graph, query).rows:
        name = graph.namespaces.document_name(document or text_of(where))
        for told, term in zip(claims[name, text_of(claim)], said, strict=True):
            told.add(term)
    for (name, _), (curators, days, reviewers) in claims.items():
        lacking = {"curator": None in curators, "day": None in days, "reviewer": not reviewers - curators - {None}}
        counts[name].update(["claims", *(key for key, lacks in lacking.items() if lacks)])
    return {name: Signed(n["claims"], n["curator"], n["day"], n["reviewer"]) for name, n in counts.items()}


def _uncovered(lines: Iterable[CoverageLine]) -> Iterator[Stretch]:
    for (item, covered), stretch in groupby(lines, key=lambda line: (line.item, line.covered)):
        together = [*stretch]
        if not covered:
            yield Stretch(item, together[0].line, together[-1].line, len(together), together[0].text)
