"""Answers in Python: rows with names, tables for pandas, and what a notebook shows."""

from __future__ import annotations

import pickle
import sys
from datetime import date

import pytest
from packaged import THIS, expand
from pyoxigraph import Literal, NamedNode

from fot_graph.api import Graph, load
from fot_graph.core.errors import FotGraphError, MissingLibraryError, UnknownNameError, UnknownVariableError, UsageError
from fot_graph.evidence.answers import Answer, Row, Stream
from fot_graph.evidence.claims import Claim, Evidence, Passage


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
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", "<Answer: 1 triple>"),
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


def test_a_dataframe_keeps_whole_numbers_truths_and_dates_also_where_some_are_missing(graph: Graph) -> None:
    rows = '(1 1.5 true "2020-02-12"^^xsd:date "x") (UNDEF 2 UNDEF UNDEF UNDEF)'
    frame = graph.query(f"SELECT * {{ VALUES (?n ?amount ?yes ?day ?text) {{ {rows} }} }}").to_dataframe()
    kinds = {"n": "Int64", "amount": "float64", "yes": "boolean", "day": "object", "text": "object"}
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == kinds
    assert (frame["n"].sum(), frame["n"].isna().sum(), frame["yes"].isna().sum()) == (1, 1, 1)
    assert frame["day"][0] == date(2020, 2, 12)


@pytest.mark.parametrize(("value", "kind"), [('"many"^^xsd:integer', "object"), ("99999999999999999999", "object")])
def test_a_dataframe_keeps_what_is_no_whole_number_of_64_bits(graph: Graph, value: str, kind: str) -> None:
    frame = graph.query(f"SELECT ?n {{ VALUES ?n {{ 1 {value} }} }}").to_dataframe()
    assert (str(frame["n"].dtype), len(frame)) == (kind, 2)


def test_a_dataframe_can_have_the_quotes(graph: Graph) -> None:
    frame = graph.query(INFORMING).to_dataframe(evidence=True)
    assert list(frame.columns) == ["finding", "theme", "evidence"]
    assert all(cell.startswith("“") and "(https://w3id.org/fot-graph/claim/" in cell for cell in frame["evidence"])


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


# --- Evidence --------------------------------------------------------------------------------------------------------

INFORMING = "SELECT ?finding ?theme { ?finding fot:informs ?theme }"


def test_a_row_tells_the_claims_that_it_rests_on(graph: Graph) -> None:
    answer = graph.query(INFORMING)
    assert [row.evidence for row in answer] == answer.evidence()
    (row,) = [row for row in answer if row == (NamedNode(expand(f"{THIS}finding-little-steering")), row.theme)]
    (claim,) = row.evidence
    assert claim.iri == expand("claim:vp-sv-2019-2020-358/little-steering-informs-content-direction")
    assert claim.passages[1].quote.startswith("Daarnaast wil ik het focus op talent-beleid meer inhoudelijke richting")


def test_evidence_is_found_when_it_is_asked_for_and_kept(graph: Graph) -> None:
    asked: list[tuple[int, bool]] = []

    def explain(answer: Answer, every: bool) -> list[Evidence]:  # noqa: FBT001
        asked.append((len(answer.rows), every))
        return [Evidence([], [str(place)]) for place in range(len(answer.rows))]

    answer = Stream("select", ("x",), [(Literal(n),) for n in range(250)], explain=explain).answer()
    assert not asked
    assert [answer.rows[place].evidence.context for place in (7, 8, 249)] == [("7",), ("8",), ("49",)]
    assert asked == [(100, False), (50, False)]
    assert answer.evidence() is answer.evidence()
    assert answer.rows[249].evidence.context == ("249",)
    assert len(answer.evidence(every=True)) == 250
    assert asked[2:] == [(250, False), (250, True)]


def test_identical_rows_have_each_their_own_derivation(graph: Graph) -> None:
    answer = graph.query("SELECT ('x' AS ?x) { ?claim fot:status status:quoted . GRAPH ?claim { ?a ?b ?c } }")
    assert len(set(answer.rows)) == 1 < len(answer.rows)
    assert len({row.evidence for row in answer}) == len(set(answer.evidence())) > 1


def test_identical_rows_far_apart_are_told_apart_too() -> None:
    def explain(answer: Answer, every: bool) -> list[Evidence]:  # noqa: FBT001
        met: list[Row] = []
        return [Evidence([], [str(met.count(row))]) for row in answer.rows if not met.append(row)]  # type: ignore[func-returns-value]

    answer = Stream("select", ("x",), [(Literal(n % 150),) for n in range(301)], explain=explain).answer()
    assert [answer.rows[n].evidence.context for n in (0, 150, 300)] == [("1",), ("2",), ("3",)]


def test_a_variable_named_evidence_is_read_by_its_name(graph: Graph) -> None:
    row = graph.query("SELECT ?evidence { VALUES ?evidence { 1 } }").rows[0]
    assert (row["evidence"], row.evidence) == (Literal(1), Evidence())


def test_a_truth_and_a_graph_have_evidence_too(graph: Graph) -> None:
    (evidence,) = graph.query("ASK { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }").evidence()
    assert [claim.status for claim in evidence] == [expand("status:interpreted")]
    built = graph.query("CONSTRUCT WHERE { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }")
    assert built.evidence() == [evidence]


def test_a_row_on_its_own_says_that_it_does_not_know(graph: Graph, row: Row) -> None:
    copied = pickle.loads(pickle.dumps(graph.query(INFORMING).rows[0].__reduce__()[1]))
    for alone in (Row(*copied), Answer("ask", truth=True)):
        with pytest.raises(UsageError, match=r"does not know its query \(only .* of Graph\.query has evidence\)"):
            _ = alone.evidence() if isinstance(alone, Answer) else alone.evidence


def test_a_stream_gives_rows_as_they_come(graph: Graph) -> None:
    stream = graph.stream(INFORMING)
    assert isinstance(next(iter(stream)).finding, NamedNode)
    limited = graph.stream(INFORMING)
    limited.limit = 2
    assert (len(limited.answer()), limited.cut) == (2, True)
    whole = graph.stream(INFORMING)
    whole.limit = len(graph.query(INFORMING))
    assert (len(whole.answer()), whole.cut) == (whole.limit, False)
    limited = graph.stream("CONSTRUCT WHERE { ?finding fot:informs ?theme }")
    limited.limit = 3
    assert (len(limited.answer().triples), limited.cut) == (3, True)


def test_a_notebook_shows_quotes_when_it_is_asked(graph: Graph) -> None:
    answer = graph.query("SELECT ?theme { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }")
    plain, html = answer._repr_html_(), answer.with_quotes("nl")._repr_html_()
    assert "Daarnaast wil ik" not in plain
    assert "“Daarnaast wil ik het focus op talent-beleid meer inhoudelijke richting" in html
    assert "<tr><td>het Focus op Talent-beleid meer inhoudelijke richting geven</td></tr>\n<tr><td colspan" in html
    assert (html.count("<tr>"), html.count("</tr>"), html.count("<td"), html.count("</td>")) == (3, 3, 2, 2)
    assert graph.query("ASK { id:serv fot:informs ?x }").with_quotes("nl")._repr_html_() == (
        '<p>nee</p>\n<p style="margin: 0 0 0 2em">steunt op afwezigheid: niets gevonden in 225 beweringen</p>\n'
    )
    long = graph.query("SELECT ?a { ?a a ?b } LIMIT 130").with_quotes("nl")._repr_html_()
    assert (long.count("<tr>"), long.endswith("<p>nog 30</p>\n")) == (201, True)


def test_no_quote_is_markup_in_a_notebook() -> None:
    claim = Claim("urn:c", "urn:s", "urn:v", (Passage("urn:p", "<script>&", "urn:d", 0, 1, 1, ""),))
    answer = Answer("ask", truth=True, explain=lambda *_: [Evidence([(claim,)])])
    assert "“&lt;script&gt;&amp;”" in answer.with_quotes()._repr_html_()
