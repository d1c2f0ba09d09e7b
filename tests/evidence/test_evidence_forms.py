"""What each row rests on, in every form of an answer; without quotes each form stays as it was."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from packaged import expand
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, parse_query_results
from rdflib.query import Result

from fot_graph.api import Graph, load
from fot_graph.core import media_types
from fot_graph.evidence.answers import Answer
from fot_graph.evidence.claims import Claim, Evidence, Passage
from fot_graph.formats import results
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

STEERING = "SELECT ?theme { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }"
TWICE = (
    "SELECT ?theme ?informed { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs "
    "?theme BIND(?theme AS ?informed) }"
)
NAMES = "SELECT ?name { id:serv skos:prefLabel ?name } LIMIT 1"
ABSENT = "SELECT ?name { VALUES ?s { id:serv } ?s skos:prefLabel ?name MINUS { ?s fot:informs ?x } } LIMIT 1"
CLAIM = expand("claim:vp-sv-2019-2020-358/little-steering-informs-content-direction")
QUOTES = (
    "“De partners ervaren te weinig samenhang tussen de projecten en te weinig aansturing vanuit een coherente visie op"
    " de invulling van Focus op Talent.” (answer 2, line 119)",
    "“Daarnaast wil ik het focus op talent-beleid meer inhoudelijke richting geven, daarbij inspelend op de geleerde"
    " lessen uit het viona-onderzoek.” (answer 3-7, line 127)",
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def shown(graph: Graph, query: str, format_: str, lang: str = "en", *, iris: bool = False, every: bool = False) -> str:
    return results.render(graph.query(query), format_, lang, quotes=True, iris=iris, every=every)


# --- For people ------------------------------------------------------------------------------------------------------


def test_a_table_shows_below_each_row_what_it_rests_on(graph: Graph) -> None:
    header, rule, row, *below = shown(graph, STEERING, "table").splitlines()
    assert (header, set(rule), row) == ("theme", {"─"}, "giving the Focus op Talent policy more substantive direction")
    assert tuple(line.strip() for line in below[:2]) == QUOTES
    assert all(line.startswith("    ") for line in below)
    assert below[2].startswith("    — the editors of fot_graph, interpreted; written question 358 (claim:")


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", ["findings-informing-themes", "totals", "only-background-says", "themes"])
def test_nothing_is_wider_than_the_terminal(graph: Graph, name: str, lang: str, width: int, every: bool) -> None:  # noqa: FBT001
    answer = graph.query(catalogue.question(name).text)
    text = results.render(answer, "table", lang, width=width, quotes=True, every=every)
    wide = [line for line in text.splitlines() if len(line) > width]
    assert [line for line in wide if "://" not in line.split()[-1]] == []  # an address is never broken
    assert "\u00a0" not in text


def test_rows_stand_apart_with_what_is_below_them(graph: Graph) -> None:
    text = shown(graph, "SELECT ?x { ?x a fot:Theme } ORDER BY ?x LIMIT 2", "table", "nl")
    assert text.count("\n\n") == 1
    assert text.count("\n    geen bewering nodig: namen en types\n") == 2


def test_a_truth_shows_what_it_rests_on(graph: Graph) -> None:
    assert shown(graph, "ASK { id:serv fot:informs ?x }", "table", "nl").splitlines() == [
        "nee",
        "    steunt op afwezigheid: niets gevonden in 225 beweringen",
    ]
    assert shown(graph, "ASK { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?x }", "table").startswith(
        "yes\n    “De partners"
    )


def test_iris_show_for_things_in_quotes_too(graph: Graph) -> None:
    assert "— id:editors, status:interpreted; doc:vp-sv-2019-2020-358 (claim:" in shown(
        graph, STEERING, "table", iris=True
    )


def test_markdown_has_a_footnote_for_each_claim(graph: Graph) -> None:
    query = (
        "SELECT ?t ?n { VALUES ?n { 1 2 } doc:vp-sv-2019-2020-358\\/finding-little-steering "
        "fot:informs ?t } ORDER BY ?n"
    )
    head, rule, one, two, blank, note = shown(graph, query, "md").splitlines()
    assert (head, rule, blank) == ("| t | n | evidence |", "| --- | ---: | --- |", "")
    assert all(row.endswith(" | [^1] |") for row in (one, two))
    assert note.startswith(f"[^1]: {QUOTES[0]} {QUOTES[1]} — the editors of fot\\_graph, interpreted;")


def test_markdown_says_in_the_row_what_no_claim_says(graph: Graph) -> None:
    assert shown(graph, NAMES, "md", "nl").splitlines() == [
        "| name | onderbouwing |",
        "| --- | --- |",
        "| SERV | geen bewering nodig: namen en types |",
    ]
    assert shown(graph, "ASK { id:serv fot:informs ?x }", "md") == (
        "no rests on absence: nothing found among 225 claims\n"
    )


def test_no_quote_is_markup() -> None:
    passage = Passage("urn:p", "<script>a</script> **b** [c](d) | `e`", "urn:d", 0, 1, 1, "")
    answer = explained(["x"], [Evidence([(Claim("urn:c", "urn:s", "urn:v", (passage,)),)])])
    html = MarkdownIt("gfm-like").render(results.render(answer, "md", "en", quotes=True))
    assert "&lt;script&gt;a&lt;/script&gt; **b** [c](d) | `e`”" in html


# --- For spreadsheets and scripts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("format_", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_one_more_column_holds_the_quotes(graph: Graph, format_: str, delimiter: str) -> None:
    (row,) = csv.DictReader(io.StringIO(shown(graph, STEERING, format_)), delimiter=delimiter)
    assert list(row) == ["theme", "evidence"]
    assert row["evidence"].startswith(f"{QUOTES[0]} {QUOTES[1]} — the editors of fot_graph, interpreted; ")
    assert f"({CLAIM})" in row["evidence"]


def test_the_column_takes_a_name_that_is_free(graph: Graph) -> None:
    query = "SELECT ?evidence ?evidence_2 { VALUES (?evidence ?evidence_2) { (1 2) } }"
    assert shown(graph, query, "csv").startswith("evidence,evidence_2,evidence_3\n1,2,no claim needed: ")


def test_a_spreadsheet_runs_no_evidence() -> None:
    claim = Claim("urn:c", "", "", rationale=(("en", "=1+1"),))
    answer = explained(["x"], [Evidence([(claim,)])])
    assert "\n=" not in results.render(answer, "csv", "en", quotes=True).replace(",", "\n")


def test_a_truth_has_a_column_too(graph: Graph) -> None:
    assert shown(graph, "ASK { id:serv fot:informs ?x }", "tsv") == (
        "answer\tevidence\nfalse\trests on absence: nothing found among 225 claims\n"
    )


# --- The forms of the W3C --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [STEERING, NAMES, "SELECT ?x { FILTER(false) }", "SELECT * {}", "ASK {}"])
def test_json_has_two_members_among_the_standard_ones(graph: Graph, query: str) -> None:
    text = shown(graph, query, "json")
    content = json.loads(text)
    assert list(content)[1:3] == ["evidence", "evidenceNotes"]
    further = text[
        text.index('  "evidence": ') : text.index('\n  "boolean"' if query == "ASK {}" else '\n  "results"') + 1
    ]
    assert text.replace(further, "") == results.render(graph.query(query), "json", "en")
    assert len(content["evidence"]) == len(content["evidenceNotes"]) == len(graph.query(query).evidence())
    assert text == json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def test_json_has_a_list_of_claims_for_each_row(graph: Graph) -> None:
    content = json.loads(shown(graph, STEERING, "json"))
    (((claim,),), (notes,)) = content["evidence"], content["evidenceNotes"]
    assert (claim["claim"], claim["status"], claim["voice"]) == (
        CLAIM,
        expand("status:interpreted"),
        expand("id:editors"),
    )
    first = claim["passages"][0]
    assert (first["quote"], first["line"]) == (QUOTES[0][1:].partition("”")[0], 119)
    assert (first["document"], first["item"][-9:]) == (expand("doc:vp-sv-2019-2020-358"), "#answer-2")
    assert set(claim["rationale"]) == {"nl", "en"}
    assert len(claim["derivedFrom"]) == 2
    assert "derivations" not in notes


def test_json_says_what_a_list_cannot(graph: Graph) -> None:
    (notes,) = json.loads(shown(graph, ABSENT, "json"))["evidenceNotes"]
    assert notes == {"context": ["naming"], "absence": {"claimsLookedAt": 225}}
    (notes,) = json.loads(shown(graph, "ASK { ?x fot:informs theme:diversity }", "json", every=True))["evidenceNotes"]
    assert len(notes["derivations"]) == 2


FORMS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}


@pytest.mark.parametrize("format_", FORMS)
@pytest.mark.parametrize("query", [STEERING, TWICE, NAMES])
def test_other_parsers_read_the_rows_with_their_evidence(graph: Graph, query: str, format_: str) -> None:
    text = shown(graph, query, format_)
    read = parse_query_results(text, FORMS[format_])
    assert isinstance(read, QuerySolutions)
    answer = graph.query(query)
    assert [tuple(row)[: len(answer.variables)] for row in read] == [tuple(row) for row in answer.rows]
    assert len(list(Result.parse(io.BytesIO(text.encode()), format=format_))) == len(answer)


def test_xml_has_one_more_variable(graph: Graph) -> None:
    read = parse_query_results(shown(graph, STEERING, "xml"), FORMS["xml"])
    assert isinstance(read, QuerySolutions)
    assert [variable.value for variable in read.variables] == ["theme", "evidence"]
    assert [str(row["evidence"].value)[: len(QUOTES[0])] for row in read] == [QUOTES[0]]


@pytest.mark.parametrize("format_", FORMS)
def test_other_parsers_read_the_truth_with_its_evidence(graph: Graph, format_: str) -> None:
    text = shown(graph, "ASK { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?x }", format_)
    assert bool(parse_query_results(text, FORMS[format_])) is True
    assert Result.parse(io.BytesIO(text.encode()), format=format_).askAnswer is True


def test_xml_links_a_truth_to_what_it_rests_on(graph: Graph) -> None:
    root = ET.fromstring(
        shown(graph, "ASK { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?x }", "xml")
    )
    links = [link.get("href", "") for link in root.iter("{http://www.w3.org/2005/sparql-results#}link")]
    assert links[0] == CLAIM
    assert unquote(links[1]).startswith(f"data:text/plain;charset=utf-8,{QUOTES[0]}")


# --- Each form without quotes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", [name for name in media_types.formats_holding(media_types.ROWS) if name != "xlsx"])
def test_without_quotes_no_evidence_is_looked_for(format_: str) -> None:
    def never(*_: object) -> list[Evidence]:
        raise AssertionError

    answer = Answer("select", ("a",), [[Literal("x")]], explain=never)
    assert "x" in results.render(answer, format_, "en")


def explained(cells: Iterable[str], evidence: list[Evidence]) -> Answer:
    rows = [[Literal(cell)] for cell in cells]
    return Answer("select", ("a",), rows, explain=lambda *_: evidence)
