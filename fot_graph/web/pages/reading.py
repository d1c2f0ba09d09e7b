"""The reading page: a document as a person wants to read it, each quoted passage marked, each with its claims.

The question stands beside the answer, item by item; `marked_text` cuts the sentences where passages begin and end.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from fot_graph.core.errors import UnknownNameError
from fot_graph.core.fragments import Span, fragment, parse_passage
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.statuses import STATUSES
from fot_graph.questions import coverage, levels
from fot_graph.text.parts import is_leaf, parts, wording
from fot_graph.web.pages.arrangement import arrange
from fot_graph.web.pages.claim_views import ClaimView, claims
from fot_graph.web.pages.common import Namer, TermView, document_of, in_language
from fot_graph.web.pages.found_things import FoundThing, found_things
from fot_graph.web.pages.marked_text import MarkedText, QuotedPassage
from fot_graph.web.pages.page import Page
from fot_graph.web.pages.reading_views import (
    AnswerColumn,
    CountedChoice,
    CoverageCounts,
    DocumentItem,
    QuestionAndAnswer,
    Reading,
    TextBlock,
    TextLeaf,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from starlette.requests import Request

    from fot_graph.api import Graph
    from fot_graph.text.source import Source
    from fot_graph.text.units import Unit
    from fot_graph.web.pages.arrangement import AnswerParts, Pair


def reading(graph: Graph, lang: str, document: str = "", statuses: Collection[str] = (), theme: str = "") -> Reading:
    """Give a document (by its identifier; the first one, if none is given) with its marks and claims.

    `statuses` and `theme` (the local names) leave marked only what claims of them quote.
    Raises: `UnknownNameError` for a document, a status or a theme that is not known.
    """
    for status in statuses:
        if status not in STATUSES:
            raise UnknownNameError("status", status, STATUSES)
    iri, documents = document_of(graph, document)
    namer = Namer(graph, lang, iri)
    namer.expect(documents)
    listed = tuple(namer(each) for each in documents) if len(documents) > 1 else ()
    return _Page(graph, namer, iri, set(statuses), theme).reading(listed)


# --- Inside ----------------------------------------------------------------------------------------------------------

_QUOTED = """SELECT ?passage ?claim ?status ?start ?end {
  ?passage oa:hasSource {document} ; a fot:Passage .
  ?claim prov:wasQuotedFrom ?passage ; a fot:Claim .
}"""
_UNQUOTED = """SELECT ?passage ?reason {
  ?passage oa:hasSource {document} ; a fot:Passage .
  ?note prov:wasQuotedFrom ?passage ; a fot:NoClaim ; fot:rationale ?reason .
}"""
_ALIASES = "SELECT ?old ?new { ?new oa:hasSource {document} ; a fot:Passage . ?old owl:sameAs ?new } ORDER BY ?old"
_ABOUT = """SELECT ?issued ?author {
  BIND(IRI(CONCAT(STR({document}), "#question")) AS ?question)  # which the text need not have
  OPTIONAL { ?question dcterms:issued ?issued } OPTIONAL { ?question dcterms:creator ?author }
}"""
_REFORM_THEMES = "SELECT ?theme { ?theme a fot:Theme } ORDER BY ?theme"
_BLOCKS = {"paragraph", "list", "list-item", "table"}
_NOT_SHOWN = {"marker", "furniture", "footnote"}  # within a block: footnotes stand after the text


class _Page:
    """A document while it is laid out."""

    def __init__(self, graph: Graph, namer: Namer, iri: str, statuses: set[str], theme: str) -> None:
        self.graph, self.namer, self.iri, self.statuses, self.theme = graph, namer, iri, statuses, theme
        self.source: Source = graph.sources[graph.namespaces.document_name(iri)]
        self.text, self.tongue = self.source.text, self.source.language
        self.ids = {_key(unit): id_ for unit, id_, _ in parts(self.source)}
        self.claims, passages = self._quoted()
        self.reasons = self._reasons()
        self.marked = {n for n, claim in enumerate(self.claims) if self._is_marked(claim)}
        statuses_of = [claim.status for claim in self.claims]
        self.found = found_things(graph, namer, iri, self.source)
        self.marks = MarkedText(self.source, passages, statuses_of, self.marked, self.ids.values(), self._aliases())
        self.marks.mark_found([(each.span, each.title) for each in self.found])
        self.ends = self._ends_of_reasons()

    def reading(self, documents: tuple[TermView, ...]) -> Reading:
        """Lay the page out."""
        placed = arrange(self.source)
        first, *others = (self._answer(answer) for answer in placed.answers)
        about = list(self._rows(_ABOUT))
        return Reading(
            document=self.namer(self.iri),
            tongue=self.tongue,
            number=self.source.number,
            issued=next((self.namer(row[0]) for row in about if row[0]), None),
            authors=tuple(sorted({self.namer(row[1]) for row in about if row[1]})),
            is_question=placed.is_question,
            policy_field=self._leaf(placed.policy_field) if placed.policy_field else None,
            title=self._leaf(placed.title) if placed.title else None,
            opening=tuple(map(self._block, placed.opening)),
            named=self.source.title,
            context=tuple(map(self._block, placed.context)),
            answer=first,
            further=tuple(others),
            closing=tuple((name, tuple(map(self._block, blocks))) for name, blocks in placed.closing),
            found=self.found,
            found_elsewhere=self._found_elsewhere(),
            claims=self.claims,
            themes_of=tuple(" ".join(_local(theme) for theme in claim.themes) for claim in self.claims),
            marked=frozenset(self.marked),
            status_names={choice.value: choice.name.text for choice in self._status_choices()},
            coverage=self._coverage(),
            statuses=tuple(self._status_choices()),
            themes=tuple(self._theme_choices()),
            documents=documents,
        )

    # What is quoted

    def _rows(self, query: str) -> Iterator[Sequence[NamedNode]]:
        yield from self.graph.rows(query.replace("{document}", str(NamedNode(self.iri))))  # type: ignore[misc]

    def _quoted(self) -> tuple[tuple[ClaimView, ...], list[QuotedPassage]]:
        """Give the claims in the order of the passages that they quote first, and the passages."""
        by_span: dict[Span, list[str]] = {}
        for row in self._rows(_QUOTED):
            by_span.setdefault(_span(row[0].value), []).append(row[1].value)
        ordered = dict.fromkeys(iri for span in sorted(by_span) for iri in sorted(by_span[span]))
        found = claims(self.graph, self.namer, ordered)
        numbers = {iri: number for number, iri in enumerate(found)}
        quoted = [QuotedPassage(span, tuple(sorted(numbers[iri] for iri in by_span[span]))) for span in sorted(by_span)]
        return tuple(found.values()), quoted

    def _reasons(self) -> dict[Span, TermView]:
        """Say of passages without a claim why they have none."""
        found: dict[Span, dict[str, str]] = {}
        for passage, reason in self._rows(_UNQUOTED):
            tag = getattr(reason, "language", "") or ""
            found.setdefault(_span(passage.value), {})[tag] = reason.value
        return {span: in_language(said.items(), self.namer.lang) for span, said in found.items()}

    def _aliases(self) -> dict[Span, tuple[str, ...]]:
        """Give for passages the identifiers by which they went in an earlier version of the text."""
        found: dict[Span, tuple[str, ...]] = {}
        for old, new in self._rows(_ALIASES):
            found[_span(new.value)] = (*found.get(_span(new.value), ()), old.value.partition("#")[2])
        return found

    def _is_marked(self, claim: ClaimView) -> bool:
        return (not self.statuses or claim.status in self.statuses) and (
            not self.theme or any(_local(theme) == self.theme for theme in claim.themes)
        )

    # The parts of the page

    def _answer(self, answer: AnswerParts) -> AnswerColumn:
        head = self._leaf(answer.head) if answer.head else None
        return AnswerColumn(head, tuple(map(self._block, answer.preamble)), tuple(map(self._pair, answer.pairs)))

    def _pair(self, pair: Pair) -> QuestionAndAnswer:
        return QuestionAndAnswer(
            tuple(map(self._item, pair.asked)),
            self._item(pair.answered) if pair.answered else None,
            tuple((self.ids[_key(unit)], unit.label) for unit in pair.named),
            pair.elsewhere,
        )

    def _item(self, unit: Unit) -> DocumentItem:
        fragment_ = self.ids[_key(unit)]
        blocks = [self._block(child) for child in unit.children if child.kind not in _NOT_SHOWN]
        name = self.namer(f"{self.iri}#{fragment_}")
        return DocumentItem(fragment_, unit.label, name, tuple(blocks), self._found_in(unit))

    def _found_in(self, unit: Unit) -> tuple[FoundThing, ...]:
        return tuple(each for each in self.found if unit.start <= each.span.start < unit.end)

    def _found_elsewhere(self) -> tuple[FoundThing, ...]:
        """Give what was found in no item of question or answer."""
        items = (*self.source.question_items(), *self.source.answer_items())
        within = {each for item in items for each in self._found_in(item)}
        return tuple(each for each in self.found if each not in within)

    def _block(self, unit: Unit) -> TextBlock:
        inner = (unit,) if is_leaf(unit) else [child for child in unit.children if child.kind not in _NOT_SHOWN]
        line, id_ = self.source.line(unit.start), self.ids.get(_key(unit), "")
        marker = next((child.label for child in unit.children if child.kind == "marker"), "")
        if inner and inner[0].kind in _BLOCKS:
            return TextBlock(unit.kind, id_, line, marker, blocks=tuple(map(self._block, inner)))
        return TextBlock(unit.kind, id_, line, marker, leaves=tuple(map(self._leaf, inner)))

    def _leaf(self, unit: Unit) -> TextLeaf:
        span = Span(unit.start, unit.end)
        numbers = self.marks.claims_at(span)
        counts = Counter(self.claims[number].status for number in numbers if number in self.marked)
        present = {self.claims[number].status for number in numbers}
        return TextLeaf(
            fragment(span),
            unit.kind,
            wording(self.text, unit),
            self.marks.cells(unit),
            numbers,
            tuple((status, counts[status]) for status in sorted(present, key=partial(self.marks.rank, unit.start))),
            self._reason(span),
            span in self.ends,
            self.source.line(unit.start),
        )

    def _reason(self, span: Span) -> TermView | None:
        """Give the reason why a leaf has no claim, if it has none."""
        reasons = (reason for at, reason in self.reasons.items() if at.start < span.end and span.start < at.end)
        return None if self.marks.claims_at(span) else next(reasons, None)

    def _ends_of_reasons(self) -> set[Span]:
        """Find the leaves that end a stretch without claims for one reason."""
        leaves = [Span(unit.start, unit.end) for unit, _, _ in parts(self.source) if is_leaf(unit)]
        reasons = [(span, self._reason(span)) for span in leaves]
        return {span for (span, reason), (_, after) in pairwise([*reasons, (None, None)]) if span and reason != after}

    # What is told about the page

    def _coverage(self) -> CoverageCounts:
        leaves = [(unit, Span(unit.start, unit.end)) for unit, _, _ in parts(self.source) if is_leaf(unit)]
        in_head = coverage.told_by_head(self.graph, self.iri)
        others = [(self._leaf(unit), span.start) for unit, span in leaves if not self.marks.claims_at(span)]
        told = [leaf for leaf, start in others if leaf.reason is not None or start not in in_head]
        quoted, accounted = len(leaves) - len(told), sum(leaf.reason is not None for leaf in told)
        signed = levels.signatures(self.graph, self.iri).get(self.graph.namespaces.document_name(self.iri))
        level = levels.level(signed or levels.Signed(), covered=quoted + accounted == len(leaves))
        return CoverageCounts(len(leaves), quoted, accounted, tuple(told), level)

    def _status_choices(self) -> Iterator[CountedChoice]:
        counts = Counter(claim.status for claim in self.claims)
        for status in STATUSES:
            name = self.namer(PREFIXES["status"] + status)
            yield CountedChoice(status, name, counts[status], status in self.statuses)

    def _theme_choices(self) -> Iterator[CountedChoice]:
        counts = Counter(theme for claim in self.claims for theme in claim.themes)
        themes = [row[0].value for row in self.graph.rows(_REFORM_THEMES)]
        self.namer.expect(themes)
        choices = [
            CountedChoice(_local(iri), self.namer(iri), counts[iri], _local(iri) == self.theme) for iri in themes
        ]
        if self.theme and not any(choice.chosen for choice in choices):
            raise UnknownNameError("theme", self.theme, [choice.value for choice in choices])
        yield from sorted(
            (choice for choice in choices if choice.total), key=lambda choice: choice.name.text.casefold()
        )


def _key(unit: Unit) -> tuple[str, int, int]:
    return unit.kind, unit.start, unit.end


def _span(iri: str) -> Span:
    found = parse_passage(iri)
    assert found  # the address of every passage is made of it
    return found[1]


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


# --- The page --------------------------------------------------------------------------------------------------------


def _asked(request: Request) -> dict[str, Any]:
    asked = request.query_params
    document = request.path_params.get("document") or asked.get("document", "")
    statuses = tuple(dict.fromkeys(filter(None, asked.getlist("status"))))
    return {"document": document, "statuses": statuses, "theme": asked.get("theme", "")}


PAGES = (
    Page("", "reading.html", reading, _asked),
    Page("page/doc/{document}", "reading.html", reading, _asked),
)
MENU = ((1, ""),)
