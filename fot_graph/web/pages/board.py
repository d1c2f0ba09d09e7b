"""The board: what each item of the question asks, with the verdict on it, the words of the answer, and the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from fot_graph.core import tables
from fot_graph.core.terms import text_of
from fot_graph.core.words import texts
from fot_graph.web.pages.claim_views import ClaimView, QuoteView, claims, link_quotes
from fot_graph.web.pages.common import Namer, TermView, document_of
from fot_graph.web.pages.page import Download, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from fot_graph.api import Graph
    from fot_graph.core.terms import Solution, Term

VERDICTS = ("answered", "partly-answered", "deferred", "referred-elsewhere", "not-answered", "lapsed")


class Verdict(NamedTuple):
    """What was judged. `name` is one of `VERDICTS`, '' where nobody judged; `href` is the page of the claim."""

    name: str
    text: TermView
    href: str


class BoardMatter(NamedTuple):
    """A matter that an item asks about, with the words of the answer and the reason for the verdict."""

    matter: TermView
    verdict: Verdict
    quotes: tuple[QuoteView, ...]
    rationale: TermView


class BoardItem(NamedTuple):
    """An item of the question, with the verdict that follows from those on its matters.

    `answer` is the item that answers it, '' where none does; `joint` tells that this one answers other items too.
    """

    id: str
    label: str
    item: TermView
    asked: TermView
    verdict: Verdict
    answer: TermView
    answer_label: str
    joint: bool
    matters: tuple[BoardMatter, ...]


class Board(NamedTuple):
    """The items of a document's question in order, and how many of their matters got which verdict."""

    document: TermView
    title: TermView
    items: tuple[BoardItem, ...]
    counts: tuple[tuple[str, TermView, int], ...]
    documents: tuple[TermView, ...]


def board(graph: Graph, lang: str, document: str = "") -> Board:
    """Give the board of a document: of the first one, if none is named. Raises: `UnknownNameError`."""
    iri, documents = document_of(graph, document)
    found = list(graph.rows(_MATTERS.replace("{document}", str(NamedNode(iri)))))
    named = ("item", "whole", "matter", "verdict", "answer")
    namer = Namer(graph, lang)
    namer.expect([*documents, *(row[name] for row in found for name in named)])
    judged = claims(graph, namer, [row[name].value for row in found for name in ("claim", "computed") if row[name]])
    both = link_quotes(graph, namer, judged.values())
    blocks: dict[tuple[Term | None, Term | None], list[Solution]] = {}
    for row in found:
        blocks.setdefault((row["item"], row["answer"]), []).append(row)
    answers = [answer for _, answer in blocks]
    items = tuple(
        _item(rows, namer, judged, both, joint=bool(answer) and answers.count(answer) > 1)
        for (_, answer), rows in blocks.items()
    )
    listed = tuple(namer(each) for each in documents) if len(documents) > 1 else ()
    return Board(namer(iri), _title(graph, iri), items, tuple(_counts(items)), listed)


def csv(graph: Graph, lang: str, document: str = "") -> str:
    """Give the board as CSV, for a spreadsheet."""
    return tables.write(*_table(board(graph, lang, document), lang), "csv")


def markdown(graph: Graph, lang: str, document: str = "") -> str:
    """Give the board as Markdown."""
    return tables.write(*_table(board(graph, lang, document), lang), "md")


# --- Inside ----------------------------------------------------------------------------------------------------------

_NOTHING = BoardMatter(TermView(""), Verdict("", TermView(""), ""), (), TermView(""))  # of an item that no claim reads

# A claim that quotes several passages gives its matter several times, first by the first of them. What is asked in
# the same words stands in the order of the words that answer it.
_MATTERS = """SELECT ?item ?label ?asked ?computed ?whole ?matter ?claim ?verdict ?answer ?answer_label {
  ?item a fot:QuestionItem ; oa:hasSource {document} ; prov:value ?asked ;
    oa:hasSelector/oa:start ?start .
  OPTIONAL { ?item skos:notation ?label }
  OPTIONAL { GRAPH ?computed { ?item fot:assessedAs ?whole } }
  OPTIONAL {
    ?item fot:asksAbout ?matter
    OPTIONAL {
      GRAPH ?claim { ?matter fot:assessedAs ?verdict }
      ?claim fot:subjectPassage/oa:hasSelector/oa:start ?place
      OPTIONAL { ?claim fot:objectPassage/oa:hasSelector/oa:start ?said }
    }
    OPTIONAL {
      GRAPH ?asks { ?item fot:asksAbout ?matter }
      ?asks prov:wasQuotedFrom/oa:hasSelector/oa:start ?asked_at
    }
  }
  OPTIONAL { ?answer eli-dl:answers_to ?item ; a fot:AnswerItem OPTIONAL { ?answer skos:notation ?answer_label } }
} ORDER BY ?start COALESCE(?place, ?asked_at) (!BOUND(?said)) ?said ?matter ?claim"""


def _title(graph: Graph, iri: str) -> TermView:
    """Give the title of a document in its own language, '' for none."""
    source = graph.sources[graph.namespaces.document_name(iri)]
    return TermView(source.title, source.language)


def _table(found: Board, lang: str) -> tuple[list[str], list[list[str]]]:
    words = texts("pages", lang)
    names = ("item", "asked", "verdict_whole", "answer", "matter", "verdict", "quotes", "rationale")
    return [words[name].lower() for name in names], [
        [
            item.label,
            item.asked.text,
            item.verdict.text.text or words["nobody_judged"],
            f"{item.answer_label} ({words['joint']})" if item.joint else item.answer_label,
            each.matter.text,
            each.verdict.text.text or words["nobody_judged"],
            " […] ".join(quote.text for quote in each.quotes),
            each.rationale.text,
        ]
        for item in found.items
        for each in item.matters or (_NOTHING,)
    ]


def _item(
    rows: list[Solution],
    namer: Namer,
    judged: dict[str, ClaimView],
    both: dict[str, tuple[tuple[QuoteView, ...], tuple[QuoteView, ...]]],
    *,
    joint: bool,
) -> BoardItem:
    row = rows[0]
    matters: dict[Term, Solution] = {}
    for each in rows:
        if each["matter"]:
            matters.setdefault(each["matter"], each)
    return BoardItem(
        id=f"item-{text_of(row['label'])}",
        label=text_of(row["label"]),
        item=namer(row["item"]),
        asked=namer(row["asked"]),
        verdict=_verdict(row["whole"], row["computed"], namer, judged),
        answer=namer(row["answer"]),
        answer_label=text_of(row["answer_label"]),
        joint=joint,
        matters=tuple(_matter(each, namer, judged, both) for each in matters.values()),
    )


def _matter(
    row: Solution,
    namer: Namer,
    judged: dict[str, ClaimView],
    both: dict[str, tuple[tuple[QuoteView, ...], tuple[QuoteView, ...]]],
) -> BoardMatter:
    claim = judged.get(row["claim"].value) if row["claim"] else None
    return BoardMatter(
        matter=namer(row["matter"]),
        verdict=_verdict(row["verdict"], row["claim"], namer, judged),
        quotes=both[claim.iri][1] if claim else (),
        rationale=claim.rationale if claim else TermView(""),
    )


def _verdict(verdict: NamedNode | None, claim: NamedNode | None, namer: Namer, judged: dict[str, ClaimView]) -> Verdict:
    name = verdict.value.rpartition("/")[2] if verdict else ""
    known = judged.get(claim.value) if claim else None
    return Verdict(name if name in VERDICTS else "", namer(verdict), known.href if known else "")


def _counts(items: tuple[BoardItem, ...]) -> Iterator[tuple[str, TermView, int]]:
    made = [each.verdict for item in items for each in item.matters]
    for name in VERDICTS:
        same = [verdict for verdict in made if verdict.name == name]
        if same:
            yield name, same[0].text, len(same)


# --- The page --------------------------------------------------------------------------------------------------------


def _document(request: Request) -> dict[str, Any]:
    return {"document": request.query_params.get("document", "")}


PAGES = (Page("board", "board.html", board, _document),)
DOWNLOADS = (
    Download("board.csv", "text/csv", csv, _document),
    Download("board.md", "text/markdown", markdown, _document),
)
MENU = ((2, "board"),)
