"""The same answers from memory, on disk and on two servers of different make."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaged import PARAMETERS, expand
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from sampling import every

from fot_graph import load
from fot_graph.cli.main import main
from fot_graph.core import errors, media_types
from fot_graph.formats import results
from fot_graph.formats.export import export
from fot_graph.questions import catalogue, facts
from fot_graph.questions.overview import overview

if TYPE_CHECKING:
    from servers import Backend

    from fot_graph.api import Graph
    from fot_graph.evidence.claims import Evidence

pytestmark = pytest.mark.slow
ANSWERS = Path(__file__).parents[1] / "answers"
# What differs, in words; each is shown to differ
DIFFERENCES = {
    ("virtuoso", "numbers"): "Virtuoso divides whole numbers as whole numbers",
}
# Virtuoso keeps a duration as a number of months: three years ("P3Y") come back as 36
ALTERED = {"virtuoso": {"P3Y": "36"}}
XSD_DURATION = NamedNode(expand("xsd:duration"))


@pytest.fixture(scope="module")
def memory() -> Graph:
    return load()


def altered(backend: Backend, text: str) -> str:
    for ours, theirs in ALTERED.get(backend.name, {}).items():
        text = text.replace(f",{ours},", f",{theirs},")
    return text


@pytest.fixture
def differs(backend: Backend, request: pytest.FixtureRequest) -> None:
    """Expect a failure where a difference is known."""
    name = request.node.callspec.params.get("name", "")
    if (backend.name, name) in DIFFERENCES:
        request.applymarker(pytest.mark.xfail(reason=DIFFERENCES[backend.name, name], strict=True))


# --- Asking --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(catalogue.questions()))
def test_every_answer_is_the_expected_one(backend: Backend, name: str) -> None:
    question = catalogue.question(name)
    given = {"lang": "nl"} if "lang" in question.parameters else {}
    answer = backend.graph.query(catalogue.bind(question, backend.graph, given | PARAMETERS.get(name, {})))
    expected = (ANSWERS / f"{name}.csv").read_text(encoding="utf-8")
    assert results.render(answer, "csv", "nl") == altered(backend, expected)


QUERIES = {
    "every graph": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "the union": "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) { ?s ?p ?o }",
    "triples of two graphs": "SELECT ?s ?p { GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(STR(?a) < STR(?b)) }",
    "one graph": "SELECT ?p ?o { GRAPH <https://w3id.org/fot-graph/graph/naming> { id:serv ?p ?o } }",
    "a graph and the union": "SELECT ?s ?o { GRAPH graph:naming { ?s a ?class } ?c fot:mentions ?s ; fot:status ?o }",
    "from named": "SELECT ?g ?p FROM NAMED graph:naming { GRAPH ?g { id:serv ?p ?o } }",
    "from": "SELECT ?s ?p FROM graph:naming { ?s ?p id:serv }",
    "kinds of value": "SELECT DISTINCT ?kind { ?s ?p ?o BIND(DATATYPE(?o) AS ?kind) FILTER(LANG(?o) = '') }",
    "amounts": "SELECT ?figure ?amount { ?figure fot:countOf counted:subsidy ; sdmx-measure:obsValue ?amount }",
    "numbers": "SELECT ?n ((?n + 1) / 2 AS ?half) { VALUES ?n { 1 2.5 } }",
    "years": "SELECT ?s ?year { ?s ?p ?year FILTER(DATATYPE(?year) = xsd:gYear) }",
    "dates": "SELECT ?s ?day { ?s ?p ?day FILTER(DATATYPE(?day) = xsd:date) }",
    "truths": "SELECT ?s ?p ?truth { ?s ?p ?truth FILTER(DATATYPE(?truth) = xsd:boolean) }",
    "languages": "SELECT ?name { id:serv skos:hiddenLabel|skos:prefLabel ?name }",
    "whole texts": "SELECT ?document ?text { ?document a foaf:Document ; prov:value ?text }",
    "nothing": "SELECT ?s { ?s <urn:nothing> ?o }",
    "a path": "SELECT ?part { doc:vp-sv-2019-2020-358 dcterms:hasPart/^dcterms:isPartOf+ ?part }",
    "absence": "SELECT ?claim { ?claim a fot:Claim FILTER NOT EXISTS { ?claim fot:quote ?quote } }",
    "a subquery": "SELECT ?x ?n { { SELECT ?x (COUNT(*) AS ?n) { ?c fot:status ?x } GROUP BY ?x } }",
}


@pytest.mark.usefixtures("differs")
@pytest.mark.parametrize("name", QUERIES)
def test_any_query_has_the_same_rows(backend: Backend, memory: Graph, name: str) -> None:
    found, wanted = backend.graph.query(QUERIES[name]), memory.query(QUERIES[name])
    assert found.variables == wanted.variables
    assert sorted(map(str, found.rows)) == sorted(map(str, wanted.rows))


TRUTHS = {
    "a claim": ("ASK { GRAPH claim:vp-sv-2019-2020-358\\/predecessors { ?s ?p ?o } }", True),
    "a graph that is not there": ("ASK { GRAPH <urn:none> { ?s ?p ?o } }", False),
    "a status": ("ASK { ?claim fot:status status:stated }", True),
    "no status": ("ASK { ?claim fot:status status:nothing }", False),
}


@pytest.mark.usefixtures("differs")
@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_is_the_same(backend: Backend, name: str) -> None:
    query, truth = TRUTHS[name]
    assert backend.graph.query(query).truth is truth


def test_a_construct_has_the_same_triples(backend: Backend, memory: Graph) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?claim fot:status status:computed GRAPH ?claim { ?s ?p ?o } }"
    assert set(backend.graph.query(query).triples) == set(memory.query(query).triples)


def test_what_is_said_of_a_thing_is_in_its_description(backend: Backend, memory: Graph) -> None:
    found = set(backend.graph.query("DESCRIBE id:serv").triples)
    assert found >= set(memory.query("DESCRIBE id:serv").triples)  # Virtuoso adds the triples whose object it is


@pytest.mark.parametrize("name", every(3, sorted(catalogue.questions())))
def test_the_evidence_of_every_row_is_the_same(backend: Backend, memory: Graph, name: str) -> None:
    query = catalogue.bind(catalogue.question(name), memory, PARAMETERS.get(name, {}))
    assert backend.graph.query(query).evidence() == evidence(memory, query)


@cache
def evidence(graph: Graph, query: str) -> list[Evidence]:
    """Find the evidence of a query once for all backends."""
    return graph.query(query).evidence()


def test_a_graph_that_is_not_there_is_refused(backend: Backend) -> None:
    with pytest.raises(errors.QueryRefusedError, match="names a graph that is not here"):
        backend.graph.query("SELECT * FROM <urn:none> { ?s ?p ?o }")


# --- Names, facts, ways --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["SERV", "serv", "sociaal-economische  RAAD van Vlaanderen", "id:serv", "fot:Claim", "predecessors", "question-3a"],
)
def test_a_thing_is_found_by_its_names(backend: Backend, memory: Graph, name: str) -> None:
    assert backend.graph.find(name) == memory.find(name)


@pytest.mark.parametrize("name", ["HERORIENTERING", "VIONA", "kpi's", "portefeuille KMO", "kmoportefeuille"])
def test_a_thing_is_found_by_a_part_of_its_name(backend: Backend, memory: Graph, name: str) -> None:
    assert backend.graph.find(name) == memory.find(name)


@pytest.mark.parametrize("name", ["KMO", "talent", "ministers"])
def test_a_part_of_several_names_lists_the_same_things(backend: Backend, memory: Graph, name: str) -> None:
    with pytest.raises(errors.AmbiguousNameError) as wanted:
        memory.find(name)
    with pytest.raises(errors.AmbiguousNameError) as found:
        backend.graph.find(name)
    assert str(found.value) == str(wanted.value)


@pytest.mark.parametrize("name", ["SERVV", "zzz", "urn:none", "", 'a"b\\c'])
def test_an_unknown_name_has_the_same_hint(backend: Backend, memory: Graph, name: str) -> None:
    with pytest.raises(errors.UnknownNameError) as wanted:
        memory.find(name)
    with pytest.raises(errors.UnknownNameError) as found:
        backend.graph.find(name)
    assert str(found.value) == str(wanted.value)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_names_are_the_same(backend: Backend, memory: Graph, lang: str) -> None:
    assert dict(backend.graph.labels(lang)) == memory.labels(lang)
    assert backend.graph.labels(lang).get("urn:none") is None
    assert backend.graph.label(expand("id:serv"), lang) == "SERV"


@pytest.mark.parametrize(
    "name", ["id:serv", "id:focus-op-talent", "fot:informs", "claim:vp-sv-2019-2020-358/predecessors"]
)
def test_facts_are_the_same(backend: Backend, memory: Graph, name: str) -> None:
    found = backend.graph.entity(name)
    assert [tuple(map(str, fact)) for fact in found.facts()] == [
        tuple(map(str, f)) for f in memory.entity(name).facts()
    ]
    assert (found.types, found.names("nl")) == (memory.entity(name).types, memory.entity(name).names("nl"))


@pytest.mark.parametrize("end", ["id:focus-op-talent", "id:viona", "id:nobody-knows", "id:serv"])
def test_ways_are_the_same(backend: Backend, memory: Graph, end: str) -> None:
    ends = NamedNode(expand("id:serv")), NamedNode(expand(end))
    assert facts.path(backend.graph, *ends) == facts.path(memory, *ends)


# --- The graph as a whole ------------------------------------------------------------------------------------------


def canonical(quads: object) -> set[str]:
    """Give quads in the engine's lexical forms, without the durations that one backend alters."""
    store = Store()
    store.extend(quads)  # type: ignore[arg-type]
    return {str(q) for q in store if not (isinstance(q.object, Literal) and q.object.datatype == XSD_DURATION)}


def test_the_whole_graph_comes_out(backend: Backend, memory: Graph) -> None:
    assert canonical(backend.graph.quads) == canonical(memory.quads)
    assert backend.graph.sources == memory.sources


@pytest.mark.parametrize(
    ("layers", "statuses"),
    [
        (["all"], ["stated"]),
        (["naming", "background"], []),
        (["claims"], ["asked"]),
        (["claims"], []),
        (["background"], []),
    ],
)
def test_a_part_is_the_same(backend: Backend, memory: Graph, layers: list[str], statuses: list[str]) -> None:
    part = backend.graph.only(layers, statuses)
    assert canonical(part.quads) == canonical(memory.only(layers, statuses).quads)


def test_an_export_reads_back_to_the_same(backend: Backend, memory: Graph) -> None:
    text = export(backend.graph, "trig", layers=["claims"], statuses=["stated"])
    assert canonical(parse(text, RdfFormat.TRIG)) == canonical(memory.only(["claims"], ["stated"]).quads)
    assert json.loads(export(backend.graph, "json"))


@pytest.mark.parametrize("format_", every(2, media_types.formats_holding(media_types.DATASET)))
def test_an_export_has_the_same_bytes(backend: Backend, memory: Graph, format_: str) -> None:
    if backend.name == "virtuoso":
        pytest.skip("Virtuoso keeps a duration as a number of months")
    assert export(backend.graph, format_, lang="nl") == export(memory, format_, lang="nl")


def test_the_network_is_the_same(backend: Backend, memory: Graph) -> None:
    found, wanted = backend.graph.to_networkx(lang="nl"), memory.to_networkx(lang="nl")
    assert sorted(map(str, found.nodes(data=True))) == sorted(map(str, wanted.nodes(data=True)))
    assert sorted(map(str, found.edges(data=True))) == sorted(map(str, wanted.edges(data=True)))


def test_it_says_what_it_holds(backend: Backend, memory: Graph) -> None:
    assert overview(backend.graph, "nl") == overview(memory, "nl")
    assert "_repr_html_" in dir(backend.graph)


def test_rdflib_reads_what_is_on_this_machine(backend: Backend) -> None:
    if backend.name in ("oxigraph", "virtuoso"):
        with pytest.raises(errors.UsageError, match="SPARQLStore"):
            _ = backend.graph.dataset
    else:
        assert len(backend.graph.dataset) > 7000


# --- The command line ----------------------------------------------------------------------------------------------

COMMANDS = {
    "ask": ["ask", "findings-informing-themes", "--lang", "nl"],
    "a parameter": ["ask", "finding-to-intention", "--finding", "doc:vp-sv-2019-2020-358/finding-little-steering"],
    "query": ["query", "-e", "SELECT ?s (COUNT(*) AS ?n) { ?c fot:status ?s } GROUP BY ?s ORDER BY ?s", "-f", "json"],
    "quotes": [
        "query",
        "-e",
        "SELECT ?x { ?x fot:informs theme:diversity } ORDER BY ?x",
        "--with-quotes",
        "-f",
        "table",
    ],
    "board": ["board", "-f", "md"],
    "show": ["show", "SERV", "-f", "table"],
    "path": ["path", "SERV", "Focus op Talent", "-f", "table"],
    "path by status": ["path", "SERV", "Focus op Talent", "--status", "stated,background,asked", "-f", "table"],
    "cite": ["cite", "claim:vp-sv-2019-2020-358/predecessors"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_the_same(backend: Backend, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(COMMANDS[name]) == 0
    wanted = capsys.readouterr().out
    assert main([*COMMANDS[name], *backend.options]) == 0
    assert capsys.readouterr().out == wanted


def test_a_picture_is_the_same(backend: Backend, tmp_path: Path) -> None:
    drawn = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for file, options in zip(drawn, ([], backend.options), strict=True):
        assert main(["draw", "--theme-map", "-o", str(file), *options]) == 0
    assert drawn[0].read_bytes() == drawn[1].read_bytes()


def test_an_export_of_the_command_line_is_whole(backend: Backend, tmp_path: Path) -> None:
    file = tmp_path / "naming.nt"
    assert main(["export", "--layer", "naming", "-o", str(file), *backend.options]) == 0
    assert len(file.read_text().splitlines()) > 400


def test_a_row_limit_and_csv_are_the_same_text(backend: Backend, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT ?s { ?s skos:inScheme <https://w3id.org/fot-graph/status> } ORDER BY ?s"
    assert main(["query", "-e", query, "-f", "csv", *backend.options]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 10
