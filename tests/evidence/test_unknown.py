"""What may leave an answer empty: terms that the graph does not hold, and statuses that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fot_graph.api import Graph, load, open_store
from fot_graph.evidence.unknown import left_out
from fot_graph.questions import catalogue
from fot_graph.stores import loading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


def told(graph: Graph, query: str, lang: str = "en") -> list[str]:
    return [warning.worded(lang) for warning in graph.query(query).warnings]


MEANT = {
    "fot:infroms": "fot:informs",
    "fot:Informs": "fot:informs",
    "theme:stated": "status:stated",
    "theme:diversiteit": "theme:diversity",
    "status:interpretted": "status:interpreted",
    "id:kmo-portefeuille": "id:sme-portfolio",
    "id:SERV": "id:serv",
    "<https://w3id.org/fot-graph/id/serv2>": "id:serv",
    "skos:preflabel": "skos:prefLabel",
    "rdf:typ": "rdf:type",
}


@pytest.mark.parametrize("term", MEANT)
@pytest.mark.parametrize("query", ["ASK {{ ?x {0} ?y }}", "SELECT ?x {{ ?x ?p ?y FILTER(?y = {0} || ?p = {0}) }}"])
def test_a_term_that_the_graph_does_not_hold_is_named_with_what_may_be_meant(
    graph: Graph, query: str, term: str
) -> None:
    (english,) = told(graph, query.format(term))
    assert f"finds nothing: did you mean {MEANT[term]}" in english
    (dutch,) = told(graph, query.format(term), "nl")
    assert dutch.startswith("de graaf heeft geen ")
    assert f"bedoelt u {MEANT[term]}" in dutch


def test_every_unknown_term_is_named_once_also_beside_rows(graph: Graph) -> None:
    query = "SELECT ?x { ?x a fot:Claim OPTIONAL { ?x fot:zzzz ?y } OPTIONAL { ?x fot:zzzz id:qqqq } } LIMIT 1"
    assert [text.split(",")[0] for text in told(graph, query)] == [
        "the graph does not hold fot:zzzz",
        "the graph does not hold id:qqqq",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x a fot:Claim ; fot:status status:stated ; skos:broader ?y ; <urn:x:y> ?z }",
        "SELECT ?x { GRAPH graph:naming { ?x ?p 'x' } GRAPH claim:vp-sv-2019-2020-358\\/predecessors { ?x ?p ?o } }",
        "CONSTRUCT { ?x fot:anything id:new } WHERE { ?x fot:informs ?y }",
        "SELECT (xsd:integer('1') AS ?n) {}",
        "SELECT ?x { ?x ?p 'fot:infroms <https://w3id.org/fot-graph/id/qqqq>' } # fot:infroms",
    ],
)
def test_what_the_graph_holds_or_need_not_hold_is_not_warned_of(graph: Graph, query: str) -> None:
    assert told(graph, query) == []


def test_the_catalogue_names_no_unknown_term(graph: Graph) -> None:
    for question in catalogue.questions().values():
        assert told(graph, catalogue.bind(question, graph, {})) == [], question.name


def test_a_notebook_shows_warnings_as_text_above_the_answer(graph: Graph) -> None:
    shown = graph.query("SELECT ?x { ?x fot:infroms ?y }")._repr_html_()
    assert shown.startswith("<p>⚠ the graph does not hold fot:infroms, so")
    assert graph.query("ASK { ?x fot:infroms ?y }").with_quotes("nl")._repr_html_().startswith("<p>⚠ de graaf heeft")
    assert "⚠" not in graph.query("SELECT ?x { ?x fot:informs ?y }")._repr_html_()


def test_a_store_on_disk_names_the_same_terms(graph: Graph, tmp_path: Path) -> None:
    loading.write(tmp_path / "store")
    query = f"SELECT ?x {{ ?x ?p ?y FILTER(?y IN ({', '.join(MEANT)})) }}"
    assert told(open_store(tmp_path / "store"), query) == told(graph, query)


INFORMING = "SELECT ?theme { ?finding fot:informs ?theme }"


def test_an_answer_that_statuses_emptied_says_which_it_has(graph: Graph) -> None:
    found = left_out(graph.stream(INFORMING))
    assert found is not None
    assert found.data == {"statuses": ["interpreted"]}
    both = left_out(graph.stream("ASK { ?x fot:informs ?y ; fot:findingOf ?z }"))
    assert both is not None
    assert both.data == {"statuses": ["reported", "interpreted"]}
    assert left_out(graph.stream("SELECT ?x { ?x fot:infroms ?y }")) is None
    assert left_out(graph.stream("ASK { fot:Claim a owl:Class }")) is None  # it rests on no claim
