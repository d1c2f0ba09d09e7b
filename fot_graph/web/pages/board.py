"""The board: each item of the question with the verdict on its answer, the words of the answer, and the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from fot_graph.core import tables
from fot_graph.core.words import texts
from fot_graph.web.pages.claim_views import ClaimView, QuoteView, claims, link_quotes
from fot_graph.web.pages.common import Namer, TermView, document_of
from fot_graph.web.pages.page import Download, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from fot_graph.api import Graph
    from fot_graph.core.terms import Solution

VERDICTS = ("answered", "partly-answered", "deferred", "not-answered")


class BoardRow(NamedTuple):
    """An item of the question. `verdict` is one of `VERDICTS`, '' where nobody judged.

    `answer` is the item that answers it, '' where none does; `joint` tells that this one answers other items too.
    """

    id: str
    label: str
    item: TermView
    asked: TermView
    verdict: str
    verdict_name: TermView
    answer: TermView
    answer_label: str
    joint: bool
    quotes: tuple[QuoteView, ...]
    rationale: TermView
    claim: ClaimView | None


class Board(NamedTuple):
    """The items of a document's question in order, and how many of them got which verdict."""

    document: TermView
    rows: tuple[BoardRow, ...]
    counts: tuple[tuple[str, TermView, int], ...]
    documents: tuple[TermView, ...]


def board(graph: Graph, lang: str, document: str = "") -> Board:
    """Give the board of a document: of the first one, if none is named. Raises: `UnknownNameError`."""
    iri, documents = document_of(graph, document)
    found = list(graph.rows(_ITEMS.replace("{document}", str(NamedNode(iri)))))
    namer = Namer(graph, lang)
    namer.expect([*documents, *(term for row in found for term in (row["item"], row["verdict"], row["answer"]))])
    judged = claims(graph, namer, [row["claim"].value for row in found if row["claim"]])
    both = link_quotes(graph, namer, judged.values())
    answers = [row["answer"] for row in found]
    made = tuple(
        _row(row, namer, judged, both, joint=bool(row["answer"]) and answers.count(row["answer"]) > 1) for row in found
    )
    listed = tuple(namer(each) for each in documents) if len(documents) > 1 else ()
    return Board(namer(iri), made, tuple(_counts(made)), listed)


def csv(graph: Graph, lang: str, document: str = "") -> str:
    """Give the board as CSV, for a spreadsheet."""
    return tables.write(*_table(board(graph, lang, document), lang), "csv")


def markdown(graph: Graph, lang: str, document: str = "") -> str:
    """Give the board as Markdown."""
    return tables.write(*_table(board(graph, lang, document), lang), "md")


# --- Inside ----------------------------------------------------------------------------------------------------------

_ITEMS = """SELECT ?item ?label ?asked ?claim ?verdict ?answer ?answer_label {
  ?item a fot:QuestionItem ; oa:hasSource {document} ; skos:notation ?label ; prov:value ?asked ;
    oa:hasSelector/oa:start ?start .
  OPTIONAL { GRAPH ?claim { ?item fot:assessedAs ?verdict } }
  OPTIONAL { ?answer eli-dl:answers_to ?item ; a fot:AnswerItem ; skos:notation ?answer_label }
} ORDER BY ?start ?claim"""


def _table(found: Board, lang: str) -> tuple[list[str], list[list[str]]]:
    words = texts("pages", lang)
    header = [words[name].lower() for name in ("item", "asked", "verdict", "answer", "quotes", "rationale")]
    return header, [
        [
            row.label,
            row.asked.text,
            row.verdict_name.text or words["nobody_judged"],
            f"{row.answer_label} ({words['joint']})" if row.joint else row.answer_label,
            " […] ".join(quote.text for quote in row.quotes),
            row.rationale.text,
        ]
        for row in found.rows
    ]


def _row(
    row: Solution,
    namer: Namer,
    judged: dict[str, ClaimView],
    both: dict[str, tuple[tuple[QuoteView, ...], tuple[QuoteView, ...]]],
    *,
    joint: bool,
) -> BoardRow:
    claim = judged.get(row["claim"].value) if row["claim"] else None
    verdict = row["verdict"].value.rpartition("/")[2] if row["verdict"] else ""
    return BoardRow(
        id=f"item-{row['label'].value}",
        label=row["label"].value,
        item=namer(row["item"]),
        asked=namer(row["asked"]),
        verdict=verdict if verdict in VERDICTS else "",
        verdict_name=namer(row["verdict"]),
        answer=namer(row["answer"]),
        answer_label=row["answer_label"].value if row["answer_label"] else "",
        joint=joint,
        quotes=both[claim.iri][1] if claim else (),
        rationale=claim.rationale if claim else TermView(""),
        claim=claim,
    )


def _counts(made: tuple[BoardRow, ...]) -> Iterator[tuple[str, TermView, int]]:
    for verdict in VERDICTS:
        same = [row for row in made if row.verdict == verdict]
        if same:
            yield verdict, same[0].verdict_name, len(same)


# --- The page --------------------------------------------------------------------------------------------------------


def _document(request: Request) -> dict[str, Any]:
    return {"document": request.query_params.get("document", "")}


PAGES = (Page("board", "board.html", board, _document),)
DOWNLOADS = (
    Download("board.csv", "text/csv", csv, _document),
    Download("board.md", "text/markdown", markdown, _document),
)
MENU = ((2, "board"),)
