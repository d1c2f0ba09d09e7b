"""A number is written as its unit has it: an amount of money with two decimals, a share as it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from packaged import expand
from pyoxigraph import Literal, NamedNode

from fot_graph.api import Graph, load, open_store
from fot_graph.cli.main import main
from fot_graph.evidence.answers import Answer
from fot_graph.evidence.units import units_in_rows
from fot_graph.formats import results
from fot_graph.stores import loading
from fot_graph.web.pages import ask, claim_views, common

if TYPE_CHECKING:
    from pathlib import Path

CLAIMS = f"""
@prefix bg: <{expand("claim:")}background/> . @prefix unit: <{expand("unit:")}> .
@prefix sdmx-attribute: <{expand("sdmx-attribute:")}> . @prefix : <urn:x:> .
bg:a a <{expand("fot:Claim")}> .
bg:a {{
    :y2017 :cost 28433.6 ; :files 9 ; :in :table . :cost sdmx-attribute:unitMeasure unit:euro .
    :rate :target 12.5 ; sdmx-attribute:unitMeasure unit:per-cent .
    :sum :target 12.5 ; sdmx-attribute:unitMeasure unit:euro .
    :entry :fee 7.5 ; sdmx-attribute:unitMeasure unit:euro .
    :loss :cost 12.5 ; sdmx-attribute:unitMeasure unit:per-cent .
}}
"""


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("units") / "claims.trig"
    place.write_text(CLAIMS, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def graph(claims: Path) -> Graph:
    return load(claims)


def shown(graph: Graph, query: str, lang: str = "en") -> list[str]:
    answer = graph.query(f"PREFIX : <urn:x:> {query}")
    return [row[0] for row in answer.texts(answer.rows, {}, lang)]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("SELECT ?v { :y2017 :cost ?v }", "28,433.60"),
        ("SELECT ?v ?p { :y2017 ?p ?v FILTER(?v = 28433.6) }", "28,433.60"),
        ("SELECT ?v { :y2017 ^:none|:cost ?v }", "28,433.60"),
        ("SELECT ?v { :table ^:in/:cost ?v FILTER(?v = 28433.6) }", "28,433.60"),
        ("SELECT (SUM(?a) AS ?v) { :y2017 :cost ?a }", "28,433.60"),
        ("SELECT ?v { { SELECT (MAX(?a) AS ?v) { :y2017 :cost ?a } } }", "28,433.60"),
        ("SELECT (?a + ?b AS ?v) { :y2017 :cost ?a . BIND (?a - 0.1 AS ?b) }", "56,867.10"),
        ("SELECT (?a / 16 AS ?v) { :y2017 :cost ?a }", "1,777.10"),
        ("SELECT ?v { ?any :fee ?v }", "7.50"),  # all that have this value have it in one unit
        ("SELECT ?v (?v / 3 AS ?w) { ?any :fee ?v }", "7.50"),
        # no amount of money
        ("SELECT ?v { ?any :target ?v } LIMIT 1", "12.5"),  # in two units
        ("SELECT (?a / ?b AS ?v) { :y2017 :cost ?a . BIND (?a * 2 AS ?b) }", "0.5"),
        ("SELECT (1.5 AS ?v) { }", "1.5"),
        ("SELECT ?v { VALUES ?v { 1234.5 } }", "1,234.5"),
        ("SELECT (AVG(?n) AS ?v) { :y2017 :files ?a . VALUES ?n { 1.25 1.75 } }", "1.5"),
        ("SELECT (100 * 0.125 AS ?v) { :y2017 :cost ?a }", "12.5"),
    ],
)
def test_a_decimal_has_two_decimals_if_its_unit_is_money(graph: Graph, query: str, text: str) -> None:
    assert shown(graph, query) == [text]


def test_dutch_writes_them_in_its_own_way(graph: Graph) -> None:
    assert shown(graph, "SELECT ?v { :y2017 :cost ?v }", "nl") == ["28.433,60"]
    assert shown(graph, "SELECT (1234.5 AS ?v) { }", "nl") == ["1.234,5"]


def test_the_unit_of_the_thing_goes_before_that_of_the_property(graph: Graph) -> None:
    query = "SELECT ?v ?of { VALUES ?of { :rate :sum :loss } ?of :target|:cost ?v } ORDER BY ?of"
    assert shown(graph, query) == ["12.5", "12.5", "12.50"]


def test_triples_have_units_too(graph: Graph) -> None:
    answer = graph.query("PREFIX : <urn:x:> CONSTRUCT WHERE { :y2017 :cost ?v }")
    assert answer.texts(answer.triples, {}, "en")[0][2] == "28,433.60"
    assert "28,433.60" in answer._repr_html_()


def test_a_store_on_disk_gives_the_same_units(claims: Path, tmp_path: Path) -> None:
    loading.write(tmp_path / "store", [claims])
    assert shown(open_store(tmp_path / "store"), "SELECT ?v { :y2017 :cost ?v }") == ["28,433.60"]


def test_an_answer_that_no_graph_gave_knows_no_units() -> None:
    answer = Answer("select", ("v",), [[Literal("12.5", datatype=NamedNode(expand("xsd:decimal")))]])
    assert answer.texts(answer.rows, {}, "en") == [["12.5"]]


def test_nothing_is_looked_up_for_an_answer_without_decimals(graph: Graph) -> None:
    rows = graph.query("PREFIX : <urn:x:> SELECT ?v { :y2017 :files ?v }").rows
    assert units_in_rows(None, "no query at all", ("v",), rows) == {}  # type: ignore[arg-type]


def test_what_people_read_has_the_amount_and_what_programs_read_the_number(graph: Graph) -> None:
    answer = graph.query("PREFIX : <urn:x:> SELECT ?v { :y2017 :cost ?v }")
    for format_, text in (("table", "28,433.60"), ("md", "28,433.60"), ("csv", "28433.6\n"), ("json", '"28433.6"')):
        assert text in results.render(answer, format_, "en"), format_
    sheet = load_workbook(io.BytesIO(results.workbook(answer, "en"))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].number_format) == (28433.6, "#,##0.00")


def test_show_and_pages_write_the_amount(claims: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store"
    loading.write(store, [claims])
    assert main(["show", "urn:x:y2017", "--store", str(store), "--lang", "nl", "-f", "md"]) == 0
    assert "28.433,60" in capsys.readouterr().out
    page = ask.answer_page(open_store(store), "nl", "SELECT ?v { <urn:x:y2017> <urn:x:cost> ?v }")
    assert page.rows[0][0].text == "28.433,60"
    graph = load(claims)
    (claim,) = claim_views.claims(graph, common.Namer(graph, "nl"), [expand("claim:background/a")]).values()
    assert "28.433,60" in {fact.object.text for fact in claim.facts}
