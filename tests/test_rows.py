"""Answers in Python: rows with names, tables for pandas, and what a notebook shows."""

from __future__ import annotations

import pickle
import sys

import pytest
from pyoxigraph import Literal, NamedNode

from fot_graph.answers import Answer, Row
from fot_graph.errors import FotGraphError, MissingLibraryError, UnknownNameError, UnknownVariableError, UsageError
from fot_graph.graph import Graph, load
from fot_graph.namespaces import expand


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.fixture
def row(graph: Graph) -> Row:
    return graph.query(
        "SELECT ?finding ?n ?none ?count { VALUES (?finding ?n ?none ?count) { ('f' 1 UNDEF 2) } }"
    ).rows[0]


# --- Rows ------------------------------------------------------------------------------------------------------------


def test_a_row_is_a_tuple(row: Row) -> None:
    assert row == (Literal("f"), Literal(1), None, Literal(2))
    finding, *_ = row
    assert (finding, row[0], row[-1], row[1:3]) == (Literal("f"), Literal("f"), Literal(2), (Literal(1), None))
    assert (len(row), hash(row)) == (4, hash(tuple(row)))


def test_a_row_is_a_mapping(row: Row) -> None:
    assert row.finding == row["finding"] == Literal("f")
    assert row["count"] == Literal(2)
    assert dict(row) == dict(**row) == row.asdict() == dict(zip(row.keys(), row, strict=True))
    assert (row.get("none"), row.get("none", row.n), row.get("elsewhere")) == (None, row.n, None)


def test_an_unknown_variable_is_an_error_of_every_kind(row: Row) -> None:
    for kind in (KeyError, AttributeError, UnknownNameError):
        with pytest.raises(kind, match=r"unknown variable 'fnding' .did you mean finding"):
            row["fnding"]
    with pytest.raises(UnknownVariableError):
        _ = row.fnding
    assert not hasattr(row, "elsewhere")


def test_a_row_can_be_sent_to_another_process(row: Row) -> None:
    kind, state = row.__reduce__()
    again = kind(*state)
    assert (again, again.asdict()) == (row, row.asdict())
    assert pickle.loads(pickle.dumps(kind)) is kind


# --- Answers ---------------------------------------------------------------------------------------------------------


def test_an_answer_is_the_sequence_of_what_it_found(graph: Graph) -> None:
    rows = graph.query("SELECT ?x { VALUES ?x { 1 2 } }")
    assert ([row.x for row in rows], len(rows), bool(rows)) == ([Literal(1), Literal(2)], 2, True)
    assert not graph.query("SELECT ?x { FILTER(false) }")
    assert [bool(graph.query(f"ASK {{ FILTER({truth}) }}")) for truth in ("true", "false")] == [True, False]
    built = graph.query("CONSTRUCT { <urn:a> <urn:b> ?x } { VALUES ?x { 1 2 } }")
    assert sorted(str(triple.object) for triple in built) == sorted(str(Literal(n)) for n in (1, 2))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("SELECT ?x ?y { VALUES ?x { 1 2 } }", "<Answer: 2 rows of x, y>"),
        ("ASK {}", "<Answer: True>"),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", "<Answer: 1 triples>"),
    ],
)
def test_an_answer_says_in_short_what_it_is(graph: Graph, query: str, shown: str) -> None:
    assert repr(graph.query(query)) == shown


def test_a_question_of_the_catalogue_is_asked_by_name(graph: Graph) -> None:
    serv = graph.ask("everything-about", entity="SERV")
    assert serv
    assert all(NamedNode(expand("id:serv")) in row for row in serv)
    for wrong in (
        ("everything-abuot", {}),
        ("everything-about", {"enity": "SERV"}),
        ("everything-about", {"entity": "x!"}),
    ):
        with pytest.raises(UnknownNameError):
            graph.ask(wrong[0], **wrong[1])


# --- pandas ----------------------------------------------------------------------------------------------------------


def test_a_dataframe_has_numbers_and_labels(graph: Graph) -> None:
    query = (
        "SELECT ?who ?n ?amount ?yes ?none { VALUES (?who ?n ?amount ?yes ?none) { (id:serv 1 28433.60 true UNDEF) } }"
    )
    frame = graph.query(query).to_dataframe(lang="nl")
    assert frame.to_dict("records") == [{"who": "SERV", "n": 1, "amount": 28433.6, "yes": True, "none": None}]
    assert graph.query(query).to_dataframe(iris=True)["who"][0] == expand("id:serv")
    assert frame["amount"].sum() == pytest.approx(28433.6)


def test_a_dataframe_of_no_rows_has_its_columns(graph: Graph) -> None:
    assert list(graph.query("SELECT ?a ?b { FILTER(false) }").to_dataframe().columns) == ["a", "b"]


def test_what_has_no_rows_is_no_dataframe(graph: Graph) -> None:
    with pytest.raises(UsageError, match="ASK gives no rows for a DataFrame"):
        graph.query("ASK {}").to_dataframe()


def test_without_pandas_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingLibraryError, match=r"a DataFrame needs pandas, .*\(pip install pandas\)") as caught:
        Answer("select").to_dataframe()
    assert isinstance(caught.value, ImportError)
    assert isinstance(caught.value, FotGraphError)


# --- Notebooks -------------------------------------------------------------------------------------------------------


def test_a_notebook_shows_labels_and_no_markup_of_the_data(graph: Graph) -> None:
    html = graph.query(
        "SELECT ?who ?text { VALUES (?who ?text) { (id:serv '<script>alert(1)</script>&') } }"
    )._repr_html_()
    assert "<tr><td>SERV</td><td>&lt;script&gt;alert(1)&lt;/script&gt;&amp;</td></tr>" in html
    assert "<script" not in html


def test_a_notebook_shows_the_beginning_of_a_long_answer(graph: Graph) -> None:
    html = graph.query("SELECT ?a { ?a a ?b } LIMIT 130")._repr_html_()
    assert (html.count("<tr>"), html.endswith("<p>30 more</p>\n")) == (101, True)


def test_a_notebook_shows_truths_graphs_and_things(graph: Graph) -> None:
    assert graph.query("ASK {}")._repr_html_() == "<p>yes</p>\n"
    assert "<th>predicate</th>" in graph.query("DESCRIBE id:serv")._repr_html_()
    assert graph.entity("SERV")._repr_html_().startswith("<p><b>SERV</b> (id:serv)</p>\n<table>")
    assert "<td>claims</td>" in graph._repr_html_()
