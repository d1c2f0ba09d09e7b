"""Catalogue questions on three documents together: the answer has what each document gives, and each row names it.

The expected rows of the two invented documents were checked by reading their sources, which give no answer to the other
questions; those of the packaged one are in tests/answers.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from packaged import PARAMETERS

from fot_graph.api import Graph, load
from fot_graph.core.workspace import packaged
from fot_graph.formats import results
from fot_graph.questions import catalogue

TESTS = Path(__file__).parents[1]
TOGETHER = TESTS / "documents" / "together"
INVENTED = {"schriftelijke vraag 41", "schriftelijke vraag 187"}
OF_SOURCES = {"minister-in-office", "only-background-says"}  # answered by other sources than documents; rows name these
NAMES = sorted(catalogue.questions().keys() - OF_SOURCES)

Rows = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load([packaged(), TOGETHER])


def _rows(text: str) -> Rows:
    return [tuple(row) for row in csv.reader(io.StringIO(text))]


def _answer(graph: Graph, name: str) -> Rows:
    question = catalogue.question(name)
    given = {"lang": "nl"} if "lang" in question.parameters else {}
    query = catalogue.bind(question, graph, given | PARAMETERS.get(name, {}))
    return _rows(results.render(graph.query(query), "csv", "nl"))


def test_most_questions_have_an_answer_in_the_invented_documents() -> None:
    expected = {path.stem for path in (TOGETHER / "answers").glob("*.csv")}
    assert expected <= set(NAMES)
    assert len(expected) > len(NAMES) / 2


@pytest.mark.parametrize("name", NAMES)
def test_each_document_has_the_rows_that_it_gives(name: str, graph: Graph) -> None:
    header, *rows = _answer(graph, name)
    path = TOGETHER / "answers" / f"{name}.csv"
    invented = [row for row in rows if row[0] in INVENTED]
    assert [header, *invented] == (_rows(path.read_text(encoding="utf-8")) if path.exists() else [header])
    others = Counter(rows) - Counter(invented)
    assert others == Counter(_rows((TESTS / "answers" / f"{name}.csv").read_text(encoding="utf-8"))[1:])


@pytest.mark.parametrize("name", NAMES)
def test_each_row_names_its_document_unless_only_background_says_it(name: str, graph: Graph) -> None:
    header, *rows = _answer(graph, name)
    assert header[0] == "document"
    nowhere = [dict(zip(header, row, strict=True)) for row in rows if not row[0]]
    if name == "curation":  # counts claims of any status
        assert len(nowhere) == 1
    else:
        assert {row["status"] for row in nowhere} <= {"achtergrond"}


@pytest.mark.parametrize("name", sorted(OF_SOURCES))
def test_a_row_of_another_source_names_it(name: str, graph: Graph) -> None:
    header, *rows = _answer(graph, name)
    assert rows
    assert all(row[header.index("source")] for row in rows)
