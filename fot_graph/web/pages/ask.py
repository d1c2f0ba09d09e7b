"""The ask page: the catalogue of questions, a query with its answer, and under each row what it rests on."""

from __future__ import annotations

import re
from importlib.util import find_spec
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core import media_types
from fot_graph.core.errors import UsageError
from fot_graph.core.terms import all_numbers
from fot_graph.core.words import LANGUAGES, texts
from fot_graph.evidence.wording import Reader
from fot_graph.formats import attribution, rdf, results
from fot_graph.questions import catalogue
from fot_graph.web.pages.around import picture_of
from fot_graph.web.pages.claim_views import ClaimView, claims
from fot_graph.web.pages.common import Namer, TermView
from fot_graph.web.pages.ontology import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fot_graph.api import Graph
    from fot_graph.evidence.answers import Answer, Row
    from fot_graph.evidence.claims import Evidence
    from fot_graph.pictures.drawing import Drawing

ROWS = 50  # of a page
MOST = 2_000  # rows of an answer that is shown; a download has them all
_NOT_OFFERED = {"table"} if find_spec("openpyxl") else {"table", "xlsx"}
_ROWS = (each for each in media_types.formats_holding(media_types.ROWS).values() if each.name not in _NOT_OFFERED)
ROW_FORMATS = sorted(_ROWS, key=lambda each: each.title)  # so that CSV comes before the forms for programs
GRAPH_FORMATS = [*media_types.formats_holding(media_types.GRAPH).values()]


class QuestionView(NamedTuple):
    """A question of the catalogue, in one language; `parameters` with their defaults."""

    name: str
    summary: str
    tag: str
    parameters: tuple[tuple[str, str], ...]


class AnswerPage(NamedTuple):
    """A query and its answer, as far as one page shows it.

    `form` is that of the query. `rows` begin with the row number `first` of `total`; `cut` tells that the answer is
    longer than was read. Of a graph the triples are the rows, and `picture` draws them, if they are not too many, but
    for as many as `left_out`. `warnings` tell of terms that the graph does not hold.
    """

    query: str
    form: str
    columns: tuple[str, ...]
    numeric: frozenset[int]
    rows: tuple[tuple[TermView, ...], ...]
    first: int
    total: int
    cut: bool
    truth: bool | None
    seconds: float
    picture: Drawing | None
    left_out: int
    warnings: tuple[str, ...]


class RowSupport(NamedTuple):
    """What a row rests on: the numbers of claims, and what else is to be said in words."""

    claims: tuple[int, ...]
    notes: tuple[str, ...]


class PageSupport(NamedTuple):
    """What the rows of a page rest on; the claims go by their numbers."""

    rows: tuple[RowSupport, ...]
    claims: tuple[ClaimView, ...]


def questions(graph: Graph, lang: str) -> tuple[QuestionView, ...]:
    """Give the catalogue, by topic."""
    found = (
        QuestionView(each.name, each.summary[lang], (*each.tags, "")[0], _parameters(each))
        for each in catalogue.questions(*graph.workspaces).values()
    )
    return tuple(sorted(found, key=lambda question: (question.tag, question.summary)))


def text(graph: Graph, lang: str, question: str, parameters: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Write the query of a question of the catalogue, and give the headings of its answer.

    Raises: `UnknownNameError` for a question, a parameter or a name that is not known; `UsageError`.
    """
    chosen = catalogue.question(question, *graph.workspaces)
    given = {name: value for name, value in parameters.items() if value}
    if "lang" in chosen.parameters:
        given["lang"] = lang
    headings = chosen.columns if lang == "nl" else ()
    return _HEADER.sub("", catalogue.bind(chosen, graph, given)), headings


def answer_page(graph: Graph, lang: str, query: str, first: int = 0, *, iris: bool = False) -> AnswerPage:
    """Ask, and give the answer from row number `first`. Raises what `Graph.query` does."""
    began = perf_counter()
    answer, cut = _read_answer(graph, query)
    seconds = perf_counter() - began
    rows: Sequence[Sequence[NamedNode | Literal | None]] = [*answer] if answer.truth is None else []
    part = rows[first : first + ROWS]
    namer = Namer(graph, lang)
    is_graph = answer.form in ("construct", "describe")
    columns = _triple_columns(lang) if is_graph else answer.variables
    picture, drawn = _picture(rows, namer) if is_graph else (None, 0)
    return AnswerPage(
        query,
        answer.form,
        columns,
        frozenset(place for place in range(len(columns)) if all_numbers(row[place] for row in part)),
        _shown_rows(answer, part, namer, iris=iris),
        first,
        len(rows),
        cut,
        answer.truth,
        seconds,
        picture,
        len(rows) - drawn,
        tuple(warning.worded(lang) for warning in answer.warnings),
    )


def page_support(graph: Graph, lang: str, query: str, first: int = 0) -> PageSupport:
    """Give what the rows from number `first` rest on. Raises what `Graph.query` does."""
    answer, _ = _read_answer(graph, query)
    found = _evidence(answer, first)
    namer = Namer(graph, lang)
    judged = claims(graph, namer, dict.fromkeys(claim.iri for each in found for claim in each))
    numbers = {iri: number for number, iri in enumerate(judged)}
    reader = Reader(graph.labels(lang), lang, graph.namespaces.shorten)
    rows = (
        RowSupport(tuple(numbers[claim.iri] for claim in each if claim.iri in numbers), tuple(reader.notes(each)))
        for each in found
    )
    return PageSupport(tuple(rows), tuple(judged.values()))


def download(
    graph: Graph, lang: str, query: str, format_: str, *, evidence: bool = False, iris: bool = False
) -> str | bytes:
    """Give a whole answer in a format for people or programs.

    Raises: `UnknownNameError` for another format, `UsageError` for one that does not fit, and what `Graph.query` does.
    """
    answer = graph.query(query)
    if answer.form in ("construct", "describe"):
        return _graph_text(graph, answer, format_, evidence=evidence)
    if format_ == "xlsx":
        return results.workbook(answer, lang, iris=iris, quotes=evidence)
    return results.render(answer, format_, lang, iris=iris, quotes=evidence)


def terms(graph: Graph, lang: str) -> list[dict[str, str]]:
    """Give what an editor may complete: prefixes, classes and properties with their labels and definitions.

    `other` is the label in the other language, by which they are found too.
    """
    (other,) = (Namer(graph, each) for each in LANGUAGES if each != lang)
    known = graph.namespaces.prefixes
    prefixes = [{"label": f"{prefix}:", "type": "namespace", "detail": iri} for prefix, iri in known.items()]
    found = [term for _, terms_ in ontology(graph, lang).terms for term in terms_]
    other.expect(graph.namespaces.expand(term.name) for term in found)
    return prefixes + [
        {
            "label": term.name,
            "type": "class" if term.kind.endswith("classes") else "property",
            "detail": term.label.text,
            "other": other(graph.namespaces.expand(term.name)).text,
            "info": term.definition.text,
        }
        for term in found
    ]


# --- Inside ----------------------------------------------------------------------------------------------------------

_HEADER = re.compile(r"\A(#\+.*\n)+\s*")


def _parameters(question: catalogue.Question) -> tuple[tuple[str, str], ...]:
    return tuple((name, default) for name, default in question.parameters.items() if name != "lang")


def _read_answer(graph: Graph, query: str) -> tuple[Answer, bool]:
    """Read an answer, up to as many rows as a page will ever show."""
    if not query.strip():
        raise UsageError("no-query")
    stream = graph.stream(query)
    stream.limit = MOST
    answer = stream.answer()
    return answer, stream.cut


def _graph_text(graph: Graph, answer: Answer, format_: str, *, evidence: bool) -> str:
    if evidence:
        quads = attribution.quads_with_provenance(graph.store, answer.triples, answer.evidence())
        return rdf.quads_text(quads, format_, graph.namespaces)
    return rdf.triples_text(answer.triples, format_, graph.namespaces)


def _evidence(answer: Answer, first: int) -> list[Evidence]:
    if answer.form == "select":
        part: Sequence[Row] = answer.rows[first : first + ROWS]
        return [row.evidence for row in part]
    return answer.evidence()[first : first + ROWS]


def _triple_columns(lang: str) -> tuple[str, ...]:
    words = texts("pages", lang)
    return words["triple_subject"], words["triple_predicate"], words["triple_object"]


def _shown_rows(
    answer: Answer, rows: Sequence[Sequence[NamedNode | Literal | None]], namer: Namer, *, iris: bool
) -> tuple[tuple[TermView, ...], ...]:
    """Show the terms of some rows, numbers with their units."""
    namer.expect(term for row in rows for term in row if isinstance(term, NamedNode))
    units = answer.units([[*row] for row in rows])
    return tuple(
        tuple(_term_view(term, namer, units.get((place, column), ""), iris=iris) for column, term in enumerate(row))
        for place, row in enumerate(rows)
    )


def _term_view(term: NamedNode | Literal | None, namer: Namer, unit: str, *, iris: bool) -> TermView:
    named = namer(term, unit)
    if isinstance(term, NamedNode) and iris:
        return named._replace(text=named.name, lang="")
    return named


def _picture(triples: Iterable[Sequence[NamedNode | Literal | None]], namer: Namer) -> tuple[Drawing | None, int]:
    """Draw a graph, if it is small enough to be read; give also how many of its triples are drawn."""
    linked = [triple for triple in triples if all(isinstance(term, NamedNode) for term in triple)]
    things = set(chain.from_iterable((triple[0], triple[2]) for triple in linked))
    if not 2 <= len(things) <= _THINGS:
        return None, 0
    namer.expect(chain.from_iterable(linked))
    return picture_of(list(_triple_views(linked, namer)))


_THINGS = 40


def _triple_views(
    triples: Iterable[Sequence[NamedNode | Literal | None]], namer: Namer
) -> Iterator[tuple[TermView, TermView, TermView]]:
    for subject, relation, object_ in triples:
        yield namer(subject), namer(relation), namer(object_)
