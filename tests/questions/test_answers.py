"""The catalogue against the source: the expected answers were checked by reading it, and two engines must agree."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from packaged import PARAMETERS, WITHOUT_ANSWER
from sampling import every

from fot_graph.api import Graph, load
from fot_graph.formats import results
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

ANSWERS = Path(__file__).parents[1] / "answers"
NAMES = sorted(catalogue.questions())


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.fixture(scope="module")
def dataset(graph: Graph) -> rdflib.Dataset:
    """Give the same data, unions included, to another engine: rdflib's own store and SPARQL."""
    copy = rdflib.Dataset()
    copy.parse(data=pyoxigraph.serialize(graph.store, format=pyoxigraph.RdfFormat.N_QUADS), format="nquads")
    return copy


def _bound(graph: Graph, name: str) -> str:
    question = catalogue.question(name)
    given = {"lang": "nl"} if "lang" in question.parameters else {}
    return catalogue.bind(question, graph, given | PARAMETERS.get(name, {}))


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_the_expected_one(name: str, graph: Graph) -> None:
    expected = (ANSWERS / f"{name}.csv").read_text(encoding="utf-8")
    assert results.render(graph.query(_bound(graph, name)), "csv", "nl") == expected


def test_every_expected_answer_has_its_question() -> None:
    assert sorted(path.stem for path in ANSWERS.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITHOUT_ANSWER])
def test_question_has_rows_and_no_column_is_always_empty(name: str) -> None:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    empty = {column for column in rows[0] if not any(row[column] for row in rows)}
    assert not empty or (empty == {"document"} and {row["status"] for row in rows} == {"achtergrond"})


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_dutch_heading(name: str, graph: Graph) -> None:
    assert len(catalogue.question(name).columns) == len(graph.query(_bound(graph, name)).variables)


@pytest.mark.slow
@pytest.mark.parametrize("name", every(6, NAMES))
def test_rdflib_gives_the_same_rows(name: str, graph: Graph, dataset: rdflib.Dataset) -> None:
    query = _bound(graph, name)
    ours = Counter(tuple(map(_value, map(_as_rdflib, row))) for row in graph.query(query).rows)
    assert ours == Counter(tuple(map(_value, row)) for row in _rows(dataset.query(query)))


def _rows(result: rdflib.query.Result) -> Iterable[tuple[rdflib.term.Node | None, ...]]:
    return (tuple(row) for row in result if isinstance(row, tuple))


def _as_rdflib(term: object) -> rdflib.term.Node | None:
    if isinstance(term, pyoxigraph.Literal):
        datatype = None if term.language else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype)
    return rdflib.URIRef(term.value) if isinstance(term, pyoxigraph.NamedNode) else None


def _value(term: rdflib.term.Node | None) -> object:
    """Compare numbers by value: engines write 28433.60 in more than one way."""
    number = term.toPython() if isinstance(term, rdflib.Literal) else None
    if isinstance(number, (int, Decimal)) and not isinstance(number, bool):
        return round(Decimal(number), 6)
    return (str(term), term.language) if isinstance(term, rdflib.Literal) else term and str(term)
