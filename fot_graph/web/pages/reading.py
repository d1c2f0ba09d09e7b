"""The reading page: a document as a person wants to read it, each quoted passage marked, each with its claims.

The question stands beside the answer, item by item; `marked_text` cuts the sentences where passages begin and end.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from fot_graph.core.errors import UnknownNameError
from fot_graph.core.fragments import Span, fragment, parse_passage
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.statuses import STATUSES
from fot_graph.text.parts import is_leaf, parts
from fot_graph.text.passages import reflow
from fot_graph.web.pages.claim_views import ClaimView, claims
from fot_graph.web.pages.common import Namer, TermView, document_of
from fot_graph.web.pages.marked_text import MarkedText, QuotedPassage, answer_start
from fot_graph.web.pages.page import Page
from fot_graph.web.pages.reading_views import (
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
  {document} dcterms:hasPart ?question . ?question a sro:InitiatiefrechtVraag .
  OPTIONAL { ?question dcterms:issued ?issued } OPTIONAL { ?question dcterms:creator ?author }
}"""
_REFORM_THEMES = "SELECT ?theme { ?theme a fot:Theme } ORDER BY ?theme"
_BLOCKS = {"paragraph", "list", "list-item", "table"}
_NOT_SHOWN = {"question-item", "answer-item"}  # among the blocks: each stands beside its answer


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
        self.marks = MarkedText(self.source, passages, statuses_of, self.marked, self.ids.values(), self._aliases())

    def reading(self, documents: tuple[TermView, ...]) -> Reading:
        """Lay the page out."""
        first_answer = {label: item for item in self.source.answer_items() for label in self.source.answered_by(item)}
        field, title, head = (self._first(kind) for kind in ("policy-field", "title", "answer-head"))
        shown = {_key(unit) for unit in (field, title, head) if unit}
        before, within, after = self._around(shown)
        issued, author = next(iter(self._rows(_ABOUT)), (None, None))
        return Reading(
            document=self.namer(self.iri),
            tongue=self.tongue,
            number=self.source.number,
            issued=self.namer(issued) if issued else None,
            author=self.namer(author) if author else None,
            policy_field=self._leaf(field) if field else None,
            title=self._leaf(title) if title else None,
            opening=tuple(self._block(unit) for unit in before if unit in self._outside()),
            named=self.source.title,
            context=tuple(self._block(unit) for unit in before if unit not in self._outside()),
            head=self._leaf(head) if head else None,
            preamble=tuple(map(self._block, within)),
            pairs=tuple(self._pairs(first_answer)),
            closing=tuple(map(self._block, after)),
            claims=self.claims,
            themes_of=tuple(" ".join(_local(theme) for theme in claim.themes) for claim in self.claims),
            marked=frozenset(self.marked),
            status_names={choice.value: choice.name.text for choice in self._status_choices()},
            coverage=self._coverage(),
            statuses=tuple(self._status_choices()),
            themes=tuple(self._theme_choices()),
            documents=documents,
        )

    def _first(self, kind: str) -> Unit | None:
        """Give the first unit of a kind."""
        return next((unit for unit, _ in self.source.walk() if unit.kind == kind), None)

    def _around(self, shown: set[tuple[str, int, int]]) -> tuple[list[Unit], list[Unit], list[Unit]]:
        """Give what stands before and within the items of question and answer, and after them, but not the `shown`."""
        units = (unit for whole in self._wholes() for unit in whole)
        blocks = [unit for unit in units if unit.kind not in _NOT_SHOWN and _key(unit) not in shown]
        items = [unit for unit, _ in self.source.walk() if unit.kind in ("question-item", "answer-item")]
        answer = answer_start(self.source)
        last = items[-1].start if items else len(self.text)
        before = [unit for unit in blocks if unit.start < min(answer, last)]
        answers = [whole for whole in self.source.root.children if whole.kind == "answer"]
        within = [unit for unit in blocks if unit.start < last and any(unit in whole.children for whole in answers)]
        return before, within, [unit for unit in blocks if unit not in before and unit not in within]

    def _outside(self) -> list[Unit]:
        """Give what stands in neither question nor answer, of a text that has either."""
        of_document = list(self.source.root.children)
        halves = ("question", "answer", "question-item", "answer-item")
        return of_document if any(unit.kind in halves for unit in of_document) else []

    def _wholes(self) -> Iterator[Sequence[Unit]]:
        """Give what stands in the document, in question and answer, and in an annex."""
        for unit in self.source.root.children:
            yield unit.children if unit.kind in ("question", "answer", "annex") else (unit,)

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
        chosen = {span: self.namer.lang if self.namer.lang in said else min(said) for span, said in found.items()}
        return {span: TermView(found[span][tag], tag) for span, tag in chosen.items()}

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

    def _pairs(self, answered: dict[str, Unit]) -> Iterator[QuestionAndAnswer]:
        """Give each answer item with its questions, where the first of them stands, and what nobody answered alone."""
        asked: dict[int, list[Unit]] = {}
        for item in self.source.question_items():
            answer = answered.get(item.label)
            asked.setdefault(answer.start if answer else -item.start, []).append(item)
        for place, items in asked.items():
            answer = answered.get(items[0].label) if place > 0 else None
            yield QuestionAndAnswer(tuple(map(self._item, items)), self._item(answer) if answer else None)
        for item in self.source.answer_items():
            if item.start not in asked:
                yield QuestionAndAnswer((), self._item(item))

    def _item(self, unit: Unit) -> DocumentItem:
        fragment_ = self.ids[_key(unit)]
        blocks = [self._block(child) for child in unit.children if child.kind != "marker"]
        return DocumentItem(fragment_, unit.label, self.namer(f"{self.iri}#{fragment_}"), tuple(blocks))

    def _block(self, unit: Unit) -> TextBlock:
        inner = [child for child in unit.children or (unit,) if child.kind != "marker"]
        line, id_ = self.source.line(unit.start), self.ids.get(_key(unit), "")
        if inner and inner[0].kind in _BLOCKS:
            return TextBlock(unit.kind, id_, line, blocks=tuple(map(self._block, inner)))
        return TextBlock(unit.kind, id_, line, leaves=tuple(map(self._leaf, inner)))

    def _leaf(self, unit: Unit) -> TextLeaf:
        span = Span(unit.start, unit.end)
        numbers = self.marks.claims_at(span)
        counts = Counter(self.claims[number].status for number in numbers if number in self.marked)
        present = {self.claims[number].status for number in numbers}
        reasons = [reason for at, reason in self.reasons.items() if at.start < span.end and span.start < at.end]
        return TextLeaf(
            fragment(span),
            unit.kind,
            reflow(self.text[unit.start : unit.end]),
            self.marks.cells(unit),
            numbers,
            tuple((status, counts[status]) for status in sorted(present, key=partial(self.marks.rank, unit.start))),
            None if numbers or not reasons else reasons[0],
            self.source.line(unit.start),
        )

    # What is told about the page

    def _coverage(self) -> CoverageCounts:
        leaves = [(unit, Span(unit.start, unit.end)) for unit, _, _ in parts(self.source) if is_leaf(unit)]
        quoted = [span for _, span in leaves if self.marks.claims_at(span)]
        told = [self._leaf(unit) for unit, span in leaves if not self.marks.claims_at(span)]
        accounted = sum(leaf.reason is not None for leaf in told)
        return CoverageCounts(len(leaves), len(quoted), accounted, tuple(told))

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
