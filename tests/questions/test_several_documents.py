"""Catalogue questions on three documents together: the answer has what each document gives, and each row names it.

The expected rows of the two invented documents were checked by reading their sources; those of the packaged one are
in tests/answers.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from fot_graph.api import Graph, load
from fot_graph.core.workspace import packaged
from fot_graph.formats import results
from fot_graph.questions import catalogue

TESTS = Path(__file__).parents[1]
TOGETHER = TESTS / "documents" / "together"
EXPECTED = sorted((TOGETHER / "answers").glob("*.csv"), key=lambda path: path.stem)
INVENTED = {"schriftelijke vraag 41", "schriftelijke vraag 187"}

Rows = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load([packaged(), TOGETHER])


def _rows(text: str) -> Rows:
    return [tuple(row) for row in csv.reader(io.StringIO(text))]


def _answer(graph: Graph, name: str) -> Rows:
    question = catalogue.question(name)
    query = catalogue.bind(question, graph, {"lang": "nl"} if "lang" in question.parameters else {})
    return _rows(results.render(graph.query(query), "csv", "nl"))


def test_twenty_questions_are_asked() -> None:
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_each_document_has_the_rows_that_it_gives(path: Path, graph: Graph) -> None:
    header, *rows = _answer(graph, path.stem)
    invented = [row for row in rows if row[0] in INVENTED]
    assert [header, *invented] == _rows(path.read_text(encoding="utf-8"))
    assert {row[0] for row in invented} == INVENTED
    others = Counter(rows) - Counter(invented)
    assert others == Counter(_rows((TESTS / "answers" / path.name).read_text(encoding="utf-8"))[1:])


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_each_row_names_its_document(path: Path, graph: Graph) -> None:
    header, *rows = _answer(graph, path.stem)
    assert header[0] == "document"
    nowhere = [dict(zip(header, row, strict=True)) for row in rows if not row[0]]
    assert {row["status"] for row in nowhere} <= {"achtergrond"}
