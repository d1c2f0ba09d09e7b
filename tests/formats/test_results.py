"""Answers as text: what a person, a spreadsheet and a program each get to see."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results
from rdflib.query import Result

from fot_graph.api import Graph, load
from fot_graph.core import tables
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.evidence.answers import Answer
from fot_graph.formats import results

if TYPE_CHECKING:
    from fot_graph.core.terms import Term

PREFIXES = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def shown(graph: Graph, term: str, format_: str, lang: str = "nl", *, iris: bool = False) -> str:
    """Give the one cell of a query's answer: `term` is SPARQL."""
    answer = graph.query(f"{PREFIXES} SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    return results.render(answer, format_, lang, iris=iris).splitlines()[-1]


@pytest.mark.parametrize(
    ("term", "nl", "en", "plain"),
    [
        ("28433.60", "28.433,6", "28,433.6", "28433.6"),  # of no unit; amounts: tests/evidence/test_units.py
        ("0.125", "0,125", "0.125", "0.125"),
        ("-1234567", "-1.234.567", "-1,234,567", "-1234567"),
        ("443", "443", "443", "443"),
        ("'2017'^^xsd:gYear", "2017", "2017", "2017"),
        ("'2019-03-21'^^xsd:date", "21 maart 2019", "21 March 2019", "2019-03-21"),
        ("'--09-30'^^xsd:gMonthDay", "30 september", "30 September", "'--09-30"),
        ("true", "ja", "yes", "true"),
        ("'één'@nl", "één", "één", "één"),
        ("<https://example.org/x>", "https://example.org/x", "https://example.org/x", "https://example.org/x"),
        ("UNDEF", "", "", ""),
    ],
)
def test_a_value_reads_well_in_each_form(graph: Graph, term: str, nl: str, en: str, plain: str) -> None:
    assert shown(graph, term, "table", "nl") == nl
    assert shown(graph, term, "table", "en") == en
    assert shown(graph, term, "csv").strip('"') == plain
    assert shown(graph, term, "tsv") == plain


def test_an_iri_shows_as_its_label_or_as_itself(graph: Graph) -> None:
    assert shown(graph, "id:flemish-government", "table", "nl") == "Vlaamse Regering"
    assert shown(graph, "id:flemish-government", "tsv", "en") == "Flemish Government"
    assert shown(graph, "id:flemish-government", "table", iris=True) == "id:flemish-government"
    assert shown(graph, "id:flemish-government", "csv", iris=True) == "https://w3id.org/fot-graph/id/flemish-government"


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)"])
def test_a_spreadsheet_runs_no_cell(graph: Graph, cell: str) -> None:
    assert shown(graph, f"'{cell}'", "csv") == f"'{cell}"
    assert shown(graph, f"'{cell}'", "tsv") == f"'{cell}"


def test_numbers_stay_numbers(graph: Graph) -> None:
    assert (shown(graph, "-5", "csv"), shown(graph, "-0.50", "csv")) == ("-5", "-0.5")


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="=+-@\t\r"))


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2)))
def test_csv_reads_back(rows: list[list[str]]) -> None:
    text = tables.write(["a", "b"], rows, "csv")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], *rows]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_tsv_has_one_line_a_row(rows: list[list[str]]) -> None:
    lines = tables.write(["a", "b"], rows, "tsv").split("\n")
    assert len(lines) == len(rows) + 2
    assert all(line.count("\t") == 1 for line in lines[:-1])


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_is_the_standard_form(graph: Graph) -> None:
    query = PREFIXES + "SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) { (id:vdab 'x'@nl 28433.6 UNDEF) } }"
    assert json.loads(results.render(graph.query(query), "json", "en")) == {
        "head": {"vars": ["a", "b", "c", "d"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "https://w3id.org/fot-graph/id/vdab"},
                    "b": {"type": "literal", "value": "x", "xml:lang": "nl"},
                    "c": {
                        "type": "literal",
                        "value": "28433.6",
                        "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
                    },
                }
            ]
        },
    }


def test_blank_nodes_are_named_in_order_of_sight(graph: Graph) -> None:
    query = "SELECT ?a ?b { BIND(BNODE() AS ?a) BIND(BNODE() AS ?b) }"
    assert results.render(graph.query(query), "tsv", "en") == "a\tb\n_:b1\t_:b2\n"
    row = json.loads(results.render(graph.query(query), "json", "en"))["results"]["bindings"][0]
    assert (row["a"]["value"], row["b"]["value"]) == ("b1", "b2")


@pytest.mark.parametrize(("format_", "text"), [("table", "ja\n"), ("csv", "true\n"), ("tsv", "true\n")])
def test_ask_answers_in_words(graph: Graph, format_: str, text: str) -> None:
    assert results.render(graph.query("ASK {}"), format_, "nl") == text


def test_ask_in_json(graph: Graph) -> None:
    answer = json.loads(results.render(graph.query("ASK { FILTER(false) }"), "json", "en"))
    assert answer == {"head": {}, "boolean": False}


# --- Tables ----------------------------------------------------------------------------------------------------------

LONG = "De projecten slaagden er niet in de bredere samenleving te mobiliseren. " * 3


def test_numbers_align_right_and_headings_lose_underscores(graph: Graph) -> None:
    query = "SELECT ?of_what ?how_many { VALUES (?of_what ?how_many) { ('hrm' 1731) ('nvt' 37) } }"
    assert results.render(graph.query(query), "table", "nl") == (
        "of what  how many\n───────  ────────\nhrm         1.731\nnvt            37\n"
    )


def test_no_rows_says_so(graph: Graph) -> None:
    answer = graph.query("SELECT ?x { FILTER(false) }")
    assert results.render(answer, "table", "nl") == "geen resultaten\n"
    assert results.render(answer, "csv", "nl") == "x\n"


def test_without_a_terminal_nothing_wraps() -> None:
    assert LONG.strip() in tables.table(["quote"], [[LONG]])


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("columns", [1, 2, 4, 9])
def test_on_a_terminal_nothing_is_wider_than_it(width: int, columns: int) -> None:
    text = tables.table(["name"] * columns, [[LONG] * columns, ["x"] * columns], width=width)
    assert max(map(len, text.splitlines())) <= width


def test_rows_of_long_texts_become_records() -> None:
    text = tables.table(["finding", "quote"], [["a", LONG * 2], ["b", ""]], width=40)
    assert text.startswith("finding  a\nquote    De projecten slaagden er niet\n         in de bredere")
    assert text.endswith("\n\nfinding  b\n")


def test_data_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in tables.table(["a"], [["\x1b[31mred\x1b[0m"]])


# --- What does not fit -----------------------------------------------------------------------------------------------


def test_an_unknown_format_says_which_exist(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean json"):
        results.render(graph.query("ASK {}"), "jsn", "en")


def test_a_graph_is_no_table(graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"CONSTRUCT gives a graph, which csv cannot show \(choose one of ttl"):
        results.render(graph.query("CONSTRUCT WHERE { ?a skos:broader ?b }"), "csv", "en")


# --- The forms of the W3C, as other parsers read them ----------------------------------------------------------------

TERMS = (
    "id:vdab <urn:a&b> 'x'@nl 'é <b> \"q\" & co' '' 28433.60 443 true UNDEF 'a\\tb\\nc\\rd' '2017'^^xsd:gYear '\\u00A0'"
)
FORMS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}


@pytest.mark.parametrize("format_", FORMS)
def test_other_parsers_read_the_rows(graph: Graph, format_: str) -> None:
    answer = graph.query(f"{PREFIXES} SELECT ?x ?y {{ VALUES ?x {{ {TERMS} }} BIND(BNODE() AS ?y) }}")
    text = results.render(answer, format_, "nl")
    read = parse_query_results(text, FORMS[format_])
    assert isinstance(read, QuerySolutions)
    assert [row[0] for row in read] == [row.x for row in answer.rows]
    assert len(list(Result.parse(io.BytesIO(text.encode()), format=format_))) == len(answer)


@pytest.mark.parametrize("format_", FORMS)
@pytest.mark.parametrize("truth", [True, False])
def test_other_parsers_read_the_truth(graph: Graph, format_: str, truth: bool) -> None:  # noqa: FBT001
    text = results.render(graph.query(f"ASK {{ FILTER({str(truth).lower()}) }}"), format_, "nl")
    assert bool(parse_query_results(text, FORMS[format_])) is truth
    assert Result.parse(io.BytesIO(text.encode()), format=format_).askAnswer is truth


@given(st.text(), st.text())
def test_xml_reads_back_any_text_or_refuses_it(one: str, two: str) -> None:
    try:
        text = results.render(answer_of(Literal(one), Literal(two, language="nl")), "xml", "en")
    except UsageError:
        assert not all(char.isprintable() for char in one + two)
        return
    literals = ET.fromstring(text).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert [literal.text or "" for literal in literals] == [one, two]


def test_xml_says_which_character_it_cannot_hold() -> None:
    with pytest.raises(UsageError, match=r"XML cannot hold the character U\+0001 \(choose another format\)"):
        results.render(answer_of(Literal("\x01")), "xml", "en")


def test_xml_writes_triples_as_terms() -> None:
    node = NamedNode("urn:a")
    triple = Triple(node, node, Literal("x"))
    read = parse_query_results(results.render(answer_of(triple), "xml", "en"), QueryResultsFormat.XML)
    assert isinstance(read, QuerySolutions)
    assert [row[0] for row in read] == [triple]


def answer_of(*terms: Term) -> Answer:
    """Give an answer of one row."""
    names = tuple("abc"[: len(terms)])
    return Answer("select", names, [terms])


# --- Markdown --------------------------------------------------------------------------------------------------------


def test_markdown_is_a_table_with_numbers_to_the_right(graph: Graph) -> None:
    answer = graph.query("SELECT ?of_what ?how_many { VALUES (?of_what ?how_many) { ('a|b' 1731) ('*c*' 37) } }")
    assert results.render(answer, "md", "nl") == (
        "| of what | how many |\n| --- | ---: |\n| a\\|b | 1.731 |\n| \\*c\\* | 37 |\n"
    )


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1))
def test_no_cell_of_markdown_is_markup(rows: list[list[str]]) -> None:
    text = tables.write(["a", "b"], rows, "md")
    html = MarkdownIt("gfm-like").render(text)
    assert html.count("<tr>") == len(rows) + 1
    assert not re.search(r"<(?!/?(table|thead|tbody|tr|th|td|a)\b)", html)
    cells = [unescape(re.sub("</?a[^>]*>", "", cell)) for cell in re.findall(r"<td>(.*?)</td>", html, re.DOTALL)]
    assert cells == [tables.one_line(cell) for row in rows for cell in row]


@pytest.mark.parametrize(
    "cell", ["https://example.org/a_b_c", "see https://x.org/_a_ now", "www.x.org", "a@b.org", "<b>"]
)
def test_only_an_address_with_its_scheme_becomes_a_link(cell: str) -> None:
    html = MarkdownIt("gfm-like").render(tables.write(["a"], [[cell]], "md"))
    assert ("<a " in html) == ("https:" in cell)
