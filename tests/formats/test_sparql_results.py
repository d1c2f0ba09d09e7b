"""The W3C's four forms of an answer, held against the writer of pyoxigraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Store, parse_query_results

from fot_graph.api import Graph, load
from fot_graph.formats import sparql_results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fot_graph.evidence.answers import Stream

VALUES = """SELECT ?x ?y { VALUES (?x ?y) {
  (1.50 1.0) (007 +3) (-0.5 1e3) ("INF"^^<http://www.w3.org/2001/XMLSchema#double> 1e-7) (true UNDEF)
  ("2020-02-30"^^<http://www.w3.org/2001/XMLSchema#date> "many"^^<http://www.w3.org/2001/XMLSchema#integer>)
  ("\u0661\u0662"^^<http://www.w3.org/2001/XMLSchema#integer> "\u0663.\u0664"^^<http://www.w3.org/2001/XMLSchema#decimal>)
  (<urn:a?b=c&d> 'x "y" & <z>, co'@nl-BE) ('' ' a\\tb\\nc\\\\d\\re ') (UNDEF UNDEF)
} }"""
FORMS: dict[str, tuple[Callable[[Stream], Iterable[str]], QueryResultsFormat]] = {
    "json": (sparql_results.json, QueryResultsFormat.JSON),
    "xml": (sparql_results.xml, QueryResultsFormat.XML),
    "csv": (sparql_results.csv, QueryResultsFormat.CSV),
    "tsv": (sparql_results.tsv, QueryResultsFormat.TSV),
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def engines(query: str, kind: QueryResultsFormat) -> str:
    found = Store().query(query)
    assert isinstance(found, QuerySolutions | QueryBoolean)
    return (found.serialize(format=kind) or b"").decode()


def rows(text: str, kind: QueryResultsFormat) -> list[tuple[object, ...]]:
    read = parse_query_results(text, kind)
    assert isinstance(read, QuerySolutions)
    return [tuple(row) for row in read]


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_the_rows_are_those_of_the_engine(graph: Graph, form: str) -> None:
    write, kind = FORMS[form]
    assert rows("".join(write(graph.stream(VALUES))), kind) == rows(engines(VALUES, kind), kind)


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_lines_are_those_of_the_engine(graph: Graph, form: str) -> None:
    write, kind = FORMS[form]
    assert "".join(write(graph.stream(VALUES))) == engines(VALUES, kind)


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("query", ["ASK { FILTER(1 < 2) }", "ASK { FILTER(2 < 1) }"])
def test_the_truth_is_that_of_the_engine(graph: Graph, form: str, query: str) -> None:
    write, kind = FORMS[form]
    ours, theirs = (
        parse_query_results(text, kind) for text in ("".join(write(graph.stream(query))), engines(query, kind))
    )
    assert bool(ours) == bool(theirs)


@pytest.mark.parametrize("form", FORMS)
def test_numbers_keep_the_value_that_the_engine_gives(graph: Graph, form: str) -> None:
    text = "".join(FORMS[form][0](graph.stream("SELECT (1.5 AS ?a) (3.0 / 2 AS ?b) {}")))
    assert "1.5" in text
    assert "1.50" not in text
